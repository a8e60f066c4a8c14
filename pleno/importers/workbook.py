"""Readings out of a recap workbook: one sheet a desa, form rows down, TPS across (DOMAIN.md section 5).

A cell at fault refuses its TPS, a sheet whose structure is not the form's is refused whole, and a
file of another election or kecamatan altogether. Empty is never zero, and nothing is ever repaired.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from pleno.domain.bulk import bulk
from pleno.domain.contest import Contest
from pleno.domain.errors import PlenoError
from pleno.domain.figures import Figure
from pleno.importers.ooxml import Package, SheetPart
from pleno.importers.parsed import ParsedReading, Parts, Remark, Target
from pleno.importers.workbook_cells import CellReader
from pleno.importers.workbook_formulas import formula_notes
from pleno.importers.workbook_grid import Grid
from pleno.importers.workbook_layout import Header, Layout, SheetFault, TpsColumn, headers, read_layout
from pleno.importers.workbook_map import SheetKind, SheetMap, WorkbookMap, map_for
from pleno.importers.workbook_sheet import FoundFigure, SheetFigures, figures_of
from pleno.importers.workbook_title import TitleCell, check_kecamatan, contests_of, desa_of, title_of

_MOST_REMARKS: Final = 1_000
"""Remarks kept of one file; a file with more is wrong as a whole."""

_MOST_NAMED: Final = 20
"""TPS or desa listed in one remark."""


@bulk()
def read_workbook(data: bytes, name: str, target: Target) -> Parts:
    """The readings of an xlsx workbook.

    `name` is safe to show. PlenoError for what is no plain xlsx, what exceeds the limits, a file of
    another election or kecamatan, and a file without a desa's sheet.
    """
    package = Package(data, name)
    reader = CellReader(package)
    gathering = _Gathering(target, map_of(target, name))
    for sheet in package.sheets:
        gathering.add(sheet, reader.read(sheet))
    if package.has_external_links:
        gathering.remark(name, "memuat sambungan ke berkas lain, yang tidak diikuti.")
    return gathering.parts(name)


def map_of(target: Target, name: str) -> WorkbookMap:
    """The office's map of a workbook. PlenoError when it is for contests this workspace does not have."""
    found = map_for(target.maps, name)
    if found.profiles and not {contest.id for contest in target.contests} & {*found.profiles}:
        raise PlenoError(
            "Berkas ditolak",
            f"Peta {found.name} untuk {', '.join(found.profiles)}, bukan kontes ruang kerja ini.",
            "Perbaiki `profil` di peta itu, atau pilih berkas lain.",
        )
    return found


def understood(
    grid: Grid, found: list[Header], title: list[TitleCell], target: Target, rules: SheetMap
) -> tuple[Contest, Layout] | None:
    """The contest and the form rows of a sheet; None when it has no row of a form.

    Where the title does not say which of several contests, the rows and choices do.
    """
    contests = contests_of(grid, title, target)
    read: list[tuple[Contest, Layout]] = []
    faults: list[SheetFault] = []
    for contest in contests:
        try:
            read.append((contest, read_layout(grid, found, contest, rules)))
        except SheetFault as fault:
            faults.append(fault)
    fitting = [(contest, layout) for contest, layout in read if layout.cells]
    if len(fitting) == 1:
        return fitting[0]
    if len(fitting) > 1:
        raise PlenoError(
            "Berkas ditolak",
            f"Lembar {grid.sheet} tidak menyebut kontes mana yang dimuatnya.",
            f"Sebut dengan --kontes: {', '.join(contest.id for contest, _ in fitting)}.",
        )
    if faults:
        raise faults[0]
    return None


@dataclass(slots=True)
class _Paper:
    """What the file gives of one TPS x contest."""

    place: str
    figures: dict[str, Figure] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    """Where each row of the form was met."""
    is_refused: bool = False


class _Gathering:
    """Takes the sheets one after another and keeps papers, refusals and remarks."""

    def __init__(self, target: Target, its_map: WorkbookMap) -> None:
        self._target = target
        self._map = its_map
        self._stamps: dict[str, None] = {}
        self._papers: dict[tuple[str, str], _Paper] = {}
        self._desa: set[str] = set()
        self._refused: dict[str, None] = {}
        self._ignored: list[str] = []
        self._remarks: list[Remark] = []
        self._unspoken = 0

    def remark(self, place: str, message: str) -> None:
        if len(self._remarks) < _MOST_REMARKS:
            self._remarks.append(Remark(place, message))
        else:
            self._unspoken += 1

    def add(self, sheet: SheetPart, grid: Grid) -> None:
        """One sheet of the workbook. PlenoError when it shows that the file is not of this workspace."""
        if grid.outside:
            self.remark(f"lembar {sheet.name}", f"{grid.outside} sel di luar batas baris dan kolom tidak dibaca.")
        if sheet.hidden:
            self._ignored.append(f"lembar {sheet.name} (tersembunyi)")
            if any(cell.kind == "n" for cells in grid.rows.values() for cell in cells.values()):
                message = "tersembunyi dan berisi angka; tidak dibaca. Perlihatkan bila harus diimpor."
                self.remark(f"lembar {sheet.name}", message)
            return
        if grid.footer:
            self._stamps[grid.footer] = None
        rules = self._map.sheet(sheet.name)
        found = headers(grid, rules) if rules.kind is not SheetKind.KECAMATAN else []
        if not found:
            self._ignored.append(f"lembar {sheet.name}")
            return
        try:
            self._add_visible(grid, found, rules)
        except SheetFault as fault:
            self._refused[f"lembar {sheet.name}"] = None
            for finding in fault.findings:
                self.remark(finding.place, finding.message)

    def _add_visible(self, grid: Grid, found: list[Header], rules: SheetMap) -> None:
        title = title_of(grid, found, rules)
        check_kecamatan(grid, title, found, self._target)
        form = understood(grid, found, title, self._target, rules)
        if form is None:
            self._ignored.append(f"lembar {grid.sheet}")
            return
        contest, layout = form
        desa = desa_of(grid, title, found, self._target)
        self._desa.add(desa)
        codes = self._codes(grid, layout, desa, contest)
        sheet = figures_of(grid, layout, contest.profile.digits, rules)
        self._take(grid, contest, codes, sheet)
        self._name_missing(grid, contest, desa, layout, set(codes.values()))
        for place, message in (*sheet.notes, *formula_notes(grid, layout, contest)):
            self.remark(place, message)

    def _codes(self, grid: Grid, layout: Layout, desa: str, contest: Contest) -> dict[TpsColumn, str]:
        """The TPS code of each column that may be taken; the others are refused by name."""
        codes: dict[TpsColumn, str] = {}
        seen: dict[tuple[int, str], TpsColumn] = {}
        cells = ((at.column, grid.rows[at.row].get(at.column.column)) for at in layout.cells)
        with_figures = {column for column, cell in cells if cell is not None and not cell.formula}
        for column in layout.columns:
            code = column.tps if len(column.tps) == 13 else f"{desa}{int(column.tps):03}"
            place = grid.place(column.row, column.column)
            if (reason := self._target.why_not(code, contest)) is not None:
                if column in with_figures:
                    self._refused[code] = None
                    self.remark(place, reason)
                continue
            codes[column] = code
            if (other := seen.setdefault((column.row, code), column)) is not column:
                first = grid.place(other.row, other.column)
                self._refuse(contest, code, place, f"TPS {code[10:]} ada dua kali: {first} dan {place}.")
        return codes

    def _take(self, grid: Grid, contest: Contest, codes: dict[TpsColumn, str], sheet: SheetFigures) -> None:
        for bad in sheet.bad:
            if (code := codes.get(bad.column)) is not None:
                self._refuse(contest, code, bad.fault.place, bad.fault.message)
        for found in sheet.figures:
            if (code := codes.get(found.column)) is not None:
                self._keep(grid, contest, code, found)

    def _keep(self, grid: Grid, contest: Contest, code: str, found: FoundFigure) -> None:
        """One figure. The same row of a TPS a second time refuses the TPS, whatever the two say."""
        paper = self._paper(contest, code, grid.place(found.column.row, found.column.column))
        name = found.form_row.name
        if name not in paper.cells:
            paper.cells[name] = found.place
            paper.figures[name] = found.figure
        elif not paper.is_refused:
            message = f"TPS {code[10:]} ada dua kali: {paper.cells[name]} dan {found.place}."
            self._refuse(contest, code, found.place, message)

    def _paper(self, contest: Contest, code: str, place: str) -> _Paper:
        return self._papers.setdefault((contest.id, code), _Paper(place))

    def _refuse(self, contest: Contest, code: str, place: str, message: str) -> None:
        self._paper(contest, code, place).is_refused = True
        self._refused[code] = None
        self.remark(place, message)

    def _name_missing(self, grid: Grid, contest: Contest, desa: str, layout: Layout, present: set[str]) -> None:
        """Rows and TPS the workspace knows and the sheet does not give: they stay unread."""
        rows = {cell.form_row.name for cell in layout.cells}
        if absent := [row.code for row in contest.asked if row.name not in rows]:
            self.remark(f"lembar {grid.sheet}", f"baris {_listed(absent)} tidak ada; tetap belum dibaca.")
        known = [code for code in self._target.roster if code[:10] == desa]
        taken = [code for code in known if self._target.why_not(code, contest) is None]
        if absent := [code[10:] for code in taken if code not in present]:
            self.remark(f"lembar {grid.sheet}", f"TPS {_listed(absent)} tidak ada di lembar ini.")
        papers = {code for of_contest, code in self._papers if of_contest == contest.id}
        if empty := [code[10:] for code in taken if code in present and code not in papers]:
            self.remark(f"lembar {grid.sheet}", f"TPS {_listed(empty)} belum berisi angka.")

    def parts(self, name: str) -> Parts:
        """What the whole file gives. PlenoError when no sheet of it is a desa's."""
        if not self._desa and not self._refused:
            raise PlenoError(
                "Berkas ditolak",
                f"{name} tidak memuat lembar desa: tidak ada kepala kolom TPS di atas baris formulir.",
                "Pakai templat resmi: satu lembar tiap desa, satu kolom tiap TPS.",
            )
        if self._desa and (absent := [desa for code, desa in self._target.desa.items() if code not in self._desa]):
            self.remark(name, f"desa tanpa lembar yang terbaca: {_listed(absent)}.")
        if self._unspoken:
            self._remarks.append(Remark(name, f"Dan {self._unspoken} catatan lagi."))
        readings = tuple(
            ParsedReading(code, contest, dict(paper.figures), None, paper.place)
            for (contest, code), paper in self._papers.items()
            if paper.figures and not paper.is_refused
        )
        return Parts(readings, tuple(self._refused), tuple(self._ignored), tuple(self._remarks), tuple(self._stamps))


def _listed(names: list[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" dan {more} lagi" if more > 0 else "")
