"""The figures of one desa's sheet, cell by cell, and what is odd about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from pleno.domain.contest import Row
from pleno.domain.figures import Figure, addend, shown, thousands
from pleno.importers.limits import BadCell, has_thousands
from pleno.importers.workbook_figures import figure_of_cell, is_paper_total, total_of_cell, without_zeros
from pleno.importers.workbook_grid import Cell, Grid, Range, covered, letters
from pleno.importers.workbook_layout import FigureCell, Layout, TpsColumn
from pleno.importers.workbook_map import UNMAPPED, SheetMap

_MOST_FAULTS: Final = 1_000
"""Bad cells of one sheet named singly; beyond them one a TPS, so that each is still refused."""


class FoundFigure(NamedTuple):
    """A figure that a cell holds."""

    column: TpsColumn
    form_row: Row
    figure: Figure
    """Never None."""
    place: str


class BadFigure(NamedTuple):
    """A figure cell that cannot be taken."""

    column: TpsColumn
    fault: BadCell


@dataclass(slots=True)
class SheetFigures:
    """Everything the figure cells of one sheet say."""

    figures: list[FoundFigure] = field(default_factory=list)
    bad: list[BadFigure] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    """(place, message): read with a grain of salt, or not read although the paper has it."""


def figures_of(grid: Grid, layout: Layout, digits: int, rules: SheetMap = UNMAPPED) -> SheetFigures:
    """Read the cells a layout names.

    `digits` are the boxes a figure has on the paper; of the rules of a map count the spellings it declares.
    """
    reader = _SheetReader(grid, layout, digits, rules)
    for cell in layout.cells:
        reader.read(cell)
    reader.compare_totals()
    reader.compare_carried()
    reader.note_oddities()
    return reader.found


class _SheetReader:
    """Reads figure cells and remembers what the preview should say about the sheet."""

    def __init__(self, grid: Grid, layout: Layout, digits: int, rules: SheetMap) -> None:
        self.found = SheetFigures()
        self._meanings, self._zero_ending = rules.meanings or {}, rules.zero_ending
        self._meant: dict[str, list[str]] = {}
        self._grid, self._layout, self._digits = grid, layout, digits
        rows = {cell.row for cell in layout.cells}
        self._merged: Mapping[int, list[Range]] = covered(grid.merged, rows)
        self._spilled: Mapping[int, list[Range]] = covered(grid.spilled, rows)
        self._sums: dict[str, int] = {}
        self._counts: dict[str, list[tuple[int, int, int]]] = {}
        self._unsure: set[str] = set()
        self._at_fault: set[TpsColumn] = set()
        self._formulas: dict[int, list[str]] = {}
        self._texts: list[str] = []
        self._zeros: list[str] = []

    def read(self, at: FigureCell) -> None:
        """One figure cell; empty is not read."""
        row, column = at.row, at.column.column
        cell = self._grid.rows[row].get(column)
        place = self._grid.place(row, column)
        name = at.form_row.name
        try:
            if self._merged:
                self._refuse_merged(row, column, place)
            if cell is None:
                return
            if self._spilled and _covering(self._spilled, row, column):
                cell = cell._replace(formula=True)
            if cell.formula and is_paper_total(at.form_row):
                self._formulas.setdefault(row, []).append(place)
                self._add(at, total_of_cell(cell))
                return
            figure = self._figure(cell, place)
        except BadCell as fault:
            self._unsure.add(name)
            if len(self.found.bad) < _MOST_FAULTS or at.column not in self._at_fault:
                self.found.bad.append(BadFigure(at.column, fault))
                self._at_fault.add(at.column)
            return
        if figure is not None:
            self._note_text(cell, place, figure)
            self._add(at, addend(figure))
            self.found.figures.append(FoundFigure(at.column, at.form_row, figure, place))

    def _figure(self, cell: Cell, place: str) -> Figure:
        if cell.kind == "s" and not cell.formula:
            if (meant := self._meanings.get(cell.text.strip())) is not None:
                self._meant.setdefault(cell.text.strip(), []).append(place)
                return meant
            if self._zero_ending and (whole := without_zeros(cell.text)) != cell.text:
                self._zeros.append(place)
                cell = cell._replace(text=whole)
        return figure_of_cell(cell, place, self._digits)

    def _refuse_merged(self, row: int, column: int, place: str) -> None:
        for area in _covering(self._merged, row, column):
            if area.left in self._grid.rows.get(area.top, {}):
                shown = f"{letters(area.left)}{area.top}:{letters(area.right)}{area.bottom}"
                raise BadCell(place, f"sel gabungan {shown}; pisahkan (Unmerge) lalu isi tiap sel.")

    def _add(self, at: FigureCell, count: int | None) -> None:
        name = at.form_row.name
        if count is None:
            self._unsure.add(name)
            return
        self._sums[name] = self._sums.get(name, 0) + count
        if self._layout.carried:
            self._counts.setdefault(name, []).append((at.row, at.column.column, count))

    def _note_text(self, cell: Cell, place: str, figure: Figure) -> None:
        if cell.kind != "s" or cell.text.strip() in self._meanings:
            return
        if has_thousands(cell.text):
            self.found.notes.append((place, f'"{cell.text.strip()}" dibaca {figure}.'))
        else:
            self._texts.append(place)

    def compare_totals(self) -> None:
        """JUMLAH AKHIR as the file says it against our own sum of the sheet."""
        uncalculated: list[str] = []
        for total in self._layout.totals:
            cell = self._grid.rows[total.row].get(total.column)
            name, place = total.form_row.name, self._grid.place(total.row, total.column)
            if cell is None or name in self._unsure:
                continue
            said, own = total_of_cell(cell), self._sums.get(name, 0)
            if cell.kind == "s" and not cell.text:
                continue  # our own sum where nothing was read
            if not cell.kind:
                uncalculated.append(place)
            elif said is None:
                self.found.notes.append((place, "JUMLAH AKHIR bukan angka bulat; tidak dibandingkan."))
            elif said != own:
                message = f"JUMLAH AKHIR tertulis {thousands(said)}, jumlah kolom TPS {thousands(own)}."
                self.found.notes.append((place, message))
        if uncalculated:
            message = f"JUMLAH AKHIR belum dihitung Excel{_and_more(uncalculated)}; tidak dibandingkan."
            self.found.notes.append((uncalculated[0], message))

    def compare_carried(self) -> None:
        """JUMLAH PINDAHAN as the file says it against our own sum of the columns before it."""
        for one in self._layout.carried:
            name, said = one.form_row.name, total_of_cell(self._grid.rows[one.row].get(one.column))
            if said is None or name in self._unsure:
                continue
            at = (one.row, one.column)
            own = sum(count for row, column, count in self._counts.get(name, ()) if (row, column) < at)
            if said != own:
                message = f"JUMLAH PINDAHAN tertulis {thousands(said)}, jumlah kolom TPS sebelumnya {thousands(own)}."
                self.found.notes.append((self._grid.place(one.row, one.column), message))

    def note_oddities(self) -> None:
        """One line for each kind of oddity, however many cells have it."""
        for places in self._formulas.values():
            message = f"rumus, bukan angka kertas{_and_more(places)}; dibiarkan belum dibaca."
            self.found.notes.append((places[0], message))
        if self._texts:
            message = f"angka tersimpan sebagai teks{_and_more(self._texts)}; dibaca sebagai angka."
            self.found.notes.append((self._texts[0], message))
        if self._zeros:
            message = f'angka teks berakhir ".0"{_and_more(self._zeros)}; dibaca sebagai bilangan bulat menurut peta.'
            self.found.notes.append((self._zeros[0], message))
        for text, places in self._meant.items():
            message = f'"{text}" dibaca {shown(self._meanings[text])} menurut peta{_and_more(places)}.'
            self.found.notes.append((places[0], message))
        hidden_rows = sorted({cell.row for cell in self._layout.cells} & self._grid.hidden_rows)
        columns = sorted({column.column for column in self._layout.columns})
        hidden_columns = [column for column in columns if self._grid.is_hidden_column(column)]
        where = f"lembar {self._grid.sheet}"
        if hidden_rows:
            listed = ", ".join(map(str, hidden_rows[:20]))
            self.found.notes.append((where, f"baris tersembunyi ikut dibaca: {listed}."))
        if hidden_columns:
            listed = ", ".join(map(letters, hidden_columns[:20]))
            self.found.notes.append((where, f"kolom tersembunyi ikut dibaca: {listed}."))


def _covering(areas: Mapping[int, list[Range]], row: int, column: int) -> list[Range]:
    return [area for area in areas.get(row, ()) if area.left <= column <= area.right]


def _and_more(places: list[str]) -> str:
    return f" (dan {thousands(len(places) - 1)} sel lain)" if len(places) > 1 else ""
