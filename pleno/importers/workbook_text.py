"""Text of cells as Excel shows it: shared strings, rich text, inline text and its escapes."""

from __future__ import annotations

import re
from typing import Final

from pleno.domain.figures import thousands
from pleno.importers.limits import MAX_SHEET_CELLS
from pleno.importers.ooxml import MAIN, Package, refuse

LONGEST_TEXT: Final = 32_767
"""Characters Excel keeps in one cell."""

_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ITEM, _TEXT, _PHONETIC = (MAIN + tag for tag in ("si", "t", "rPh"))
_AGAIN: Final = "Buka di Excel atau LibreOffice, periksa, lalu simpan ulang sebagai .xlsx."


def read_strings(package: Package) -> list[str]:
    """The shared strings, as Excel shows them: rich text joined, phonetic text left out."""
    part = package.part_of("sharedStrings")
    if part is None:
        return []
    strings: list[str] = []
    text = CellText(package)

    def start(tag: str, _: dict[str, str]) -> None:
        if tag == _ITEM:
            text.begin()
        else:
            text.enter(tag)

    def end(tag: str) -> None:
        if tag == _ITEM:
            strings.append(text.taken())
            if len(strings) > MAX_SHEET_CELLS:
                raise refuse(package.name, "terlalu banyak teks.", _AGAIN)
        else:
            text.leave(tag)

    package.parse(part, start, end, text.add)
    return strings


class CellText:
    """Collects what stands in <t>, but not in phonetic runs."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.begin()

    def begin(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._in_text = False
        self._in_phonetic = False

    def enter(self, tag: str) -> None:
        if tag == _TEXT:
            self._in_text = not self._in_phonetic
        elif tag == _PHONETIC:
            self._in_phonetic = True

    def leave(self, tag: str) -> None:
        if tag == _TEXT:
            self._in_text = False
        elif tag == _PHONETIC:
            self._in_phonetic = False

    def add(self, text: str) -> None:
        if self._in_text:
            self._parts.append(text)
            self._length += len(text)
            if self._length > LONGEST_TEXT:
                raise refuse(self._package.name, f"teks lebih dari {thousands(LONGEST_TEXT)} karakter.", _AGAIN)

    def taken(self) -> str:
        return unescaped("".join(self._parts))


def unescaped(text: str) -> str:
    """The text people see; Excel writes characters XML cannot hold as _xHHHH_."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
