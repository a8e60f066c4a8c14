"""The picture that the desk leaves for the projector."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from pleno.domain.recap import Recap
from pleno.service import board
from pleno.service.views import recap_of

if TYPE_CHECKING:
    from pleno.tui.gateway import Pleno

_HEARTBEAT: Final = 5.0
"""Seconds after which the picture is left anew though nothing changed: the board sees that the desk is there."""


class BoardGateway:
    """Leaves a picture whenever what it shows has changed."""

    def __init__(self, pleno: Pleno) -> None:
        self._pleno = pleno
        self._path = board.board_path(pleno.session.folder)
        self._at: tuple[str, str] | None = None
        self._left: board.Board | None = None
        self._when = 0.0
        self._sums: tuple[tuple[int, str], Recap] | None = None

    def look_at(self, tps: str, row: str) -> None:
        """The TPS on the table and its row in hand."""
        self._at = (tps, row)

    def publish(self) -> None:
        """Leave the picture if it changed; never raises, and never waits for the projector."""
        picture = self._picture()
        if picture != self._left or time.monotonic() - self._when > _HEARTBEAT:
            board.publish(self._path, picture)
            self._left, self._when = picture, time.monotonic()

    def _picture(self) -> board.Board:
        pleno = self._pleno
        now = None
        tps, row = self._at or ("", "")
        if tps in pleno.order and row in pleno.contest.by_name:
            now = board.read_now(pleno.session, pleno.file(tps), row)
        open_cells = sum(len(file.open_cells) for file in pleno.files)
        return board.picture(pleno.session, self._recap(), open_cells, now)

    def _recap(self) -> Recap:
        """Sums over what is sah, worked out anew only after an entry."""
        pleno = self._pleno
        key = (pleno.session.store.head().seq, pleno.contest.id)
        if self._sums is None or self._sums[0] != key:
            self._sums = key, recap_of(pleno.session, pleno.contest, pleno.files)
        return self._sums[1]
