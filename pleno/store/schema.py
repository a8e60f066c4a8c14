"""The schema this program creates, the one a database has, and how the two differ."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import DDL, Connection, create_engine, event
from sqlalchemy.pool import StaticPool
from sqlmodel import SQLModel

from pleno.store.tables import JOURNAL, META, TABLES

Step = Callable[[sqlite3.Connection], None]
"""Makes the next schema of one, by plain SQL; in a transaction, with foreign keys not enforced."""
STEPS: tuple[Step, ...] = ()
"""The first makes schema 2 of schema 1, and so on; none is ever taken out. Schema 1 is the first that was released."""


def current() -> int:
    """`PRAGMA user_version` of the databases this program writes."""
    return 1 + len(STEPS)


_TRIGGERS: Final = (
    "CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'jejak hanya bertambah'); END",
    "CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'jejak hanya bertambah'); END",
    # The NOT EXISTS of the hash: an INSERT OR REPLACE that carries an old row's hash would else
    # delete that row past the trigger above, since recursive_triggers is off in other programs.
    "CREATE TRIGGER journal_in_order BEFORE INSERT ON journal "
    "WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM journal) "
    "OR EXISTS (SELECT 1 FROM journal WHERE hash = NEW.hash) "
    "OR (NEW.seq > 1 AND NEW.prev <> (SELECT hash FROM journal WHERE seq = NEW.seq - 1)) "
    "BEGIN SELECT RAISE(ABORT, 'jejak harus berurutan'); END",
)
for _trigger in _TRIGGERS:
    _statement = DDL(_trigger)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it untyped
    event.listen(JOURNAL, "after_create", _statement.execute_if(dialect="sqlite"))


def create_tables(connection: Connection) -> None:
    """Write the whole schema, triggers included, into an empty database."""
    SQLModel.metadata.create_all(connection, tables=[META, JOURNAL, *TABLES.values()], checkfirst=False)
    connection.exec_driver_sql(f"PRAGMA user_version = {current()}")


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
