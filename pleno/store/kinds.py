"""Which entries are of which kind, found once: the texts of a large journal take long to be looked through."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final

from sqlalchemy import ColumnElement, Select, bindparam, func, literal_column, select

from pleno.domain.entry import Kind
from pleno.store.database import Database
from pleno.store.tables import JOURNAL

_UNCLEAR: Final = ""


class KindIndex:
    """Numbers of entries by kind, kept up with a journal that only grows. Not to be asked inside a transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._told = str(_kinds_after().compile(dialect=database.dialect))
        self._numbers: dict[str, list[int]] = {}
        self._last = 0

    def of(self, kinds: Iterable[Kind], first: int = 1) -> list[int]:
        """Entries from `first` on that may be of these kinds, oldest first. The decoded entry decides."""
        self._catch_up()
        return sorted(seq for kind in (*{kind.value for kind in kinds}, _UNCLEAR) for seq in self._from(kind, first))

    def count(self, first: int) -> int:
        """How many entries there are from `first` on."""
        self._catch_up()
        return sum(1 for kind in self._numbers for _seq in self._from(kind, first))

    def _from(self, kind: str, first: int) -> Iterator[int]:
        numbers = self._numbers.get(kind, [])
        return iter(numbers[bisect_left(numbers, first) :])

    def _catch_up(self) -> None:
        for seq, name, again in self._database.rows(self._told, (self._last,)):
            self._numbers.setdefault(_UNCLEAR if again else name, []).append(seq)
            self._last = seq


def _kinds_after() -> Select[tuple[int, str, int]]:
    """Number, kind, and whether another "kind" follows, of the entries after a number.

    In canonical text the kind reads exactly so. A key "kind" deeper in the entry may read the same: unclear.
    """
    key: ColumnElement[str] = literal_column('\'"kind":"\'')
    after = func.substr(JOURNAL.c.body, func.instr(JOURNAL.c.body, key) + func.length(key))
    kind = func.substr(after, literal_column("1"), func.instr(after, literal_column("'\"'")) - literal_column("1"))
    told = select(JOURNAL.c.seq, kind, func.instr(after, key))
    return told.where(JOURNAL.c.seq > bindparam("last")).order_by(JOURNAL.c.seq)
