"""Two workspaces, databases or exported sets side by side: where they part (TRUST.md, B06 and B17)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Final, NamedTuple

from pleno.domain.chain import Json, parse_canonical
from pleno.domain.entry import Entry
from pleno.domain.errors import PlenoError
from pleno.domain.figures import DITETAPKAN, from_json, shown
from pleno.exporters.bundle import FIGURES_JSON, JOURNAL, MANIFEST
from pleno.exporters.check import check_bundle
from pleno.importers.place import FILE_NAME
from pleno.importers.workspace import load_config
from pleno.service.session import database_path
from pleno.service.verify import SQLITE
from pleno.store import inspect
from pleno.store.parting import Parting, entry_at, part

_SHOWN: Final = 50
"""Differing figures named one by one; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two of a kind have in common, and where they part."""

    same: bool
    lines: tuple[str, ...]
    """Indonesian sentences, for people."""
    parting: Parting | None = None
    """Of the two journals; a set carries the journal up to its export."""
    cells: int = 0
    """Figures that differ between two sets."""


def compare_two(left: Path, right: Path) -> Comparison:
    """Compare two databases (or the workspaces around them) or two exported sets; reading only.

    PlenoError when one of them cannot be read or is not whole, or when they are not of one kind.
    """
    if all((path / MANIFEST).is_file() for path in (left, right)):
        return _compare_sets(left, right)
    return _compare_journals(_database(left), _database(right))


def _database(path: Path) -> Path:
    if (path / FILE_NAME).is_file():
        return database_path(path, load_config(path))
    if path.is_file() and _is_database(path):
        return path
    raise PlenoError(
        "Tidak dapat dibandingkan",
        f"{path} bukan ruang kerja, bukan basis data, dan bukan folder set ekspor.",
        "Sebut dua ruang kerja, dua basis data, atau dua folder set.",
    )


def _is_database(path: Path) -> bool:
    """By its first bytes; of a file that nobody may read the inspection says why."""
    try:
        with path.open("rb") as file:
            return file.read(len(SQLITE)) == SQLITE
    except OSError:
        return True


# --- databases -----------------------------------------------------------------------------


def _compare_journals(left: Path, right: Path) -> Comparison:
    for path in (left, right):
        if inspect(path).damaged:
            raise PlenoError(
                "Tidak dapat dibandingkan", f"{path} tidak utuh.", f"Periksa dulu: `pleno verifikasi {path}`"
            )
    found = part(left, right)
    sides = [
        _Side("A", left.name, found.left, lambda seq: entry_at(left, seq)),
        _Side("B", right.name, found.right, lambda seq: entry_at(right, seq)),
    ]
    return Comparison(_is_one(found), tuple(_journal_lines(found, sides)), found)


class _Side(NamedTuple):
    """One of two journals."""

    label: str
    name: str
    last: int
    entry: Callable[[int], Entry]
    """By its number."""


def _is_one(found: Parting) -> bool:
    return found.common == found.left == found.right


def _journal_lines(found: Parting, sides: Sequence[_Side]) -> Iterator[str]:
    if not found.common:
        yield "Keduanya tidak pernah satu: bahkan entri pertamanya berbeda."
        return
    yield f"Entri 1 sampai {found.common} sama pada keduanya."
    if _is_one(found):
        return
    if not found.forked:
        longer = max(sides, key=lambda side: side.last)
        more = longer.last - found.common
        yield f"{longer.label} ({longer.name}) lebih panjang: {more} entri sesudahnya, mulai {_called(longer, found)}."
        return
    for side in sides:
        own = side.last - found.common
        yield f"{side.label} ({side.name}) bercabang: {own} entri sendiri, mulai {_called(side, found)}."


def _called(side: _Side, found: Parting) -> str:
    """The first entry of one side's own, by number, time and person."""
    entry = side.entry(found.common + 1)
    return f"#{entry.seq} {entry.stamp.at[:19].replace('T', ' ')} oleh {entry.actor.id}"


# --- exported sets ---------------------------------------------------------------------------


def _compare_sets(left: Path, right: Path) -> Comparison:
    one, other = _set(left), _set(right)
    found = _part(one["jejak"], other["jejak"])
    sides = [_side("A", left, one["jejak"]), _side("B", right, other["jejak"])]
    lines = [*_set_lines(one, other), *_journal_lines(found, sides)]
    cells = list(_cells(one, other))
    lines += cells[:_SHOWN]
    if len(cells) > _SHOWN:
        lines.append(f"dan {len(cells) - _SHOWN} angka lagi.")
    if not cells:
        lines.append("Semua angka yang ditetapkan sama.")
    return Comparison(one["manifest"] == other["manifest"], tuple(lines), found, len(cells))


def _part(left: Sequence[Json], right: Sequence[Json]) -> Parting:
    """Where the journals that two sets carry part."""
    common = sum(1 for _ in takewhile(lambda pair: pair[0]["hash"] == pair[1]["hash"], zip(left, right, strict=False)))
    return Parting(common, len(left), len(right))


def _side(label: str, folder: Path, lines: Sequence[Json]) -> _Side:
    def entry(seq: int) -> Entry:
        line = lines[seq - 1]
        return Entry.of_body(line["isi"], line["nomor"], line["hash"])

    return _Side(label, folder.name, len(lines), entry)


def _set(folder: Path) -> Mapping[str, Json]:
    """The manifest, the determined figures and the journal of a set; PlenoError when it is not whole."""
    if faults := [check.message for check in check_bundle(folder).checks if not check.ok]:
        raise PlenoError(
            "Tidak dapat dibandingkan",
            f"{folder.name} tidak utuh: {faults[0]}.",
            f"Periksa dulu: `pleno verifikasi {folder}`",
        )
    try:
        manifest = parse_canonical((folder / MANIFEST).read_text("utf-8").removesuffix("\n"))
        figures = parse_canonical((folder / FIGURES_JSON).read_text("utf-8").removesuffix("\n"))
        lines = (folder / JOURNAL).read_text("utf-8").removesuffix("\n").split("\n")
        return {
            "manifest": manifest,
            "jejak": [parse_canonical(line) for line in lines],
            "told": f"ekspor {manifest['export']['no']} ({manifest['export']['status']}) dari {manifest['contest']}",
            "replaces": manifest["export"]["replaces"],
            "no": manifest["export"]["no"],
            "genesis": manifest["genesis"],
            "tps": {
                tps["kode"]: {row: from_json(figure) for row, figure in tps["bacaan"][DITETAPKAN].items()}
                for tps in figures["tps"]
            },
        }
    except (OSError, UnicodeDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise _unreadable(folder) from error
    except PlenoError as error:
        raise _unreadable(folder) from error


def _unreadable(folder: Path) -> PlenoError:
    return PlenoError(
        "Tidak dapat dibandingkan",
        f"{MANIFEST} atau {FIGURES_JSON} di {folder.name} tidak terbaca.",
        f"Periksa dulu: `pleno verifikasi {folder}`",
    )


def _set_lines(one: Mapping[str, Json], other: Mapping[str, Json]) -> Iterator[str]:
    yield f"A: {one['told']}. B: {other['told']}."
    for name, newer, old in (("B", other, one), ("A", one, other)):
        if newer["genesis"] == old["genesis"] and newer["replaces"] == old["no"]:
            yield f"{name} menggantikan yang lain: ekspor {newer['no']} menyebut ekspor {old['no']} BATAL."


def _cells(one: Mapping[str, Json], other: Mapping[str, Json]) -> Iterator[str]:
    """One sentence for each determined figure that the sets hold differently."""
    for code in sorted({*one["tps"], *other["tps"]}):
        mine, theirs = one["tps"].get(code, {}), other["tps"].get(code, {})
        for row in sorted({*mine, *theirs}):
            if mine.get(row) != theirs.get(row):
                yield f"TPS {code} {row}: A {shown(mine.get(row))}, B {shown(theirs.get(row))}."
