"""The attendance list from Beranda: who came with which mandate, who left."""

from __future__ import annotations

from pathlib import Path

from tui.cells import cells_of, matches_golden
from tui.driver import DeskDriver
from tui.kecamatan import TPS_004

from pleno.domain.state import Kehadiran


def listed(desk: DeskDriver) -> dict[str, tuple[str, str, bool]]:
    every = desk.pleno.session.state.all(Kehadiran)
    return {one.id: (one.name, one.mandate, one.present) for one in every}


async def test_ppk_and_saksi_come_and_leave(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.press("a")
        assert "DAFTAR HADIR" in desk.lines[2]
        await desk.press("h", "h")
        assert (listed(desk)["ppk1"][2], listed(desk)["ppk2"][2]) == (True, True)
        await desk.press("down", "p")
        assert listed(desk)["saksi-01"][2] is False
        await desk.press("up", "t", *"Joko Pengganti", "Enter", *"07/SM", "Enter")
        assert listed(desk)["s1"] == ("Joko Pengganti", "07/SM", True)
        await desk.press("m", *"09/SM", "Enter")
        assert "09/SM" in cells_of(desk.app)
        matches_golden("daftar-hadir-80x24", cells_of(desk.app))


async def test_what_cannot_be_is_said(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.press("a", "p")
        assert "tidak tercatat hadir" in desk.message
        await desk.press("t")
        assert "pleno.toml" in desk.message
        await desk.press("h", "up", "h")
        assert "sudah tercatat hadir" in desk.message
        await desk.press("down", "down", "down", "t", *"Siti [/x] ;", "Enter", "Enter")
        assert "Siti [/x] ;" in cells_of(desk.app)


async def test_who_left_is_no_witness_of_a_pembetulan(differing: Path) -> None:
    async with DeskDriver(differing) as desk:
        await desk.press("a", "h", *["down"] * 2, "p")
        await desk.go_to_desk(TPS_004)
        assert desk.pleno.guests()[0].present is False
        assert all(one.stands_for != "ppk" for one in desk.pleno.guests())
