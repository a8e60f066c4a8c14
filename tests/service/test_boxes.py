"""Boxes come, are opened, have broken seals, and errors about them are taken back."""

from __future__ import annotations

import pytest
from service.table import Table

from pleno.domain.box import BoxStep, Route
from pleno.domain.entry import Kind
from pleno.domain.errors import PlenoError
from pleno.domain.sentences import sentence
from pleno.service import meeting
from pleno.service.boxes import Boxes, Seen, box_count, boxes, note_boxes
from pleno.service.session import Session
from pleno.store import inspect

TORN = "kertas segel sobek, gembok utuh"


def tps(table: Table, *n: int) -> list:  # type: ignore[type-arg]  # of Tps
    return [table.file(one).tps for one in n]


def test_received_before_the_meeting_and_opened_in_it(session: Session) -> None:
    table = Table(session)
    received = note_boxes(session, tps(table, 0, 1, 2), table.contest, BoxStep.DITERIMA, "op1")
    assert [entry.tps for entry in received] == table.codes[:3]
    with pytest.raises(PlenoError, match="persiapan"):
        note_boxes(session, tps(table, 0), table.contest, BoxStep.DIBUKA, "op1")
    table.open()
    seen = Seen(route=Route.LURING_DARING)
    (opened,) = note_boxes(session, tps(table, 0), table.contest, BoxStep.DIBUKA, "op1", seen)
    assert sentence(opened, session.names()) == (
        "Kotak TPS 001 PULAU PANGGANG dibuka, segel utuh, data Sirekap luring lalu daring; dicatat Operator (operator)."
    )
    assert box_count(session, table.contest) == Boxes(tps=4, received=3, opened=1, broken=0)


def test_opening_says_that_it_came(table: Table) -> None:
    note_boxes(table.session, tps(table, 3), table.contest, BoxStep.DIBUKA, "op1")
    assert boxes(table.session, table.contest)[table.codes[3]].opened


def test_boxes_noted_before_are_passed_over(table: Table) -> None:
    session, contest = table.session, table.contest
    note_boxes(session, tps(table, 1), contest, BoxStep.DITERIMA, "op1", Seen(False, TORN))
    made = note_boxes(session, tps(table, 0, 1, 2, 3), contest, BoxStep.DITERIMA, "op1")
    assert [entry.tps for entry in made] == [table.codes[n] for n in (0, 2, 3)]
    assert not boxes(session, contest)[table.codes[1]].intact, "the broken seal stands"
    with pytest.raises(PlenoError, match="tidak ada yang berubah"):
        note_boxes(session, tps(table, 0, 1), contest, BoxStep.DITERIMA, "op1")
    (opened,) = note_boxes(session, tps(table, 1), contest, BoxStep.DIBUKA, "op1")
    assert (opened.note, opened.data["utuh"]) == (TORN, False), "its damage goes along"


@pytest.mark.parametrize("words", ["", "sobek", "\x1b[2Jsobek dan rusak", "NIK 3101 0112 3456 7890 sobek"])
def test_a_broken_seal_needs_its_words(table: Table, words: str) -> None:
    head = table.session.store.head()
    with pytest.raises(PlenoError):
        note_boxes(table.session, tps(table, 0), table.contest, BoxStep.DITERIMA, "op1", Seen(False, words))
    assert table.session.store.head() == head


def test_a_seal_is_whole_again_only_with_a_reason(table: Table) -> None:
    session, contest = table.session, table.contest
    note_boxes(session, tps(table, 0), contest, BoxStep.DITERIMA, "op1", Seen(False, TORN))
    with pytest.raises(PlenoError, match="tadinya rusak"):
        note_boxes(session, tps(table, 0), contest, BoxStep.DITERIMA, "op1", Seen(True))
    note_boxes(session, tps(table, 0), contest, BoxStep.DITERIMA, "op1", Seen(True, "salah kotak; yang sobek TPS 002"))
    assert boxes(session, contest)[table.codes[0]].intact


def test_an_error_is_taken_back_with_its_reason(table: Table) -> None:
    session, contest = table.session, table.contest
    note_boxes(session, tps(table, 0, 1), contest, BoxStep.DIBUKA, "op1")
    with pytest.raises(PlenoError, match="alasan"):
        note_boxes(session, tps(table, 0), contest, BoxStep.BATAL, "op1")
    note_boxes(session, tps(table, 0, 2), contest, BoxStep.BATAL, "op1", Seen(note="kotaknya belum sampai"))
    assert list(boxes(session, contest)) == [table.codes[1]]
    told = [sentence(entry, session.names()) for entry in session.store.entries_of(Kind.KOTAK_OPENED)]
    assert told[-1] == (
        "Catatan kotak TPS 001 PULAU PANGGANG dibatalkan: kotaknya belum sampai; dicatat Operator (operator)."
    )


def test_not_while_the_meeting_rests(table: Table) -> None:
    meeting.suspend(table.session, "ppk1")
    with pytest.raises(PlenoError, match="diskors"):
        note_boxes(table.session, tps(table, 0), table.contest, BoxStep.DITERIMA, "op1")


def test_a_replay_makes_the_same_boxes(table: Table) -> None:
    note_boxes(table.session, tps(table, 0, 1), table.contest, BoxStep.DIBUKA, "op1", Seen(False, TORN, Route.DARING))
    table.session.close()
    seen = inspect(table.session.folder / "data" / "pleno.db")
    assert not seen.damaged, seen.checks
