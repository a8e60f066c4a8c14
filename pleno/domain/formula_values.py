"""What spreadsheet operators and functions make of their operands, as Excel and LibreOffice do."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, TypeAlias

from pleno.domain.formula import FormulaUnknown


class Fault(NamedTuple):
    """What a formula shows that went wrong."""

    code: str
    """ "#DIV/0!"."""


Value: TypeAlias = int | float | str | bool | Fault | None
"""What a cell shows; None is empty."""


VALUE, DIVISION = Fault("#VALUE!"), Fault("#DIV/0!")

_NUMBER: Final = re.compile(r"\s*-?[0-9]+(?:\.[0-9]+)?\s*")
_EXACT: Final = 2**53


class Given(NamedTuple):
    """The arguments of a function that takes any number of them."""

    within: list[Value]
    """Of cells, of which only numbers count."""
    direct: list[Value]
    """Reckoned in the formula itself."""

    def numbers(self) -> list[int | float] | Fault:
        found: list[int | float] = []
        for one in self.within:
            if isinstance(one, Fault):
                return one
            if isinstance(one, int | float) and not isinstance(one, bool):
                found.append(one)
        for one in map(number_of, self.direct):
            if isinstance(one, Fault):
                return one
            found.append(one)
        return found

    def truths(self) -> list[bool] | Fault:
        every = [*self.within, *self.direct]
        fault = next((one for one in every if isinstance(one, Fault)), None)
        return fault or [bool(one) for one in every if not isinstance(one, str)]


def number_of(value: Value) -> int | float | Fault:
    """A value where a number is wanted."""
    if value is None:
        return 0
    if isinstance(value, str):
        return plain_number(float(value)) if _NUMBER.fullmatch(value) else VALUE  # type: ignore[return-value]  # of a number
    return value


def plain_number(value: Value) -> Value:
    """A whole number as one."""
    if isinstance(value, float):
        if not math.isfinite(value):
            return Fault("#NUM!")
        return int(value) if value.is_integer() and abs(value) < _EXACT else value
    return value


def joined(operator: str, left: Value, right: Value) -> Value:
    for one in (left, right):
        if isinstance(one, Fault):
            return one
    if operator == "&":
        return _text(left) + _text(right)
    if operator in _COMPARISONS:
        return _COMPARISONS[operator](_order(left, right), _order(right, left))
    a, b = number_of(left), number_of(right)
    if isinstance(a, Fault) or isinstance(b, Fault):
        return VALUE
    if operator == "/":
        return DIVISION if b == 0 else plain_number(a / b)
    if operator == "^":
        raise FormulaUnknown("^")
    return plain_number({"+": a + b, "-": a - b, "*": a * b}[operator])


_COMPARISONS: Final[Mapping[str, Callable[[tuple[int, int | float | str], tuple[int, int | float | str]], bool]]] = {
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
}


def _order(value: Value, other: Value) -> tuple[int, int | float | str]:
    """Numbers come before texts, texts before truth values; an empty cell is what the other one is."""
    if value is None:
        return (1, "") if isinstance(other, str) else (0, 0)
    if isinstance(value, bool):
        return (2, int(value))
    if isinstance(value, str):
        return (1, value.casefold())
    return (0, value) if isinstance(value, int | float) else (3, value.code)


def _text(value: Value) -> str:
    if value is None or isinstance(value, Fault):
        return ""
    return str(value).upper() if isinstance(value, bool) else str(value)


def fits(value: Value, wanted: Value) -> bool:
    """Whether a cell fits what COUNTIF wants. FormulaUnknown for comparisons and patterns."""
    if isinstance(wanted, str) and re.search(r"^[<>=]|[*?~]", wanted):
        raise FormulaUnknown(f'COUNTIF "{wanted}"')
    return _order(value, wanted) == _order(wanted, value)


def rounded(value: int | float | Fault, places: int | float | Fault) -> Value:
    if isinstance(value, Fault) or isinstance(places, Fault):
        return VALUE
    scale = 10.0 ** int(places)
    return plain_number(math.copysign(math.floor(abs(value) * scale + 0.5), value) / scale)


def _of_numbers(reduce: Callable[[list[int | float]], int | float]) -> Callable[[Given], Value]:
    def apply(given: Given) -> Value:
        numbers = given.numbers()
        return numbers if isinstance(numbers, Fault) else plain_number(reduce(numbers))

    return apply


def _of_truths(reduce: Callable[[list[bool]], bool]) -> Callable[[Given], Value]:
    def apply(given: Given) -> Value:
        truths = given.truths()
        return truths if isinstance(truths, Fault) else reduce(truths)

    return apply


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _absolute(value: Value) -> Value:
    number = number_of(value)
    return number if isinstance(number, Fault) else abs(number)


LISTS: Final[Mapping[str, Callable[[Given], Value]]] = {
    "SUM": _of_numbers(sum),
    "MIN": _of_numbers(lambda numbers: min(numbers, default=0)),
    "MAX": _of_numbers(lambda numbers: max(numbers, default=0)),
    "AND": _of_truths(all),
    "OR": _of_truths(any),
    "COUNT": lambda given: sum(map(_is_number, [*given.within, *given.direct])),
    "COUNTA": lambda given: len(given.within) + len(given.direct),
}
SINGLE: Final[Mapping[str, Callable[[Value], Value]]] = {
    "N": lambda value: value if isinstance(value, Fault) else int(value) if isinstance(value, bool)
    else value if isinstance(value, int | float) else 0,
    "ABS": _absolute,
    "NOT": lambda value: value if isinstance(value, Fault) else not value,
    "ISNUMBER": _is_number,
    "ISTEXT": lambda value: isinstance(value, str),
    "ISBLANK": lambda value: value is None,
    "ISERROR": lambda value: isinstance(value, Fault),
}  # fmt: skip
