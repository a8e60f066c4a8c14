"""Catatan: every warning and refusal of this session, the newest first (F12)."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from pleno.tui.screens.base import PlenoScreen
from pleno.tui.text import wrapped
from pleno.tui.widgets.grid import Cell, Column, Grid, GridRow


class NotesScreen(PlenoScreen):
    """What was said and has left line 23."""

    TITLE = "Catatan"

    def body(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Grid([Column("time", "jam", 8), Column("text", "CATATAN  yang terbaru di atas", 0)])

    def draw(self) -> None:
        room = max((self.size.width or 80) - 11, 20)
        rows: list[GridRow] = []
        for place, (at, said) in enumerate(reversed(self.app.said)):
            words = ": ".join(filter(None, (said.title, f"{said.text} {said.advice}".strip())))
            for line, part in enumerate(wrapped(words, room)):
                rows.append(GridRow(f"{place}.{line}", (Cell("" if line else at), Cell(part)), group=str(place)))
        self.grid.show(rows or [GridRow("", (Cell(), Cell("Belum ada peringatan atau penolakan.")))])

    def prompt(self) -> str:
        return "Esc kembali"
