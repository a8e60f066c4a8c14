"""The window changed while any screen or dialog is in front: nothing ends, nothing typed is lost, and back is back."""

from __future__ import annotations

import threading
from pathlib import Path

from tui.cells import cells_of
from tui.driver import DeskDriver
from tui.kecamatan import TPS_004
from tui.walk import WALK, walked

from pleno.tui.screens.working import Done, Step, Working

SMALL = ((10, 3), (40, 12), (79, 23), (1, 1))
HUGE = (400, 120)
SIZES = (*SMALL, HUGE)


async def test_every_screen_comes_back_as_it_was(differing: Path) -> None:
    """One size after the other as the walk goes on, each time back to the one before."""
    async with DeskDriver(differing) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("f2")
        number = 0
        async for stop in walked(desk, WALK):
            before = cells_of(desk.app)
            for size in (SIZES[number % len(SIZES)], (80, 24)):
                await desk.pilot.resize_terminal(*size)
                await desk.settle()
                lines = cells_of(desk.app).splitlines()
                assert (len(lines), max(map(len, lines)) <= size[0]) == (size[1], True), (stop.name, size)
            assert cells_of(desk.app) == before, stop.name
            number += 1


async def test_what_is_being_typed_survives_any_size(differing: Path) -> None:
    async with DeskDriver(differing) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("1", "5")
        row = desk.row
        for size in (*SIZES, (80, 24)):
            await desk.pilot.resize_terminal(*size)
            await desk.settle()
            assert desk.buffer == "15"
        assert desk.row == row
        await desk.press("0", "Enter")
        assert desk.figure("pemilih_dpt_l") == 150


async def test_a_small_window_says_what_it_needs(differing: Path) -> None:
    async with DeskDriver(differing, (40, 12)) as desk:
        assert "Layar 40x12; perlu 72x20." in " ".join(desk.text.split())
        await desk.press("f4")
        assert "pleno banding" in " ".join(desk.text.split())
        await desk.pilot.resize_terminal(79, 23)
        await desk.settle()
        assert "BANDING" in desk.text


async def test_work_goes_on_in_any_window_and_answers(differing: Path) -> None:
    go_on = threading.Event()
    answers: list[object] = []
    async with DeskDriver(differing) as desk:
        steps = [Step("membaca", lambda _none: go_on.wait(20)), Step("menulis", lambda waited: f"selesai {waited}")]
        desk.app.push_screen(Working("IMPOR", steps), answers.append)
        for size in (*SIZES, (80, 24)):
            await desk.pilot.resize_terminal(*size)
            await desk.settle()
        assert "0 dari 2   membaca" in desk.text
        go_on.set()
        while not answers:
            await desk.settle()
        assert answers == [Done("selesai True", stopped=False)]
        assert "BERANDA" in desk.text
