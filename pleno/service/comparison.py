"""Two workspaces, databases or exported sets side by side: where they part (TRUST.md, B06 and B17)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pleno.domain.chain import Json, parse_canonical
from pleno.domain.entry import Entry
from pleno.domain.errors import PlenoError
from pleno.domain.figures import DITETAPKAN, from_json, shown
from pleno.exporters.bundle import FIGURES_JSON, MANIFEST
from pleno.importers.place import FILE_NAME
from pleno.importers.workspace import load_config
from pleno.service.session import database_path
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
    """Of two databases; None for two sets."""
    cells: int = 0
    """Figures that differ between two sets."""


def compare_two(left: Path, right: Path) -> Comparison:
    """Compare two databases (or the workspaces around them) or two exported sets; reading only.

    PlenoError when one of them cannot be read, or when they are not of one kind.
    """
    if all((path / MANIFEST).is_file() for path in (left, right)):
        return _compare_sets(left, right)
    return _compare_journals(_database(left), _database(right))


def _database(path: Path) -> Path:
    if (path / FILE_NAME).is_file():
        return database_path(path, load_config(path))
    if path.is_file():
        return path
    raise PlenoError(
        "Tidak dapat dibandingkan",
        f"{path} bukan ruang kerja, bukan basis data, dan bukan folder set ekspor.",
        "Sebut dua ruang kerja, dua basis data, atau dua folder set.",
    )


# --- databases -----------------------------------------------------------------------------


def _compare_journals(left: Path, right: Path) -> Comparison:
    for path in (left, right):
        if inspect(path).damaged:
            raise PlenoError(
                "Tidak dapat dibandingkan", f"{path} tidak utuh.", f"Periksa dulu: `pleno verifikasi {path}`"
            )
    found = part(left, right)
    same = found.common == found.left == found.right
    return Comparison(same, tuple(_journal_lines(found, left, right)), found)


def _journal_lines(found: Parting, left: Path, right: Path) -> Iterator[str]:
    if not found.common:
        yield "Keduanya tidak pernah satu: bahkan entri pertamanya berbeda."
        return
    yield f"Entri 1 sampai {found.common} sama pada keduanya."
    if found.common == found.left == found.right:
        return
    sides = (("A", left, found.left), ("B", right, found.right))
    if not found.forked:
        name, path, last = max(sides, key=lambda side: side[2])
        more = last - found.common
        yield f"{name} ({path.name}) lebih panjang: {more} entri sesudahnya, mulai {_called(path, found)}."
        return
    for name, path, last in sides:
        yield f"{name} ({path.name}) bercabang: {last - found.common} entri sendiri, mulai {_called(path, found)}."


def _called(path: Path, found: Parting) -> str:
    """The first entry of one side's own, by number, time and person."""
    entry: Entry = entry_at(path, found.common + 1)
    return f"#{entry.seq} {entry.stamp.at[:19].replace('T', ' ')} oleh {entry.actor.id}"


# --- exported sets ---------------------------------------------------------------------------


def _compare_sets(left: Path, right: Path) -> Comparison:
    one, other = _set(left), _set(right)
    lines = list(_set_lines(one, other))
    cells = list(_cells(one, other))
    lines += cells[:_SHOWN]
    if len(cells) > _SHOWN:
        lines.append(f"dan {len(cells) - _SHOWN} angka lagi.")
    if not cells:
        lines.append("Semua angka yang ditetapkan sama.")
    return Comparison(not cells and one["manifest"] == other["manifest"], tuple(lines), None, len(cells))


def _set(folder: Path) -> Mapping[str, Json]:
    """The manifest and the determined figures of a set; PlenoError when they cannot be read."""
    try:
        manifest = parse_canonical((folder / MANIFEST).read_text("utf-8").removesuffix("\n"))
        figures = parse_canonical((folder / FIGURES_JSON).read_text("utf-8").removesuffix("\n"))
        return {
            "manifest": manifest,
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
    if one["genesis"] != other["genesis"]:
        yield "Keduanya berasal dari ruang kerja yang berbeda."
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
