"""Keberatan and kejadian khusus: what they hold up, what they settle, and what is told of them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from service.table import Table

from pleno.domain.compare import TpsState
from pleno.domain.entry import Entry, Kind, Reason
from pleno.domain.errors import PlenoError
from pleno.domain.figures import SALINAN_PANWASLU, salinan
from pleno.domain.keberatan import WHOLE, Keberatan, KeberatanKind, KeberatanState, Nihil
from pleno.domain.sentences import sentence
from pleno.domain.state import PembetulanKind
from pleno.service import correction, keberatan, meeting, settling
from pleno.service.session import Session
from pleno.store import inspect

OBJECTION, EVENT = KeberatanKind.KEBERATAN, KeberatanKind.KEJADIAN_KHUSUS
S02 = "salinan saksi 02 tertulis 134"
SAID = "plano dihitung bersama di papan"


def notes(
    table: Table, n: int | None = 0, kind: KeberatanKind = OBJECTION, pengaju: str = "2", words: str = S02,
    row: str | None = None,
) -> Entry:  # fmt: skip
    """Somebody raises something about TPS n (None = the whole contest)."""
    tps = None if n is None else table.file(n).tps
    form = table.contest
    return keberatan.note(table.session, form, kind, pengaju, words, "op1", tps, form.find(row) if row else None)


def answers(table: Table, entry: Entry, new: KeberatanState = KeberatanState.DITERUSKAN) -> Entry:
    return keberatan.answer(table.session, entry.seq, new, SAID, "ppk1")


def item(table: Table, entry: Entry) -> Keberatan:
    found = table.session.state.get(Keberatan, entry.seq)
    assert found is not None
    return found


# --- settling ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KeberatanKind)
@pytest.mark.parametrize("new", [KeberatanState.DITERIMA, KeberatanState.TIDAK_DITERIMA, KeberatanState.DITERUSKAN])
def test_what_is_unanswered_holds_the_tps_and_any_answer_lets_it_go(
    table: Table, kind: KeberatanKind, new: KeberatanState
) -> None:
    table.reads()
    noted = notes(table, kind=kind)
    with pytest.raises(PlenoError, match=rf"keberatan/kejadian belum dijawab \(nomor {noted.seq}\)"):
        table.settles()
    answers(table, noted, new)
    table.settles()
    assert table.file().state is TpsState.SAH


def test_the_rest_of_the_kecamatan_goes_on_meanwhile(table: Table) -> None:
    table.reads(0)
    table.reads(1)
    notes(table)
    notes(table, None)
    done = settling.settle_matching(table.session, table.contest, "op1")
    assert [entry.tps for entry in done.entries] == [table.codes[1]]


def test_an_objection_is_the_state_of_its_tps_an_event_is_not(table: Table) -> None:
    table.reads()
    noted = notes(table, kind=EVENT)
    assert table.file().state is TpsState.COCOK
    notes(table, None)
    assert table.file().state is TpsState.COCOK
    objection = notes(table)
    assert table.file().state is TpsState.KEBERATAN
    answers(table, noted)
    answers(table, objection)
    assert table.file().state is TpsState.KEBERATAN
    keberatan.withdraw(table.session, objection.seq, "dicabut oleh saksinya", "ppk1")
    assert table.file().state is TpsState.COCOK


def test_an_objection_takes_the_difference_of_its_own_copy_onto_the_sheet(table: Table) -> None:
    table.reads()
    table.reads(source=salinan(2), suara__2=134)
    table.reads(source=SALINAN_PANWASLU, suara__2=134)
    assert table.file().open_cells[0].open == (salinan(2), SALINAN_PANWASLU)
    noted = notes(table, row="IV.2")
    assert table.file().open_cells[0].open == (SALINAN_PANWASLU,)
    assert noted.changes[0][:4] == (table.codes[0], "suara.2", 134, 124)
    answers(table, notes(table, row="IV.2", pengaju="panwaslu", words="salinan Panwaslu 134"))
    answers(table, noted, KeberatanState.TIDAK_DITERIMA)
    assert table.file().open_cells == ()
    table.settles()
    assert table.file().ditetapkan["suara.2"] == 124


@pytest.mark.parametrize(
    ("row", "pengaju", "kind"),
    [("IV.1", "2", OBJECTION), (None, "2", OBJECTION), ("IV.2", "3", OBJECTION), ("IV.2", "ppk", OBJECTION),
     ("IV.2", "2", EVENT)],
)  # fmt: skip
def test_only_an_objection_of_the_holder_in_that_row_does(
    table: Table, row: str | None, pengaju: str, kind: KeberatanKind
) -> None:
    table.reads()
    table.reads(source=salinan(2), suara__2=134)
    answers(table, notes(table, row=row, pengaju=pengaju, kind=kind))
    assert [cell.row.name for cell in table.file().open_cells] == ["suara.2"]


def test_another_figure_in_the_copy_is_another_difference(table: Table) -> None:
    table.reads()
    table.reads(source=salinan(2), suara__2=134)
    answers(table, notes(table, row="IV.2"))
    table.reads_only(0, salinan(2), note="salinan dibacakan ulang", suara__2=143)
    assert [cell.open for cell in table.file().open_cells] == [(salinan(2),)]


def test_an_accepted_objection_asks_for_the_paper_to_be_corrected(table: Table) -> None:
    table.reads()
    table.reads(source=salinan(2), suara__2=134, suara__1=7)
    second = notes(table, row="IV.2")
    answers(table, notes(table, row="IV.1"), KeberatanState.TIDAK_DITERIMA)
    assert table.file().open_cells == ()
    answers(table, second, KeberatanState.DITERIMA)
    with pytest.raises(PlenoError, match=r"1 selisih terbuka \(IV.02\)"):
        table.settles()
    proposed = table.proposes(0, "IV.2", 134, PembetulanKind.FORMULIR, Reason.SALAH_TULIS, SAID)
    correction.confirm(table.session, proposed.seq, "ppk2")
    assert table.file().ditetapkan["suara.2"] == 134
    assert table.file().open_cells == ()


def test_a_settled_tps_can_still_be_objected_to(table: Table) -> None:
    table.reads()
    table.settles()
    noted = notes(table)
    assert table.file().state is TpsState.SAH
    assert [one.seq for one in keberatan.unanswered(table.session, table.contest)] == [noted.seq]


# --- NIHIL ---------------------------------------------------------------------------------------


def test_nihil_is_refused_while_something_stands_and_gone_once_something_is_noted(table: Table) -> None:
    first, form = table.file(0).tps, table.contest
    keberatan.nihil(table.session, form, "op1", first)
    keberatan.nihil(table.session, form, "op1", table.file(1).tps)
    keberatan.nihil(table.session, form, "op1")
    with pytest.raises(PlenoError, match="sudah dicatat NIHIL"):
        keberatan.nihil(table.session, form, "op1", first)
    noted = notes(table)
    assert {one.tps for one in table.session.state.all(Nihil)} == {table.codes[1]}
    for where in (first, None):
        with pytest.raises(PlenoError, match=f"1 keberatan atau kejadian khusus: nomor {noted.seq}"):
            keberatan.nihil(table.session, form, "op1", where)
    keberatan.withdraw(table.session, noted.seq, "salah TPS, dicatat lagi", "ppk2")
    keberatan.nihil(table.session, form, "op1")
    assert {one.tps for one in table.session.state.all(Nihil)} == {table.codes[1], WHOLE}


def test_a_nihil_noted_in_error_is_taken_back_by_its_number(table: Table) -> None:
    entry = keberatan.nihil(table.session, table.contest, "op1", table.file().tps)
    keberatan.withdraw(table.session, entry.seq, "tertekan di TPS yang salah", "ppk1")
    assert list(table.session.state.all(Nihil)) == []
    with pytest.raises(PlenoError, match="Tidak ada keberatan"):
        keberatan.withdraw(table.session, entry.seq, "tertekan di TPS yang salah", "ppk1")


def test_a_new_vote_takes_nihil_away_and_leaves_what_was_objected_to(table: Table, tmp_path: Path) -> None:
    table.reads(0)
    table.reads(1)
    keberatan.nihil(table.session, table.contest, "op1", table.file(0).tps)
    noted = notes(table, 1)
    path = tmp_path / "psu.csv"
    path.write_text("kode_tps,suara.1\n" + "".join(f"{code},5\n" for code in table.codes[:2]), "utf-8")
    table.revotes(path)
    assert list(table.session.state.all(Nihil)) == []
    assert [one.seq for one in table.file(1).unanswered] == [noted.seq]


# --- answers -------------------------------------------------------------------------------------


def test_a_later_answer_replaces_an_earlier_one_and_both_stay_in_the_journal(table: Table) -> None:
    noted = notes(table)
    answers(table, noted, KeberatanState.TIDAK_DITERIMA)
    newest = keberatan.answer(table.session, noted.seq, KeberatanState.DITERUSKAN, "rekomendasi Panwaslu", "ppk2")
    found = item(table, noted)
    assert (found.state, found.answer, found.answerer, found.answered) == (
        KeberatanState.DITERUSKAN, "rekomendasi Panwaslu", "ppk2", newest.seq,
    )  # fmt: skip
    kept = [entry for entry in table.session.store.entries() if entry.refers == noted.seq]
    assert [entry.data["penyelesaian"] for entry in kept] == ["tidak_diterima", "diteruskan"]


def test_what_was_withdrawn_is_closed_and_stays_listed(table: Table) -> None:
    noted = notes(table)
    keberatan.withdraw(table.session, noted.seq, "dicabut oleh saksinya", "ppk1")
    assert [one.state for one in keberatan.listed(table.session, table.contest)] == [KeberatanState.DIBATALKAN]
    for act in (
        lambda: answers(table, noted),
        lambda: keberatan.withdraw(table.session, noted.seq, "sekali lagi dicabut", "ppk1"),
    ):
        with pytest.raises(PlenoError, match="sudah dibatalkan: dicabut oleh saksinya"):
            act()


# --- refusals ------------------------------------------------------------------------------------


@pytest.mark.parametrize("pengaju", ["4", "0", "", "saksi", "s", "٢", "02x", "1e1", "1000"])
def test_a_pengaju_who_is_nobody_here_is_refused(table: Table, pengaju: str) -> None:
    with pytest.raises(PlenoError, match="bukan nomor urut") as refused:
        notes(table, pengaju=pengaju)
    assert refused.value.advice == "Pakai nomor 1, 2, 3, atau panwaslu, pps, ppk."


@pytest.mark.parametrize(
    ("text", "kept"), [("02", "2"), ("S03", "3"), ("PWS", "panwaslu"), (" PPS ", "pps"), ("Ppk", "ppk")]
)
def test_a_pengaju_may_be_typed_in_several_ways(table: Table, text: str, kept: str) -> None:
    assert item(table, notes(table, pengaju=text)).pengaju == kept


@pytest.mark.parametrize("words", ["", "pendek", "x\x1b[2J di TPS ini", "NIK 3101 0112 3456 7890 disebut", "y" * 501])
def test_words_that_tell_nothing_or_too_much_are_refused(table: Table, words: str) -> None:
    head = table.session.store.head()
    with pytest.raises(PlenoError):
        notes(table, words=words)
    assert table.session.store.head() == head


def test_refusals_change_nothing(table: Table) -> None:
    noted = notes(table)
    head, session = table.session.store.head(), table.session
    with pytest.raises(PlenoError, match="disebut tanpa TPS"):
        notes(table, None, row="IV.1")
    with pytest.raises(PlenoError, match="tindakan ini untuk anggota PPK atau ketua PPK"):
        keberatan.answer(session, noted.seq, KeberatanState.DITERIMA, SAID, "op1")
    with pytest.raises(PlenoError, match="bukan jawaban rapat"):
        keberatan.answer(session, noted.seq, KeberatanState.DIBATALKAN, SAID, "ppk1")
    with pytest.raises(PlenoError, match="Alasan belum ditulis"):
        keberatan.answer(session, noted.seq, KeberatanState.DITERIMA, "ya", "ppk1")
    with pytest.raises(PlenoError, match="Tidak ada keberatan"):
        keberatan.answer(session, noted.seq + 1, KeberatanState.DITERIMA, SAID, "ppk1")
    assert session.store.head() == head


def test_nothing_is_noted_before_the_meeting_nor_while_it_is_suspended(session: Session) -> None:
    table = Table(session)
    acts = (
        lambda: notes(table),
        lambda: keberatan.nihil(session, table.contest, "op1"),
        lambda: keberatan.answer(session, 1, KeberatanState.DITERIMA, SAID, "ppk1"),
        lambda: keberatan.withdraw(session, 1, SAID, "ppk1"),
    )
    steps = (lambda: None, lambda: (table.open(), meeting.suspend(session, "ppk1")),
             lambda: (meeting.resume(session, "ppk1"), meeting.close_meeting(session, "ppk1")))  # fmt: skip
    for step in steps:
        step()
        for act in acts:
            with pytest.raises(PlenoError, match="Rapat pleno berstatus"):
                act()


# --- what is told, and the replay ----------------------------------------------------------------


def test_each_is_one_sentence(table: Table) -> None:
    meeting.note_presence(table.session, "s2", "Ratna", "2", "", True, "op1")
    table.reads()
    table.reads(source=salinan(2), suara__2=134)
    noted = notes(table, row="IV.2")
    told = [
        noted,
        answers(table, noted, KeberatanState.TIDAK_DITERIMA),
        notes(table, None, EVENT, "pps", "listrik padam selama satu jam"),
        notes(table, 1, EVENT, "panwaslu", "V.A dicoret, paraf lengkap", "V.A"),
        keberatan.nihil(table.session, table.contest, "op1", table.file(2).tps),
    ]
    names = table.session.names()
    assert [sentence(entry, names) for entry in told] == [
        "Keberatan dari Ratna (saksi nomor 2) di TPS 001 PULAU PANGGANG, IV.02 02 PASLON 2, salinan "
        "saksi nomor 2 134 (seratus tiga puluh empat), C.HASIL (plano) 124 (seratus dua puluh empat): salinan saksi "
        "02 tertulis 134; dicatat Operator (operator).",
        f"Keberatan/kejadian nomor {noted.seq} di TPS 001 PULAU PANGGANG tidak diterima: plano dihitung bersama di "
        "papan; dicatat Ketua PPK (ketua PPK).",
        "Kejadian khusus dari PPS untuk seluruh kecamatan: listrik padam selama satu jam; dicatat Operator (operator).",
        "Kejadian khusus dari Panwaslu di TPS 002 PULAU PANGGANG, V.A JUMLAH SELURUH SUARA SAH: V.A dicoret, paraf "
        "lengkap; dicatat Operator (operator).",
        "NIHIL: tidak ada kejadian khusus dan keberatan di TPS 001 PULAU KELAPA, dicatat Operator (operator).",
    ]


def test_a_replay_makes_the_same_and_a_changed_line_is_named(table: Table, folder: Path) -> None:
    table.reads()
    table.reads(source=salinan(2), suara__2=134)
    noted = notes(table, row="IV.2")
    answers(table, noted)
    notes(table, None, EVENT, "ppk", "rapat dijaga dua polisi")
    keberatan.nihil(table.session, table.contest, "op1", table.file(1).tps)
    assert [entry.kind for entry in table.session.store.entries()].count(Kind.KEBERATAN_NOTED) == 4
    database = folder / table.session.config.database
    table.session.close()
    assert all(check.ok for check in inspect(database).checks)
    connection = sqlite3.connect(database)
    with connection:
        connection.execute("UPDATE keberatan SET state = 'diterima' WHERE state = 'diteruskan'")
    connection.close()
    told = " ".join(check.message for check in inspect(database).checks if not check.ok)
    assert f"keberatan {noted.seq} state: di tabel diterima, menurut jejak diteruskan" in told
