"""An isian workbook as an office fills it."""

from __future__ import annotations

import io
from collections.abc import Mapping

from exporters.sheets import Opened
from openpyxl import load_workbook

from pleno.domain.document import Document
from pleno.domain.figures import Figure, to_json
from pleno.exporters.isian import write_isian
from pleno.exporters.layout import Layout


def typed(one: Document, figures: Mapping[str, Mapping[str, Figure]]) -> bytes:
    """A figure into each cell that is not locked."""
    data = write_isian(one, Layout("F4", 5))
    found = Opened(data)
    book = load_workbook(io.BytesIO(data))
    for sheet, desa in zip(book.worksheets[1:], one.recap.desa, strict=True):
        by_code = {row.code: row.name for row in one.recap.contest.rows}
        for file in desa.files:
            column = next(at for at, text in found.headings(sheet.title) if text == f"TPS {file.tps.number:03}")
            for label in sheet["A"]:
                if label.value in by_code:
                    cell = sheet.cell(label.row, column)
                    assert not cell.protection.locked
                    cell.value = to_json(figures[file.tps.code][by_code[label.value]])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
