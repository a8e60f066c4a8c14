"""The boxes of the TPS: received, opened, broken seals, and by which way the Sirekap data came (DOMAIN.md 4.2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pleno.domain.box import BoxStep, Kotak, Route
from pleno.domain.chain import Json
from pleno.domain.contest import Contest
from pleno.domain.entry import Actor, Entry, Kind
from pleno.domain.errors import PlenoError
from pleno.domain.state import PlenoState, Tps
from pleno.service import notes
from pleno.service.reading import require_read_here
from pleno.service.session import Session
from pleno.service.views import tps_of


class Seen(NamedTuple):
    """What somebody saw of a box; what is left out stays as it was noted."""

    intact: bool | None = None
    """Whether seal and lock were whole; a box that comes without a word is."""
    note: str = ""
    """What was broken."""
    route: Route | None = None


def boxes(session: Session, contest: Contest) -> dict[str, Kotak]:
    """Code of a TPS -> its box, of every box that came."""
    return {box.tps: box for box in session.state.of_contest(Kotak, contest.id)}


def note_boxes(
    session: Session, tps: Sequence[Tps], contest: Contest, step: BoxStep, by: str | None, seen: Seen | None = None
) -> tuple[Entry, ...]:
    """Note boxes as received or opened (an opened one was received), or take an error back; all or none.

    Boxes that were noted so before are passed over; PlenoError where that is all of them, and for a broken seal,
    a seal that is whole again or an error without its reason.
    """
    opens = step is BoxStep.DIBUKA
    session.require(*([PlenoState.DIBUKA] if opens else [PlenoState.PERSIAPAN, PlenoState.DIBUKA]))
    actor, seen = session.actor(by), seen or Seen()
    wanted = list(dict.fromkeys(tps))
    for one in wanted:
        require_read_here(session, one, contest)
    known = boxes(session, contest)
    if step is BoxStep.BATAL:
        entries = _taken_back(session, wanted, contest, known, actor, seen.note)
    else:
        made = (_noted(session, one, contest, known.get(one.code), actor, opens, seen) for one in wanted)
        entries = [entry for entry in made if entry is not None]
    if not entries:
        names = ", ".join(session.tps_name(one) for one in wanted[:4]) + ", .." * (len(wanted) > 4)
        raise PlenoError(
            "Kotak sudah dicatat", f"{names or 'Tidak ada TPS'}: tidak ada yang berubah.", "Lihat dengan `pleno kotak`."
        )
    return session.commit(*entries)


def _noted(
    session: Session, tps: Tps, contest: Contest, known: Kotak | None, actor: Actor, opens: bool, seen: Seen
) -> Entry | None:
    """The entry about one box; None where it says nothing new."""
    opened = opens or (known is not None and known.opened)
    intact = seen.intact if seen.intact is not None else known.intact if known else True
    route = seen.route.value if seen.route else known.route if known else ""
    note = notes.note(seen.note, "Catatan kotak") or (known.note if known and known.intact == intact else "")
    if not intact:
        note = notes.reason(note, f"Segel rusak kotak {session.tps_name(tps)}")
    elif known is not None and not known.intact:
        note = notes.reason(note, f"Segel kotak {session.tps_name(tps)} yang tadinya rusak")
    if known is not None and (opened, intact, note, route) == (known.opened, known.intact, known.note, known.route):
        return None
    step = BoxStep.DIBUKA if opened else BoxStep.DITERIMA
    data: dict[str, Json] = {"langkah": step.value, "utuh": intact} | ({"jalur": route} if route else {})
    return session.entry(Kind.KOTAK_OPENED, actor, contest=contest.id, tps=tps.code, note=note or None, data=data)


def _taken_back(
    session: Session, wanted: Sequence[Tps], contest: Contest, known: dict[str, Kotak], actor: Actor, why: str
) -> list[Entry]:
    why = notes.reason(why, "Pembatalan catatan kotak")
    data: dict[str, Json] = {"langkah": BoxStep.BATAL.value}
    return [
        session.entry(Kind.KOTAK_OPENED, actor, contest=contest.id, tps=one.code, note=why, data=data)
        for one in wanted
        if one.code in known
    ]


class Boxes(NamedTuple):
    """How many boxes of a contest are where."""

    tps: int
    received: int
    opened: int
    broken: int
    """Received with a broken seal or lock."""


def box_count(session: Session, contest: Contest) -> Boxes:
    """The boxes of a whole contest."""
    known = boxes(session, contest).values()
    opened, broken = sum(box.opened for box in known), sum(not box.intact for box in known)
    return Boxes(len(tps_of(session, contest)), len(known), opened, broken)
