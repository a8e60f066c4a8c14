"""The meeting as the screens know it: what can be done with it now, by whom, and doing it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from pleno.domain.entry import Entry, Kind, Role
from pleno.domain.state import Person, PlenoState
from pleno.domain.words import pukul
from pleno.service import meeting
from pleno.service.checklist import checklist, left_words
from pleno.service.pins import Verified
from pleno.service.session import Session

if TYPE_CHECKING:
    from pleno.tui.gateway import Pleno


class Turn(NamedTuple):
    """One change of the state of the meeting."""

    key: str
    word: str
    """ "skors rapat"."""
    roles: tuple[Role, ...]
    """Who may do it."""
    act: Callable[[Session, str | None, str, Verified | None], Entry]
    needs_reason: bool = False
    closes: bool = False
    """Whether it ends the pleno, which is asked for by name."""


_OFFICERS: Final = (Role.KETUA, Role.PPK)
_TURNS: Final = {
    PlenoState.PERSIAPAN: (Turn("b", "buka rapat", _OFFICERS, meeting.open_meeting),),
    PlenoState.DIBUKA: (
        Turn("s", "skors rapat", _OFFICERS, meeting.suspend),
        Turn("t", "tutup rapat", (Role.KETUA,), meeting.close_meeting, closes=True),
    ),
    PlenoState.DISKORS: (Turn("l", "lanjutkan rapat", _OFFICERS, meeting.resume),),
    PlenoState.DITUTUP: (Turn("b", "buka kembali rapat", (Role.KETUA,), meeting.open_meeting, needs_reason=True),),
}


_TURNED: Final = (Kind.MEETING_OPENED, Kind.MEETING_SUSPENDED, Kind.MEETING_RESUMED, Kind.MEETING_CLOSED)


class MeetingGateway:
    """The meeting of a `Pleno`."""

    def __init__(self, pleno: Pleno) -> None:
        self._pleno = pleno

    @property
    def state(self) -> str:
        """ "dibuka 08.14 WITA": what the meeting is, and since when."""
        session = self._pleno.session
        turned = session.store.last_of(*_TURNED)
        since = pukul(datetime.fromisoformat(turned.stamp.at)) if turned else ""
        return f"{session.meeting.state} {since}".rstrip()

    def turns(self) -> tuple[Turn, ...]:
        """What may become of the meeting now."""
        return _TURNS[self._pleno.session.meeting.state]

    def able(self, turn: Turn) -> list[Person]:
        """Who may do it, the ketua first."""
        found = [one for one in self._pleno.config.officers if one.role in turn.roles]
        return sorted(found, key=lambda one: one.role is not Role.KETUA)[:9]

    def missing(self) -> list[str]:
        """What the contest shown still lacks: "kotak dibuka 22/23 (F2)"."""
        return left_words(checklist(self._pleno.session, self._pleno.contest, self._pleno.files))

    def do(self, turn: Turn, person: str, note: str, proof: Verified | None = None) -> Entry:
        """Change the meeting; papers being typed become entries first. PlenoError as the service says."""
        self._pleno.finish_all()
        entry = turn.act(self._pleno.session, person, note, proof)
        self._pleno.reload_all()
        return entry
