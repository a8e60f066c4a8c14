"""The cells of Beranda and Meja as people see them, at several sizes and without colour.

`PLENO_GOLDEN=1` rewrites tests/golden; then read the difference like prose.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tui.cells import attributes_of, cells_of, colours_of, matches_golden
from tui.driver import DeskDriver
from tui.kecamatan import PAPER, TPS_004

SIZES = [(80, 24), (100, 30), (160, 45)]


async def read_but_one(desk: DeskDriver) -> None:
    """The Meja of UX.md: all rows read but V.C, of which two digits are typed."""
    await desk.go_to_desk(TPS_004)
    await desk.type(*list(PAPER.values())[:-1])
    await desk.press("2", "3")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_beranda(differing: Path, size: tuple[int, int]) -> None:
    async with DeskDriver(differing, size) as desk:
        matches_golden(f"beranda-{size[0]}x{size[1]}", cells_of(desk.app))


@pytest.mark.parametrize("size", [(72, 20), *SIZES], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_meja(differing: Path, size: tuple[int, int]) -> None:
    async with DeskDriver(differing, size) as desk:
        await read_but_one(desk)
        matches_golden(f"meja-{size[0]}x{size[1]}", cells_of(desk.app))
        assert all(len(line) <= size[0] for line in cells_of(desk.app).splitlines())


async def through_the_dialogs(desk: DeskDriver, see: Callable[[str], None]) -> None:
    """Pembetulan, Temuan, the copy of one saksi, the lock and the question before leaving, from `read_but_one`."""
    await desk.press("1", "Enter")
    await desk.press("b", "1")
    see("pembetulan")
    await desk.press("Esc", "i")
    see("temuan")
    await desk.press("Esc", "w", "2")
    await desk.write("2=147 vb=6")
    await desk.press("Enter")
    see("salinan")
    await desk.press("Esc", "ctrl+l")
    see("terkunci")
    await desk.press("Enter", "f10")
    see("keluar")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_dialogs(differing: Path, size: tuple[int, int]) -> None:
    async with DeskDriver(differing, size) as desk:
        await read_but_one(desk)
        await through_the_dialogs(desk, lambda name: matches_golden(f"{name}-{size[0]}x{size[1]}", cells_of(desk.app)))


async def test_without_colour_every_state_is_still_told(differing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with DeskDriver(differing) as desk:

        def see(name: str) -> None:
            matches_golden(f"{name}-80x24-tanpa-warna", attributes_of(desk.app))
            assert colours_of(desk.app) == set()

        see("beranda")
        await read_but_one(desk)
        see("meja")
        await through_the_dialogs(desk, see)
        await desk.press("Esc", "f1")
        see("bantuan")
        await desk.press("Esc", "f6", "k")
        see("rekap-kecamatan")


async def test_the_three_themes_draw_the_same_cells(differing: Path) -> None:
    async with DeskDriver(differing) as desk:
        await read_but_one(desk)
        seen = set()
        for theme in ("gelap", "terang", "kontras"):
            desk.app.theme = theme
            await desk.settle()
            seen.add(cells_of(desk.app))
        assert len(seen) == 1
