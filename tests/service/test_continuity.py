"""An older copy, another laptop, a fork, a profile that takes nothing: told before anything is typed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from service.table import Table

from pleno.domain.chain import genesis_hash
from pleno.domain.entry import Kind
from pleno.domain.errors import PlenoError
from pleno.domain.sentences import sentence
from pleno.service import backup, laptop, restore, sealing
from pleno.service.comparison import compare_two
from pleno.service.laptop import Known
from pleno.service.notices import notices
from pleno.service.session import Session
from pleno.store import inspect

WHY = "disk laptop diganti, salinan pagi dipakai"


@pytest.fixture
def folder_of_the_day(table: Table) -> Path:
    """A workspace that was worked in, sealed and closed."""
    table.reads()
    sealing.seal(table.session, "4711", "op1")
    table.session.close()
    return table.session.folder


def database(folder: Path) -> Path:
    return folder / "data" / "pleno.db"


def work(folder: Path, n: int) -> int:
    """Read a TPS; the last entry of the act."""
    with Session.open(folder) as session:
        Table(session).reads(n)
        return session.store.head().seq


def test_what_was_seen_is_kept_and_a_workspace_that_went_on_is_no_surprise(folder_of_the_day: Path) -> None:
    work(folder_of_the_day, 1)
    with Session.open(folder_of_the_day) as session:
        assert (session.behind, list(notices(session))) == (None, [])


@pytest.mark.parametrize("went_on", [False, True])
def test_the_copy_of_the_morning_put_back_is_told_and_takes_nothing(folder_of_the_day: Path, went_on: bool) -> None:
    folder = folder_of_the_day
    morning = database(folder).read_bytes()
    seen = work(folder, 1)
    database(folder).write_bytes(morning)
    if went_on:
        shutil.move(laptop.profile() / "jejak", laptop.profile() / "simpan")
        work(folder, 2)
        shutil.rmtree(laptop.profile() / "jejak")
        shutil.move(laptop.profile() / "simpan", laptop.profile() / "jejak")
    with Session.open(folder) as session:
        assert session.behind is not None
        assert (session.behind.seq, session.behind.seal) == (seen, 1)
        (notice,) = notices(session)
        assert (notice.title, notice.misleads) == ("BACA-SAJA", True)
        assert f"sampai entri {seen}, segel 01; yang dibuka" in notice.text
        with pytest.raises(PlenoError, match="SALINAN LAMA"):
            Table(session).reads(2)
    entry, _aside = restore.restore(folder, database(folder), "ppk1", WHY)
    assert entry.data["kepala"]
    work(folder, 3)
    with Session.open(folder) as session:
        assert list(notices(session)) == []
    assert not inspect(database(folder)).damaged


def test_another_laptop_is_an_entry_and_the_fork_is_named(
    folder_of_the_day: Path, tmp_path: Path, sit_at: Callable[[str], Path]
) -> None:
    other = Path(shutil.copytree(folder_of_the_day, tmp_path / "laptop-dua"))
    before = inspect(database(other)).head.seq
    work(folder_of_the_day, 1)
    sit_at("2B07-9D41")
    with Session.open(other) as session:
        (notice,) = notices(session)
        assert (notice.title, "7C1F-22A0" in notice.text) == ("LAPTOP LAIN", True)
        Table(session).reads(2)
        (moved,) = session.store.entries_of(Kind.DEVICE_CHANGED)
        assert sentence(moved, session.names()) == (
            "Basis data dibuka di laptop lain: 2B07-9D41, sebelumnya 7C1F-22A0; oleh Operator (operator)."
        )
        assert list(notices(session)) == []
    work(other, 3)
    with Session.open(other) as session:
        assert len(session.store.entries_of(Kind.DEVICE_CHANGED)) == 1
    found = compare_two(folder_of_the_day, other)
    assert found.parting is not None
    assert (found.parting.common, found.parting.forked) == (before, True)
    assert all(f"mulai #{before + 1} " in line for line in found.lines[1:])


def test_a_copy_is_restored_on_a_second_laptop_and_goes_on(
    folder_of_the_day: Path, tmp_path: Path, sit_at: Callable[[str], Path]
) -> None:
    """The drill: laptop, disk and folder are gone; a stick and pleno.toml are left."""
    with Session.open(folder_of_the_day) as session:
        (made,) = backup.back_up(session, "op1")
    stick = Path(shutil.copy(made.folder / made.name, tmp_path))
    second = tmp_path / "laptop-dua" / "kec"
    second.mkdir(parents=True)
    shutil.copy(folder_of_the_day / "pleno.toml", second)
    sit_at("2B07-9D41")
    entry, aside = restore.restore(second, stick, "ppk1", WHY)
    assert (entry.kind, aside, entry.data["hilang"]) == (Kind.RESTORE, None, "jumlah yang tidak diketahui")
    work(second, 1)
    with Session.open(second) as session:
        sealing.seal(session, "0001", "op1")
        assert [one.kind for one in session.store.entries_of(Kind.DEVICE_CHANGED)] == [Kind.DEVICE_CHANGED]
    judged = inspect(database(second))
    assert (judged.damaged, len(judged.seals)) == (False, 2)


def test_a_drill_touches_nothing_and_is_remembered(folder_of_the_day: Path) -> None:
    with Session.open(folder_of_the_day) as session:
        (made,) = backup.back_up(session, "op1")
        genesis = inspect(made.folder / made.name).genesis
    before = {path: path.read_bytes() for path in folder_of_the_day.rglob("*") if path.is_file()}
    restore.drill(folder_of_the_day, made.folder / made.name)
    assert {path: path.read_bytes() for path in folder_of_the_day.rglob("*") if path.is_file()} == before
    assert laptop.drilled(genesis_hash(genesis)) is not None
    (made.folder / made.name).write_bytes(b"bukan salinan")
    with pytest.raises(PlenoError):
        restore.drill(folder_of_the_day, made.folder / made.name)


def test_a_profile_that_takes_nothing_stops_nothing(folder_of_the_day: Path, profile: Path) -> None:
    shutil.rmtree(profile)
    profile.write_text("berkas, bukan folder")
    work(folder_of_the_day, 1)
    assert laptop.fault() != ""
    first, again = laptop.device_id(), laptop.device_id()
    assert first == again


@pytest.mark.parametrize(
    "kept", ["", "{", "[]", "null", '{"seq": -1, "hash": "00", "segel": 0}', '{"seq": true}', "[" * 5000, "\0" * 99]
)
def test_a_spoilt_memory_is_no_memory(profile: Path, kept: str) -> None:
    laptop.remember(b"\1" * 32, Known(7, "ab" * 32, 2))
    assert laptop.known(b"\1" * 32) == Known(7, "ab" * 32, 2)
    (place,) = (profile / "jejak").iterdir()
    place.write_text(kept)
    assert laptop.known(b"\1" * 32) is None
    (profile / "perangkat").write_bytes(b"\xff\xfe")
    assert laptop.device_id() == laptop.device_id()
