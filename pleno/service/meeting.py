"""The meeting itself: opened, suspended, resumed, closed, and who is there."""

from __future__ import annotations

import re
from typing import Final

from pleno.domain.entry import Actor, Entry, Kind, Role
from pleno.domain.errors import PlenoError
from pleno.domain.state import PPK, Kehadiran, Person, PlenoState
from pleno.service import notes
from pleno.service.people import called
from pleno.service.pins import Verified, pin_shown, require_own_pin
from pleno.service.session import Session

PANWASLU = "panwaslu"
_GUEST_ID: Final = re.compile(r"(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\Z)[a-z][a-z0-9_-]{0,19}")
"""Names files that every system takes: keys, and signatures on a seal."""


def open_meeting(session: Session, by: str | None, note: str = "", proof: Verified | None = None) -> Entry:
    """Open the pleno; opening a closed one again needs the ketua and a reason.

    Here as in the other turns: whoever has a PIN shows it (`proof`), else PinNeeded.
    """
    session.require(PlenoState.PERSIAPAN, PlenoState.DITUTUP)
    again = session.meeting.state is PlenoState.DITUTUP
    actor = session.actor(by, Role.KETUA) if again else session.actor(by, Role.PPK, Role.KETUA)
    if again:
        note = notes.reason(note, "Membuka kembali rapat yang ditutup")
    return _commit(session, Kind.MEETING_OPENED, actor, note, proof)


def suspend(session: Session, by: str | None, note: str = "", proof: Verified | None = None) -> Entry:
    """Skors: nothing is recorded until the meeting goes on."""
    session.require(PlenoState.DIBUKA)
    return _commit(session, Kind.MEETING_SUSPENDED, session.actor(by, Role.PPK, Role.KETUA), note, proof)


def resume(session: Session, by: str | None, note: str = "", proof: Verified | None = None) -> Entry:
    session.require(PlenoState.DISKORS)
    return _commit(session, Kind.MEETING_RESUMED, session.actor(by, Role.PPK, Role.KETUA), note, proof)


def close_meeting(session: Session, by: str | None, note: str = "", proof: Verified | None = None) -> Entry:
    """Close the pleno; what stays open is a matter for the kabupaten, so nothing is forced here."""
    session.require(PlenoState.DIBUKA)
    return _commit(session, Kind.MEETING_CLOSED, session.actor(by, Role.KETUA), note, proof)


def note_presence(
    session: Session, guest: str, name: str, stands_for: str, mandate: str, present: bool, by: str | None
) -> Entry:
    """Note a saksi (by the number of the choice) or the Panwaslu as present or gone.

    An id belongs to one person for good, so that old entries keep naming who was there.
    """
    session.require(PlenoState.PERSIAPAN, PlenoState.DIBUKA)
    actor = session.actor(by)
    numbers = {
        str(choice.number)
        for contest in session.contests.values()
        for choice in contest.contestants
        if not choice.is_kolom_kosong
    }
    stands_for = stands_for.strip().lower().lstrip("0")
    if stands_for != PANWASLU and stands_for not in numbers:
        raise PlenoError(
            "Kehadiran ditolak",
            f'"{stands_for}" bukan nomor urut peserta yang mempunyai saksi di sini dan bukan panwaslu.',
            f"Pakai {PANWASLU} atau salah satu nomor: {', '.join(sorted(numbers, key=int))}.",
        )
    guest, name = notes.name(guest, "Id"), notes.name(name, "Nama")
    if session.state.get(Kehadiran, guest) is None and not _GUEST_ID.fullmatch(guest):
        raise PlenoError(
            "Kehadiran ditolak",
            f'Id "{guest}" tidak dapat dipakai; berkas kunci orang itu bernama id-nya.',
            "Pakai huruf kecil dan angka, seperti s2 atau pws.",
        )
    _require_same_person(session, guest, name, stands_for)
    return _noted(session, Kehadiran(guest, name, stands_for, notes.note(mandate, "Surat mandat"), present), actor)


def note_officer(session: Session, person: str, present: bool, by: str | None) -> Entry:
    """Note a member of the PPK, by the id of pleno.toml, as present or gone. PlenoError for anybody else."""
    session.require(PlenoState.PERSIAPAN, PlenoState.DIBUKA)
    session.actor(person, Role.PPK, Role.KETUA)
    name = next(one.name for one in session.config.officers if one.id == person)
    return _noted(session, Kehadiran(person, name, PPK, "", present), session.actor(by))


def _noted(session: Session, now: Kehadiran, actor: Actor) -> Entry:
    if session.state.get(Kehadiran, now.id) == now:
        word = "hadir" if now.present else "pulang"
        raise PlenoError("Kehadiran sudah dicatat", f"{now.name} sudah tercatat {word}.", "Tidak ada yang berubah.")
    data = {
        "id": now.id, "nama": now.name, "mewakili": now.stands_for, "mandat": now.mandate, "hadir": now.present,
    }  # fmt: skip
    return session.commit(session.entry(Kind.KEHADIRAN_NOTED, actor, data=data))[0]


def _require_same_person(session: Session, guest: str, name: str, stands_for: str) -> None:
    known = session.state.get(Kehadiran, guest)
    if guest in {officer.id for officer in session.config.officers} or session.state.get(Person, guest):
        holder = "seorang petugas"
    elif known is not None and (known.name, known.stands_for) != (name, stands_for):
        holder = called(known.name, known.stands_for)
    else:
        return
    raise PlenoError(
        "Kehadiran ditolak",
        f'Id "{guest}" sudah dipakai {holder}; entri yang lama menyebut orang itu.',
        f"Pakai id lain untuk {name}; bila yang lama salah tulis, catat ia --pulang.",
    )


def _commit(session: Session, kind: Kind, actor: Actor, note: str, proof: Verified | None) -> Entry:
    note = notes.note(note, "Catatan")
    require_own_pin(session, actor.id, proof)
    return session.commit(session.entry(kind, actor, note=note or None, data=pin_shown(proof)))[0]
