"""Judge a database without trusting it: file, schema, chain, state, seals (TRUST.md sections 4 and 11).

Nothing secret is needed, the original is not touched, and no damage ends in anything but a sentence.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from pleno.domain import chain
from pleno.domain.clock import span
from pleno.domain.entry import Entry
from pleno.domain.errors import Damaged, NewerVersion
from pleno.domain.photo import Photo
from pleno.domain.state import Seal, Sheet
from pleno.store.differences import differences
from pleno.store.evidence import UNREADABLE, open_copy, private_copy, why
from pleno.store.journal import Head
from pleno.store.migration import upgrade
from pleno.store.replay import Faults, Replay
from pleno.store.schema import changed_objects, current

_SHOWN: Final = 20
"""Differences named one by one."""


class Check(NamedTuple):
    """One question and its answer."""

    name: str
    """berkas, skema, rantai, keadaan, jam or segel, as in the JSON `rincian`."""
    ok: bool
    message: str
    """Indonesian; what is wrong and where, or what was found whole."""


@dataclass(frozen=True)
class SealFact:
    """One seal of the journal, to be held against paper."""

    number: int
    seq: int
    """Number of its entry."""
    angka_saksi: str
    hash: bytes
    """Link of its entry, from which the words follow."""
    read_back: bool
    """Whether a PPK member typed the second word back from paper."""

    @cached_property
    def words(self) -> str:
        """The two words; about 0.1 s of work, so they are only made for seals that are shown."""
        return chain.seal_words(self.hash, self.seq, self.angka_saksi)


@dataclass(frozen=True)
class Inspection:
    """What a database says about itself."""

    checks: tuple[Check, ...]
    entries: int
    """Entries that are stored."""
    seals: tuple[SealFact, ...]
    """By number."""
    sheets: tuple[Sheet, ...]
    """Exported sets, by number."""
    photos: tuple[Photo, ...]
    """Files of data/foto that are tied to a TPS, by name."""
    signing: tuple[Entry, ...]
    """Entries about keys and signatures, oldest first."""
    after_seal: int
    """Entries after the last seal; all of them while there is none."""
    tail: int
    """Those among them that are not NEUTRAL."""
    genesis: str
    """Canonical text; empty when it cannot be read."""
    head: Head
    steps_back: int
    """How often the clock went back; a note, not damage."""

    @property
    def damaged(self) -> bool:
        return not all(check.ok for check in self.checks)


def inspect(path: Path) -> Inspection:
    """Judge the database at `path` by a private copy.

    Raises PlenoError when it cannot be judged: missing, unreadable, in use by another program, or
    (NewerVersion) written by a later pleno. Everything else is a finding.
    """
    with private_copy(path) as copy, closing(open_copy(copy)) as connection:
        # The first question rolls back what a hot journal holds; only then may a second connection read.
        _refuse_newer(connection)
        _bring_up(connection)
        with ThreadPoolExecutor(1) as beside:
            # SQLite checks the pages on the other core while the journal is replayed.
            file = beside.submit(_file_check, copy)
            return _judge(connection, file)


def _file_check(copy: Path) -> Check:
    with closing(open_copy(copy)) as connection:
        return _asked("berkas", "berkas SQLite utuh", _file_faults, connection)


def _judge(connection: sqlite3.Connection, file: Future[Check]) -> Inspection:
    schema = _asked("skema", "susunan basis data cocok", _schema_faults, connection)
    genesis = _genesis(connection)
    replay = Replay(chain.genesis_hash(genesis))
    replay.run(connection)
    if not genesis:
        replay.chain.add("catatan awal (genesis) tidak terbaca")
    whole = f"rantai 1..{replay.entries} tanpa celah" if replay.entries else "belum ada entri"
    seals = _seals(replay)
    checks = (
        file.result(),
        schema,
        _check("rantai", whole, replay.chain),
        _state_check(connection, replay),
        Check("jam", True, _clock(replay.steps_back)),
        _seal_check(seals),
    )
    return Inspection(
        checks, replay.entries, seals, tuple(replay.state.all(Sheet)), _photos(replay), tuple(replay.signing),
        replay.after_seal, replay.tail, genesis, Head(replay.seq, replay.hash), len(replay.steps_back),
    )  # fmt: skip


def _check(name: str, whole: str, faults: Faults) -> Check:
    return Check(name, not faults.count, str(faults) if faults.count else whole)


def _asked(name: str, whole: str, ask: Callable[[sqlite3.Connection], Faults], connection: sqlite3.Connection) -> Check:
    try:
        return _check(name, whole, ask(connection))
    except UNREADABLE as error:
        faults = Faults()
        faults.add(f"tidak dapat dibaca ({why(error)})")
        return _check(name, whole, faults)


def _file_faults(connection: sqlite3.Connection) -> Faults:
    faults = Faults()
    for (line,) in connection.execute("PRAGMA integrity_check(20)"):
        if line != "ok":
            faults.add(str(line).replace("\n", " "))
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        faults.add(f"tabel {table} baris {row} menunjuk {parent} yang tidak ada")
    return faults


def _schema_faults(connection: sqlite3.Connection) -> Faults:
    faults = Faults(_SHOWN)
    for changed in changed_objects(connection):
        faults.add(changed)
    ((version,),) = connection.execute("PRAGMA user_version")
    if version != current():
        faults.add(f"nomor skema {version}, seharusnya {current()}")
    return faults


def _refuse_newer(connection: sqlite3.Connection) -> None:
    try:
        ((version,),) = connection.execute("PRAGMA user_version")
    except UNREADABLE:
        return
    if version > current():
        raise NewerVersion(
            "Versi lebih baru",
            f"Basis data ditulis pleno yang lebih baru (skema {version}, di sini {current()}).",
            "Periksa dengan versi pleno yang terbaru.",
        )


def _bring_up(connection: sqlite3.Connection) -> None:
    """An older schema is judged as this version would open it, in the private copy; damage is found further on."""
    with contextlib.suppress(*UNREADABLE):
        ((version,),) = connection.execute("PRAGMA user_version")
        if 1 <= version < current():
            connection.execute("PRAGMA foreign_keys = OFF")
            with connection:
                connection.execute("BEGIN")
                upgrade(connection, version)


def _genesis(connection: sqlite3.Connection) -> str:
    """The text the chain starts from; empty when there is none that could be one."""
    try:
        for (text,) in connection.execute("SELECT value FROM meta WHERE name = 'genesis'"):
            text.encode()
            chain.parse_canonical(text)
            return str(text)
    except (*UNREADABLE, Damaged, AttributeError, UnicodeEncodeError, TypeError):
        return ""
    return ""


def _state_check(connection: sqlite3.Connection, replay: Replay) -> Check:
    if replay.apply.count:
        return Check("keadaan", False, f"jejak tidak dapat diulang: {replay.apply}")
    faults = Faults(_SHOWN)
    try:
        for difference in differences(connection, replay.state):
            faults.add(difference)
    except UNREADABLE as error:
        faults.add(f"tabel tidak terbaca ({why(error)})")
    return _check("keadaan", "tabel sama dengan ulangan jejak", faults)


def _clock(steps_back: list[tuple[int, int]]) -> str:
    if not steps_back:
        return "jam tidak pernah mundur"
    named = ", ".join(f"#{seq}, -{span(seconds)}" for seq, seconds in islice(steps_back, 5))
    return f"jam mundur: {len(steps_back)} kali ({named}{', …' if len(steps_back) > 5 else ''})"


def _seals(replay: Replay) -> tuple[SealFact, ...]:
    try:
        seals = list(replay.state.all(Seal))
    except TypeError:
        # Numbers of several types, which only a forged journal holds; the state check names them.
        return ()
    return tuple(
        SealFact(seal.number, seal.seq, str(seal.angka_saksi), replay.seal_hashes[seal.seq], seal.read_back is not None)
        for seal in seals
    )


def _photos(replay: Replay) -> tuple[Photo, ...]:
    """The tied photos; what a forged journal gives a wrong shape is left to the state check."""
    try:
        every = tuple(replay.state.all(Photo))
    except TypeError:
        return ()
    return tuple(one for one in every if isinstance(one.name, str) and isinstance(one.size, int))


def _seal_check(seals: tuple[SealFact, ...]) -> Check:
    if not seals:
        return Check("segel", True, "belum ada segel")
    numbers = [seal.number for seal in seals]
    if numbers != list(range(1, len(seals) + 1)) or sorted(seal.seq for seal in seals) != [seal.seq for seal in seals]:
        return Check("segel", False, f"nomor segel tidak berurutan: {', '.join(map(str, numbers[:_SHOWN]))}")
    last = seals[-1]
    unread = sum(not seal.read_back for seal in seals)
    rest = f", {unread} belum dibaca ulang" if unread else ""
    return Check("segel", True, f"{len(seals)} segel{rest}; terakhir segel {last.number:02} (#{last.seq})")
