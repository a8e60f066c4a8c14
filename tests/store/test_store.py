"""One act is one transaction: the entry and what it changes, or nothing."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from store.samples import CONTEST, GENESIS, TPS, created, entry, imported, saved, walk

from pleno.domain import chain
from pleno.domain.apply import apply
from pleno.domain.entry import Entry, Kind
from pleno.domain.errors import Damaged, PlenoError
from pleno.domain.keberatan import Keberatan
from pleno.domain.state import RECORDS, Desa, MemoryState, Pembetulan, Person, Reading, Record, State
from pleno.store import Occupant, Store, inspect
from pleno.store.database import Database

ME = Occupant("ppk1", os.getpid(), "15:00:00")


def records(state: State) -> list[Record]:
    return [record for kind in RECORDS for record in state.all(kind)]


def stored(store: Store) -> tuple[list[Entry], list[Record]]:
    return list(store.entries()), records(store.state)


def test_entries_are_numbered_and_linked(store: Store) -> None:
    first, second = store.append(
        saved(store.state, TPS[0], {"suara.1": 71}), saved(store.state, TPS[1], {"suara.1": None})
    )
    assert (first.seq, second.seq) == (2, 3)
    assert store.head() == (3, bytes.fromhex(second.hash))
    linked = chain.link(bytes.fromhex(first.hash), 3, chain.canonical(second.body()))
    assert second.hash == linked.hex()
    assert list(store.entries(2)) == [first, second]
    assert list(store.entries(2, 2)) == [first]
    assert list(store.entries(4)) == []


def test_the_chain_starts_at_the_genesis(path: Path) -> None:
    with Store.create(path, GENESIS, ME) as store:
        assert store.head() == (0, chain.genesis_hash(GENESIS))
        (first,) = store.append(created())
        assert first.hash == chain.link(chain.genesis_hash(GENESIS), 1, chain.canonical(first.body())).hex()
    with Store.open(path, ME) as again:
        assert (again.genesis, again.head().seq, again.read_only, again.hot_journal) == (GENESIS, 1, "", False)


def test_entries_are_streamed_in_parts(store: Store) -> None:
    store.append(*(entry(Kind.APP_OPEN, note=str(number)) for number in range(1200)))
    assert [one.seq for one in store.entries()] == list(range(1, 1202))
    assert [one.seq for one in store.entries(499, 1001)] == list(range(499, 1002))


def test_entries_are_streamed_from_the_newest_and_few_are_fetched(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.append(*(entry(Kind.APP_OPEN, note=str(number)) for number in range(1200)))
    assert [one.seq for one in store.newest_first(1202)] == list(range(1201, 0, -1))
    assert [one.seq for one in store.newest_first(1002, 499)] == list(range(1001, 498, -1))
    assert list(store.newest_first(5, 5)) == list(store.newest_first(1, -3)) == []
    fetched: list[int] = []
    rows = Database.rows
    monkeypatch.setattr(Database, "rows", lambda *args: (found := rows(*args), fetched.append(len(found)))[0])
    assert [one.seq for one in islice(store.newest_first(1202), 3)] == [1201, 1200, 1199]
    assert fetched == [1, 2]


def test_the_last_of_a_kind(worked: Store) -> None:
    entries = list(worked.entries())
    for kind in Kind:
        expected = [one for one in entries if one.kind is kind][-1:]
        assert worked.last_of(kind) == (expected[0] if expected else None)
    both = [one for one in entries if one.kind in (Kind.SEAL, Kind.EXPORT)]
    assert worked.last_of(Kind.SEAL, Kind.EXPORT) == both[-1]


def test_kinds_are_known_of_what_stands_alone(store: Store) -> None:
    """Whatever was asked before: an act that was undone is none, the next one is, also beyond one part."""
    others = store.head().seq
    assert (store.last_of(Kind.APP_OPEN), store.count_but(1, Kind.SEAL)) == (None, others)
    with pytest.raises(PlenoError):
        store.append(entry(Kind.SEAL, data={"no": 1, "angka_saksi": "0417"}), entry(Kind.APP_OPEN, note="bunyi \a"))
    assert (store.last_of(Kind.SEAL), store.count_but(1, Kind.SEAL)) == (None, others)
    opened = store.append(*(entry(Kind.APP_OPEN, note=str(number)) for number in range(1200)))
    (closed,) = store.append(entry(Kind.APP_CLOSE))
    assert store.entries_of(Kind.APP_OPEN) == list(opened)
    assert store.entries_of(Kind.APP_CLOSE, Kind.APP_OPEN)[-1] == closed
    assert (store.count_but(1, Kind.APP_OPEN), store.count_but(others + 1, Kind.APP_OPEN)) == (others + 1, 1)


def test_a_note_cannot_pass_for_a_kind(store: Store) -> None:
    (seal,) = store.append(entry(Kind.SEAL, data={"no": 1, "angka_saksi": "0417"}))
    store.append(entry(Kind.APP_OPEN, note='"kind":"seal"'), entry(Kind.APP_OPEN, data={"kind": "seal"}))
    assert store.last_of(Kind.SEAL) == seal


@pytest.mark.parametrize(
    ("bad", "error"),
    [
        (lambda state: saved(MemoryState(), TPS[0], {"suara.1": 9}), Damaged),
        (lambda state: imported(state, [(TPS[1], "suara.1", 4), ("9999999999999", "suara.1", 5)], 1), PlenoError),
        (lambda state: entry(Kind.PEMBETULAN_CONFIRMED, refers=77), Damaged),
        (lambda state: entry(Kind.APP_OPEN, note="bunyi \a"), PlenoError),
        (lambda state: entry(Kind.APP_OPEN, note="e\u0301"), PlenoError),
        (lambda state: entry(Kind.APP_OPEN, data={"x": 1.5}), PlenoError),
        (lambda state: saved(state, TPS[1], {"suara.1": 10_000_000}), PlenoError),
        (lambda state: saved(state, TPS[1], {"suara.1": -1}), PlenoError),
    ],
)
def test_an_act_that_fails_leaves_nothing(store: Store, path: Path, bad, error: type[PlenoError]) -> None:
    store.append(saved(store.state, TPS[0], {"suara.1": 71}))
    before = stored(store)
    good = imported(store.state, [(TPS[2], "suara.1", 1), (TPS[3], "suara.2", None)], 7)
    with pytest.raises(error):
        store.append(good, bad(store.state))
    assert stored(store) == before
    store.append(good)
    assert store.state.get(Reading, TPS[2], CONTEST, "sirekap").figures == {"suara.1": 1}
    assert not inspect(path).damaged


def test_a_keyboard_interrupt_in_the_middle_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = stored(store)
    put = store.state.put
    asked = iter(range(2))

    def interrupted(record: Record) -> None:
        put(record)
        if next(asked) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(store.state, "put", interrupted)
    with pytest.raises(KeyboardInterrupt):
        store.append(imported(store.state, [(tps, "suara.1", 1) for tps in TPS], 1))
    monkeypatch.undo()
    assert stored(store) == before
    store.append(saved(store.state, TPS[0], {"suara.1": 71}))


def test_a_full_disk_is_said_and_undone(store: Store, path: Path) -> None:
    ((pages,),) = store._database.rows("PRAGMA page_count")
    store._database.rows(f"PRAGMA max_page_count = {pages}")
    before = stored(store)
    large = imported(store.state, [(tps, f"suara.{row}", row) for tps in TPS for row in range(400)], 1)
    with pytest.raises(PlenoError) as refused:
        store.append(large)
    assert (refused.value.title, refused.value.message) == ("TIDAK TERSIMPAN", "Disk penuh; tidak ada yang berubah.")
    assert stored(store) == before
    store._database.rows(f"PRAGMA max_page_count = {pages + 1000}")
    store.append(large)
    assert not inspect(path).damaged


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(PlenoError, match="sudah ditutup"):
        store.append(created())


@pytest.mark.parametrize("seed", range(4))
def test_a_replay_makes_the_same_state(store: Store, path: Path, seed: int) -> None:
    for one in islice(walk(store.state, random.Random(seed), 1), 180):
        store.append(one)
    replayed = MemoryState()
    for one in store.entries():
        apply(replayed, one)
    assert records(replayed) == records(store.state)
    assert len(list(store.state.all(Pembetulan))) > 1
    assert len(list(store.state.all(Person))) > 1
    assert len({item.state for item in store.state.all(Keberatan)}) > 1
    inspection = inspect(path)
    assert (inspection.damaged, inspection.entries, inspection.head) == (False, 181, store.head())


def test_an_import_of_many_papers_is_one_entry(store: Store) -> None:
    cells = [(tps, f"suara.{row}", row) for tps in TPS for row in range(1, 100)]
    (one,) = store.append(imported(store.state, cells, 1))
    assert (one.seq, len(one.changes)) == (2, len(cells))
    assert {reading.seq for reading in store.state.all(Reading)} == {2}


@pytest.fixture
def with_trigger(store: Store, path: Path) -> Iterator[Store]:
    """The same database after somebody added a trigger that rewrites inputs (attack 12)."""
    store.close()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TRIGGER jahat AFTER INSERT ON journal BEGIN UPDATE reading SET seq = seq + 10; END")
    connection.close()
    with Store.open(path, ME) as again:
        yield again


def test_a_changed_schema_is_read_but_never_written(with_trigger: Store) -> None:
    assert with_trigger.read_only == "Susunan basis data berubah: pemicu jahat asing."
    assert len(list(with_trigger.state.all(Desa))) == 2
    with pytest.raises(PlenoError, match="pemicu jahat asing"):
        with_trigger.append(entry(Kind.APP_OPEN))
    assert with_trigger.head().seq == 1


def test_a_hot_journal_is_undone_and_told(store: Store, path: Path) -> None:
    """The files as they lie when the program dies in the middle of a save."""
    store.append(saved(store.state, TPS[0], {"suara.1": 71}))
    before = stored(store)
    store._database.run("PRAGMA cache_size = 1")
    store._database.run("BEGIN IMMEDIATE")
    for number in range(300):
        store._database.run("INSERT INTO meta VALUES (?, ?)", (f"k{number}", "x" * 200))
    # Reading the file here frees this process's lock on POSIX; nobody else is about.
    left = {name: (path.parent / name).read_bytes() for name in ("pleno.db", "pleno.db-journal")}
    store._database.run("ROLLBACK")
    store.close()
    for name, content in left.items():
        (path.parent / name).write_bytes(content)
    assert left["pleno.db-journal"]
    assert not inspect(path).damaged
    assert {name: (path.parent / name).read_bytes() for name in left} == left
    with Store.open(path, ME) as again:
        assert again.hot_journal
        assert stored(again) == before
    with Store.open(path, ME) as once_more:
        assert not once_more.hot_journal


def test_entries_are_counted_by_their_kind_alone(store: Store) -> None:
    store.append(
        entry(Kind.APP_OPEN),
        saved(store.state, TPS[0], {"suara.1": 71}),
        entry(Kind.APP_CLOSE, note='"kind":"app.open"'),
        saved(store.state, TPS[1], {"suara.1": 5}),
        entry(Kind.DB_RECOVERED),
        entry(Kind.APP_OPEN, data={"deeper": {"kind": "reading.saved"}}),
        entry(Kind.BALLAST_FREED, data={"deeper": {"kind": "app.open"}}),
    )
    neutral = (Kind.APP_OPEN, Kind.APP_CLOSE, Kind.DB_RECOVERED)
    assert store.count_but(1, *neutral) == 4
    assert store.count_but(4, *neutral) == 2
    assert store.count_but(99, *neutral) == 0
