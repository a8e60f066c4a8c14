"""The filled cells of one worksheet: address, kind, value, whether a formula made it, how it is shown."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from pleno.domain.errors import PlenoError
from pleno.domain.reckoning import Formula
from pleno.importers.workbook_formats import FormatFault

MOST_COVERED: Final = 200_000
"""Row pieces that the merged areas of one sheet may cover."""


class Cell(NamedTuple):
    """One filled cell."""

    kind: str
    """n number, s text, b true or false, e error, d date, "" a formula that was never calculated."""
    text: str
    """The number as it is written in the file, or the text as Excel shows it."""
    formula: bool
    fault: FormatFault | None
    """Why a number in this cell is not shown as it is stored; None for a plain format."""


class Range(NamedTuple):
    """An area of cells, ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Grid:
    """The filled cells of one worksheet within the window."""

    sheet: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    """Row number -> column number -> cell, both from 1."""
    formulas: dict[tuple[int, int], Formula] = field(default_factory=dict)
    """Row and column of every cell with a formula, whether or not it shows anything."""
    merged: list[Range] = field(default_factory=list)
    spilled: list[Range] = field(default_factory=list)
    """Areas that one array formula fills; only its first cell says so."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[Range] = field(default_factory=list)
    footer: str = ""
    """What is printed at the foot of every page, with the codes of Excel."""
    outside: int = 0
    """Filled cells beyond the window."""

    def place(self, row: int, column: int) -> str:
        """ "DESA_A!C12"."""
        return f"{self.sheet}!{letters(column)}{row}"

    def is_hidden_column(self, column: int) -> bool:
        return any(area.left <= column <= area.right for area in self.hidden_columns)


def letters(column: int) -> str:
    """Column number to its letters: 28 -> "AB"."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def column_number(column: str) -> int:
    """The other way round: "AB" -> 28."""
    number = 0
    for letter in column:
        number = number * 26 + ord(letter) - 64
    return number


def covered(areas: Iterable[Range], rows: Iterable[int]) -> Mapping[int, list[Range]]:
    """For each of the rows the areas that cover cells of it.

    PlenoError when they cover so much that no form can be meant.
    """
    wanted = sorted(set(rows))
    found: dict[int, list[Range]] = {}
    count = 0
    for area in areas:
        for row in wanted[bisect_left(wanted, area.top) : bisect_right(wanted, area.bottom)]:
            found.setdefault(row, []).append(area)
            count += 1
            if count > MOST_COVERED:
                raise PlenoError(
                    "Berkas ditolak",
                    "Terlalu banyak sel gabungan.",
                    "Pisahkan sel gabungan itu (Unmerge), lalu simpan ulang.",
                )
    return found
