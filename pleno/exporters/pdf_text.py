"""Text from outside as a printed page can show it: every character visible, none that changes its neighbours.

The fonts of the compiler know Latin, Greek and Cyrillic letters. Anything else is printed by its number, so
that a page never holds an empty box and no writing direction turns around what stands beside it.
"""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import Final

BREAK: Final = "\u200b"
"""Where a word that is too long for its column may be divided."""

_MARKS: Final = 4
"""Most combining marks on one letter, as at the border of imports (TRUST.md section 8)."""
_SCRIPTS: Final = ("LATIN ", "GREEK ", "CYRILLIC ")
_OTHERS: Final = frozenset("–—‘’“”…•×≠½·′″\N{EURO SIGN}")
_CAPITAL, _SMALL = 0.7, 0.53
_WIDE, _NARROW = 0.95, 0.36
"""Widths of a bold letter in ems: most capitals, most others, M and W, and slim ones."""
MILLIMETRE: Final = 25.4 / 72
"""Of one point."""


def printable(text: str) -> str:
    """The text with what cannot be printed as "[U+738B]", a repeated one as "[U+0301×196]"."""
    if text.isascii() and text.isprintable():
        return text
    out: list[str] = []
    marks = 0
    for letter, run in groupby(text):
        count = len(list(run))
        if unicodedata.combining(letter) and out:
            shown = min(count, _MARKS - marks)
            marks += shown
            out.append(letter * shown)
            count -= shown
        elif _known(letter):
            marks = 0
            out.append(letter * count)
            continue
        if count:
            marks = _MARKS
            out.append(f"[U+{ord(letter):04X}{f'×{count}' if count > 1 else ''}]")
    return "".join(out)


def _known(letter: str) -> bool:
    if letter in _OTHERS or " " <= letter <= "~":
        return True
    return ("\xa0" < letter <= "\xff" and letter != "\xad") or unicodedata.name(letter, "").startswith(_SCRIPTS)


def breakable(text: str, width: float, size: float) -> str:
    """The text with places to divide words that are wider than `width` millimetres at `size` points."""
    room = width / (size * MILLIMETRE)
    return " ".join(_divided(word, room) for word in text.split(" "))


def _divided(word: str, room: float) -> str:
    if ems(word) <= room:
        return word
    parts, used = [""], 0.0
    for letter in word:
        if used + _ems(letter) > room and parts[-1]:
            parts.append("")
            used = 0.0
        parts[-1] += letter
        used += _ems(letter)
    return BREAK.join(parts)


def ems(word: str) -> float:
    """About how wide a word is in bold letters, in ems."""
    return sum(map(_ems, word))


def _ems(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if letter in "MWmw@%":
        return _WIDE
    if letter in "IJijl.,:;'|![]()":
        return _NARROW
    return _CAPITAL if letter.isupper() else _SMALL
