"""Fill an office's own workbook, recognised and checked, beside openpyxl loading, setting and saving it."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Mapping
from typing import Final

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bench import kecamatan
from bench.recap_import import CHOICES, SIZE, TPS_EACH, head
from bench.result import Result, beside, report
from pleno.domain.contest import Contest, Part
from pleno.exporters.fill import Content, Filled, Wanted, fill_workbook
from pleno.importers.parsed import Target
from pleno.importers.template import read_template

_FIRST: Final = 5
"""Column of the first TPS."""

Papers = Mapping[str, Mapping[str, int]]
"""TPS code -> row -> figure."""


def measure(size: int = SIZE) -> Iterator[Result]:
    """The whole way of a template: read, recognised, its formulas reckoned anew and checked, filled."""
    form, roster, desa = kecamatan.contest(CHOICES), kecamatan.roster(size, TPS_EACH), kecamatan.desa(size)
    data = _template(form, desa)
    target = Target((form,), roster, desa, kecamatan.CODE, "plano")
    random_ = random.Random(kecamatan.SEED)
    papers = {code: kecamatan.paper(form, random_) for code in roster}
    filled = _ours(data, target, papers)
    if _ours(data, target, papers).data != filled.data:
        raise AssertionError("the same fill gave other bytes")
    ours, peers = beside(lambda: _ours(data, target, papers), lambda: _openpyxl(data, target, papers))
    told = f"template of {size} desa x {TPS_EACH} TPS, {filled.typed} figures and {filled.reckoned} formulas, filled"
    yield Result(told, ours, "openpyxl load, set, save", peers, 1)


def _ours(data: bytes, target: Target, papers: Papers) -> Filled:
    template = read_template(data, "templat.xlsx", target)
    wanted = [
        Wanted(place.at, sum(papers[code][place.row.name] for code in place.members), place.row.code)
        for place in template.places
    ]
    return fill_workbook(Content(template.data, template.cells, template.formulas), wanted)


def _openpyxl(data: bytes, target: Target, papers: Papers) -> None:
    """By addresses that it is told, all formulas left without a result."""
    book = load_workbook(io.BytesIO(data))
    for sheet, code in zip(book, target.desa, strict=True):
        lines = _lines(target.contests[0])
        for number in range(1, TPS_EACH + 1):
            paper = papers[f"{code}{number:03}"]
            for line, name in lines.items():
                cell = sheet.cell(line, _FIRST + number - 1)
                if cell.data_type != "f":
                    cell.value = paper[name]
    book.save(io.BytesIO())


def _lines(form: Contest) -> dict[int, str]:
    """Sheet row of every row of the form: a title stands above each section."""
    found: dict[int, str] = {}
    line = 4
    for section in form.sections:
        line += 1
        for row in section.rows:
            line += 1
            found[line] = row.name
    return found


def _template(form: Contest, desa: Mapping[str, str]) -> bytes:
    """The official shape without figures: JML and JUMLAH AKHIR are formulas, the other cells are formatted."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for code, name in desa.items():
        _empty(book.create_sheet(name), form, code, name)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _empty(sheet: Worksheet, form: Contest, code: str, name: str) -> None:
    head(sheet, code, name, range(1, TPS_EACH + 1))
    lines = _lines(form)
    by_name = {row.name: row for row in form.rows}
    titles = iter(form.sections)
    last = _FIRST + TPS_EACH
    for line in range(5, max(lines) + 1):
        if line not in lines:
            sheet.cell(line, 3, next(titles).title)
            continue
        row = by_name[lines[line]]
        for column, text in (
            (1, row.code),
            (3, row.label),
            (4, {"l": "LK", "p": "PR", "j": "JML"}.get(row.part or "")),
        ):
            sheet.cell(line, column, text)
        for column in range(_FIRST, last):
            letter = get_column_letter(column)
            cell = sheet.cell(line, column)
            cell.number_format = "0"
            cell.value = f"=SUM({letter}{line - 2}:{letter}{line - 1})" if row.part is Part.J else None
        sheet.cell(line, last, f"=SUM(E{line}:{get_column_letter(last - 1)}{line})")


if __name__ == "__main__":
    report(measure())
