"""The attendance list as the screens know it: who may be there and who is, acts in."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from pleno.domain.entry import Kind, Role
from pleno.domain.room import Span
from pleno.domain.sentences import ROLE_WORDS
from pleno.domain.state import PPK, Kehadiran
from pleno.service import meeting
from pleno.service.room import stays

if TYPE_CHECKING:
    from pleno.tui.gateway import Pleno


class Seat(NamedTuple):
    """Somebody on the list, or a place that nobody has taken."""

    key: str
    who: Kehadiran | None
    """None where nobody came for it."""
    stands_for: str
    words: str
    """ "ketua PPK", "saksi 02 Rahmat - Dewi", "Panwaslu"."""
    times: str
    """ "09.14-12.02; 13.00-"."""

    @property
    def is_officer(self) -> bool:
        return self.stands_for == PPK


class AttendanceGateway:
    """The attendance list of a `Pleno`."""

    def __init__(self, pleno: Pleno) -> None:
        self._pleno = pleno

    def seats(self) -> list[Seat]:
        """The PPK, then for each contestant of the contest and the Panwaslu who came, or an empty place."""
        session = self._pleno.session
        known = {one.id: one for one in session.state.all(Kehadiran)}
        when = stays(session.store.entries_of(Kind.KEHADIRAN_NOTED))
        seats = [
            Seat(one.id, known.get(one.id), PPK, ROLE_WORDS[one.role], _times(when.get(one.id, [])))
            for one in sorted(session.config.officers, key=lambda one: one.role is not Role.KETUA)
            if one.role in (Role.KETUA, Role.PPK)
        ]
        choices = [one for one in self._pleno.contest.contestants if not one.is_kolom_kosong]
        places = [(str(one.number), f"saksi {one.number:02} {one.name}") for one in choices]
        for stands_for, words in [*places, (meeting.PANWASLU, "Panwaslu")]:
            own = [one for one in known.values() if one.stands_for == stands_for]
            seats += [Seat(one.id, one, stands_for, words, _times(when.get(one.id, []))) for one in own]
            seats += [] if own else [Seat(f"kosong:{stands_for}", None, stands_for, words, "")]
        return seats

    def officer_name(self, seat: Seat) -> str:
        """The name of an officer; empty for anybody else."""
        return next((one.name for one in self._pleno.config.officers if seat.is_officer and one.id == seat.key), "")

    def come(self, seat: Seat, present: bool) -> None:
        """Somebody who is known comes or goes. PlenoError as the service says."""
        if seat.is_officer:
            meeting.note_officer(self._pleno.session, seat.key, present, self._pleno.by)
        elif seat.who is not None:
            self._note(seat.who, present)

    def mandate(self, seat: Seat, mandate: str) -> None:
        """The number of somebody's surat mandat."""
        if seat.who is not None:
            self._note(Kehadiran(seat.who.id, seat.who.name, seat.stands_for, mandate, seat.who.present))

    def add(self, seat: Seat, name: str, mandate: str) -> None:
        """Somebody new stands for the same and is there."""
        self._note(Kehadiran(self._free_id(seat.stands_for), name, seat.stands_for, mandate, True))

    def _note(self, who: Kehadiran, present: bool | None = None) -> None:
        there = who.present if present is None else present
        session, by = self._pleno.session, self._pleno.by
        meeting.note_presence(session, who.id, who.name, who.stands_for, who.mandate, there, by)

    def _free_id(self, stands_for: str) -> str:
        """ "s2", "s2-2", "pws": what nobody is called yet."""
        taken = {one.id for one in self._pleno.session.state.all(Kehadiran)}
        taken |= {one.id for one in self._pleno.config.officers}
        base = "pws" if stands_for == meeting.PANWASLU else f"s{stands_for}"
        return next(name for n in count(1) if (name := base if n == 1 else f"{base}-{n}") not in taken)


def _times(spans: list[Span]) -> str:
    return "; ".join(f"{span.since:%H.%M}-{f'{span.until:%H.%M}' if span.until else ''}" for span in spans)
