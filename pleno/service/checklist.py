"""What a contest still lacks before the meeting is closed, each with the screen where it is solved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pleno.domain.compare import TpsFile
from pleno.domain.contest import Contest
from pleno.domain.state import Kehadiran, Pembetulan, PembetulanState, PlenoState
from pleno.domain.witness import Answered
from pleno.service.boxes import box_count
from pleno.service.keberatan import unanswered
from pleno.service.meeting import PANWASLU
from pleno.service.session import Session
from pleno.service.views import contest_files
from pleno.service.witnesses import answers_of


class Item(NamedTuple):
    """One line of the list."""

    words: str
    done: bool
    amount: str
    """ "11/23", "4"."""
    screen: str
    """Key of the screen where it is solved: "F3"."""


def checklist(session: Session, contest: Contest, files: Sequence[TpsFile] | None = None) -> tuple[Item, ...]:
    """Every line, in the order of the day. `files`: all TPS of the contest, read from the store where left out."""
    every = contest_files(session, contest) if files is None else files
    boxes = box_count(session, contest)
    present = {one.stands_for for one in session.state.all(Kehadiran) if one.present and one.is_guest}
    saksi = sum(one.isdigit() for one in present)
    unheard = sum(Answered.BELUM in told.values() for told in answers_of(session, contest, every).values())
    settled = sum(file.settlement is not None for file in every)
    open_rows = sum(len(file.open_cells) for file in every)
    waiting = sum(item.state is PembetulanState.MENUNGGU for item in session.state.of_contest(Pembetulan, contest.id))
    objected = len(unanswered(session, contest))
    state = session.meeting.state
    panwaslu = " + Panwaslu" if PANWASLU in present else ""
    heard = Item("daftar hadir", bool(present), f"{saksi} saksi{panwaslu}", "F2")
    if unheard:
        heard = Item("jawaban saksi", False, f"{unheard} TPS belum", "F3")
    return (
        Item("rapat dibuka", state in (PlenoState.DIBUKA, PlenoState.DITUTUP), state.value, "F2"),
        Item("kotak dibuka", boxes.opened == boxes.tps, f"{boxes.opened}/{boxes.tps}", "F2"),
        heard,
        Item("seluruh TPS sah", settled == len(every), f"{settled}/{len(every)}", "F3"),
        Item("selisih terbuka", not open_rows, str(open_rows), "F4"),
        Item("pembetulan menunggu", not waiting, str(waiting), "F3"),
        Item("kejadian/keberatan", not objected, str(objected), "F5"),
    )


def left_words(items: Sequence[Item]) -> list[str]:
    """ "kotak dibuka 22/23 (F2)" for every line that is not done."""
    return [f"{' '.join(filter(None, (one.words, one.amount)))} ({one.screen})" for one in items if not one.done]
