"""The journal in its table: entries appended to the chain, and read back from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, desc, insert, select

from pleno.domain import chain
from pleno.domain.bulk import bulk
from pleno.domain.entry import Entry, Kind
from pleno.domain.errors import Damaged, PlenoError
from pleno.store.database import Database
from pleno.store.kinds import KindIndex
from pleno.store.tables import JOURNAL

_AT_ONCE: Final = 500
"""Entries fetched together when the journal is streamed."""

_STORED: Final = select(JOURNAL.c.seq, JOURNAL.c.hash, JOURNAL.c.body)
_NEWEST_FIRST: Final = desc(JOURNAL.c.seq)


class Head(NamedTuple):
    """The end of the chain."""

    seq: int
    """Number of the newest entry; 0 while there is none."""
    hash: bytes
    """Its link; the genesis hash while there is none."""


class Journal:
    """The chain of one database. Appending belongs inside a transaction."""

    def __init__(self, database: Database, genesis_hash: bytes) -> None:
        self._database = database
        self._genesis_hash = genesis_hash
        self._kinds = KindIndex(database)
        # Compiled once: every append asks both, and people wait for it.
        newest = select(JOURNAL.c.seq, JOURNAL.c.hash).order_by(_NEWEST_FIRST).limit(1)
        added = insert(JOURNAL).values({column.name: bindparam(column.name) for column in JOURNAL.c})
        self._newest = str(newest.compile(dialect=database.dialect, compile_kwargs={"literal_binds": True}))
        self._added = str(added.compile(dialect=database.dialect))

    def head(self) -> Head:
        """The end of the chain as it is stored."""
        for seq, hash_ in self._database.rows(self._newest):
            return Head(seq, hash_)
        return Head(0, self._genesis_hash)

    def link(self, seq: int) -> bytes | None:
        """The link of one entry as it is stored."""
        for (hash_,) in self._database.rows(select(JOURNAL.c.hash).where(JOURNAL.c.seq == seq)):
            return bytes(hash_)
        return None

    def add(self, head: Head, entry: Entry) -> tuple[Head, Entry]:
        """Append one entry after `head`; the new head, and the entry as a replay will read it.

        Raises PlenoError for what has no canonical text or could not be read back.
        """
        seq = head.seq + 1
        try:
            body = chain.canonical(entry.body())
            value = chain.parse_canonical(body)
            hash_ = chain.link(head.hash, seq, body)
            read_back = Entry.of_body(value, seq, hash_.hex())
        except (ValueError, TypeError, RecursionError, Damaged) as error:
            raise PlenoError(
                "TIDAK TERSIMPAN",
                f"Entri {entry.kind.value} tidak dapat dicatat ({error}); tidak ada yang berubah.",
                "Periksa nama, catatan dan angkanya, lalu ulangi.",
            ) from error
        self._database.run(self._added, (seq, head.hash, body, hash_))
        return Head(seq, hash_), read_back

    def texts(self, first: int, last: int | None) -> Iterator[tuple[int, bytes, str]]:
        """Number, link and canonical text of entries `first` to `last` in order, a part in memory at a time."""
        while True:
            part = _STORED.where(JOURNAL.c.seq >= first).order_by(JOURNAL.c.seq).limit(_AT_ONCE)
            if last is not None:
                part = part.where(JOURNAL.c.seq <= last)
            rows = self._database.rows(part)
            yield from rows
            if len(rows) < _AT_ONCE:
                return
            first = rows[-1].seq + 1

    def entries(self, first: int, last: int | None) -> Iterator[Entry]:
        """Entries `first` to `last` in order, a part of the journal in memory at a time."""
        return _decoded(self.texts(first, last))

    def newest_first(self, before: int, first: int) -> Iterator[Entry]:
        """Entries below `before` down to `first`: one, two, four ... fetched together, for who stops early."""
        at_once = 1
        while before > first:
            part = _STORED.where((JOURNAL.c.seq < before) & (JOURNAL.c.seq >= first)).order_by(_NEWEST_FIRST)
            rows = self._database.rows(part.limit(at_once))
            if not rows:
                return
            yield from _decoded(rows)
            before, at_once = rows[-1].seq, min(at_once * 2, _AT_ONCE)

    def last_of(self, kinds: Iterable[Kind]) -> Entry | None:
        """The newest entry of these kinds."""
        wanted = tuple(kinds)
        newest = (entry for seq in reversed(self._kinds.of(wanted)) for entry in self._these([seq]))
        return next((entry for entry in newest if entry.kind in wanted), None)

    def entries_of(self, kinds: Iterable[Kind], first: int = 1) -> list[Entry]:
        """Every entry of these kinds from `first` on, oldest first."""
        wanted = tuple(kinds)
        return [entry for entry in self._these(self._kinds.of(wanted, first)) if entry.kind in wanted]

    def count_but(self, first: int, kinds: Iterable[Kind]) -> int:
        """How many entries from `first` on are of none of these kinds; only what may be one of them is decoded."""
        return self._kinds.count(first) - len(self.entries_of(kinds, first))

    def _these(self, numbers: Sequence[int]) -> Iterator[Entry]:
        """Entries by their numbers, a part in memory at a time."""
        for place in range(0, len(numbers), _AT_ONCE):
            some = JOURNAL.c.seq.in_(numbers[place : place + _AT_ONCE])
            yield from _decoded(self._database.rows(_STORED.where(some).order_by(JOURNAL.c.seq)))


def _decoded(rows: Iterable[Any]) -> Iterator[Entry]:
    for seq, hash_, body in rows:
        try:
            with bulk():
                entry = Entry.of_body(chain.parse_canonical(body), seq, hash_.hex())
        except (TypeError, AttributeError, RecursionError) as error:
            # No text or no hash where STRICT promises one: the page itself is damaged.
            raise Damaged("Jejak rusak", f"Entri {seq} tidak dapat dibaca.", "Jalankan `pleno verifikasi`.") from error
        yield entry
