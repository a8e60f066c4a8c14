"""The journal as a list: what each entry did in a few words, and the filter over it (UX.md, F8)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, NamedTuple

from pleno.domain.contest import Contest, Row
from pleno.domain.entry import Entry, Kind, Reason
from pleno.domain.errors import PlenoError
from pleno.domain.figures import shown, source_label
from pleno.domain.sentences import Names, sentence
from pleno.domain.state import Desa, Person, Tps
from pleno.tui.jump import row_of_code

KINDS: Final = {
    Kind.WORKSPACE_CREATED: "ruang kerja",
    Kind.PERSON_CHANGED: "petugas",
    Kind.KEHADIRAN_NOTED: "kehadiran",
    Kind.MEETING_OPENED: "rapat",
    Kind.MEETING_SUSPENDED: "rapat",
    Kind.MEETING_RESUMED: "rapat",
    Kind.MEETING_CLOSED: "rapat",
    Kind.FILE_IMPORTED: "impor",
    Kind.FILE_REFUSED: "impor ditolak",
    Kind.READING_SAVED: "bacaan",
    Kind.RECOUNT_RECORDED: "hitung ulang",
    Kind.PEMBETULAN_PROPOSED: "pembetulan",
    Kind.PEMBETULAN_CONFIRMED: "pembetulan",
    Kind.PEMBETULAN_REJECTED: "pembetulan",
    Kind.PEMBETULAN_WITHDRAWN: "pembetulan",
    Kind.SAKSI_ANSWERED: "jawaban",
    Kind.FINDING_EXPLAINED: "penjelasan",
    Kind.TPS_READ_BACK: "pengesahan",
    Kind.TPS_REOPENED: "buka kembali",
    Kind.SEAL: "segel",
    Kind.SEAL_READ_BACK: "segel",
    Kind.EXPORT: "ekspor",
    Kind.SHEET_VOIDED: "lembar batal",
    Kind.APP_OPEN: "program",
    Kind.APP_CLOSE: "program",
    Kind.DB_RECOVERED: "program",
}
"""The column jenis; several kinds of one matter share a word."""

_ANSWERED: Final = {
    Kind.PEMBETULAN_PROPOSED: "diusulkan",
    Kind.PEMBETULAN_CONFIRMED: "disetujui",
    Kind.PEMBETULAN_REJECTED: "ditolak",
    Kind.PEMBETULAN_WITHDRAWN: "dibatalkan",
}


class Place(NamedTuple):
    """How the places of a workspace are called in the list."""

    contests: Mapping[str, Contest]
    desa: Mapping[str, Desa]
    tps: Mapping[str, Tps]


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One entry as the list shows it."""

    seq: int
    at: str
    """ISO 8601 with offset."""
    actor: str
    """Id."""
    kind: str
    place: str
    content: str


def journal_line(entry: Entry, places: Place, names: Names) -> JournalLine:
    """One line of the list."""
    return JournalLine(
        entry.seq, entry.stamp.at, entry.actor.id, KINDS[entry.kind], _place(entry, places), _content(entry, names)
    )


def _place(entry: Entry, places: Place) -> str:
    """ "004 V.B Aren Hulu", "004 plano Aren Hulu", "23 TPS"."""
    touched = {change.tps for change in entry.changes} if entry.tps is None else {entry.tps}
    if len(touched) != 1:
        return f"{len(touched)} TPS" if touched else ""
    code = touched.pop()
    tps = places.tps.get(code)
    if tps is None:
        return code
    row = row_of(entry, places.contests) if len(entry.changes) == 1 else None
    what = row.code if row else source_label(entry.source).lower() if entry.source else ""
    return " ".join(filter(None, (f"{tps.number:03}", what, places.desa[tps.desa].name.title())))


def row_of(entry: Entry, contests: Mapping[str, Contest]) -> Row | None:
    """The form row of the first change of an entry."""
    if not entry.changes:
        return None
    change = entry.changes[0]
    contest = contests.get(change.contest or entry.contest or "")
    return contest.by_name.get(change.row) if contest else None


def _content(entry: Entry, names: Names) -> str:
    """What it did, in the few words a line has; the sentence where there are no figures."""
    if not entry.changes:
        return sentence(entry, names)
    words = []
    if len(entry.changes) == 1:
        change = entry.changes[0]
        words.append(f"{shown(change.before)} -> {shown(change.after)}")
    else:
        words.append(f"{len(entry.changes)} {'angka' if entry.kind is Kind.FILE_IMPORTED else 'baris'}")
        changed = sum(one.before is not None and one.before != one.after for one in entry.changes)
        words += [f"{changed} berubah"] * bool(changed)
    if entry.kind is Kind.FILE_IMPORTED:
        words.append(f"{source_label(entry.source or '')} dari {entry.data['nama']}")
    accepted = entry.data.get("samakan") or ()
    words += [f"{len(accepted)} lewat ="] * bool(accepted)
    words += [Reason(entry.reason).words] if entry.reason else []
    words += [_ANSWERED[entry.kind]] if entry.kind in _ANSWERED else []
    words += [f"membatalkan #{entry.refers}"] * ("batal" in entry.data)
    words += [f"mengulangi #{entry.data.get('ulang')}"] * ("ulang" in entry.data)
    words += [entry.note] if entry.note else []
    return ", ".join(words)


# --- the filter ------------------------------------------------------------------------------------


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


# --- one entry ---------------------------------------------------------------------------------------


class Detail(NamedTuple):
    """One entry in full."""

    title: str
    sentence: str
    facts: tuple[tuple[str, str], ...]
    """Heading and text."""
    changes: tuple[str, ...]


def entry_detail(entry: Entry, places: Place, names: Names) -> Detail:
    """Everything an entry says, its sentence first and every figure below."""
    stamp = entry.stamp
    facts = [
        ("sidik", entry.hash),
        ("waktu", f"{stamp.at}  mesin {stamp.boot}  sesi {stamp.sess}  pleno {stamp.app}"),
        ("pelaku", f"{entry.actor.id} ({entry.actor.role})"),
        ("kontes", entry.contest or ""),
        ("alasan", Reason(entry.reason).words if entry.reason else ""),
        ("catatan", entry.note or ""),
        ("saksi", ", ".join(names.people.get(one, one) for one in entry.witness)),
        ("acuan", f"#{entry.refers}" if entry.refers else ""),
        ("sidik berkas", entry.src_sha256 or ""),
    ]
    changes = tuple(
        f"{names.tps.get(change.tps, change.tps)}  {_code(entry, place, places)}  "
        f"{shown(change.before)} -> {shown(change.after)}"
        for place, change in enumerate(entry.changes)
    )
    title = f"#{entry.seq}  {KINDS[entry.kind]}  {datetime.fromisoformat(stamp.at):%d-%m-%Y %H:%M:%S}"
    return Detail(title, sentence(entry, names), tuple(fact for fact in facts if fact[1]), changes)


def _code(entry: Entry, place: int, places: Place) -> str:
    row = row_of(entry._replace(changes=entry.changes[place : place + 1]), places.contests)
    return row.code if row else entry.changes[place].row
