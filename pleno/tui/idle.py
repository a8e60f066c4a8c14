"""Nobody at the keys: after five minutes they are locked, where there is a PIN to open them (TRUST.md section 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pleno.tui.errands import lock
from pleno.tui.screens.lock import LockScreen

if TYPE_CHECKING:
    from pleno.tui.app import PlenoApp

LIMIT: Final = 300.0
"""Seconds without a key."""


class Idle:
    """How long nobody has touched the keys."""

    def __init__(self, app: PlenoApp) -> None:
        self._app = app
        self._since = app.seconds()

    def touched(self) -> None:
        """A key was pressed, or something pasted."""
        self._since = self._app.seconds()

    def look(self) -> None:
        """Lock where the time is up; not in practice, where nobody has a PIN, nor where nothing can be written."""
        pleno = self._app.pleno
        if self._app.seconds() - self._since < LIMIT or pleno.session.store.read_only:
            return
        locked = any(isinstance(screen, LockScreen) for screen in self._app.screen_stack)
        if not locked and any(pleno.pins.needs_pin(one.id) for one in pleno.config.officers):
            lock(self._app)
