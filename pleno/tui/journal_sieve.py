"""The filter over the journal: words in any order, for desa, TPS, baris, pelaku, jenis and waktu (UX.md, F8)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from pleno.domain.contest import Contest, Row
from pleno.domain.entry import Entry, Kind
from pleno.domain.errors import PlenoError
from pleno.domain.state import Person, Tps
from pleno.tui.journal_view import KINDS, Place
from pleno.tui.jump import row_of_code


@dataclass(frozen=True, slots=True)
class JournalSieve:
    """Which entries are shown; empty parts ask nothing."""

    words: str = ""
    """As the person wrote it; what line 3 shows."""
    tps: frozenset[str] | None = None
    """Codes, from desa and number together."""
    rows: frozenset[str] = frozenset()
    """Canonical names."""
    actors: frozenset[str] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    since: str = ""
    """First moment of the day, "14:30", or a date "2024-11-30"."""
    until: str = ""
    """Last moment, likewise; every time that begins so still counts."""

    @property
    def is_empty(self) -> bool:
        return not self.words

    def keeps(self, entry: Entry) -> bool:
        """Whether an entry is shown."""
        if self.kinds and entry.kind not in self.kinds:
            return False
        if self.actors and entry.actor.id not in self.actors:
            return False
        if self.since and not self._in_time(entry.stamp.at):
            return False
        return (self.tps is None and not self.rows) or self._touches(entry)

    def _in_time(self, at: str) -> bool:
        moment = at[:10] if "-" in self.since else at[11:16]
        return self.since <= moment <= self.until

    def _touches(self, entry: Entry) -> bool:
        """Whether one change is of the wanted TPS and row at once; without changes the entry's own TPS decides."""
        if not entry.changes:
            return not self.rows and entry.tps is not None and (self.tps is None or entry.tps in self.tps)
        return any(
            (self.tps is None or change.tps in self.tps) and (not self.rows or change.row in self.rows)
            for change in entry.changes
        )


def sieve_of_row(tps: Tps, desa: str, row: Row) -> JournalSieve:
    """The entries of one row of one TPS; `desa`: its name."""
    words = f"{desa.title()} {tps.number:03} {row.code}"
    return JournalSieve(words, frozenset({tps.code}), frozenset({row.name}))


_NUMBER: Final = re.compile("[0-9]{1,3}")
_TIME: Final = re.compile("([0-2]?[0-9]):([0-5][0-9])?(?:-([0-2]?[0-9]):([0-5][0-9])?)?")
_DATE: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
ADVICE: Final = (
    "Contoh: aren hulu 004   va   pembetulan   op1   14:00-15:30   #233. Beberapa sekaligus boleh; kosong = semua."
)
"""What the question for a filter says below the line."""


class Vocabulary(NamedTuple):
    """What the words of a filter may mean in a workspace."""

    contest: Contest
    places: Place
    people: Sequence[Person]


def sieve_of(text: str, known: Vocabulary) -> JournalSieve:
    """The filter of words in any order: desa, TPS, baris, pelaku, jenis, waktu; "tps:4" says which is meant.

    PlenoError names the word that means nothing here.
    """
    sieve = JournalSieve(" ".join(text.split()))
    desa: list[str] = []
    numbers: list[int] = []
    for word in sieve.words.split(" ") if sieve.words else ():
        part, colon, value = word.partition(":")
        named = part.lower() if colon and part.lower() in _PARTS else ""
        for name in (named,) if named else _PARTS:
            found = _PARTS[name](sieve, value if named else word, known, desa, numbers)
            if found is not None:
                sieve = found
                break
        else:
            raise PlenoError("Saringan tidak dikenal", f'"{word}" bukan desa, TPS, baris, pelaku, jenis atau waktu.',
                             "Misalnya desa:hulu tps:4 baris:va pelaku:op1 jenis:bacaan waktu:14:30.")  # fmt: skip
    if desa or numbers:
        sieve = replace(sieve, tps=_tps(desa, numbers, known.places))
    return sieve


def _tps(desa: Sequence[str], numbers: Sequence[int], places: Place) -> frozenset[str]:
    """Codes of the TPS of these desa and numbers."""
    within = {code for code, one in places.desa.items() if all(word in one.name.lower() for word in desa)}
    found = {one.code for one in places.tps.values() if one.desa in within and (not numbers or one.number in numbers)}
    if not found:
        told = " ".join([*desa, *(f"{number:03}" for number in numbers)])
        raise PlenoError("TPS tidak ditemukan", f'Tidak ada TPS "{told}".', "Tulis nama desa atau nomor lain.")
    return frozenset(found)


_Part = Callable[[JournalSieve, str, Vocabulary, "list[str]", "list[int]"], "JournalSieve | None"]


def _by_number(
    sieve: JournalSieve, word: str, known: Vocabulary, desa: list[str], numbers: list[int]
) -> JournalSieve | None:
    if not _NUMBER.fullmatch(word):
        return None
    numbers.append(int(word))
    return sieve


def _by_time(
    sieve: JournalSieve, word: str, known: Vocabulary, desa: list[str], numbers: list[int]
) -> JournalSieve | None:
    if _DATE.fullmatch(word):
        return replace(sieve, since=word, until=word)
    found = _TIME.fullmatch(word)
    if found is None:
        return None
    hour, minute, last_hour, last_minute = found.groups()
    until = f"{int(last_hour or hour):02}:{(last_minute if last_hour else minute) or '59'}"
    return replace(sieve, since=f"{int(hour):02}:{minute or '00'}", until=until)


def _by_row(
    sieve: JournalSieve, word: str, known: Vocabulary, desa: list[str], numbers: list[int]
) -> JournalSieve | None:
    try:
        row = row_of_code(known.contest, word)
    except PlenoError:
        return None
    return replace(sieve, rows=sieve.rows | {row.name})


def _by_kind(
    sieve: JournalSieve, word: str, known: Vocabulary, desa: list[str], numbers: list[int]
) -> JournalSieve | None:
    found = {kind for kind, name in KINDS.items() if any(part.startswith(word.lower()) for part in name.split())}
    return replace(sieve, kinds=sieve.kinds | found) if found and len(word) > 2 else None


def _by_actor(
    sieve: JournalSieve, word: str, known: Vocabulary, desa: list[str], numbers: list[int]
) -> JournalSieve | None:
    wanted = word.lower()
    exact = {one.id for one in known.people if one.id.lower() == wanted}
    found = exact or {one.id for one in known.people if wanted in one.name.lower().split()}
    return replace(sieve, actors=sieve.actors | found) if found else None


def _by_desa(
    sieve: JournalSieve, word: str, known: Vocabulary, desa: list[str], numbers: list[int]
) -> JournalSieve | None:
    if not any(word.lower() in one.name.lower() for one in known.places.desa.values()):
        return None
    desa.append(word.lower())
    return sieve


_PARTS: Final[dict[str, _Part]] = {
    "tps": _by_number,
    "waktu": _by_time,
    "pelaku": _by_actor,
    "jenis": _by_kind,
    "baris": _by_row,
    "desa": _by_desa,
}
"""What a word may be, tried in this order."""
