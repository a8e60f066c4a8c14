from __future__ import annotations

import pytest
from service.table import WHOLE, Table

from pleno.domain.entry import Kind
from pleno.domain.errors import PlenoError
from pleno.domain.figures import KOSONG, PLANO, Figure
from pleno.domain.recount import paper_before
from pleno.service import meeting, reading, views


def test_what_was_read_is_there_with_who_read_it(table: Table) -> None:
    entry = table.reads(suara_tidak_sah=KOSONG)
    assert entry.kind is Kind.READING_SAVED
    stored = table.file().readings[PLANO]
    assert stored.figures == {**WHOLE, "suara_tidak_sah": KOSONG}
    assert (stored.seq, stored.writers) == (entry.seq, frozenset({"op1"}))


@pytest.mark.parametrize(
    ("row", "figure", "message"),
    [
        ("suara.1", 1000, "paling banyak 999 per TPS"),
        ("suara.1", None, "tanpa angka"),
        ("suara.9", 1, "bukan baris formulir"),
        ("IV.9", 1, "bukan baris formulir"),
    ],
)
def test_what_cannot_be_on_the_paper_is_refused_whole(table: Table, row: str, figure: Figure, message: str) -> None:
    tps = table.file().tps
    with pytest.raises(PlenoError, match=message):
        reading.record_reading(table.session, tps, table.contest, PLANO, {"suara.2": 5, row: figure}, "op1")
    assert table.file().readings == {}


def test_name_and_code_of_one_row_together_are_refused(table: Table) -> None:
    with pytest.raises(PlenoError, match="dua kali"):
        reading.record_reading(table.session, table.file().tps, table.contest, PLANO, {"suara.2": 5, "IV.02": 6}, "op1")


def test_a_read_figure_changes_only_with_a_reason(table: Table) -> None:
    table.reads()
    with pytest.raises(PlenoError, match="dari 17 menjadi 71"):
        table.reads_only(0, PLANO, suara__1=71)
    entry = table.reads_only(0, PLANO, suara__1=71, note="salah ketik, kertas tertulis 71")
    assert entry.changes[0][1:4] == ("suara.1", 17, 71)


@pytest.mark.parametrize("source", ["ditetapkan", "hitung_ulang", "salinan:0", "SIREKAP", ""])
def test_sources_that_are_not_read(table: Table, source: str) -> None:
    with pytest.raises(PlenoError, match="Sumber tidak dikenal"):
        table.reads_only(0, source, suara__1=1)


def test_a_recount_needs_its_reason_and_determines(table: Table) -> None:
    table.reads()
    tps = table.file().tps
    with pytest.raises(PlenoError, match="Alasan belum ditulis"):
        reading.record_recount(table.session, tps, table.contest, {"suara.1": 18}, "op1", "")
    reading.record_recount(
        table.session, tps, table.contest, {"suara.1": 18}, "op1", "rekomendasi Panwaslu, kotak dibuka"
    )
    assert table.file().ditetapkan["suara.1"] == 18


def test_who_reads_of_a_recount_is_told_what_it_replaced(table: Table) -> None:
    read = table.reads()
    file = table.file()
    entry = reading.record_recount(
        table.session, file.tps, table.contest, {"suara.1": 18, "suara.2": 124}, "op1", "rekomendasi Panwaslu"
    )
    assert paper_before(table.file(), entry) == " Di C.HASIL (plano) tertulis: IV.01 17."
    assert paper_before(file, read) == ""


def test_nothing_is_read_before_the_pleno_or_while_it_is_suspended(session) -> None:
    table = Table(session)
    with pytest.raises(PlenoError, match="persiapan"):
        table.reads()
    table.open()
    meeting.suspend(session, "ppk1", "istirahat makan")
    with pytest.raises(PlenoError, match="diskors"):
        table.reads()
    meeting.resume(session, "ppk1")
    table.reads()
    meeting.close_meeting(session, "ppk1")
    with pytest.raises(PlenoError, match="ditutup"):
        table.reads(1)
    with pytest.raises(PlenoError, match="alasan tertulis"):
        meeting.open_meeting(session, "ppk1")
    with pytest.raises(PlenoError, match="Bukan wewenangnya"):
        meeting.open_meeting(session, "ppk2", "ada TPS yang tertinggal")
    meeting.open_meeting(session, "ppk1", "ada TPS yang tertinggal")
    table.reads(1)


def test_tps_is_named_by_code_or_by_desa_and_number(table: Table) -> None:
    session = table.session
    assert session.tps("PULAU PANGGANG/1").code == session.tps("3101011001/001").code == "3101011001001"
    assert session.tps("pulau kelapa/901").code == "3101011002901"
    for wrong in (
        "",
        "/",
        "X/1",
        "PULAU PANGGANG/9",
        "PULAU PANGGANG/١",
        "3101011001009",
        "PULAU PANGGANG/" + "9" * 5000,
    ):
        with pytest.raises(PlenoError, match="TPS tidak ditemukan"):
            session.tps(wrong)


@pytest.mark.parametrize("text", ["PULAU PANGGANG/0000000012", "PULAU PANGGANG/0000000001000000"])
def test_a_long_number_is_no_shorter_one(table: Table, text: str) -> None:
    with pytest.raises(PlenoError, match="tidak ada di daftar TPS"):
        table.session.tps(text)


def test_journal_of_one_tps(table: Table) -> None:
    table.reads(0)
    table.reads(1)
    assert [entry.tps for entry in views.journal(table.session, tps=table.file(1).tps)] == [table.codes[1]]


@pytest.mark.parametrize("source", ["salinan:4", "salinan:99"])
def test_a_copy_belongs_to_a_choice(table: Table, source: str) -> None:
    with pytest.raises(PlenoError, match="bukan salinan saksi"):
        table.reads_only(0, source, suara__1=1)


@pytest.mark.parametrize(
    ("note", "message"),
    [
        ("KTP 3101 0110 0100 0001 dibawa saksi", "16 angka seperti NIK"),
        ("kertas\x1b[2Jsobek di tepi", "Teks ditolak"),
        ("x" * 501, "Teks ditolak"),
        ("salah\u202eketik di meja", "Teks ditolak"),
    ],
)
def test_what_may_not_stand_in_a_note(table: Table, note: str, message: str) -> None:
    head = table.session.store.head()
    with pytest.raises(PlenoError, match=message):
        table.reads_only(0, PLANO, suara__1=5, note=note)
    assert table.session.store.head() == head


@pytest.mark.parametrize(
    ("guest", "name", "stands_for"),
    [
        ("", "Budi", "1"),
        ("s1", "  ", "1"),
        ("s1", "x" * 200, "1"),
        ("s1", "Budi", "9"),
        ("s1", "Budi", ""),
        ("s1", "B\x07", "1"),
    ],
)
def test_who_cannot_be_noted_as_present(table: Table, guest: str, name: str, stands_for: str) -> None:
    head = table.session.store.head()
    with pytest.raises(PlenoError):
        meeting.note_presence(table.session, guest, name, stands_for, "", True, "op1")
    assert table.session.store.head() == head
