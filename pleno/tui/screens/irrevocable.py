"""The question before what cannot be taken back: what it means in numbers, and the name of the kecamatan typed."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from pleno.tui.screens.dialog import Dialog, TextLine
from pleno.tui.text import safe_text


class Irrevocable(Dialog):
    """Answers True only after Tab, the name, Enter and then the letter of the act; the focus begins on BATAL."""

    AUTO_FOCUS = ""

    def __init__(self, title: str, said: str, kecamatan: str, letter: str, word: str) -> None:
        """`said`: the consequence; `letter` does it, and `word` says what: "E", "ekspor final"."""
        super().__init__()
        self._title, self._said, self._kecamatan = title, said, kecamatan
        self._letter, self._word = letter, word
        self._named = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(safe_text(self._title, "bold"))
            yield Static(safe_text(self._said))
            yield Static(safe_text(f'Ketik nama kecamatan, "{self._kecamatan}":'))
            yield TextLine(max_length=60, compact=True, select_on_focus=False)
            yield Static("", id="said", markup=False)
            yield Static("", id="keys", markup=False)

    def on_mount(self) -> None:
        self._show()

    def _show(self, said: str = "") -> None:
        act = f"{self._letter} = {self._word}" if self._named else "Tab ketik nama kecamatan"
        self.query_one("#said", Static).update(safe_text(said, "bold"))
        self.query_one("#keys", Static).update(safe_text(f"[ BATAL ] Esc    {act}"))

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
        elif event.key == self._letter and self._named:
            self.dismiss(True)

    def _take_name(self) -> None:
        typed = " ".join(self.query_one(Input).value.split()).casefold()
        self._named = typed == " ".join(self._kecamatan.split()).casefold()
        if self._named:
            self.set_focus(None)
            self._show()
        else:
            self._show("Belum sama dengan nama kecamatannya.")
