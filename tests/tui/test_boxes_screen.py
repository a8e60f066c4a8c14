"""The boxes of a desa from Beranda: one key a box, broken seals with their words."""

from __future__ import annotations

from pathlib import Path

from tui.cells import cells_of, matches_golden
from tui.driver import DeskDriver
from tui.kecamatan import TPS, Ticking

from pleno.domain.box import Kotak
from pleno.service import meeting
from pleno.service.session import Session


def boxes(desk: DeskDriver) -> dict[str, Kotak]:
    return {box.tps: box for box in desk.pleno.session.state.all(Kotak)}


async def test_a_desa_comes_one_seal_is_broken_one_box_is_opened(bare: Path) -> None:
    async with DeskDriver(bare, (100, 30)) as desk:
        await desk.press("down", "o")
        assert "KOTAK  DESA AREN HULU" in desk.lines[2]
        await desk.press("T")
        assert "3 kotak diterima" in desk.message
        await desk.press("r", *"sobek", "Enter")
        assert "paling sedikit 10" in cells_of(desk.app)
        await desk.press(*" di sudut", "Enter")
        await desk.press("o")
        await desk.press("up", "j", "3")
        seen = boxes(desk)
        assert {code: box.opened for code, box in seen.items()} == {TPS[2]: False, TPS[3]: True, TPS[4]: False}
        assert (seen[TPS[2]].intact, seen[TPS[2]].note) == (False, "sobek di sudut")
        assert seen[TPS[3]].route == "luring-daring"
        matches_golden("kotak-100x30", cells_of(desk.app))
        await desk.press("Esc")
        text = cells_of(desk.app)
        assert "1/3" in desk.lines[5]
        assert "JALUR      luring lalu daring 1" in text
        assert "BELUM ADA  kotak: Aren Hilir 001-002" in text


async def test_errors_are_taken_back_and_desa_follow_each_other(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.press("o", "o", "up", "z", *"salah kotak tadi", "Enter")
        assert boxes(desk) == {}
        await desk.press("up", "z")
        assert "belum tercatat diterima" in desk.message
        await desk.press("[")
        assert "desa pertama" in desk.message
        await desk.press("]", "]")
        assert "desa terakhir" in desk.message
        await desk.press("T", "T")
        assert "Kotak sudah dicatat" in desk.message


async def test_no_box_is_opened_while_the_meeting_rests(bare: Path) -> None:
    with Session.open(bare, Ticking(bare).clock()) as session:
        meeting.suspend(session, "ppk1")
    async with DeskDriver(bare) as desk:
        await desk.press("o", "o")
        assert "Rapat diskors" in desk.message
        assert boxes(desk) == {}
