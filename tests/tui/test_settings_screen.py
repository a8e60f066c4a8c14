"""Pengaturan: what is in force and since when; changed by an entry, the ketua's with the PIN."""

from __future__ import annotations

from pathlib import Path

import pytest
from tui.cells import attributes_of, cells_of, matches_golden
from tui.driver import DeskDriver
from tui.kecamatan import Ticking

from pleno.domain.entry import Kind
from pleno.service import pins
from pleno.service.session import Session
from pleno.tui.screens.settings import SettingsScreen


async def at(desk: DeskDriver, name: str) -> None:
    """The cursor on one setting."""
    await desk.press("f9")
    assert isinstance(desk.app.screen, SettingsScreen)
    desk.app.screen.grid.go_to(name)
    await desk.settle()


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 45)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_screen(bare: Path, size: tuple[int, int]) -> None:
    async with DeskDriver(bare, size) as desk:
        await at(desk, "ekspor.kertas")
        matches_golden(f"pengaturan-{size[0]}x{size[1]}", cells_of(desk.app))


async def test_without_colour(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with DeskDriver(bare) as desk:
        await desk.press("f9")
        matches_golden("pengaturan-80x24-tanpa-warna", attributes_of(desk.app))


async def test_a_theme_is_changed_at_once_and_by_an_entry(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.press("g", "9")
        await at(desk, "tampilan.tema")
        await desk.press("Enter")
        assert "2 = terang" in desk.text
        await desk.press("2")
        assert desk.app.theme == "terang"
        (entry,) = desk.pleno.session.store.entries_of(Kind.SETTING_CHANGED)
        assert (entry.data["setelan"], entry.actor.id) == ({"tampilan.tema": ["gelap", "terang"]}, "op1")
        await desk.press("Esc", "f8")
        assert "setelan" in desk.text
    async with DeskDriver(bare) as desk:
        assert desk.app.theme == "terang"


async def test_a_number_is_typed_and_a_wrong_one_refused(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await at(desk, "ekspor.kolom_per_halaman")
        await desk.press("Enter")
        await desk.press("Backspace", "Backspace")
        await desk.write("99")
        await desk.press("Enter")
        assert "Pilihan: 3 sampai 60" in desk.message
        await desk.press("Enter")
        await desk.press(*["Backspace"] * 4)
        await desk.write("5")
        await desk.press("Enter")
        assert desk.pleno.config.kolom_per_halaman == 5


async def test_what_pleno_toml_alone_gives_is_not_changed_here(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.press("f9", "end", "Enter")
        assert "Hanya diubah di pleno.toml" in desk.message


async def test_the_ketua_changes_with_the_pin_and_a_reason(bare: Path) -> None:
    with Session.open(bare, Ticking(bare).clock()) as session:
        pins.set_pin(session, "ppk1", "482913")
    async with DeskDriver(bare, by="op1") as desk:
        await at(desk, "meja.pin_sahkan")
        await desk.press("Enter", "1")
        await desk.press(*"111222", "Enter")
        assert "PIN salah" in desk.text or "Bukan PIN" in desk.text
        await desk.press(*"482913", "Enter")
        await desk.write("diminta Panwaslu")
        await desk.press("Enter")
        assert desk.pleno.config.pin_sahkan
        (entry,) = desk.pleno.session.store.entries_of(Kind.SETTING_CHANGED)
        assert (entry.actor.id, entry.data["pin"], entry.note) == ("ppk1", True, "diminta Panwaslu")
