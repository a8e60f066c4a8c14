"""Copies of the database from Segel & ekspor: after each seal, on demand, a stick that is missing (TRUST.md 10)."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tui.cells import attributes_of, cells_of, matches_golden
from tui.driver import DeskDriver
from tui.kecamatan import Ticking
from tui.test_closing_screen import SIZES, finished, middle, sealed

from pleno.domain.chain import genesis_hash
from pleno.domain.entry import Kind
from pleno.domain.state import Seal
from pleno.service import backup, laptop
from pleno.service.session import Session
from pleno.store import inspect
from pleno.tui.screens.working import Working

__all__ = ["middle"]


@pytest.fixture
def with_stick(middle: Path, tmp_path: Path) -> Path:
    """pleno.toml names a stick that is not plugged in."""
    path = middle / "pleno.toml"
    text = path.read_text("utf-8")
    assert 'cadangan = ["data/cadangan"]' in text
    path.write_text(text.replace('["data/cadangan"]', f'["data/cadangan", "{(tmp_path / "usb" / "a").as_posix()}"]'))
    return middle


def copies(folder: Path) -> list[Path]:
    return sorted((folder / "data" / "cadangan").glob("*.db"))


async def test_a_judged_copy_follows_each_seal_and_holds_the_word_from_paper(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await sealed(desk)
        assert "cocok dengan kertas. 1 salinan ditulis, dibaca ulang dan utuh." in desk.message.replace("\n", " ")
        (seal,) = desk.pleno.session.state.all(Seal)
        (copy,) = copies(middle)
        assert "segel01" in copy.name
        found = inspect(copy)
        assert (found.damaged, found.head.seq) == (False, seal.read_back)
        (entry,) = desk.entries(lambda one: one.kind is Kind.BACKUP)  # type: ignore[attr-defined]
        assert entry.data["sampai"] == seal.read_back  # type: ignore[attr-defined]
        assert "[v] salinan cadangan diuji" in cells_of(desk.app)
        assert "data/cadangan" in cells_of(desk.app)


async def test_a_seal_stands_though_its_word_is_not_read_back(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f7", "s", *"0007", "s", "Esc")
        await finished(desk)
        assert len(copies(middle)) == 1


async def test_a_missing_stick_is_a_warning_that_stays_and_the_seal_stands(with_stick: Path) -> None:
    async with DeskDriver(with_stick) as desk:
        await sealed(desk)
        assert "Salinan belum lengkap" in desk.message
        assert "1 dari 2 salinan utuh" in desk.message.replace("\n", " ")
        assert len(list(desk.pleno.session.state.all(Seal))) == 1
        assert len(copies(with_stick)) == 1
        await desk.press("down")
        assert "TIDAK ADA" in cells_of(desk.app)
    async with DeskDriver(with_stick) as desk:
        await desk.press("f7", "end", "up")
        assert "TIDAK ADA" in cells_of(desk.app)
        assert "tidak memuat salinan terakhir" in desk.message, "the journal remembers where the copy lies"


async def test_no_copy_at_all_is_told_and_is_no_entry(middle: Path) -> None:
    (middle / "data" / "cadangan").write_text("no folder")
    async with DeskDriver(middle) as desk:
        await sealed(desk)
        assert "0 dari 1 salinan utuh" in desk.message.replace("\n", " ")
        assert desk.entries(lambda one: one.kind is Kind.BACKUP) == []  # type: ignore[attr-defined]
        assert "[ ] salinan cadangan diuji" in cells_of(desk.app)


async def test_a_copy_on_demand_waits_for_its_thread(middle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on, write = threading.Event(), backup.write

    def slow(prepared: Any) -> Any:
        go_on.wait(20)
        return write(prepared)

    monkeypatch.setattr(backup, "write", slow)
    async with DeskDriver(middle) as desk:
        await desk.press("f7", "c", "Esc", "s")
        assert isinstance(desk.app.screen, Working)
        assert "jangan cabut stik" in cells_of(desk.app)
        go_on.set()
        await finished(desk)
        assert "1 salinan ditulis" in desk.message, "Esc does not end it"
        assert not list((middle / "data").glob(".*.sementara"))


async def test_without_a_folder_the_key_says_so(middle: Path) -> None:
    path = middle / "pleno.toml"
    path.write_text(path.read_text("utf-8").replace('cadangan = ["data/cadangan"]', "cadangan = []"))
    async with DeskDriver(middle) as desk:
        await desk.press("f7", "c")
        assert "Tidak ada folder cadangan di pleno.toml" in desk.message


# --- its age -------------------------------------------------------------------------------


class Later(Ticking):
    """The same clock some hours on."""

    def __init__(self, hours: float) -> None:
        super().__init__()
        self._at += timedelta(hours=hours)


def copied(folder: Path) -> Path:
    with Session.open(folder, Ticking(folder).clock()) as session:
        backup.back_up(session, "op1")
    return folder


@pytest.mark.parametrize(("hours", "said"), [(1.9, False), (2.1, True)])
async def test_beranda_warns_of_an_old_copy(
    middle: Path, hours: float, said: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.driver.Ticking", lambda _folder: Later(hours))
    async with DeskDriver(copied(middle)) as desk:
        assert ("CADANGAN   terakhir 14:30" in cells_of(desk.app)) is said
        await desk.press("f7")
        assert ("[ ] salinan cadangan diuji" in cells_of(desk.app)) is said


async def test_beranda_warns_when_hours_of_work_are_in_no_copy(middle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with DeskDriver(middle) as desk:
        assert "CADANGAN" not in cells_of(desk.app)
    monkeypatch.setattr("tui.driver.Ticking", lambda _folder: Later(3))
    async with DeskDriver(middle) as desk:
        await desk.press("f7", "s", *"0007", "s")
        assert not copies(middle)
    async with DeskDriver(middle) as desk:
        assert "CADANGAN   belum ada satu pun" in cells_of(desk.app)


# --- as people see it ----------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_cells(with_stick: Path, size: tuple[int, int]) -> None:
    async with DeskDriver(with_stick, size) as desk:
        await sealed(desk)
        shown = cells_of(desk.app)
        assert all(len(line) <= size[0] for line in shown.splitlines())
        assert shown.count("TIDAK ADA") == 1


async def test_when_a_copy_was_last_restored_to_try_it_is_told(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f7")
        assert "[ ] pemulihan dicoba (pulihkan --uji)" in cells_of(desk.app)
        hash_ = genesis_hash(desk.pleno.session.store.genesis)
        laptop.remember_drill(hash_, desk.pleno.session.now() - timedelta(days=3))
        await desk.press("f2", "f7")
        line = next(line for line in desk.lines if "pemulihan dicoba" in line)
        assert "[v]" in line
        assert "3 hari lalu" in line


async def test_cells_of_a_copy(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f7", "c")
        await finished(desk)
        matches_golden("salinan-basis-data-80x24", cells_of(desk.app))


async def test_without_colour(middle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with DeskDriver(middle) as desk:
        await desk.press("f7", "c")
        await finished(desk)
        matches_golden("salinan-basis-data-80x24-tanpa-warna", attributes_of(desk.app))
