"""Jejak looking back: the recap after an entry, and what lies between two seals (TRUST.md, B21)."""

from __future__ import annotations

from pathlib import Path

import pytest
from tui.cells import attributes_of, cells_of, matches_golden
from tui.driver import DeskDriver
from tui.kecamatan import TPS, Ticking
from tui.settled import in_the_middle

from pleno.domain.entry import Kind
from pleno.service import sealing, settling
from pleno.service.session import Session
from pleno.tui.screens.past import BetweenScreen, PastRecapScreen

SIZES = [(80, 24), (100, 30), (160, 45)]


@pytest.fixture
def sealed_twice(bare: Path) -> Path:
    """Two TPS sah and sealed; then one of them opened again and sealed."""
    in_the_middle(bare)
    with Session.open(bare, Ticking(bare).clock()) as session:
        sealing.seal(session, "7391", "op1")
        settling.reopen(session, session.roster[TPS[0]], session.contest(None), "saksi minta dibacakan ulang", "ppk1")
        sealing.seal(session, "4711", "op1")
    return bare


async def test_the_recap_after_an_entry_is_not_the_one_of_now(sealed_twice: Path) -> None:
    async with DeskDriver(sealed_twice) as desk:
        first = next(entry for entry in desk.pleno.session.store.entries_of(Kind.SEAL))
        head = desk.pleno.session.store.head()
        await desk.press("f8", "/")
        await desk.press(*f"#{first.seq}", "Enter")
        await desk.press("p")
        assert isinstance(desk.app.screen, PastRecapScreen)
        shown = cells_of(desk.app)
        assert f"SEPERTI SESUDAH ENTRI #{first.seq}, bukan keadaan sekarang" in shown
        assert "2 dari 5 TPS sah" in shown
        await desk.press("t")
        assert "SEMENTARA" in cells_of(desk.app)
        await desk.press("Esc", "home", "p")
        assert "1 dari 5 TPS sah" in cells_of(desk.app), "the newest entry is the state of now"
        assert desk.pleno.session.store.head() == head


async def test_between_two_seals_every_entry_and_every_moved_sum_is_told(sealed_twice: Path) -> None:
    async with DeskDriver(sealed_twice, (160, 45)) as desk:
        await desk.press("f8", "a")
        await desk.press("Enter")
        assert isinstance(desk.app.screen, BetweenScreen)
        shown = cells_of(desk.app)
        assert "dibuka kembali oleh Siti Aminah" in shown
        assert "V.A JUMLAH SELURUH SUARA SAH: 452 menjadi 226" in shown


async def test_seals_that_are_not_there_are_refused(sealed_twice: Path) -> None:
    async with DeskDriver(sealed_twice) as desk:
        for typed, said in (("1", "Segel belum jelas"), ("2 1", "Urutan segel terbalik"), ("1 9", "Segel 9 tidak ada")):
            await desk.press("f8", "a")
            await desk.press(*["Backspace"] * 5)
            await desk.press(*typed, "Enter")
            assert said in desk.message.replace("\n", " "), typed


async def test_one_seal_is_not_enough(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.press("f8", "a")
        assert "Baru 0 segel; perlu dua." in desk.message


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_cells(sealed_twice: Path, size: tuple[int, int]) -> None:
    async with DeskDriver(sealed_twice, size) as desk:
        await desk.press("f8", "a")
        await desk.press("Enter")
        matches_golden(f"antara-segel-{size[0]}x{size[1]}", cells_of(desk.app))
        await desk.press("Esc", "home", "p")
        matches_golden(f"rekap-waktu-itu-{size[0]}x{size[1]}", cells_of(desk.app))


async def test_without_colour(sealed_twice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with DeskDriver(sealed_twice) as desk:
        await desk.press("f8", "p")
        matches_golden("rekap-waktu-itu-80x24-tanpa-warna", attributes_of(desk.app))
