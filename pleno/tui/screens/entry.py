"""One entry of the Jejak in full, read only."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from pleno.domain.errors import PlenoError
from pleno.tui.journal_lines import detail_rows
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.text import safe_text
from pleno.tui.widgets.grid import Column, Grid


class EntryScreen(PlenoScreen):
    """Its sentence, what it carries, and every figure it changed."""

    TITLE = "Entri"
    PLAIN = "pleno jejak"

    def __init__(self, seq: int) -> None:
        super().__init__()
        self._seq = seq

    def body(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Static("", id="head", markup=False)
            yield Grid([Column("name", "", 13), Column("text", "", 0)])

    def draw(self) -> None:
        try:
            detail = self.pleno.reading.journal.detail(self._seq)
        except PlenoError as error:
            self.refuse(error)
            return
        self.query_one("#head", Static).update(safe_text(f"JEJAK  {detail.title}", "bold"))
        self.grid.show(detail_rows(detail, self.size.width or 80))

    def prompt(self) -> str:
        return "Esc kembali ke jejak"
