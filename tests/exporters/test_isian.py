"""The empty working workbook: what may be typed where, and that it comes back as it was typed."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pytest
from exporters.documents import KECAMATAN, contest, document, recap
from exporters.sheets import Opened, Reckoning
from exporters.test_recap_round_trip import FORMS, thinned
from exporters.typed_isian import typed
from openpyxl import load_workbook

from pleno.domain.contest import Contest
from pleno.domain.document import Document
from pleno.domain.errors import PlenoError
from pleno.domain.figures import PLANO, Figure
from pleno.exporters.isian import isian_name, write_isian
from pleno.exporters.layout import Layout
from pleno.importers.parsed import Parts, Target
from pleno.importers.workbook import read_workbook

DESA = {"PULAU KELAPA": 6, "PULAU HARAPAN": 1}
KELAPA = "DESA_01_PULAU KELAPA"
LARGE = ("18 parties", "24 parties of Aceh", "a party without candidates", "54 candidates of the DPD")
"""Forms beside those that test_office_round_trip.py takes through LibreOffice."""


def blank(form: Contest) -> Document:
    return document(recap(form, DESA))


def papers(one: Document) -> dict[str, dict[str, Figure]]:
    return {file.tps.code: thinned(one.recap.contest, file.tps) for file in one.recap.files}


def imported(one: Document, data: bytes) -> Parts:
    roster = {file.tps.code: file.tps for file in one.recap.files}
    desa = {part.desa.code: part.desa.name for part in one.recap.desa}
    return read_workbook(data, "isian.xlsx", Target((one.recap.contest,), roster, desa, KECAMATAN, PLANO))


def given(figures: Mapping[str, Mapping[str, Figure]]) -> dict[str, dict[str, Figure]]:
    return {tps: {row: figure for row, figure in paper.items() if figure is not None} for tps, paper in figures.items()}


def test_a_sheet_a_desa_and_only_figures_may_be_typed() -> None:
    book = load_workbook(io.BytesIO(write_isian(blank(contest()), Layout("F4", 5))))
    assert book.sheetnames == ["PETUNJUK", KELAPA, "DESA_02_PULAU HARAPAN"]
    sheet = book[KELAPA]
    assert sheet.protection.sheet
    (rule,) = sheet.data_validations.dataValidation
    assert (rule.type, rule.operator, rule.formula1, rule.formula2) == ("whole", "between", "0", "999")
    free = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    validated = {cell.coordinate for area in rule.sqref.ranges for row in sheet[area.coord] for cell in row}
    assert len(free) == 6 * len(contest().rows)
    assert validated == free
    assert {sheet[at].value for at in free} == {None}
    assert sheet.print_title_rows
    assert sheet.print_title_cols == "$A:$D"
    assert [mark.id for mark in sheet.col_breaks.brk] == [9]


def test_nothing_was_read_yet() -> None:
    one = blank(contest())
    parts = imported(one, write_isian(one, Layout("F4", 5)))
    assert (parts.readings, parts.refused) == ((), ())


def test_control_and_sums_reckon_what_is_typed() -> None:
    one = blank(contest())
    figures: dict[str, dict[str, Figure]] = {
        tps: dict.fromkeys(paper) | {"suara.1": 5, "suara.2": 7, "suara.3": 1, "suara_sah": 13}
        for tps, paper in papers(one).items()
    }
    figures[one.recap.files[1].tps.code]["suara_sah"] = 14
    opened = Opened(typed(one, figures))
    reckoning = Reckoning(opened)
    labels = {cell.value: cell.row for cell in opened.formulas[KELAPA]["B"] if cell.value}
    columns = {text: at for at, text in opened.headings(KELAPA)}
    letters = {text: opened.formulas[KELAPA].cell(1, at).column_letter for text, at in columns.items()}
    controls = [reckoning.value(KELAPA, f"{letters[f'TPS 00{n}']}{labels['R20']}") for n in range(1, 7)]
    assert controls == [0, 1, 0, 0, 0, 0]
    votes = dict(opened.rows(KELAPA))["V.A"]
    assert reckoning.value(KELAPA, f"{letters['JUMLAH AKHIR']}{votes}") == 6 * 13 + 1


def test_the_same_workspace_gives_the_same_bytes_and_a_name() -> None:
    assert write_isian(blank(contest()), Layout()) == write_isian(blank(contest()), Layout())
    assert isian_name(blank(contest())) == "isian-pemilu2024-ppwp-310101.xlsx"


def test_a_contest_without_tps_has_no_isian() -> None:
    with pytest.raises(PlenoError, match="Tidak ada TPS"):
        write_isian(document(recap(contest(), {})), Layout())


@pytest.mark.parametrize("name", LARGE)
def test_a_large_form_comes_back_as_it_was_typed(name: str) -> None:
    one = blank(FORMS[name])
    parts = imported(one, typed(one, papers(one)))
    assert {reading.tps: dict(reading.figures) for reading in parts.readings} == given(papers(one))
    assert parts.refused == ()
