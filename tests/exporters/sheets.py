"""Reading an exported workbook as an outsider: by hidden row codes and headings, and reckoning its formulas anew."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

Value = int | str
"""What a cell shows; "" for an empty one."""

_REFERENCE = re.compile(r"(?:'([^']*)'!)?([A-Z]{1,3}[0-9]+)(?::([A-Z]{1,3}[0-9]+))?")


class Opened:
    """One workbook twice: its formulas, and the values kept beside them."""

    def __init__(self, data: bytes) -> None:
        self.formulas = load_workbook(io.BytesIO(data))
        self.values = load_workbook(io.BytesIO(data), data_only=True)

    def formula_cells(self) -> Iterator[tuple[str, str, str]]:
        """Sheet, address and formula of every formula."""
        for sheet in self.formulas:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        yield sheet.title, cell.coordinate, cell.value

    def cached(self, sheet: str, at: str) -> Value:
        return shown(self.values[sheet][at].value)

    def figures(self, sheet: str) -> dict[str, dict[str, Value]]:
        """Heading -> row code -> what stands there; of doubled headings the last."""
        return {heading: {code: shown(self.values[sheet].cell(row, at).value) for code, row in self.rows(sheet)}
                for at, heading in self.headings(sheet)}  # fmt: skip

    def headings(self, sheet: str) -> list[tuple[int, str]]:
        """Column and text of every heading over values."""
        top = next(row for row in range(1, 30) if self.values[sheet].cell(row, 2).value == "NO.")
        return [(cell.column, cell.value) for cell in self.values[sheet][top][4:] if cell.value]

    def rows(self, sheet: str) -> list[tuple[str, int]]:
        """Code and sheet row of every form row."""
        column = self.values[sheet]["A"]
        return [(cell.value, cell.row) for cell in column if cell.value and "." in cell.value]


def shown(value: Any) -> Value:
    return "" if value is None else value


class Reckoning:
    """The formulas of a workbook worked out from its figures, never from cached values."""

    def __init__(self, book: Opened) -> None:
        self._book = book.formulas
        self._done: dict[tuple[str, str], Value] = {}

    def value(self, sheet: str, at: str) -> Value:
        key = (sheet, at)
        if key not in self._done:
            content = self._book[sheet][at].value
            is_formula = isinstance(content, str) and self._book[sheet][at].data_type == "f"
            self._done[key] = self._formula(sheet, content[1:]) if is_formula else shown(content)
        return self._done[key]

    def _formula(self, sheet: str, formula: str) -> Value:
        values: list[Any] = []

        def held(found: re.Match[str]) -> str:
            where = found[1] or sheet
            values.append(self._range(where, found[2], found[3]) if found[3] else self.value(where, found[2]))
            return f"held[{len(values) - 1}]"

        python = _REFERENCE.sub(held, formula).replace("=", "==").replace("<>", "!=")
        return eval(python, {"__builtins__": {}, "held": values, **_FUNCTIONS})

    def _range(self, sheet: str, first: str, last: str) -> list[Value]:
        left, top, right, bottom = range_boundaries(f"{first}:{last}")
        cells = self._book[sheet].iter_rows(top, bottom, left, right)
        return [self.value(sheet, cell.coordinate) for row in cells for cell in row]


def _flat(given: tuple[Any, ...]) -> list[Value]:
    return [one for item in given for one in (item if isinstance(item, list) else [item])]


def _numbers(*given: Any) -> list[int]:
    return [one for one in _flat(given) if isinstance(one, int)]


_FUNCTIONS: dict[str, Any] = {
    "IF": lambda test, yes, no: yes if test else no,
    "OR": lambda *tests: any(tests),
    "AND": lambda *tests: all(tests),
    "COUNTBLANK": lambda given: given.count(""),
    "ISNUMBER": lambda one: isinstance(one, int),
    "N": lambda one: one if isinstance(one, int) else 0,
    "ABS": abs,
    "COUNT": lambda *given: len(_numbers(*given)),
    "COUNTIF": lambda given, wanted: given.count(wanted),
    "SUM": lambda *given: sum(_numbers(*given)),
}
