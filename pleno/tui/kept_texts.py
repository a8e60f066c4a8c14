"""Lines of dialogs that were written and not used: offered again, after a power cut too (UX.md section 4.10)."""

from __future__ import annotations

from pleno.domain.errors import PlenoError
from pleno.domain.rules import Severity
from pleno.service import drafting
from pleno.service.session import Session
from pleno.tui.text import visible
from pleno.tui.widgets.lines import Said


class KeptTexts:
    """Each line under its purpose: on the disk, and where nothing can be written as long as the program runs."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._here: dict[str, str] = {}

    def of(self, purpose: str) -> str:
        """What was kept, as it can be drawn: a text field shows what it is given as it came."""
        if purpose not in self._here:
            self._here[purpose] = visible(drafting.kept_text(self._session, purpose))
        return self._here[purpose]

    def keep(self, purpose: str, text: str) -> Said | None:
        """Keep a line, durably when this returns None; else why it will be lost with the program."""
        text = visible(text)
        if text == self.of(purpose):
            return None
        self._here[purpose] = text
        if self._session.store.read_only:
            return None
        try:
            drafting.keep_text(self._session, purpose, text)
        except PlenoError as error:
            return Said(error.title, error.message, error.advice, Severity.KERAS)
        return None
