"""Import of a realistic recap workbook, beside openpyxl loading the same bytes once."""

from __future__ import annotations

import io
import random
from collections.abc import Iterable, Iterator
from typing import Final

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bench import kecamatan
from bench.result import Result, beside, report
from pleno.domain.contest import Contest
from pleno.domain.state import Tps
from pleno.importers.parsed import Target
from pleno.importers.workbook import read_workbook

SIZE: Final = 25
"""Desa, one sheet each."""
TPS_EACH: Final = 60
CHOICES: Final = 20
"""With the 25 other rows of the form: 45."""
_TITLE: Final = "REKAPITULASI HASIL PENGHITUNGAN PEROLEHAN SUARA PEMILU PRESIDEN DAN WAKIL PRESIDEN TAHUN 2024"


def measure(size: int = SIZE) -> Iterator[Result]:
    """The same bytes read by both; every TPS must come out whole."""
    form, roster = kecamatan.contest(CHOICES), kecamatan.roster(size, TPS_EACH)
    desa = kecamatan.desa(size)
    data = _workbook(form, roster, desa)
    target = Target((form,), roster, desa, kecamatan.CODE, "plano")
    parts = read_workbook(data, "rekap.xlsx", target)
    if len(parts.readings) != len(roster) or any(len(one.figures) != len(form.rows) for one in parts.readings):
        raise AssertionError(parts.remarks[:5])
    ours, peers = beside(lambda: read_workbook(data, "rekap.xlsx", target), lambda: load_workbook(io.BytesIO(data)))
    told = f"workbook of {size} desa x {TPS_EACH} TPS x {len(form.rows)} rows imported"
    yield Result(told, ours, "openpyxl loading it once", peers, 1.5)


def _workbook(form: Contest, roster: dict[str, Tps], desa: dict[str, str]) -> bytes:
    random_ = random.Random(kecamatan.SEED)
    book = Workbook()
    book.remove(book.worksheets[0])
    for code, name in desa.items():
        _fill(book.create_sheet(name), form, code, name, [one for one in roster.values() if one.desa == code], random_)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fill(sheet: Worksheet, form: Contest, code: str, name: str, roster: list[Tps], random_: random.Random) -> None:
    """The official shape: title, desa, one column a TPS, rows by code and label, JUMLAH AKHIR at the right."""
    head(sheet, code, name, [tps.number for tps in roster])
    papers = [kecamatan.paper(form, random_) for _ in roster]
    for section in form.sections:
        sheet.append([None, None, section.title])
        for row in section.rows:
            part = {"l": "LK", "p": "PR", "j": "JML"}[row.part] if row.part else None
            figures = [paper[row.name] for paper in papers]
            sheet.append([row.code, None, row.label, part, *figures, sum(figures)])


def head(sheet: Worksheet, code: str, name: str, numbers: Iterable[int]) -> None:
    """The four lines above the rows of a desa's sheet, a heading for each TPS and one for their sum."""
    sheet.append([None, _TITLE])
    sheet.append([None, "DESA/KELURAHAN", f": {name}"])
    sheet.append([None, "KODE", code])
    sheet.append([None, "NO.", "URAIAN", None, *(f"TPS {number:03}" for number in numbers), "JUMLAH AKHIR"])


if __name__ == "__main__":
    report(measure())
