"""Room kept back on the disk, as the screens know it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pleno.domain.entry import Entry
from pleno.service import ballast

if TYPE_CHECKING:
    from pleno.tui.gateway import Pleno


def held_back(pleno: Pleno) -> int:
    """MB that can be given up; 0 where there is no ballast."""
    return -(-ballast.held_back(pleno.session.folder) // 1_000_000)


def give_up(pleno: Pleno) -> Entry:
    """Delete the ballast, so that saving goes on. PlenoError as in ballast.free."""
    return ballast.free(pleno.session, pleno.by)
