"""The schema a database has, beside the one this program creates, and the files that belong to it."""

from __future__ import annotations

import sqlite3
from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from pleno.store.tables import create_tables

_OBJECTS: Final = "SELECT type, name, tbl_name, sql FROM sqlite_master"
_WORDS: Final = {"table": "tabel", "index": "indeks", "trigger": "pemicu", "view": "tampilan"}

SchemaObject = tuple[str, str]
"""Type and name of a table, index, trigger or view."""


def rollback_journal(database: Path) -> Path:
    """The file in which SQLite keeps what an unfinished transaction overwrote."""
    return database.with_name(database.name + "-journal")


def objects_of(connection: sqlite3.Connection) -> dict[SchemaObject, tuple[str, str]]:
    """Every object of the schema: its table and its SQL without regard to spacing.

    Raises sqlite3.Error when the schema cannot be read.
    """
    return {
        (str(kind), str(name)): (str(table), " ".join(str(sql or "").split()))
        for kind, name, table, sql in connection.execute(_OBJECTS)
    }


@cache
def own_objects() -> dict[SchemaObject, tuple[str, str]]:
    """The schema as this program creates it."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.begin() as connection:
        create_tables(connection)
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        found = objects_of(driver)
    engine.dispose()
    return found


def changed_objects(connection: sqlite3.Connection) -> list[str]:
    """What differs from `own_objects`, in words: "pemicu x asing", "tabel y berubah", "indeks z hilang"."""
    own, found = own_objects(), objects_of(connection)
    missing = [_named(key, "hilang") for key in own.keys() - found.keys()]
    foreign = [_named(key, "asing") for key in found.keys() - own.keys()]
    changed = [_named(key, "berubah") for key in own.keys() & found.keys() if own[key] != found[key]]
    return sorted(missing) + sorted(foreign) + sorted(changed)


def _named(key: SchemaObject, how: str) -> str:
    kind, name = key
    shown = "".join(char if char.isprintable() else "?" for char in name[:60])
    return f"{_WORDS.get(kind, 'objek')} {shown} {how}"
