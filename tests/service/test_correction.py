"""Four eyes, reasons and what stays visible (TRUST.md section 7, DOMAIN.md section 4.3)."""

from __future__ import annotations

import pytest
from service.table import Table

from pleno.domain.compare import TpsState
from pleno.domain.entry import Kind, Reason
from pleno.domain.errors import PlenoError
from pleno.domain.figures import PLANO, SIREKAP
from pleno.domain.sentences import sentence
from pleno.domain.state import PembetulanKind, PembetulanState
from pleno.service import correction, meeting, reading, views

FORMULIR = PembetulanKind.FORMULIR


@pytest.fixture
def differing(table: Table) -> Table:
    table.reads(source=SIREKAP, by="op1", suara__2=142)
    table.reads()
    return table


def test_a_correction_counts_when_another_person_confirms(differing: Table) -> None:
    proposed = differing.proposes(0, "IV.2", 124)
    assert differing.file().state is TpsState.BEDA
    correction.confirm(differing.session, proposed.seq, "ppk2")
    assert differing.file().state is TpsState.DIBETULKAN
    assert differing.file().figure(SIREKAP, "suara.2") == 142


def test_it_reads_as_a_sentence_for_the_berita_acara(differing: Table) -> None:
    meeting.note_presence(differing.session, "saksi-02", "Ratna", "2", "12/SM", True, "op1")
    proposed = differing.proposes(0, "IV.2", 124)
    confirmed = correction.confirm(differing.session, proposed.seq, "ppk2")
    assert sentence(confirmed, differing.session.names()) == (
        f"Pembetulan nomor {proposed.seq}: IV.02 02 PASLON 2 di TPS 001 PULAU PANGGANG, di Sirekap tertulis "
        "142 (seratus empat puluh dua), dibetulkan menjadi 124 (seratus dua puluh empat) sesuai C.HASIL (plano), "
        "alasan salah baca Sirekap, disaksikan Ratna (saksi nomor 2); disetujui Anggota PPK 2 (anggota PPK)."
    )


@pytest.mark.parametrize(("by", "title"), [("op1", "Bukan wewenangnya"), ("siapa", "Petugas tidak dikenal")])
def test_who_may_not_confirm(differing: Table, by: str, title: str) -> None:
    proposed = differing.proposes(0, "IV.2", 124)
    with pytest.raises(PlenoError) as refused:
        correction.confirm(differing.session, proposed.seq, by)
    assert refused.value.title == title
    if by == "op1":
        assert refused.value.message == (
            "Operator tercatat sebagai operator, sedangkan tindakan ini untuk anggota PPK atau ketua PPK."
        )
    assert "op1" not in refused.value.advice


def test_neither_proposer_nor_typist_confirms(table: Table) -> None:
    table.reads(source=SIREKAP, suara__2=142)
    table.reads(by="ppk3")
    proposed = table.proposes(0, "IV.2", 124, by="ppk2")
    for person in ("ppk2", "ppk3"):
        with pytest.raises(PlenoError, match="Penyetuju sama"):
            correction.confirm(table.session, proposed.seq, person)
    correction.confirm(table.session, proposed.seq, "ppk4")


def test_sirekap_is_corrected_only_to_what_the_paper_says(differing: Table) -> None:
    with pytest.raises(PlenoError, match="hanya dapat dibetulkan menjadi angka"):
        differing.proposes(0, "IV.2", 125)


def test_a_form_correction_needs_a_written_reason(differing: Table) -> None:
    with pytest.raises(PlenoError, match="paling sedikit 10 huruf"):
        differing.proposes(0, "IV.2", 123, FORMULIR, Reason.SALAH_JUMLAH, "pendek")
    proposed = differing.proposes(0, "IV.2", 123, FORMULIR, Reason.SALAH_JUMLAH, "turus dihitung ulang bersama saksi")
    correction.confirm(differing.session, proposed.seq, "ppk2")
    assert differing.file().ditetapkan["suara.2"] == 123
    assert differing.file().figure(PLANO, "suara.2") == 124


def test_a_second_proposal_for_the_same_cell_waits_its_turn(differing: Table) -> None:
    differing.proposes(0, "IV.2", 124)
    with pytest.raises(PlenoError, match="masih menunggu"):
        differing.proposes(0, "IV.2", 124)


def test_a_figure_that_moved_meanwhile_is_not_confirmed(differing: Table) -> None:
    proposed = differing.proposes(0, "IV.2", 124)
    differing.reads_only(0, SIREKAP, suara__2=143, note="Sirekap Web kini tertulis 143")
    with pytest.raises(PlenoError, match="tidak lagi 142"):
        correction.confirm(differing.session, proposed.seq, "ppk2")


def test_refused_and_withdrawn_ones_stay_visible_and_change_nothing(differing: Table) -> None:
    first = differing.proposes(0, "IV.2", 124)
    correction.reject(differing.session, first.seq, "ppk2", "plano perlu dibaca ulang dulu")
    second = differing.proposes(0, "IV.2", 124)
    correction.confirm(differing.session, second.seq, "ppk2")
    correction.withdraw(differing.session, second.seq, "ppk2", "salah sebut baris, diulang")
    states = [item.state for item in differing.file().pembetulan]
    assert states == [PembetulanState.DITOLAK, PembetulanState.DIBATALKAN]
    assert differing.file().state is TpsState.BEDA
    kinds = [entry.kind for entry in views.journal(differing.session, tps=differing.file().tps)]
    assert kinds.count(Kind.PEMBETULAN_PROPOSED) == 2
    for number in (first.seq, second.seq):
        with pytest.raises(PlenoError):
            correction.confirm(differing.session, number, "ppk3")


def test_what_two_confirmed_one_alone_cannot_undo(table: Table) -> None:
    table.reads(by="ppk4")
    waiting = table.proposes(0, "IV.2", 123, FORMULIR, Reason.SALAH_JUMLAH, "turus dihitung ulang", by="ppk3")
    correction.withdraw(table.session, waiting.seq, "op1", "salah sebut baris, diulang")
    confirmed = table.proposes(0, "IV.2", 123, FORMULIR, Reason.SALAH_JUMLAH, "turus dihitung ulang", by="ppk3")
    correction.confirm(table.session, confirmed.seq, "ppk2")
    for person, title in (("op1", "Bukan wewenangnya"), ("ppk3", "Penyetuju sama"), ("ppk4", "Penyetuju sama")):
        with pytest.raises(PlenoError, match=title):
            correction.withdraw(table.session, confirmed.seq, person, "plano ternyata benar")
    assert table.file().ditetapkan["suara.2"] == 123
    correction.withdraw(table.session, confirmed.seq, "ppk5", "plano ternyata benar")
    assert table.file().ditetapkan["suara.2"] == 124


def test_who_typed_the_wrong_aid_does_not_confirm_its_correction(table: Table) -> None:
    table.reads(source=SIREKAP, by="ppk4", suara__2=142)
    table.reads()
    proposed = table.proposes(0, "IV.2", 124)
    with pytest.raises(PlenoError, match="Penyetuju sama"):
        correction.confirm(table.session, proposed.seq, "ppk4")


def test_a_recounted_row_is_not_corrected_on_the_form(table: Table) -> None:
    table.reads()
    waiting = table.proposes(0, "IV.2", 123, FORMULIR, Reason.SALAH_JUMLAH, "turus dihitung ulang")
    reading.record_recount(
        table.session, table.file().tps, table.contest, {"suara.2": 124}, "op1", "rekomendasi Panwaslu kecamatan"
    )
    with pytest.raises(PlenoError, match="sudah dihitung ulang"):
        correction.confirm(table.session, waiting.seq, "ppk2")
    correction.reject(table.session, waiting.seq, "ppk2", "sudah dihitung ulang di forum")
    with pytest.raises(PlenoError, match="sudah dihitung ulang"):
        table.proposes(0, "IV.2", 123, FORMULIR, Reason.SALAH_JUMLAH, "turus dihitung ulang")


def test_a_copy_is_closed_by_its_holder(table: Table) -> None:
    table.reads()
    table.reads_only(0, "salinan:2", suara__2=147)
    row = table.contest.find("IV.2")
    assert [cell.open for cell in table.file().open_cells] == [("salinan:2",)]
    with pytest.raises(PlenoError, match="tidak berselisih"):
        correction.answer_saksi(
            table.session, table.file().tps, table.contest, "salinan:1", [row], "saksi menerima plano", "op1"
        )
    meeting.note_presence(table.session, "s1", "Sita", "1", "", True, "op1")
    meeting.note_presence(table.session, "s2", "Ratna", "2", "", False, "op1")
    with pytest.raises(PlenoError, match="Pemegang S02 tidak tercatat hadir"):
        correction.answer_saksi(
            table.session, table.file().tps, table.contest, "salinan:2", [row], "saksi 02 menerima plano", "op1"
        )
    meeting.note_presence(table.session, "s2", "Ratna", "2", "", True, "op1")
    answered = correction.answer_saksi(
        table.session, table.file().tps, table.contest, "salinan:2", [row], "saksi 02 menerima plano", "op1"
    )
    assert answered.witness == ("s2",)
    assert table.file().open_cells == ()


def test_an_explained_finding_lapses_when_the_numbers_change(table: Table) -> None:
    table.reads(suara_sah=149)
    with pytest.raises(PlenoError, match="R20 149 ≠"):
        table.settles()
    with pytest.raises(PlenoError, match="Temuan tidak ada"):
        correction.explain(table.session, table.file().tps, table.contest, "R02", "tidak ada temuan itu", "ppk2")
    for rule in ("R20", "R22"):
        correction.explain(table.session, table.file().tps, table.contest, rule, "plano memang tertulis begitu", "ppk2")
    table.reads_only(0, PLANO, suara_sah=148, note="salah ketik, plano tertulis 148")
    with pytest.raises(PlenoError, match="R20 148 ≠"):
        table.settles()
