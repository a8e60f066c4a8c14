"""An office's own workbook as a template: which cell is for which row of which TPS or desa."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final, NamedTuple

from pleno.domain.bulk import bulk
from pleno.domain.contest import Contest, Row
from pleno.domain.errors import PlenoError
from pleno.domain.formula_values import Fault, Value
from pleno.domain.reckoning import At, Formula
from pleno.importers.naming import name_of_place
from pleno.importers.ooxml import Package
from pleno.importers.parsed import Remark, Target
from pleno.importers.workbook import map_of, understood
from pleno.importers.workbook_cells import CellReader
from pleno.importers.workbook_grid import Cell, Grid, letters
from pleno.importers.workbook_layout import FigureCell, Header, Layout, SheetFault, TotalCell, TpsColumn, headers
from pleno.importers.workbook_map import SheetKind, SheetMap, WorkbookMap
from pleno.importers.workbook_rows import words
from pleno.importers.workbook_title import check_kecamatan, desa_of, title_of

_LISTED: Final = 20


class PlaceKind(Enum):
    """What a cell of a template is for."""

    FIGURE = auto()
    """One row of one TPS, or of one desa."""
    CARRIED = auto()
    """JUMLAH PINDAHAN: the sum of what stands before it."""
    TOTAL = auto()
    """JUMLAH AKHIR."""


class Place(NamedTuple):
    """One cell of a template that a figure belongs in."""

    at: At
    row: Row
    """Of the form."""
    kind: PlaceKind
    members: tuple[str, ...]
    """Codes of the TPS (13 digits) or desa (10 digits) whose figures it shows or adds."""

    @property
    def address(self) -> str:
        """ "DESA_A!C12"."""
        return f"{self.at[0]}!{letters(self.at[2])}{self.at[1]}"


class TemplateSheet(NamedTuple):
    """One sheet that was understood."""

    name: str
    kind: SheetKind
    desa: str
    """10-digit code; empty for the sheet of the kecamatan."""
    contest: Contest
    columns: int
    """TPS or desa columns."""
    rows: int
    """Rows of the form."""
    labels: tuple[int, ...]
    """Columns the labels of those rows stand in."""


@dataclass(slots=True)
class Template:
    """A workbook, understood as far as it can be."""

    name: str
    data: bytes
    its_map: WorkbookMap
    sheets: list[TemplateSheet] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    """Why a sheet or column gets nothing."""
    uncovered: list[Remark] = field(default_factory=list)
    """TPS or desa without a column, whose figures would be missing in the sums; also among the remarks."""
    cells: dict[str, dict[tuple[int, int], Value]] = field(default_factory=dict)
    """What was typed, of every sheet, hidden ones too."""
    formulas: dict[At, Formula] = field(default_factory=dict)
    kept: dict[At, Value] = field(default_factory=dict)
    """Results of formulas as the file keeps them."""

    @property
    def contests(self) -> tuple[str, ...]:
        """Profile ids of the contests its sheets are of."""
        return tuple(dict.fromkeys(sheet.contest.id for sheet in self.sheets))


@bulk()
def read_template(data: bytes, name: str, target: Target) -> Template:
    """Everything a workbook says about where figures go.

    PlenoError for what is no plain xlsx, and for a workbook of another election or kecamatan.
    """
    package = Package(data, name)
    reader = CellReader(package)
    template = Template(name, data, map_of(target, name))
    for sheet in package.sheets:
        grid = reader.read(sheet)
        _keep_cells(template, grid)
        if sheet.hidden:
            continue
        try:
            _understand(template, grid, target)
        except SheetFault as fault:
            template.remarks += [Remark(bad.place, bad.message) for bad in fault.findings]
    return template


def _keep_cells(template: Template, grid: Grid) -> None:
    typed = template.cells[grid.sheet] = {}
    for row, cells in grid.rows.items():
        for column, cell in cells.items():
            if (row, column) in grid.formulas:
                template.kept[grid.sheet, row, column] = _value(cell)
            else:
                typed[row, column] = _value(cell)
    template.formulas |= {(grid.sheet, *at): formula for at, formula in grid.formulas.items()}


def _value(cell: Cell) -> Value:
    if cell.kind == "n":
        number = float(cell.text)
        return int(number) if number.is_integer() and abs(number) < 2**53 else number
    if cell.kind == "b":
        return cell.text == "1"
    if cell.kind == "e":
        return Fault(cell.text)
    return cell.text if cell.kind else None


def _understand(template: Template, grid: Grid, target: Target) -> None:
    """Find the places of one sheet. Raises SheetFault with what does not fit the form."""
    rules = template.its_map.sheet(grid.sheet)
    found = headers(grid, rules) if rules.kind is not SheetKind.KECAMATAN else []
    kind = SheetKind.DESA if found else SheetKind.KECAMATAN
    found = found or desa_headers(grid, target, rules)
    if not found:
        template.remarks.append(Remark(f"lembar {grid.sheet}", "bukan lembar angka; dibiarkan apa adanya."))
        return
    title = title_of(grid, found, rules)
    check_kecamatan(grid, title, found if kind is SheetKind.DESA else [], target)
    form = understood(grid, found, title, target, rules)
    if form is None:
        template.remarks.append(Remark(f"lembar {grid.sheet}", "tidak memuat baris formulir; dibiarkan apa adanya."))
        return
    contest, layout = form
    desa = desa_of(grid, title, found, target) if kind is SheetKind.DESA else ""
    codes = _codes(template, grid, layout, desa, contest, target)
    _place_all(template, grid, layout, codes)
    wanted = _wanted(target, contest, desa)
    if absent := [code for code in wanted if code not in codes.values()]:
        shown = ", ".join(code[10:] if desa else target.desa[code] for code in absent[:_LISTED])
        what = "TPS" if desa else "desa"
        uncovered = Remark(f"lembar {grid.sheet}", f"tidak mempunyai kolom untuk {what} {shown}.")
        template.uncovered.append(uncovered)
        template.remarks.append(uncovered)
    rows = {cell.form_row.name for cell in layout.cells}
    if missing := [row.code for row in contest.asked if row.name not in rows]:
        listed = ", ".join(missing[:_LISTED])
        template.remarks.append(Remark(f"lembar {grid.sheet}", f"tidak mempunyai baris {listed}."))
    first = min(column.column for column in layout.columns)
    labels = {
        at
        for row in {cell.row for cell in layout.cells}
        for at in grid.rows[row]
        if at < first and grid.rows[row][at].kind == "s"
    }
    sheet = TemplateSheet(grid.sheet, kind, desa, contest, len({*codes.values()}), len(rows), tuple(sorted(labels)))
    template.sheets.append(sheet)


def _wanted(target: Target, contest: Contest, desa: str) -> list[str]:
    codes = [code for code in target.roster if target.why_not(code, contest) is None]
    return [code for code in codes if code[:10] == desa] if desa else list(dict.fromkeys(code[:10] for code in codes))


def desa_headers(grid: Grid, target: Target, rules: SheetMap) -> list[Header]:
    """Heading rows that name desa and end in a sum, as a D.HASIL of the kecamatan has them; top down."""
    by_name: dict[str, list[str]] = {}
    for code, name in target.desa.items():
        by_name.setdefault(name_of_place(name), []).append(code)
    found: list[Header] = []
    for row in [rules.head_row] if rules.head_row else sorted(grid.rows):
        header = Header(row)
        for column, cell in grid.rows.get(row, {}).items():
            text = (rules.columns or {}).get(column) or (cell.text if cell.kind == "s" else "")
            named = by_name.get(name_of_place(text), []) if text else []
            if words(text) == rules.total:
                header.totals.add(column)
            elif words(text) == rules.carried:
                header.carried.add(column)
            elif len(named) == 1:
                header.tps[column] = TpsColumn(row, column, named[0])
        if header.tps and (header.totals or header.carried):
            found.append(header)
    return found


def _codes(
    template: Template, grid: Grid, layout: Layout, desa: str, contest: Contest, target: Target
) -> dict[TpsColumn, str]:
    """The TPS or desa of each column that gets figures. Raises SheetFault where one stands twice on a page."""
    codes: dict[TpsColumn, str] = {}
    seen: dict[tuple[int, str], TpsColumn] = {}
    unused: list[str] = []
    for column in layout.columns:
        if desa:
            code = column.tps if len(column.tps) == 13 else f"{desa}{int(column.tps):03}"
            if target.why_not(code, contest) is not None:
                unused.append(letters(column.column))
                continue
        else:
            code = column.tps
        codes[column] = code
        if seen.setdefault((column.row, code), column) is not column:
            first = grid.place(seen[column.row, code].row, seen[column.row, code].column)
            raise PlenoError(
                "Templat ditolak",
                f"{grid.place(column.row, column.column)} menyebut kolom yang sudah ada di {first}.",
                "Hapus salah satu kolom itu.",
            )
    if unused:
        listed = ", ".join(unused[:_LISTED])
        message = f"kolom {listed} bukan TPS desa ini dalam daftar TPS; dibiarkan apa adanya."
        template.remarks.append(Remark(f"lembar {grid.sheet}", message))
    return codes


def _place_all(template: Template, grid: Grid, layout: Layout, codes: Mapping[TpsColumn, str]) -> None:
    alone = {column: (code,) for column, code in codes.items()}
    before: dict[str, list[FigureCell]] = {}
    for cell in layout.cells:
        if (members := alone.get(cell.column)) is not None:
            at = (grid.sheet, cell.row, cell.column.column)
            template.places.append(Place(at, cell.form_row, PlaceKind.FIGURE, members))
            before.setdefault(cell.form_row.name, []).append(cell)
    for cells in before.values():
        cells.sort(key=lambda cell: (cell.row, cell.column.column))

    def sums(cells: list[TotalCell], kind: PlaceKind) -> Iterator[Place]:
        for cell in cells:
            at = (cell.row, cell.column)
            members = [
                codes[one.column]
                for one in before.get(cell.form_row.name, ())
                if kind is PlaceKind.TOTAL or (one.row, one.column.column) < at
            ]
            yield Place((grid.sheet, *at), cell.form_row, kind, tuple(dict.fromkeys(members)))

    template.places += [*sums(layout.carried, PlaceKind.CARRIED), *sums(layout.totals, PlaceKind.TOTAL)]
