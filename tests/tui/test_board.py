"""The projector board: what stands on it at several sizes, and that it only reads."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tui.cells import cells_of, matches_golden
from tui.driver import DeskDriver
from tui.kecamatan import TPS_004

from pleno.service.board import Board, ReadNow, board_path, publish, read_board
from pleno.tui.board import BoardApp
from pleno.tui.board_lines import board_lines

NOW = ReadNow(
    "AREN HULU", 4, "IV.02", "02 Rahmat - Dewi", "137",
    (("Sirekap", "173"), ("S01", "137"), ("S02", "147"), ("PWS", "137")), -36, "belum dibetulkan",
)  # fmt: skip
SUMS = (
    ("01 Hasan - Lina", 456), ("02 Rahmat - Dewi", 588), ("03 Umar - Sri", 39),
    ("JUMLAH SELURUH SUARA SAH", 1083), ("JUMLAH SUARA TIDAK SAH", 22), ("JUMLAH SAH DAN TIDAK SAH", 1105),
)  # fmt: skip
SHOWN = Board("SUNGAI AREN", "BUPATI 2024", "dibuka", False, "14:32", 11, 23, NOW, SUMS, 4, 1, 2, "SEGEL 06 #384")
SIZES = [(80, 24), (100, 30), (160, 45), (240, 67)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_board(tmp_path: Path, size: tuple[int, int]) -> None:
    publish(tmp_path / "papan.json", SHOWN)
    app = BoardApp(tmp_path / "papan.json")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        cells = cells_of(app)
        assert all(len(line) <= size[0] for line in cells.splitlines())
        assert len(cells.splitlines()) <= size[1]
        matches_golden(f"papan-{size[0]}x{size[1]}", cells)


async def test_the_board_follows_the_desk(tmp_path: Path) -> None:
    path = tmp_path / "papan.json"
    app = BoardApp(path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "menunggu meja" in cells_of(app)
        publish(path, SHOWN)
        app._look()
        await pilot.pause()
        assert "11 dari 23 TPS sah" in cells_of(app)
        publish(path, replace(SHOWN, sah=12, now=None, meeting="diskors", practice=True))
        app._look()
        await pilot.pause()
        cells = cells_of(app)
        assert "12 dari 23 TPS sah" in cells
        assert "RAPAT DISKORS" in cells
        assert "LATIHAN" in cells
        path.write_bytes(b"rusak")
        os.utime(path, (0, 0))
        app._look()
        await pilot.pause()
        assert "meja tidak tersambung" in cells_of(app)
        assert "12 dari 23 TPS sah" in cells_of(app)


@pytest.mark.parametrize("key", ["q", "f10", "ctrl+q", "ctrl+c"])
async def test_only_leaving_keys_act(tmp_path: Path, key: str) -> None:
    path = tmp_path / "papan.json"
    publish(path, SHOWN)
    before = path.read_bytes()
    app = BoardApp(path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1", "enter", "s", "b", "escape", "ctrl+p", "f3")
        await pilot.pause()
        assert app.is_running
        assert len(app.screen_stack) == 1
        await pilot.press(key)
        await pilot.pause()
        assert not app.is_running
    assert not app.is_running
    assert path.read_bytes() == before


_WATCHED = """
import sys
from pathlib import Path

def heard(event, args):
    if event in ("open", "sqlite3.connect") and str(folder) in str(args[0]):
        print(Path(str(args[0])).name)

async def leave(pilot):
    await pilot.pause()
    await pilot.press("q")

folder = Path(sys.argv[1])
from pleno.service.board import require_workspace
from pleno.tui.board import BoardApp
sys.addaudithook(heard)
BoardApp(require_workspace(folder)).run(headless=True, auto_pilot=leave)
"""


async def test_the_board_opens_nothing_of_the_workspace_but_its_picture(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        desk.app.board.publish()
        told = subprocess.run(
            [sys.executable, "-c", _WATCHED, bare], capture_output=True, text=True, timeout=60, check=True
        )
    assert set(told.stdout.split()) == {"pleno.toml", "papan.json"}


async def test_a_fault_ends_without_a_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    app = BoardApp(tmp_path / "papan.json")
    with pytest.raises(ZeroDivisionError):  # noqa: PT012  # the pilot raises what ended the program when it leaves
        async with app.run_test(size=(80, 24)) as pilot:
            app.call_later(lambda: 1 / 0)
            await pilot.pause()
    assert isinstance(app.fault, ZeroDivisionError)
    assert app.return_code == 70
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("name", ["[/x]", "[@click=app.quit]x[/]", "\x1b[2J", "‮abc", "e" + "\u0301" * 200, "選挙" * 40])
@pytest.mark.parametrize(("width", "height"), [(10, 3), (20, 12), (80, 24), (240, 67), (400, 120)])
def test_hostile_names_are_text_and_fit(name: str, width: int, height: int) -> None:
    now = replace(NOW, desa=name, label=name)
    board = replace(SHOWN, kecamatan=name, contest=name, now=now, sums=((name, 5), *SUMS), seal=name)
    lines = board_lines(board, width, height, stale=True)
    assert len(lines) == height
    for line in lines:
        assert line.cell_len <= max(width, 60)
        assert not any(ord(char) < 32 or char == "‮" for char in line.plain)


def test_many_parties_stand_in_two_columns_where_there_is_room() -> None:
    sums = tuple((f"{n:02} PARTAI {n}", n * 10) for n in range(1, 25))
    lines = [line.plain for line in board_lines(replace(SHOWN, sums=sums), 160, 45, stale=False)]
    both = next(line for line in lines if "01 PARTAI 1 " in line)
    assert "13 PARTAI 13" in both


async def test_the_desk_leaves_the_saved_figure_and_never_what_is_being_typed(differing: Path) -> None:
    async with DeskDriver(differing) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press(".", "0", "2", "Enter")
        path = board_path(differing)
        await desk.press("1", "3", "7")
        desk.app.board.publish()
        typed = read_board(path)
        assert typed is not None
        assert typed.now is not None
        assert (typed.now.code, typed.now.plano, typed.now.gap) == ("IV.02", "?", None)
        await desk.press("Enter", "-")
        desk.app.board.publish()
        kept = read_board(path)
        assert kept is not None
        assert kept.now is not None
        assert (kept.now.plano, kept.now.gap, kept.now.settled) == ("137", -36, "belum dibetulkan")
        assert kept.open_cells == typed.open_cells + 1
