"""Which TPS a line of a file means: by its 13-digit code, or by desa and number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from pleno.importers.limits import TPS_CODE, BadCell, clean_text, look_alike, nearest, shown_outside
from pleno.importers.parsed import Target
from pleno.importers.regions import desa_names

_NUMBER: Final = re.compile(r"(?i)(?:TPS[\s-]*)?0*([0-9]{1,3})")
_TOTAL: Final = re.compile(r"(?i)\s*(?:sub\s*)?(?:jumlah|total)(?:\s.*)?")
_NAME: Final = re.compile(r"[^\W_]+")
_EXCEL_ROUNDED: Final = re.compile(r"(?i)[0-9][.,]?[0-9]*E\+?[0-9]+")


def name_of_place(text: str) -> str:
    """What two spellings of one desa or kecamatan have in common: no case, no spaces, no punctuation."""
    return "".join(_NAME.findall(text.casefold()))


def total_label(cells: Iterable[str]) -> str | None:
    """The label of a totals row, which stands where another line names its TPS."""
    return next((cell.strip() for cell in cells if _TOTAL.fullmatch(cell)), None)


class TpsNames:
    """The desa of a workspace by code and by name: the name of the office, else that of the region table."""

    def __init__(self, target: Target) -> None:
        self._names = target.desa
        self._by_name: dict[str, list[str]] = {}
        for code, name in target.desa.items():
            self._by_name.setdefault(name.casefold(), []).append(code)
        self._by_spelling: dict[str, set[str]] = {}
        listed = desa_names(target.kecamatan)
        for code, name in target.desa.items():
            for spelling in {name_of_place(name), name_of_place(listed.get(code, name))}:
                self._by_spelling.setdefault(spelling, set()).add(code)

    def code_of(self, cells: Mapping[str, str], place: str) -> str:
        """The TPS code of the cells `kode_tps`, `desa` and `nomor`, as far as they are there.

        It need not be in the roster. BadCell when they name none, or contradict each other.
        """
        code = cells.get("kode_tps", "").strip(" \u00a0")
        desa, number = cells.get("desa", ""), cells.get("nomor", "")
        if not code:
            if not desa.strip() or not number.strip():
                raise BadCell(place, "tidak menyebut TPS-nya.")
            return f"{self._desa(desa, place)}{self._number(number, place):03}"
        if not TPS_CODE.fullmatch(code):
            shown = shown_outside(code, 40)
            if _EXCEL_ROUNDED.fullmatch(code):
                raise BadCell(f"{place}, kolom kode_tps", f'"{shown}" sudah dibulatkan Excel; isi ulang sebagai teks.')
            raise BadCell(f"{place}, kolom kode_tps", f'"{shown}" bukan kode TPS 13 angka.')
        if desa.strip() and code[:10] in self._names and self._desa(desa, place) != code[:10]:
            raise BadCell(f"{place}, kolom desa", f'"{shown_outside(desa, 40)}" bukan desa TPS {code}.')
        if number.strip() and self._number(number, place) != int(code[10:]):
            raise BadCell(f"{place}, kolom nomor", f'"{shown_outside(number, 40)}" bukan nomor TPS {code}.')
        return code

    def _desa(self, text: str, place: str) -> str:
        where = f"{place}, kolom desa"
        name = clean_text(text, where)
        if name in self._names:
            return name
        found = self._by_name.get(name.casefold()) or sorted(self._by_spelling.get(name_of_place(name), ()))
        if len(found) > 1:
            raise BadCell(where, f'"{name}" ada lebih dari satu: {", ".join(found)}; pakai kodenya.')
        if not found:
            why = look_alike(name)
            hint = f" {why}" if why else nearest(name.upper(), self._names.values())
            raise BadCell(where, f'Desa "{name}" tidak ada di kecamatan ini.{hint}')
        return found[0]

    def _number(self, text: str, place: str) -> int:
        found = _NUMBER.fullmatch(text.strip(" \u00a0"))
        if found is None:
            why = look_alike(text)
            hint = f" {why}" if why else ""
            raise BadCell(f"{place}, kolom nomor", f'"{shown_outside(text, 40)}" bukan nomor TPS.{hint}')
        return int(found[1])
