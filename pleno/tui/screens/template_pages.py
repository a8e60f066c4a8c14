"""What was found in one workbook: the map that is proposed (`k` on Templat), and what each cell receives (`u`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from pleno.domain.rules import Severity
from pleno.tui import marks
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.templates_acts import NextSheet, PreviousSheet, WriteMap
from pleno.tui.templates_view import Line, map_lines, trial_pages, trial_words
from pleno.tui.text import cut, safe_text, visible, wrapped
from pleno.tui.widgets.grid import Cell, Column, Grid, GridRow

if TYPE_CHECKING:
    from pleno.service.templates import Proposal, Receiving, Tried
    from pleno.tui.templates_gateway import Templates

_PLACE: Final = 24
_LINES: Final = (Column("kind", "", 9), Column("place", "tempat", _PLACE), Column("text", "", 0))
_CELLS: Final = (
    Column("cell", "sel", 7), Column("row", "baris", 9), Column("whose", "untuk", 0),
    Column("formula", "", 6), Column("figure", "angka", 9, right=True),
)  # fmt: skip
_KINDS: Final = {"halangan": marks.FINDING[Severity.KERAS], "belum": marks.SELISIH}


class _Page(PlenoScreen):
    """Two lines above a table."""

    def body(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Static("", id="head", markup=False)
            yield Grid(_LINES)

    def _head(self, first: str, second: str) -> None:
        lines = "\n".join(cut(visible(line), self.size.width or 80) for line in (first, second))
        self.query_one("#head", Static).update(safe_text("").append(lines, "bold"))

    def _line_rows(self, lines: Sequence[Line]) -> list[GridRow]:
        room = max((self.size.width or 80) - _PLACE - 13, 20)
        rows: list[GridRow] = []
        for place, line in enumerate(lines):
            for part, words in enumerate(wrapped(line.text, room)):
                first = (Cell(line.kind, _KINDS.get(line.kind)), Cell(line.place))
                rows.append(GridRow(f"{place}.{part}", (*(first if part == 0 else (Cell(), Cell())), Cell(words))))
        return rows


class MapScreen(_Page):
    """A proposed map in plain words; nothing is written before `t`."""

    TITLE = "Peta templat"
    PLAIN = "pleno templat kenali"
    ACTS = (WriteMap,)
    DEFAULT_CSS = "MapScreen #head { height: auto; }"

    def __init__(self, templates: Templates, proposal: Proposal, name: str, written: Callable[[str], None]) -> None:
        """`written` is told the path once the map is there and this page is gone."""
        super().__init__()
        self._templates, self._proposal, self._name, self._written = templates, proposal, name, written

    def draw(self) -> None:
        self._head(f"PETA yang diusulkan untuk {self._name}", f"berkasnya: templates_xlsx/{self._file}")
        self.grid.show(self._line_rows(map_lines(self._proposal)))

    @property
    def _file(self) -> str:
        return self._proposal.file.path.name

    def prompt(self) -> str:
        return f"t = tulis {self._file}, Esc batal; belum ada yang ditulis"

    def write(self) -> None:
        """Write the map and go back. PlenoError when one is there, or the medium refuses."""
        path = self._templates.write(self._proposal.file)
        self.app.pop_screen()
        self._written(path)


class TrialScreen(_Page):
    """What each cell of a workbook would receive, a page a sheet; what was found comes first."""

    TITLE = "Uji templat"
    PLAIN = "pleno templat uji"
    ACTS = (NextSheet, PreviousSheet)
    DEFAULT_CSS = "TrialScreen #head { height: auto; }"

    def __init__(self, tried: Tried) -> None:
        super().__init__()
        self._tried = tried
        self._pages = trial_pages(tried)
        self._at = 0

    def draw(self) -> None:
        page, known = self._pages[self._at], f"peta {self._tried.map_name}" if self._tried.map_name else "tanpa peta"
        self._head(
            f"UJI  {self._tried.name}   {known}",
            f"{page.title}, {self._at + 1} dari {len(self._pages)}   {trial_words(self._tried)}",
        )
        if page.cells:
            self.grid.show([_cell_row(one) for one in page.cells], _CELLS)
        else:
            self.grid.show(self._line_rows(page.lines), _LINES)

    def prompt(self) -> str:
        page = self._pages[self._at]
        if not page.cells:
            return "TEMUAN: lembar dan selnya; ] lembar berikut, Esc kembali"
        at = self.grid.key
        one = next((one for one in page.cells if one.cell == at), None)
        return f"{page.title} {one.cell}: {one.row} {one.whose} = {one.figure}" if one else "Esc kembali"

    def on_grid_moved(self) -> None:
        self.refresh_lines()

    def turn(self, by: int) -> None:
        """Go to another sheet; the ends hold."""
        place = min(max(self._at + by, 0), len(self._pages) - 1)
        if place != self._at:
            self._at = place
            self.grid.go(0)
            self.redraw()


def _cell_row(one: Receiving) -> GridRow:
    formula = "rumus" if one.is_formula else ""
    return GridRow(one.cell, (Cell(one.cell), Cell(one.row), Cell(one.whose), Cell(formula), Cell(one.figure)))
