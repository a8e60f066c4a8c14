"""Opening, suspending, resuming and closing the meeting (`p` on Beranda): what, who, why, and for closing the name."""

from __future__ import annotations

from collections.abc import Callable

from pleno.domain.errors import PlenoError
from pleno.service.notes import SHORTEST
from pleno.service.seal_due import seal_due
from pleno.tui.meeting_gateway import MeetingGateway, Turn
from pleno.tui.screens.ask import Ask, AskText, Option
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.screens.irrevocable import Irrevocable
from pleno.tui.screens.pin import PinDialog, Recognised


def change_meeting(screen: PlenoScreen) -> None:
    """Ask what becomes of the meeting, step by step; nothing is done unless every question was answered."""
    gate = MeetingGateway(screen.pleno)
    turns = {turn.key: turn for turn in gate.turns()}
    options = [Option(turn.key, turn.word, turn.key) for turn in turns.values()]

    def chosen(key: str | None) -> None:
        if key is not None:
            _ask_who(screen, gate, turns[key])

    state = screen.pleno.session.meeting.state
    screen.app.push_screen(Ask("RAPAT PLENO", f"Rapat {state}. Papan untuk proyektor menunjukkannya.", options), chosen)


def _ask_who(screen: PlenoScreen, gate: MeetingGateway, turn: Turn) -> None:
    def recognised(who: Recognised | None) -> None:
        if who is not None:
            _ask_why(screen, turn, lambda note: _ask_sure(screen, gate, turn, who, note))

    title = turn.word.capitalize()
    screen.app.push_screen(PinDialog(title, "Atas nama siapa? Dicatat di jejak.", gate.able(turn)), recognised)


def _ask_why(screen: PlenoScreen, turn: Turn, go_on: Callable[[str], None]) -> None:
    def answered(note: str | None) -> None:
        if note is not None:
            go_on(note)

    said = "Alasannya:" if turn.needs_reason else "Catatan, misalnya jam dan alasannya; boleh kosong:"
    least = SHORTEST if turn.needs_reason else 0
    ask = AskText(turn.word.capitalize(), said, purpose=f"meeting.{turn.word}", least=least)
    screen.app.push_screen(ask, answered)


def _ask_sure(screen: PlenoScreen, gate: MeetingGateway, turn: Turn, who: Recognised, note: str) -> None:
    """Closing ends the pleno: its name is typed; the rest is done."""
    if not turn.closes:
        _do(screen, gate, turn, who, note)
        return
    total = screen.pleno.day().total
    left = "; ".join(gate.missing())
    said = (
        f"{total.sah} dari {total.tps} TPS sah, {total.open_rows} selisih terbuka. "
        f"{f'Belum: {left}. ' if left else ''}Sesudah ditutup tidak ada "
        "angka yang dapat dicatat; hanya ketua yang membukanya kembali, dengan alasan."
    )

    def answered(sure: bool | None) -> None:
        if sure:
            _do(screen, gate, turn, who, note)

    kecamatan = screen.pleno.config.kecamatan
    screen.app.push_screen(Irrevocable("TUTUP RAPAT", said, kecamatan, "T", "tutup rapat"), answered)


def _do(screen: PlenoScreen, gate: MeetingGateway, turn: Turn, who: Recognised, note: str) -> None:
    try:
        entry = gate.do(turn, who.person, note, who.proof)
    except PlenoError as error:
        screen.refuse(error)
    else:
        screen.redraw()
        told = f"{screen.pleno.session.meeting.state}, {screen.pleno.last_entry()}."
        screen.tell("Rapat", told, "Saatnya segel: F7 lalu s." if seal_due(screen.pleno.session, [entry]) else "")
