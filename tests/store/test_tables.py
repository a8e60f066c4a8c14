"""The schema: what it refuses, whoever writes."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from store.samples import CONTEST, TPS, imported

from pleno.domain.chain import link
from pleno.domain.state import RECORDS, Record
from pleno.store import Store
from pleno.store.schema import own_objects
from pleno.store.tables import TABLES

GOLDEN = Path(__file__).parent / "schema.sql"


@pytest.fixture
def by_hand(store: Store, path: Path) -> Iterator[sqlite3.Connection]:
    """Another program on the closed database, with that program's own settings."""
    store.append(imported(store.state, [(TPS[0], "suara.1", 71)], 1))
    store.append(imported(store.state, [(TPS[1], "suara.1", 5)], 2))
    store.close()
    connection = sqlite3.connect(path, isolation_level=None)
    yield connection
    connection.close()


@pytest.mark.parametrize("kind", RECORDS)
def test_each_field_of_a_record_is_a_column(kind: type[Record]) -> None:
    assert TABLES[kind].columns.keys() == [field.name for field in dataclasses.fields(kind)]
    assert [column.name for column in TABLES[kind].primary_key] == [
        column.name for column in TABLES[kind].columns if column.name in kind.KEY
    ]


def test_every_table_is_strict_and_calls_no_json_function() -> None:
    for (kind, name), (_, sql) in own_objects().items():
        assert kind != "table" or sql.endswith("STRICT"), name
        assert "json" not in sql.lower()
        assert "WITHOUT ROWID" not in sql


def test_the_schema_is_the_one_written_down() -> None:
    """A library that words the same schema otherwise would make every old database look changed."""
    written = "".join(f"{sql};\n" for _, (_, sql) in sorted(own_objects().items()) if sql)
    assert written == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET body = replace(body, '71', '91') WHERE seq = 2",
        "DELETE FROM journal WHERE seq = 2",
        "DELETE FROM journal",
        "INSERT INTO journal SELECT 9, hash, body, randomblob(32) FROM journal WHERE seq = 3",
        "INSERT INTO journal SELECT 4, randomblob(32), body, randomblob(32) FROM journal WHERE seq = 3",
        "INSERT INTO journal SELECT 4, hash, body, hash FROM journal WHERE seq = 3",
        "INSERT OR REPLACE INTO journal SELECT 2, prev, body, randomblob(32) FROM journal WHERE seq = 2",
        "REPLACE INTO journal SELECT seq, prev, '{}', hash FROM journal WHERE seq = 3",
    ],
)
def test_triggers_keep_the_journal(by_hand: sqlite3.Connection, statement: str) -> None:
    before = by_hand.execute("SELECT * FROM journal").fetchall()
    with pytest.raises(sqlite3.IntegrityError, match="jejak"):
        by_hand.execute(statement)
    assert by_hand.execute("SELECT * FROM journal").fetchall() == before


@pytest.mark.parametrize("how", ["INSERT OR REPLACE", "INSERT OR IGNORE"])
def test_an_entry_with_the_hash_of_an_old_one_deletes_nothing(by_hand: sqlite3.Connection, how: str) -> None:
    """Attack 17: REPLACE removes the row whose UNIQUE hash it meets, past the trigger against DELETE."""
    (last,) = by_hand.execute("SELECT hash FROM journal WHERE seq = 3").fetchone()
    body, old = by_hand.execute("SELECT body, hash FROM journal WHERE seq = 2").fetchone()
    with pytest.raises(sqlite3.IntegrityError, match="berurutan"):
        by_hand.execute(f"{how} INTO journal VALUES (4, ?, ?, ?)", (last, body, old))
    assert by_hand.execute("SELECT count(*) FROM journal").fetchone() == (3,)


def test_the_hole_is_real_without_the_hash_in_the_trigger(by_hand: sqlite3.Connection) -> None:
    """What the test above would miss if SQLite did not behave so."""
    (sql,) = by_hand.execute("SELECT sql FROM sqlite_master WHERE name = 'journal_in_order'").fetchone()
    by_hand.execute("DROP TRIGGER journal_in_order")
    by_hand.execute(sql.replace("OR EXISTS (SELECT 1 FROM journal WHERE hash = NEW.hash)", ""))
    (last,) = by_hand.execute("SELECT hash FROM journal WHERE seq = 3").fetchone()
    body, old = by_hand.execute("SELECT body, hash FROM journal WHERE seq = 2").fetchone()
    by_hand.execute("INSERT OR REPLACE INTO journal VALUES (4, ?, ?, ?)", (last, body, old))
    assert by_hand.execute("SELECT seq FROM journal ORDER BY seq").fetchall() == [(1,), (3,), (4,)]


def test_the_next_entry_of_the_chain_is_taken(by_hand: sqlite3.Connection) -> None:
    (last,) = by_hand.execute("SELECT hash FROM journal WHERE seq = 3").fetchone()
    by_hand.execute("INSERT INTO journal VALUES (4, ?, '{}', ?)", (last, link(last, 4, "{}")))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reading SET seq = -5",
        "UPDATE reading SET seq = 12.7",
        "UPDATE reading SET seq = 'abc'",
        "UPDATE reading SET figures = '[71]'",
        "UPDATE reading SET figures = NULL",
        "UPDATE reading SET waiting = '{}'",
        "UPDATE reading SET source = ''",
        "UPDATE tps SET dpt_j = -1",
        "UPDATE tps SET code = '310101'",
        "UPDATE tps SET code = '31010110010AB'",
        "UPDATE desa SET name = x'00'",
        "UPDATE meeting SET state = 'bubar'",
        "UPDATE meeting SET practice = 2",
        "UPDATE file SET sha256 = 'ab'",
        "UPDATE choice SET number = 0",
        "INSERT INTO journal VALUES (4, x'00', '{}', x'00')",
        "INSERT INTO pin VALUES ('ppk2', 'ab', 1, 0, NULL)",
        f"INSERT INTO pin VALUES ('ppk2', '{'a' * 64}', 1, -1, NULL)",
        f"INSERT INTO pin_secret VALUES ('ppk2', '480275', '{'a' * 64}')",
        f"INSERT INTO pin_secret VALUES ('ppk2', '{'a' * 32}', '480275')",
        f"INSERT INTO pin_secret VALUES ('', '{'a' * 32}', '{'a' * 64}')",
        "INSERT INTO nihil VALUES ('310101', 'x', 'op1', 5)",
        "INSERT INTO nihil VALUES ('', '', 'op1', 5)",
        *(
            f"INSERT INTO keberatan VALUES ('', 'x', {seq}, '{kind}', '{pengaju}', '', '', {figure}, 'kata', "
            f"'{state}', '', NULL, NULL)"
            for seq, kind, pengaju, figure, state in (
                (0, "keberatan", "2", "NULL", "terbuka"),
                (5, "protes", "2", "NULL", "terbuka"),
                (5, "keberatan", "", "NULL", "terbuka"),
                (5, "keberatan", "2", "'-1'", "terbuka"),
                (5, "keberatan", "2", "NULL", "menunggu"),
            )
        ),
        f"INSERT INTO answer VALUES ('{TPS[0]}', '{CONTEST}', 'plano', 'suara.1', '1x', '', 1)",
    ],
)
def test_strict_and_check_refuse(by_hand: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        by_hand.execute(statement)


def test_a_reading_belongs_to_a_tps_of_the_roster(by_hand: sqlite3.Connection) -> None:
    by_hand.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        by_hand.execute("UPDATE reading SET tps = '9999999999999' WHERE seq = 2")
