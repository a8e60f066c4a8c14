"""Jejak as lines: a table that holds only what is seen, its head, and one entry in full."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final, overload

from pleno.domain.errors import PlenoError
from pleno.tui.journal_sieve import JournalSieve
from pleno.tui.journal_view import Detail, JournalLine
from pleno.tui.text import spread, wrapped
from pleno.tui.widgets.grid import Cell, Column, GridRow

_DATE_FROM: Final = 100
"""Columns from which the day stands before the time."""
_MOST: Final = 1_000
"""Lines kept before those seen first are dropped."""


def columns_for(cells: int) -> list[Column]:
    """The columns at this width of the terminal."""
    roomy = cells >= _DATE_FROM
    return [
        Column("no", "no", 6, right=True),
        Column("at", " waktu", 15 if roomy else 9),
        Column("actor", "pelaku", 10 if roomy else 7),
        Column("kind", "jenis", 13 if roomy else 12),
        Column("place", "tempat", 26 if roomy else 18),
        Column("content", "isi", 0),
    ]


class JournalRows(Sequence[GridRow]):
    """The rows of a journal of any length, newest first; what is not loaded yet says so."""

    def __init__(
        self,
        numbers: Sequence[int],
        load: Callable[[int, int], Sequence[JournalLine]],
        cells: int,
        known: JournalRows | None = None,
    ) -> None:
        """`numbers`: entries shown, falling; `load`: lines of the entries from one number to another.

        `load` may give only some at a time. `known`: rows of the same journal, which need not be loaded again.
        """
        self.numbers = numbers
        self._load, self._roomy = load, cells >= _DATE_FROM
        self._lines: dict[int, GridRow] = known._lines if known is not None and known._roomy == self._roomy else {}

    def learn(self, lines: Iterable[JournalLine]) -> None:
        """Keep lines that are at hand already."""
        self._lines |= {line.seq: _row(line, self._roomy) for line in lines}

    def load(self, first: int, last: int) -> bool:
        """One step towards having the rows of these places; whether there was one to take."""
        if len(self._lines) > _MOST:
            self._lines.clear()
        wanted = [seq for seq in self.numbers[max(first, 0) : last + 1] if seq not in self._lines]
        for low, high in _runs(sorted(wanted))[-1:]:
            self._lines |= self._loaded(low, high) or {seq: _bare(seq, "tidak ada") for seq in range(low, high + 1)}
        return bool(wanted)

    def _loaded(self, low: int, high: int) -> dict[int, GridRow]:
        try:
            return {line.seq: _row(line, self._roomy) for line in self._load(low, high)}
        except PlenoError as error:
            if low == high:
                return {low: _bare(low, error.message)}
            return {seq: row for one in range(low, high + 1) for seq, row in self._loaded(one, one).items()}

    def place_of(self, seq: int) -> int:
        """Where an entry stands; where it would stand if it is not shown."""
        return bisect_left(self.numbers, -seq, key=lambda number: -number)

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, place: int) -> GridRow: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[GridRow]: ...
    def __getitem__(self, place: int | slice) -> GridRow | Sequence[GridRow]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        seq = self.numbers[place]
        return self._lines.get(seq) or _bare(seq, "memuat ...")

    def __iter__(self) -> Iterator[GridRow]:
        return (self[place] for place in range(len(self)))


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Rising numbers as runs without gaps."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _bare(seq: int, said: str) -> GridRow:
    return GridRow(str(seq), (Cell(str(seq)), Cell(), Cell(), Cell(), Cell(), Cell(said)))


def _row(line: JournalLine, roomy: bool) -> GridRow:
    moment = datetime.fromisoformat(line.at)
    at = f"{moment:%d-%m %H:%M:%S}" if roomy else f"{moment:%H:%M:%S}"
    cells = (str(line.seq), f" {at}", line.actor, line.kind, line.place, line.content)
    return GridRow(str(line.seq), tuple(map(Cell, cells)))


def head_line(head: int, chain: str, sieve: JournalSieve, found: int, searching: int, cells: int) -> str:
    """ "JEJAK  #1-412 utuh     saring: Aren Hulu 004                      28 dari 412".

    `searching`: the entry a search has come to; 0 once it is done.
    """
    left = f"JEJAK  #1-{head} {chain}    saring: {sieve.words or 'semua'}"
    right = f"{found} dari {head}"
    return spread(left, f"mencari di #{searching} ... {right}" if searching else right, cells)


def detail_rows(detail: Detail, cells: int) -> list[GridRow]:
    """One entry in full: its sentence, what it carries, every figure."""
    rows: list[GridRow] = []
    said = [("isi", detail.sentence), *detail.facts]
    changes = [("angka", detail.changes[0]), *(("", change) for change in detail.changes[1:])] if detail.changes else []
    for number, (heading, text) in enumerate([*said, *changes]):
        for place, part in enumerate(wrapped(text, max(cells - 16, 20))):
            key = f"{number}.{place}"
            rows.append(GridRow(key, (Cell(heading if place == 0 else ""), Cell(part)), group=heading))
    return rows
