"""The one connection to a workspace's database: its lock, its settings, its transactions.

Why these settings and not SQLite's own: TRUST.md section 3 (the default lost the last
acknowledged save in 40 of 93 power cuts).
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, CursorResult, Dialect, Executable, create_engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from pleno.domain.errors import Damaged, DiskFull, PlenoError, os_words
from pleno.store.occupant import in_use

LOCK_SECONDS: Final = 2.0
"""How long a second program waits for the first before it is refused."""

SAFE: Final[dict[str, str | int]] = {
    "synchronous": 3,  # EXTRA: the folder too is synced once the rollback journal is gone
    "foreign_keys": 1,
    "trusted_schema": 0,  # no function smuggled into a foreign schema runs
    "recursive_triggers": 1,  # a REPLACE is a DELETE, and DELETE is refused
    "cell_size_check": 1,
}
"""Settings that touch no file; each is read back."""

_COPY_ADVICE: Final = "Pakai salinan terbaru yang utuh (folder cadangan)."
_LOCKED: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_NOTHING_CHANGED: Final = {
    sqlite3.SQLITE_FULL: (
        "Disk penuh; tidak ada yang berubah.",
        "Kosongkan ruang disk, atau pemberatnya dengan `pleno dokter --kosongkan`, lalu ulangi.",
    ),
    sqlite3.SQLITE_IOERR: (
        "Disk tidak dapat ditulis atau dibaca; tidak ada yang berubah.",
        "Periksa disk atau kabelnya, buka ulang ruang kerja, lalu ulangi.",
    ),
    sqlite3.SQLITE_READONLY: (
        "Basis data atau foldernya hanya dapat dibaca; tidak ada yang berubah.",
        "Beri izin tulis pada folder itu, lalu ulangi.",
    ),
    sqlite3.SQLITE_TOOBIG: ("Isi satu entri terlalu besar; tidak ada yang berubah.", "Bagi berkasnya, lalu ulangi."),
}

_HELD: Final[dict[Path, sqlite3.Connection]] = {}
"""The databases this process holds. Opening and closing such a file a second time by any other
means would free its lock (POSIX drops all locks of a process with one close)."""


def held(path: Path) -> sqlite3.Connection | None:
    """The connection of this very process to the database, if it has one."""
    return _HELD.get(path.resolve())


class ReadOnlyMedium(PlenoError):
    """The database or its folder takes no writing; a copy of it can be read."""


class Database:
    """One locked connection. Reads and writes go through `rows` and `run`, which speak PlenoError."""

    def __init__(self, path: Path) -> None:
        """Take the lock of the file at `path` and settle its settings.

        Raises PlenoError when another program has it or it is no database, ReadOnlyMedium when it cannot be written.
        """
        self.path = path.resolve()
        if self.path in _HELD:
            raise in_use(self.path)
        require_no_wal(self.path)
        if not (os.access(self.path, os.W_OK) and os.access(self.path.parent, os.W_OK)):
            raise _read_only(self.path)
        try:
            self._driver = sqlite3.connect(self.path, timeout=LOCK_SECONDS, isolation_level=None)
        except sqlite3.Error as error:
            raise self._cannot_open(error) from error
        _HELD[self.path] = self._driver
        try:
            self._settle()
        except (sqlite3.Error, UnicodeDecodeError) as error:
            self._let_go()
            raise self._cannot_open(error) from error
        except BaseException:
            self._let_go()
            raise
        engine = create_engine("sqlite://", creator=lambda: self._driver, poolclass=StaticPool)
        # AUTOCOMMIT: SQLAlchemy sends no BEGIN of its own; `transaction` alone says where an act ends.
        self.connection: Connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        self._engine = engine

    def _settle(self) -> None:
        for name, value in SAFE.items():
            self._driver.execute(f"PRAGMA {name} = {value}")
        self._driver.execute("PRAGMA locking_mode = EXCLUSIVE")
        # In EXCLUSIVE mode the lock outlives this empty transaction: nobody else even reads.
        self._driver.execute("BEGIN EXCLUSIVE")
        self._driver.execute("COMMIT")
        self._driver.execute("PRAGMA journal_mode = TRUNCATE")
        self._require_writable()
        for name, value in {**SAFE, "locking_mode": "exclusive", "journal_mode": "truncate"}.items():
            found = self._driver.execute(f"PRAGMA {name}").fetchone()
            if found != (value,):
                raise PlenoError(
                    "Basis data tidak aman dipakai",
                    f"Setelan {name} SQLite {sqlite3.sqlite_version} tidak dapat dijadikan {value}.",
                    "Pindahkan ruang kerja ke disk laptop sendiri, atau pasang ulang pleno.",
                )

    def _require_writable(self) -> None:
        """Try a save and take it back: what Windows says of rights may be wrong, and a lock needs none to write."""
        self._driver.execute("BEGIN IMMEDIATE")
        try:
            self._driver.execute("PRAGMA user_version = 0")
        except sqlite3.Error as error:
            if result_code(error) in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
                raise _read_only(self.path) from error
            # A full disk takes no save either, and is told when somebody saves.
        finally:
            if self._driver.in_transaction:
                self._driver.execute("ROLLBACK")

    def _cannot_open(self, error: Exception) -> PlenoError:
        code = result_code(error)
        if code in _LOCKED:
            return in_use(self.path)
        if code == sqlite3.SQLITE_READONLY:
            return _read_only(self.path)
        if code == sqlite3.SQLITE_NOTADB:
            return Damaged("Bukan basis data pleno", f"{self.path.name} bukan berkas SQLite.", _COPY_ADVICE)
        if code == sqlite3.SQLITE_CORRUPT or isinstance(error, UnicodeDecodeError):
            return Damaged("Basis data rusak", f"{self.path.name} tidak utuh.", _COPY_ADVICE)
        why, advice = _NOTHING_CHANGED.get(code, (f"{error}.", "Periksa folder dan izinnya, lalu ulangi."))
        return PlenoError("Basis data tidak dapat dibuka", f"{self.path.name}: {why}", advice)

    @property
    def dialect(self) -> Dialect:
        return self._engine.dialect

    @property
    def driver(self) -> sqlite3.Connection:
        """The connection itself, for SQLite's own backup."""
        return self._driver

    def rows(self, statement: str | Executable, parameters: Sequence[Any] = ()) -> list[Any]:
        """All rows of a query, as tuples; compiled text takes positional parameters, a Core statement holds its own."""
        with self._spoken():
            return list(self._execute(statement, parameters).fetchall())

    def run(self, statement: str | Executable, parameters: Sequence[Any] = ()) -> None:
        """One writing statement, inside a transaction."""
        with self._spoken():
            self._execute(statement, parameters)

    def _execute(self, statement: str | Executable, parameters: Sequence[Any]) -> CursorResult[Any]:
        if isinstance(statement, str):
            return self.connection.exec_driver_sql(statement, tuple(parameters))
        return self.connection.execute(statement)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """One act: kept whole and durably when the block ends, undone whole when anything is raised in it."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            # SQLite has undone the act by itself after some errors, a full disk among them.
            if self._driver.in_transaction:
                with contextlib.suppress(PlenoError):
                    self.run("ROLLBACK")
            raise

    @contextlib.contextmanager
    def _spoken(self) -> Iterator[None]:
        """Turn what SQLite refuses into a sentence."""
        try:
            yield
        except DBAPIError as error:
            raise _not_saved(error.orig) from error
        except UnicodeDecodeError as error:
            # SQLite quotes a damaged schema in its message, and Python cannot read it.
            raise _not_saved(error) from error
        except SQLAlchemyError as error:
            raise PlenoError("TIDAK TERSIMPAN", "Basis data sudah ditutup.", "Buka ulang ruang kerja.") from error

    @property
    def closed(self) -> bool:
        """Whether the lock was given up."""
        return _HELD.get(self.path) is not self._driver

    def close(self) -> None:
        """Give the lock up."""
        with contextlib.suppress(SQLAlchemyError):
            self.connection.close()
        self._engine.dispose()
        self._let_go()

    def _let_go(self) -> None:
        _HELD.pop(self.path, None)
        with contextlib.suppress(sqlite3.Error):
            self._driver.close()


def require_no_wal(path: Path) -> None:
    """Nothing but the database is believed: SQLite takes any `-wal` file that lies beside one for its own, and would
    write that file's pages over it (measured: 200 kB of entries gone). pleno never leaves one.

    Raises PlenoError; nothing was changed.
    """
    beside = path.with_name(f"{path.name}-wal")
    with contextlib.suppress(OSError):
        if beside.stat().st_size:
            raise PlenoError(
                "Berkas asing di samping basis data",
                f"{beside.name} bukan dari pleno dan akan menimpa isi {path.name}; tidak ada yang dibuka.",
                f"Pindahkan {beside.name} ke folder lain; bila {path.name} terbuka di program lain, tutup itu dulu.",
            )


def _read_only(path: Path) -> ReadOnlyMedium:
    return ReadOnlyMedium(
        "Hanya dapat dibaca",
        f"{path.name} atau foldernya tidak dapat ditulis.",
        "Untuk mencatat, salin seluruh folder ruang kerja ke disk laptop dan buka dari sana.",
    )


def result_code(error: BaseException | None) -> int:
    """SQLite's primary result code of an error; 0 when it has none."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _not_saved(error: BaseException | None) -> PlenoError:
    code = result_code(error)
    if code in _NOTHING_CHANGED:
        kind = DiskFull if code == sqlite3.SQLITE_FULL else PlenoError
        return kind("TIDAK TERSIMPAN", *_NOTHING_CHANGED[code])
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or isinstance(error, UnicodeDecodeError):
        return Damaged("Basis data rusak", "Berkas basis data tidak utuh; tidak ada yang berubah.", _COPY_ADVICE)
    if code in _LOCKED:
        return PlenoError(
            "TIDAK TERSIMPAN", "Basis data sedang dipakai program lain.", "Tutup program itu, lalu ulangi."
        )
    if code == sqlite3.SQLITE_CONSTRAINT:
        message = f"Isi ditolak aturan basis data ({error}); tidak ada yang berubah."
        return PlenoError("TIDAK TERSIMPAN", message, "Periksa angka dan kodenya; laporkan bila isinya benar.")
    return PlenoError("TIDAK TERSIMPAN", f"{error}; tidak ada yang berubah.", "Ulangi; bila tetap, buka ulang.")


def new_file(path: Path) -> None:
    """An empty file that only its owner may read, where the system knows owners.

    Raises PlenoError when something is there already, or when the folder does not take it.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as error:
        raise PlenoError(
            "Basis data sudah ada", f"{path} sudah ada dan tidak ditimpa.", "Pilih folder lain untuk ruang kerja baru."
        ) from error
    except OSError as error:
        raise PlenoError(
            "Basis data tidak dapat dibuat",
            f"{path} tidak dapat ditulis ({os_words(error)}).",
            "Buat foldernya lebih dulu, atau pilih folder yang dapat ditulis.",
        ) from error
