"""How many lines a text takes in a cell that wraps, in the proportions of Arial.

A little too many is right: a row that is too high looks empty, one that is too low hides words.
"""

from __future__ import annotations

import math
import unicodedata
from typing import Final

BOLD: Final = 1.07
"""How much wider bold letters are."""

_SPACE: Final = 0.5
_CAPITAL: Final = 1.22
_IDEOGRAPH: Final = 1.85
_OTHER: Final = 0.96
"""Widths in digits, the unit of column widths."""


def text_lines(text: str, width: float) -> int:
    """Lines of a text in a column of `width` digits, words kept whole where they fit."""
    room = width - 1
    lines, used = 1, 0.0
    for word in text.split():
        needed = _width(word)
        if used and used + _SPACE + needed > room:
            lines, used = lines + 1, needed
        else:
            used += needed + (_SPACE if used else 0)
        if used > room:
            more = math.ceil(used / room) - 1
            lines, used = lines + more, used - more * room
    return lines


def _width(word: str) -> float:
    return sum(map(_letter, word))


def _letter(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return _IDEOGRAPH
    return _CAPITAL if letter.isupper() else _OTHER
