"""The screens beside bare Textual: first paint, a key at 1,600 rows x 30 columns, its memory, and another screen."""

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
from textual.screen import Screen
from textual.widgets import DataTable

from bench.result import Result, best, report
from pleno.service import practice
from pleno.tui.app import PlenoApp
from pleno.tui.widgets.grid import Cell, Column, Grid, GridRow

SIZE: Final = 1600
"""Rows; 30 columns each."""
_COLUMNS: Final = 30
_KEYS: Final = 40
_RUNS: Final = 5
_MODES: Final = ("home", "desk", "differences", "keberatan", "recap")
"""F2 to F6."""
_PRACTICE_TPS: Final = 53
"""What each of them draws anew when it comes up."""

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
        switch = asyncio.run(_switches(PlenoApp(folder)))
    yield Result("first paint", ours, "a Textual app that shows one Static", best(lambda: _paint(_STATIC), _RUNS), 1.4)
    peer = asyncio.run(_switches(TwoTables(_PRACTICE_TPS)))
    yield Result("to another screen, F2 to F6, CPU", switch, f"DataTable of {_PRACTICE_TPS} x {_COLUMNS}", peer)
    yield Result("to another screen, F2 to F6, CPU", switch, "the goal", 0.100, 1)
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


class TwoTables(App[None]):
    """Bare Textual with two modes, each a DataTable of this many rows that is filled anew when it comes up."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.rows = rows

    def on_mount(self) -> None:
        for name in _MODES:
            self.add_mode(name, lambda: TableScreen(self.rows))
        self.switch_mode(_MODES[0])

    def go_to(self, mode: str) -> None:
        """As the program does it."""
        self.switch_mode(mode)


class TableScreen(Screen[None]):
    """One DataTable."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.rows = rows

    def compose(self) -> ComposeResult:
        yield DataTable[str](cursor_type="row", fixed_columns=1)

    def on_mount(self) -> None:
        self.query_one(DataTable).add_columns(*(f"c{column}" for column in range(_COLUMNS)))

    def on_screen_resume(self) -> None:
        table = self.query_one(DataTable)
        table.clear()
        table.add_rows(_texts(self.rows))


async def _switches(app: PlenoApp | TwoTables) -> float:
    """CPU seconds from one screen to the next, drawn; each was shown before."""
    async with app.run_test(size=(80, 24)) as pilot:
        while isinstance(app, PlenoApp) and not app.is_open:
            await pilot.pause()
        for mode in _MODES:
            app.go_to(mode)
            await pilot.pause()
        start = time.process_time()
        for _round in range(_RUNS):
            for mode in _MODES:
                app.go_to(mode)
                await pilot.pause()
        return (time.process_time() - start) / (_RUNS * len(_MODES))


if __name__ == "__main__":
    report(measure())
