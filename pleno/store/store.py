"""A workspace's database, open: its state, its journal, and the one way to add to both."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Final

from sqlalchemy import insert, select

from pleno.domain import chain
from pleno.domain.apply import apply
from pleno.domain.draft import Draft, KeptText
from pleno.domain.entry import Entry, Kind
from pleno.domain.errors import Damaged, NewerVersion, PlenoError, os_words
from pleno.domain.pin import PinSecret
from pleno.store.database import Database, ReadOnlyMedium, new_file
from pleno.store.evidence import UNREADABLE, private_copy, why
from pleno.store.journal import Head, Journal
from pleno.store.migration import Told, migrate
from pleno.store.occupant import Occupant, leave_note, remove_note
from pleno.store.schema import changed_objects, create_tables, current, rollback_journal
from pleno.store.state import SqlState
from pleno.store.tables import META

_JUDGE_IT: Final = "Jalankan `pleno verifikasi`, lalu pakai salinan terbaru yang utuh."
_OTHER_PLACE: Final = "Periksa ruang dan izin tulis di sana, atau pilih folder lain."


class Store:
    """The one program that has the workspace's database."""

    genesis: str
    """Canonical text of what the database is for; its hash is where the chain starts."""
    state: SqlState
    """The records as they stand; only `append` changes them."""
    hot_journal: bool
    """Whether the last program died in the middle of a save, which opening has undone."""
    read_only: str
    """Why nothing may be written, an Indonesian sentence; empty where all is well."""
    read_only_advice: str
    """What to do then."""

    def __init__(
        self,
        database: Database,
        genesis: str,
        hot_journal: bool,
        read_only: tuple[str, str] = ("", ""),
        copy: contextlib.ExitStack | None = None,
    ) -> None:
        """`copy`: what to take away after closing, where `database` is a copy of one that takes no writing."""
        self._database = database
        self._copy = copy or contextlib.ExitStack()
        self._journal = Journal(database, chain.genesis_hash(genesis))
        self.genesis = genesis
        self.state = SqlState(database)
        self.hot_journal = hot_journal
        self.read_only, self.read_only_advice = read_only
        self.around: Callable[[], AbstractContextManager[None]] = contextlib.nullcontext
        """Makes what each write happens in: whoever waits for the disk is told there."""

    @classmethod
    def create(cls, path: Path, genesis: str, who: Occupant) -> Store:
        """A new database at `path` with its schema and genesis, in one transaction.

        Raises PlenoError when the file exists or the folder does not; ValueError for a genesis that is
        not canonical text.
        """
        if chain.canonical(chain.parse_canonical(genesis)) != genesis:
            raise ValueError("genesis is not canonical JSON")
        new_file(path)
        try:
            database = Database(path)
            try:
                with database.transaction():
                    create_tables(database.connection)
                    database.run(insert(META).values(name="genesis", value=genesis))
            except BaseException:
                database.close()
                raise
        except BaseException:
            for left in (path, rollback_journal(path)):
                with contextlib.suppress(OSError):
                    left.unlink(missing_ok=True)
            raise
        leave_note(database.path, who)
        return cls(database, genesis, hot_journal=False)

    @classmethod
    def open(cls, path: Path, who: Occupant, told: Told | None = None) -> Store:
        """The database at `path`, locked for this program alone; of an older schema it is brought to this one's first.

        `told` makes the entry that says so; without it an older schema is refused.

        Raises PlenoError when another program has it or it is no database of pleno, NewerVersion when
        a later pleno wrote it. A changed schema opens `read_only`, and so does a file or folder that takes no
        writing: what is shown then is a private copy.
        """
        _require_file(path)
        hot_journal = _has_content(rollback_journal(path))
        read_only = ("", "")
        with contextlib.ExitStack() as opening:
            try:
                database = Database(path)
            except ReadOnlyMedium as medium:
                database = Database(opening.enter_context(private_copy(path)))
                read_only = medium.message, medium.advice
            opening.callback(database.close)
            version = _known_version(database)
            genesis = _genesis(database)
            if version < current():
                _migrate(database, genesis, version, None if read_only[0] else told)
            if foreign := _changed(database):
                read_only = f"Susunan basis data berubah: {', '.join(foreign)}.", _JUDGE_IT
            copy = opening.pop_all()
        leave_note(database.path, who)
        return cls(database, genesis, hot_journal, read_only, copy)

    def append(self, *entries: Entry, done: Draft | None = None, secret: PinSecret | None = None) -> tuple[Entry, ...]:
        """Write entries and what they change, all of it or nothing; durable when this returns.

        `done`: the draft these entries make an end of; it is gone with them. `secret`: that of the PIN
        they set, of which they hold the digest. Returns the entries
        with their numbers. Raises Damaged when one does not continue from the
        state, PlenoError when it cannot be saved; nothing is changed then.
        """
        self.require_writable()
        appended = []
        with self.around(), self._database.transaction():
            head = self._journal.head()
            for entry in entries:
                # What is applied is what was stored, so a replay cannot come out differently.
                head, numbered = self._journal.add(head, entry)
                apply(self.state, numbered)
                appended.append(numbered)
            if done is not None:
                self.state.drop(done)
            if secret is not None:
                self.state.put(secret)
        return tuple(appended)

    def keep_draft(self, draft: Draft | KeptText) -> None:
        """Keep what is being typed, beside the journal; durable when this returns. PlenoError as `append`."""
        self.require_writable()
        with self.around(), self._database.transaction():
            self.state.put(draft)

    def drop_draft(self, draft: Draft | KeptText) -> None:
        """Forget what was being typed. PlenoError as `append`."""
        self.require_writable()
        with self.around(), self._database.transaction():
            self.state.drop(draft)

    def require_writable(self) -> None:
        """PlenoError where nothing may be written."""
        if self.read_only:
            raise PlenoError("TIDAK TERSIMPAN", self.read_only, self.read_only_advice)

    def entries(self, first: int = 1, last: int | None = None) -> Iterator[Entry]:
        """Entries `first` to `last` (default: to the end) in order, streamed."""
        return self._journal.entries(first, last)

    def texts(self, first: int, last: int) -> Iterator[tuple[int, bytes, str]]:
        """Number, link and canonical text of entries `first` to `last` in order, streamed and not decoded."""
        return self._journal.texts(first, last)

    def newest_first(self, before: int, first: int = 1) -> Iterator[Entry]:
        """The entries below `before` down to `first`, streamed; the first few cost little."""
        return self._journal.newest_first(before, first)

    def last_of(self, *kinds: Kind) -> Entry | None:
        """The newest entry of these kinds; None when there is none."""
        return self._journal.last_of(kinds)

    def count_but(self, first: int, *kinds: Kind) -> int:
        """How many entries from `first` on are of none of these kinds."""
        return self._journal.count_but(first, kinds)

    def entries_of(self, *kinds: Kind) -> list[Entry]:
        """Every entry of these kinds, oldest first; for kinds of which there are few."""
        return self._journal.entries_of(kinds)

    def head(self) -> Head:
        """The end of the chain."""
        return self._journal.head()

    def link(self, seq: int) -> bytes | None:
        """The link of one entry; None where there is no such entry."""
        return self._journal.link(seq)

    def back_up(self, target: Path) -> None:
        """Write a whole copy of the database to `target`, durably.

        PlenoError when something is there already or the medium refuses; a piece of a file may be left then.
        """
        try:
            new_file(target)
        except PlenoError as error:
            raise PlenoError("Salinan gagal", error.message, _OTHER_PLACE) from error
        try:
            copy = sqlite3.connect(target)
            try:
                self._database.driver.backup(copy)
            finally:
                copy.close()
            with target.open("rb+") as file:
                os.fsync(file.fileno())
        except (sqlite3.Error, OSError) as error:
            said = os_words(error) if isinstance(error, OSError) else why(error)
            raise PlenoError("Salinan gagal", f"{target.parent} tidak dapat ditulis ({said}).", _OTHER_PLACE) from error

    def close(self) -> None:
        """Take the note away, then give up the lock. May be called twice."""
        if not self._database.closed:
            remove_note(self._database.path)
            self._database.close()
            self._copy.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _require_file(path: Path) -> None:
    if path.is_dir():
        advice = "Sebut berkas pleno.db di dalamnya, atau pakai salinan terbaru yang utuh (folder cadangan)."
        raise PlenoError("Bukan basis data pleno", f"{path} adalah folder.", advice)
    try:
        size = path.stat().st_size
    except OSError as error:
        raise PlenoError(
            "Basis data tidak ditemukan", f"{path} tidak ada.", "Periksa folder, atau jalankan `pleno siapkan`."
        ) from error
    if size == 0:
        raise Damaged(
            "Bukan basis data pleno", f"{path} kosong (0 byte).", "Pakai salinan terbaru yang utuh (folder cadangan)."
        )


def _has_content(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def _known_version(database: Database) -> int:
    ((version,),) = database.rows("PRAGMA user_version")
    if version > current():
        raise NewerVersion(
            "Versi lebih baru",
            f"{database.path.name} ditulis pleno yang lebih baru (skema {version}, di sini {current()}).",
            "Pasang versi pleno yang terbaru.",
        )
    if version < 1:
        raise Damaged("Bukan basis data pleno", f"{database.path.name} tidak dibuat oleh pleno.", "Periksa foldernya.")
    return int(version)


def _migrate(database: Database, genesis: str, version: int, told: Told | None) -> None:
    if told is None:
        raise PlenoError(
            "Basis data belum dimutakhirkan",
            f"{database.path.name} ditulis pleno yang lebih lama (skema {version}, di sini {current()}) dan di sini "
            "hanya dapat dibaca.",
            "Salin seluruh folder ruang kerja ke disk laptop dan buka dari sana.",
        )
    migrate(database, genesis, version, told)


def _changed(database: Database) -> list[str]:
    try:
        return changed_objects(database.driver)
    except UNREADABLE as error:
        raise Damaged(
            "Basis data rusak", f"Susunannya tidak terbaca ({why(error)}).", "Pakai salinan terbaru yang utuh."
        ) from error


def _genesis(database: Database) -> str:
    try:
        for (value,) in database.rows(select(META.c.value).where(META.c.name == "genesis")):
            return str(value)
    except Damaged:
        raise
    except PlenoError as error:
        raise Damaged("Bukan basis data pleno", f"Tabel meta tidak dapat dibaca ({error.message}).") from error
    raise Damaged("Basis data rusak", "Catatan awal (genesis) tidak ada.", "Jalankan `pleno verifikasi`.")
