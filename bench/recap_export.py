"""Fill the D.HASIL KECAMATAN workbook, beside openpyxl loading the same template, setting its cells and saving it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Final

from openpyxl import load_workbook

from bench import kecamatan
from bench.result import Result, beside, report
from pleno.domain.document import Document
from pleno.domain.recap import DesaRecap, Recap
from pleno.domain.state import Desa, Meeting, PlenoState, SheetStatus
from pleno.exporters.layout import Layout
from pleno.exporters.plan import Value
from pleno.exporters.render import render
from pleno.exporters.splice import splice
from pleno.exporters.workbook import plan_workbook, values_of, write_workbook

SIZE: Final = 10
"""Desa of 60 TPS, one sheet each."""


def measure(size: int = SIZE) -> Iterator[Result]:
    """The fill alone against openpyxl; the whole workbook, planned and rendered too, beside the fill."""
    document, layout = _document(size), Layout()
    sheets = plan_workbook(document, layout)
    template = render(sheets, layout, "", "", document.created)
    values = values_of(sheets)
    filled = splice(template, values)
    if splice(template, values) != filled:
        raise AssertionError("the same fill gave other bytes")
    ours, peers = beside(lambda: splice(template, values), lambda: _openpyxl(template, values), 2)
    told = f"workbook of {size} desa x 60 TPS"
    yield Result(f"{told} filled", ours, "openpyxl load, set, save", peers, 1)
    whole, fill = beside(lambda: write_workbook(document, layout), lambda: splice(template, values), 1)
    yield Result(f"{told} planned, rendered, filled", whole, "its fill", fill)


def _openpyxl(template: bytes, values: Mapping[str, Mapping[str, Value]]) -> None:
    book = load_workbook(io.BytesIO(template))
    for name, cells in values.items():
        for at, value in cells.items():
            if book[name][at].data_type != "f":  # it cannot give a formula its result
                book[name][at].value = value
    book.save(io.BytesIO())


def _document(size: int) -> Document:
    form = kecamatan.contest()
    names = kecamatan.desa(size)
    files = kecamatan.files(form, size * 60)
    desa = [
        DesaRecap(Desa(code, name), [file for file in files if file.tps.desa == code]) for code, name in names.items()
    ]
    region = {"provinsi": "PROVINSI", "kabkota": "KABUPATEN", "kecamatan": "KECAMATAN"}
    return Document(
        recap=Recap(form, desa),
        meeting=Meeting(kecamatan.CODE, PlenoState.DIBUKA, True, region),
        number=1,
        replaces=None,
        status=SheetStatus.KONSEP,
        ppk=(),
        kehadiran=(),
        register=(),
        incidents=(),
        seals=(),
        opened=None,
        closed=None,
        created=datetime(2024, 2, 17, 9, 0, tzinfo=UTC),
        app="0.1.0",
        genesis="00" * 32,
        head_seq=1,
        head_hash="00" * 32,
        journal=(),
    )


if __name__ == "__main__":
    report(measure())
