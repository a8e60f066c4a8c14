"""Latihan sepuluh tombol: each step waits for its key and sees that it was used; other keys work as on the Meja."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tui.driver import DeskDriver
from tui.kecamatan import Ticking

from pleno.service import practice
from pleno.tui.screens.lesson import STEPS, TPS, LessonScreen
from pleno.tui.screens.tasks import TasksScreen

WAY = (
    ("/", *"harapan 8", "Enter"), ("=", "=", "="), ("-",), (".", "1", "Enter"), ("1", "4", "9", "Enter"), ("n",),
    ("i", "Esc"), (".", "1", "Enter", "b", "1", "Enter", "2", "Enter"), ("f1", "Esc"), ("s",),
)  # fmt: skip
"""The keys that each step asks for."""


@pytest.fixture(scope="session")
def _lesson(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return practice.create(tmp_path_factory.mktemp("tombol") / "latihan", Ticking().clock())


@pytest.fixture
def practised(_lesson: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(_lesson, tmp_path / "latihan"))


def lesson(desk: DeskDriver) -> LessonScreen:
    screen = desk.app.screen
    assert isinstance(screen, LessonScreen), f"on the screen is {screen}"
    return screen


async def test_ten_keys_one_after_the_other(practised: Path) -> None:
    async with DeskDriver(practised) as desk:
        await desk.press("t", "l")
        for place, keys in enumerate(WAY):
            assert f"LATIHAN {place + 1} dari 10   tombol {STEPS[place].key}" in desk.text
            await desk.press(*keys)
        assert lesson(desk).place == len(STEPS)
        assert "LATIHAN selesai" in desk.text
        await desk.press("Esc")
        assert isinstance(desk.app.screen, TasksScreen)


async def test_a_step_waits_until_its_key_was_used_and_lets_others_work(practised: Path) -> None:
    async with DeskDriver(practised) as desk:
        await desk.press("t", "l", "n", ".", "2", "Enter", "s")
        assert lesson(desk).place == 0
        await desk.press(*WAY[0])
        assert (lesson(desk).place, lesson(desk).tps) == (1, TPS)
        await desk.press("=", "=", "-", "-")
        assert lesson(desk).place == 1, "two rows are not three"


async def test_every_step_stands_whole_on_the_smallest_screen(practised: Path) -> None:
    async with DeskDriver(practised, (72, 20)) as desk:
        await desk.press("t", "l")
        screen = lesson(desk)
        for place, step in enumerate(STEPS):
            screen.place = place
            screen.ran.clear()
            screen.redraw()
            await desk.settle()
            assert step.what in " ".join(desk.text.split()) or screen.place > place
