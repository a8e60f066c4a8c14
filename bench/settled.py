"""How often the minimal repair named the figure that was later settled: `python -m bench.settled`.

Sirekap's early reading of Kepulauan Seribu Utara (16 February 2024) beside its state of 17 March, when many
figures had been corrected (data/latihan). Counted is each cell that changed in a TPS whose early reading broke
a sum and whose later one breaks none; proposals see the early reading alone.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from bench import kecamatan
from pleno.domain.contest import Contest
from pleno.domain.identities import identities
from pleno.domain.repair import Repair, repairs
from pleno.domain.rules import findings

PRACTICE: Final = Path(__file__).parents[1] / "data" / "latihan"
EARLY: Final = PRACTICE / "sirekap-2024-02-16.csv"
LATER: Final = PRACTICE / "plano-pengganti-2024-03-17.csv"
FEW: Final = 3


class Corrected(NamedTuple):
    """One cell that was corrected between the two states."""

    tps: str
    row: str
    before: int
    after: int
    in_broken_sum: bool
    """A cell outside of every broken sum cannot be suspected from sums."""
    place: int | None
    """At which place the settled figure was proposed among the repairs of its sums, from 1; None: not at all."""


def corrected() -> list[Corrected]:
    """Every cell that counts."""
    form, early, later = kecamatan.contest(), _readings(EARLY), _readings(LATER)
    return [cell for tps in sorted(early) for cell in _of_tps(form, tps, early[tps], later.get(tps, {}))]


def _of_tps(form: Contest, tps: str, early: Mapping[str, int], later: Mapping[str, int]) -> Iterator[Corrected]:
    broken = _broken(form, early)
    if not broken or _broken(form, later):
        return
    found = repairs(form, early, {})
    for row, before in early.items():
        if (after := later.get(row, before)) != before:
            yield Corrected(tps, row, before, after, row in broken, _place(found, row, after))


def _broken(form: Contest, figures: Mapping[str, int]) -> set[str]:
    """The rows of all broken sums."""
    sums = identities(form)
    return {row for finding in findings(form, figures) if finding.rule in sums for row in finding.rows}


def _place(found: list[Repair], row: str, after: int) -> int | None:
    for repair in found:
        if any((change.row.name, change.after) == (row, after) for change in repair.changes):
            return [one for one in found if set(one.restores) & set(repair.restores)].index(repair) + 1
    return None


def _readings(path: Path) -> dict[str, dict[str, int]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {
            line["kode_tps"]: {row: int(text) for row, text in line.items() if row not in ("kode_tps", "ts") and text}
            for line in csv.DictReader(file)
        }


def table(cells: list[Corrected]) -> Iterator[str]:
    """Lines for people: each TPS and all of them together."""
    yield "TPS            cells  in a broken sum  proposed first  within three  not proposed"
    for tps in [*dict.fromkeys(cell.tps for cell in cells), "all"]:
        mine = [cell for cell in cells if tps in (cell.tps, "all")]
        first = sum(cell.place == 1 for cell in mine)
        few = sum(cell.place is not None and cell.place <= FEW for cell in mine)
        suspects = sum(cell.in_broken_sum for cell in mine)
        yield f"{tps:13}  {len(mine):5}  {suspects:15}  {first:14}  {few:12}  {len(mine) - few:12}"


if __name__ == "__main__":
    print(*table(corrected()), sep="\n")
