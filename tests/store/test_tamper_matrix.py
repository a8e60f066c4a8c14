"""The seventeen attacks of an owner of the file, and the layer that stops or shows each (TRUST.md section 11).

R: the triggers refuse it. F: `pleno verifikasi` shows it from the file alone. P: the seals on paper show it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from service.table import Table
from signing.ceremony import workspace

from pleno.domain.entry import Change, Entry, Kind
from pleno.service import sealing
from pleno.service.session import Session
from pleno.service.verify import Outcome, verify
from pleno.store import Occupant, Store, inspect
from pleno.store.schema import own_objects

ME: Final = Occupant("pemilik", os.getpid(), "15:00:00")


class Paper(NamedTuple):
    """What a saksi wrote down of one seal."""

    number: int
    seq: int
    angka_saksi: str
    words: str


class Seen(NamedTuple):
    """What each layer shows of a file."""

    outcome: Outcome
    refused: bool
    against_paper: tuple[int, ...]
    """Numbers of the seals on paper that the file does not hold."""
    failed: frozenset[str]
    """Names of the questions that were answered no."""


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Paper]]:
    """A whole workspace with three seals, and the paper of a saksi."""
    made = workspace(tmp_path_factory.mktemp("meja"))
    paper = []
    with Session.open(made) as session:
        table = Table(session).open()
        for number in range(3):
            for n in range(len(table.codes)):
                table.reads_only(n, "plano", note="dibaca ulang di rapat" if number else "", suara__1=100 + number + n)
            line = sealing.seal(session, f"{number}417", "op1")
            paper.append(Paper(line.number, line.seq, line.angka_saksi, line.words))
    return made, paper


@pytest.fixture
def folder(held: tuple[Path, list[Paper]], tmp_path: Path) -> Path:
    return Path(shutil.copytree(held[0], tmp_path / "kec"))


def database(folder: Path) -> Path:
    return folder / "data" / "pleno.db"


@contextlib.contextmanager
def by_hand(folder: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(database(folder), isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def put_triggers_back(connection: sqlite3.Connection) -> None:
    present = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    for (kind, name), (_, sql) in own_objects().items():
        if kind == "trigger" and name not in present:
            connection.execute(sql)


def rebuilt(folder: Path, edit: Callable[[Entry], Entry | None]) -> None:
    """The strongest owner: the whole chain and every table made anew by the real store."""
    old = database(folder)
    new = old.with_suffix(".baru")
    with Store.open(old, ME) as store:
        genesis, entries = store.genesis, list(store.entries())
    with Store.create(new, genesis, ME) as store:
        for entry in entries:
            kept = edit(entry)
            if kept is not None:
                store.append(kept._replace(seq=0, hash=""))
    new.replace(old)


# --- the attacks ---------------------------------------------------------------------------


def a01_figure_by_hand(folder: Path) -> None:
    with by_hand(folder) as c:
        c.execute("""UPDATE reading SET figures = replace(figures, '"suara.1":102', '"suara.1":999')""")


def a02_journal_with_triggers(folder: Path) -> None:
    with by_hand(folder) as c:
        c.execute("UPDATE journal SET body = replace(body, '100', '900')")


def a03_trigger_dropped(folder: Path) -> None:
    with by_hand(folder) as c:
        c.execute("DROP TRIGGER journal_no_update")
        c.execute("UPDATE journal SET body = replace(body, 'null,100', 'null,900')")


def a04_state_too_and_trigger_back(folder: Path) -> None:
    with by_hand(folder) as c:
        c.execute("DROP TRIGGER journal_no_update")
        c.execute("UPDATE journal SET body = replace(body, '102]', '902]')")
        c.execute("""UPDATE reading SET figures = replace(figures, '"suara.1":102', '"suara.1":902')""")
        put_triggers_back(c)


def a05_middle_entry_deleted(folder: Path) -> None:
    with by_hand(folder) as c:
        c.execute("DROP TRIGGER journal_no_delete")
        c.execute("DELETE FROM journal WHERE seq = 10")
        put_triggers_back(c)


def a06_last_five_cut(folder: Path) -> None:
    last = inspect(database(folder)).entries
    rebuilt(folder, lambda entry: entry if entry.seq <= last - 5 else None)


def a07_chain_rebuilt_with_another_figure(folder: Path) -> None:
    first: list[str] = []

    def edit(entry: Entry) -> Entry:
        if entry.kind is not Kind.READING_SAVED or entry.tps is None:
            return entry
        first.append(entry.tps)
        (change,) = entry.changes
        if entry.tps != first[0]:
            return entry
        count = first.count(entry.tps)
        before = None if count == 1 else 905 if count == 2 else change.before
        after = 905 if count == 1 else change.after
        return entry._replace(changes=(change._replace(before=before, after=after),))

    rebuilt(folder, edit)


def a08_back_dated_entry(folder: Path) -> None:
    with Store.open(database(folder), ME) as store:
        last = store.last_of(Kind.READING_SAVED)
        assert last is not None
        (change,) = last.changes
        again = Change(change.tps, change.row, change.after, 777)
        stamp = last.stamp._replace(at="2020-01-01T00:00:00.000+07:00")
        store.append(last._replace(changes=(again,), stamp=stamp, seq=0, hash=""))


def a09_morning_copy(folder: Path) -> None:
    rebuilt(folder, lambda entry: entry if entry.seq <= 12 else None)


def a10_rollback_and_other_entries(folder: Path) -> None:
    def edit(entry: Entry) -> Entry:
        if entry.kind is not Kind.READING_SAVED or entry.seq <= 12:
            return entry
        return entry._replace(note="dibaca ulang dengan alasan lain")

    rebuilt(folder, edit)


def a11_strict_removed(folder: Path) -> None:
    with by_hand(folder) as c:
        c.execute("PRAGMA writable_schema = ON")
        c.execute("UPDATE sqlite_master SET sql = replace(sql, 'STRICT', '') WHERE name = 'reading'")
        (version,) = c.execute("PRAGMA schema_version").fetchone()
        c.execute(f"PRAGMA schema_version = {version + 1}")
    with by_hand(folder) as c:
        c.execute("UPDATE reading SET seq = 'abc'")


def a12_foreign_trigger(folder: Path) -> None:
    with by_hand(folder) as c:
        c.execute(
            "CREATE TRIGGER jahat AFTER INSERT ON journal BEGIN "
            "UPDATE reading SET figures = replace(figures, '10', '20'); END"
        )


def a13_temporary_view(folder: Path) -> None:
    with by_hand(folder) as c:
        c.execute("CREATE TEMP VIEW reading AS SELECT 1")


def a14_one_byte(folder: Path) -> None:
    data = bytearray(database(folder).read_bytes())
    data[data.rindex(b'"suara.1":102') + 10] ^= 1
    database(folder).write_bytes(data)


def a15_cut_in_half(folder: Path) -> None:
    os.truncate(database(folder), database(folder).stat().st_size // 2)


def a16_another_database(folder: Path) -> None:
    other = folder.parent / "lain"
    other.mkdir()
    shutil.copyfile(database(workspace(other)), database(folder))
    config = folder / "pleno.toml"
    config.write_text(config.read_text("utf-8").replace('kode = "310101"', 'kode = "630214"'), "utf-8")


def a17_insert_or_replace(folder: Path) -> None:
    with by_hand(folder) as c:
        seq, prev = c.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
        body, old = c.execute("SELECT body, hash FROM journal WHERE seq = 6").fetchone()
        c.execute("INSERT OR REPLACE INTO journal VALUES (?, ?, ?, ?)", (seq + 1, prev, body, old))


ATTACKS: Final = (
    (a01_figure_by_hand, "F", "keadaan"), (a02_journal_with_triggers, "R", ""), (a03_trigger_dropped, "F", "rantai"),
    (a04_state_too_and_trigger_back, "F", "rantai"), (a05_middle_entry_deleted, "F", "rantai"),
    (a06_last_five_cut, "P", ""), (a07_chain_rebuilt_with_another_figure, "P", ""), (a08_back_dated_entry, "3", ""),
    (a09_morning_copy, "P", ""), (a10_rollback_and_other_entries, "P", ""), (a11_strict_removed, "F", "skema"),
    (a12_foreign_trigger, "F", "skema"), (a13_temporary_view, "-", ""), (a14_one_byte, "F", "keadaan"),
    (a15_cut_in_half, "F", "berkas"), (a16_another_database, "F", "ruang kerja"), (a17_insert_or_replace, "R", ""),
)  # fmt: skip
"""Attack -> the layer that shows it, and for F the question that is answered no because of this attack.

3 = exit code 3 and a note about the clock, - = nothing persists.
"""


WHOLE: Final = Seen(Outcome.UTUH, False, (), frozenset())


def look(folder: Path, paper: list[Paper], attack: Callable[[Path], None]) -> Seen:
    refused = False
    try:
        attack(folder)
    except sqlite3.IntegrityError:
        refused = True
    seals = {Paper(seal.number, seal.seq, seal.angka_saksi, seal.words) for seal in inspect(database(folder)).seals}
    found = verify(folder)
    failed = frozenset(check.name for check in found.checks if not check.ok)
    return Seen(found.outcome, refused, tuple(one.number for one in paper if one not in seals), failed)


@pytest.mark.parametrize(("attack", "layer", "question"), ATTACKS, ids=[attack.__name__ for attack, *_ in ATTACKS])
def test_each_attack_is_shown_by_its_layer(
    attack: Callable[[Path], None], layer: str, question: str, folder: Path, held: tuple[Path, list[Paper]]
) -> None:
    seen = look(folder, held[1], attack)
    assert seen.refused == (layer == "R"), seen
    if layer == "F":
        assert seen.outcome is Outcome.RUSAK, seen
        assert question in seen.failed, seen
    elif layer == "P":
        assert seen.outcome in (Outcome.UTUH, Outcome.EKOR), seen
        assert seen.against_paper, seen
    elif layer == "3":
        assert seen.outcome is Outcome.EKOR, seen
        assert inspect(database(folder)).steps_back == 1
    else:  # refused, or nothing persists: the file is as it was
        assert (seen.outcome, seen.against_paper) == (Outcome.UTUH, ()), seen


def test_the_matrix_is_whole() -> None:
    assert [attack.__name__[1:3] for attack, *_ in ATTACKS] == [f"{number:02}" for number in range(1, 18)]


def test_the_untouched_workspace_is_whole(folder: Path, held: tuple[Path, list[Paper]]) -> None:
    assert look(folder, held[1], lambda _: None) == WHOLE


def test_rebuilding_without_a_change_is_no_attack(folder: Path, held: tuple[Path, list[Paper]]) -> None:
    """Else 06, 07, 09 and 10 would be shown by how this file rebuilds, not by what they change."""
    assert look(folder, held[1], lambda place: rebuilt(place, lambda entry: entry)) == WHOLE


def test_another_database_of_the_same_kecamatan_is_shown_by_paper(
    folder: Path, held: tuple[Path, list[Paper]], tmp_path: Path
) -> None:
    other = tmp_path / "lain"
    other.mkdir()
    shutil.copyfile(database(workspace(other)), database(folder))
    assert look(folder, held[1], lambda _: None).against_paper == (1, 2, 3)
