"""The question before the final set: what it means in numbers, and the name of the kecamatan typed."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from pleno.domain.figures import thousands
from pleno.tui.closing_view import ClosingView
from pleno.tui.screens.base import Dialog
from pleno.tui.text import safe_text


class FinalExport(Dialog):
    """Answers True only after Tab, the name, Enter and then E; the focus begins on BATAL."""

    AUTO_FOCUS = ""

    def __init__(self, view: ClosingView) -> None:
        super().__init__()
        self._view = view
        self._named = False

    def compose(self) -> ComposeResult:
        view = self._view
        said = (
            f"Set DITETAPKAN dari {view.tps} TPS, {thousands(view.votes)} suara sah, entri 1 sampai {view.entries}. "
            "Tidak dapat ditarik kembali: TPS yang sesudahnya dibuka kembali membuat set ini BATAL."
        )
        with Vertical(classes="box"):
            yield Static(safe_text("EKSPOR FINAL", "bold"))
            yield Static(safe_text(said))
            yield Static(safe_text(f'Ketik nama kecamatan, "{view.kecamatan}":'))
            yield Input(max_length=60, compact=True)
            yield Static("", id="said", markup=False)
            yield Static("", id="keys", markup=False)

    def on_mount(self) -> None:
        self._show()

    def _show(self, said: str = "") -> None:
        keys = "[ BATAL ] Esc    E = ekspor final" if self._named else "[ BATAL ] Esc    Tab ketik nama kecamatan"
        self.query_one("#said", Static).update(safe_text(said, "bold"))
        self.query_one("#keys", Static).update(safe_text(keys))

    def keys(self, event: events.Key) -> None:
        typing = isinstance(self.focused, Input)
        if event.key == "escape" or (event.key == "enter" and not typing):
            self.dismiss(False)
        elif event.key == "tab" and not typing:
            self._named = False
            self.set_focus(self.query_one(Input))
            self._show("Enter sesudah namanya lengkap.")
        elif typing and event.key in ("enter", "tab"):
            self._take_name()
        elif event.key == "E" and self._named:
            self.dismiss(True)

    def _take_name(self) -> None:
        typed = " ".join(self.query_one(Input).value.split()).casefold()
        self._named = typed == " ".join(self._view.kecamatan.split()).casefold()
        if self._named:
            self.set_focus(None)
            self._show()
        else:
            self._show("Belum sama dengan nama kecamatannya.")
