"""The workspace as it was after an entry, and what happened between two seals (TRUST.md, B21)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pleno.domain.apply import apply
from pleno.domain.contest import Contest
from pleno.domain.entry import Entry
from pleno.domain.errors import PlenoError
from pleno.domain.recap import Recap, Sums
from pleno.domain.state import MemoryState, Seal, State
from pleno.service.session import Session
from pleno.service.views import recap


@dataclass(frozen=True, slots=True)
class Moved:
    """A final sum of the kecamatan that two moments of the journal hold differently."""

    contest: Contest
    row: str
    before: int | None
    """None = no TPS with this row was sah."""
    after: int | None


@dataclass(frozen=True, slots=True)
class Between:
    """What lies between two seals."""

    first: Seal
    last: Seal
    entries: Sequence[Entry]
    """After the first seal, up to and with the last."""
    moved: Sequence[Moved]


def recap_at(session: Session, contest: Contest, seq: int) -> Recap:
    """The recap as it was after entry `seq`.

    PlenoError when there is no such entry.
    """
    last = session.store.head().seq
    if not 1 <= seq <= last:
        raise PlenoError("Entri tidak ada", f"Jejak memuat entri 1 sampai {last}, bukan {seq}.", "Sebut nomor lain.")
    return recap(session, contest, _state_at(session, seq))


def between(session: Session, first: int, last: int, contests: Sequence[Contest]) -> Between:
    """The entries between two seals by number, and the final sums of `contests` that they moved.

    PlenoError when one of the seals does not exist, or they are not in this order.
    """
    seals = {seal.number: seal for seal in session.state.all(Seal)}
    if missing := [number for number in (first, last) if number not in seals]:
        known = ", ".join(map(str, seals)) or "belum ada"
        raise PlenoError("Segel tidak ada", f"Segel {missing[0]} tidak ada di jejak.", f"Segel yang ada: {known}.")
    if first >= last:
        raise PlenoError(
            "Urutan segel terbalik",
            f"Segel {first} bukan sebelum segel {last}.",
            "Sebut segel yang lebih lama lebih dahulu.",
        )
    start, end = seals[first], seals[last]
    old, new = _state_at(session, start.seq), _state_at(session, end.seq)
    moved = [
        one
        for contest in contests
        for one in _moved(contest, recap(session, contest, old).final, recap(session, contest, new).final)
    ]
    return Between(start, end, tuple(session.store.entries(start.seq + 1, end.seq)), moved)


def _moved(contest: Contest, before: Sums, after: Sums) -> list[Moved]:
    return [
        Moved(contest, row.name, before.get(row.name), after.get(row.name))
        for row in contest.rows
        if before.get(row.name) != after.get(row.name)
    ]


def _state_at(session: Session, seq: int) -> State:
    """The journal replayed up to an entry."""
    state = MemoryState()
    for entry in session.store.entries(1, seq):
        apply(state, entry)
    return state
