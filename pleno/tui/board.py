"""`pleno papan`: the projector board, a program of its own that only reads the picture the desk leaves."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import ClassVar, Final

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from pleno.service.board import Board, age_seconds, read_board
from pleno.tui.board_lines import board_lines
from pleno.tui.terminal import TerminalApp
from pleno.tui.text import cut
from pleno.tui.themes import THEMES

_EVERY: Final = 0.3
"""Seconds between two looks at the file: the board follows the desk within a second."""
_STALE: Final = 15
"""Seconds after which the desk counts as gone; it replaces the picture at least every five."""
_WAITING: Final = " Papan pleno: menunggu meja. Buka `pleno` di ruang kerja ini. q keluar"
_LIGHT: Final = "terang"
"""Projectors wash out dark themes (UX.md section 5)."""


class BoardApp(TerminalApp[None]):
    """Read only; no key does anything but leave."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *((key, "quit", "keluar") for key in ("q", "f10", "ctrl+q", "ctrl+c")), ("escape", "nothing", ""),
    ]  # fmt: skip
    CSS = "#board { width: 1fr; height: 1fr; }"

    def __init__(self, path: Path, theme: str = _LIGHT) -> None:
        super().__init__()
        self._path, self._shown = path, theme
        self._board: Board | None = None
        for one in THEMES:
            self.register_theme(one)

    def compose(self) -> ComposeResult:
        yield Static(id="board", markup=False)

    def on_mount(self) -> None:
        self.theme = self._shown
        self._look()
        self.set_interval(_EVERY, self._look)

    def on_resize(self) -> None:
        self._draw()

    def action_nothing(self) -> None:
        """Esc does not leave a projector."""

    def _look(self) -> None:
        found = read_board(self._path)
        self._board = found or self._board
        self._draw()

    def _draw(self) -> None:
        width, height = self.size
        age = age_seconds(self._path, datetime.now())
        if self._board is None:
            drawn = Text(cut(_WAITING, width))
        else:
            lines = board_lines(self._board, width, height, age is None or age > _STALE)
            drawn = Text("\n").join(lines)
        self.query_one("#board", Static).update(drawn)
