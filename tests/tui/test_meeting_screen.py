"""The meeting from Beranda: suspended, resumed, closed by name, opened again with a reason (UX.md, `p`)."""

from __future__ import annotations

from pathlib import Path

from tui.cells import cells_of
from tui.driver import DeskDriver
from tui.kecamatan import TPS_004, give_pins

from pleno.domain.entry import Kind
from pleno.domain.state import PlenoState
from pleno.tui.screens.irrevocable import Irrevocable

WHY = "masih ada keberatan saksi"


def state(desk: DeskDriver) -> PlenoState:
    return desk.pleno.session.meeting.state


async def choose(desk: DeskDriver, key: str, note: str = "") -> None:
    """What becomes of the meeting, for the ketua, with a note."""
    await desk.press("p")
    await desk.press(key)
    await desk.press("1", "Enter")
    await desk.press(*note, "Enter")


async def test_a_meeting_is_suspended_and_goes_on(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(150)
        await desk.press("f2")
        await choose(desk, "s", "salat magrib")
        assert state(desk) is PlenoState.DISKORS
        assert "DISKORS" in desk.lines[0]
        await desk.press("down")
        assert "rapat diskors: p melanjutkannya" in cells_of(desk.app)
        suspended = desk.pleno.session.store.last_of(Kind.MEETING_SUSPENDED)
        assert suspended is not None
        assert (suspended.actor.id, suspended.note) == ("ppk1", "salat magrib")
        assert desk.pleno.draft(TPS_004) is None, "what was typed became an entry before"
        await choose(desk, "l")
        assert state(desk) is PlenoState.DIBUKA


async def test_closing_asks_for_the_name_and_opening_again_for_a_reason(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await choose(desk, "t")
        assert isinstance(desk.app.screen, Irrevocable)
        assert "0 dari 5 TPS sah" in cells_of(desk.app)
        await desk.press("Enter")
        assert state(desk) is PlenoState.DIBUKA, "the focus stands on BATAL"
        await choose(desk, "t")
        await desk.press("Tab")
        await desk.press(*"sungai aremn", "left", "Backspace", "Enter", "T")  # in one go: the letter is no part of it
        assert state(desk) is PlenoState.DITUTUP
        await choose(desk, "b", WHY[:5])
        assert "paling sedikit 10" in cells_of(desk.app)
        await desk.press(*WHY[5:], "Enter")
        assert state(desk) is PlenoState.DIBUKA


async def test_who_has_a_pin_types_it(bare: Path) -> None:
    async with DeskDriver(give_pins(bare, "ppk1")) as desk:
        await desk.press("p")
        await desk.press("s")
        await desk.press("Enter", "Enter")
        assert "PIN adalah 6 angka" in cells_of(desk.app)
        await desk.press("Esc")
        assert state(desk) is PlenoState.DIBUKA
