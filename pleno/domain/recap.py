"""Sums from TPS to desa to kecamatan, and whether open items can still change the order.

Final sums take settled TPS only; provisional sums take whatever the plano says, and are
always shown with how many TPS are sah (TERMS.md, `sementara`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from pleno.domain.compare import TpsFile
from pleno.domain.contest import Contest, suara
from pleno.domain.figures import Figures, addend
from pleno.domain.rules import Finding, Severity, cadangan, findings
from pleno.domain.state import Desa

Sums = Mapping[str, int]
"""Canonical row name to its sum; a row no TPS has a figure for is left out."""


@dataclass(frozen=True)
class DesaRecap:
    """One desa: its TPS in the order of their numbers."""

    desa: Desa
    files: Sequence[TpsFile]

    @cached_property
    def final(self) -> Sums:
        return _sum(settled_figures(file) for file in self.files)

    @cached_property
    def provisional(self) -> Sums:
        return _sum(file.sementara for file in self.files)

    @property
    def settled(self) -> int:
        return sum(file.settlement is not None for file in self.files)


@dataclass(frozen=True)
class Recap:
    """One contest of the kecamatan."""

    contest: Contest
    desa: Sequence[DesaRecap]

    @property
    def files(self) -> list[TpsFile]:
        return [file for desa in self.desa for file in desa.files]

    @cached_property
    def final(self) -> Sums:
        return sum_of(desa.final for desa in self.desa)

    @cached_property
    def provisional(self) -> Sums:
        return sum_of(desa.provisional for desa in self.desa)

    @property
    def settled(self) -> int:
        return sum(desa.settled for desa in self.desa)

    @property
    def tps(self) -> int:
        return sum(len(desa.files) for desa in self.desa)

    @property
    def complete(self) -> bool:
        return self.settled == self.tps


def settled_figures(file: TpsFile) -> Figures:
    """What a TPS gives to final sums: its determined figures once it is sah, else nothing."""
    return file.ditetapkan if file.settlement is not None else {}


def _sum(every: Iterable[Figures]) -> dict[str, int]:
    total: dict[str, int] = {}
    for figures in every:
        for row, figure in figures.items():
            if (number := addend(figure)) is not None:
                total[row] = total.get(row, 0) + number
    return total


def sum_of(every: Iterable[Sums]) -> Sums:
    """Sums added row by row."""
    return _sum(every)


def blocking(file: TpsFile) -> list[Finding]:
    """Hard findings of the determined figures that nobody has explained in writing."""
    explained = {(item.rule, item.numbers) for item in file.explanations}
    return [
        finding
        for finding in findings(file.contest, file.ditetapkan)
        if finding.severity is Severity.KERAS and (finding.rule, finding.numbers) not in explained
    ]


# --- the safety line -----------------------------------------------------------------------------

_VOTE_RULES: Final = frozenset({"R20", "R22", "R23", "R24", "R25"})
"""Rules whose breach leaves the votes of a TPS in doubt."""


class Margin(NamedTuple):
    """First against second, and the most that open items can still change between them."""

    leader: int
    """Nomor urut."""
    runner_up: int
    gap: int
    most: int
    certain: bool
    """The open items together cannot change who leads."""


def margin(recap: Recap) -> Margin | None:
    """The safety line by provisional sums; None while nobody has a vote.

    `most` is against the runner-up; `certain` asks every other choice.
    """
    sums = recap.provisional
    first, second, *others = sorted(
        (choice.number for choice in recap.contest.choices), key=lambda number: (-sums.get(suara(number), 0), number)
    )
    if not sums.get(suara(first)):
        return None
    open_files = [file for file in recap.files if file.settlement is None]
    gaps = {rival: sums[suara(first)] - sums.get(suara(rival), 0) for rival in (second, *others)}
    most = {rival: sum(_most_change(file, first, rival) for file in open_files) for rival in gaps}
    return Margin(first, second, gaps[second], most[second], all(most[rival] < gaps[rival] for rival in gaps))


def _most_change(file: TpsFile, leader: int, rival: int) -> int:
    """By how much a TPS that is not sah can still narrow the gap between two choices.

    Every ballot of the TPS while its votes are unread or in doubt, else what the readings differ.
    """
    rows = (suara(leader), suara(rival))
    if any(row not in file.ditetapkan for row in rows) or any(f.rule in _VOTE_RULES for f in blocking(file)):
        ahead, behind = (addend(file.sementara.get(row)) or 0 for row in rows)
        return ahead + max(_ballots(file) - behind, 0)
    return sum(
        max(abs((addend(figure) or 0) - (addend(cell.ditetapkan) or 0)) for figure in cell.figures.values())
        for cell in file.open_cells
        if cell.row.name in rows
    )


def _ballots(file: TpsFile) -> int:
    """All ballot papers a TPS can have had: DPT and cadangan, the profile's ceiling where no DPT is known."""
    known = addend(file.sementara.get("pemilih_dpt_j"))
    dpt = known or file.tps.dpt_j or file.contest.profile.max_voters
    return dpt + cadangan(file.contest, dpt)
