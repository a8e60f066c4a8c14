"""State words of the screens: symbol, word, colour and attribute (UX.md section 5); never colour alone."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from rich.style import Style
from textual.theme import Theme

from pleno.domain.compare import TpsState
from pleno.domain.rules import Severity


class Tone(StrEnum):
    """The seven colours."""

    TEKS = "teks"
    ABU = "abu"
    KUNING = "kuning"
    ORANYE = "oranye"
    BIRU = "biru"
    UNGU = "ungu"
    BATA = "bata"


class Mark(NamedTuple):
    """How one state is shown."""

    symbol: str
    word: str
    tone: Tone
    attribute: str = ""
    """Of Rich: bold, underline, reverse; what tells the state without colour."""


BELUM: Final = Mark("?", "BELUM", Tone.ABU)
MENUNGGU: Final = Mark("%", "MENUNGGU", Tone.KUNING)
DRAF: Final = Mark("~", "DRAF", Tone.KUNING, "underline")
COCOK: Final = Mark("=", "COCOK", Tone.TEKS)
SELISIH: Final = Mark("!", "SELISIH", Tone.ORANYE, "bold")
DIBETULKAN: Final = Mark("*", "DIBETULKAN", Tone.BIRU, "bold")
HITUNG_ULANG: Final = Mark("#", "HITUNG ULANG", Tone.UNGU, "bold")
KOSONG: Final = Mark("x", "KOSONG", Tone.ABU, "reverse")
TIDAK_ADA: Final = Mark("-", "TIDAK ADA", Tone.ABU)

TPS: Final = {
    TpsState.BELUM: Mark("?", "BELUM", Tone.ABU),
    TpsState.DIBACA: Mark(">", "DIBACA", Tone.KUNING),
    TpsState.COCOK: Mark("=", "COCOK", Tone.TEKS),
    TpsState.BEDA: Mark("!", "BEDA", Tone.ORANYE, "bold"),
    TpsState.DIBETULKAN: Mark("*", "DIBETULKAN", Tone.BIRU),
    TpsState.HITUNG_ULANG: Mark("#", "HITUNG ULANG", Tone.UNGU),
    TpsState.KEBERATAN: Mark("k", "KEBERATAN", Tone.KUNING, "bold"),
    TpsState.SAH: Mark("v", "SAH", Tone.TEKS, "bold"),
}

FINDING: Final = {
    Severity.KERAS: Mark("[!!]", "KERAS", Tone.BATA, "reverse"),
    Severity.PERINGATAN: Mark("[! ]", "PERINGATAN", Tone.ORANYE),
    Severity.INFO: Mark("[i ]", "INFO", Tone.BIRU),
}

_DARK: Final = {
    Tone.TEKS: "#F2F4F5", Tone.ABU: "#A8B0B8", Tone.KUNING: "#F0E442", Tone.ORANYE: "#E69F00",
    Tone.BIRU: "#56B4E9", Tone.UNGU: "#CC79A7", Tone.BATA: "#F07A3C",
}  # fmt: skip
_LIGHT: Final = {
    Tone.TEKS: "#10151A", Tone.ABU: "#5A6168", Tone.KUNING: "#6B6200", Tone.ORANYE: "#9A5B00",
    Tone.BIRU: "#00548A", Tone.UNGU: "#8A2F66", Tone.BATA: "#B23A00",
}  # fmt: skip
_CONTRAST: Final = {tone: "#FFFFFF" if tone in (Tone.TEKS, Tone.ABU) else colour for tone, colour in _DARK.items()}


def _theme(name: str, tones: dict[Tone, str], ground: str, panel: str, raised: str, *, dark: bool) -> Theme:
    return Theme(
        name,
        primary=tones[Tone.BIRU],
        secondary=tones[Tone.UNGU],
        warning=tones[Tone.ORANYE],
        error=tones[Tone.BATA],
        success=tones[Tone.BIRU],
        accent=tones[Tone.KUNING],
        foreground=tones[Tone.TEKS],
        background=ground,
        surface=ground,
        panel=panel,
        boost=raised,
        dark=dark,
        variables={f"tone-{tone}": colour for tone, colour in tones.items()},
    )


THEMES: Final = (
    _theme("gelap", _DARK, "#10151A", "#1B232B", "#222C36", dark=True),
    _theme("terang", _LIGHT, "#FFFFFF", "#E9EDF0", "#E8ECEF", dark=False),
    _theme("kontras", _CONTRAST, "#000000", "#000000", "#262626", dark=True),
)
"""The themes of pleno.toml `[tampilan] tema`, by their names there."""


def style_of(mark: Mark, theme: Theme) -> Style:
    """How Rich draws a mark in a theme."""
    colour = theme.variables.get(f"tone-{mark.tone}", "default")
    return Style.parse(f"{mark.attribute} {colour}".strip())
