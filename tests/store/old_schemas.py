"""A schema that comes after today's, for the tests of migrations, and databases of the schemas that were released."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from store.samples import GENESIS

from pleno.domain.entry import Actor, Entry, Kind, Role, Stamp
from pleno.store import schema

FIXTURES = Path(__file__).parents[1] / "fixtures" / "skema"
_INDEX = "CREATE INDEX pembetulan_of_tps ON pembetulan (tps, contest)"
_COLUMN = "CREATE TABLE catatan (nomor INTEGER PRIMARY KEY, isi TEXT NOT NULL) STRICT"
_today = schema.create_tables
OFFICIAL = GENESIS.replace("latihan", "resmi")


def restored(version: int, path: Path) -> Path:
    """The stored database of a released schema, at `path`."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript((FIXTURES / f"skema-{version}.sql").read_text("utf-8"))
        connection.execute(f"PRAGMA user_version = {version}")
    path.chmod(0o600)
    return path


def store_fixture(version: int, path: Path) -> None:
    """Keep a database as that of a schema; before it is released, and never again."""
    FIXTURES.mkdir(exist_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        (FIXTURES / f"skema-{version}.sql").write_text("\n".join(connection.iterdump()) + "\n", "utf-8")


def step(connection: sqlite3.Connection) -> None:
    """Schema 2: desa are made anew, corrections get an index, and there is a table more."""
    ((desa,),) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'desa'")
    connection.execute("CREATE TEMP TABLE before AS SELECT * FROM desa")
    connection.execute("DROP TABLE desa")
    connection.execute(desa)
    connection.execute("INSERT INTO desa SELECT * FROM before")
    connection.execute("DROP TABLE before")
    connection.execute(_INDEX)
    connection.execute(_COLUMN)


def step_that_dies(connection: sqlite3.Connection) -> None:
    """The same, and the power goes before the end."""
    connection.execute("PRAGMA cache_spill = 1")
    connection.execute("PRAGMA cache_size = 1")
    step(connection)
    os._exit(9)


def _tables_of_tomorrow(connection: object) -> None:
    _today(connection)  # type: ignore[arg-type]  # as SQLAlchemy calls it
    for statement in (_INDEX, _COLUMN):
        connection.exec_driver_sql(statement)  # type: ignore[attr-defined]  # same


def tomorrow(made: schema.Step = step) -> None:
    """From now on this process is the next version of the program; `today` ends it."""
    schema.STEPS, schema.create_tables = (made,), _tables_of_tomorrow
    schema.own_objects.cache_clear()


def today() -> None:
    schema.STEPS, schema.create_tables = (), _today
    schema.own_objects.cache_clear()


def told(before: int, after: int, copy: str) -> Entry:
    """The entry of a migration."""
    stamp = Stamp("2026-11-22T09:00:00.000+07:00", 1, "b", "s", "9.9")
    data = {"dari": before, "ke": after, "salinan": copy}
    return Entry(Kind.SCHEMA_MIGRATED, Actor("ppk1", Role.KETUA), stamp, data=data)
