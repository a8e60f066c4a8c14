"""Keys that a terminal keeps for itself: every act of the program is reached by keys that arrive.

STOLEN names each key with who takes it:
- Windows Terminal: "Actions in Windows Terminal" of Microsoft's documentation, and its defaults.json;
- conhost, the old Windows console: "Console Improvements" and the "Enable Ctrl key shortcuts" setting, switched on;
- tmux: tmux(1), the prefix; GNOME Terminal and Xfce Terminal: their menus' accelerators; tty: stty(1), the line
  discipline while a program does not switch it off.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tui.driver import DeskDriver

from pleno.tui.commands import REGISTRY, AnyCommand
from pleno.tui.rooms import SCREENS
from pleno.tui.screens.base import _SECOND_WAYS
from pleno.tui.start import StartApp

STOLEN = {
    "alt+f4": "Windows Terminal, conhost: closes the window",
    "alt+enter": "Windows Terminal, conhost: full screen",
    "alt+space": "Windows Terminal, conhost: the window's menu",
    "f11": "Windows Terminal, conhost, GNOME, Xfce: full screen",
    "f1": "GNOME, Xfce: help",
    "f10": "GNOME, Xfce: the menu bar",
    "f5": "some keyboards and remote desktops",
    "f12": "drop-down terminals",
    "ctrl+c": "Windows Terminal, conhost: copies while something is selected",
    "ctrl+v": "Windows Terminal, conhost: pastes",
    "ctrl+a": "conhost: selects all",
    "ctrl+f": "conhost: find",
    "ctrl+m": "conhost: mark mode; and it is Enter",
    "ctrl+comma": "Windows Terminal: settings",
    "ctrl+tab": "Windows Terminal, GNOME: next tab",
    "ctrl+shift+tab": "Windows Terminal, GNOME: previous tab",
    "ctrl+0": "Windows Terminal: font size",
    "ctrl+plus": "Windows Terminal: font size",
    "ctrl+equals_sign": "Windows Terminal: font size",
    "ctrl+minus": "Windows Terminal: font size",
    "ctrl+insert": "Windows Terminal, conhost: copies",
    "shift+insert": "Windows Terminal, conhost: pastes",
    "ctrl+up": "conhost: scrolls",
    "ctrl+down": "conhost: scrolls",
    "ctrl+pageup": "conhost: scrolls; GNOME: previous tab",
    "ctrl+pagedown": "conhost: scrolls; GNOME: next tab",
    "ctrl+home": "conhost: scrolls",
    "ctrl+end": "conhost: scrolls",
    "shift+pageup": "GNOME, Xfce, xterm: scrolls",
    "shift+pagedown": "GNOME, Xfce, xterm: scrolls",
    "ctrl+b": "tmux: the prefix",
    "ctrl+q": "tty: goes on after ctrl+s",
    "ctrl+s": "tty: stops the output",
    "ctrl+z": "tty: suspends",
    "ctrl+backslash": "tty: ends with a core",
    "ctrl+h": "is Backspace",
    "ctrl+i": "is Tab",
    "ctrl+j": "is Enter",
    "ctrl+left_square_bracket": "is Esc",
}
STOLEN_FAMILIES = re.compile(r"alt\+.+|ctrl\+shift\+.+|ctrl\+alt\+.+|super\+.+|shift\+(up|down|left|right|f\d+)")
"""Windows Terminal's ctrl+shift+*, alt+arrows and alt+shift+*; alt+digit, which arrives as another character."""


def test_the_registry_is_whole() -> None:
    assert all(act.id in REGISTRY for screen in SCREENS for act in screen.ACTS)
    assert len(REGISTRY) > 100


def arrives(key: str) -> bool:
    return key not in STOLEN and STOLEN_FAMILIES.fullmatch(key) is None


@pytest.mark.parametrize("command", REGISTRY.values(), ids=lambda command: command.id)
def test_every_act_is_reached_by_keys_that_arrive(command: AnyCommand) -> None:
    after_g = any(key in _SECOND_WAYS.values() for key in command.keys)
    assert any(map(arrives, command.keys)) or after_g or command.palette, command.keys


def test_the_second_ways_arrive_themselves() -> None:
    assert all(map(arrives, (*REGISTRY["app.go"].keys, *_SECOND_WAYS, *REGISTRY["app.palette"].keys)))


def test_no_dialog_waits_for_a_key_that_is_stolen() -> None:
    """Dialogs take their keys by name, outside of the registry."""
    folder = Path(__file__).parents[2] / "pleno" / "tui"
    for path in folder.rglob("*.py"):
        for keys in re.findall(r"event\.key (?:==|!=|in) (\([^)]*\)|\"[^\"]*\")", path.read_text("utf-8")):
            assert all(map(arrives, re.findall(r'"([^"]+)"', keys))), (path.name, keys)


async def test_the_palette_does_what_a_stolen_key_would(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.press("ctrl+p")
        await desk.pilot.pause(0.3)
        await desk.press(*"catatan peringatan")
        await desk.pilot.pause(0.5)
        await desk.press("Enter")
        await desk.pilot.pause(0.3)
        assert "CATATAN" in desk.text


@pytest.mark.parametrize("keys", [("q",), ("2", "escape", "q"), ("f10",), ("ctrl+c",), ("1", "ctrl+q")])
async def test_the_start_screen_is_left_by_keys_that_arrive(keys: tuple[str, ...]) -> None:
    app = StartApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        assert not app.is_running
