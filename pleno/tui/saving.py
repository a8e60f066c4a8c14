"""A save that takes its time: line 1 says so while the program waits for the disk (UX.md section 4.6)."""

from __future__ import annotations

from threading import Lock, Timer
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pleno.tui.app import PlenoApp

_PATIENCE: Final = 0.25
"""Seconds after which it is told."""
_WORDS: Final = "  menyimpan..."


class Saving:
    """Around one write. Its own thread tells, straight to the terminal: the loop that draws is what waits."""

    def __init__(self, app: PlenoApp) -> None:
        self._app = app
        self._lock = Lock()
        self._over = self._told = False
        self._timer = Timer(_PATIENCE, self._tell)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_raised: object) -> None:
        self._timer.cancel()
        with self._lock:
            self._over = True
        if self._told and self._app.is_running:
            self._app.screen.refresh()

    def _tell(self) -> None:
        with self._lock:
            if not self._over and self._app.is_running and self._app._driver is not None:
                self._told = True
                column = max(self._app.size.width - len(_WORDS), 0) + 1
                # Where the cursor stands and how it draws is kept around it.
                self._app._driver.write(f"\x1b7\x1b[1;{column}H\x1b[7m{_WORDS}\x1b8")
