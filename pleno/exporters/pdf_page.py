"""A printed document before it is a PDF: tables of cells, cut into pages whose every row has its height."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from pleno.exporters.layout import PAPERS

HEADS, FEET = 27.5, 14.0
"""Millimetres above and below the table of a page."""
_EDGES: Final = 13.0
"""Margins above and below."""
SIDES: Final = 16.0
"""Margins left and right together."""
_PADDING, _TOP_PADDING = 1.5, 2.4
"""Above and below the words of a cell together, and where they begin at its top: tails of letters need room there."""
_TOP_LOOKS: Final = frozenset({"cell", "cellnumber", "para"})
LINE: Final = 0.385
"""Least height of a row in millimetres, by points of its letters."""
_HEAD: Final = 0.25
"""Most of a page that one row of heads may take; words that need more are printed smaller."""
_STRETCH: Final = 1.35
"""How much higher the rows of a page with room to spare may be."""

SHEETS: Final = {"A4": (297.0, 210.0), "F4": (330.0, 215.9), "A3": (420.0, 297.0)}
"""Millimetres of each paper of `[ekspor] kertas`, lying on its side."""
assert SHEETS.keys() == PAPERS.keys()


class Box(NamedTuple):
    """One cell."""

    text: str
    look: str = "cell"
    """Name of a look in typst/page.typ."""
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table."""

    cells: Sequence[Box]
    least: float = 0.0
    """Millimetres; a row of words is as high as they need."""
    keep: bool = False
    """Stands on one page with the row below it."""
    counts: bool = False
    """Whether its last column is a sum for the QR code."""
    total: int | None = None
    """That sum; None where the column is empty."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads that every page repeats."""

    widths: Sequence[float]
    """Millimetres."""
    heads: Sequence[Line]
    lines: Sequence[Line]
    size: float
    """Points."""
    lead: Sequence[Line] = ()
    """Rows above the heads of the first page."""
    stretch: bool = True
    """Whether rows may grow to fill the page."""


class Asked(NamedTuple):
    """A text whose height somebody needs."""

    text: str
    look: str
    size: float
    width: float
    """Millimetres, padding included."""


Heights = Mapping[Asked, float]
"""Millimetres of the bare words."""


class Placed(NamedTuple):
    """The table of one page."""

    table: Table
    lines: Sequence[Line]
    """Heads and all, from top to bottom."""
    heights: Sequence[float]
    """Millimetres of each."""


def body_room(paper: str) -> float:
    """Millimetres that a table may be high."""
    return SHEETS[paper][1] - _EDGES - HEADS - FEET


def body_width(paper: str) -> float:
    """Millimetres that a table may be wide."""
    return SHEETS[paper][0] - SIDES


def asked(table: Table) -> list[Asked]:
    """Every text of a table that decides how high its rows are."""
    return [one for line in (*table.lead, *table.heads, *table.lines) for one, _ in words_of(table, line)]


def words_of(table: Table, line: Line) -> list[tuple[Asked, int]]:
    """The texts of a row, each with how many rows it spreads over.

    Rows below a cell that goes down over several begin at a later column; such cells stand first in a row.
    """
    found, place = [], len(table.widths) - sum(cell.across for cell in line.cells)
    for cell in line.cells:
        width = sum(table.widths[place : place + cell.across])
        place += cell.across
        if cell.text:
            found.append((Asked(cell.text, cell.look, table.size, width), cell.down))
    return found


def row_heights(table: Table, lines: Sequence[Line], heights: Heights) -> list[float]:
    """How high each of these rows of a table is; the rows of an atom share what a tall cell needs."""
    found = [max(line.least, table.size * LINE) for line in lines]
    for at, line in enumerate(lines):
        for words, down in words_of(table, line):
            rows = range(at, min(at + down, len(lines)))
            padding = _TOP_PADDING if words.look in _TOP_LOOKS else _PADDING
            short = heights[words] + padding - sum(found[row] for row in rows)
            for row in rows:
                found[row] += max(0.0, short) / len(rows)
    return found


def pages_of(table: Table, heights: Heights, room: float) -> list[Placed]:
    """The table cut into pages of at most `room` millimetres, atoms whole; at least one page."""
    lead = _Rows(list(table.lead), row_heights(table, table.lead, heights))
    high = row_heights(table, table.heads, heights)
    heads = _Rows(list(table.heads), [min(one, room * _HEAD) for one in high])
    rows = row_heights(table, table.lines, heights)
    pages: list[Placed] = []
    above = _Rows([*lead.lines, *heads.lines], [*lead.heights, *heads.heights])
    here = _Rows([], [])
    for atom in _atoms(table.lines):
        whole = room - sum(heads.heights)
        needed = [min(rows[at], whole / len(atom)) for at in atom]
        if sum(above.heights) + sum(here.heights) + sum(needed) > room and (
            here.lines or len(above.lines) > len(heads.lines)
        ):
            pages.append(_placed(table, above, here, room))
            above, here = heads, _Rows([], [])
        here.lines.extend(table.lines[at] for at in atom)
        here.heights.extend(needed)
    return [*pages, _placed(table, above, here, room)]


class _Rows(NamedTuple):
    """Some rows with their heights."""

    lines: list[Line]
    heights: list[float]


def _atoms(lines: Sequence[Line]) -> list[list[int]]:
    atoms: list[list[int]] = []
    joined = False
    for at, line in enumerate(lines):
        if joined:
            atoms[-1].append(at)
        else:
            atoms.append([at])
        joined = line.keep
    return atoms


def _placed(table: Table, above: _Rows, here: _Rows, room: float) -> Placed:
    used = sum(here.heights)
    grow = max(1.0, min(_STRETCH, (room - sum(above.heights)) / used)) if table.stretch and used else 1.0
    heights = [*above.heights, *(grow * one for one in here.heights)]
    return Placed(table, [*above.lines, *here.lines], heights)
