"""What a table is made of: columns, rows and their cells, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from pleno.tui.marks import Mark


@dataclass(frozen=True, slots=True)
class Column:
    """One column of fixed width."""

    key: str
    label: str
    width: int
    """Terminal cells, without the space that follows; 0 = what the others leave."""
    right: bool = False
    """Whether it is set to the right, as figures are."""


class Cell(NamedTuple):
    """What stands in one place of the grid."""

    text: str = ""
    mark: Mark | None = None
    """The state it shows; None = as its row."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One line of the grid."""

    key: str
    """By which the cursor finds it again after the table changed."""
    cells: tuple[Cell, ...]
    mark: Mark | None = None
    group: str = ""
    """Tab goes to the first row of the next group."""
