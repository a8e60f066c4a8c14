"""State words of the screens: symbol, word, colour and attribute (UX.md section 5); never colour alone."""

from __future__ import annotations

from typing import Final, NamedTuple

from rich.style import Style
from textual.theme import Theme

from pleno.domain.compare import TpsState
from pleno.domain.rules import Severity
from pleno.tui.themes import Tone


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


def style_of(mark: Mark, theme: Theme) -> Style:
    """How Rich draws a mark in a theme."""
    colour = theme.variables.get(f"tone-{mark.tone}", "default")
    return Style.parse(f"{mark.attribute} {colour}".strip())
