"""What must hold of a folder after a crash (TRUST.md section 11, A1-A8), and what was promised before it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from pleno.domain.entry import Entry, Kind
from pleno.domain.errors import PlenoError
from pleno.domain.state import Kehadiran
from pleno.service import drafting, meeting
from pleno.service.session import Session
from pleno.service.verify import Outcome, verify
from pleno.store import inspect


@dataclass
class Promises:
    """What the program had said when it was cut off."""

    made: bool = True
    """Whether there is a workspace that must open."""
    seq: int = 0
    """The last entry that was promised."""
    hash: str = ""
    """Its link; empty where only its number was said."""
    since: int = 0
    """The last entry before the appends in `begun`."""
    begun: list[int] = field(default_factory=list)
    """Entries of each append that began after `since`."""
    sets: dict[str, str] = field(default_factory=dict)
    """Folder of an exported set -> SHA-256 of its manifest."""
    drafts: dict[tuple[str, str], int] = field(default_factory=dict)
    """TPS and row -> the last figure that was shown as kept while it was being typed."""
    copies: dict[str, int] = field(default_factory=dict)
    """Path of a copy of the database -> its last entry."""

    def hear(self, line: str) -> None:
        """One line of work.py."""
        word, *rest = line.split()
        if word == "mulai":
            self.begun.append(int(rest[0]))
        elif word == "tersimpan":
            self.over(int(rest[0]), rest[1])
        elif word == "ekspor":
            self.sets[rest[0]] = rest[1]
        elif word == "draf":
            self.drafts[rest[0], rest[1]] = int(rest[2])
        elif word == "salinan":
            self.copies[rest[0]] = int(rest[1])
        else:
            self.made = True

    def over(self, seq: int, hash_: str) -> None:
        """Everything up to this entry is promised, and no append is under way."""
        self.seq, self.hash, self.since, self.begun = seq, hash_, seq, []


def faults_of_database(folder: Path, promises: Promises) -> Iterator[str]:
    """A1-A6 and A8 of a workspace. Opens it, and saves into it, on a laptop that has not seen it before."""
    for name in ("XDG_DATA_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
        os.environ[name] = str(folder.parent / "profil")
    database = folder / "data" / "pleno.db"
    try:
        for check in inspect(database).checks:
            if not check.ok:
                yield f"A2-A4 {check.name}: {check.message}"
        with Session.open(folder) as session:
            yield from _faults_of_promises(session, promises)
            yield from _faults_of_drafts(session, promises)
            yield from _faults_of_originals(session)
            yield from _faults_of_recovery(session)
        wrong = [check.message for check in inspect(database).checks if not check.ok]
        if wrong:
            yield f"A8 sesudah dipakai lagi: {wrong[0]}"
    except PlenoError as error:
        yield f"A1 {error.title}: {error.message}"


def _faults_of_promises(session: Session, promises: Promises) -> Iterator[str]:
    last = session.store.head().seq
    if last < promises.seq:
        yield f"A5 {promises.seq} dijanjikan, {last} ada"
        return
    if promises.hash and next(session.store.entries(promises.seq, promises.seq)).hash != promises.hash:
        yield f"A5 entri {promises.seq} lain dari yang dijanjikan"
    if last - promises.since not in (0, *accumulate(promises.begun)):
        yield f"A6 {last - promises.since} entri sesudah {promises.since}, dimulai {promises.begun}"


def _faults_of_drafts(session: Session, promises: Promises) -> Iterator[str]:
    """What was typed and shown as `draf HH:MM:SS` is there; figures of one row only grow in this work."""
    for (tps, row), figure in promises.drafts.items():
        draft = drafting.open_draft(session, session.roster[tps], session.contest(None))
        kept = None if draft is None else draft.figures.get(row)
        if not isinstance(kept, int) or kept < figure:
            yield f"A5 draf {tps} {row} = {figure} dijanjikan, {kept} ada"


def _faults_of_originals(session: Session) -> Iterator[str]:
    """An entry of an import speaks of a file that is kept."""
    for entry in session.store.entries_of(Kind.FILE_IMPORTED):
        kept = list((session.folder / "data" / "masuk").glob(f"{(entry.src_sha256 or '')[:16]}.*"))
        if [hashlib.sha256(path.read_bytes()).hexdigest() for path in kept] != [entry.src_sha256]:
            yield f"A7 asli dari impor {entry.seq} tidak utuh"


def _faults_of_recovery(session: Session) -> Iterator[str]:
    """The next act says what was recovered, and is saved."""
    before = session.store.head().seq
    opened = session.store.last_of(Kind.APP_OPEN, Kind.APP_CLOSE)
    _save(session)
    told = session.store.last_of(Kind.DB_RECOVERED)
    if opened is not None and opened.kind is Kind.APP_OPEN and (told is None or told.seq <= before):
        yield "A8 pemulihan tidak dicatat"


def _save(session: Session) -> Entry:
    noted = session.state.get(Kehadiran, "panwascam")
    comes = noted is None or not noted.present  # whoever is there already is not noted again
    return meeting.note_presence(session, "panwascam", "Panwaslu", meeting.PANWASLU, "", comes, "op1")


def faults_of_sets(folder: Path, promises: Promises) -> Iterator[str]:
    """A7 of every set that was promised, and that none stands half under its final name."""
    outgoing = folder / "data" / "ekspor"
    for name, sha256 in promises.sets.items():
        manifest = outgoing / name / "manifest.json"
        if not manifest.is_file() or hashlib.sha256(manifest.read_bytes()).hexdigest() != sha256:
            yield f"A7 ekspor {name} yang dijanjikan tidak ada"
        elif verify(outgoing / name).outcome is Outcome.RUSAK:
            yield f"A7 ekspor {name} yang dijanjikan rusak"
    for other in outgoing.glob("*"):
        if other.is_dir() and other.name not in promises.sets and "." not in other.name:
            try:
                if verify(other).outcome is Outcome.RUSAK:
                    yield f"A7 ekspor {other.name} setengah jadi"
            except PlenoError as error:
                yield f"A7 ekspor {other.name}: {error.message}"


def faults_of_copies(folder: Path, promises: Promises) -> Iterator[str]:
    """A7 of the copies of the database; one that stands under its final name is whole, promised or not."""
    for name, seq in promises.copies.items():
        if not (folder / name).is_file():
            yield f"A7 salinan {name} tidak ada"
        elif inspect(folder / name).head.seq < seq:
            yield f"A7 salinan {name} lebih tua dari yang dijanjikan"
    for copy in (folder / "data" / "cadangan").glob("pleno-*.db"):
        if inspect(copy).damaged:
            yield f"A7 salinan {copy.name} rusak"
