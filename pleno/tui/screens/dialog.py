"""A question in front of a screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from textual import events
from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Input

from pleno.domain.errors import PlenoError
from pleno.tui.advice import by_keys

if TYPE_CHECKING:
    from pleno.tui.app import PlenoApp
    from pleno.tui.gateway import Pleno

_EDITING: Final = {
    "backspace": Input.action_delete_left,
    "delete": Input.action_delete_right,
    "left": Input.action_cursor_left,
    "right": Input.action_cursor_right,
    "home": Input.action_home,
    "end": Input.action_end,
}
"""Keys that edit a text; a dialog does what the field is bound to, so that they stay in order with the letters."""


KEPT_AFTER: Final = 1.0
"""Seconds without a key after which what is being written is kept (UX.md section 4.10)."""


class TextLine(Input):
    """Hands its keys to the dialog, in order: what is typed behind Enter, a PIN perhaps, is no part of the text."""

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        self.screen.post_message(events.Key(event.key, event.character))


class Dialog(ModalScreen[Any]):
    """A question in front of a screen; it takes its keys in order and gives its answer by `dismiss`."""

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background; }
    Dialog > .box { width: 78; max-width: 100%; height: auto; max-height: 100%; border: ascii $foreground;
                    background: $panel; padding: 0 1; }
    Dialog Input { height: 1; border: none; padding: 0; background: $boost; }
    """

    _pause: Timer | None = None

    @property
    def app(self) -> PlenoApp:  # type: ignore[override]  # dialogs of pleno open in no other application
        """The application."""
        return super().app  # type: ignore[return-value]  # same

    @property
    def pleno(self) -> Pleno:
        return self.app.pleno

    def keys(self, event: events.Key) -> None:
        """Handle one key that is no text."""
        raise NotImplementedError

    def texts(self) -> Mapping[str, str]:
        """What is being written here and not used, under its purposes; never a PIN, never words of a key."""
        return {}

    def keep_texts(self) -> None:
        """Keep what is being written: after a pause, and where the dialog is left without it."""
        for purpose, text in self.texts().items():
            self.app.keep_text(purpose, text)

    def told(self, error: PlenoError) -> str:
        """A refusal in a line of the dialog: what stands against it, and what to press."""
        return by_keys(f"{error.title}: {error.message} {error.advice}", self.pleno.config.tombol)

    def dismiss(self, result: object = None) -> AwaitComplete:
        """Answer once: what still arrives after the answer must not take the screen below away."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def on_key(self, event: events.Key) -> None:
        if self.app.screen is not self:
            event.stop()
            self.app.screen.post_message(events.Key(event.key, event.character))
            return
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(KEPT_AFTER, self.keep_texts)
        if isinstance(self.focused, Input) and (event.is_printable or event.key in _EDITING):
            # Unless it stops here the field is given it once more.
            event.stop()
            event.prevent_default()
            if event.key in _EDITING:
                _EDITING[event.key](self.focused)
            elif event.character is not None:
                self.focused.replace(event.character, *sorted(self.focused.selection))
            return
        event.stop()
        event.prevent_default()
        self.keys(event)
