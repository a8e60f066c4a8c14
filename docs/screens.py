"""The screens in the manual and the README: one operator's way through the practice kecamatan, captured.

`make docs` writes them; a test fails when one no longer shows what the program shows. Moments,
fingerprints and words of seals differ each time and do not count.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from textual.pilot import Pilot

from pleno.service import practice
from pleno.tui.app import PlenoApp

EXAMPLES: Final = Path(__file__).parent / "contoh"
SIZE: Final = (80, 24)

_BLOCK: Final = re.compile(r"(?<=^```layar )(\w+)\n.*?(?=^```$)", re.MULTILINE | re.DOTALL)
_VARYING: Final = (
    (re.compile(r"\b\d\d:\d\d(:\d\d)?\b"), "JJ:MM"),
    (re.compile(r"\b[0-9A-F]{4}( [0-9A-F]{4})+\b"), "SIDIK"),
    (re.compile(r"Kepala jejak: \w{4}"), "Kepala jejak"),
    (re.compile(r"\b[a-z]{8}(-| - )([a-z]{8}|\.{8})"), "KATA"),
    (re.compile(r"^.?\|[ #]{60,}\|.?$", re.MULTILINE), "HURUF BESAR"),
)
_SYMBOLS: Final = {"=": "equals_sign", "/": "slash", "?": "question_mark", "Enter": "enter", "Esc": "escape"}


class SteadyApp(PlenoApp):
    """The app with a clock that gives every key a second of its own, so that no `=` counts as held down."""

    _seconds = 0.0

    def seconds(self) -> float:
        self._seconds += 1.0
        return self._seconds


class _Operator:
    """The hands and eyes on the practice kecamatan."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self._pilot = pilot
        self.seen: dict[str, str] = {}

    async def press(self, *keys: str) -> None:
        """Keys by their names, or by what is printed on them."""
        for key in keys:
            await self._pilot.press(_SYMBOLS.get(key, key))
            await self._pilot.app.workers.wait_for_complete()
            await self._pilot.pause()

    async def write(self, text: str) -> None:
        await self.press(*("space" if letter == " " else letter for letter in text))

    async def see(self, name: str) -> str:
        """Remember the screen under a name."""
        await self._pilot.pause()
        strips = self._pilot.app.screen._compositor.render_strips()  # what the terminal would get, as text
        lines = ["".join(segment.text for segment in strip).rstrip() for strip in strips]
        self.seen[name] = "\n".join(lines).strip("\n") + "\n"
        return self.seen[name]

    def picture(self, name: str) -> None:
        """Remember the screen as SVG; no font is fetched from anywhere."""
        svg = self._pilot.app.export_screenshot(title="pleno")
        svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
        self.seen[name] = re.sub(r"terminal-\d+", "terminal", svg)


async def _journey(folder: Path) -> dict[str, str]:
    app = SteadyApp(folder)
    async with app.run_test(size=SIZE) as pilot:
        while not app.is_open:
            await pilot.pause()
        hand = _Operator(pilot)
        await hand.see("beranda")
        await _import(hand, app)
        await _desk(hand)
        await _differences(hand)
        await _closing(hand)
        return hand.seen


async def _import(hand: _Operator, app: PlenoApp) -> None:
    app.keep_text("import", str(EXAMPLES / "salinan-panwaslu.csv"))
    await hand.press("i", "Enter", "4")
    await hand.see("impor")
    await hand.press("Esc")


async def _desk(hand: _Operator) -> None:
    await hand.press("f3", "/")
    await hand.write("harapan 8")
    await hand.press("Enter")
    await hand.see("meja_mulai")
    await hand.press(*["="] * 15, "1", "4", "9")
    await hand.see("meja_ketik")
    await hand.press("Enter", "=")
    await hand.see("meja_selisih")
    hand.picture("meja.svg")
    await hand.press("?")
    await hand.see("bantuan")
    await hand.press("Esc", *["="] * 4, "b", "1")
    await hand.see("pembetulan")
    await hand.press("1", "1", "Enter", "2", "Enter")
    await hand.see("meja_selesai")
    await hand.press("s")


async def _differences(hand: _Operator) -> None:
    for key, name in (("f4", "banding"), ("f6", "rekap"), ("f8", "jejak")):
        await hand.press(key)
        await hand.see(name)


async def _closing(hand: _Operator) -> None:
    await hand.press("f7", "s", "7", "3", "9", "1")
    await hand.see("segel")
    await hand.press("s")
    words = re.search(r"saksi 7391\s+[a-z]+-([a-z]+)", await hand.see("kata_segel"))
    assert words is not None
    await hand.press("Enter", "2")
    await hand.see("baca_ulang")
    await hand.write(words[1])
    await hand.press("Enter", "e")
    await hand.see("ekspor")
    await hand.press("p")
    await hand.see("verifikasi")


@cache
def captured() -> Mapping[str, str]:
    """Every screen of the way by its name; "meja.svg" is the picture."""
    with tempfile.TemporaryDirectory() as name:
        return asyncio.run(_journey(practice.create(Path(name) / "latihan")))


def inserted(text: str) -> str:
    """A page with each ```layar NAME block as the program shows it today; old where only moments differ."""

    def today(block: re.Match[str]) -> str:
        name = block[1]
        old = block[0].partition("\n")[2]
        return f"{name}\n{old if same(old, captured()[name]) else captured()[name]}"

    return _BLOCK.sub(today, text)


def same(old: str, new: str) -> bool:
    """Whether two captures differ in nothing but moments, fingerprints and words of seals."""
    return _lasting(old) == _lasting(new)


def _lasting(text: str) -> str:
    for pattern, name in _VARYING:
        text = pattern.sub(name, text)
    return text
