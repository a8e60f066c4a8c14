"""What a draft workbook shows comes back figure by figure when it is imported as paper."""

from __future__ import annotations

import pytest
from exporters.documents import KECAMATAN, contest, document, dpd_contest, party_contest, recap, with_parties
from exporters.test_recap_workbook import corrected
from service.table import Table

from pleno.domain.contest import Contest, ContestKind
from pleno.domain.document import Document
from pleno.domain.figures import KOSONG, PLANO, Figure
from pleno.domain.state import Tps
from pleno.exporters.layout import Layout
from pleno.exporters.workbook import write_workbook
from pleno.importers.parsed import Parts, Target
from pleno.importers.profile import load_profile, shipped_profiles
from pleno.importers.workbook import read_workbook
from pleno.service import export, intake

DESA = {"PULAU KELAPA": 12, "PULAU HARAPAN": 1}


def thinned(form: Contest, tps: Tps) -> dict[str, Figure]:
    """A paper with an unread row, a zero and figures of every length."""
    figures: dict[str, Figure] = {row.name: (place * 7 * tps.number) % 301 for place, row in enumerate(form.rows, 1)}
    figures[form.rows[tps.number % len(form.rows)].name] = None
    return figures


def imported(one: Document) -> Parts:
    roster = {file.tps.code: file.tps for file in one.recap.files}
    desa = {part.desa.code: part.desa.name for part in one.recap.desa}
    target = Target((one.recap.contest,), roster, desa, KECAMATAN, PLANO)
    return read_workbook(write_workbook(one, Layout("F4", 5)).data, "rekap.xlsx", target)


FORMS = {
    **{
        profile: contest(profile, ("H. A. SATU, S.H. - B. DUA", "2 HARAPAN", "C & D"))
        for profile in shipped_profiles()
        if load_profile(profile).kind is not ContestKind.PARTAI
    },
    **{
        f"{profile} parties": with_parties(profile, 4, 13)
        for profile in shipped_profiles()
        if load_profile(profile).kind is ContestKind.PARTAI
    },
    "18 parties": party_contest(18, 12, numbers=(*range(1, 18), 24)),
    "24 parties of Aceh": party_contest(24, 3),
    "a party without candidates": party_contest(2, 0),
    "54 candidates of the DPD": dpd_contest(54),
}


@pytest.mark.parametrize("name", FORMS)
def test_every_figure_of_every_form_returns(name: str) -> None:
    one = document(recap(FORMS[name], DESA, thinned))
    parts = imported(one)
    assert {reading.tps: dict(reading.figures) for reading in parts.readings} == {
        file.tps.code: {row: figure for row, figure in file.readings[PLANO].figures.items() if figure is not None}
        for file in one.recap.files
    }
    assert {reading.contest for reading in parts.readings} == {FORMS[name].id}
    assert parts.refused == ()
    assert "lembar KECAMATAN" in parts.ignored
    assert not [remark for remark in parts.remarks if "JUMLAH AKHIR tertulis" in remark.message]


def test_a_tps_with_a_blank_cell_is_refused_by_name_never_guessed() -> None:
    def papers(form: Contest, tps: Tps) -> dict[str, Figure]:
        return {**thinned(form, tps), "suara.1": KOSONG if tps.number == 2 else 5}

    parts = imported(document(recap(contest(), DESA, papers)))
    blank = f"{KECAMATAN}1001002"
    assert parts.refused == (blank,)
    assert blank not in {reading.tps for reading in parts.readings}
    assert len(parts.readings) == 12
    assert [remark.message for remark in parts.remarks if '"x"' in remark.message]


def test_a_sum_that_shows_nothing_was_reckoned() -> None:
    parts = imported(document(recap(contest(), DESA, lambda form, tps: {"suara_sah": 5})))
    assert not [remark.message for remark in parts.remarks if "dihitung" in remark.message]


def test_a_starred_figure_is_a_figure() -> None:
    one = corrected("suara.2", 401)
    assert [dict(reading.figures)["suara.2"] for reading in imported(one).readings] == [
        401, one.recap.files[1].figure(PLANO, "suara.2"),
    ]  # fmt: skip


@pytest.mark.parametrize("source", ["plano", "salinan:panwaslu"])
def test_a_draft_of_a_workspace_is_previewed_as_paper(table: Table, source: str) -> None:
    table.reads(0)
    table.reads(2, suara__1=16, suara__3=10)
    written = export.export(table.session, table.contest, draft=True, by="op1")
    (path,) = written.folder.glob("*.xlsx")
    (result,) = intake.preview(table.session, [path], source)
    assert {one.reading.tps: dict(one.reading.figures) for one in result.taken} == {
        table.codes[n]: dict(table.file(n).readings[PLANO].figures) for n in (0, 2)
    }
    assert result.refused == ()
    assert result.changed == (0 if source == "plano" else 2 * len(table.contest.rows))
