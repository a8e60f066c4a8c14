"""The figure that one cell of a workbook holds, or why it holds none (TRUST.md section 8, X17 to X38)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from pleno.domain.contest import Part, Row
from pleno.domain.figures import Figure
from pleno.importers.limits import BadCell, figure_of_number, figure_of_text, shown_outside
from pleno.importers.workbook_formats import FormatFault
from pleno.importers.workbook_grid import Cell

_DECIMAL: Final = re.compile(r"(-?[0-9]{1,15})(?:\.([0-9]{1,30}))?")
_ZEROS: Final = re.compile(r"([0-9]{1,6})[.,]0{1,2}")
_PAPER_TOTALS: Final = re.compile(
    r"suara_sah|suara_total|pengguna_total_[lpj]|pemilih_total_[lpj]|suara_partai_total\..*"
)


def is_paper_total(row: Row) -> bool:
    """Whether the paper itself adds this row up, so that an office's sheet may hold a formula there."""
    return row.part is Part.J or _PAPER_TOTALS.fullmatch(row.name) is not None


def figure_of_cell(cell: Cell, place: str, digits: int) -> Figure:
    """The integer in a cell that a person typed; None for an empty text. BadCell for everything else."""
    if cell.formula:
        said = "berisi rumus" if cell.kind else "berisi rumus yang belum dihitung Excel"
        raise BadCell(place, f"{said}; ketik angka dari kertas.")
    if cell.kind == "s":
        return figure_of_text(cell.text, place, digits)
    if cell.kind == "n":
        return figure_of_number(_integer(cell, place), place, digits)
    if cell.kind == "e":
        raise BadCell(place, f"berisi galat Excel {shown_outside(cell.text, 20)}.")
    raise BadCell(place, "berisi benar/salah, bukan angka." if cell.kind == "b" else "berisi tanggal, bukan angka.")


def _integer(cell: Cell, place: str) -> int:
    found = _DECIMAL.fullmatch(cell.text)
    if cell.fault in (FormatFault.TANGGAL, FormatFault.PERSEN):
        raise BadCell(place, f"{cell.fault}; ketik ulang angkanya dengan format Umum (General).")
    if found is None:
        raise BadCell(place, f"angka {shown_outside(cell.text, 24)} di luar jangkauan.")
    whole, fraction = found[1], found[2] or ""
    if fraction.strip("0"):
        raise BadCell(place, f"pecahan {shown_outside(cell.text, 24)}{_meant(cell.text, fraction)}.")
    if cell.fault is not None:
        raise BadCell(place, f"{cell.fault}; ketik ulang angkanya dengan format Umum (General).")
    return int(whole)


def _meant(text: str, fraction: str) -> str:
    """An English Excel reads the typed 1.234 as a fraction."""
    value = Decimal(text)
    return f"; maksud {int(value * 1000)}?" if len(fraction) <= 3 and value >= 1 else ""


def without_zeros(text: str) -> str:
    """A text figure without the ".0" some programs write behind a whole number; any other text as it is."""
    found = _ZEROS.fullmatch(text.strip(" \u00a0"))
    return found[1] if found is not None else text


def total_of_cell(cell: Cell | None) -> int | None:
    """What a JUMLAH AKHIR cell says, from its formula's cached value or typed; None where it says no integer."""
    if cell is None or cell.kind != "n":
        return None
    found = _DECIMAL.fullmatch(cell.text)
    return int(found[1]) if found is not None and not (found[2] or "").strip("0") else None
