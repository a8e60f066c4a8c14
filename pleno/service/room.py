"""What happened in the room, gathered from the journal for the sheets of a contest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from pleno.domain.compare import TpsFile
from pleno.domain.contest import Contest
from pleno.domain.entry import Entry, Kind
from pleno.domain.figures import Source
from pleno.domain.room import Room, Span
from pleno.service.boxes import boxes
from pleno.service.session import Session
from pleno.service.witnesses import answers_of


def room(session: Session, contest: Contest, files: Sequence[TpsFile], entries: Sequence[Entry]) -> Room:
    """The room of a contest. `files`: all its TPS; `entries`: the whole journal."""
    return Room(
        stays=stays(entries),
        suspensions=_suspensions(entries),
        boxes=tuple(boxes(session, contest).values()),
        answers=_answers(session, contest, files, entries),
    )


def stays(entries: Iterable[Entry]) -> dict[str, list[Span]]:
    """Id on the attendance list -> when the person was there, oldest first; entries of other kinds are passed over."""
    found: dict[str, list[Span]] = {}
    for entry in entries:
        if entry.kind is Kind.KEHADIRAN_NOTED:
            own = found.setdefault(entry.data["id"], [])
            _turn(own, bool(entry.data["hadir"]), entry)
    return found


def _suspensions(entries: Iterable[Entry]) -> list[Span]:
    """A meeting that was suspended goes on, is closed, or still rests."""
    found: list[Span] = []
    for entry in entries:
        if entry.kind is Kind.MEETING_SUSPENDED:
            _turn(found, True, entry)
        elif entry.kind in (Kind.MEETING_RESUMED, Kind.MEETING_CLOSED):
            _turn(found, False, entry)
    return found


def _turn(spans: list[Span], begins: bool, entry: Entry) -> None:
    """A span begins, or the one that goes on ends."""
    at, goes_on = datetime.fromisoformat(entry.stamp.at), bool(spans) and spans[-1].until is None
    if begins and not goes_on:
        spans.append(Span(at, note=entry.note or ""))
    elif not begins and goes_on:
        spans[-1] = spans[-1]._replace(until=at)


def _answers(
    session: Session, contest: Contest, files: Sequence[TpsFile], entries: Sequence[Entry]
) -> Mapping[str, Mapping[Source, str]]:
    """As they were when a TPS was settled; of the others as things stand."""
    found: dict[str, Mapping[Source, str]] = {
        code: {source: answer.value for source, answer in told.items()}
        for code, told in answers_of(session, contest, files).items()
    }
    for file in files:
        if file.settlement is not None:
            kept = entries[file.settlement.seq - 1].data.get("saksi")
            if kept:
                found[file.tps.code] = kept
            else:
                found.pop(file.tps.code, None)
    return found
