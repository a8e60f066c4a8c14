"""What the sheets of a contest say: figures, corrections, objections, incidents, people and seals, as they stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import pleno
from pleno.domain.box import Kotak
from pleno.domain.chain import Json, genesis_hash, seal_words
from pleno.domain.contest import Contest
from pleno.domain.document import Document, Incident, KeberatanLine, RegisterLine
from pleno.domain.entry import Entry, Kind, Role
from pleno.domain.recap import Recap
from pleno.domain.recount import paper_before
from pleno.domain.sentences import Names, keberatan_about, keberatan_from, sentence
from pleno.domain.signers import SigningRule
from pleno.domain.state import Kehadiran, Pembetulan, Person, Seal, SheetStatus
from pleno.service.keberatan import listed
from pleno.service.pins import is_emergency
from pleno.service.room import room
from pleno.service.sealing import checkpoint, seal_lines
from pleno.service.session import Session
from pleno.service.signers import signers
from pleno.service.views import recap

_INCIDENTS: Final = (Kind.FINDING_EXPLAINED, Kind.TPS_REOPENED, Kind.RECOUNT_RECORDED, Kind.SIGNING_REFUSED)


def working_document(session: Session, contest: Contest, status: SheetStatus = SheetStatus.KONSEP) -> Document:
    """What a working sheet speaks of: the contest as it stands, under no number; a KONSEP is provisional."""
    return document_of(session, recap(session, contest), 0, None, status)


def document_of(session: Session, sums: Recap, number: int, replaces: int | None, status: SheetStatus) -> Document:
    """Everything the sheets of one contest say, as it stands now; `replaces`: the set this one stands for."""
    head = session.store.head()
    entries = tuple(session.store.entries())
    names = session.names(past=True)
    return Document(
        recap=sums,
        meeting=session.meeting,
        number=number,
        replaces=replaces,
        status=status,
        ppk=sorted(
            (one for one in session.state.all(Person) if one.role in (Role.KETUA, Role.PPK)),
            key=lambda one: (one.role is not Role.KETUA, one.id),
        ),
        kehadiran=tuple(session.state.all(Kehadiran)),
        register=_register(session, sums.contest, {entry.seq: entry for entry in entries}, names),
        incidents=_incidents(session, sums, entries, names),
        seals=tuple(one.line for one in seal_lines(session)),
        opened=_when(entries, Kind.MEETING_OPENED)
        or (_when(entries, Kind.WORKSPACE_CREATED) if session.practice else None),
        closed=_when(entries, Kind.MEETING_CLOSED),
        created=session.now(),
        keberatan=_keberatan(session, sums.contest, {entry.seq: entry for entry in entries}, names),
        app=pleno.__version__,
        place=session.config.tempat,
        genesis=genesis_hash(session.store.genesis).hex(),
        head_seq=head.seq,
        head_hash=head.hash.hex(),
        journal=entries,
        seal=_seal(session, entries),
        checkpoint=checkpoint(session),
        signers=signers(session) if status is not SheetStatus.KONSEP else (),
        signing_rule=SigningRule(session.config.tanda_tangan_ketua, session.config.tanda_tangan_anggota),
        room=room(session, sums.contest, sums.files, entries),
        words=session.words,
    )


def _seal(session: Session, entries: tuple[Entry, ...]) -> Mapping[str, Json] | None:
    """The newest seal, to be held against paper (TRUST.md section 6)."""
    seals = list(session.state.all(Seal))
    if not seals:
        return None
    newest = seals[-1]
    entry = entries[newest.seq - 1]
    words = seal_words(bytes.fromhex(entry.hash), entry.seq, newest.angka_saksi)
    return {
        "no": newest.number, "seq": newest.seq, "head": entry.hash, "angka_saksi": newest.angka_saksi, "words": words,
    }  # fmt: skip


def _when(entries: tuple[Entry, ...], kind: Kind) -> datetime | None:
    moments = [entry.stamp.at for entry in entries if entry.kind is kind]
    return datetime.fromisoformat(moments[-1]) if moments else None


def _register(
    session: Session, contest: Contest, entries: Mapping[int, Entry], names: Names
) -> tuple[RegisterLine, ...]:
    return tuple(
        RegisterLine(
            pembetulan=item,
            tps=session.roster[item.tps],
            desa=session.desa[session.roster[item.tps].desa].name,
            row=contest.by_name[item.row],
            proposed_at=datetime.fromisoformat(entries[item.seq].stamp.at),
            proposer=names.called(item.proposer, item.seq),
            confirmer=names.called(item.confirmer, item.answered or 0) if item.confirmer else "",
            witness=tuple(names.called(one, item.seq) for one in item.witness),
        )
        for item in session.state.of_contest(Pembetulan, contest.id)
    )


def _keberatan(
    session: Session, contest: Contest, entries: Mapping[int, Entry], names: Names
) -> tuple[KeberatanLine, ...]:
    return tuple(
        KeberatanLine(
            item=item,
            at=datetime.fromisoformat(entries[item.seq].stamp.at),
            place=names.tps.get(item.tps, "seluruh kecamatan"),
            about=keberatan_about(entries[item.seq], names),
            pengaju=keberatan_from(entries[item.seq], names),
            answerer=names.called(item.answerer, item.answered or 0) if item.answerer else "",
            answered_at=datetime.fromisoformat(entries[item.answered].stamp.at) if item.answered else None,
        )
        for item in listed(session, contest)
    )


def _incidents(session: Session, sums: Recap, entries: tuple[Entry, ...], names: Names) -> tuple[Incident, ...]:
    files = {file.tps.code: file for file in sums.files}
    return tuple(
        Incident(
            entry.seq,
            datetime.fromisoformat(entry.stamp.at),
            names.tps.get(entry.tps or "", ""),
            sentence(entry, names) + (paper_before(files[entry.tps], entry) if entry.tps in files else ""),
            is_emergency(entry),
        )
        for entry in entries
        if (entry.contest == sums.contest.id and _is_incident(session, entry)) or is_emergency(entry)
    )


def _is_incident(session: Session, entry: Entry) -> bool:
    """What kejadian khusus tells: also a copy accepted as wrong, and a box whose seal is noted as broken."""
    if entry.kind is Kind.KOTAK_OPENED:
        box = session.state.get(Kotak, entry.tps or "", entry.contest or "")
        return box is not None and box.seq == entry.seq and not box.intact
    return entry.kind in _INCIDENTS or (entry.kind is Kind.SAKSI_ANSWERED and bool(entry.changes))
