"""Taking a reading back, and again: always by a new entry that names the old one (UX.md section 3, undo)."""

from __future__ import annotations

from collections.abc import Sequence

from pleno.domain.apply import apply
from pleno.domain.chain import Json
from pleno.domain.contest import Contest
from pleno.domain.entry import Change, Entry, Kind
from pleno.domain.errors import PlenoError
from pleno.domain.figures import PLANO, to_json
from pleno.domain.papers import reading_of
from pleno.domain.state import MemoryState, Pembetulan, PembetulanState, PlenoState, Reading, Seal, Tps
from pleno.service import notes
from pleno.service.pins import Verified, require_member_pin
from pleno.service.reading import require_open
from pleno.service.session import Session
from pleno.service.views import journal

_STEPS = (Kind.FILE_IMPORTED, Kind.READING_SAVED, Kind.TPS_READ_BACK, Kind.TPS_REOPENED)
"""Kinds that make the reading of the plano what it is."""


def last_reading(session: Session, tps: Tps, contest: Contest) -> Entry | None:
    """The entry that undo would take back: the newest reading of the plano that still stands."""
    done, _undone = _stacks(_history(session, tps, contest))
    return done[-1] if done else None


def last_undone(session: Session, tps: Tps, contest: Contest) -> Entry | None:
    """The entry that redo would bring again; None once something else was read."""
    _done, undone = _stacks(_history(session, tps, contest))
    return undone[-1] if undone else None


def needs_reason(session: Session, entry: Entry) -> bool:
    """Whether a seal stands behind the entry, so that taking it back must be explained."""
    return any(seal.seq > entry.seq for seal in session.state.all(Seal))


def undo_reading(
    session: Session, tps: Tps, contest: Contest, by: str | None, note: str = "", proof: Verified | None = None
) -> Entry:
    """Take the last reading of the plano back; figures that waited, wait again.

    PlenoError when there is none, when a pembetulan builds on it, and after a seal without a reason or without the
    PIN of a PPK member who agrees (`proof`).
    """
    history = _history(session, tps, contest)
    done, _undone = _stacks(history)
    if not done:
        raise PlenoError("Tidak ada yang dibatalkan", f"{session.tps_name(tps)} belum punya entri bacaan plano.", "")
    entry = done[-1]
    _require_free(session, tps, contest, entry, note, proof)
    earlier = _reading_before(history, entry)
    data: dict[str, Json] = {"batal": entry.seq}
    rows = {change.row for change in entry.changes}
    if waiting := sorted(rows & earlier.waiting):
        data["menunggu"] = waiting
    if rivals := [[row, to_json(figure)] for row, figure in sorted(earlier.rivals.items()) if row in rows]:
        data["saingan"] = rivals
    return _commit(session, tps, contest, by, note, entry, {**data, **_agreed(proof)})


def redo_reading(
    session: Session, tps: Tps, contest: Contest, by: str | None, note: str = "", proof: Verified | None = None
) -> Entry:
    """Bring the reading that was just taken back again."""
    history = _history(session, tps, contest)
    _done, undone = _stacks(history)
    if not undone:
        raise PlenoError("Tidak ada yang diulangi", f"Tidak ada pembatalan di {session.tps_name(tps)}.", "")
    entry = undone[-1]
    _require_free(session, tps, contest, entry, note, proof)
    data = {key: value for key, value in entry.data.items() if key == "samakan"}
    undoing = next(one for one in reversed(history) if one.data.get("batal") == entry.seq)
    return _commit(session, tps, contest, by, note, undoing, {**data, "ulang": entry.seq, **_agreed(proof)})


def _agreed(proof: Verified | None) -> dict[str, Json]:
    """Which PPK member agreed by PIN."""
    return {"pin": proof.person} if proof is not None else {}


def _commit(
    session: Session, tps: Tps, contest: Contest, by: str | None, note: str, target: Entry, data: dict[str, Json]
) -> Entry:
    """A reading whose changes are those of `target` the other way round."""
    changes = tuple(Change(tps.code, one.row, one.after, one.before) for one in target.changes)
    return session.commit(
        session.entry(
            Kind.READING_SAVED, session.actor(by), contest=contest.id, tps=tps.code, source=PLANO,
            changes=changes, note=notes.note(note, "Catatan") or None, refers=target.seq, data=data,
        )
    )[0]  # fmt: skip


def _require_free(
    session: Session, tps: Tps, contest: Contest, entry: Entry, note: str, proof: Verified | None
) -> None:
    session.require(PlenoState.DIBUKA)
    require_open(session, tps, contest)
    standing = [
        item
        for item in session.state.of_tps(Pembetulan, tps.code, contest.id)
        if item.seq > entry.seq and item.state in (PembetulanState.MENUNGGU, PembetulanState.DISETUJUI)
    ]
    if standing:
        numbers = ", ".join(f"nomor {item.seq}" for item in standing)
        raise PlenoError(
            "Belum dapat dibatalkan",
            f"Pembetulan {numbers} bersandar pada entri #{entry.seq}.",
            f"Tarik dulu pembetulan itu: `pleno batalkan {standing[0].seq}`.",
        )
    if needs_reason(session, entry):
        notes.reason(note, "Pembatalan sesudah segel")
        require_member_pin(session, proof)


def _history(session: Session, tps: Tps, contest: Contest) -> list[Entry]:
    """Every entry that touched the plano of a TPS, oldest first, cut down to that TPS."""
    found = []
    for entry in journal(session, tps=tps):
        if entry.kind not in _STEPS or (entry.source not in (PLANO, None)):
            continue
        if entry.kind is Kind.FILE_IMPORTED:
            entry = _only(entry, tps, contest)
        elif entry.contest != contest.id:
            continue
        found.append(entry)
    return found


def _only(entry: Entry, tps: Tps, contest: Contest) -> Entry:
    """An import as if it had brought this TPS x contest alone."""
    key = [tps.code, contest.id]
    data = {
        **entry.data,
        "bacaan": [item for item in entry.data["bacaan"] if item[:2] == key],
        "saingan": [item for item in entry.data.get("saingan", ()) if item[:2] == key],
    }
    mine = tuple(c for c in entry.changes if c.tps == tps.code and (c.contest or entry.contest) == contest.id)
    return entry._replace(changes=mine, data=data)


def _stacks(history: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Readings that stand, and those taken back since the last new one; the newest of each last."""
    done: list[Entry] = []
    undone: list[Entry] = []
    for entry in history:
        if entry.kind is not Kind.READING_SAVED:
            continue
        if "batal" in entry.data:
            undone.append(done.pop())
        elif "ulang" in entry.data:
            undone.pop()
            done.append(entry)
        else:
            done.append(entry)
            undone.clear()
    return done, undone


def _reading_before(history: Sequence[Entry], entry: Entry) -> Reading:
    """The plano as it stood before an entry."""
    state = MemoryState()
    for one in history:
        if one.seq >= entry.seq:
            break
        apply(state, one)
    tps, contest = entry.tps or "", entry.contest or ""
    return reading_of(state, tps, contest, PLANO)
