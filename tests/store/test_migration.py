"""Databases of released schemas open, are migrated after a verified copy, or are refused (TRUST.md, B24 and S03)."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest
from store import old_schemas
from store.old_schemas import FIXTURES, OFFICIAL, restored, step, store_fixture, today, told, tomorrow
from store.samples import TPS, created, entry, saved, walk

from pleno.domain.entry import Kind
from pleno.domain.errors import NewerVersion, PlenoError
from pleno.domain.state import Desa
from pleno.store import Occupant, Store, inspect, migration, schema

ME = Occupant("ppk1", os.getpid(), "15:00:00")
RELEASED = range(1, schema.current() + 1)
"""Every schema that was released, the present one included."""


@pytest.fixture
def next_version() -> Iterator[None]:
    tomorrow()
    yield
    today()


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database of schema 1 with entries of every sort."""
    return restored(1, tmp_path / "pleno.db")


def test_the_present_schema_is_stored_for_all_later_versions(tmp_path: Path) -> None:
    """Before a schema is released PLENO_GOLDEN=1 writes its database anew; afterwards a change is a step of its own."""
    path = tmp_path / "kini.db"
    with Store.create(path, OFFICIAL, ME) as store:
        store.append(created())
        for one in islice(walk(store.state, random.Random(11), 1), 60):
            store.append(one)
        store.append(entry(Kind.MEETING_SUSPENDED))
    if os.environ.get("PLENO_GOLDEN"):
        store_fixture(schema.current(), path)
    kept = restored(schema.current(), tmp_path / "tersimpan.db")
    with closing(sqlite3.connect(path)) as now, closing(sqlite3.connect(kept)) as then:
        assert schema.objects_of(then) == schema.objects_of(now)


@pytest.mark.parametrize("version", RELEASED)
def test_every_released_schema_opens_and_goes_on(tmp_path: Path, version: int) -> None:
    path = restored(version, tmp_path / "pleno.db")
    before = inspect(path)
    assert (before.damaged, before.entries) == (False, 62)
    with Store.open(path, ME, told) as store:
        assert store.read_only == ""
        store.append(saved(store.state, TPS[0], {"pemilih_dpt_l": 7}))
    assert not inspect(path).damaged


def test_an_older_schema_is_copied_migrated_and_told(old: Path, next_version: None) -> None:
    before = inspect(old)
    assert not before.damaged, "an old copy can still be judged, and gone back to"
    bytes_before = old.read_bytes()
    with Store.open(old, ME, told) as store:
        last = next(store.entries(store.head().seq))
        assert (last.kind, last.data) == (
            Kind.SCHEMA_MIGRATED, {"dari": 1, "ke": 2, "salinan": "pleno-skema1-entri62.db"},
        )  # fmt: skip
        assert len(list(store.state.all(Desa))) == 2
        assert store._database.rows("PRAGMA foreign_keys") == [(1,)]
        store.append(saved(store.state, TPS[0], {"pemilih_dpt_l": 7}))
    copy = old.with_name("pleno-skema1-entri62.db")
    assert inspect(copy).head == before.head
    assert (inspect(old).damaged, inspect(old).entries) == (False, 64)
    today()
    with Store.open(copy, ME) as again:
        assert again.head() == before.head
    with pytest.raises(NewerVersion, match="skema 2, di sini 1"):
        Store.open(old, ME, told)
    assert len(bytes_before) <= len(old.read_bytes())


def test_a_medium_that_takes_no_writing_is_not_migrated(old: Path, next_version: None) -> None:
    before = old.read_bytes()
    with pytest.raises(PlenoError, match="hanya dapat dibaca"):
        Store.open(old, ME)
    assert old.read_bytes() == before


@pytest.mark.parametrize(
    ("turn", "refused"), [(Kind.MEETING_OPENED, True), (Kind.MEETING_RESUMED, True), (Kind.MEETING_SUSPENDED, False)]
)
def test_never_in_the_middle_of_a_meeting(old: Path, turn: Kind, refused: bool) -> None:
    with Store.open(old, ME) as store:
        store.append(entry(turn))
    before = old.read_bytes()
    tomorrow()
    try:
        if refused:
            with pytest.raises(PlenoError, match="tidak diubah di tengah rapat"):
                Store.open(old, ME, told)
            assert (old.read_bytes(), list(old.parent.glob("*skema*"))) == (before, [])
        else:
            Store.open(old, ME, told).close()
            assert inspect(old).entries == 64
    finally:
        today()


def _wrong(connection: sqlite3.Connection) -> None:
    step(connection)
    connection.execute("UPDATE desa SET name = 'LAIN'")


def _unfinished(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE INDEX other ON pembetulan (tps)")


def _impossible(connection: sqlite3.Connection) -> None:
    step(connection)
    connection.execute("INSERT INTO tidak_ada VALUES (1)")


def _orphans(connection: sqlite3.Connection) -> None:
    step(connection)
    connection.execute("DELETE FROM desa")


def _full(connection: sqlite3.Connection) -> None:
    ((pages,),) = connection.execute("PRAGMA page_count")
    connection.execute(f"PRAGMA max_page_count = {pages}")
    step(connection)


@pytest.mark.parametrize("bad", [_wrong, _unfinished, _impossible, _orphans, _full])
def test_a_step_that_fails_leaves_everything_as_it_was(old: Path, bad: schema.Step) -> None:
    before = inspect(old).head
    tomorrow(bad)
    try:
        with pytest.raises(PlenoError, match="Basis data belum dimutakhirkan"):
            Store.open(old, ME, told)
    finally:
        today()
    with Store.open(old, ME) as store:
        assert (store.head(), store.read_only) == (before, "")
    assert not inspect(old).damaged


def test_a_copy_that_reads_otherwise_stops_it(old: Path, next_version: None, monkeypatch: pytest.MonkeyPatch) -> None:
    before = old.read_bytes()
    monkeypatch.setattr(migration, "_same", lambda *_: False)
    with pytest.raises(PlenoError, match="terbaca lain dari aslinya"):
        Store.open(old, ME, told)
    assert old.read_bytes() == before
    assert [path.name for path in old.parent.iterdir() if path.suffix == ".db" and path != old] == []
    assert not list(old.parent.glob(".*.sementara"))


_DIES = """
import sys
from pathlib import Path
from store import old_schemas
from pleno.store import Occupant, Store
old_schemas.tomorrow(old_schemas.step_that_dies)
Store.open(Path(sys.argv[1]), Occupant("op1", 1, "15:00:00"), old_schemas.told)
"""


def test_a_kill_in_the_middle_leaves_the_old_one_and_the_next_start_does_it(old: Path) -> None:
    before = inspect(old).head
    died = subprocess.run(
        [sys.executable, "-c", _DIES, str(old)], env={**os.environ, "PYTHONPATH": str(FIXTURES.parents[1])}
    )
    assert died.returncode == 9
    assert inspect(old.with_name("pleno-skema1-entri62.db")).head == before
    assert inspect(old).head == before
    tomorrow()
    try:
        with Store.open(old, ME, told) as store:
            assert (store.hot_journal, store.head().seq) == (True, before.seq + 1)
        assert not inspect(old).damaged
    finally:
        today()


def test_the_steps_of_the_program_lead_to_its_schema() -> None:
    assert schema.current() == 1 + len(schema.STEPS)
    assert sorted(path.name for path in FIXTURES.glob("*.sql")) == [f"skema-{n}.sql" for n in RELEASED]
    assert old_schemas.step is step
