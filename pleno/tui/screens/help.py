"""Bantuan: first what is in hand, then the keys of the screen it was asked on, from the registry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from pleno.tui.commands import Command, Group, key_names
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.text import safe_text, wrapped
from pleno.tui.widgets.grid import Cell, Column, Grid, GridRow

_KEYS: Final = 20
_ORDER: Final = (Group.ENTRY, Group.JUMP, Group.ACT, Group.GLOBAL, Group.MOVE)
"""What this screen can do comes before what every screen can."""


class _Text(Grid):
    """Lines to be read: a page shows other ones at once, wherever the cursor stands."""

    def page(self, by: int) -> None:
        top, seen = self.scroll_offset.y, self._visible_rows()
        self.go(top + 2 * (seen - 1) if by > 0 else top - seen + 1)


class HelpScreen(PlenoScreen):
    """The row under the cursor explained, then what each key does and why it cannot act now."""

    TITLE = "Bantuan"
    DEFAULT_CSS = "HelpScreen #here { height: auto; max-height: 10; text-style: bold; }"

    def __init__(self, about: PlenoScreen) -> None:
        super().__init__()
        self._about = about
        self._here = tuple(about.here())

    def body(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Static("", id="here", markup=False)
            yield _Text([Column("key", "tombol", _KEYS), Column("text", f"BANTUAN  {self._about.TITLE}", 0)])

    def draw(self) -> None:
        room = max((self.size.width or 80) - _KEYS - 2, 20)
        here = [part for line in self._here for part in wrapped(line, room + _KEYS)]
        self.query_one("#here", Static).update(safe_text("").append("\n".join(f" {line}" for line in here)))
        rows: list[GridRow] = []
        for group in _ORDER:
            own = [command for command in self._about.keymap.commands if command.group is group]
            if own:
                rows.append(GridRow(f"#{group}", (Cell(f"-- {group}"), Cell()), group=group))
            for command in own:
                rows += self._command_rows(command, room)
        self.grid.show(rows)

    def _command_rows(self, command: Command[Any], room: int) -> Iterator[GridRow]:
        reason = command.reason_disabled(self._about)
        told = f"{command.text()} (Belum dapat: {reason})" if reason else command.text()
        names = wrapped(key_names(self._about.keymap.keys_of(command)), _KEYS)
        words = wrapped(told, room)
        for place in range(max(len(names), len(words))):
            cells = (Cell(names[place] if place < len(names) else ""), Cell(words[place] if place < len(words) else ""))
            yield GridRow(f"{command.id}.{place}", cells, group=command.group)

    def prompt(self) -> str:
        below = self.grid.below
        return f"PgDn atau panah bawah: {below} baris lagi. Esc kembali" if below else "Esc kembali"

    def on_grid_moved(self) -> None:
        self.refresh_lines()
