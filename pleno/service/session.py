"""An open workspace: its file, its contests, its store, and who acts when.

Every module of the service works on a Session; nothing else opens a store.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import pleno
from pleno.domain.apply import meeting_of
from pleno.domain.chain import Json, parse_canonical
from pleno.domain.contest import Choice, Contest, check_choices
from pleno.domain.draft import Draft
from pleno.domain.entry import Actor, Entry, Kind, Role, Stamp
from pleno.domain.errors import PlenoError
from pleno.domain.pin import PinSecret
from pleno.domain.regional import RegionalWords
from pleno.domain.sentences import ROLE_WORDS, Names
from pleno.domain.state import ContestChoice, Desa, Meeting, Person, PlenoState, State, Tps
from pleno.domain.words import ZONES
from pleno.importers.profile import load_profile
from pleno.importers.regional import regional
from pleno.importers.workspace import Config as Config  # the screens name its type through here
from pleno.importers.workspace import Mode, load_config
from pleno.service import continuity, machine
from pleno.service.clock import Clock as Clock  # part of what a session is opened with
from pleno.service.clock import watch
from pleno.service.laptop import Known
from pleno.service.opening import migrated, opening, require_ketua, require_own_ids, require_same_rows
from pleno.service.people import NAMING, people_before, people_now
from pleno.service.setting_rules import in_force
from pleno.store import Occupant, Store


class Session:
    """One opening of a workspace by one program."""

    def __init__(
        self, folder: Path, config: Config, store: Store, clock: Clock, opened: datetime | None = None
    ) -> None:
        """`opened`: the moment it begins; now where None."""
        self.folder = folder
        self.proposed = config
        """What pleno.toml says."""
        self.config = in_force(config, store.state)
        """What counts: entries over pleno.toml."""
        self.store = store
        self._clock = clock
        self.name = secrets.token_hex(3)
        """In the stamp of each of its entries."""
        self._opener: Actor | None = None
        """Who did the first act that was written."""
        self._remembers = False
        """Whether this laptop keeps in mind how far the journal went; not of a copy that is being prepared."""
        self.behind: Known | None = None
        """How far this laptop saw the journal go, where this database does not hold that entry."""
        self.watch = watch(clock, store, self.stamp(opened))
        """What this session knows of the laptop's clock."""

    @classmethod
    def open(cls, folder: Path, clock: Clock | None = None) -> Self:
        """Open the workspace in `folder` and keep every other program out of it.

        Raises PlenoError when it is in use, is not what pleno.toml says, or cannot be read.
        """
        config = load_config(folder)
        clock = clock or Clock()
        path = database_path(folder, config)
        if not path.exists():
            raise PlenoError(
                "Ruang kerja belum lengkap",
                f"Tidak ada basis data {path.name} di {path.parent}.",
                "Pulihkan dari cadangan, atau buat ruang kerja baru dengan `pleno siapkan`.",
            )
        opened = clock.now()
        store = Store.open(path, _occupant(config, opened), migrated(config, clock))
        session = cls(folder, config, store, clock, opened)
        try:
            session._check_genesis()
            require_same_rows(session)
            require_own_ids(session)
            require_ketua(session)
        except PlenoError:
            session.store.close()
            raise
        if config.mode is Mode.RESMI and not store.read_only:
            store.read_only, store.read_only_advice = machine.refused(path.parent)
        session.behind = continuity.left_behind(session.store)
        if session.behind is not None and not session.store.read_only:
            session.store.read_only, session.store.read_only_advice = continuity.told_behind(session, session.behind)
        session._remembers = True
        return session

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Leave the workspace tidily.

        What was done is saved by now: if the closing entry cannot be, the next session notes it as a recovery.
        """
        try:
            if self._opener is not None:
                self.store.append(self.entry(Kind.APP_CLOSE, self._opener))
        except PlenoError:
            pass
        finally:
            self.store.close()

    # --- what it is ------------------------------------------------------------------------

    @property
    def state(self) -> State:
        return self.store.state

    @cached_property
    def contests(self) -> Mapping[str, Contest]:
        """Every contest of this workspace by profile id, in reading order."""
        choices: dict[str, list[Choice]] = {}
        for item in self.state.all(ContestChoice):
            choice = Choice(item.number, item.name, item.sirekap_id, item.is_kolom_kosong, item.partai)
            choices.setdefault(item.contest, []).append(choice)
        return {name: self._contest(name, tuple(choices.get(name, ()))) for name in self.config.kontes}

    def _contest(self, name: str, choices: tuple[Choice, ...]) -> Contest:
        profile = self.words.profile(load_profile(name, self.folder))
        profile = replace(profile, thresholds=self.config.ambang.over(profile.thresholds))
        return Contest(profile, check_choices(profile, choices), frozenset(self.config.tanpa))

    def contest(self, name: str | None) -> Contest:
        """The contest a person names; it may be left out where there is one."""
        if name is None and len(self.contests) == 1:
            return next(iter(self.contests.values()))
        if name is None or name not in self.contests:
            said = (
                "Ruang kerja ini mempunyai beberapa kontes." if name is None else f'Kontes "{name}" tidak ada di sini.'
            )
            raise PlenoError(
                "Kontes belum jelas", said, f"Pakai --kontes dengan salah satu: {', '.join(self.contests)}."
            )
        return self.contests[name]

    @cached_property
    def words(self) -> RegionalWords:
        """What this region calls kecamatan, PPK, KPU and the like."""
        return regional(self.config.kode)

    @cached_property
    def roster(self) -> Mapping[str, Tps]:
        """Every TPS by code, desa by desa in reading order."""
        return {tps.code: tps for tps in self.state.all(Tps)}

    @cached_property
    def desa(self) -> Mapping[str, Desa]:
        return {desa.code: desa for desa in self.state.all(Desa)}

    @property
    def meeting(self) -> Meeting:
        return meeting_of(self.state)

    @property
    def practice(self) -> bool:
        return self.meeting.practice

    def tps(self, text: str) -> Tps:
        """The TPS a person names: 13 digits, or `desa/nomor` (the last / divides)."""
        if text in self.roster:
            return self.roster[text]
        desa, slash, number = text.rpartition("/")
        wanted = desa.strip().upper()
        found = [
            tps
            for tps in self.roster.values()
            if slash
            and number.strip().isascii()
            and number.strip().isdigit()
            and str(tps.number) == number.strip().lstrip("0")
            and wanted in (tps.desa, self.desa[tps.desa].name.upper())
        ]
        if len(found) > 1:
            codes = " atau ".join(tps.code for tps in found)
            raise PlenoError("TPS belum jelas", f'"{text}" ada di lebih dari satu desa.', f"Pakai kodenya: {codes}.")
        if not found:
            raise PlenoError(
                "TPS tidak ditemukan",
                f'"{text}" tidak ada di daftar TPS kecamatan ini.',
                f"Pakai kode 13 angka, atau nama desa/nomor, misalnya {self._example_tps()}.",
            )
        return found[0]

    def _example_tps(self) -> str:
        tps = next(iter(self.roster.values()))
        return f'"{self.desa[tps.desa].name}/{tps.number}"'

    def names(self, past: bool = False) -> Names:
        """How codes are called in sentences; `past` also tells how people were called when old entries were made."""
        tps = {tps.code: self.tps_name(tps) for tps in self.roster.values()}
        before = people_before(self.store.entries_of(*NAMING)) if past else {}
        return Names(self.contests, tps, people_now(self.state), before)

    def tps_name(self, tps: Tps) -> str:
        return f"TPS {tps.number:03} {self.desa[tps.desa].name}"

    # --- who acts, and when ----------------------------------------------------------------

    def actor(self, person: str | None, *roles: Role) -> Actor:
        """The officer who acts; left out, the only operator of pleno.toml.

        Raises PlenoError for somebody unknown, or whose role is none of `roles`.
        """
        officers = {officer.id: officer for officer in self.config.officers}
        able = [officer for officer in officers.values() if not roles or officer.role in roles]
        if person is None:
            operators = [officer for officer in officers.values() if officer.role is Role.OPERATOR]
            if len(operators) != 1 or roles:
                raise PlenoError("Pelaku belum disebut", "Perintah ini perlu tahu siapa pelakunya.", _who_is(able))
            person = operators[0].id
        if person not in officers:
            raise PlenoError("Petugas tidak dikenal", f'"{person}" tidak ada di pleno.toml.', _who_is(able))
        officer = officers[person]
        if roles and officer.role not in roles:
            raise PlenoError(
                "Bukan wewenangnya",
                f"{officer.name} tercatat sebagai {ROLE_WORDS[officer.role]}, sedangkan tindakan ini untuk "
                f"{' atau '.join(ROLE_WORDS[role] for role in roles)}.",
                _who_is(able),
            )
        return Actor(officer.id, officer.role)

    def require(self, *states: PlenoState) -> None:
        """Refuse an act that the meeting's state does not allow (TERMS.md, "What may be done when")."""
        now = self.meeting.state
        if now not in states:
            raise PlenoError(
                "Belum waktunya",
                f"Rapat pleno berstatus {now}; tindakan ini hanya saat {' atau '.join(states)}.",
                _HOW_TO_LEAVE[now],
            )

    def entry(self, kind: Kind, actor: Actor, **what: Json) -> Entry:
        """A new entry of this session, stamped now."""
        return Entry(kind, actor, self.stamp(), **what)

    def stamp(self, moment: datetime | None = None) -> Stamp:
        """The stamp of an entry made at a moment; now where None."""
        now = (moment or self._clock.now()).astimezone(ZONES[self.config.zona])
        return Stamp(
            now.isoformat(timespec="milliseconds"), self._clock.mono(), self._clock.boot(), self.name,
            pleno.__version__,
        )  # fmt: skip

    def now(self) -> datetime:
        return self._clock.now().astimezone(ZONES[self.config.zona])

    def commit(self, *entries: Entry, done: Draft | None = None, secret: PinSecret | None = None) -> tuple[Entry, ...]:
        """Write entries durably, all or none; returns them numbered. `done`, `secret`: as in Store.append."""
        if self._opener is None:
            self.watch.follow(*self.store.append(*opening(self, entries[0])))
            self._opener = entries[0].actor
        elif (jump := self.watch.jump(entries[0].stamp)) is not None:
            first = entries[0]
            self.watch.follow(*self.store.append(Entry(Kind.CLOCK_JUMP, first.actor, first.stamp, data=jump.data())))
        written = self.store.append(*entries, done=done, secret=secret)
        self.watch.follow(*written)
        if self._remembers:
            continuity.remember(self)
        return written

    def _check_genesis(self) -> None:
        """The database must be the one pleno.toml speaks of (TRUST.md T02, matrix 16)."""
        genesis = parse_canonical(self.store.genesis)
        for name, meant, found in continuity.not_meant(self.config, genesis):
            raise PlenoError(
                "Basis data tidak sesuai",
                f"pleno.toml menyebut {name} {meant}, sedangkan basis data dibuat untuk {found}.",
                "Kembalikan pleno.toml yang benar, atau basis data yang benar; jangan lanjutkan.",
            )


_HOW_TO_LEAVE: Final = {
    PlenoState.PERSIAPAN: "Ketua membuka rapat dengan `pleno buka`.",
    PlenoState.DIBUKA: "",
    PlenoState.DISKORS: "Lanjutkan rapat dengan `pleno lanjut`.",
    PlenoState.DITUTUP: "Rapat sudah ditutup; ketua dapat membukanya kembali dengan `pleno buka --alasan`.",
}


def database_path(folder: Path, config: Config) -> Path:
    """Where the database of a workspace lies."""
    return (folder / config.database).resolve()


def _occupant(config: Config, opened: datetime) -> Occupant:
    return Occupant(config.officers[0].name, os.getpid(), opened.isoformat(timespec="seconds"))


def _who_is(officers: Iterable[Person]) -> str:
    listed = ", ".join(f"{officer.id} ({officer.name})" for officer in officers)
    return f"Pakai --oleh dengan salah satu: {listed}."
