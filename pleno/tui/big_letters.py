"""Letters of five lines, for words that a whole room reads from the screen."""

from __future__ import annotations

from typing import Final

_SHAPES: Final = {
    "a": ("  #  ", " # # ", "#####", "#   #", "#   #"),
    "b": ("#### ", "#   #", "#### ", "#   #", "#### "),
    "c": (" ####", "#    ", "#    ", "#    ", " ####"),
    "d": ("#### ", "#   #", "#   #", "#   #", "#### "),
    "e": ("#####", "#    ", "#### ", "#    ", "#####"),
    "f": ("#####", "#    ", "#### ", "#    ", "#    "),
    "g": (" ####", "#    ", "#  ##", "#   #", " ####"),
    "h": ("#   #", "#   #", "#####", "#   #", "#   #"),
    "i": (" ### ", "  #  ", "  #  ", "  #  ", " ### "),
    "j": ("  ###", "   # ", "   # ", "#  # ", " ##  "),
    "k": ("#   #", "#  # ", "###  ", "#  # ", "#   #"),
    "l": ("#    ", "#    ", "#    ", "#    ", "#####"),
    "m": ("#   #", "## ##", "# # #", "#   #", "#   #"),
    "n": ("#   #", "##  #", "# # #", "#  ##", "#   #"),
    "o": (" ### ", "#   #", "#   #", "#   #", " ### "),
    "p": ("#### ", "#   #", "#### ", "#    ", "#    "),
    "r": ("#### ", "#   #", "#### ", "#  # ", "#   #"),
    "u": ("#   #", "#   #", "#   #", "#   #", " ### "),
}
"""Every letter of the syllables of seals (TRUST.md section 5)."""


def big(word: str) -> list[str]:
    """A word of those letters in five lines, six cells a letter."""
    return [" ".join(_SHAPES[letter][line] for letter in word) for line in range(5)]
