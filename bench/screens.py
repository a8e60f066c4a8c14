"""The screens beside bare Textual: first paint, a key at 1,600 rows x 30 columns, and the memory that table takes."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from textual.app import App, ComposeResult
from textual.widgets import DataTable

from bench.result import Result, best, report
from pleno.service import practice
from pleno.tui.widgets.grid import Cell, Column, Grid, GridRow

SIZE: Final = 1600
"""Rows; 30 columns each."""
_COLUMNS: Final = 30
_KEYS: Final = 40
_RUNS: Final = 5

_PAINT: Final = """
import os, sys
from pathlib import Path
{imports}
class First({base}):
    def on_mount(self):  # runs before the base's own, so this is the first thing after the first paint
        self.call_after_refresh(os._exit, 0)
{compose}
First({args}).run(headless=True, size=(80, 24))
"""
_OURS: Final = {"imports": "from pleno.tui.app import PlenoApp", "base": "PlenoApp", "compose": ""}
_STATIC: Final = {
    "imports": "from textual.app import App\nfrom textual.widgets import Static",
    "base": "App[None]",
    "compose": "    def compose(self):\n        yield Static('pleno')",
    "args": "",
}


def measure(size: int = SIZE) -> Iterator[Result]:
    """First paint against one Static; keys and memory against DataTable on the same cells."""
    with tempfile.TemporaryDirectory() as name:
        folder = practice.create(Path(name) / "latihan")
        ours = best(lambda: _paint(_OURS | {"args": f"Path({str(folder)!r})"}), _RUNS)
    yield Result("first paint", ours, "a Textual app that shows one Static", best(lambda: _paint(_STATIC), _RUNS), 1.4)
    told = f"a key at {size} x {_COLUMNS}, CPU"
    grid, table = asyncio.run(_keys(OurTable(size))), asyncio.run(_keys(TheirTable(size)))
    yield Result(told, grid, "DataTable", table, 0.5)
    yield Result(told, grid, "the goal", 0.010, 1)
    mine, theirs = _memory(OurTable(size)), _memory(TheirTable(size))
    yield Result(f"memory of {size} x {_COLUMNS}", mine, "DataTable", theirs, 1, unit="MB")


def _paint(script: dict[str, str]) -> None:
    subprocess.run((sys.executable, "-c", _PAINT.format(**script)), check=True, stdout=subprocess.DEVNULL)


def _texts(size: int) -> list[list[str]]:
    return [[f"{(row * 31 + column * 7) % 300}" for column in range(_COLUMNS)] for row in range(size)]


class OurTable(App[None]):
    """The grid of the program with this many rows."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.rows = rows

    def compose(self) -> ComposeResult:
        yield Grid([Column(f"c{column}", f"c{column}", 6, right=True) for column in range(_COLUMNS)], fixed=1)

    def on_mount(self) -> None:
        grid = self.query_one(Grid)
        grid.show([GridRow(str(at), tuple(Cell(text) for text in row)) for at, row in enumerate(_texts(self.rows))])
        grid.focus()

    def down(self) -> None:
        """What the key does; in the program it comes through the commands of a screen."""
        self.query_one(Grid).move(1)


class TheirTable(App[None]):
    """Textual's DataTable with the same texts."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.rows = rows

    def compose(self) -> ComposeResult:
        yield DataTable[str](cursor_type="row", fixed_columns=1)

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns(*(f"c{column}" for column in range(_COLUMNS)))
        table.add_rows(_texts(self.rows))
        table.focus()

    def down(self) -> None:
        self.query_one(DataTable).action_cursor_down()


async def _keys(app: OurTable | TheirTable) -> float:
    """CPU seconds from a key to the drawn screen, each drawn before the next."""
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        start = time.process_time()
        for _ in range(_KEYS):
            app.down()
            await pilot.pause()
        return (time.process_time() - start) / _KEYS


def _memory(app: OurTable | TheirTable) -> float:
    """Megabytes of Python objects that an application holds while it shows its table."""
    tracemalloc.start()
    try:
        return asyncio.run(_held(app)) / 2**20
    finally:
        tracemalloc.stop()


async def _held(app: OurTable | TheirTable) -> int:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        return tracemalloc.get_traced_memory()[0]


if __name__ == "__main__":
    report(measure())
