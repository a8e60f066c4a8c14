"""What an owner of the file can do to it, and what the file alone shows (TRUST.md section 11, tamper matrix).

06, 07, 09, 10 and 13 are not seen by any look at the file: paper shows them. 02 and 17 are refused
by the triggers (test_tables.py). 16 is seen by whoever knows which genesis to expect.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from store.samples import CONTEST, DESA, GENESIS, KETUA, TPS, created, entry, imported, saved, sealed

from pleno.domain import chain
from pleno.domain.entry import Kind
from pleno.domain.errors import NewerVersion, PlenoError
from pleno.domain.state import RECORDS
from pleno.store import Inspection, Occupant, Store, inspect
from pleno.store.schema import own_objects

ME = Occupant("ppk1", os.getpid(), "15:00:00")
Attack = Callable[[sqlite3.Connection], None]


@pytest.fixture
def whole(path: Path) -> Path:
    """A closed workspace: an import, papers read at the table, two seals, two neutral entries after them."""
    with Store.create(path, GENESIS, ME) as store:
        store.append(created())
        cells = [(tps, f"suara.{row}", 71 * row) for tps in TPS for row in (1, 2, 3)]
        store.append(imported(store.state, cells, 1))
        for tps in TPS:
            store.append(saved(store.state, tps, {"suara.1": 149, "suara.2": 19, "suara.3": None}))
        (first,) = store.append(sealed(*store.head(), 1, "0417"))
        store.append(saved(store.state, TPS[0], {"suara.3": 17}))
        store.append(sealed(*store.head(), 2, "7391"))
        store.append(entry(Kind.SEAL_READ_BACK, KETUA, refers=first.seq), entry(Kind.APP_CLOSE))
    return path


def by_hand(path: Path, attack: Attack) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    attack(connection)
    connection.close()


def failed(inspection: Inspection) -> dict[str, str]:
    return {check.name: check.message for check in inspection.checks if not check.ok}


def said(path: Path) -> dict[str, str]:
    return failed(inspect(path))


def put_triggers_back(connection: sqlite3.Connection) -> None:
    present = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    for (kind, name), (_, sql) in own_objects().items():
        if kind == "trigger" and name not in present:
            connection.execute(sql)


def test_a_whole_database(whole: Path) -> None:
    before = {file.name: file.read_bytes() for file in whole.parent.iterdir()}
    inspection = inspect(whole)
    assert not inspection.damaged
    assert [check.name for check in inspection.checks] == ["berkas", "skema", "rantai", "keadaan", "jam", "segel"]
    assert (inspection.entries, inspection.head.seq, inspection.genesis) == (15, 15, GENESIS)
    assert [(seal.number, seal.seq, seal.angka_saksi, seal.read_back) for seal in inspection.seals] == [
        (1, 11, "0417", True),
        (2, 13, "7391", False),
    ]
    assert (inspection.after_seal, inspection.tail, inspection.steps_back) == (2, 0, 0)
    assert {file.name: file.read_bytes() for file in whole.parent.iterdir()} == before


def test_the_words_of_a_seal_are_those_of_its_entry(whole: Path) -> None:
    with Store.open(whole, ME) as store:
        seal = store.last_of(Kind.SEAL)
        assert seal is not None
        expected = chain.seal_words(bytes.fromhex(seal.hash), seal.seq, "7391")
    assert inspect(whole).seals[-1].words == expected


def test_a_tail_is_counted_apart_from_neutral_entries(whole: Path) -> None:
    with Store.open(whole, ME) as store:
        store.append(saved(store.state, TPS[1], {"suara.3": 1}), entry(Kind.APP_OPEN))
    inspection = inspect(whole)
    assert (inspection.after_seal, inspection.tail, inspection.damaged) == (4, 1, False)


def test_a_workspace_without_entries(path: Path) -> None:
    Store.create(path, GENESIS, ME).close()
    inspection = inspect(path)
    assert (inspection.damaged, inspection.entries, inspection.seals) == (False, 0, ())
    assert inspection.head == (0, chain.genesis_hash(GENESIS))


def test_01_a_figure_changed_by_hand_is_named(whole: Path) -> None:
    by_hand(
        whole,
        lambda c: c.execute(
            """UPDATE reading SET figures = replace(figures, '"suara.1":71', '"suara.1":999')
            WHERE source = 'sirekap' AND tps = ?""",
            (TPS[2],),
        ),
    )
    assert said(whole) == {
        "keadaan": f"bacaan sirekap TPS {TPS[2]} suara.1: di tabel 999, menurut jejak 71 ({CONTEST})"
    }


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (
            """UPDATE reading SET figures = '{"suara.1":149,"suara.2":19}' WHERE source = 'plano' AND seq = 4""",
            f"bacaan plano TPS {TPS[1]} suara.3: di tabel tidak ada, menurut jejak kosong ({CONTEST})",
        ),
        (
            "UPDATE reading SET figures = '{rusak}' WHERE source = 'plano' AND seq = 4",
            f"bacaan plano TPS {TPS[1]} figures: di tabel {{rusak}}, menurut jejak"
            f' {{"suara.1":149,"suara.2":19,"suara.3":null}} ({CONTEST})',
        ),
        (
            "UPDATE reading SET figures = replace(figures, ',', ', ') WHERE source = 'plano' AND seq = 4",
            f'bacaan plano TPS {TPS[1]} figures: di tabel {{"suara.1":149, "suara.2":19, "suara.3":null}}, menurut'
            f' jejak {{"suara.1":149,"suara.2":19,"suara.3":null}} ({CONTEST})',
        ),
        (
            f"INSERT INTO settlement VALUES ('{TPS[0]}', '{CONTEST}', NULL, 'op1', 3)",
            f"pengesahan TPS {TPS[0]}: ada di tabel, tidak ada dalam jejak",
        ),
        (
            f"DELETE FROM reading WHERE tps = '{TPS[0]}' AND source = 'plano'",
            f"bacaan plano TPS {TPS[0]}: tidak ada di tabel, ada dalam jejak",
        ),
        (
            "UPDATE seal SET angka_saksi = '0418' WHERE number = 1",
            "segel 1 angka_saksi: di tabel 0418, menurut jejak 0417",
        ),
        ("UPDATE meeting SET practice = 0", "rapat 310101 practice: di tabel 0, menurut jejak 1"),
        (f"UPDATE desa SET name = 'X' WHERE code = '{DESA[0]}'", None),
    ],
)
def test_every_table_is_held_against_the_journal(whole: Path, statement: str, expected: str | None) -> None:
    expected = expected or f"desa {DESA[0]} name: di tabel X, menurut jejak DESA {DESA[0]}"
    by_hand(whole, lambda c: c.execute(statement))
    assert said(whole) == {"keadaan": expected}


def test_03_an_entry_edited_after_its_trigger_was_dropped(whole: Path) -> None:
    def attack(connection: sqlite3.Connection) -> None:
        connection.execute("DROP TRIGGER journal_no_update")
        connection.execute("UPDATE journal SET body = replace(body, '149', '949') WHERE seq = 5")

    by_hand(whole, attack)
    found = said(whole)
    assert found["skema"] == "pemicu journal_no_update hilang"
    assert found["rantai"] == "isi entri 5 tidak cocok dengan hash-nya"
    assert found["keadaan"] == f"bacaan plano TPS {TPS[2]} suara.1: di tabel 149, menurut jejak 949 ({CONTEST})"


def test_04_entry_and_state_edited_and_the_trigger_restored(whole: Path) -> None:
    def attack(connection: sqlite3.Connection) -> None:
        connection.execute("DROP TRIGGER journal_no_update")
        connection.execute("UPDATE journal SET body = replace(body, '149', '949') WHERE seq = 5")
        connection.execute("UPDATE reading SET figures = replace(figures, '149', '949') WHERE seq = 5")
        put_triggers_back(connection)

    by_hand(whole, attack)
    assert said(whole) == {"rantai": "isi entri 5 tidak cocok dengan hash-nya"}


def test_04b_the_hash_mended_too_breaks_the_next_link(whole: Path) -> None:
    def attack(connection: sqlite3.Connection) -> None:
        connection.execute("DROP TRIGGER journal_no_update")
        prev, body = connection.execute("SELECT prev, body FROM journal WHERE seq = 5").fetchone()
        body = body.replace("149", "949")
        connection.execute("UPDATE journal SET body = ?, hash = ? WHERE seq = 5", (body, chain.link(prev, 5, body)))
        connection.execute("UPDATE reading SET figures = replace(figures, '149', '949') WHERE seq = 5")
        put_triggers_back(connection)

    by_hand(whole, attack)
    assert said(whole) == {"rantai": "entri 6 tidak bersambung dengan entri 5"}


def test_05_a_middle_entry_deleted(whole: Path) -> None:
    def attack(connection: sqlite3.Connection) -> None:
        connection.execute("DROP TRIGGER journal_no_delete")
        connection.execute("DELETE FROM journal WHERE seq IN (6, 7)")
        put_triggers_back(connection)

    by_hand(whole, attack)
    found = said(whole)
    assert found["rantai"] == "entri 6 sampai 7 tidak ada"
    assert f"bacaan plano TPS {TPS[3]}: ada di tabel, tidak ada dalam jejak" in found["keadaan"]


def test_08_a_back_dated_entry_leaves_a_clock_note_and_a_tail(whole: Path) -> None:
    with Store.open(whole, ME) as store:
        late = saved(store.state, TPS[0], {"suara.1": 777})
        store.append(entry(late.kind, at="2020-01-01T00:00:00.000+07:00", tps=late.tps, contest=CONTEST,
                           source="plano", changes=late.changes))  # fmt: skip
    inspection = inspect(whole)
    assert (inspection.damaged, inspection.steps_back, inspection.tail) == (False, 1, 1)
    told = next(check for check in inspection.checks if check.name == "jam").message
    assert told == "jam mundur: 1 kali (#16, -1508 hari)"


def test_11_strict_removed_and_a_word_stored_as_a_number(whole: Path) -> None:
    def attack(connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = 'CREATE TABLE seal (number INTEGER NOT NULL, seq, angka_saksi, read_back,"
            " PRIMARY KEY (number))' WHERE name = 'seal'"
        )

    by_hand(whole, attack)
    by_hand(whole, lambda c: c.execute("UPDATE seal SET seq = 'abc' WHERE number = 2"))
    found = said(whole)
    assert found["skema"] == "tabel seal berubah"
    assert found["keadaan"] == "segel 2 seq: di tabel abc, menurut jejak 13"


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("CREATE TRIGGER jahat AFTER INSERT ON journal BEGIN DELETE FROM file; END", "pemicu jahat asing"),
        ("CREATE VIEW [\x1b[2J] AS SELECT 1", "tampilan ?[2J asing"),
        ("CREATE TABLE catatan (a)", "tabel catatan asing"),
        ("CREATE INDEX cepat ON reading (seq)", "indeks cepat asing"),
        ("DROP TABLE person", "tabel person hilang"),
    ],
)
def test_12_a_foreign_object_is_named(whole: Path, statement: str, expected: str) -> None:
    by_hand(whole, lambda c: c.execute(statement))
    assert expected in said(whole)["skema"]


def test_14_one_byte_flipped(whole: Path) -> None:
    content = bytearray(whole.read_bytes())
    place = content.index(f'{TPS[3]}{CONTEST}sirekap{{"suara.1":71'.encode()) + len(f"{TPS[3]}{CONTEST}sirekap") + 11
    content[place] ^= 1
    whole.write_bytes(content)
    assert said(whole)["keadaan"] == f"bacaan sirekap TPS {TPS[3]} suara.1: di tabel 61, menurut jejak 71 ({CONTEST})"


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_15_the_file_cut(whole: Path, part: float) -> None:
    os.truncate(whole, int(whole.stat().st_size * part))
    assert "berkas" in said(whole)


def test_16_another_workspace_under_the_same_name_shows_another_genesis(whole: Path, tmp_path: Path) -> None:
    other = tmp_path / "lain.db"
    genesis = chain.canonical({**json.loads(GENESIS), "nonce": "01"})
    with Store.create(other, genesis, ME) as store:
        store.append(created())
    assert inspect(other).genesis != inspect(whole).genesis
    by_hand(whole, lambda c: c.execute("UPDATE meta SET value = ?", (genesis,)))
    assert said(whole) == {"rantai": "entri 1 tidak bersambung dengan entri 0"}


def test_an_entry_of_a_later_version_is_not_damage(whole: Path) -> None:
    def attack(connection: sqlite3.Connection) -> None:
        seq, prev, body = connection.execute("SELECT seq, hash, body FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
        body = body.replace('"kind":"app.close"', '"kind":"bulan.baru"')
        new = seq + 1, prev, body, chain.link(prev, seq + 1, body)
        connection.execute("INSERT INTO journal VALUES (?, ?, ?, ?)", new)

    by_hand(whole, attack)
    with pytest.raises(NewerVersion, match="bulan"):
        inspect(whole)


@pytest.mark.parametrize(
    "body",
    [
        "{}",
        '{"kind":"app.open"}',
        '{"a":1, "b":2}',
        '{"a":1,"a":1}',
        '{"a":NaN}',
        '{"a":' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"a":' + "9" * 5000 + "}",
        '{"v":"1"}',
        '{"actor":{"id":"x","role":"operator"},"app":"","at":5,"boot":"","kind":"app.open","mono":0,"sess":"","v":1}',
        '{"actor":{"id":"x","role":"operator"},"app":"","at":"","boot":"","kind":["a"],"mono":0,"sess":"","v":1}',
        '{"actor":{"id":"x","role":"operator"},"app":"","at":"","boot":"","data":{"id":["a"],"nama":7,"peran":"ppk"},'
        '"kind":"person.changed","mono":0,"sess":"","v":1}',
        '{"actor":{"id":"x","role":"operator"},"app":"","at":"","boot":"","data":{"angka_saksi":0,"no":"dua"},'
        '"kind":"seal","mono":0,"sess":"","v":1}',
        '{"actor":{"id":7,"role":"operator"},"app":"","at":"","boot":"","changes":[["a",null,1]],"contest":"k",'
        '"kind":"reading.saved","mono":0,"sess":"","source":"plano","tps":"' + TPS[0] + '","v":1}',
    ],
)
def test_a_linked_entry_of_nonsense_is_damage_and_no_crash(whole: Path, body: str) -> None:
    """An owner can always append with a fitting hash; what is in it may be anything."""

    def attack(connection: sqlite3.Connection) -> None:
        seq, prev = connection.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
        new = seq + 1, prev, body, chain.link(prev, seq + 1, body)
        connection.execute("INSERT INTO journal VALUES (?, ?, ?, ?)", new)

    by_hand(whole, attack)
    assert inspect(whole).damaged


def test_bytes_that_are_no_text(whole: Path) -> None:
    def attack(connection: sqlite3.Connection) -> None:
        connection.execute("DROP TRIGGER journal_no_update")
        connection.execute("UPDATE journal SET body = CAST(x'7bff7d' AS TEXT), prev = randomblob(32) WHERE seq = 5")
        connection.execute("UPDATE reading SET ts = CAST(x'ff' AS TEXT) WHERE seq = 4")
        put_triggers_back(connection)

    by_hand(whole, attack)
    assert "entri 5" in said(whole)["rantai"]


def test_a_view_that_never_ends_is_cut_off(whole: Path) -> None:
    def attack(connection: sqlite3.Connection) -> None:
        connection.execute("DROP TABLE journal")
        connection.execute(
            "CREATE VIEW journal AS WITH RECURSIVE n(seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM n)"
            " SELECT seq, NULL AS prev, NULL AS body, NULL AS hash FROM n WHERE seq < 0"
        )

    by_hand(whole, attack)
    found = said(whole)
    assert "terlalu lama dibaca" in found["rantai"]
    assert "tampilan journal asing" in found["skema"]


@pytest.mark.parametrize("how", ["missing", "folder"])
def test_what_cannot_be_judged_is_refused(tmp_path: Path, how: str) -> None:
    with pytest.raises(PlenoError, match="Tidak dapat diperiksa"):
        inspect(tmp_path if how == "folder" else tmp_path / "tidak-ada.db")


@pytest.mark.parametrize("content", [b"", b"x", b"kode_tps;isian\n" * 900, b"SQLite format 3\0", bytes(100_000)])
def test_a_file_that_never_was_a_database(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert inspect(path).damaged
    assert path.read_bytes() == content


def damages(content: bytes, seed: int) -> Iterator[bytes]:
    """Versions of a file as bad disks, bad sticks and bad people leave it."""
    rng = random.Random(seed)
    for _ in range(25):
        broken = bytearray(content)
        for _ in range(rng.choice((1, 3, 30, 300))):
            broken[rng.randrange(len(broken))] = rng.randrange(256)
        yield bytes(broken)
        start = rng.randrange(len(content))
        length = rng.choice((1, 16, 512, 4096))
        yield content[:start] + bytes(length) + content[start + length :]
        yield content[:start] + content[start + length :]
        header = bytearray(content)
        header[rng.randrange(100)] = rng.randrange(256)
        yield bytes(header)


def use(path: Path) -> None:
    """Everything a program may ask of a database it opened."""
    with Store.open(path, ME) as store:
        for kind in RECORDS:
            list(store.state.all(kind))
        list(store.entries())
        store.last_of(Kind.SEAL)
        store.append(saved(store.state, TPS[0], {"suara.1": 5}))


@pytest.mark.parametrize("seed", range(2))
def test_a_damaged_file_never_crashes_the_inspection(whole: Path, seed: int) -> None:
    content = whole.read_bytes()
    damaged = refused = 0
    for broken in damages(content, seed):
        whole.write_bytes(broken)
        try:
            damaged += inspect(whole).damaged
        except NewerVersion:
            refused += 1
        assert whole.read_bytes() == broken
        with contextlib.suppress(PlenoError):
            use(whole)
    assert damaged > 50
    assert refused < 5
