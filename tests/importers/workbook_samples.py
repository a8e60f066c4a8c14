"""Small recap workbooks as offices fill them, and ways to damage one: what the tests of the workbook importer share."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pleno.domain.contest import Choice, Contest, Part
from pleno.domain.state import Tps
from pleno.importers.parsed import Parts, Target
from pleno.importers.profile import load_profile
from pleno.importers.workbook import read_workbook

PPWP = Contest(
    load_profile("pemilu2024-ppwp"),
    (
        Choice(1, "H. ANIES RASYID BASWEDAN, Ph.D. dan Dr. (H.C.) H. A. MUHAIMIN ISKANDAR"),
        Choice(2, "H. PRABOWO SUBIANTO dan GIBRAN RAKABUMING RAKA"),
        Choice(3, "H. GANJAR PRANOWO, S.H., M.I.P. dan Prof. Dr. H. M. MAHFUD MD"),
    ),
)
GUBERNUR = Contest(load_profile("pilkada2024-gubernur"), (Choice(1, "A dan B"), Choice(2, "C dan D")))
DESA = {"3101011001": "PULAU KELAPA", "3101011002": "PULAU HARAPAN"}
NUMBERS = (1, 2, 3)
SUBROWS = {Part.L: "LK", Part.P: "PR", Part.J: "JML"}

Figures = Mapping[str, int]


def target(*contests: Contest, numbers: Sequence[int] = NUMBERS, **options: Any) -> Target:
    """Kecamatan 310101 with two desa of the numbered TPS each."""
    codes = [f"{desa}{number:03}" for desa in DESA for number in numbers]
    roster = {code: Tps(code, code[:10], int(code[10:])) for code in codes} | options.pop("more", {})
    return Target(contests or (PPWP,), roster, options.pop("desa", DESA), "310101", "plano", **options)


def figure(code: str, row: int) -> int:
    """A figure of its own for each TPS and row of the form."""
    return int(code[8:10]) * 100 + int(code[10:]) * 40 + row


def expected(code: str, contest: Contest = PPWP) -> dict[str, int]:
    return {row.name: figure(code, index) for index, row in enumerate(contest.rows)}


@dataclass
class Recap:
    """A workbook of the official shape, one sheet a desa."""

    contest: Contest = PPWP
    numbers: Sequence[int] = NUMBERS
    coded: bool = True
    heading: Callable[[str], Any] = lambda code: f"TPS {code[10:]}"
    desa: Sequence[str] = ("3101011001",)
    title: Sequence[tuple[Any, ...]] = (("REKAPITULASI PEMILU PRESIDEN DAN WAKIL PRESIDEN TAHUN 2024",),)
    book: Workbook = field(default_factory=Workbook)
    figures: Callable[[str, int], Any] = figure

    def __post_init__(self) -> None:
        self.book.remove(self.book.worksheets[0])
        self.at: dict[tuple[str, str], str] = {}
        for index, desa in enumerate(self.desa, 1):
            self._fill(self.book.create_sheet(f"DESA_{index:02}_{DESA[desa].replace(' ', '_')}"), desa)

    def _fill(self, sheet: Worksheet, desa: str) -> None:
        for index, line in enumerate(self.title, 1):
            for column, value in enumerate(line, 2):
                sheet.cell(index, column, value)
        top = len(self.title) + 1
        for offset, (label, value) in enumerate((("DESA/KELURAHAN *)", f": {DESA[desa]}"), ("KODE", desa))):
            sheet.cell(top + offset, 2, label)
            sheet.cell(top + offset, 3, value)
        header = top + 3
        codes = [f"{desa}{number:03}" for number in self.numbers]
        last = 5 + len(codes)
        sheet.cell(header, 2, "NO.")
        sheet.cell(header, 3, "URAIAN")
        for column, code in enumerate(codes, 5):
            sheet.cell(header, column, self.heading(code))
        sheet.cell(header, last, "JUMLAH AKHIR")
        for column in range(2, last + 1):
            sheet.cell(header + 1, column, column - 1)
        line = header + 2
        for section in self.contest.sections:
            sheet.cell(line, 3, section.title)
            line += 1
            for row in section.rows:
                self._write_row(sheet, line, row, codes, last)
                line += 1
        sheet.cell(line + 1, 2, "KONTROL")
        sheet.cell(line + 2, 3, "R20")
        for column in range(5, last):
            sheet.cell(line + 2, column, "=1-1")

    def _write_row(self, sheet: Worksheet, line: int, row: Any, codes: list[str], last: int) -> None:
        if self.coded:
            sheet.cell(line, 1, row.code)
        number, _, name = row.label.partition(" ")
        if row.name.startswith("suara."):
            sheet.cell(line, 2, number)
            sheet.cell(line, 3, name)
        else:
            if row.part in (None, Part.L):
                sheet.cell(line, 3, f"{row.code.split('.')[-2 if row.part else -1]}. {row.label}")
            if row.part is not None:
                sheet.cell(line, 4, SUBROWS[row.part])
        index = [known.name for known in self.contest.rows].index(row.name)
        for column, code in enumerate(codes, 5):
            value = self.figures(code, index)
            if value is not None:
                sheet.cell(line, column, value)
            self.at[code, row.name] = f"{get_column_letter(column)}{line}"
        sheet.cell(line, last, f"=SUM(E{line}:{get_column_letter(last - 1)}{line})")
        self.at["JUMLAH AKHIR", row.name] = f"{get_column_letter(last)}{line}"

    @property
    def sheet(self) -> Worksheet:
        return self.book.worksheets[0]

    def cell(self, row: str, tps: str = "3101011001001") -> Any:
        return self.sheet[self.at[tps, row]]

    def row(self, name: str) -> int:
        return self.cell(name).row

    def data(self) -> bytes:
        return saved(self.book)


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def opened(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def read(data: bytes, where: Target | None = None) -> Parts:
    return read_workbook(data, "rekap.xlsx", where or target())


def figures_of(parts: Parts) -> dict[str, dict[str, Any]]:
    return {reading.tps: dict(reading.figures) for reading in parts.readings}


def texts_of(parts: Parts) -> list[str]:
    return [f"{remark.place}: {remark.message}" for remark in parts.remarks]


def repacked(
    data: bytes,
    changed: Mapping[str, bytes | Callable[[bytes], bytes] | None],
    more: Mapping[str, bytes] | None = None,
) -> bytes:
    """The same zip with members replaced, changed, dropped (None) or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        assert set(changed) <= set(old.namelist()), old.namelist()
        for name in old.namelist():
            change = changed.get(name, b"")
            if change is None:
                continue
            new.writestr(name, change(old.read(name)) if callable(change) else change or old.read(name))
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def with_cell(data: bytes, address: str, xml: str) -> bytes:
    """The workbook with one cell of its first sheet written by hand."""

    def change(old: bytes) -> bytes:
        text = old.decode()
        found = re.search(rf'<c r="{address}"[^>]*?(?:/>|>.*?</c>)', text)
        assert found, address
        return (text[: found.start()] + xml.replace("@", address) + text[found.end() :]).encode()

    return repacked(data, {SHEET: change})


def with_shared_strings(data: bytes, items: Sequence[bytes]) -> bytes:
    """The workbook with a table of shared strings; each item is the XML inside one <si>."""
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    part = b'<sst xmlns="' + main + b'">' + b"".join(b"<si>" + item + b"</si>" for item in items) + b"</sst>"
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    relation = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    override = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kind + b'"/></Types>'
    link = b'<Relationship Id="rIdS" Type="' + relation + b'" Target="sharedStrings.xml"/></Relationships>'
    return repacked(
        data,
        {
            "[Content_Types].xml": lambda old: old.replace(b"</Types>", override),
            "xl/_rels/workbook.xml.rels": lambda old: old.replace(b"</Relationships>", link),
        },
        {"xl/sharedStrings.xml": part},
    )
