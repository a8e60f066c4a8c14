"""The colours of the screens and the themes made of them (UX.md section 5); needed by the first paint."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from textual.theme import Theme


class Tone(StrEnum):
    """The seven colours."""

    TEKS = "teks"
    ABU = "abu"
    KUNING = "kuning"
    ORANYE = "oranye"
    BIRU = "biru"
    UNGU = "ungu"
    BATA = "bata"


_DARK: Final = {
    Tone.TEKS: "#F2F4F5", Tone.ABU: "#A8B0B8", Tone.KUNING: "#F0E442", Tone.ORANYE: "#E69F00",
    Tone.BIRU: "#56B4E9", Tone.UNGU: "#CC79A7", Tone.BATA: "#F07A3C",
}  # fmt: skip
_LIGHT: Final = {
    Tone.TEKS: "#10151A", Tone.ABU: "#5A6168", Tone.KUNING: "#6B6200", Tone.ORANYE: "#9A5B00",
    Tone.BIRU: "#00548A", Tone.UNGU: "#8A2F66", Tone.BATA: "#B23A00",
}  # fmt: skip
_ON_BLACK: Final = {
    Tone.TEKS: "#FFFFFF", Tone.ABU: "#FFFFFF", Tone.KUNING: "#F0E442", Tone.ORANYE: "#FFB833",
    Tone.BIRU: "#7CC8F2", Tone.UNGU: "#E9A8CE", Tone.BATA: "#FF9F73",
}  # fmt: skip
_ON_WHITE: Final = {
    Tone.TEKS: "#000000", Tone.ABU: "#000000", Tone.KUNING: "#4D4600", Tone.ORANYE: "#6A3D00",
    Tone.BIRU: "#003E66", Tone.UNGU: "#6E2450", Tone.BATA: "#842900",
}  # fmt: skip


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
    _theme("kontras", _ON_BLACK, "#000000", "#000000", "#1A1A1A", dark=True),
    _theme("kontras-terang", _ON_WHITE, "#FFFFFF", "#FFFFFF", "#EBEBEB", dark=False),
)
"""The themes of pleno.toml `[tampilan] tema`, by their names there.

Contrast (WCAG 2.1): at least 4.5 everywhere, and 7 in the two named for it.
"""
