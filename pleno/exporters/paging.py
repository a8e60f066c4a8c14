"""Which lines of a table stand on which printed page: what belongs together is not torn where a page can hold it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from pleno.exporters.layout import Paper

READABLE: Final = 75
"""Percent of the letters' size; rather than below it, a table goes on on another page."""

_POINT: Final = 0.3555
"""Millimetres, with a little to spare."""


class Line(NamedTuple):
    """One row of a sheet before it has a number."""

    height: float
    """Points."""
    put: Callable[[int], None]
    """Writes it into the sheet row given."""
    again: str = ""
    """What a page that begins with this line says above it; empty where the line needs no more than the head."""


Block = Sequence[Line]
"""Lines that belong together: L, P and JML of one label, a party with its candidates."""

Section = Sequence[Block]
"""A part of the form; its title stands in its first block."""


def height_of(lines: Sequence[Line]) -> float:
    """Points of lines one below the other."""
    return sum(line.height for line in lines)


Starts = frozenset[tuple[int, int, int]]
"""Section, block and line (from 0) of every line that begins a page after the first."""


class Frame(NamedTuple):
    """What surrounds the lines of a table on its pages, in points but for the width."""

    width: float
    """Digits; of one page of columns."""
    above: float
    """What precedes the table on the first page."""
    head: float
    """The head of the table, which every page repeats."""
    foot: float
    """What every page ends with."""


class Room(NamedTuple):
    """Points for lines on the first page of a table, and on each one after."""

    first: float
    later: float


def fitted(
    sections: Sequence[Section], paper: Paper, frame: Frame, apart: int, again: Callable[[str], float]
) -> tuple[int, Starts]:
    """Percent at which a table is printed, and where its pages begin.

    As large as the paper is wide, smaller where that saves a page; never below `READABLE` unless the columns alone
    need it. `apart` and `again` as in `page_starts`.
    """
    widest = paper.scale(frame.width)
    shapes = {
        scale: page_starts(sections, _room(paper, frame, scale), apart, again)
        for scale in range(widest, min(widest, READABLE) - 1, -1)
    }
    best = min(shapes, key=lambda scale: (len(shapes[scale]), -scale))
    return best, shapes[best]


def _room(paper: Paper, frame: Frame, scale: int) -> Room:
    page = paper.height / _POINT * 100 / scale - frame.head - frame.foot
    return Room(page - frame.above, page)


def page_starts(sections: Sequence[Section], room: Room, apart: int, again: Callable[[str], float]) -> Starts:
    """The lines that begin a page when so much room is left.

    Where one page does not hold them all, section `apart` begins one: the votes. `again` tells the height of what
    a page repeats above its first line.
    """
    if sum(height_of(block) for section in sections for block in section) <= room.first:
        return frozenset()
    starts: set[tuple[int, int, int]] = set()
    left, is_top = room.first, True

    def start(section: int, block: int, line: int) -> float:
        starts.add((section, block, line))
        return room.later - again(sections[section][block][line].again)

    for s, section in enumerate(sections):
        whole = sum(map(height_of, section))
        if (whole > left or s == apart) and not is_top:
            left, is_top = start(s, 0, 0), True
        for b, block in enumerate(section):
            if height_of(block) > left and not is_top:
                left, is_top = start(s, b, 0), True
            for n, line in enumerate(block):
                if line.height > left and not is_top:
                    left = start(s, b, n)
                left, is_top = left - line.height, False
    return frozenset(starts)
