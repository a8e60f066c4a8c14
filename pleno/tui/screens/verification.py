"""What a verification found, question by question (`p` on Segel & ekspor)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from pleno.domain.figures import thousands
from pleno.domain.rules import Severity
from pleno.tui import marks
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.text import safe_text, wrapped
from pleno.tui.widgets.grid import Cell, Column, Grid, GridRow

if TYPE_CHECKING:
    from pleno.service.verify import Verification

_WORDS = {
    "utuh": "jejak, tabel dan set cocok.",
    "ekor": "utuh, tetapi ada perubahan sesudah segel terakhir; segel lagi.",
    "rusak": "ada yang diubah di luar program. Berhenti, salin folder ini, panggil ketua dan Panwaslu.",
}


class VerificationScreen(PlenoScreen):
    """Every question with its answer; the seal at the end is held against paper."""

    TITLE = "Verifikasi"
    PLAIN = "pleno verifikasi"
    DEFAULT_CSS = "VerificationScreen #head, VerificationScreen #seal { height: auto; }"

    def __init__(self, found: Verification) -> None:
        super().__init__()
        self._found = found

    def body(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Static("", id="head", markup=False)
            yield Grid([Column("ok", "", 5), Column("name", "diperiksa", 12), Column("text", "hasil", 0)])
            yield Static("", id="seal", markup=False)

    def draw(self) -> None:
        found, room = self._found, max((self.size.width or 80) - 21, 20)
        head = f"VERIFIKASI  {found.outcome.value.upper()}: {_WORDS.get(found.outcome.value, '')}"
        self.query_one("#head", Static).update(safe_text(head, "bold"))
        rows: list[GridRow] = []
        for place, check in enumerate(found.checks):
            mark = None if check.ok else marks.FINDING[Severity.KERAS]
            for line, part in enumerate(wrapped(check.message, room)):
                first = (Cell("ya" if check.ok else "TIDAK", mark), Cell(check.name))
                cells = (*(first if line == 0 else (Cell(), Cell())), Cell(part))
                rows.append(GridRow(f"{place}.{line}", cells, group=str(place)))
        self.grid.show(rows)
        after = f"{thousands(found.entries)} entri, {found.after_seal} sesudah segel terakhir."
        paper = f"Cocokkan dengan kertas: {found.newest_seal}. " if found.newest_seal else ""
        self.query_one("#seal", Static).update(safe_text(f"{paper}{after}"))

    def prompt(self) -> str:
        return "Esc kembali"
