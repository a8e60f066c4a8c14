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
