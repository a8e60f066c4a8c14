"""Which column stands on which page, and the sums carried from page to page (DOMAIN.md 5.3).

A page of K value columns ends in JUMLAH PINDAHAN, the next begins with the same sums, and the
last ends in JUMLAH AKHIR; a carried sum is an addend of its own page only, so nothing counts twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

FIRST_VALUE_COLUMN = 5
"""Columns A to D hold the hidden row code, the number, the label and L/P/J."""


class ColumnKind(Enum):
    VALUE = auto()
    CARRIED_IN = auto()
    CARRIED_OUT = auto()
    TOTAL = auto()


class Column(NamedTuple):
    """One value column of a sheet."""

    kind: ColumnKind
    at: int
    """Column number of the sheet, from 1."""
    item: int | None
    """Which TPS or desa, from 0; None for sums."""
    addends: tuple[int, int]
    """First and last column it sums; for CARRIED_IN the column it repeats, twice."""


def columns(items: int, per_page: int) -> list[list[Column]]:
    """Pages of columns for so many TPS or desa; per_page is at least 3."""
    pages: list[list[Column]] = []
    at, item = FIRST_VALUE_COLUMN, 0
    while True:
        page: list[Column] = []
        start = at
        if pages:
            carried = pages[-1][-1].at
            page.append(Column(ColumnKind.CARRIED_IN, at, None, (carried, carried)))
            at += 1
        room = per_page - len(page) - 1
        for _ in range(min(room, items - item)):
            page.append(Column(ColumnKind.VALUE, at, item, (at, at)))
            at, item = at + 1, item + 1
        last = item >= items
        page.append(Column(ColumnKind.TOTAL if last else ColumnKind.CARRIED_OUT, at, None, (start, at - 1)))
        at += 1
        pages.append(page)
        if last:
            return pages


def page_ends(pages: Sequence[Sequence[Column]]) -> list[int]:
    """Columns after which a printed page ends, the last page left out."""
    return [page[-1].at for page in pages[:-1]]
