"""Sheets speak the words of their region; what people typed stays."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from exporters.documents import document, party_contest, recap
from exporters.test_recap_round_trip import imported, thinned

from pleno.domain.contest import Contest
from pleno.domain.document import Document
from pleno.exporters.layout import Layout, texts
from pleno.exporters.workbook import plan_workbook, write_workbook
from pleno.exporters.working_sheets import SheetKind, working_sheet
from pleno.importers.regional import regional

DESA = {"KECAMATAN LAMA": 2, "PPK": 1}
"""Names of desa that a word of the program looks like."""


def _of(code: str, **changed: Any) -> Document:
    form = party_contest(3, 2)
    words = regional(code)
    form = Contest(words.profile(form.profile), form.choices)
    return replace(document(recap(form, DESA, thinned)), words=words, **changed)


def _said(one: Document) -> str:
    from io import BytesIO

    from openpyxl import load_workbook

    book = load_workbook(BytesIO(write_workbook(one, Layout("F4", 5)).data))
    cells = (cell for sheet in book.worksheets for line in sheet.iter_rows(values_only=True) for cell in line)
    return "\n".join(str(cell) for cell in cells if isinstance(cell, str))


@pytest.mark.parametrize(
    ("code", "here", "not_here"),
    [
        ("920301", ("TINGKAT DISTRIK", "PANITIA PEMILIHAN DISTRIK", "PARAF PPD"), ("TINGKAT KECAMATAN", "PARAF PPK")),
        ("110101", ("TINGKAT KECAMATAN", "Panwaslih"), ("Panwaslu",)),
        ("310101", ("TINGKAT KECAMATAN", "PANITIA PEMILIHAN KECAMATAN", "PARAF PPK"), ("DISTRIK LAMA",)),
    ],
)
def test_the_program_speaks_as_the_region_does(code: str, here: tuple[str, ...], not_here: tuple[str, ...]) -> None:
    said = _said(_of(code))
    for phrase in here:
        assert phrase in said
    for phrase in not_here:
        assert phrase not in said
    assert "KECAMATAN LAMA" in said
    assert "KECAMATAN/DISTRIK" in said
    assert "D.HASIL KECAMATAN" in said


def test_the_words_of_one_document_do_not_stay_for_the_next() -> None:
    write_workbook(_of("920301"), Layout())
    assert "DISTRIK" not in str(texts()["judul"])
    assert "TINGKAT KECAMATAN" in _said(_of("310101"))
    with pytest.raises(AttributeError):
        write_workbook(replace(_of("920301"), recap=None), Layout())  # type: ignore[arg-type]  # fails in the middle
    assert "DISTRIK" not in str(texts()["judul"])


@pytest.mark.parametrize("code", ["920301", "110101", "310101"])
def test_a_draft_of_any_region_comes_back(code: str) -> None:
    one = _of(code)
    parts = imported(one)
    assert not parts.refused
    assert len(parts.readings) == len(one.recap.files)


def test_working_sheets_and_pdfs_speak_too() -> None:
    sheet = working_sheet(_of("920301"), SheetKind.PEMBETULAN, "register", Layout())
    assert sheet.pdf.startswith(b"%PDF")
    assert plan_workbook(_of("310101"), Layout())[0].name == "SAMPUL"
