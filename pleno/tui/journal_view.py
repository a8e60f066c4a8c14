"""The journal as a list, what each entry did in a few words; and one entry in full (UX.md, F8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from pleno.domain.contest import Contest, Row
from pleno.domain.entry import Entry, Kind, Reason
from pleno.domain.figures import shown, source_label
from pleno.domain.sentences import Names, sentence
from pleno.domain.state import Desa, Tps

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
    Kind.KOTAK_OPENED: "kotak",
    Kind.KEBERATAN_NOTED: "keberatan",
    Kind.FINDING_EXPLAINED: "penjelasan",
    Kind.TPS_READ_BACK: "pengesahan",
    Kind.TPS_REOPENED: "buka kembali",
    Kind.SEAL: "segel",
    Kind.SEAL_READ_BACK: "segel",
    Kind.EXPORT: "ekspor",
    Kind.EXPORT_SIGNED: "tanda tangan",
    Kind.SIGNING_REFUSED: "tanda tangan",
    Kind.KEY_CREATED: "kunci",
    Kind.KEY_ROTATED: "kunci",
    Kind.SHEET_VOIDED: "lembar batal",
    Kind.PIN_SET: "PIN",
    Kind.SESSION_LOGIN: "masuk",
    Kind.SESSION_FAIL: "PIN salah",
    Kind.SESSION_LOCK: "kunci layar",
    Kind.APP_OPEN: "program",
    Kind.APP_CLOSE: "program",
    Kind.DB_RECOVERED: "program",
    Kind.SCHEMA_MIGRATED: "program",
    Kind.DEVICE_CHANGED: "laptop",
    Kind.CLOCK_JUMP: "jam",
    Kind.CLOCK_CONFIRMED: "jam",
    Kind.BALLAST_FREED: "program",
    Kind.BACKUP: "salinan",
    Kind.RESTORE: "pemulihan",
    Kind.PHOTO_LINKED: "foto",
    Kind.SETTING_CHANGED: "setelan",
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
    if not entry.changes or entry.kind is Kind.KEBERATAN_NOTED:
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
        ("saksi", ", ".join(names.called(one, entry.seq) for one in entry.witness)),
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
