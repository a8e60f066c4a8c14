"""A private copy of a database to judge: the original is neither changed nor trusted.

The rollback journal belongs to it: a copy without it may hold half a transaction, and only the
copy may be written when SQLite rolls that back (TRUST.md section 3).
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pleno.domain.errors import PlenoError, os_words
from pleno.store.database import SAFE, held, require_no_wal, result_code
from pleno.store.occupant import in_use

UNREADABLE: Final = (sqlite3.Error, UnicodeDecodeError)
"""What any question to a damaged file may raise; the second when SQLite quotes the damage in its message."""

_SQLITE_SAYS: Final = {
    "file is not a database": "bukan berkas SQLite",
    "database disk image is malformed": "halamannya rusak",
    "no such table": "tabel tidak ada",
    "no such column": "kolom tidak ada",
    "interrupted": "terlalu lama dibaca",
    "disk I/O error": "disk tidak dapat dibaca",
    "string or blob too big": "isinya terlalu besar",
}
"""What SQLite says of the damage met most, in Indonesian."""

_LARGEST: Final = 2_000_000_000
"""Bytes of a database that is copied to be judged; a whole day at the table writes about 10 MB."""
_LONGEST_VALUE: Final = 256 * 2**20
"""Bytes of one value. An import of 8,000 papers of 250 rows is about 80 MB."""
_STEPS_AT_LEAST: Final = 20_000_000
_STEPS_PER_BYTE: Final = 50
_STEPS_AT_ONCE: Final = 100_000


@contextlib.contextmanager
def private_copy(path: Path) -> Iterator[Path]:
    """A copy of the database at `path` with its rollback journal, gone when the block ends.

    Raises PlenoError when the file is missing, unreadable, too large, or in use by another program.
    """
    _require_readable(path)
    require_no_wal(path)
    with tempfile.TemporaryDirectory(prefix="pleno-periksa-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "periksa.db"
        own = held(path)
        if own is not None:
            _back_up(own, copy)
        else:
            with _shared(path):
                _copy_files(path, copy)
        yield copy


def open_copy(copy: Path) -> sqlite3.Connection:
    """A connection to a private copy, on which nothing foreign can run long or grow large."""
    connection = sqlite3.connect(copy, isolation_level=None)
    # Damaged text must not stop the reading; a lone surrogate then shows which one it is.
    connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    left = (_STEPS_AT_LEAST + _STEPS_PER_BYTE * copy.stat().st_size) // _STEPS_AT_ONCE

    def spent() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    connection.set_progress_handler(spent, _STEPS_AT_ONCE)
    for name, value in SAFE.items():
        # Some settings read the schema first; the questions that follow say what is wrong with it.
        with contextlib.suppress(*UNREADABLE):
            connection.execute(f"PRAGMA {name} = {value}")
    return connection


def why(error: Exception) -> str:
    """One of UNREADABLE in words."""
    if isinstance(error, UnicodeDecodeError):
        return "isi rusak"
    said = str(error)
    for english, words in _SQLITE_SAYS.items():
        if english in said:
            return said.replace(english, words)
    return f"SQLite: {said}"


def _require_readable(path: Path) -> None:
    if path.is_dir():
        raise PlenoError("Tidak dapat diperiksa", f"{path} adalah folder.", "Sebut berkas pleno.db di dalamnya.")
    if not path.is_file():
        raise PlenoError("Tidak dapat diperiksa", f"{path} tidak ada atau bukan berkas biasa.", "Periksa letaknya.")
    journal = path.with_name(f"{path.name}-journal")
    for one in (path, *([journal] if journal.is_file() else [])):
        if one.stat().st_size > _LARGEST:
            raise PlenoError(
                "Tidak dapat diperiksa",
                f"{one} lebih besar dari {_LARGEST // 1_000_000_000} GB, jadi bukan dari pleno.",
                "Pakai salinan terbaru dari folder cadangan.",
            )


def _back_up(connection: sqlite3.Connection, copy: Path) -> None:
    # This process holds the lock: reading the file by any other way would free it.
    target = sqlite3.connect(copy)
    try:
        # A database too damaged for SQLite's own backup is judged by what was copied of it.
        with contextlib.suppress(sqlite3.Error):
            connection.backup(target)
    finally:
        target.close()


@contextlib.contextmanager
def _shared(path: Path) -> Iterator[None]:
    """Keep writers away while the files are copied; in use by another program, refuse."""
    reader = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=0.5)
    try:
        reader.execute("BEGIN")
        try:
            reader.execute("PRAGMA schema_version").fetchone()
        except UNREADABLE as error:
            if result_code(error) == sqlite3.SQLITE_BUSY:
                raise in_use(path) from error
            # No database, or one that waits for its rollback: nobody holds it, the copy tells more.
        yield
    finally:
        reader.close()


def _copy_files(path: Path, copy: Path) -> None:
    try:
        shutil.copyfile(path, copy)
        journal = path.with_name(f"{path.name}-journal")
        if journal.is_file():
            shutil.copyfile(journal, copy.with_name(f"{copy.name}-journal"))
    except OSError as error:
        raise PlenoError(
            "Tidak dapat diperiksa",
            f"{path} tidak dapat dibaca ({os_words(error)}).",
            "Periksa izin berkas dan ruang disk, lalu ulangi.",
        ) from error
