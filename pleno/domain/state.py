"""The records a workspace consists of, and the shape of the place that keeps them.

The same records live in memory while a journal is replayed and in the store's tables
while a pleno goes on; `apply` (apply.py) is the only code that puts or drops one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol, TypeVar

from pleno.domain.answer import Absence as Absence
from pleno.domain.answer import Answer as Answer
from pleno.domain.box import Kotak
from pleno.domain.chain import Json
from pleno.domain.entry import Role
from pleno.domain.figures import Figure, Source
from pleno.domain.keberatan import Keberatan, Nihil
from pleno.domain.photo import Photo
from pleno.domain.pin import Pin
from pleno.domain.record import Record as Record
from pleno.domain.record import TpsRecord as TpsRecord
from pleno.domain.setting import Setting


class PlenoState(StrEnum):
    """Where the meeting stands (TERMS.md, "States")."""

    PERSIAPAN = "persiapan"
    DIBUKA = "dibuka"
    DISKORS = "diskors"
    DITUTUP = "ditutup"


class SheetStatus(StrEnum):
    """What an exported sheet is worth."""

    KONSEP = "KONSEP"
    DITETAPKAN = "DITETAPKAN"
    DITANDATANGANI = "DITANDATANGANI"
    BATAL = "BATAL"


class PembetulanKind(StrEnum):
    """What a pembetulan changes: an aid that misread the paper, or the paper itself."""

    SIREKAP = "sirekap"
    FORMULIR = "formulir"


class PembetulanState(StrEnum):
    MENUNGGU = "menunggu"
    DISETUJUI = "disetujui"
    DITOLAK = "ditolak"
    DIBATALKAN = "dibatalkan"


@dataclass(frozen=True, slots=True)
class Meeting(Record):
    """The workspace itself; there is one."""

    KEY = ("kecamatan",)
    kecamatan: str
    """KPU code, 6 digits."""
    state: PlenoState
    practice: bool
    names: Mapping[str, Json] = field(default_factory=dict)
    """provinsi, kabkota, kecamatan as printed."""


@dataclass(frozen=True, slots=True)
class Desa(Record):
    KEY = ("code",)
    code: str
    """KPU code, 10 digits."""
    name: str


@dataclass(frozen=True, slots=True)
class Tps(Record):
    KEY = ("code",)
    code: str
    """13 digits: desa and 3-digit number."""
    desa: str
    number: int
    """Not contiguous: 901 and up are special TPS."""
    kind: str = "biasa"
    """biasa, khusus, psu."""
    dpt_l: int | None = None
    dpt_p: int | None = None
    dpt_j: int | None = None
    """DPT by the voter list, where it was given."""
    contests: tuple[str, ...] = ()
    """Profiles read here; empty = all."""


@dataclass(frozen=True, slots=True)
class ContestChoice(Record):
    """A choice of a contest of this workspace."""

    KEY = ("contest", "partai", "number")
    contest: str
    number: int
    name: str
    sirekap_id: str | None = None
    is_kolom_kosong: bool = False
    partai: int = 0
    """Party of a candidate on a list; 0 = a contestant of its own."""


@dataclass(frozen=True, slots=True)
class Person(Record):
    """Somebody who acts: operator, PPK member."""

    KEY = ("id",)
    id: str
    name: str
    role: Role


PPK: Final = "ppk"
"""Whom an officer on the attendance list stands for."""


@dataclass(frozen=True, slots=True)
class Kehadiran(Record):
    """Somebody on the attendance list: a saksi, the Panwaslu, or (under the id of pleno.toml) an officer."""

    KEY = ("id",)
    id: str
    name: str
    stands_for: str
    """ "panwaslu", PPK, or the number of the choice that mandated the saksi, as text."""
    mandate: str
    """Number of the surat mandat, empty if none."""
    present: bool

    @property
    def is_guest(self) -> bool:
        """A saksi or the Panwaslu; the others are officers, who only sign the attendance list."""
        return self.stands_for != PPK


@dataclass(frozen=True, slots=True)
class Reading(TpsRecord):
    """The whole paper of one TPS x contest as one source gives it."""

    KEY = ("tps", "contest", "source")
    source: Source
    figures: Mapping[str, Figure]
    """Canonical row name to figure; a row that is missing was not read."""
    waiting: frozenset[str] = frozenset()
    """Plano rows that a file brought and nobody has read aloud yet."""
    rivals: Mapping[str, Figure] = field(default_factory=dict)
    """Figures a file brought against what stands: differences to settle, never taken."""
    writers: frozenset[str] = frozenset()
    """Ids of the people who typed figures of this paper at the table."""
    ts: str | None = None
    """Time of the newest Sirekap object in it."""
    seq: int = 0
    """The entry that set it last."""


@dataclass(frozen=True, slots=True)
class Pembetulan(TpsRecord):
    KEY = ("seq",)
    seq: int
    """Number of the entry that proposed it; people call it by this number."""
    row: str
    kind: PembetulanKind
    source: Source
    """Whose figure was wrong: an aid for kind sirekap, the plano for kind formulir."""
    before: Figure
    after: Figure
    reason: str
    note: str
    proposer: str
    witness: tuple[str, ...]
    state: PembetulanState
    confirmer: str | None = None
    answered: int | None = None
    """Number of the entry that confirmed, rejected or withdrew it."""


@dataclass(frozen=True, slots=True)
class Explanation(TpsRecord):
    """A broken hard rule resolved in writing because the paper is as it is."""

    KEY = ("tps", "contest", "rule", "numbers")
    rule: str
    numbers: str
    """The substituted formula that was explained; other numbers need another explanation."""
    note: str
    by: str
    seq: int


@dataclass(frozen=True, slots=True)
class Settlement(TpsRecord):
    """A TPS x contest that is SAH."""

    KEY = ("tps", "contest")
    reader: str | None
    """Who read waiting figures aloud."""
    by: str
    seq: int


@dataclass(frozen=True, slots=True)
class Seal(Record):
    KEY = ("number",)
    number: int
    seq: int
    """Number of the seal entry itself; its hash makes the words."""
    angka_saksi: str
    read_back: int | None = None
    """Number of the entry in which a PPK member typed the word back from paper."""


@dataclass(frozen=True, slots=True)
class Sheet(Record):
    """One exported set."""

    KEY = ("number",)
    number: int
    contest: str
    folder: str
    manifest_sha256: str
    status: SheetStatus
    replaces: int | None
    seq: int


@dataclass(frozen=True, slots=True)
class File(Record):
    """A file that was imported, once per source and contest.

    Its name belongs to it: a Sirekap object says its TPS by its name alone, and two TPS may have equal objects.
    So does the contest: a csv that was imported for the wrong one may still be imported for the right one.
    """

    KEY = ("sha256", "source", "name", "contest")
    sha256: str
    source: Source
    name: str
    contest: str
    format: str
    seq: int


RECORDS: tuple[type[Record], ...] = (
    Meeting, Desa, Tps, ContestChoice, Person, Kehadiran, Reading, Pembetulan, Answer,
    Explanation, Settlement, Keberatan, Nihil, Seal, Sheet, File, Pin, Photo, Setting, Kotak, Absence,
)  # fmt: skip

TPS_RECORDS: tuple[type[TpsRecord], ...] = (
    Reading, Pembetulan, Answer, Absence, Explanation, Settlement, Nihil, Kotak,
)  # fmt: skip
"""What leaves with its paper when a TPS votes anew; a keberatan stays on its sheet."""

R = TypeVar("R", bound=Record)
T = TypeVar("T", bound=TpsRecord)


class State(Protocol):
    """Where records are kept: memory for a replay, tables for a pleno."""

    def get(self, kind: type[R], *key: str | int) -> R | None: ...

    def all(self, kind: type[R]) -> Iterator[R]:
        """Every record of a kind, ordered by key."""
        ...

    def of_tps(self, kind: type[T], tps: str, contest: str) -> Iterator[T]:
        """The records of one TPS x contest, ordered by key."""
        ...

    def of_contest(self, kind: type[T], contest: str) -> Iterator[T]:
        """The records of all TPS of one contest, ordered by key."""
        ...

    def put(self, record: Record) -> None: ...

    def drop(self, record: Record) -> None: ...


class MemoryState:
    """State while a journal is replayed."""

    def __init__(self) -> None:
        self._kept: dict[type[Record], dict[tuple[str | int, ...], Record]] = {kind: {} for kind in RECORDS}

    def get(self, kind: type[R], *key: str | int) -> R | None:
        return self._kept[kind].get(key)  # type: ignore[return-value]  # filed under its own type

    def all(self, kind: type[R]) -> Iterator[R]:
        kept = self._kept[kind]
        return (kept[key] for key in sorted(kept))  # type: ignore[misc]  # filed under its own type

    def of_tps(self, kind: type[T], tps: str, contest: str) -> Iterator[T]:
        return (record for record in self.all(kind) if (record.tps, record.contest) == (tps, contest))

    def of_contest(self, kind: type[T], contest: str) -> Iterator[T]:
        return (record for record in self.all(kind) if record.contest == contest)

    def put(self, record: Record) -> None:
        self._kept[type(record)][record.key()] = record

    def drop(self, record: Record) -> None:
        self._kept[type(record)].pop(record.key(), None)
