"""Figures of one paper, and the sources they come from (TERMS.md, "Values and sources")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from typing import Final, TypeAlias


class Kosong(Enum):
    """The cell on paper is blank or only crossed: it was read, and it sums as 0."""

    KOSONG = "x"


KOSONG: Final = Kosong.KOSONG

Figure: TypeAlias = int | Kosong | None
"""People or ballots; None = not read yet (never summed, never erases); KOSONG = blank on paper."""

Figures: TypeAlias = Mapping[str, Figure]
"""Canonical row name ("suara.2", "pengguna_dpt_l") to its figure."""

JsonFigure: TypeAlias = int | str | None
"""A figure as JSON holds it: an integer, null, or "x"."""

MAX_STORED = 9_999_999
"""No sum of a kecamatan is larger; a stored figure above it is damage, not data."""


def addend(figure: Figure) -> int | None:
    """What a figure counts in a sum: KOSONG is 0, None stays unknown."""
    return 0 if isinstance(figure, Kosong) else figure


def to_json(figure: Figure) -> JsonFigure:
    return figure.value if isinstance(figure, Kosong) else figure


def from_json(value: object) -> Figure:
    """The figure of a stored JSON value; ValueError when it cannot be one."""
    if value is None:
        return None
    if type(value) is int and 0 <= value <= MAX_STORED:
        return value
    if value == KOSONG.value:
        return KOSONG
    raise ValueError(f"bukan angka: {value!r}")


def shown(figure: Figure) -> str:
    """A figure for people: "?" not read, "x" blank, thousands with a dot."""
    if figure is None:
        return "?"
    return figure.value if isinstance(figure, Kosong) else thousands(figure)


def thousands(number: int) -> str:
    """1234 as Indonesians print it: "1.234"."""
    return f"{number:,}".replace(",", ".")


# --- sources -------------------------------------------------------------------------------

Source: TypeAlias = str
"""Id of where figures come from; see SIREKAP and the others."""

SIREKAP: Final[Source] = "sirekap"
PLANO: Final[Source] = "plano"
FOTO: Final[Source] = "foto"
HITUNG_ULANG: Final[Source] = "hitung_ulang"
SALINAN_PANWASLU: Final[Source] = "salinan:panwaslu"

DITETAPKAN: Final = "ditetapkan"
"""Not a source: the name under which determined figures are checked and shown."""

_FIXED = (SIREKAP, FOTO, PLANO, HITUNG_ULANG, SALINAN_PANWASLU)
_SALINAN = re.compile(r"salinan:([1-9][0-9]{0,2})")


def is_source(text: str) -> bool:
    return text in _FIXED or _SALINAN.fullmatch(text) is not None


def salinan(number: int) -> Source:
    """The copy that the saksi of choice `number` holds."""
    return f"salinan:{number}"


def is_salinan(source: Source) -> bool:
    return source.startswith("salinan:")


def is_paper(source: Source) -> bool:
    """Paper read in the room, which determines; every other source is an aid."""
    return source in (PLANO, HITUNG_ULANG)


def source_label(source: Source) -> str:
    """The short name on screens and sheets: Sirekap, Plano, PWS, S01, Foto, Hitung ulang."""
    if source == SALINAN_PANWASLU:
        return "PWS"
    if found := _SALINAN.fullmatch(source):
        return f"S{int(found[1]):02}"
    return source.replace("_", " ").capitalize()


def source_order(source: Source) -> tuple[int, int]:
    """Sort key: Sirekap, salinan by number, Panwaslu, foto, plano, hitung ulang."""
    if found := _SALINAN.fullmatch(source):
        return (1, int(found[1]))
    return ({SIREKAP: 0, SALINAN_PANWASLU: 2, FOTO: 3, PLANO: 4, HITUNG_ULANG: 5}[source], 0)
