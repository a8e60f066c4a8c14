"""A workbook before it is one: cells with their text, figure or formula, its cached value and style.

The same plan makes the template (openpyxl: texts, formulas, empty figure cells) and what is
spliced into it (figures and cached values), so the two can never disagree about an address.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

Value = int | str | None

CODE, NUMBER, LABEL, PART = 1, 2, 3, 4
"""Columns of a table before its values: the hidden row code, the number, the label, and L/P/J."""

ROW_HEIGHT = 12.75
"""Points of a row with one line of text, as every office program makes it for letters of 10 points."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One planned cell."""

    style: str
    """Name of a style in styles.py."""
    text: str | None = None
    """Fixed text of the template."""
    formula: str | None = None
    """Without the equals sign."""
    value: Value = None
    """The figure to splice in, or the cached result of the formula; None leaves it empty."""


@dataclass
class Sheet:
    """One planned sheet."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    """By (row, column), both from 1."""
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    """Top, left, bottom, right."""
    widths: dict[int, float] = field(default_factory=dict)
    """Characters by column."""
    heights: dict[int, float] = field(default_factory=dict)
    """Points by row."""
    hidden_columns: tuple[int, ...] = ()
    title_rows: tuple[int, int] | None = None
    """First and last row that every printed page repeats."""
    title_columns: tuple[int, int] | None = None
    freeze: str | None = None
    column_breaks: list[int] = field(default_factory=list)
    """A page ends after these columns."""
    row_breaks: list[int] = field(default_factory=list)
    """A page ends after these rows."""
    landscape: bool = True
    scale: int | None = None
    """Percent; None fits the widths to one page."""
    print_until: tuple[int, int] | None = None
    """Last row and column that are printed."""
    watched: list[str] = field(default_factory=list)
    """Ranges that turn red where a control is not 0."""
    typed: list[str] = field(default_factory=list)
    """Ranges in which people type figures."""
    largest: int = 0
    """The largest figure that may be typed there; 0 where anything may."""

    def put(self, row: int, column: int, cell: Cell) -> None:
        self.cells[row, column] = cell

    def text(self, row: int, column: int, text: str, style: str = "text", until: int | None = None) -> None:
        """A text, over the columns to `until` where given."""
        self.put(row, column, Cell(style, text=text))
        if until is not None and until > column:
            for more in range(column + 1, until + 1):
                self.put(row, more, Cell(style))
            self.merges.append((row, column, row, until))


def addend(value: Value) -> int:
    """What a cell adds to a sum: one that is blank on the paper was read, and counts 0."""
    return value if isinstance(value, int) else 0


def address(row: int, column: int) -> str:
    """ "E12"."""
    return f"{get_column_letter(column)}{row}"
