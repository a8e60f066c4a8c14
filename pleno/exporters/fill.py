"""Filling an office's own workbook: figures into its cells, its formulas kept and reckoned anew (TRUST.md section 9).

Only cells that carry figures change, and the results kept beside formulas that rest on them. Where an official formula
and our own sum disagree nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from openpyxl.utils import get_column_letter

from pleno.domain.bulk import bulk
from pleno.domain.errors import PlenoError
from pleno.domain.figures import thousands
from pleno.domain.formula import FormulaUnknown
from pleno.domain.formula_values import Fault as ErrorValue
from pleno.domain.formula_values import Value
from pleno.domain.reckoning import At, Formula, Reckoning
from pleno.exporters.plan import addend
from pleno.exporters.splice import splice

_SHOWN: Final = 10


class Wanted(NamedTuple):
    """What a cell of a template must show."""

    at: At
    value: int | str | None
    """A figure, "x" for one that is blank on the paper, None where nothing was read."""
    what: str
    """For people: "TPS 004 I.B.4.J"."""


class Filled(NamedTuple):
    """A workbook with its figures."""

    data: bytes
    typed: int
    """Cells that got a figure."""
    reckoned: int
    """Formulas whose kept result was reckoned anew."""


class Content(NamedTuple):
    """A workbook as it was read."""

    data: bytes
    cells: Mapping[str, Mapping[tuple[int, int], Value]]
    """Sheet name -> (row, column) -> what was typed there; formulas are not in it."""
    formulas: Mapping[At, Formula]


class Fault(NamedTuple):
    """A formula of a template that stops its filling."""

    at: At
    message: str
    """For people, without the cell."""


class Reckoned(NamedTuple):
    """What filling a workbook comes to."""

    typed: Mapping[At, int | str | None]
    """Cells that get another content than they have."""
    results: Mapping[At, Value]
    """Formulas that rest on figures, and what they give."""
    faults: Sequence[Fault]
    """Formulas that give another figure than ours, or cannot be reckoned; then nothing may be written."""


def reckon(book: Content, wanted: Iterable[Wanted]) -> Reckoned:
    """What every cell will show once every wanted figure is in place."""
    every = list(wanted)
    typed = {one.at: one.value for one in every if one.at not in book.formulas and _differs(book, one)}
    changed: dict[str, dict[tuple[int, int], Value]] = {}
    for (sheet, row, column), value in typed.items():
        changed.setdefault(sheet, {})[row, column] = value
    cells = {sheet: {**held, **changed.get(sheet, {})} for sheet, held in book.cells.items()}
    reckoning = Reckoning(cells, book.formulas, {sheet: set(places) for sheet, places in changed.items()})
    results: dict[At, Value] = {}
    faults: list[Fault] = []
    checked = {one.at: one for one in every if one.at in book.formulas}
    for at in sorted(book.formulas):
        try:
            result = reckoning.value(at)
        except FormulaUnknown as unknown:
            if at in reckoning.rests or at in checked:
                faults.append(Fault(at, f"rumus tidak dapat dihitung ({unknown})."))
            continue
        if at in reckoning.rests or at in checked:
            results[at] = result
        if at in checked and (apart := _apart(checked[at], result)):
            faults.append(Fault(at, apart))
    return Reckoned(typed, results, faults)


@bulk()
def fill_workbook(book: Content, wanted: Iterable[Wanted]) -> Filled:
    """The workbook with every wanted figure in place; the same input gives the same bytes.

    PlenoError names every cell whose formula gives another figure than ours, or cannot be reckoned.
    """
    typed, results, faults = reckon(book, wanted)
    if faults:
        said = " ".join(f"{address_of(one.at)}: {one.message}" for one in faults[:_SHOWN])
        more = f" Dan {thousands(len(faults) - _SHOWN)} lagi." if len(faults) > _SHOWN else ""
        raise PlenoError(
            "Pengisian dihentikan",
            f"{said}{more} Tidak ada berkas yang ditulis.",
            "Periksa angka TPS itu, atau perbaiki rumus templatnya; angka dan rumus tidak pernah disesuaikan otomatis.",
        )
    return Filled(splice(book.data, _by_sheet({**typed, **results})), len(typed), len(results))


def _differs(book: Content, one: Wanted) -> bool:
    """Whether a cell does not show it yet; an empty cell stays as it is where nothing was read."""
    sheet, row, column = one.at
    held = book.cells.get(sheet, {}).get((row, column))
    return held != one.value or isinstance(held, bool)


def _apart(one: Wanted, result: Value) -> str:
    """What is wrong where a formula stands in the place of a figure of ours; empty where nothing is."""
    if one.value is None or (result == addend(one.value) and not isinstance(result, bool)):
        return ""
    ours = one.value if isinstance(one.value, str) else thousands(one.value)
    said = result.code if isinstance(result, ErrorValue) else result if result != "" else "kosong"
    return f"rumus memberi {said}, angka pleno {ours} ({one.what})."


def _by_sheet(values: Mapping[At, Value]) -> dict[str, dict[str, Value]]:
    found: dict[str, dict[str, Value]] = {}
    for (sheet, row, column), value in values.items():
        found.setdefault(sheet, {})[f"{get_column_letter(column)}{row}"] = value
    return found


def address_of(at: At) -> str:
    """A cell as people name it: "DESA_A!C12"."""
    return f"{at[0]}!{get_column_letter(at[2])}{at[1]}"


def total_of(figures: Sequence[int | str | None]) -> int | None:
    """The sum of what was read; None where nothing was."""
    read = [one for one in figures if one is not None]
    return sum(map(addend, read)) if read else None
