"""Where a sheet of one desa keeps its figures: header rows with TPS columns, and the form rows below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

from pleno.domain.contest import Choice, Contest, Row
from pleno.importers.limits import TPS_CODE, BadCell
from pleno.importers.workbook_cells import MOST_KEPT
from pleno.importers.workbook_grid import Cell, Grid, letters
from pleno.importers.workbook_map import UNMAPPED, SheetMap
from pleno.importers.workbook_rows import LONGEST_LABEL, FormRows, Line, called, words

LABEL_COLUMNS: Final = 4
"""Labels stand in columns A to D, left of the first figure column."""

_TPS: Final = re.compile(
    r"(?:(?:NO|NOMOR) )?TPS ?(?:(?:NO|NOMOR) )?0*([1-9][0-9]{0,2})(?: (?:LOKASI )?KHUSUS| LOKSUS)?"
)
_BARE: Final = re.compile(r"0*([1-9][0-9]{0,2})")


class SheetFault(Exception):
    """A desa's sheet whose structure is not the form's: nothing of it is taken."""

    def __init__(self, findings: list[BadCell]) -> None:
        super().__init__(findings)
        self.findings = findings


class TpsColumn(NamedTuple):
    """A column whose header names a TPS."""

    row: int
    """Of the header."""
    column: int
    tps: str
    """13-digit code, or the number without leading zeros."""


@dataclass(slots=True)
class Header:
    """One header row and what its columns are."""

    row: int
    tps: dict[int, TpsColumn] = field(default_factory=dict)
    totals: set[int] = field(default_factory=set)
    """JUMLAH AKHIR."""
    carried: set[int] = field(default_factory=set)
    """JUMLAH PINDAHAN: sums of other pages, never a TPS."""

    def columns(self) -> list[int]:
        return sorted({*self.tps, *self.totals, *self.carried})

    def unnamed_between(self) -> Iterator[int]:
        """Columns without a heading inside a page of TPS columns."""
        named = self.columns()
        for left, right in pairwise(named):
            if left not in self.carried and left not in self.totals:
                yield from range(left + 1, right)


class FigureCell(NamedTuple):
    """One cell in which a figure of a TPS stands, or may stand."""

    column: TpsColumn
    form_row: Row
    row: int


class TotalCell(NamedTuple):
    """One cell of a JUMLAH AKHIR column."""

    form_row: Row
    row: int
    column: int


@dataclass(slots=True)
class Layout:
    """A desa's sheet, understood."""

    cells: list[FigureCell] = field(default_factory=list)
    totals: list[TotalCell] = field(default_factory=list)
    carried: list[TotalCell] = field(default_factory=list)
    """Of a JUMLAH PINDAHAN column."""
    columns: list[TpsColumn] = field(default_factory=list)


def headers(grid: Grid, rules: SheetMap = UNMAPPED) -> list[Header]:
    """The header rows of a sheet, top down; empty when it has none."""
    rows = [rules.head_row] if rules.head_row else sorted(grid.rows)
    found = [header for row in rows if (header := _header(grid.rows.get(row, {}), row, rules)) is not None]
    return found if any(header.tps for header in found) else []


def _header(cells: Mapping[int, Cell], row: int, rules: SheetMap) -> Header | None:
    header = Header(row)
    if rules.head_row and rules.columns:
        header.tps = {
            column: TpsColumn(row, column, str(int(said)) if _BARE.fullmatch(said) else said)
            for column, said in rules.columns.items()
            if said.isascii() and said.isdigit()
        }
    bare: dict[int, TpsColumn] = {}
    for column, cell in cells.items():
        if column in header.tps:
            continue
        if cell.kind == "n":
            if len(cell.text) == 13 and TPS_CODE.fullmatch(cell.text):
                header.tps[column] = TpsColumn(row, column, cell.text)
            elif found := _BARE.fullmatch(cell.text):
                bare[column] = TpsColumn(row, column, found[1])
        elif cell.kind == "s" and len(cell.text) <= LONGEST_LABEL:
            text = words(cell.text)
            if text == rules.total:
                header.totals.add(column)
            elif text == rules.carried:
                header.carried.add(column)
            elif found := (rules.heading or _TPS).fullmatch(text):
                header.tps[column] = TpsColumn(row, column, found[1])
            elif TPS_CODE.fullmatch(text):
                header.tps[column] = TpsColumn(row, column, text)
            elif found := _BARE.fullmatch(text):
                bare[column] = TpsColumn(row, column, found[1])
    if not header.tps and (header.totals or header.carried):
        header.tps = bare  # "001", "002", ... are TPS only where the row ends in a heading of sums
    return header if header.columns() else None


def read_layout(grid: Grid, found: list[Header], contest: Contest, rules: SheetMap = UNMAPPED) -> Layout:
    """The figure cells of a sheet. Raises SheetFault with everything that does not fit the form."""
    first = min(column for header in found for column in header.tps)
    label_columns = rules.labels or tuple(range(1, min(LABEL_COLUMNS, first - 1) + 1))
    reader = _LayoutReader(grid, FormRows(rules.wording_of(contest)), label_columns, _mapped(contest, rules))
    reader.findings += [
        BadCell(f"lembar {grid.sheet}", f'peta menyebut "{name}", yang bukan baris formulir {contest.profile.name}.')
        for name in rules.unknown_rows(contest)
    ]
    bottoms = [*(header.row for header in found[1:]), max(grid.rows) + 1]
    current = found[0]
    for header, bottom in zip(found, bottoms, strict=True):
        current = _joined(current, header)
        reader.read_block(current, range(header.row + 1, bottom))
    if not reader.layout.cells and not reader.findings:
        reader.findings.extend(reader.unplaced[:3])
    if reader.findings:
        raise SheetFault(reader.findings)
    return reader.layout


def _mapped(contest: Contest, rules: SheetMap) -> Mapping[int, Line]:
    """The lines that a map names by their row."""
    return {
        row: Line(contest.by_name[name], contest.ballot_rows.get(name))
        for row, name in (rules.rows or {}).items()
        if name in contest.by_name
    }


def _joined(above: Header, header: Header) -> Header:
    """A header further right adds its columns to the page beside it; any other starts a new page."""
    if above is header or set(above.columns()) & set(header.columns()):
        return header
    return Header(header.row, above.tps | header.tps, above.totals | header.totals, above.carried | header.carried)


class _LayoutReader:
    """Walks the lines of a sheet and collects what it finds, faults included."""

    def __init__(self, grid: Grid, form: FormRows, label_columns: tuple[int, ...], mapped: Mapping[int, Line]) -> None:
        self.layout = Layout()
        self.findings: list[BadCell] = []
        self.unplaced: list[BadCell] = []
        self._grid = grid
        self._form = form
        self._labels = label_columns
        self._mapped = mapped
        self._coded = any(self._code(row) is not None for row in grid.rows)

    def read_block(self, header: Header, rows: range) -> None:
        """The lines below one header, up to the next one."""
        self._form.start_block()
        self.layout.columns.extend(column for column in header.tps.values() if column.row == header.row)
        seen: dict[str, int] = {}
        choices: list[Choice] = []
        unplaced: list[BadCell] = []
        for row in rows:
            if row not in self._grid.rows:
                continue
            line = self._line(row)
            if line is None:
                continue
            if line.row is None:
                unplaced.extend(self._unplaced(header, row, is_first=not seen))
                continue
            self.findings.extend(unplaced)
            unplaced.clear()
            if line.row.name in seen:
                message = f"baris {line.row.code} ({line.row.label}) sudah ada di baris {seen[line.row.name]}."
                self.findings.append(BadCell(self._grid.place(row, 1), message))
                continue
            seen[line.row.name] = row
            if line.choice is not None:
                choices.append(line.choice)
                if choices[-1].order < choices[-2:][0].order:
                    message = f"{called(line.choice)} di bawah {called(choices[-2])}; urutan lain dari ruang kerja."
                    self.findings.append(BadCell(self._grid.place(row, 1), message))
            self._keep(header, line.row, row)
        self.unplaced.extend(unplaced)

    def _line(self, row: int) -> Line | None:
        """What line this is; None when it is at fault, which is noted."""
        if row in self._mapped:
            return self._mapped[row]
        coded = self._code(row)
        texts = self._texts(row)
        try:
            if coded is not None:
                return self._form.coded(coded, texts[1:])
            return Line(None) if self._coded else self._form.labelled(texts)
        except BadCell as fault:
            self.findings.append(fault)
            return None

    def _code(self, row: int) -> Row | None:
        cell = self._grid.rows[row].get(1)
        if cell is None or cell.kind != "s" or cell.formula or not self._labels:
            return None
        return self._form.by_code(cell.text)

    def _texts(self, row: int) -> list[tuple[str, str]]:
        cells = self._grid.rows[row]
        return [
            (self._grid.place(row, column), cells[column].text)
            for column in self._labels
            if column in cells and cells[column].text.strip() and not cells[column].formula
        ]

    def _unplaced(self, header: Header, row: int, *, is_first: bool) -> list[BadCell]:
        """A line with figures that is no row of the form; sums below or beside the form are formulas."""
        cells = self._grid.rows[row]
        filled = {column: cells[column] for column in header.tps if column in cells and _is_figure(cells[column])}
        texts = self._texts(row)
        if not filled or (is_first and _are_column_numbers(filled, texts)):
            return []
        place = texts[-1][0] if texts else self._grid.place(row, min(filled))
        return [BadCell(place, self._form.unknown(texts))]

    def _keep(self, header: Header, form_row: Row, row: int) -> None:
        if len(self.layout.cells) > MOST_KEPT:
            raise SheetFault([BadCell(f"lembar {self._grid.sheet}", "terlalu banyak kolom dan baris.")])
        cells = self._grid.rows[row]
        self.layout.cells.extend(FigureCell(column, form_row, row) for column in header.tps.values())
        self.layout.totals.extend(TotalCell(form_row, row, column) for column in sorted(header.totals))
        self.layout.carried.extend(TotalCell(form_row, row, column) for column in sorted(header.carried))
        for column in header.unnamed_between():
            if column in cells and _is_figure(cells[column]):
                message = f"kolom {letters(column)} berisi angka, tetapi kepalanya tidak menyebut TPS."
                self.findings.append(BadCell(self._grid.place(row, column), message))


def _is_figure(cell: Cell) -> bool:
    return not cell.formula and (
        cell.kind == "n" or (cell.kind == "s" and _BARE.fullmatch(cell.text.strip()) is not None)
    )


def _are_column_numbers(filled: Mapping[int, Cell], texts: list[tuple[str, str]]) -> bool:
    """The line 1, 2, 3, ... that forms print under their headings, also under the labels.

    Between the TPS of two pages stand columns of sums, which are counted too or where counting begins again.
    """
    said = [text.strip() for _, text in texts] + [cell.text.strip() for cell in filled.values()]
    if not all(_BARE.fullmatch(number) for number in said):
        return False
    numbers = {column: int(cell.text) for column, cell in sorted(filled.items())}
    least = min(numbers.values())
    return all(
        numbers[right] - numbers[left] in (1, right - left) or (right - left > 1 and numbers[right] <= least + 1)
        for left, right in pairwise(numbers)
    )
