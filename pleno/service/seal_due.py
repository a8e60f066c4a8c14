"""When the room should seal: a desa is complete, the meeting is suspended or closed (TRUST.md section 5).

It is said, never forced; only a final set needs a fresh seal, which `export` itself asks for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pleno.domain.entry import Entry, Kind
from pleno.domain.state import Settlement
from pleno.service.session import Session

_TURNS: Final = {Kind.MEETING_SUSPENDED: "Rapat diskors", Kind.MEETING_CLOSED: "Rapat ditutup"}


def seal_due(session: Session, entries: Sequence[Entry]) -> str:
    """Why now is the moment for a seal, after acts just done: "Desa PULAU TIDUNG selesai"; empty where it is not."""
    return "; ".join(dict.fromkeys(filter(None, (_TURNS.get(one.kind) or _complete(session, one) for one in entries))))


def _complete(session: Session, entry: Entry) -> str:
    """The desa that a settled TPS completes for its contest."""
    if entry.kind is not Kind.TPS_READ_BACK or entry.tps is None or entry.contest is None:
        return ""
    desa = session.desa[session.roster[entry.tps].desa]
    here = {one.code for one in session.roster.values() if one.desa == desa.code and _read_here(one.contests, entry)}
    settled = {one.tps for one in session.state.of_contest(Settlement, entry.contest)}
    return f"{session.words.said('Desa')} {desa.name} selesai" if here <= settled else ""


def _read_here(contests: Sequence[str], entry: Entry) -> bool:
    return not contests or entry.contest in contests
