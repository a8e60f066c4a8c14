"""How long a save takes on a disk, measured with a database of its own."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from pathlib import Path
from typing import Final

from pleno.store.database import SAFE

OLDEST_SQLITE: Final = (3, 37, 0)
"""STRICT tables need it."""


def sqlite_version() -> tuple[int, ...]:
    """The SQLite this Python brings."""
    return sqlite3.sqlite_version_info


def save_times(folder: Path, saves: int) -> list[float]:
    """Seconds of each of `saves` commits in a scratch database in `folder`, with the settings of a real one, sorted.

    OSError or sqlite3.Error where the folder takes none.
    """
    with tempfile.TemporaryDirectory(prefix=".pleno-ukur-", dir=folder, ignore_cleanup_errors=True) as scratch:
        connection = sqlite3.connect(Path(scratch) / "ukur.db", isolation_level=None)
        try:
            for name, value in SAFE.items():
                connection.execute(f"PRAGMA {name} = {value}")
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("PRAGMA journal_mode = TRUNCATE")
            connection.execute("CREATE TABLE saved (body TEXT) STRICT")
            return sorted(_save(connection) for _ in range(saves))
        finally:
            connection.close()


def _save(connection: sqlite3.Connection) -> float:
    started = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO saved VALUES (?)", ("x" * 900,))
    connection.execute("COMMIT")
    return time.perf_counter() - started
