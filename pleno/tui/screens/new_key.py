"""A key just made: its passphrase shown once, left only by typing its last word back from paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from pleno.tui.screens.dialog import Dialog
from pleno.tui.text import safe_text, wrapped

if TYPE_CHECKING:
    from pleno.tui.keys_gateway import KeyLine, MadeKey

_WIDTH: Final = 74
_LONGEST_WORD: Final = 20


class NewKeyDialog(Dialog):
    """Answers True once the last word was typed; a key without its passphrase signs nothing."""

    AUTO_FOCUS = ""

    def __init__(self, one: KeyLine, made: MadeKey) -> None:
        super().__init__()
        self._one, self._made, self._typed = one, made, ""

    def compose(self) -> ComposeResult:
        one, made = self._one, self._made
        half = len(made.fingerprint) // 2
        lines = [
            *wrapped(f"Berkas kunci: {made.path}", _WIDTH),
            "",
            "SANDI, hanya ditampilkan sekali ini. Tulis di kertas, simpan di amplop tertutup:",
            f"    {made.passphrase}",
            "",
            "SIDIK. Bacakan di rapat; setiap saksi menulisnya, lembar pembukaan mencetaknya:",
            f"    {made.fingerprint[:half].strip()}",
            f"    {made.fingerprint[half:].strip()}",
            "",
        ]
        with Vertical(classes="box"):
            yield Static(safe_text(f"KUNCI {one.name} ({one.role})", "bold"))
            yield Static(safe_text("").append("\n".join(lines)))
            yield Static("", id="typed", markup=False)
            yield Static("", id="said", markup=False)

    def on_mount(self) -> None:
        self._show()

    def _show(self, said: str = "") -> None:
        self.query_one("#typed", Static).update(safe_text(f"kata terakhir sandi, dari kertas: [{self._typed}_]"))
        self.query_one("#said", Static).update(safe_text(said or "Ketik kata itu lalu Enter.", "bold"))

    def keys(self, event: events.Key) -> None:
        letter = event.character or ""
        if event.key == "enter":
            self._close()
        elif event.key == "escape":
            self._show("Sandi tidak dapat ditampilkan lagi: tulis dulu, lalu ketik kata terakhirnya.")
        elif event.key == "backspace":
            self._typed = self._typed[:-1]
            self._show()
        elif letter.isascii() and letter.isalpha() and len(self._typed) < _LONGEST_WORD:
            self._typed += letter.lower()
            self._show()

    def _close(self) -> None:
        if self._typed == self._made.passphrase.split()[-1]:
            self.dismiss(True)
            return
        self._typed = ""
        self._show("Bukan kata terakhir sandi itu; baca dari kertas.")
