"""The registry: every command says what it does, on keys that terminals deliver (UX.md section 3)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tui.driver import DeskDriver
from tui.kecamatan import TPS_004

from pleno.tui.commands import REGISTRY, AnyCommand, Command, KeyMap
from pleno.tui.rooms import COMMON_ACTS, SCREENS, tombol_md
from pleno.tui.screens.desk import DeskScreen

NEVER = {"ctrl+h", "ctrl+i", "ctrl+m", "ctrl+j", "ctrl+s", "ctrl+enter", "shift+enter"}
"""Keys that are another key, or that terminals keep for themselves."""
SECOND_NAMES = [
    ("equals_sign", "equal"), ("plus", "add"), ("minus", "subtract"), ("asterisk", "multiply"), ("slash", "divide"),
    ("full_stop", "decimal"), ("comma", "separator"),
]  # fmt: skip


@pytest.mark.parametrize("command", REGISTRY.values(), ids=lambda command: command.id)
def test_every_command_has_an_indonesian_sentence_and_keys_that_arrive(command: AnyCommand) -> None:
    assert command.text()[0].isupper()
    assert command.text().endswith((".", "g q keluar."))
    assert not NEVER & set(command.keys)
    assert not [key for key in command.keys if key.startswith("alt+")]
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", command.id)
    assert len(command.footer) <= 16


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.MODE)
def test_no_key_of_a_screen_starts_two_of_its_commands(screen: type[DeskScreen]) -> None:
    keys = [key for command in screen.ACTS for key in command.keys]
    assert len(keys) == len(set(keys))


def test_the_keypad_means_what_the_other_keys_mean() -> None:
    keymap = KeyMap((*DeskScreen.ACTS, *COMMON_ACTS), {})
    for name, second in SECOND_NAMES:
        found = keymap.of_key(name)
        assert found is not None, name
        assert keymap.of_key(second) is found


def test_a_key_of_the_office_replaces_the_commands_own() -> None:
    keymap = KeyMap(DeskScreen.ACTS, {"desk.settle": "f9"})
    settle = keymap.of_key("f9")
    assert settle is not None
    assert settle.id == "desk.settle"
    assert keymap.of_key("s") is None
    assert keymap.first_key(settle) == "F9"


def test_two_commands_of_one_name_are_refused() -> None:
    with pytest.raises(TypeError, match=r"desk\.settle"):
        type("Other", (Command,), {"id": "desk.settle", "keys": ()})


def test_the_page_of_keys_names_every_command_once() -> None:
    page = tombol_md()
    for screen in SCREENS:
        for command in (*screen.ACTS, *COMMON_ACTS):
            assert page.count(f"| `{command.id}` |") >= 1, command.id
    assert page.count("| `app.leave` |") == 1


async def test_f1_tells_the_keys_and_why_one_cannot_act(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("f1")
        text = desk.text
        for _ in range(3):
            await desk.press("pagedown")
            text += desk.text
        assert "Samakan" in text
        assert "TPS ini belum sah." in " ".join(text.split())
        await desk.press("Esc")
        assert desk.row == "I.A.1.L"


async def test_a_dim_key_says_why(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        for key, why in (
            ("b", "belum dibaca"),
            ("r", "belum sah"),
            ("u", "Tidak ada ketikan"),
            ("v", "Belum ada salinan"),
        ):
            await desk.press(key)
            assert why in desk.message.replace("\n", " "), key


async def test_g_is_the_second_way_to_every_screen(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        for screen in SCREENS:
            await desk.press("g", screen.MODE_KEY[1:])
            assert desk.app.current_mode == screen.MODE
        await desk.press("f3")
        await desk.press("g", "x", "5")
        assert desk.buffer == "5"
        await desk.press("Esc", "g", "q")
        assert "Keluar?" in desk.text


async def test_the_palette_finds_a_command_by_its_words(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("ctrl+p")
        await desk.pilot.pause(0.3)
        assert "Sahkan TPS ini" in desk.text
        assert not re.search(r"\b(Search|Quit|Theme|Screenshot|Maximize|Keys)\b", desk.text)
        await desk.press(*"lompat")
        await desk.pilot.pause(0.5)
        await desk.press("Enter")
        await desk.pilot.pause(0.3)
        assert desk.message.strip().startswith("baris:")


async def test_no_screen_quits_by_esc_and_ctrl_c_asks(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.press("Esc", "Esc")
        assert "F10 keluar" in desk.message
        for key in ("ctrl+c", "ctrl+q", "f10"):
            await desk.press(key)
            assert "Keluar?" in desk.text
            await desk.press("Enter")
            assert "Keluar?" not in desk.text
            assert desk.app.is_open
