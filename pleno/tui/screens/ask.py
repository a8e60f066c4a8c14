"""Small questions: one of a few keys, or a line of text. The focus stands on BATAL, and Enter never says yes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from pleno.tui.commands import key_name
from pleno.tui.screens.dialog import Dialog, TextLine
from pleno.tui.text import packed, safe_text

_INSIDE: Final = 74
"""Cells between the borders of a dialog that has all its width."""


class Option(NamedTuple):
    """One answer."""

    key: str
    """Textual's name of its key."""
    word: str
    value: str


class Ask(Dialog):
    """A question answered by one key; Esc or Enter on BATAL answers None."""

    def __init__(self, title: str, text: str, options: Sequence[Option], leave: str = "") -> None:
        """`leave`: what Esc is called, where it is neither BATAL nor TUTUP."""
        super().__init__()
        self._title, self._text, self._options, self._leave = title, text, tuple(options), leave

    def compose(self) -> ComposeResult:
        keys = [f"{key_name(option.key)} = {option.word}" for option in self._options]
        leave = f"[ {self._leave or ('BATAL' if keys else 'TUTUP')} ] Esc"
        with Vertical(classes="box"):
            yield Static(safe_text(self._title, "bold"))
            yield Static(safe_text(self._text))
            yield Static("")
            yield Static(safe_text("").append("\n".join(packed([leave, *keys], min(self.app.size.width - 4, _INSIDE)))))

    def keys(self, event: events.Key) -> None:
        if event.key in ("escape", "enter"):
            self.dismiss(None)
            return
        for option in self._options:
            if event.key == option.key:
                self.dismiss(option.value)
                return


class AskText(Dialog):
    """A line of text; what was typed and not used is offered again (UX.md section 3, Esc)."""

    def __init__(self, title: str, text: str, *, purpose: str, least: int = 0, advice: str = "") -> None:
        """`purpose`: under which an unfinished text is kept; `least`: characters below which it is refused."""
        super().__init__()
        self._title, self._text, self._purpose = title, text, purpose
        self._least, self._advice = least, advice

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(safe_text(self._title, "bold"))
            yield Static(safe_text(self._text))
            yield TextLine(self.app.kept_text(self._purpose), max_length=200, compact=True, select_on_focus=False)
            yield Static(safe_text(self._advice), id="advice")
            yield Static(safe_text("Enter simpan   Esc batal; tulisan disimpan"))

    def texts(self) -> Mapping[str, str]:
        return {self._purpose: self.query_one(Input).value}

    def keys(self, event: events.Key) -> None:
        value = self.query_one(Input).value
        if event.key == "escape":
            self.keep_texts()
            self.dismiss(None)
        elif event.key == "enter":
            if len(value.strip()) < self._least:
                said = f"Baru {len(value.strip())} huruf; paling sedikit {self._least}."
                self.query_one("#advice", Static).update(safe_text(said, "bold"))
                return
            self.app.keep_text(self._purpose, "")
            self.dismiss(value.strip())
