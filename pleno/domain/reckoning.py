"""Reckoning the formulas of a workbook from its cells, without trusting any result that is kept in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final, NamedTuple, TypeAlias

from pleno.domain.formula import Area, Call, Chain, FormulaUnknown, Literal, Node, Ref, Sign, parse_formula, references
from pleno.domain.formula_values import (
    LISTS,
    SINGLE,
    VALUE,
    Fault,
    Given,
    Value,
    fits,
    joined,
    number_of,
    plain_number,
    rounded,
)

At: TypeAlias = tuple[str, int, int]
"""Sheet name, row and column, the latter two from 1."""

_Place: TypeAlias = tuple[int, int]
"""Row and column."""

_NOWHERE: Final[frozenset[_Place]] = frozenset()


class Formula(NamedTuple):
    """A formula as a cell has it."""

    text: str
    """Behind the equals sign; of a shared formula that of its first cell. "" where it is no plain formula."""
    down: int = 0
    right: int = 0
    """How far the cell is from the first of a shared formula."""


@dataclass
class Reckoning:
    """The cells of a workbook, some of them formulas."""

    cells: Mapping[str, Mapping[tuple[int, int], Value]]
    """Sheet name -> (row, column) -> what was typed there."""
    formulas: Mapping[At, Formula]
    changed: Mapping[str, frozenset[_Place] | set[_Place]] = field(default_factory=dict)
    """Sheet name -> typed cells that are not what the file had."""
    rests: set[At] = field(default_factory=set)
    """Reckoned formulas that name a changed cell, or a formula that does."""
    _formulas: dict[str, set[_Place]] = field(default_factory=dict)
    _needed: dict[At, list[At]] = field(default_factory=dict)
    """Formulas that a formula names."""
    _done: dict[At, Value] = field(default_factory=dict)
    _unknown: dict[At, str] = field(default_factory=dict)
    _size: dict[str, tuple[int, int]] = field(default_factory=dict)
    _parses: dict[str, _Parsed] = field(default_factory=dict)

    def value(self, at: At) -> Value:
        """What a cell shows. FormulaUnknown when a formula it rests on cannot be reckoned."""
        open_ = [at]
        opened: set[At] = set()
        while open_:
            now = open_[-1]
            if now not in self.formulas or now in self._done or now in self._unknown:
                open_.pop()
                continue
            if now in opened:
                self._reckon(now)
                continue
            opened.add(now)  # what is opened and not done waits for what is above it
            more = [one for one in self._formulas_named(now) if one not in self._done and one not in self._unknown]
            if any(one in opened for one in more):
                self._unknown[now] = "menunjuk dirinya sendiri"
            open_ += more
        if at in self._unknown:
            raise FormulaUnknown(self._unknown[at])
        return self._done[at] if at in self.formulas else self.cells.get(at[0], {}).get(at[1:])

    def _formulas_named(self, at: At) -> list[At]:
        """The formulas that a formula names; notes whether it names a changed cell."""
        named = self._needed[at] = []
        formula = self.formulas[at]
        try:
            found = self._parsed(formula.text).references
        except FormulaUnknown:
            return named
        frame = _Frame(at, formula)
        for reference in found:
            sheet, places = self._places(frame, reference)
            named += [(sheet, *place) for place in self._formulas_of(sheet).intersection(places)]
            if not self.changed.get(sheet, _NOWHERE).isdisjoint(places):
                self.rests.add(at)
        return named

    def _reckon(self, at: At) -> None:
        formula = self.formulas[at]
        if not self.rests.isdisjoint(self._needed[at]):
            self.rests.add(at)
        try:
            result = self._evaluated(_Frame(at, formula), self._parsed(formula.text).node)
        except FormulaUnknown as unknown:
            self._unknown[at] = str(unknown)
            return
        # A formula that names an empty cell shows 0.
        self._done[at] = 0 if result is None else plain_number(result)

    def _parsed(self, text: str) -> _Parsed:
        if not text:
            raise FormulaUnknown("rumus larik")
        if text not in self._parses:
            node = parse_formula(text)
            self._parses[text] = _Parsed(node, tuple(dict.fromkeys(references(node))))
        return self._parses[text]

    # --- references ------------------------------------------------------------------------

    def _at(self, frame: _Frame, reference: Ref) -> At:
        one = reference.moved(frame.formula.down, frame.formula.right)
        return one.sheet or frame.at[0], one.row, one.column

    def _places(self, frame: _Frame, reference: Ref | Area) -> tuple[str, list[_Place]]:
        """The cells that a reference names, of a range those within what the sheet fills."""
        if isinstance(reference, Ref):
            sheet, row, column = self._at(frame, reference)
            return sheet, [(row, column)]
        sheet, top, left = self._at(frame, reference.first)
        _, bottom, right = self._at(frame, reference.last)
        last_row, last_column = self._extent(sheet)
        rows = range(min(top, bottom), min(max(top, bottom), last_row) + 1)
        columns = range(min(left, right), min(max(left, right), last_column) + 1)
        held, formulas = self.cells.get(sheet, {}), self._formulas_of(sheet)
        if len(rows) * len(columns) <= len(held) + len(formulas):
            return sheet, list(product(rows, columns))
        return sheet, sorted(at for at in (*held, *formulas) if at[0] in rows and at[1] in columns)

    def _formulas_of(self, sheet: str) -> frozenset[_Place] | set[_Place]:
        if not self._formulas:
            for name, *place in self.formulas:
                self._formulas.setdefault(name, set()).add((place[0], place[1]))
        return self._formulas.get(sheet, _NOWHERE)

    def _extent(self, sheet: str) -> tuple[int, int]:
        if sheet not in self._size:
            places = [*self.cells.get(sheet, {}), *self._formulas_of(sheet)]
            self._size[sheet] = (max((p[0] for p in places), default=0), max((p[1] for p in places), default=0))
        return self._size[sheet]

    def _all(self, frame: _Frame, reference: Ref | Area) -> list[Value]:
        """What the cells of a reference show, those left out that are empty."""
        if isinstance(reference, Ref):
            shown = self._one(frame, reference)
            return [] if shown is None else [shown]
        self._require_sheet(frame, reference.first)
        sheet, places = self._places(frame, reference)
        held, formulas = self.cells[sheet], self._formulas_of(sheet)
        if formulas.isdisjoint(places):
            found = [*map(held.get, places)]
        else:
            found = [self._result((sheet, *place)) if place in formulas else held.get(place) for place in places]
        return [one for one in found if one is not None]

    def _one(self, frame: _Frame, reference: Ref) -> Value:
        self._require_sheet(frame, reference)
        at = self._at(frame, reference)
        return self._result(at) if at in self.formulas else self.cells[at[0]].get(at[1:])

    def _result(self, at: At) -> Value:
        if at in self._unknown:
            raise FormulaUnknown(self._unknown[at])
        return self._done[at]

    def _require_sheet(self, frame: _Frame, reference: Ref) -> None:
        if (reference.sheet or frame.at[0]) not in self.cells:
            raise FormulaUnknown(f"lembar {reference.sheet or frame.at[0]}")

    # --- evaluation ------------------------------------------------------------------------

    def _evaluated(self, frame: _Frame, node: Node | None) -> Value:
        if node is None:
            return None
        if isinstance(node, Literal):
            return node.value
        if isinstance(node, Ref):
            return self._one(frame, node)
        if isinstance(node, Sign):
            number = number_of(self._evaluated(frame, node.operand))
            return number if isinstance(number, Fault) else -number if node.operator == "-" else number / 100
        if isinstance(node, Chain):
            result = self._evaluated(frame, node.first)
            for operator, operand in node.rest:
                result = joined(operator, result, self._evaluated(frame, operand))
            return result
        if isinstance(node, Call):
            return self._called(frame, node)
        raise FormulaUnknown("rentang tanpa fungsi")

    def _called(self, frame: _Frame, call: Call) -> Value:
        if call.name == "IF":
            return self._if(frame, call.arguments)
        if call.name == "IFERROR" and len(call.arguments) == 2:
            result = self._evaluated(frame, call.arguments[0])
            return self._evaluated(frame, call.arguments[1]) if isinstance(result, Fault) else result
        if call.name == "COUNTBLANK" and len(call.arguments) == 1:
            return self._blank(frame, call.arguments[0])
        if call.name == "COUNTIF" and len(call.arguments) == 2:
            wanted = self._evaluated(frame, call.arguments[1])
            return sum(fits(one, wanted) for one in self._listed(frame, call.arguments[:1]).within)
        if call.name in SINGLE and len(call.arguments) == 1:
            return SINGLE[call.name](self._evaluated(frame, call.arguments[0]))
        if call.name == "ROUND" and len(call.arguments) == 2:
            return rounded(*(number_of(self._evaluated(frame, one)) for one in call.arguments))
        if call.name in LISTS:
            return LISTS[call.name](self._listed(frame, call.arguments))
        raise FormulaUnknown(call.name)

    def _if(self, frame: _Frame, arguments: Sequence[Node | None]) -> Value:
        test = self._evaluated(frame, arguments[0]) if 2 <= len(arguments) <= 3 else VALUE
        if isinstance(test, Fault):
            return test
        if isinstance(test, str):
            return VALUE
        if test:
            return self._evaluated(frame, arguments[1])
        return self._evaluated(frame, arguments[2]) if len(arguments) == 3 else False

    def _blank(self, frame: _Frame, argument: Node | None) -> Value:
        if not isinstance(argument, Ref | Area):
            raise FormulaUnknown("COUNTBLANK")
        first, last = argument if isinstance(argument, Area) else (argument, argument)
        size = (abs(last.row - first.row) + 1) * (abs(last.column - first.column) + 1)
        return size - sum(one != "" for one in self._all(frame, argument))

    def _listed(self, frame: _Frame, arguments: Sequence[Node | None]) -> Given:
        within: list[Value] = []
        direct: list[Value] = []
        for argument in arguments:
            if isinstance(argument, Ref | Area):
                within += self._all(frame, argument)
            else:
                direct.append(self._evaluated(frame, argument))
        return Given(within, direct)


class _Frame(NamedTuple):
    """Where a formula is reckoned."""

    at: At
    formula: Formula


class _Parsed(NamedTuple):
    node: Node
    references: tuple[Ref | Area, ...]
