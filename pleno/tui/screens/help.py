"""Bantuan: the keys of the screen it was asked on, from the registry."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from pleno.tui.commands import Group, key_names
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.widgets.grid import Cell, Column, Grid, GridRow


class HelpScreen(PlenoScreen):
    """What each key of a screen does, and why it cannot act now."""

    TITLE = "Bantuan"

    def __init__(self, about: PlenoScreen) -> None:
        super().__init__()
        self._about = about

    def body(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Grid([Column("key", "tombol", 20), Column("text", f"BANTUAN  {self._about.TITLE}", 0)])

    def draw(self) -> None:
        rows: list[GridRow] = []
        keymap = self._about.keymap
        for group in Group:
            own = [command for command in keymap.commands if command.group is group]
            if own:
                rows.append(GridRow(f"#{group}", (Cell(""), Cell(f"-- {group}")), group=group))
            for command in own:
                reason = command.reason_disabled(self._about)
                told = f"{command.text()} ({reason})" if reason else command.text()
                rows.append(GridRow(command.id, (Cell(key_names(keymap.keys_of(command))), Cell(told)), group=group))
        self.grid.show(rows)

    def prompt(self) -> str:
        return "Esc kembali"
