"""Reads worksheets into grids of cells (workbook_grid.py), as Excel stores them.

One pass of expat over each sheet. Cells outside a bounded window are counted, never kept, and
`<dimension>` is never believed.
"""

from __future__ import annotations

import re
from typing import Final

from pleno.domain.errors import PlenoError
from pleno.domain.figures import thousands
from pleno.domain.reckoning import Formula
from pleno.importers.limits import MAX_SHEET_CELLS, MAX_SHEET_COLUMNS, MAX_SHEET_ROWS
from pleno.importers.ooxml import MAIN, Package, SheetPart, refuse
from pleno.importers.workbook_formats import FormatFault, Formats
from pleno.importers.workbook_grid import Cell, Grid, Range, column_number
from pleno.importers.workbook_text import LONGEST_TEXT, CellText, read_strings, unescaped

MOST_KEPT: Final = 400_000
"""Filled cells of one sheet; the largest desa (451 TPS) with 250 rows has 113,000. Keeps memory below 200 MB."""

MOST_RANGES: Final = 20_000
"""Merged areas of one sheet."""

_LAST_COLUMN: Final = 16_384
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})(?::([A-Z]{1,3})([1-9][0-9]{0,6}))?")
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,400}(?:\.[0-9]{0,400})?(?:[eE][+-]?[0-9]{1,3})?")
_ROW, _CELL, _VALUE, _FORMULA = (MAIN + tag for tag in ("row", "c", "v", "f"))
_MERGE, _COLUMN, _WORKSHEET = (MAIN + tag for tag in ("mergeCell", "col", "worksheet"))
_FOOTER: Final = MAIN + "oddFooter"
LONGEST_FORMULA: Final = 8_192
"""Characters Excel keeps of one."""
_KINDS: Final = {"n": "n", "s": "s", "str": "s", "inlineStr": "s", "b": "b", "e": "e", "d": "d"}
_AGAIN: Final = "Buka di Excel atau LibreOffice, periksa, lalu simpan ulang sebagai .xlsx."


class CellReader:
    """Reads the sheets of one package; counts cells over all of them."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._strings = read_strings(package)
        self._formats = Formats(package)
        self._columns: dict[str, int] = {}
        self._cells = 0

    def read(self, sheet: SheetPart) -> Grid:
        """The filled cells of one sheet. PlenoError for every fault of structure."""
        reading = _SheetReading(self, Grid(sheet.name))
        self._package.parse(sheet.part, reading.start, reading.end, reading.text)
        return reading.grid

    def fault(self, sheet: str, message: str) -> PlenoError:
        return refuse(self._package.name, f"lembar {sheet}: {message}", _AGAIN)

    def new_text(self) -> CellText:
        return CellText(self._package)

    def count(self, sheet: str, kept: int) -> None:
        """One more cell. PlenoError above the limit of the workbook or, for filled cells, of the sheet."""
        self._cells += 1
        if self._cells > MAX_SHEET_CELLS:
            raise self.fault(sheet, f"berkas memuat lebih dari {thousands(MAX_SHEET_CELLS)} sel.")
        if kept > MOST_KEPT:
            raise self.fault(sheet, f"lebih dari {thousands(MOST_KEPT)} sel berisi.")

    def column(self, sheet: str, reference: str, row_text: str) -> int:
        """Column number of a cell's address, which must be in the row it stands in."""
        name = reference.rstrip("0123456789")
        number = self._columns.get(name)
        if number is None:
            if not re.fullmatch("[A-Z]{1,3}", name) or column_number(name) > _LAST_COLUMN:
                raise self.fault(sheet, "sel tanpa alamat yang benar.")
            number = self._columns[name] = column_number(name)
        if reference[len(name) :] != row_text:
            raise self.fault(sheet, f"alamat sel di luar barisnya (baris {row_text}).")
        return number

    def shared(self, sheet: str, index: str) -> str:
        if not (index.isascii() and index.isdigit() and len(index) < 9 and int(index) < len(self._strings)):
            raise self.fault(sheet, "menunjuk teks yang tidak ada di berkas.")
        return self._strings[int(index)]

    def format_fault(self, sheet: str, style: str | None) -> FormatFault | None:
        try:
            return self._formats.fault(style)
        except LookupError as error:
            raise self.fault(sheet, "menunjuk gaya sel yang tidak ada di berkas.") from error


class _SheetReading:
    """Handlers for one worksheet part."""

    def __init__(self, reader: CellReader, grid: Grid) -> None:
        self.grid = grid
        self._reader = reader
        self._root_seen = False
        self._row: dict[int, Cell] | None = None
        self._row_text = ""
        self._last_row = 0
        self._is_beyond = False
        self._last_column = 0
        self._kept = 0
        self._is_open = False
        self._attrs: dict[str, str] = {}
        self._value: list[str] | None = None
        self._in_value = False
        self._length = 0
        self._formula = False
        self._rule: list[str] | None = None
        self._rule_attrs: dict[str, str] = {}
        self._shared: dict[str, tuple[int, int, str]] = {}
        self._footer: list[str] | None = None
        self._inline = reader.new_text()

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        if self._is_beyond:
            self.grid.outside += tag == _VALUE
        elif tag == _CELL:
            self._start_cell(attrs)
        elif tag == _VALUE:
            if not self._is_open or self._value is not None:
                raise self._fault("satu sel berisi dua nilai.")
            self._value, self._in_value, self._length = [], True, 0
        elif tag == _FORMULA:
            self._formula, self._rule, self._rule_attrs = True, [], attrs
            if attrs.get("t") in ("array", "dataTable") and "ref" in attrs:
                self._keep(self.grid.spilled, attrs["ref"])
        elif tag == _ROW:
            self._start_row(attrs)
        elif tag == _MERGE:
            self._keep(self.grid.merged, attrs.get("ref", ""))
        elif tag == _COLUMN:
            self._column(attrs)
        elif tag == _FOOTER:
            self._footer = []
        elif self._is_open:
            self._inline.enter(tag)
        elif not self._root_seen and tag != _WORKSHEET:
            raise self._fault("bukan lembar Excel biasa.")
        self._root_seen = True

    def end(self, tag: str) -> None:
        if tag == _VALUE:
            self._in_value = False
        elif tag == _FORMULA and self._rule is not None:
            self._end_formula("".join(self._rule))
        elif tag == _FOOTER and self._footer is not None:
            self.grid.footer, self._footer = "".join(self._footer)[:LONGEST_TEXT], None
        elif tag == _CELL and self._is_open:
            self._end_cell()
        elif tag == _ROW:
            self._row = None
            self._is_beyond = False
        elif self._is_open:
            self._inline.leave(tag)

    def text(self, text: str) -> None:
        if self._in_value and self._value is not None:
            self._value.append(text)
            self._length += len(text)
            if self._length > LONGEST_TEXT:
                raise self._fault(f"teks lebih dari {thousands(LONGEST_TEXT)} karakter.")
        elif self._rule is not None:
            self._rule.append(text)
        elif self._footer is not None:
            self._footer.append(text)
        elif self._is_open:
            self._inline.add(text)

    def _fault(self, message: str) -> PlenoError:
        return self._reader.fault(self.grid.sheet, message)

    def _start_row(self, attrs: dict[str, str]) -> None:
        number = attrs.get("r", "")
        if not (number.isascii() and number.isdigit() and len(number) <= 7):
            raise self._fault("baris tanpa nomor.")
        if int(number) <= self._last_row:
            raise self._fault(f"baris {number} ada dua kali atau tidak berurutan.")
        self._last_row = int(number)
        self._row, self._row_text, self._last_column = {}, number, 0
        self._is_beyond = self._last_row > MAX_SHEET_ROWS
        if attrs.get("hidden") in ("1", "true") and not self._is_beyond:
            self.grid.hidden_rows.add(self._last_row)

    def _start_cell(self, attrs: dict[str, str]) -> None:
        if self._row is None or self._is_open:
            raise self._fault("sel di luar baris.")
        column = self._reader.column(self.grid.sheet, attrs.get("r", ""), self._row_text)
        if column <= self._last_column:
            raise self._fault(f"sel {attrs['r']} ada dua kali atau tidak berurutan.")
        self._last_column = column
        self._attrs, self._is_open = attrs, True
        self._value, self._in_value, self._formula = None, False, False
        if attrs.get("t") == "inlineStr":
            self._inline.begin()

    def _end_cell(self) -> None:
        self._is_open = False
        kind = self._attrs.get("t", "n")
        inline = kind == "inlineStr"
        raw = self._inline.taken() if inline else "".join(self._value or ())
        self._reader.count(self.grid.sheet, self._kept)
        if not raw and not self._formula:
            return
        if self._last_column > MAX_SHEET_COLUMNS:
            self.grid.outside += 1
            return
        # What a formula shows may be an empty text; one that was never calculated has no value at all.
        is_empty_text = kind == "str" and self._value is not None
        text = self._shown(kind, raw)
        fault = self._reader.format_fault(self.grid.sheet, self._attrs.get("s"))
        if self._row is not None:
            if not self._row:
                self.grid.rows[self._last_row] = self._row
            self._row[self._last_column] = Cell(
                _KINDS[kind] if raw or is_empty_text else "", text, self._formula, fault
            )
            self._kept += 1

    def _end_formula(self, text: str) -> None:
        """Keep what the cell that is open reckons; only the first cell of a shared formula says it."""
        self._rule = None
        kind, at = self._rule_attrs.get("t", "normal"), (self._last_row, self._last_column)
        if kind == "shared":
            group = self._rule_attrs.get("si", "")
            if text:
                self._shared[group] = (*at, text)
            row, column, first = self._shared.get(group, (*at, ""))
            self.grid.formulas[at] = Formula(first, at[0] - row, at[1] - column)
        else:
            self.grid.formulas[at] = Formula(text if kind == "normal" and len(text) <= LONGEST_FORMULA else "")

    def _shown(self, kind: str, raw: str) -> str:
        if kind not in _KINDS:
            raise self._fault(f"sel {self._attrs['r']} berjenis lain.")
        if not raw or kind == "inlineStr":
            return raw
        if kind == "s":
            return self._reader.shared(self.grid.sheet, raw)
        if kind == "n" and not (raw.isascii() and raw.isdigit()):
            raw = raw.strip()
            if not _NUMBER.fullmatch(raw) or float(raw) in (float("inf"), float("-inf")):
                raise self._fault(f"sel {self._attrs['r']} berisi angka yang rusak.")
        return unescaped(raw) if kind == "str" else raw

    def _keep(self, areas: list[Range], reference: str) -> None:
        found = _REFERENCE.fullmatch(reference)
        if found is None or len(areas) >= MOST_RANGES:
            raise self._fault("sel gabungan atau rumus larik tidak terbaca, atau terlalu banyak.")
        left, top = column_number(found[1]), int(found[2])
        right, bottom = (column_number(found[3]), int(found[4])) if found[3] else (left, top)
        if (right, bottom) != (left, top):
            areas.append(Range(top, left, bottom, right))

    def _column(self, attrs: dict[str, str]) -> None:
        if attrs.get("hidden") not in ("1", "true"):
            return
        first, last = attrs.get("min", ""), attrs.get("max", "")
        if not (first.isascii() and first.isdigit() and last.isascii() and last.isdigit() and len(first + last) < 12):
            raise self._fault("kolom tersembunyi tanpa nomor.")
        if len(self.grid.hidden_columns) >= MAX_SHEET_COLUMNS:
            raise self._fault("terlalu banyak kolom tersembunyi.")
        self.grid.hidden_columns.append(Range(1, int(first), MAX_SHEET_ROWS, int(last)))
