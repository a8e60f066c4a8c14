"""A way through every screen and dialog that changes nothing, and what must hold of each."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Final, NamedTuple

from textual.color import Color
from tui.driver import DeskDriver

SIZES: Final = ((80, 24), (100, 30), (160, 45))
LEAST_CONTRAST: Final = {"gelap": 4.5, "terang": 4.5, "kontras": 7.0, "kontras-terang": 7.0}
"""By theme: WCAG 2.1 AA, and AAA for the two named for it."""


class Stop(NamedTuple):
    """One screen: its name in tests/golden, the keys that lead to it from the one before, those that leave it."""

    name: str
    keys: tuple[str, ...]
    leave: tuple[str, ...] = ()


WALK: Final = (
    Stop("beranda", ()),
    Stop("rapat", ("p",), ("Esc",)),
    Stop("hadir", ("a",), ("Esc",)),
    Stop("kotak", ("o",), ("Esc",)),
    Stop("impor", ("i",), ("Esc",)),
    Stop("pilih-tps", ("/",), ("Esc",)),
    Stop("siapa", ("P",), ("Esc",)),
    Stop("bantuan-beranda", ("f1",), ("Esc",)),
    Stop("catatan", ("f12",), ("Esc",)),
    Stop("perintah", ("ctrl+p",), ("Esc",)),
    Stop("keluar", ("f10",), ("Esc",)),
    Stop("meja", ("f3",)),
    Stop("meja-lompat", (".",), ("Esc",)),
    Stop("meja-temuan", ("i",), ("Esc",)),
    Stop("meja-keberatan", ("k",), ("Esc",)),
    Stop("bantuan-meja", ("f1",), ("Esc",)),
    Stop("riwayat", ("h",)),
    Stop("banding", ("f4",)),
    Stop("banding-saring", ("f",), ("Esc",)),
    Stop("keberatan", ("f5",)),
    Stop("keberatan-tambah", ("t",), ("Esc",)),
    Stop("rekap", ("f6",)),
    Stop("rekap-desa", ("d",)),
    Stop("segel", ("f7",)),
    Stop("jejak", ("f8",)),
    Stop("jejak-saring", ("/",), ("Esc",)),
    Stop("pengaturan", ("f9",)),
)

_VARYING: Final = ((re.compile(r"Kepala jejak: \w{4}"), "Kepala jejak: ...."),)
"""What the chance in a new workspace decides."""


async def walked(desk: DeskDriver, stops: tuple[Stop, ...] = WALK) -> AsyncIterator[Stop]:
    """Each stop while it is on the screen."""
    for stop in stops:
        await desk.press(*stop.keys)
        yield stop
        await desk.press(*stop.leave)


def steady(cells: str) -> str:
    """Cells without what the chance decides."""
    for pattern, instead in _VARYING:
        cells = pattern.sub(instead, cells)
    return cells


def faint(desk: DeskDriver) -> set[str]:
    """Texts whose colour stands out too little from what is behind them; a key that cannot act now is dim."""
    found: set[str] = set()
    for strip in desk.app.screen._compositor.render_strips(desk.app.size):
        for segment in strip:
            style = segment.style
            if style is None or style.dim or not segment.text.strip() or style.color is None or style.bgcolor is None:
                continue
            fore, back = (Color.from_rich_color(colour) for colour in (style.color, style.bgcolor))
            if contrast(fore, back) < LEAST_CONTRAST[desk.app.theme]:
                found.add(f"{segment.text.strip()!r} {fore.hex} on {back.hex}")
    return found


def contrast(one: Color, other: Color) -> float:
    """The ratio of WCAG 2.1, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Color) -> float:
    parts = [part / 255 for part in colour.rgb]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
