"""Reading the journal a part at a time: lines, a search, the chain, and since when a figure stands.

Nothing here holds more than a few hundred entries, however long the journal is; what takes long
goes in steps between which the screen stays awake.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from pleno.domain.chain import genesis_hash, link
from pleno.domain.contest import Contest
from pleno.domain.entry import Entry
from pleno.domain.errors import PlenoError
from pleno.domain.sentences import Names
from pleno.domain.state import Person, Reading
from pleno.service.session import Session
from pleno.tui.journal_sieve import JournalSieve, Vocabulary
from pleno.tui.journal_view import Detail, JournalLine, Place, entry_detail, journal_line

_STEP: Final = 200
"""Most entries of one step of a list, a search or the chain."""
_BACK: Final = 400
"""How far back the change of one figure is looked for."""
_KEPT: Final = 8
_FIGURES: Final = 3_000
"""Figures after which a step ends: one entry of an import is as long as hundreds of others."""
_CHARACTERS: Final = 2**20
"""Of canonical text, after which a step along the chain ends."""


class JournalReader:
    """The journal of an open workspace, read only."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._seen: dict[int, Entry] = {}
        self._names: tuple[int, Names] | None = None
        self._checked = 0
        self._link = genesis_hash(session.store.genesis)
        self.broken = 0
        """First entry whose link does not fit; 0 while none is known."""

    @property
    def head(self) -> int:
        """Number of the newest entry."""
        return self._session.store.head().seq

    @property
    def checked(self) -> int:
        """Entries whose chain was found whole."""
        return self._checked

    def vocabulary(self, contest: Contest) -> Vocabulary:
        """What the words of a filter may mean."""
        return Vocabulary(contest, self._places(), list(self._session.state.all(Person)))

    def _places(self) -> Place:
        return Place(self._session.contests, self._session.desa, self._session.roster)

    def lines(self, first: int, last: int) -> list[JournalLine]:
        """The lines of some entries, as many as one step affords, the newest before the others.

        At least one, if there is one. Damaged where one cannot be read.
        """
        places, names = self._places(), self._past_names()
        return [journal_line(entry, places, names) for entry in self._a_step(last + 1, first)]

    def _a_step(self, before: int, first: int = 1) -> Iterator[Entry]:
        """The newest entries from `first` to below `before`, newest first: no more than keys can wait for."""
        figures = 0
        for entry in islice(self._session.store.newest_first(before, first), _STEP):
            yield entry
            figures += len(entry.changes)
            if figures >= _FIGURES:
                return

    def search(self, sieve: JournalSieve, before: int) -> tuple[list[JournalLine], int]:
        """One step of a search backwards: the lines of what the sieve keeps, newest first, and the next `before`.

        That is 0 once the whole journal was searched.
        """
        places, names = self._places(), self._past_names()
        found: list[JournalLine] = []
        reached = 1
        for entry in self._a_step(before):
            reached = entry.seq
            if sieve.keeps(entry):
                found.append(journal_line(entry, places, names))
        return found, reached if reached > 1 else 0

    def detail(self, seq: int) -> Detail:
        """One entry in full. PlenoError when there is none of that number."""
        return entry_detail(self.entry(seq), self._places(), self._past_names())

    def _past_names(self) -> Names:
        """What people were called at each entry; looked up anew only when the journal grew."""
        head = self.head
        if self._names is None or self._names[0] != head:
            self._names = (head, self._session.names(past=True))
        return self._names[1]

    def entry(self, seq: int) -> Entry:
        """One entry. PlenoError when there is none of that number."""
        if seq not in self._seen:
            found = next(self._session.store.entries(seq, seq), None)
            if found is None:
                raise PlenoError("Entri tidak ada", f"#{seq} tidak ada; jejak berisi #1-{self.head}.")
            while len(self._seen) >= _KEPT:
                del self._seen[next(iter(self._seen))]
            self._seen[seq] = found
        return self._seen[seq]

    def check_on(self) -> bool:
        """Check the chain of the next entries; whether more are left."""
        head = self.head
        if self.broken or self._checked >= head:
            return False
        characters = 0
        try:
            for seq, hash_, text in self._session.store.texts(self._checked + 1, min(self._checked + _STEP, head)):
                self._link = link(self._link, seq, text)
                if (seq, hash_) != (self._checked + 1, self._link):
                    raise PlenoError("Jejak rusak", f"Entri {seq} tidak menyambung.")
                self._checked = seq
                characters += len(text)
                if characters >= _CHARACTERS:
                    break
        except PlenoError:
            self.broken = self._checked + 1
        return not self.broken and self._checked < head

    def change_of(self, reading: Reading, row: str) -> Entry | None:
        """The entry that gave a reading the figure it holds in a row; None where it lies far back."""
        newest = self.entry(reading.seq) if reading.seq else None
        if newest is None or _changes(newest, reading, row):
            return newest
        older = self._session.store.newest_first(reading.seq, reading.seq - _BACK)
        return next((entry for entry in older if _changes(entry, reading, row)), None)


def _changes(entry: Entry, reading: Reading, row: str) -> bool:
    """Whether an entry brought this row to this reading."""
    return (entry.source or reading.source) == reading.source and any(
        (change.tps, change.row, change.contest or entry.contest) == (reading.tps, row, reading.contest)
        for change in entry.changes
    )
