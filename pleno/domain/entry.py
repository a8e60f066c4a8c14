"""One act of the pleno, as the journal keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from operator import itemgetter
from types import MappingProxyType
from typing import Final, NamedTuple

from pleno.domain.chain import Json
from pleno.domain.errors import Damaged, NewerVersion
from pleno.domain.figures import Figure, Source, from_json, to_json

ENTRY_VERSION: Final = 1


class Role(StrEnum):
    """What a person at the table may do (TRUST.md section 7)."""

    OPERATOR = "operator"
    PPK = "ppk"
    KETUA = "ketua"
    TAMU = "tamu"


class Actor(NamedTuple):
    """Who did it."""

    id: str
    role: Role


class Stamp(NamedTuple):
    """When and where an entry was made; order never depends on it."""

    at: str
    """ISO 8601 with offset, milliseconds: "2024-11-30T21:14:07.412+08:00"."""
    mono: int
    """Microseconds of the machine's monotonic clock."""
    boot: str
    """Changes when the machine starts anew."""
    sess: str
    """Changes when the program starts anew."""
    app: str
    """Version of pleno."""


class Change(NamedTuple):
    """One cell: from what to what."""

    tps: str
    row: str
    before: Figure
    after: Figure
    contest: str | None = None
    """Only where the entry itself covers several contests."""


_CHANGE: Final = Change._make
"""Looked up once: a replay makes hundreds of thousands."""


class Kind(StrEnum):
    """The kinds of entry; the names are fixed (TRUST.md section 4, TERMS.md "Entries")."""

    WORKSPACE_CREATED = "workspace.created"
    PERSON_CHANGED = "person.changed"
    KEHADIRAN_NOTED = "kehadiran.noted"
    MEETING_OPENED = "meeting.opened"
    MEETING_SUSPENDED = "meeting.suspended"
    MEETING_RESUMED = "meeting.resumed"
    MEETING_CLOSED = "meeting.closed"
    FILE_IMPORTED = "file.imported"
    FILE_REFUSED = "file.refused"
    READING_SAVED = "reading.saved"
    RECOUNT_RECORDED = "recount.recorded"
    PEMBETULAN_PROPOSED = "pembetulan.proposed"
    PEMBETULAN_CONFIRMED = "pembetulan.confirmed"
    PEMBETULAN_REJECTED = "pembetulan.rejected"
    PEMBETULAN_WITHDRAWN = "pembetulan.withdrawn"
    SAKSI_ANSWERED = "saksi.answered"
    KOTAK_OPENED = "kotak.opened"
    KEBERATAN_NOTED = "keberatan.noted"
    FINDING_EXPLAINED = "finding.explained"
    TPS_READ_BACK = "tps.read_back"
    TPS_REOPENED = "tps.reopened"
    SEAL = "seal"
    SEAL_READ_BACK = "seal.read_back"
    EXPORT = "export"
    EXPORT_SIGNED = "export.signed"
    SIGNING_REFUSED = "signing.refused"
    KEY_CREATED = "key.created"
    KEY_ROTATED = "key.rotated"
    SHEET_VOIDED = "sheet.voided"
    BACKUP = "backup"
    RESTORE = "restore"
    PHOTO_LINKED = "photo.linked"
    SETTING_CHANGED = "setting.changed"
    APP_OPEN = "app.open"
    APP_CLOSE = "app.close"
    DB_RECOVERED = "db.recovered"
    SCHEMA_MIGRATED = "schema.migrated"
    DEVICE_CHANGED = "device.changed"
    CLOCK_JUMP = "clock.jump"
    CLOCK_CONFIRMED = "clock.confirmed"
    BALLAST_FREED = "ballast.freed"
    PIN_SET = "pin.set"
    SESSION_LOGIN = "session.login"
    SESSION_FAIL = "session.fail"
    SESSION_LOCK = "session.lock"


_KINDS: Final = {kind.value: kind for kind in Kind}
_ROLES: Final = {role.value: role for role in Role}
_STAMPED: Final = itemgetter(*Stamp._fields)

NEUTRAL: Final = frozenset(
    {
        Kind.SEAL_READ_BACK, Kind.EXPORT, Kind.EXPORT_SIGNED, Kind.FILE_REFUSED,
        Kind.APP_OPEN, Kind.APP_CLOSE, Kind.DB_RECOVERED, Kind.SCHEMA_MIGRATED, Kind.DEVICE_CHANGED,
        Kind.CLOCK_JUMP, Kind.CLOCK_CONFIRMED,
        Kind.SESSION_LOGIN, Kind.SESSION_FAIL, Kind.SESSION_LOCK, Kind.BACKUP, Kind.BALLAST_FREED,
    }
)  # fmt: skip
"""Kinds that may follow the last seal without making a tail (TRUST.md section 5)."""


class Entry(NamedTuple):
    """One act: who, what, where, why, and every figure it changed."""

    kind: Kind
    actor: Actor
    stamp: Stamp
    contest: str | None = None
    tps: str | None = None
    source: Source | None = None
    changes: tuple[Change, ...] = ()
    """Where `tps` is set, every change is of that TPS."""
    reason: str | None = None
    """A reason code (Reason) or, where none applies, None."""
    note: str | None = None
    witness: tuple[str, ...] = ()
    """Ids of saksi and Panwaslu present."""
    refers: int | None = None
    """Number of the entry this one answers."""
    src_sha256: str | None = None
    data: Mapping[str, Json] = MappingProxyType({})
    """What only this kind carries; apply.py says which keys."""
    seq: int = 0
    """Its number in the journal; 0 until it is appended."""
    hash: str = ""
    """Its link in the chain, hex; empty until it is appended."""

    def numbered(self, seq: int, hash_: str) -> Entry:
        return self._replace(seq=seq, hash=hash_)

    def body(self) -> dict[str, Json]:
        """What is stored and hashed, as canonical JSON's value."""
        body: dict[str, Json] = {
            "v": ENTRY_VERSION,
            "kind": self.kind.value,
            "actor": _person(self.actor),
            **self.stamp._asdict(),
        }
        optional: dict[str, Json] = {
            "contest": self.contest,
            "tps": self.tps,
            "source": self.source,
            "changes": [self._change(change) for change in self.changes],
            "reason": self.reason,
            "note": self.note,
            "witness": list(self.witness),
            "refers": self.refers,
            "src_sha256": self.src_sha256,
            "data": dict(self.data),
        }
        body.update((key, value) for key, value in optional.items() if value not in (None, [], {}))
        return body

    def _change(self, change: Change) -> list[Json]:
        cell: list[Json] = [change.row, to_json(change.before), to_json(change.after)]
        if self.tps is None:
            cell.insert(0, change.tps)
        if change.contest is not None:
            cell.append(change.contest)
        return cell

    @classmethod
    def of_body(cls, body: Json, seq: int, hash_: str) -> Entry:
        """The entry a stored body is.

        Raises NewerVersion for a kind or version this program does not know, Damaged for anything else.
        """
        try:
            get = body.get
            if body["v"] > ENTRY_VERSION:
                raise NewerVersion("Versi lebih baru", f"Entri {seq} ditulis oleh pleno {body['app']}.")
            kind = _KINDS.get(body["kind"])
            if kind is None:
                raise NewerVersion("Versi lebih baru", f'Entri {seq} berjenis "{body["kind"]}" yang belum dikenal.')
            actor, tps = body["actor"], get("tps")
            return cls(
                kind,
                _actor(actor["id"], actor["role"]),
                Stamp._make(_STAMPED(body)),
                get("contest"),
                tps,
                get("source"),
                _read_changes(get("changes", ()), tps),
                get("reason"),
                get("note"),
                tuple(get("witness", ())),
                get("refers"),
                get("src_sha256"),
                get("data", {}),
                seq,
                hash_,
            )
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            raise Damaged("Jejak rusak", f"Isi entri {seq} tidak dapat dibaca.") from error


def _person(actor: Actor) -> dict[str, Json]:
    return {"id": actor.id, "role": actor.role.value}


@lru_cache(256, typed=True)
def _actor(person: str, role: str) -> Actor:
    """Few people write all entries of a journal."""
    return Actor(person, _ROLES[role])


def _read_changes(cells: list[Json], tps: str | None) -> tuple[Change, ...]:
    if tps is not None:
        return tuple(
            [
                _CHANGE((tps, row, None if before is None else from_json(before), from_json(after), None))
                for row, before, after in cells
            ]
        )
    return tuple(
        [
            Change(where, row, from_json(before), from_json(after), *contest)
            for where, row, before, after, *contest in cells
        ]
    )


class Reason(StrEnum):
    """Why a figure is corrected (DOMAIN.md section 8, point 5)."""

    SALAH_BACA_SIREKAP = "SALAH_BACA_SIREKAP"
    SALAH_JUMLAH = "SALAH_JUMLAH"
    SALAH_TULIS = "SALAH_TULIS"
    HITUNG_ULANG = "HITUNG_ULANG"
    REKOM_PANWASLU = "REKOM_PANWASLU"
    LAIN = "LAIN"

    @property
    def words(self) -> str:
        return _REASON_WORDS[self]


_REASON_WORDS: Final = {
    Reason.SALAH_BACA_SIREKAP: "salah baca Sirekap",
    Reason.SALAH_JUMLAH: "salah jumlah",
    Reason.SALAH_TULIS: "salah tulis",
    Reason.HITUNG_ULANG: "hitung ulang",
    Reason.REKOM_PANWASLU: "rekomendasi Panwaslu",
    Reason.LAIN: "lain",
}
