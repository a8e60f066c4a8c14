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
    "0": (" ### ", "#  ##", "# # #", "##  #", " ### "),
    "1": ("  #  ", " ##  ", "  #  ", "  #  ", " ### "),
    "2": (" ### ", "#   #", "   # ", "  #  ", "#####"),
    "3": ("#### ", "    #", " ### ", "    #", "#### "),
    "4": ("#   #", "#   #", "#####", "    #", "    #"),
    "5": ("#####", "#    ", "#### ", "    #", "#### "),
    "6": (" ### ", "#    ", "#### ", "#   #", " ### "),
    "7": ("#####", "   # ", "  #  ", " #   ", " #   "),
    "8": (" ### ", "#   #", " ### ", "#   #", " ### "),
    "9": (" ### ", "#   #", " ####", "    #", " ### "),
    "x": ("#   #", " # # ", "  #  ", " # # ", "#   #"),
    "?": (" ### ", "#   #", "  ## ", "     ", "  #  "),
    ".": ("     ", "     ", "     ", "     ", "  #  "),
}
"""Every letter of the syllables of seals (TRUST.md section 5), and what a figure on the board is made of."""


def big(word: str) -> list[str]:
    """A word of those letters in five lines, six cells a letter."""
    return [" ".join(_SHAPES[letter][line] for letter in word) for line in range(5)]


def enlarged(lines: list[str], times: int) -> list[str]:
    """Big letters so many times as high and as wide."""
    wide = ["".join(cell * times for cell in line) for line in lines]
    return [line for line in wide for _ in range(times)]
