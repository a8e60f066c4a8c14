"""The connection: its settings, its lock, and what is no database."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from store.samples import GENESIS, TPS, saved

import pleno
from pleno.domain.errors import Damaged, NewerVersion, PlenoError
from pleno.domain.state import Meeting
from pleno.store import Occupant, Store, inspect

ME = Occupant("ppk1", os.getpid(), "15:00:00")
TESTS = Path(__file__).parents[1]
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": os.pathsep.join([str(Path(pleno.__file__).parents[1]), str(TESTS)]),
}


@contextmanager
def holder(path: Path, how: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the workspace open, and lets go at the end."""
    command = [sys.executable, str(Path(__file__).parent / "holder.py"), str(path), how]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT, bufsize=1
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "siap\n"
        yield process
    finally:
        process.communicate("")


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("locking_mode", "exclusive"),
        ("journal_mode", "truncate"),
        ("synchronous", 3),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("recursive_triggers", 1),
        ("cell_size_check", 1),
        ("user_version", 1),
    ],
)
def test_settings(store: Store, pragma: str, value: object) -> None:
    assert store._database.rows(f"PRAGMA {pragma}") == [(value,)]


@pytest.mark.parametrize("how", ["read", "write"])
def test_a_second_process_is_refused_by_name(store: Store, path: Path, how: str) -> None:
    store.close()
    with holder(path, how) as first:
        before = path.read_bytes()
        for act in (lambda: Store.open(path, ME), lambda: inspect(path)):
            with pytest.raises(PlenoError) as refused:
                act()
            assert refused.value.title == "Ruang kerja sedang dipakai"
            assert refused.value.message == (
                f"Ruang kerja sedang dipakai oleh op1 (pid {first.pid}) sejak 14:30:12 (2024-02-17)."
            )
        assert path.read_bytes() == before
    with Store.open(path, ME) as mine:
        assert list(mine.state.all(Meeting))


def test_the_lock_holds_while_the_same_program_inspects(store: Store, path: Path) -> None:
    """On POSIX one close of the file anywhere in a process frees all of its locks."""
    assert not inspect(path).damaged
    code = f"import sqlite3; sqlite3.connect({str(path)!r}, timeout=0).execute('SELECT * FROM meta')"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "database is locked" in other.stderr


def test_the_same_program_cannot_open_it_twice(store: Store, path: Path) -> None:
    with pytest.raises(PlenoError, match="sedang dipakai oleh op1"):
        Store.open(path, ME)
    store.append(saved(store.state, TPS[0], {"suara.1": 1}))


def test_a_note_left_behind_is_overwritten(store: Store, path: Path) -> None:
    note = path.with_name("pleno.db.sesi")
    assert json.loads(note.read_text(encoding="utf-8"))["person"] == "op1"
    store.close()
    assert not note.exists()
    note.write_text('{"person":"\\u001b[2Jhantu","pid":1,"since":"kemarin"}', encoding="utf-8")
    with Store.open(path, ME):
        assert json.loads(note.read_text(encoding="utf-8")) == {"person": "ppk1", "pid": ME.pid, "since": "15:00:00"}


@pytest.mark.parametrize("note", [b"", b"{", b"[1]", b"\xff\xfe", b'{"person":1}', b"[" * 5000])
def test_an_unreadable_note_still_refuses(store: Store, path: Path, note: bytes) -> None:
    path.with_name("pleno.db.sesi").write_bytes(note)
    with pytest.raises(PlenoError, match="sedang dipakai program lain"):
        Store.open(path, ME)


def test_the_note_of_a_stranger_cannot_speak_to_the_terminal(store: Store, path: Path) -> None:
    path.with_name("pleno.db.sesi").write_text('{"person":"\\u001b[2Jx","pid":7,"since":"\\u0007"}', encoding="utf-8")
    with pytest.raises(PlenoError, match=r"oleh \?\[2Jx \(pid 7\) sejak \?\."):
        Store.open(path, ME)


@pytest.mark.parametrize(
    ("content", "error", "message"),
    [
        (b"", Damaged, "0 byte"),
        (b"kode_tps;isian;angka\n" * 50, Damaged, "bukan berkas SQLite"),
        (None, PlenoError, "adalah folder"),
        (b"SQLite format 3\0" + b"\xff" * 4096, PlenoError, "pleno.db"),
    ],
)
def test_what_is_no_database_is_refused_and_kept(
    path: Path, content: bytes | None, error: type[PlenoError], message: str
) -> None:
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    with pytest.raises(error) as refused:
        Store.open(path, ME)
    assert message in refused.value.message
    assert refused.value.advice
    assert path.is_dir() if content is None else path.read_bytes() == content
    assert not path.with_name("pleno.db.sesi").exists()


def test_a_missing_database_is_not_made(path: Path) -> None:
    with pytest.raises(PlenoError, match="tidak ada"):
        Store.open(path, ME)
    assert not path.exists()


@pytest.mark.parametrize(("version", "error"), [(2, NewerVersion), (0, Damaged)])
def test_only_its_own_version_is_opened(store: Store, path: Path, version: int, error: type[PlenoError]) -> None:
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    with pytest.raises(error):
        Store.open(path, ME)
    if version > 1:
        with pytest.raises(NewerVersion):
            inspect(path)


def test_a_database_of_another_program_is_refused(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE x (a)")
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    with pytest.raises(PlenoError, match="meta"):
        Store.open(path, ME)


def test_create_refuses_what_is_there(path: Path) -> None:
    path.write_bytes(b"milik orang lain")
    with pytest.raises(PlenoError, match="sudah ada"):
        Store.create(path, GENESIS, ME)
    assert path.read_bytes() == b"milik orang lain"


def test_create_needs_its_folder(tmp_path: Path) -> None:
    with pytest.raises(PlenoError, match="tidak dapat ditulis"):
        Store.create(tmp_path / "tidak-ada" / "pleno.db", GENESIS, ME)


def test_a_genesis_that_is_not_canonical_makes_no_file(path: Path) -> None:
    with pytest.raises(Damaged):
        Store.create(path, '{"b": 1}', ME)
    assert not path.exists()


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights in access lists of the folder")
def test_only_the_owner_reads_the_file(store: Store, path: Path) -> None:
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_wal_database_is_taken_back_to_one_file(store: Store, path: Path) -> None:
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    with Store.open(path, ME) as again:
        again.append(saved(again.state, TPS[0], {"suara.1": 1}))
        assert again.head().seq == 2
    assert not inspect(path).damaged
