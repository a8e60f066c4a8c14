"""What one screen asks of the Meja while it is not in front: the next difference, another contest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pleno.tui.screens.base import PlenoScreen
from pleno.tui.screens.desk import DeskScreen

if TYPE_CHECKING:
    from pleno.tui.app import PlenoApp


def go_to_difference(app: PlenoApp, by: int) -> None:
    """Show the next (1) or previous (-1) open difference, seen from the paper on the table, on the Meja."""
    desk, order = _desk(app), app.pleno.order
    place = (desk.tps, desk.grid.key) if desk and desk.tps else (order[0 if by > 0 else -1], "")
    found = app.pleno.difference_from(*place, by)
    if found is not None:
        app.open_desk(*found)
    elif isinstance(app.screen, PlenoScreen):
        app.screen.tell("Tidak ada selisih terbuka", "ke arah ini.")


def choose_contest(app: PlenoApp, contest: str) -> None:
    """Show another contest of the workspace on every screen; the paper on the table is put aside."""
    desk = _desk(app)
    if desk and desk.tps:
        desk.finish_paper()
        desk.tps = ""
    app.pleno.choose(contest)
    if isinstance(app.screen, PlenoScreen):
        app.screen.redraw()


def _desk(app: PlenoApp) -> DeskScreen | None:
    """The Meja, if it was shown before."""
    stack = app._screen_stacks.get(DeskScreen.MODE, [])
    return next((screen for screen in stack if isinstance(screen, DeskScreen)), None)
