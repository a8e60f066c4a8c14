"""One act by a key: the key file on a stick, its passphrase, and a letter of its own."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path
from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from pleno.domain.errors import PlenoError
from pleno.service.typed_path import typed_path
from pleno.tui.screens.dialog import Dialog
from pleno.tui.text import safe_text, wrapped

_WIDTH: Final = 74
_LONGEST: Final = 200
"""Characters of a path or a passphrase."""
_PURPOSE: Final = "signing.key"


class Stage(Enum):
    """Where the dialog stands."""

    KEY = auto()
    WORDS = auto()
    SURE = auto()


class SignDialog(Dialog):
    """Three steps; the passphrase is shown as stars, used once and forgotten.

    It has no text field: a word typed too early would stand in one for all to read.

    Answers what the rule still asks for after the signature ("" = nothing), None where nobody signed.
    """

    AUTO_FOCUS = ""

    def __init__(
        self, who: str, consequence: str, sign: Callable[[Path, str], str],
        title: str = "TANDA TANGAN", deed: str = "t = tanda tangan (tidak dapat dibatalkan)",
    ) -> None:  # fmt: skip
        """`who`: name and office; `sign`: by a key file and its passphrase, PlenoError where it is refused.

        `title` and `deed`, which begins with its letter, where it is another act than a signature.
        """
        super().__init__()
        self._title, self._deed = f"{title} {who}", deed
        self._consequence, self._act = consequence, sign
        self._stage = Stage.KEY
        self._path = ""
        self._words = ""

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(safe_text(self._title, "bold"))
            yield Static("", id="text", markup=False)
            yield Static("", id="said", markup=False)
            yield Static("", id="keys", markup=False)

    def on_mount(self) -> None:
        self._path = self.app.kept_text(_PURPOSE)
        self._show()

    def _go(self, stage: Stage, said: str = "") -> None:
        self._stage = stage
        self._show(said)

    def _show(self, said: str = "") -> None:
        text, keys = {
            Stage.KEY: (
                f"Colok stik pemilik kunci. Berkas kuncinya, atau folder di stik itu:\n  [{self._path}_]",
                "Enter lanjut   Esc batal",
            ),
            Stage.WORDS: (
                f"Sandi kunci, lima kata dari amplop; pemiliknya mengetik sendiri:\n  [{'*' * len(self._words)}_]",
                "Enter lanjut   Esc batal; sandi tidak disimpan",
            ),
            Stage.SURE: (self._consequence, f"[ BATAL ] Esc    {self._deed}"),
        }[self._stage]
        lines = [part for line in text.split("\n") for part in wrapped(line, _WIDTH)]
        self.query_one("#text", Static).update(safe_text("").append("\n".join(lines)))
        self.query_one("#said", Static).update(safe_text("", "bold").append("\n".join(wrapped(said, _WIDTH))))
        self.query_one("#keys", Static).update(safe_text(keys))

    # --- keys --------------------------------------------------------------------------------

    def keys(self, event: events.Key) -> None:
        if event.key == "escape" or (event.key == "enter" and self._stage is Stage.SURE):
            self._words = ""
            self.dismiss(None)
        elif self._stage is Stage.KEY:
            self._take_path(event)
        elif self._stage is Stage.WORDS:
            self._take_words(event)
        elif event.key == self._deed[0]:
            self._show("membuka kunci ...")
            self.call_after_refresh(self._sign)

    def on_paste(self, event: events.Paste) -> None:
        """A path may be pasted; a passphrase comes from paper."""
        if self._stage is Stage.KEY:
            self._path = (self._path + event.text.splitlines()[0])[:_LONGEST] if event.text else self._path
            self._show()

    def _take_path(self, event: events.Key) -> None:
        if event.key != "enter":
            self._path = _typed(self._path, event)
            self._show()
        elif self._path.strip():
            self._keep_path()
            self._go(Stage.WORDS)
        else:
            self._show("Sebut dulu berkas atau folder kuncinya.")

    def _keep_path(self) -> None:
        """Offer it the next time where something lies there: else it may be the passphrase, typed too early."""
        with contextlib.suppress(OSError, PlenoError):
            if typed_path(self._path).exists():
                self.app.keep_text(_PURPOSE, self._path)

    def _take_words(self, event: events.Key) -> None:
        if event.key != "enter":
            self._words = _typed(self._words, event)
            self._show()
        elif self._words.strip():
            self._go(Stage.SURE)
        else:
            self._show("Ketik dulu sandinya.")

    def _sign(self) -> None:
        words, self._words = self._words, ""
        if not words:
            return  # the letter was pressed twice
        try:
            missing = self._act(typed_path(self._path), words)
        except PlenoError as error:
            self._go(Stage.KEY, self.told(error))
        else:
            self.dismiss(missing)


def _typed(text: str, event: events.Key) -> str:
    """A text with one more key."""
    if event.key == "backspace":
        return text[:-1]
    return (text + event.character)[:_LONGEST] if event.character is not None and event.is_printable else text
