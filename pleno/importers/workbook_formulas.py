"""What is odd about the sums of an office's sheet: typed over, or missing a column or a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pleno.domain.contest import Contest
from pleno.domain.formula import Area, FormulaUnknown, Ref, parse_formula, references
from pleno.domain.identities import identities
from pleno.importers.workbook_grid import Grid, Range, column_number, letters
from pleno.importers.workbook_layout import Layout, TotalCell, TpsColumn

_LISTED: Final = 20
_TEXT: Final = re.compile(r'"[^"]*"')
_NAMED: Final = re.compile(
    r"(?<![A-Za-z0-9_.$])\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})(?::\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6}))?(?![A-Za-z0-9_.(])"
)
"""Cells and ranges in a formula that speaks of its own sheet only; ten times as fast as parsing it."""


def formula_notes(grid: Grid, layout: Layout, contest: Contest) -> Iterator[tuple[str, str]]:
    """(place, message) of every total that is typed over and every sum that leaves something out."""
    yield from _typed_over(grid, layout.totals, "JUMLAH AKHIR")
    yield from _typed_over(grid, layout.carried, "JUMLAH PINDAHAN")
    yield from _missing_columns(grid, layout)
    yield from _missing_rows(grid, layout, contest)


def _typed_over(grid: Grid, sums: Sequence[TotalCell], title: str) -> Iterator[tuple[str, str]]:
    """Figures typed into a column of sums whose other cells are formulas."""
    by_column: dict[int, list[TotalCell]] = {}
    for cell in sums:
        by_column.setdefault(cell.column, []).append(cell)
    for column, cells in by_column.items():
        typed = [
            grid.place(cell.row, column)
            for cell in cells
            if (cell.row, column) not in grid.formulas and column in grid.rows[cell.row]
        ]
        if typed and len(typed) < len(cells):
            yield typed[0], f"{title} diketik, padahal sel lain di kolom itu rumus: {_listed(typed)}."


def _missing_columns(grid: Grid, layout: Layout) -> Iterator[tuple[str, str]]:
    """Sums over TPS that leave out a column between them and the sum before."""
    columns: dict[int, list[TpsColumn]] = {}
    for cell in layout.cells:
        columns.setdefault(cell.row, []).append(cell.column)
    ends: dict[int, list[int]] = {}
    for one in (*layout.totals, *layout.carried):
        ends.setdefault(one.row, []).append(one.column)
    found: dict[tuple[int, ...], list[str]] = {}
    for one in (*layout.totals, *layout.carried):
        if (areas := _areas(grid, one.row, one.column)) is None:
            continue
        before = max((end for end in ends[one.row] if end < one.column), default=0)
        meant = [column.column for column in columns.get(one.row, ()) if before < column.column < one.column]
        missing = [column for column in meant if not _covers(areas, one.row, column)]
        if missing and len(missing) < len(meant):
            found.setdefault(tuple(missing), []).append(grid.place(one.row, one.column))
    for missing_columns, places in found.items():
        yield (
            places[0],
            f"rumus jumlah melewatkan kolom {_listed([*map(letters, missing_columns)])}{_and_more(places)}.",
        )


def _missing_rows(grid: Grid, layout: Layout, contest: Contest) -> Iterator[tuple[str, str]]:
    """Totals of the paper that an office's formula adds from some of their rows only."""
    rows: dict[tuple[int, int], dict[str, int]] = {}
    for cell in layout.cells:
        rows.setdefault((cell.column.row, cell.column.column), {})[cell.form_row.name] = cell.row
    sums: dict[str, list[tuple[str, ...]]] = {}
    for one in (one for found in identities(contest).values() for one in found):
        sums.setdefault(one.whole, []).append(one.parts)
    left_out: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (_, column), held in rows.items():
        for whole, ways in sums.items():
            if whole not in held or (areas := _areas(grid, held[whole], column)) is None:
                continue
            for parts in ways:
                there = [part for part in parts if part in held]
                missing = tuple(part for part in there if not _covers(areas, held[part], column))
                if len(there) > 1 and 0 < len(missing) < len(there):
                    left_out.setdefault((whole, missing), []).append(grid.place(held[whole], column))
    for (whole, absent), places in left_out.items():
        codes = _listed([contest.by_name[name].code for name in absent])
        yield places[0], f"rumus {contest.by_name[whole].code} melewatkan baris {codes}{_and_more(places)}."


def _areas(grid: Grid, row: int, column: int) -> list[Range] | None:
    """The cells of this sheet that a formula names; None where there is none that can be read."""
    formula = grid.formulas.get((row, column))
    if formula is None or not formula.text:
        return None
    text = _TEXT.sub("", formula.text)
    if "!" not in text and not (formula.down or formula.right):
        return [_plain_range(found) for found in _NAMED.finditer(text)]
    try:
        named = list(references(parse_formula(formula.text)))
    except FormulaUnknown:
        return None
    return [_range(one, formula.down, formula.right) for one in named if _sheet(one) in (None, grid.sheet)]


def _plain_range(found: re.Match[str]) -> Range:
    left, top = column_number(found[1]), int(found[2])
    right, bottom = (column_number(found[3]), int(found[4])) if found[3] else (left, top)
    return Range(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def _sheet(reference: Ref | Area) -> str | None:
    return reference.sheet if isinstance(reference, Ref) else reference.first.sheet


def _range(reference: Ref | Area, down: int, right: int) -> Range:
    first, last = reference if isinstance(reference, Area) else (reference, reference)
    (_, top, left, *_), (_, bottom, right_, *_) = first.moved(down, right), last.moved(down, right)
    return Range(min(top, bottom), min(left, right_), max(top, bottom), max(left, right_))


def _covers(areas: Sequence[Range], row: int, column: int) -> bool:
    return any(one.top <= row <= one.bottom and one.left <= column <= one.right for one in areas)


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _LISTED
    return ", ".join(names[:_LISTED]) + (f" dan {more} lagi" if more > 0 else "")


def _and_more(places: Sequence[str]) -> str:
    return f" (dan {len(places) - 1} sel lain)" if len(places) > 1 else ""
