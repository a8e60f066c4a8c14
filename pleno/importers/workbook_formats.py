"""Number formats of a workbook: which of them show an integer as it is stored (TRUST.md section 8, X28 to X31)."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from pleno.importers.ooxml import MAIN, Package, refuse

_BUILT_IN_PLAIN: Final = frozenset({0, 1, 2, 3, 4, 37, 38, 39, 40, 41, 42, 43, 44, 49})
_BUILT_IN_PERCENT: Final = frozenset({9, 10})
_BUILT_IN_DATE: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_LITERAL: Final = re.compile(r'"([^"]*)"|\\(.)')
_PADDING: Final = re.compile(r"[_*].")
_BRACKET: Final = re.compile(r"\[(?!h+\]|m+\]|s+\])[^\]]*\]", re.IGNORECASE)
_PLAIN: Final = re.compile(r"(?:GENERAL|@|[#0?]+(?:,[#0?]+)*(?:\.[#0?]+)?)")
_SIGNS: Final = re.compile(r"[\s()$+\-]|RP")
_DATE: Final = re.compile(r"[DMYHS]")
_MOST: Final = 65_536
"""Styles Excel itself allows in a workbook."""


class FormatFault(StrEnum):
    """Why the number a person sees in Excel is not the number in the cell."""

    PERSEN = "berformat persen"
    TANGGAL = "berformat tanggal atau jam"
    LAIN = "berformat angka khusus, yang tampak lain dari isinya"


def fault_of_code(code: str) -> FormatFault | None:
    """What a number format does to a small integer; None when it is shown as it is."""
    literals = "".join(found[1] or found[2] or "" for found in _LITERAL.finditer(code))
    bare = _BRACKET.sub("", _PADDING.sub("", _LITERAL.sub("", code))).upper()
    if "%" in bare:
        return FormatFault.PERSEN
    sections = [_SIGNS.sub("", section) for section in bare.replace("GENERAL", "@").split(";")]
    if any(_DATE.search(section) for section in sections):
        return FormatFault.TANGGAL
    shows_itself = any(sections) and all(not section or _PLAIN.fullmatch(section) for section in sections)
    if not shows_itself or any(char.isdigit() for char in literals):
        return FormatFault.LAIN
    return None


def fault_of_id(number: int, custom: dict[int, str]) -> FormatFault | None:
    """The same for the format a style names, built in or the workbook's own."""
    if number in custom:
        return fault_of_code(custom[number])
    if number in _BUILT_IN_PLAIN:
        return None
    if number in _BUILT_IN_PERCENT:
        return FormatFault.PERSEN
    return FormatFault.TANGGAL if number in _BUILT_IN_DATE else FormatFault.LAIN


class Formats:
    """What each cell style of a workbook does to a number. PlenoError when styles are missing or too many."""

    def __init__(self, package: Package) -> None:
        part = package.part_of("styles")
        if part is None:
            raise refuse(package.name, "bagian gaya sel (styles) tidak ada.", "Simpan ulang dengan Excel.")
        custom: dict[int, str] = {}
        numbers: list[int] = []
        inside: list[str] = []
        # dxfs and cellStyleXfs hold elements of the same names that no cell refers to
        lists = (f"{MAIN}numFmts", f"{MAIN}cellXfs")

        def start(tag: str, attrs: dict[str, str]) -> None:
            if tag in lists:
                inside.append(tag)
            elif tag == f"{MAIN}numFmt" and inside == [lists[0]]:
                custom[_index(attrs.get("numFmtId", "")) or 0] = attrs.get("formatCode", "")[:255]
            elif tag == f"{MAIN}xf" and inside == [lists[1]]:
                numbers.append(_index(attrs.get("numFmtId", "0")) or 0)
                if len(numbers) > _MOST:
                    raise refuse(package.name, "terlalu banyak gaya sel.", "Simpan ulang dengan Excel.")

        def end(tag: str) -> None:
            if tag in lists:
                inside.clear()

        package.parse(part, start, end)
        known = {number: fault_of_id(number, custom) for number in set(numbers)}
        self._faults = [known[number] for number in numbers]

    def fault(self, style: str | None) -> FormatFault | None:
        """The fault of the style a cell names; LookupError when there is no such style."""
        index = 0 if style is None else _index(style)
        if index is None:
            raise LookupError(style)
        return self._faults[index]


def _index(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
