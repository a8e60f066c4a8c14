"""What a session writes before its first act: who opened, what was recovered, and what changed outside the program.

pleno.toml and the profiles beside it only propose people and forms; these entries make them count.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import pleno
from pleno.domain.chain import Json
from pleno.domain.entry import Actor, Entry, Kind, Role, Stamp
from pleno.domain.errors import PlenoError
from pleno.domain.pin import Pin
from pleno.domain.state import Kehadiran, Pembetulan, Person, PlenoState, Reading
from pleno.domain.words import ZONES
from pleno.importers.profile import fingerprint
from pleno.importers.workspace import Config
from pleno.service.clock import Clock
from pleno.service.continuity import moved_from
from pleno.service.laptop import device_id
from pleno.service.setting_rules import proposed
from pleno.store.migration import Told

if TYPE_CHECKING:
    from pleno.service.session import Session


def opening(session: Session, act: Entry) -> Iterator[Entry]:
    """The entries that come before `act`, by whoever does it and with its stamp.

    The same stamp, so that the clock does not seem to go back between the two.
    """

    def told(kind: Kind, **data: Json) -> Entry:
        return Entry(kind, act.actor, act.stamp, data=data)

    known = {person.id: person for person in session.state.all(Person)}
    changed = [officer for officer in session.config.officers if known.get(officer.id) != officer]
    people = [told(Kind.PERSON_CHANGED, id=one.id, nama=one.name, peran=one.role.value) for one in changed]
    # Whoever acts is first called by the name of now, so that no entry below names who it was before.
    renamed = [entry for entry in people if entry.data["id"] == act.actor.id and act.actor.id in known]
    yield from renamed
    yield told(Kind.APP_OPEN, pid=os.getpid())
    last = session.store.last_of(Kind.APP_OPEN, Kind.APP_CLOSE)
    if last is not None and last.kind is Kind.APP_OPEN:
        yield told(Kind.DB_RECOVERED, upto=session.store.head().seq, jurnal_panas=session.store.hot_journal)
    if before := moved_from(session):
        yield told(Kind.DEVICE_CHANGED, dari=before, ke=device_id())
    if (jump := session.watch.jump(act.stamp)) is not None:
        yield told(Kind.CLOCK_JUMP, **jump.data())
    yield from (entry for entry in people if entry not in renamed)
    forms, recorded = forms_of(session), recorded_forms(session)
    limits, before = session.config.ambang.as_json(), _recorded_limits(session)
    if recorded is not None and (forms != recorded or limits != before):
        changed_limits: dict[str, Json] = {"ambang": limits} if limits or before else {}
        yield told(Kind.SETTING_CHANGED, profil=dict(forms), **changed_limits)
    if recorded is not None and (fresh := proposed(session.proposed, session.state)):
        yield told(Kind.SETTING_CHANGED, setelan=fresh, usul=True)


def migrated(config: Config, clock: Clock) -> Told:
    """What makes the entry of a migration: before anybody acts, so in the name of the first officer of pleno.toml."""

    def told(before: int, after: int, copy: str) -> Entry:
        first, now = config.officers[0], clock.now().astimezone(ZONES[config.zona])
        stamp = Stamp(now.isoformat(timespec="milliseconds"), clock.mono(), clock.boot(), "skema", pleno.__version__)
        data: dict[str, Json] = {"dari": before, "ke": after, "salinan": copy}
        return Entry(Kind.SCHEMA_MIGRATED, Actor(first.id, first.role), stamp, data=data)

    return told


def forms_of(session: Session) -> Mapping[str, str]:
    """Contest -> SHA-256 of the form it is read by."""
    return {contest: fingerprint(contest, session.folder) for contest in session.config.kontes}


def recorded_forms(session: Session) -> Mapping[str, str] | None:
    """The forms the journal knows; None before the workspace is made."""
    last = _last_forms(session)
    return None if last is None else last.data["profil"]


def _recorded_limits(session: Session) -> Json:
    """The limits of rules ([ambang] of pleno.toml) that the journal knows."""
    last = _last_forms(session)
    return {} if last is None else last.data.get("ambang", {})


def _last_forms(session: Session) -> Entry | None:
    """The newest entry about forms and limits; other settings have entries of their own."""
    told = session.store.entries_of(Kind.SETTING_CHANGED, Kind.WORKSPACE_CREATED)
    return next((entry for entry in reversed(told) if "profil" in entry.data), None)


def require_same_rows(session: Session) -> None:
    """Refuse a form that was changed so that rows with figures are gone, which no sum would show any more."""
    recorded = recorded_forms(session)
    if recorded is None or forms_of(session) == recorded:
        return
    for contest in session.contests.values():
        held = {row for one in session.state.of_contest(Reading, contest.id) for row in one.figures}
        held |= {one.row for one in session.state.of_contest(Pembetulan, contest.id)}
        if gone := sorted(held - contest.by_name.keys()):
            raise PlenoError(
                "Profil tidak cocok",
                f"{contest.profile.id}.toml tidak lagi mempunyai baris yang sudah ada angkanya: {', '.join(gone)}.",
                "Kembalikan profil yang dipakai semula.",
            )


def require_own_ids(session: Session) -> None:
    """Refuse an officer whose id is that of a saksi or of the Panwaslu: entries could not tell them apart."""
    for officer in session.config.officers:
        known = session.state.get(Kehadiran, officer.id)
        if known is not None and known.is_guest:
            raise PlenoError(
                "Id sudah dipakai",
                f'Id "{officer.id}" di pleno.toml sudah dipakai orang yang tercatat hadir.',
                "Beri petugas itu id lain di pleno.toml.",
            )


def require_ketua(session: Session) -> None:
    """Refuse a ketua without a PIN whom pleno.toml puts in the place of one who has it, once the meeting began.

    Whoever edits the file would act as the ketua, unasked.
    """
    before = [one.name for one in session.state.all(Person) if one.role is Role.KETUA and _has_pin(session, one)]
    if not before or session.practice or session.meeting.state is PlenoState.PERSIAPAN:
        return
    (ketua,) = (one for one in session.config.officers if one.role is Role.KETUA)
    if not _has_pin(session, ketua):
        raise PlenoError(
            "Ketua tanpa PIN",
            f"pleno.toml menyebut {ketua.name} ketua; ketua di jejak {before[0]}, yang punya PIN.",
            f"Kembalikan pleno.toml. Bila ketua berganti, penggantinya menyetel PIN dulu: `pleno pin {ketua.id}`.",
        )


def _has_pin(session: Session, person: Person) -> bool:
    return session.state.get(Pin, person.id) is not None
