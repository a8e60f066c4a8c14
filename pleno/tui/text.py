"""The one way from a string to the screen: literal, one line, its width counted in terminal cells."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len, chop_cells
from rich.style import Style
from rich.text import Text

_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories a terminal would act upon, or that cannot be seen."""
_MOST_MARKS: Final = 4
"""Combining marks one base character may carry, as at the border of the importers."""


def visible(text: str) -> str:
    r"""`text` with everything that is no plain character made visible: ESC is shown as "\x1b"."""
    if text.isascii() and text.isprintable():
        return text
    shown: list[str] = []
    marks = 0
    for char in text:
        category = unicodedata.category(char)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category in _HIDDEN:
            shown.append(char.encode("unicode_escape").decode())
        elif marks <= _MOST_MARKS:
            shown.append(" " if category == "Zs" else char)
    return "".join(shown)


def safe_text(text: str, style: str | Style = "") -> Text:
    """`text` as every widget is given it: no markup, no control characters."""
    return Text(visible(text), style, no_wrap=False, end="")


def width(text: str) -> int:
    """Terminal cells of a text that `visible` made."""
    return cell_len(text)


def cut(text: str, cells: int) -> str:
    """A visible text in at most `cells` cells, its end replaced by ".." where it is longer."""
    if cell_len(text) <= cells:
        return text
    if cells <= 2:
        return ".."[:cells]
    return next(iter(chop_cells(text, cells - 2)), "") + ".."


def fit(text: str, cells: int, right: bool = False) -> str:
    """A text of any origin in exactly `cells` cells."""
    shown = cut(visible(text), cells)
    space = " " * (cells - cell_len(shown))
    return space + shown if right else shown + space


def wrapped(text: str, cells: int) -> list[str]:
    """A text of any origin in lines of at most `cells` cells, broken between words where that is possible."""
    lines: list[str] = []
    line = ""
    for word in visible(text).split(" "):
        longer = f"{line} {word}" if line else word
        if cell_len(longer) <= cells:
            line = longer
            continue
        if line:
            lines.append(line)
        *whole, line = chop_cells(word, cells) or [""]
        lines += whole
    return [*lines, line]


def listed(items: Sequence[str], unit: str, cells: int) -> str:
    """Items of any origin in at most `cells` cells; what does not fit is counted: "Aren, Batu, dan 3 desa lagi"."""
    shown = [visible(item) for item in items]
    for count in range(len(shown), 0, -1):
        more = f", dan {len(shown) - count} {unit} lagi" if count < len(shown) else ""
        line = ", ".join(shown[:count]) + more
        if cell_len(line) <= cells:
            return line
    return cut(f"{len(shown)} {unit}", cells) if shown else ""


def packed(items: Sequence[str], cells: int) -> list[str]:
    """Items of any origin side by side, in lines of at most `cells` cells; broken between items only."""
    lines: list[str] = []
    for item in (cut(visible(item), cells) for item in items):
        if lines and cell_len(lines[-1]) + 3 + cell_len(item) <= cells:
            lines[-1] += "   " + item
        else:
            lines.append(item)
    return lines


def spread(left: str, right: str, cells: int) -> str:
    """Two texts at the two ends of a line; the left one is cut where both do not fit."""
    end = cut(visible(right), cells)
    room = cells - cell_len(end) - 1
    return f"{fit(left, room)} {end}" if end and room > 0 else fit(left, cells)
