"""The copies that saksi and Panwaslu hold, as the Meja notes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pleno.domain.figures import Figure, Source
from pleno.service import copies

if TYPE_CHECKING:
    from pleno.tui.gateway import Pleno


class CopiesGateway:
    """The copies of the contest that a `Pleno` shows."""

    def __init__(self, pleno: Pleno) -> None:
        self._pleno = pleno

    def present(self) -> Sequence[Source]:
        """Copies in the room, in order of number."""
        return copies.present_copies(self._pleno.session, self._pleno.contest)

    def all_match(self, tps: str) -> tuple[Source, ...]:
        """`c`: every copy that is in the room says what the plano says."""
        pleno = self._pleno
        pleno.finish(tps)
        entries = copies.all_match(pleno.session, pleno.session.roster[tps], pleno.contest, pleno.by)
        pleno.reload(tps)
        return tuple(entry.source or "" for entry in entries)

    def one(self, tps: str, source: Source, differing: Mapping[str, Figure]) -> None:
        """`w`: one copy says what the plano says, but for some rows."""
        pleno = self._pleno
        pleno.finish(tps)
        copies.one_copy(pleno.session, pleno.session.roster[tps], pleno.contest, source, differing, pleno.by)
        pleno.reload(tps)
