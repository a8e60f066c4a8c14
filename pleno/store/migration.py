"""A database of an older schema becomes one of this version: after a verified copy, whole or not at all (B24, S03).

The journal is never rewritten: steps change the tables that a replay makes, and what lies beside them.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path

from pleno.domain import chain
from pleno.domain.entry import Entry, Kind
from pleno.domain.errors import Damaged, PlenoError, os_words
from pleno.store import schema
from pleno.store.database import Database, new_file
from pleno.store.differences import differences
from pleno.store.evidence import UNREADABLE, why
from pleno.store.journal import Journal
from pleno.store.replay import Replay

Told = Callable[[int, int, str], Entry]
"""Makes the entry `schema.migrated` of the old number, the new one, and the name of the copy."""

_REFUSED = "Basis data belum dimutakhirkan"


def upgrade(connection: sqlite3.Connection, version: int) -> None:
    """Run the steps from a schema to this version's, inside a transaction whose foreign keys are not enforced.

    sqlite3.Error where one cannot be done.
    """
    for step in schema.STEPS[version - 1 :]:
        step(connection)
    connection.execute(f"PRAGMA user_version = {schema.current()}")


def migrate(database: Database, genesis: str, version: int, told: Told) -> None:
    """Bring a locked database to this version's schema.

    Raises PlenoError, and nothing has changed, while a meeting is open, when no whole copy can be made beside it, or
    when what comes out is not what the journal makes.
    """
    driver = database.driver
    _require_no_open_meeting(database, genesis)
    with _spoken(database.path, ""):
        copy = _verified_copy(driver, database.path, version)
    journal = Journal(database, chain.genesis_hash(genesis))
    with _spoken(database.path, copy.name):
        driver.execute("PRAGMA foreign_keys = OFF")  # has no effect inside a transaction
        try:
            with database.transaction():
                upgrade(driver, version)
                journal.add(journal.head(), told(version, schema.current(), copy.name))
                if faults := list(_faults(driver, genesis)):
                    raise Damaged(_REFUSED, f"Hasilnya tidak cocok dengan jejak: {'; '.join(faults[:3])}.")
        finally:
            driver.execute("PRAGMA foreign_keys = ON")


def _require_no_open_meeting(database: Database, genesis: str) -> None:
    """A meeting that began with one version of the program ends with it; practice is always open, and no meeting."""
    if chain.parse_canonical(genesis).get("mode") == "latihan":
        return
    turns = (Kind.MEETING_OPENED, Kind.MEETING_SUSPENDED, Kind.MEETING_RESUMED, Kind.MEETING_CLOSED)
    last = Journal(database, b"").last_of(turns)
    if last is not None and last.kind in (Kind.MEETING_OPENED, Kind.MEETING_RESUMED):
        raise PlenoError(
            _REFUSED,
            f"Rapat pleno dibuka dengan pleno {last.stamp.app}; susunan basis data tidak diubah di tengah rapat.",
            f"Lanjutkan dengan pleno {last.stamp.app}; skors atau tutup rapat di sana, lalu buka dengan versi ini.",
        )


def _verified_copy(driver: sqlite3.Connection, path: Path, version: int) -> Path:
    ((seq,),) = driver.execute("SELECT coalesce(max(seq), 0) FROM journal")
    copy = path.with_name(f"{path.stem}-skema{version}-entri{seq}.db")
    fresh = path.with_name(f".{copy.name}.sementara")
    fresh.unlink(missing_ok=True)
    try:
        new_file(fresh)
        written = sqlite3.connect(fresh)
        try:
            driver.backup(written)
            if not _same(driver, written):
                raise PlenoError(_REFUSED, "Salinannya terbaca lain dari aslinya.", "Periksa disknya, lalu ulangi.")
        finally:
            written.close()
        with fresh.open("rb+") as file:
            os.fsync(file.fileno())
        fresh.replace(copy)
    finally:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
    return copy


def _same(left: sqlite3.Connection, right: sqlite3.Connection) -> bool:
    """Whether two databases hold the same, table by table, and the second is whole."""
    if right.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
        return False
    if schema.objects_of(left) != schema.objects_of(right):
        return False
    tables = [name for kind, name in schema.objects_of(left) if kind == "table" and not name.startswith("sqlite_")]
    return all(
        one == other
        for name in tables
        for one, other in zip_longest(*(each.execute(f'SELECT * FROM "{name}"') for each in (left, right)))
    )


def _faults(driver: sqlite3.Connection, genesis: str) -> Iterator[str]:
    yield from (f"tabel {table} baris {row}" for table, row, *_ in driver.execute("PRAGMA foreign_key_check"))
    yield from schema.changed_objects(driver)
    replay = Replay(chain.genesis_hash(genesis))
    replay.run(driver)
    if replay.chain.count or replay.apply.count:
        yield f"{replay.chain}{replay.apply}"
    yield from differences(driver, replay.state)


@contextlib.contextmanager
def _spoken(path: Path, copy: str) -> Iterator[None]:
    """Turn what the disk or a step refuses into a sentence."""
    kept = f" Salinan sebelumnya: {copy}." if copy else ""
    try:
        yield
    except OSError as error:
        raise PlenoError(
            _REFUSED, f"{path.parent} tidak dapat ditulis ({os_words(error)}); tidak ada yang berubah.",
            f"Periksa ruang disk dan izinnya, lalu buka lagi.{kept}",
        ) from error  # fmt: skip
    except UNREADABLE as error:
        raise PlenoError(
            _REFUSED, f"{path.name} tidak dapat dimutakhirkan ({why(error)}); tidak ada yang berubah.",
            f"Kosongkan ruang disk bila penuh, lalu buka lagi; atau pakai versi pleno yang lama.{kept}",
        ) from error  # fmt: skip
