"""Bantuan: the row or finding in hand first, then every key from the registry (UX.md, F1)."""

from __future__ import annotations

from pathlib import Path

import pytest
from tui.cells import cells_of, matches_golden
from tui.driver import DeskDriver
from tui.kecamatan import TPS_004
from tui.settled import in_the_middle

from pleno.tui.screens.desk import DeskScreen
from pleno.tui.screens.help import HelpScreen
from pleno.tui.widgets.grid import Grid


@pytest.fixture
def middle(bare: Path) -> Path:
    return in_the_middle(bare)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 45)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_row_in_hand_comes_first(middle: Path, size: tuple[int, int]) -> None:
    async with DeskDriver(middle, size) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press(".", "2", "Enter", "?")
        assert isinstance(desk.app.screen, HelpScreen)
        shown = cells_of(desk.app)
        assert "Sirekap 173, plano 137: DIGIT TERTUKAR" in shown
        assert "R20  226 = 82 + 137 + 7   sesuai" in shown
        matches_golden(f"bantuan-{size[0]}x{size[1]}", shown)
        await desk.press("Esc")
        assert isinstance(desk.app.screen, DeskScreen)


async def test_rules_of_rows_that_were_not_read_stay_silent(matching: Path) -> None:
    async with DeskDriver(matching) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("?")
        assert "R02" not in cells_of(desk.app)


async def test_the_finding_in_hand_comes_first(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("i", "f1")
        assert "Sirekap 173, plano 137, selisih -36" in cells_of(desk.app)


async def test_every_command_is_told_with_its_reason(middle: Path) -> None:
    async with DeskDriver(middle, (160, 100)) as desk:
        await desk.press("f7", "f1")
        shown = " ".join(cells_of(desk.app).split())
        screen = desk.app.screen
        assert isinstance(screen, HelpScreen)
        assert "(Belum dapat: 3 dari 5 TPS belum sah; belum ada segel.)" in shown
        assert "Verifikasi: ruang kerja ini dan set-setnya diperiksa" in shown


async def test_the_first_page_down_already_shows_other_lines(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.go_to_desk()
        await desk.press("f1")
        first = desk.lines
        below = desk.app.screen.query_one(Grid).below
        await desk.press("pagedown")
        assert desk.app.screen.query_one(Grid).below < below
        await desk.press("pageup")
        assert [line.strip("> ") for line in desk.lines] == [line.strip("> ") for line in first]
