"""One formula of a spreadsheet: what it says, as far as pleno can reckon it.

Only what recap workbooks need: arithmetic, comparisons, references and ranges. Names, links to other files, arrays and
unknown functions are not guessed at: FormulaUnknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple, TypeAlias

MOST_NESTED: Final = 64
"""Brackets within brackets; Excel itself knows no more."""
LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384


class FormulaUnknown(Exception):
    """A formula that cannot be reckoned here; its text names the part that is not known."""


class Ref(NamedTuple):
    """One cell, as a formula names it."""

    sheet: str | None
    """None: the sheet the formula stands in."""
    row: int
    column: int
    row_fixed: bool
    """Whether a shared formula keeps the row in every cell ("$")."""
    column_fixed: bool

    def moved(self, down: int, right: int) -> Ref:
        """The cell a shared formula means so many rows and columns further."""
        if not down and not right:
            return self
        row = self.row if self.row_fixed else self.row + down
        column = self.column if self.column_fixed else self.column + right
        return self._replace(row=row, column=column)


class Area(NamedTuple):
    """A range of cells, ends included."""

    first: Ref
    last: Ref


class Literal(NamedTuple):
    """A number, text or truth value that stands in the formula."""

    value: int | float | str | bool


class Call(NamedTuple):
    """A function and its arguments; None for one left empty."""

    name: str
    arguments: tuple[Node | None, ...]


class Sign(NamedTuple):
    """Minus before, or per cent after, an operand."""

    operator: str
    operand: Node


class Chain(NamedTuple):
    """Operands joined from left to right by operators of one rank: 1+2-3."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


Node: TypeAlias = Ref | Area | Literal | Call | Sign | Chain

_TOKEN: Final = re.compile(
    r"""(?P<space>[ \t\r\n]+)
    |(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    |(?P<text>"(?:[^"]|"")*")
    |(?P<sheet>(?:'(?:[^']|'')*'|[^\W\d][\w.]*)!)
    |(?P<call>[A-Za-z_][A-Za-z0-9_.]*)[ ]*\(
    |(?P<columns>\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3})(?![A-Za-z0-9_(])
    |(?P<cell>\$?[A-Za-z]{1,3}\$?[0-9]{1,7})(?![A-Za-z0-9_(])
    |(?P<word>[A-Za-z_\\][\w.\\]*)
    |(?P<operator><=|>=|<>|[-+*/^&=<>%(),:;])""",
    re.VERBOSE,
)
_CELL: Final = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})")
_RANKS: Final = (("=", "<>", "<", ">", "<=", ">="), ("&",), ("+", "-"), ("*", "/"), ("^",))
_TRUTH: Final = {"TRUE": True, "FALSE": False}
_PREFIXES: Final = ("_xlfn.", "_xlws.")


def parse_formula(text: str) -> Node:
    """The formula behind the equals sign. FormulaUnknown for what is not known here."""
    parser = _Parser(list(_tokens(text)))
    node = parser.rank(0)
    if parser.kind != "end":
        raise FormulaUnknown(parser.said)
    return node


def references(node: Node) -> Iterator[Ref | Area]:
    """Every cell and range a formula names."""
    open_: list[Node] = [node]
    while open_:
        one = open_.pop()
        if isinstance(one, Ref | Area):
            yield one
        elif isinstance(one, Call):
            open_.extend(argument for argument in one.arguments if argument is not None)
        elif isinstance(one, Sign):
            open_.append(one.operand)
        elif isinstance(one, Chain):
            open_ += [one.first, *(operand for _, operand in one.rest)]


def column_of(letters: str) -> int:
    """Letters of a column to its number: "AB" -> 28."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise FormulaUnknown(text[at : at + 20])
        at = found.end()
        kind = found.lastgroup or ""
        if kind != "space":
            yield kind, found[kind]
    yield "end", ""


class _Parser:
    """Reads tokens from left to right."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    @property
    def kind(self) -> str:
        return self._tokens[self._at][0]

    @property
    def said(self) -> str:
        return self._tokens[self._at][1]

    def _take(self) -> str:
        said = self.said
        self._at += self.kind != "end"
        return said

    def rank(self, rank: int) -> Node:
        """Operands joined by operators of this rank, each of the next higher one."""
        if rank == len(_RANKS):
            return self._signed()
        first = self.rank(rank + 1)
        rest: list[tuple[str, Node]] = []
        while self.kind == "operator" and self.said in _RANKS[rank]:
            operator = self._take()
            rest.append((operator, self.rank(rank + 1)))
        return Chain(first, tuple(rest)) if rest else first

    def _signed(self) -> Node:
        signs = 0
        while self.kind == "operator" and self.said in "+-":
            signs += self._take() == "-"
        node = self._operand()
        while self.kind == "operator" and self.said == "%":
            self._take()
            node = Sign("%", node)
        return Sign("-", node) if signs % 2 else node

    def _operand(self) -> Node:
        kind, said = self.kind, self._take()
        if kind == "number":
            return Literal(int(said) if said.isdigit() else float(said))
        if kind == "text":
            return Literal(said[1:-1].replace('""', '"'))
        if kind == "word" and said.upper() in _TRUTH:
            return Literal(_TRUTH[said.upper()])
        if kind == "sheet":
            return self._place(said)
        if kind in ("cell", "columns"):
            self._at -= 1
            return self._place("")
        if kind == "call":
            return Call(_plain(said), self._arguments())
        if (kind, said) == ("operator", "("):
            with_brackets = self._nested()
            self._close()
            return with_brackets
        raise FormulaUnknown(said)

    def _nested(self) -> Node:
        self._depth += 1
        if self._depth > MOST_NESTED:
            raise FormulaUnknown("kurung bersusun terlalu dalam")
        node = self.rank(0)
        self._depth -= 1
        return node

    def _close(self) -> None:
        if self._take() != ")":
            raise FormulaUnknown(")")

    def _arguments(self) -> tuple[Node | None, ...]:
        found: list[Node | None] = []
        while self.said != ")" or self.kind != "operator":
            found.append(None if self.said in (",", ";") and self.kind == "operator" else self._nested())
            if self.kind == "operator" and self.said in (",", ";"):
                self._take()
            elif self.said != ")":
                raise FormulaUnknown(self.said)
        self._close()
        return tuple(found)

    def _place(self, sheet: str) -> Ref | Area:
        """A cell or a range, with the name of its sheet before it."""
        name = sheet[:-1] or None
        if name is not None and name.startswith("'"):
            name = name[1:-1].replace("''", "'")
        if name is not None and "[" in name:
            raise FormulaUnknown(name)
        if self.kind == "columns":
            left, _, right = self._take().replace("$", "").partition(":")
            return Area(Ref(name, 1, column_of(left), True, False), Ref(name, LAST_ROW, column_of(right), True, False))
        first = self._cell(name)
        if (self.kind, self.said) != ("operator", ":"):
            return first
        self._take()
        return Area(first, self._cell(name))

    def _cell(self, sheet: str | None) -> Ref:
        said = self._take()
        found = _CELL.fullmatch(said)
        if found is None:
            raise FormulaUnknown(said)
        row, column = int(found[4]), column_of(found[2])
        if not 1 <= row <= LAST_ROW or column > LAST_COLUMN:
            raise FormulaUnknown(said)
        return Ref(sheet, row, column, bool(found[3]), bool(found[1]))


def _plain(name: str) -> str:
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    return name.upper()
