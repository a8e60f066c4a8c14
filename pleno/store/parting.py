"""Where two journals part (TRUST.md, B06): the entries they share, and what each has of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from pleno.domain.chain import parse_canonical
from pleno.domain.entry import Entry
from pleno.domain.errors import Damaged
from pleno.store.evidence import UNREADABLE, open_copy, private_copy, why


class Parting(NamedTuple):
    """Two journals side by side."""

    common: int
    """Entries that both begin with; 0 for two workspaces that never were one."""
    left: int
    """Entries of the first."""
    right: int
    """Entries of the second."""

    @property
    def forked(self) -> bool:
        """Both went on apart after the common entries."""
        return self.common < min(self.left, self.right)


def part(left: Path, right: Path) -> Parting:
    """Compare the journals of two databases entry by entry; neither is touched.

    PlenoError when one of them cannot be read or is in use.
    """
    with private_copy(left) as first, private_copy(right) as second:
        one, other = open_copy(first), open_copy(second)
        try:
            return _part(_links(one, left), _links(other, right))
        finally:
            one.close()
            other.close()


def entry_at(path: Path, seq: int) -> Entry:
    """One entry of a database that nobody has opened; it is not touched. Damaged when it cannot be read."""
    with private_copy(path) as copy:
        connection = open_copy(copy)
        try:
            rows = connection.execute("SELECT body, hash FROM journal WHERE seq = ?", (seq,)).fetchall()
        except UNREADABLE as error:
            raise Damaged("Jejak rusak", f"Jejak {path.name} tidak terbaca ({why(error)}).", "") from error
        finally:
            connection.close()
    for body, hash_ in rows:
        return Entry.of_body(parse_canonical(body), seq, hash_.hex())
    raise Damaged("Jejak rusak", f"Entri {seq} tidak ada di {path.name}.", "Periksa dengan `pleno verifikasi`.")


def holds(path: Path, seq: int, hash_: str) -> bool:
    """Whether a database that nobody has opened holds this entry, or a restore that knew it would be left behind."""
    abandoned = f'"kepala":"{hash_}"'
    with private_copy(path) as copy:
        connection = open_copy(copy)
        try:
            here = connection.execute("SELECT hash FROM journal WHERE seq = ?", (seq,)).fetchall()
            if here == [(bytes.fromhex(hash_),)]:
                return True
            return bool(connection.execute("SELECT 1 FROM journal WHERE instr(body, ?) > 0", (abandoned,)).fetchone())
        except UNREADABLE as error:
            raise Damaged("Jejak rusak", f"Jejak {path.name} tidak terbaca ({why(error)}).", "") from error
        finally:
            connection.close()


def _part(left: Iterator[Any], right: Iterator[Any]) -> Parting:
    common = first = second = 0
    for one, other in zip_longest(left, right):
        first += one is not None
        second += other is not None
        # The hash of an entry covers all before it, so equal hashes at one place mean one past.
        common += one is not None and one == other
    return Parting(common, first, second)


def _links(connection: sqlite3.Connection, path: Path) -> Iterator[Any]:
    try:
        for (hash_,) in connection.execute("SELECT hash FROM journal ORDER BY seq"):
            yield hash_
    except UNREADABLE as error:
        raise Damaged(
            "Jejak rusak", f"Jejak {path.name} tidak terbaca ({why(error)}).", "Pakai salinan lain."
        ) from error
