"""One pass over a stored journal: is the chain whole, and what state does it make."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias

from pleno.domain import chain
from pleno.domain.apply import apply
from pleno.domain.chain import Json
from pleno.domain.entry import NEUTRAL, Entry, Kind
from pleno.domain.errors import Damaged, NewerVersion
from pleno.domain.signers import ABOUT_SIGNING
from pleno.domain.state import MemoryState
from pleno.store.evidence import UNREADABLE, why

_SHOWN: Final = 5
"""Faults named one by one; the rest is counted."""
_LONGEST: Final = 300
_ROWS: Final = 16
"""Entries parsed together, at most."""
_CHARACTERS: Final = 2**20
"""Bodies parsed together are not much longer than this, one alone excepted."""

_ZONE: Final = slice(-6, None)
"""Where the text of a time says how far it is from UTC."""

_Row: TypeAlias = tuple[Any, Any, Any, Any]
"""seq, prev, body, hash, of whatever types a foreign file holds."""


class Faults:
    """What is wrong in one respect, in the order it was found."""

    def __init__(self, shown: int = _SHOWN) -> None:
        self._named: list[str] = []
        self._shown = shown
        self.count = 0

    def add(self, fault: str) -> None:
        self.count += 1
        if self.count <= self._shown:
            # Names in a damaged file may hold anything, and this is printed.
            self._named.append("".join(char if char.isprintable() else "?" for char in fault[:_LONGEST]))

    def __str__(self) -> str:
        rest = self.count - len(self._named)
        return "; ".join([*self._named, f"dan {rest} lagi"] if rest else self._named)


class Replay:
    """The journal read once, from its genesis to its end."""

    def __init__(self, genesis_hash: bytes) -> None:
        self.state = MemoryState()
        self.chain = Faults()
        self.apply = Faults()
        """At most one: a state that a wrong entry would continue from means nothing."""
        self.steps_back: list[tuple[int, int]] = []
        """Numbers of the entries that are older by the clock than the one before."""
        self.entries = 0
        self.after_seal = 0
        self.tail = 0
        self.seal_hashes: dict[int, bytes] = {}
        self.signing: list[Entry] = []
        """Entries about keys and signatures."""
        self.seq = 0
        self.hash = genesis_hash
        self._at = ""
        """The time of the entry before, as it is written."""

    def run(self, connection: sqlite3.Connection) -> None:
        """Read every entry. Raises NewerVersion for a whole entry of a kind or version unknown here."""
        try:
            for rows in _portions(connection.execute("SELECT seq, prev, body, hash FROM journal ORDER BY seq")):
                for row, value in zip(rows, _parsed(rows), strict=True):
                    self._take(*row, value)
        except UNREADABLE as error:
            self.chain.add(f"jejak tidak terbaca sesudah entri {self.seq} ({why(error)})")

    def _take(self, seq: Any, prev: Any, body: Any, hash_: Any, value: Json) -> None:
        self.entries += 1
        if not isinstance(seq, int) or not isinstance(hash_, bytes) or not isinstance(body, str):
            self.chain.add(f"entri {seq} tidak terbaca")
            self.apply.add(f"berhenti di entri {seq} yang tidak terbaca")
            return
        if seq != self.seq + 1:
            missing = f"entri {self.seq + 1}" + (f" sampai {seq - 1}" if seq - 1 > self.seq + 1 else "")
            self.chain.add(f"{missing} tidak ada")
        elif prev != self.hash:
            self.chain.add(f"entri {seq} tidak bersambung dengan entri {self.seq}")
        whole = self._is_linked(prev, seq, body, hash_)
        self.seq, self.hash = seq, hash_
        self._read(seq, body, hash_, whole, value)

    def _is_linked(self, prev: Any, seq: int, body: str, hash_: bytes) -> bool:
        try:
            whole = chain.link(prev, seq, body) == hash_
        except (TypeError, ValueError, OverflowError):
            # prev is no hash, the text is no UTF-8, or the number is none of ours
            whole = False
        if not whole:
            self.chain.add(f"isi entri {seq} tidak cocok dengan hash-nya")
        return whole

    def _read(self, seq: int, body: str, hash_: bytes, whole: bool, value: Json) -> None:
        try:
            entry = Entry.of_body(value or chain.parse_canonical(body), seq, hash_.hex())
        except NewerVersion as newer:
            if whole:
                raise
            self._unreadable(seq, newer.message)
        except (Damaged, RecursionError) as error:
            self._unreadable(seq, error.message if isinstance(error, Damaged) else "Isi terlalu dalam.")
        else:
            self._count(entry, hash_)
            self._apply(entry)

    def _unreadable(self, seq: int, why: str) -> None:
        self.chain.add(f"entri {seq}: {why}")
        self.apply.add(f"berhenti di entri {seq}")

    def _count(self, entry: Entry, hash_: bytes) -> None:
        if entry.kind is Kind.SEAL:
            self.seal_hashes[entry.seq] = hash_
            self.after_seal = self.tail = 0
        else:
            self.after_seal += 1
            self.tail += entry.kind not in NEUTRAL
        try:
            self._watch(entry)
        except (ValueError, TypeError):
            self.chain.add(f"waktu entri {entry.seq} tidak terbaca")

    def _watch(self, entry: Entry) -> None:
        at, before = entry.stamp.at, self._at
        moment = datetime.fromisoformat(at)
        # Times of one zone are in order where their texts are, which is much faster to see.
        if before and (at < before or at[_ZONE] != before[_ZONE]):
            back = datetime.fromisoformat(before) - moment
            if back > timedelta():
                self.steps_back.append((entry.seq, round(back.total_seconds())))
        self._at = at

    def _apply(self, entry: Entry) -> None:
        if self.apply.count:
            return
        try:
            apply(self.state, entry)
        except Damaged as error:
            self.apply.add(error.message.rstrip("."))
            return
        if entry.kind in ABOUT_SIGNING:
            self.signing.append(entry)


def _portions(cursor: Iterable[_Row]) -> Iterator[list[_Row]]:
    """The rows a few at a time, fewer where their bodies are large."""
    portion: list[_Row] = []
    size = 0
    try:
        for row in cursor:
            portion.append(row)
            size += len(row[2]) if isinstance(row[2], str) else 0
            if len(portion) == _ROWS or size > _CHARACTERS:
                yield portion
                portion, size = [], 0
    except UNREADABLE:
        yield portion
        raise
    yield portion


def _parsed(rows: list[_Row]) -> Sequence[Json]:
    """The bodies' values; None for each where one is not canonical, so that each is judged by itself."""
    try:
        return chain.parse_objects([row[2] for row in rows])
    except (Damaged, TypeError, RecursionError):
        return [None] * len(rows)
