"""Tugas latihan: from Beranda of a practice only, with the place, the reason and the answer of each task."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tui.driver import DeskDriver
from tui.kecamatan import Ticking

from pleno.service import practice
from pleno.service.tasks import PANGGANG_002, verdicts
from pleno.tui.screens.desk import DeskScreen
from pleno.tui.screens.home import HomeScreen
from pleno.tui.screens.tasks import TasksScreen


@pytest.fixture(scope="session")
def _practised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return practice.create(tmp_path_factory.mktemp("tugas") / "latihan", Ticking().clock())


@pytest.fixture
def practised(_practised: Path, tmp_path: Path) -> Path:
    """The practice kecamatan as `pleno latihan` makes it."""
    return Path(shutil.copytree(_practised, tmp_path / "latihan"))


async def test_a_task_is_gone_to_and_done_and_told_with_its_answer(practised: Path) -> None:
    async with DeskDriver(practised) as desk:
        assert desk.message.rstrip().endswith("t tugas")
        await desk.press("t")
        assert isinstance(desk.app.screen, TasksScreen)
        assert "TUGAS LATIHAN    0 dari 11 selesai" in desk.text
        assert "Belum: 21 baris belum dibaca. Enter kerjakan" in desk.message
        assert "Jawaban: " not in desk.text
        await desk.press("Enter")
        assert isinstance(desk.app.screen, DeskScreen)
        assert desk.desk.tps == PANGGANG_002
        await desk.accept(21)
        await desk.press("s", "f2")
        assert "1 dari 11 selesai" in desk.text
        assert next(line for line in desk.lines if "Baca TPS yang cocok" in line).lstrip("> ").startswith("1 [v]")
        assert "Jawaban: = menerima satu baris" in desk.text
        await desk.press("Esc")
        assert isinstance(desk.app.screen, HomeScreen)


async def test_an_answer_is_shown_on_request_and_a_task_elsewhere_leads_there(practised: Path) -> None:
    async with DeskDriver(practised) as desk:
        await desk.press("t", "down", "j")
        assert "Jawaban: Plano yang berlaku" in desk.text
        await desk.press("end")
        assert "j menunjukkan jawabannya" in desk.text
        await desk.press("Enter")
        assert "SEGEL & EKSPOR" in desk.text


async def test_the_list_begins_at_what_is_left_and_a_task_leads_past_open_views(practised: Path) -> None:
    async with DeskDriver(practised) as desk:
        await desk.press("t", "Enter")
        await desk.accept(21)
        await desk.press("s", "i", "f2", "Esc", "t")
        assert "Belum: 21 baris belum dibaca" in desk.message, "the first task is done"
        await desk.press("end", "up", "up", "up", "up", "Enter")
        assert desk.desk.tps.endswith("001"), "the list of findings of another TPS is closed"
        assert "DESA PULAU HARAPAN" in desk.text


async def test_no_text_of_a_task_is_cut_on_the_smallest_screen(practised: Path) -> None:
    async with DeskDriver(practised, (72, 20)) as desk:
        await desk.press("t")
        screen = desk.app.screen
        assert isinstance(screen, TasksScreen)
        for place, one in enumerate(screen.verdicts):
            await desk.press("j")
            shown = " ".join(" ".join(desk.lines[-9:]).split())
            assert one.task.answer in shown, f"task {place + 1}"
            assert one.task.text in shown, f"task {place + 1}"
            await desk.press("down")


async def test_an_official_workspace_says_why_it_has_none(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.press("t")
        assert isinstance(desk.app.screen, HomeScreen)
        assert "Tugas hanya ada di ruang kerja latihan." in desk.message


ALOUD = ("=",) * 21
BY_ANSWER = {
    1: (ALOUD, ("s",)),
    2: (ALOUD, ("b",), ("1", "1", "Enter"), ("2", "Enter"), ("s",)),
    3: ((".", *"b4l", "Enter", "x", ".", *"b4p", "Enter", "x"),),
    4: (
        ALOUD, (".", *"b4p", "Enter", "b"), (*"86", "Enter"), ("2",), (*"disepakati rapat", "Enter"), ("Enter",),
        ("2",), ("Enter",),
    ),
    5: (ALOUD, ("i", "Enter"), ("2",), (*"kertasnya memang begitu", "Enter"), ("Esc",)),
    6: (ALOUD, ("w",), ("2",), (*"2=160", "Enter"), ("Enter",)),
    7: ((".", "2", "Enter", "k"), ("1",), ("2", "Enter"), ("Enter",), (*"salinan menulis 160", "Enter")),
    8: (("2",), ("1",), (*"plano menulis 150", "Enter")),
    9: (ALOUD, ("#",), (*"3=11", "Enter"), ("Tab",), ("Tab",), (*"rincian tidak sama", "Enter")),
    11: (("e",),),
}  # fmt: skip
"""The keys of each answer, dialog by dialog; task 10 asks for a word from paper (test_closing_screen)."""


async def test_every_task_is_done_by_the_keys_its_answer_names(practised: Path) -> None:
    async with DeskDriver(practised) as desk:
        await desk.press("t")
        for number, parts in BY_ANSWER.items():
            await desk.press("f2", "home", *["down"] * (number - 1), "Enter")
            for keys in parts:
                await desk.press(*keys)
            await desk.app.workers.wait_for_complete()
            await desk.settle()
            assert verdicts(desk.pleno.session)[number - 1].why_not == "", f"{number}\n{desk.text}"
