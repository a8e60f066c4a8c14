"""The files of one exported set (Enter or `v` on its line of Segel & ekspor)."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from pleno.tui.closing_view import FileView, SetView
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.text import safe_text
from pleno.tui.widgets.grid import Cell, Column, Grid, GridRow

_PRINTED = ".pdf"


class SetFilesScreen(PlenoScreen):
    """What lies in the folder of a set, and whether the set still counts."""

    TITLE = "Berkas set"
    DEFAULT_CSS = "SetFilesScreen #head { height: auto; }"

    def __init__(self, one: SetView, files: Sequence[FileView]) -> None:
        super().__init__()
        self._set, self._files = one, files

    def body(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Static("", id="head", markup=False)
            yield Grid([Column("use", "", 6), Column("name", "berkas", 0), Column("size", "ukuran", 12, right=True)])

    def draw(self) -> None:
        one = self._set
        lines = [f"SET {one.number:02}  {one.status}   data/ekspor/{one.folder}"]
        if one.status == "BATAL":
            lines.append("Perlu cetak ulang: ada TPS yang dibuka kembali sesudahnya. Jangan dipakai; ekspor lagi.")
        self.query_one("#head", Static).update(safe_text("", "bold").append("\n".join(lines)))
        rows = [GridRow(file.name, _cells(file)) for file in self._files]
        gone = GridRow("", (Cell(), Cell("Folder ini tidak ada lagi di ruang kerja."), Cell()))
        self.grid.show(rows or [gone])

    def prompt(self) -> str:
        return f"{len(self._files)} berkas. Esc kembali, lalu p memeriksa apakah set ini utuh"


def _cells(file: FileView) -> tuple[Cell, ...]:
    use = "cetak" if file.name.endswith(_PRINTED) else ""
    return (Cell(use), Cell(file.name), Cell(file.size))
