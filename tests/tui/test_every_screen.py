"""Every screen at three sizes, in both themes and without colour, in the practice kecamatan.

`PLENO_GOLDEN=1` rewrites tests/golden; then read the difference like prose.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from tui.cells import cells_of, colours_of, matches_golden, styles_of
from tui.driver import DeskDriver
from tui.kecamatan import Ticking
from tui.large import large
from tui.walk import SIZES, WALK, Stop, faint, steady, walked

from pleno.service import practice
from pleno.tui.commands import REGISTRY, key_name

THEMES_AT = {
    (80, 24): ("terang", "gelap", "kontras", "kontras-terang"),
    (100, 30): ("terang", "gelap"),
    (160, 45): ("gelap", "terang"),
}
"""Every theme at the size all must have; the last one is what the palette opens in."""
TASKS = (Stop("tugas", ("f2", "t")), Stop("latihan-tombol", ("l",), ("Esc", "Esc")))
"""What only a practice has."""


@pytest.fixture(scope="module")
def _practised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return practice.create(tmp_path_factory.mktemp("setiap") / "latihan", Ticking().clock())


@pytest.fixture
def practised(_practised: Path, tmp_path: Path) -> Path:
    """The practice kecamatan, at a steady time."""
    return Path(shutil.copytree(_practised, tmp_path / "latihan"))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_screen_at_each_size_in_both_themes(practised: Path, size: tuple[int, int]) -> None:
    async with DeskDriver(practised, size) as desk:
        async for stop in walked(desk, (*WALK, *TASKS)):
            cells = cells_of(desk.app)
            assert max(map(len, cells.splitlines())) <= size[0], stop.name
            matches_golden(f"latihan-{stop.name}-{size[0]}x{size[1]}", steady(cells))
            if stop.name == "perintah":  # Textual's own; a theme is not changed while it is open
                assert faint(desk) == set(), f"{stop.name} in {desk.app.theme}"
                continue
            drawn = {}
            for theme in THEMES_AT[size]:
                desk.app.theme = theme
                desk.app.redraw()
                await desk.settle()
                assert cells_of(desk.app) == cells, f"{stop.name} in {theme}"
                assert faint(desk) == set(), f"{stop.name} in {theme}"
                drawn[theme] = styles_of(desk.app)
            assert len(set(drawn.values())) == len(drawn), stop.name


async def test_every_screen_without_colour_says_the_same(practised: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    coloured = {}
    async with DeskDriver(Path(shutil.copytree(practised, practised.with_name("warna")))) as desk:
        async for stop in walked(desk, (*WALK, *TASKS)):
            coloured[stop.name] = steady(cells_of(desk.app))
    monkeypatch.setenv("NO_COLOR", "1")
    async with DeskDriver(practised) as desk:
        async for stop in walked(desk, (*WALK, *TASKS)):
            assert colours_of(desk.app) == set(), stop.name
            assert steady(cells_of(desk.app)) == coloured[stop.name]


@pytest.fixture(scope="module")
def kecamatan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """1,591 TPS and five contests; walked through only, so that one does for every test."""
    return large(tmp_path_factory.mktemp("besar"))


def ends_whole(line: str, columns: int) -> bool:
    """Whether the line of keys names what it leaves out instead of cutting an item."""
    known = {f"{key_name(key)} {command.footer}" for command in REGISTRY.values() for key in command.keys}
    items = re.split(r"\s{2,}", re.sub(r"\s+F1: \d+ tombol lain$", "", line).strip())
    return len(line) <= columns and all(item in known for item in items)


@pytest.mark.parametrize("size", [(72, 20), *SIZES], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_screen_of_the_largest_kecamatan(kecamatan: Path, size: tuple[int, int]) -> None:
    contest = (Stop("kontes", ("K",), ("2",)), Stop("meja-partai", ("f3",)), Stop("rekap-partai", ("f6",)))
    long = ("riwayat", "segel") if size != SIZES[0] else ()
    async with DeskDriver(kecamatan, size) as desk:
        async for stop in walked(desk, tuple(stop for stop in (*WALK, *contest) if stop.name not in long)):
            cells = cells_of(desk.app)
            lines = cells.splitlines()
            assert max(map(len, lines)) <= size[0], stop.name
            assert all(ends_whole(line, size[0]) for line in lines if line.startswith("F1 Bantuan")), stop.name
            if size == SIZES[0]:
                matches_golden(f"besar-{stop.name}-80x24", steady(cells))
        assert desk.app.is_open
