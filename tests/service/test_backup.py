"""Copies of the database: written, judged, gone back to."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from service.table import Table

from pleno.domain.entry import Kind
from pleno.domain.errors import PlenoError
from pleno.domain.sentences import sentence
from pleno.domain.state import PlenoState
from pleno.service import backup, restore, sealing, views
from pleno.service.session import Session, database_path
from pleno.store import inspect
from pleno.store.parting import Parting, part

WHY = "laptop jatuh, disk tidak terbaca"


def _copies(folder: Path) -> list[Path]:
    return sorted((folder / "data" / "cadangan").glob("*.db"))


def _database(session: Session) -> Path:
    return database_path(session.folder, session.config)


def test_a_copy_is_judged_and_named_after_the_entry_or_the_seal(table: Table) -> None:
    session = table.session
    upto = session.store.head().seq
    (first,) = backup.back_up(session, "op1")
    assert (first.name, first.fault) == (f"pleno-310101-entri{upto}.db", "")
    copy = inspect(first.folder / first.name)
    assert (copy.damaged, copy.head.seq) == (False, upto)
    seal = sealing.seal(session, "4711", "op1")
    (second,) = backup.back_up(session, "op1")
    first_word, second_word = seal.words.split("-")
    assert second.name == f"pleno-310101-segel01-{first_word}.db"
    assert [path.name for path in _copies(session.folder)] == sorted([first.name, second.name])
    newest = backup.last_copy(session)
    assert newest is not None
    assert (newest.seq, newest.folders) == (seal.seq, (str(second.folder),))
    told = sentence(session.store.entries_of(Kind.BACKUP)[0], session.names())
    assert told == f"Salinan {first.name} (entri 1 sampai {upto}) ditulis dan diperiksa oleh Operator (operator)."
    read_back = sealing.read_back(session, second_word, "ppk2")
    (third,) = backup.back_up(session, "op1")
    assert third.name == second.name, "the word from paper changed no figure"
    assert inspect(third.folder / third.name).head.seq == read_back.seq


def test_a_stick_that_is_not_there_is_told_and_the_other_copy_counts(table: Table, tmp_path: Path) -> None:
    session = table.session
    path = session.folder / "pleno.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace('cadangan = ["data/cadangan"]', f'cadangan = ["{tmp_path}/stik/a", "data/cadangan"]'))
    session.close()
    with Session.open(session.folder) as again:
        stick, own = backup.back_up(again, "op1")
    assert f"{tmp_path}/stik/a tidak dapat ditulis" in stick.fault
    assert (own.fault, [one.name for one in _copies(session.folder)]) == ("", [own.name])


def test_no_copy_at_all_is_refused_and_no_entry(table: Table, tmp_path: Path) -> None:
    before = table.session.store.head()
    with pytest.raises(PlenoError, match="Salinan gagal"):
        backup.back_up(table.session, "op1", tmp_path / "tidak" / "ada")
    assert table.session.store.head() == before


def test_a_copy_that_reads_back_otherwise_does_not_take_the_name_of_a_good_one(
    table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stick that loses the second half of what it is given."""
    stick = tmp_path / "stik"

    def halved(source: Path, target: Path) -> None:
        data = source.read_bytes()
        target.write_bytes(data[: len(data) // 2])

    monkeypatch.setattr(backup, "durable_copy", halved)
    prepared = backup.prepare(table.session, stick)
    (copied,) = backup.write(prepared)
    assert copied.fault == f"Salinan di {stick} terbaca lain dari aslinya. Pakai media lain."
    assert backup.remember(table.session, prepared, [copied]) is None
    assert (list(stick.iterdir()), prepared.snapshot.exists()) == ([], False)


def test_a_copy_of_a_changed_database_does_not_blame_the_stick(table: Table, tmp_path: Path) -> None:
    stick = tmp_path / "stik"
    prepared = backup.prepare(table.session, stick)
    spoilt = sqlite3.connect(prepared.snapshot, isolation_level=None)
    spoilt.execute("UPDATE desa SET name = 'LAIN'")
    spoilt.close()
    (copied,) = backup.write(prepared)
    assert copied.fault.startswith("Basis data ruang kerja ini sendiri tidak utuh.")
    assert backup.remember(table.session, prepared, [copied]) is None
    assert (list(stick.iterdir()), prepared.snapshot.exists()) == ([], False)


# --- going back ----------------------------------------------------------------------------


@pytest.fixture
def copied(table: Table) -> tuple[Path, Path, int]:
    """A workspace with one more settled TPS than its copy: folder, copy, entries up to the copy's head."""
    table.reads()
    (made,) = backup.back_up(table.session, "op1")
    upto = table.session.store.head().seq - 1
    table.reads(1)
    table.session.close()
    return table.session.folder, made.folder / made.name, upto


def test_going_back_is_told_before_and_changes_nothing_yet(copied: tuple[Path, Path, int]) -> None:
    folder, copy, upto = copied
    before = (folder / "data" / "pleno.db").read_bytes()
    lost = restore.preview_restore(folder, copy)
    assert (lost.copy.head.seq, lost.copy.damaged) == (upto, False)
    assert lost.present is not None
    assert (lost.present.common, lost.present.right, lost.present.forked) == (upto, upto, False)
    assert lost.entries == lost.present.left - upto > 0
    assert (folder / "data" / "pleno.db").read_bytes() == before


def test_the_chain_goes_on_from_the_copy_and_the_old_database_stays(copied: tuple[Path, Path, int]) -> None:
    folder, copy, upto = copied
    old = inspect(folder / "data" / "pleno.db")
    entry, aside = restore.restore(folder, copy, "ppk1", WHY)
    assert aside is not None
    assert inspect(aside).head == old.head
    with Session.open(folder) as session:
        told = sentence(entry, session.names())
        contest = session.contest(None)
        plano = [file.has_plano for file in views.contest_files(session, contest)]
        assert plano == [True, False, False, False]
        Table(session).reads(1)
        assert inspect(_database(session)).damaged is False
    assert told == (
        f"Salinan {copy.name} (entri 1 sampai {upto}) dipulihkan oleh Ketua PPK (ketua PPK): {WHY}; "
        f"{old.head.seq - upto} entri sesudahnya tidak ikut, basis data lama disimpan sebagai {aside.name}."
    )
    assert part(folder / "data" / "pleno.db", aside).common == upto
    assert part(folder / "data" / "pleno.db", aside).forked


@pytest.mark.parametrize("ruin", [None, b"", b"bukan basis data", b"SQLite format 3\0" + b"\xff" * 4000])
def test_going_back_from_a_lost_or_broken_database(
    copied: tuple[Path, Path, int], ruin: bytes | None, sit_at: Callable[[str], Path]
) -> None:
    folder, copy, upto = copied
    database = folder / "data" / "pleno.db"
    seen = inspect(database).head.seq - 1  # the last entry only closed the program
    database.unlink()
    if ruin is not None:
        database.write_bytes(ruin)
    assert restore.preview_restore(folder, copy).entries == seen - upto, "the laptop remembers how far it went"
    sit_at("2B07-9D41")
    assert restore.preview_restore(folder, copy).entries is None
    entry, aside = restore.restore(folder, copy, "ppk1", WHY)
    assert (aside.read_bytes() if aside else None) == ruin
    assert entry.data["hilang"] == "jumlah yang tidak diketahui"
    with Session.open(folder) as session:
        assert session.meeting.state is PlenoState.DIBUKA


def test_a_rollback_journal_of_the_old_database_is_not_played_into_the_copy(copied: tuple[Path, Path, int]) -> None:
    folder, copy, _upto = copied
    hot = folder / "data" / "pleno.db-journal"
    hot.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\x00" * 504)
    _entry, aside = restore.restore(folder, copy, "ppk1", WHY)
    assert aside is not None
    assert aside.with_name(f"{aside.name}-journal").exists()
    assert inspect(folder / "data" / "pleno.db").damaged is False


@pytest.mark.parametrize(
    ("by", "note", "said"),
    [
        ("op1", WHY, "Bukan wewenangnya"),
        ("ppk2", WHY, "Bukan wewenangnya"),
        ("ppk1", "", "Alasan belum ditulis"),
        ("ppk1", "singkat", "Alasan belum ditulis"),
    ],
)
def test_only_the_ketua_and_only_with_a_reason(copied: tuple[Path, Path, int], by: str, note: str, said: str) -> None:
    folder, copy, _upto = copied
    before = {path.name: path.read_bytes() for path in (folder / "data").iterdir() if path.is_file()}
    with pytest.raises(PlenoError) as refused:
        restore.restore(folder, copy, by, note)
    assert refused.value.title == said
    assert {path.name: path.read_bytes() for path in (folder / "data").iterdir() if path.is_file()} == before


def test_a_damaged_or_foreign_copy_is_refused(copied: tuple[Path, Path, int], tmp_path: Path) -> None:
    folder, copy, _upto = copied
    bent = tmp_path / "bengkok.db"
    bent.write_bytes(copy.read_bytes())
    connection = sqlite3.connect(bent, isolation_level=None)
    connection.execute("UPDATE reading SET figures = replace(figures, '124', '125')")
    connection.close()
    with pytest.raises(PlenoError, match=r"bengkok\.db tidak utuh"):
        restore.preview_restore(folder, bent)
    toml = folder / "pleno.toml"
    toml.write_text(toml.read_text("utf-8").replace('kode = "310101"', 'kode = "310102"'), "utf-8")
    with pytest.raises(PlenoError, match="dibuat untuk kode kecamatan 310101"):
        restore.preview_restore(folder, copy)


def test_an_open_workspace_is_not_replaced(table: Table) -> None:
    (made,) = backup.back_up(table.session, "op1")
    with pytest.raises(PlenoError, match="sedang dipakai"):
        restore.restore(table.session.folder, made.folder / made.name, "ppk1", WHY)


def test_two_workspaces_of_one_kecamatan_share_nothing(table: Table, tmp_path: Path) -> None:
    (made,) = backup.back_up(table.session, "op1")
    copy = made.folder / made.name
    assert part(copy, copy) == Parting(*[inspect(copy).entries] * 3)
    assert not part(copy, copy).forked
