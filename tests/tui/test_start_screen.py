"""The start screen: three ways to a workspace, each line judged at its place, and nothing made before it is asked."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input
from tui.cells import cells_of, matches_golden
from tui.driver import KEYS

from pleno.service.practice import source_folder
from pleno.service.session import Session
from pleno.tui.start import PRACTICE, NewForm, OpenForm, StartApp, StartScreen


async def press(pilot: Pilot[str], *keys: str) -> None:
    for key in keys:
        await pilot.press(KEYS.get(key.title(), key))
    await pilot.pause()


def put(app: StartApp, **values: str) -> None:
    """Write into the lines of the form."""
    for field, value in values.items():
        app.screen.query_one(f"#{field}", Input).value = value


def shown(app: StartApp) -> str:
    return " ".join(cells_of(app).split())


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 45)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_three_screens(size: tuple[int, int]) -> None:
    app = StartApp()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        matches_golden(f"awal-{size[0]}x{size[1]}", cells_of(app))
        await press(pilot, "1", *"x", "enter")
        matches_golden(f"awal-buka-{size[0]}x{size[1]}", cells_of(app))
        await press(pilot, "escape", "2")
        put(app, folder="pleno-baru", profil="pilkada2024-bupati", wilayah="990101", tps="tidak-ada.csv")
        app.screen.query_one("#pilihan", Input).focus()
        await press(pilot, "enter")
        matches_golden(f"awal-baru-{size[0]}x{size[1]}", cells_of(app))


async def test_practice_is_one_key() -> None:
    app = StartApp()
    async with app.run_test() as pilot:
        await press(pilot, "3")
    assert app.return_value == PRACTICE


@pytest.mark.parametrize("key", ["f10", "ctrl+q", "ctrl+c"])
async def test_leaving_chooses_nothing(key: str) -> None:
    app = StartApp()
    async with app.run_test() as pilot:
        await press(pilot, "x", "enter", key)
    assert app.return_value is None


async def test_a_workspace_is_opened_by_its_folder_or_refused_at_the_line(bare: Path, tmp_path: Path) -> None:
    app = StartApp()
    async with app.run_test() as pilot:
        await press(pilot, "1", "enter")
        assert "[!!] Belum diisi" in shown(app)
        put(app, folder=str(tmp_path / "tidak-ada"))
        await press(pilot, "enter")
        assert "[!!] Folder tidak ditemukan: Tidak ada folder tidak-ada." in shown(app)
        put(app, folder="/")
        await press(pilot, "enter")
        assert "[!!] Bukan ruang kerja" in shown(app)
        assert isinstance(app.screen, OpenForm)
        put(app, folder=f"'{bare / 'data'}'")
        await press(pilot, "enter")
    assert app.return_value == str(bare)


def office(folder: Path) -> dict[str, str]:
    """The lists of the practice kecamatan, as an office hands them over."""
    for name in ("tps.csv", "pilihan.csv"):
        shutil.copy(source_folder() / name, folder / name)
    return {
        "profil": "pemilu2024-ppwp", "wilayah": "310101", "tps": str(folder / "tps.csv"),
        "pilihan": str(folder / "pilihan.csv"),
    }  # fmt: skip


async def test_a_new_workspace_is_examined_then_made(tmp_path: Path) -> None:
    app, new = StartApp(), tmp_path / "baru"
    async with app.run_test() as pilot:
        await press(pilot, "2")
        put(app, folder=str(new), **office(tmp_path))
        await press(pilot, *["enter"] * 5)
        assert "Buat ruang kerja di" in shown(app)
        assert "53 TPS di 3 desa" in shown(app)
        await press(pilot, "enter")
        assert not new.exists(), "Enter says BATAL"
        await press(pilot, *["enter"] * 1, "t")
        await asyncio.sleep(0)
    assert app.return_value == str(new)
    with Session.open(new) as session:
        assert (len(session.roster), session.practice) == (53, False)


async def test_everything_wrong_is_told_at_its_line_and_the_cursor_goes_to_the_first(tmp_path: Path) -> None:
    app = StartApp()
    async with app.run_test() as pilot:
        await press(pilot, "2")
        put(app, folder=str(tmp_path / "baru"), **{**office(tmp_path), "profil": "raja", "tps": "x", "pilihan": ""})
        app.screen.query_one("#pilihan", Input).focus()
        await press(pilot, "enter")
        told = shown(app)
        assert all(part in told for part in ("[!!] Profil tidak dikenal", "[!!] Berkas tidak", "[!!] Belum diisi"))
        assert "KEPULAUAN SERIBU UTARA, ADM. KEP. SERIBU, DKI JAKARTA" in told
        assert app.screen.focused is app.screen.query_one("#profil")
        assert list(tmp_path.glob("*aru*")) == []


async def test_esc_keeps_what_was_typed() -> None:
    app = StartApp()
    async with app.run_test() as pilot:
        await press(pilot, "2", *"abc", "escape")
        assert isinstance(app.screen, StartScreen)
        await press(pilot, "2")
        assert isinstance(app.screen, NewForm)
        assert app.screen.query_one("#folder", Input).value == "abc"


@pytest.mark.parametrize("name", ["[/x]", "[@click=app.exit]x[/]", "$tone-abu", "e" + "\u0301" * 200])
async def test_a_name_like_markup_is_text_and_refused_at_every_line(name: str) -> None:
    app = StartApp()
    async with app.run_test(size=(100, 45)) as pilot:
        await press(pilot, "2")
        put(app, folder=name, profil=name, wilayah=name, tps=name, pilihan=name)
        app.screen.query_one("#pilihan", Input).focus()
        await press(pilot, "enter")
        assert isinstance(app.screen, NewForm)
        assert shown(app).count("[!!]") >= 4, "only the folder may be called so"


@pytest.mark.parametrize("text", ["\x1b[2J", "a\x1b]52;c;eA==\x07", "\u202eabc", "a\tb", "a\x9b31m"])
async def test_what_no_key_types_is_not_pasted(text: str) -> None:
    app = StartApp()
    async with app.run_test() as pilot:
        await press(pilot, "2", "a")
        app.post_message(events.Paste(text))
        await pilot.pause()
        assert app.screen.query_one("#folder", Input).value == "a"
        app.post_message(events.Paste("bc\n"))
        await pilot.pause()
        assert app.screen.query_one("#folder", Input).value == "abc"
