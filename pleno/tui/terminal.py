"""An application that lets nothing through to the terminal, nor from it, but what it drew and what was typed."""

from __future__ import annotations

from typing import Final, TypeVar

from textual import events
from textual.app import App

R = TypeVar("R")


CRASHED: Final = 70
"""Exit code after a fault of the program (TERMS.md)."""


class TerminalApp(App[R]):
    """Textual's App with the ways closed by which foreign bytes reach a terminal: a paste, the clipboard, a fault."""

    fault: Exception | None = None
    """What went wrong inside the program."""

    async def on_event(self, event: events.Event) -> None:
        """A paste that holds what no key types is refused whole: text fields would draw an ESC in it as it came."""
        if isinstance(event, events.Paste) and not all(line.isprintable() for line in event.text.splitlines()):
            self.refuse_paste()
        else:
            await super().on_event(event)

    def refuse_paste(self) -> None:
        """Say that nothing was taken."""

    def copy_to_clipboard(self, text: str) -> None:
        """Keep it in the program; Textual would hand it to the terminal as an escape sequence (OSC 52)."""
        self._clipboard = text

    def _handle_exception(self, error: Exception) -> None:
        """End without Textual's own traceback, which prints names and figures (UX.md section 10)."""
        self._return_code = CRASHED
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self.fault = self.fault or error
        self._close_messages_no_wait()
