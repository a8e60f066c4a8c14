"""`apply`: the only way state changes, while a pleno goes on and when a journal is replayed.

Each function below is one kind of entry and says which keys of `Entry.data` it carries.
What the service checked before it wrote an entry is not asked again here; that the entry
continues from the state it names is (a figure's `before`), so a replay finds a changed state.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from pleno.domain.box import box_noted
from pleno.domain.entry import Entry, Kind, Role
from pleno.domain.errors import Damaged
from pleno.domain.figures import PLANO
from pleno.domain.keberatan import keberatan_noted
from pleno.domain.papers import file_imported, reading_saved, required
from pleno.domain.photo import photo_linked
from pleno.domain.pin import pin_set, session_fail, session_login
from pleno.domain.setting import setting_changed, settings_made
from pleno.domain.signers import export_signed, key_made
from pleno.domain.state import (
    Absence,
    Answer,
    ContestChoice,
    Desa,
    Explanation,
    Kehadiran,
    Meeting,
    Pembetulan,
    PembetulanKind,
    PembetulanState,
    Person,
    PlenoState,
    Reading,
    Seal,
    Settlement,
    Sheet,
    SheetStatus,
    State,
    Tps,
)


def apply(state: State, entry: Entry) -> None:
    """Change `state` by one numbered entry.

    Raises Damaged when the entry does not continue from this state.
    """
    try:
        _APPLY[entry.kind](state, entry)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Damaged("Jejak rusak", f"Entri {entry.seq} ({entry.kind}) tidak dapat dijalankan.") from error


def _nothing(state: State, entry: Entry) -> None:
    """The entry is a fact of the journal alone."""


def _workspace_created(state: State, entry: Entry) -> None:
    """data: kode, nama {provinsi, kabkota, kecamatan}, mode, desa [[code, name]], tps [[code, desa, number,
    kind, dpt_l, dpt_p, dpt_j, contests]], pilihan [[contest, number, name, sirekap_id, kolom_kosong, partai]],
    profil {contest: sha256 of its form}, setelan {name: value}."""
    data = entry.data
    practice = data["mode"] == "latihan"
    start = PlenoState.DIBUKA if practice else PlenoState.PERSIAPAN
    state.put(Meeting(data["kode"], start, practice, data["nama"]))
    for code, name in data["desa"]:
        state.put(Desa(code, name))
    for code, desa, number, kind, dpt_l, dpt_p, dpt_j, contests in data["tps"]:
        state.put(Tps(code, desa, number, kind, dpt_l, dpt_p, dpt_j, tuple(contests)))
    for contest, number, name, sirekap_id, is_kolom_kosong, partai in data["pilihan"]:
        state.put(ContestChoice(contest, number, name, sirekap_id, is_kolom_kosong, partai))
    settings_made(state, entry)


def _person_changed(state: State, entry: Entry) -> None:
    """data: id, nama, peran."""
    state.put(Person(entry.data["id"], entry.data["nama"], Role(entry.data["peran"])))


def _kehadiran_noted(state: State, entry: Entry) -> None:
    """data: id, nama, mewakili, mandat, hadir."""
    data = entry.data
    state.put(Kehadiran(data["id"], data["nama"], data["mewakili"], data["mandat"], data["hadir"]))


def _meeting_state(new: PlenoState) -> Callable[[State, Entry], None]:
    def change(state: State, entry: Entry) -> None:
        state.put(replace(meeting_of(state), state=new))

    return change


def _pembetulan_proposed(state: State, entry: Entry) -> None:
    """data: jenis; exactly one change."""
    (change,) = entry.changes
    state.put(
        Pembetulan(
            tps=change.tps,
            contest=required(entry.contest),
            seq=entry.seq,
            row=change.row,
            kind=PembetulanKind(entry.data["jenis"]),
            source=required(entry.source),
            before=change.before,
            after=change.after,
            reason=required(entry.reason),
            note=entry.note or "",
            proposer=entry.actor.id,
            witness=entry.witness,
            state=PembetulanState.MENUNGGU,
        )
    )


def _pembetulan_answered(new: PembetulanState) -> Callable[[State, Entry], None]:
    """refers: the proposal. data: jenis, pin (true where the confirmer was recognised by one)."""

    def change(state: State, entry: Entry) -> None:
        proposal = state.get(Pembetulan, entry.refers or 0)
        if proposal is None:
            raise Damaged("Jejak rusak", f"Entri {entry.seq} menunjuk pembetulan {entry.refers} yang tidak ada.")
        state.put(replace(proposal, state=new, confirmer=entry.actor.id, answered=entry.seq))

    return change


def _saksi_answered(state: State, entry: Entry) -> None:
    """changes: per row, from the copy's figure to the plano's: the copy was accepted as wrong.

    Without any the holder was not there when the TPS was read. data: jawaban.
    """
    if not entry.changes:
        state.put(Absence(required(entry.tps), required(entry.contest), required(entry.source), entry.seq))
    for change in entry.changes:
        state.put(
            Answer(
                change.tps, required(entry.contest), required(entry.source), change.row, change.before,
                entry.note or "", entry.seq,
            )
        )  # fmt: skip


def _finding_explained(state: State, entry: Entry) -> None:
    """data: aturan, angka."""
    state.put(
        Explanation(
            required(entry.tps), required(entry.contest), entry.data["aturan"], entry.data["angka"],
            entry.note or "", entry.actor.id, entry.seq,
        )
    )  # fmt: skip


def _tps_read_back(state: State, entry: Entry) -> None:
    """data: dibacakan (id of who read waiting figures aloud, absent if none waited), pin (id of the PPK member whose
    PIN settled it, absent where none was asked), saksi {source: answer} (absent while nobody was noted on the
    attendance list)."""
    tps, contest = required(entry.tps), required(entry.contest)
    reader = entry.data.get("dibacakan")
    plano = state.get(Reading, tps, contest, PLANO)
    if plano is not None and plano.waiting:
        state.put(replace(plano, waiting=frozenset(), seq=entry.seq))
    state.put(Settlement(tps, contest, reader, entry.actor.id, entry.seq))


def _tps_reopened(state: State, entry: Entry) -> None:
    settlement = state.get(Settlement, required(entry.tps), required(entry.contest))
    if settlement is None:
        raise Damaged("Jejak rusak", f"Entri {entry.seq} membuka TPS yang belum sah.")
    state.drop(settlement)


def _seal(state: State, entry: Entry) -> None:
    """data: no, upto, head, angka_saksi, totals {contest: {row: sum}}, akar {contest: root}, hadir [id]."""
    state.put(Seal(entry.data["no"], entry.seq, entry.data["angka_saksi"]))


def _seal_read_back(state: State, entry: Entry) -> None:
    """refers: the seal entry."""
    for seal in [seal for seal in state.all(Seal) if seal.seq == entry.refers]:
        state.put(replace(seal, read_back=entry.seq))


def _export(state: State, entry: Entry) -> None:
    """data: no, folder, manifest_sha256, status, ganti (number of the set it replaces, which becomes BATAL)."""
    data = entry.data
    if data.get("ganti") is not None:
        _void(state, entry, data["ganti"])
    state.put(
        Sheet(
            data["no"], required(entry.contest), data["folder"], data["manifest_sha256"],
            SheetStatus(data["status"]), data.get("ganti"), entry.seq,
        )
    )  # fmt: skip


def _sheet_voided(state: State, entry: Entry) -> None:
    """data: no."""
    _void(state, entry, entry.data["no"])


def _void(state: State, entry: Entry, number: int) -> None:
    sheet = state.get(Sheet, number)
    if sheet is None:
        raise Damaged("Jejak rusak", f"Entri {entry.seq} membatalkan lembar {number} yang tidak ada.")
    state.put(replace(sheet, status=SheetStatus.BATAL))


def meeting_of(state: State) -> Meeting:
    """The one Meeting record. Raises Damaged when there is none."""
    for meeting in state.all(Meeting):
        return meeting
    raise Damaged("Jejak rusak", "Ruang kerja tanpa entri pembuka.")


_APPLY: Final[dict[Kind, Callable[[State, Entry], None]]] = {
    Kind.WORKSPACE_CREATED: _workspace_created,
    Kind.PERSON_CHANGED: _person_changed,
    Kind.KEHADIRAN_NOTED: _kehadiran_noted,
    Kind.MEETING_OPENED: _meeting_state(PlenoState.DIBUKA),
    Kind.MEETING_SUSPENDED: _meeting_state(PlenoState.DISKORS),
    Kind.MEETING_RESUMED: _meeting_state(PlenoState.DIBUKA),
    Kind.MEETING_CLOSED: _meeting_state(PlenoState.DITUTUP),
    Kind.FILE_IMPORTED: file_imported,
    Kind.FILE_REFUSED: _nothing,
    Kind.READING_SAVED: reading_saved,
    Kind.RECOUNT_RECORDED: reading_saved,
    Kind.PEMBETULAN_PROPOSED: _pembetulan_proposed,
    Kind.PEMBETULAN_CONFIRMED: _pembetulan_answered(PembetulanState.DISETUJUI),
    Kind.PEMBETULAN_REJECTED: _pembetulan_answered(PembetulanState.DITOLAK),
    Kind.PEMBETULAN_WITHDRAWN: _pembetulan_answered(PembetulanState.DIBATALKAN),
    Kind.SAKSI_ANSWERED: _saksi_answered,
    Kind.KOTAK_OPENED: box_noted,
    Kind.KEBERATAN_NOTED: keberatan_noted,
    Kind.FINDING_EXPLAINED: _finding_explained,
    Kind.TPS_READ_BACK: _tps_read_back,
    Kind.TPS_REOPENED: _tps_reopened,
    Kind.SEAL: _seal,
    Kind.SEAL_READ_BACK: _seal_read_back,
    Kind.EXPORT: _export,
    Kind.EXPORT_SIGNED: export_signed,
    Kind.SIGNING_REFUSED: _nothing,
    Kind.KEY_CREATED: key_made,
    Kind.KEY_ROTATED: key_made,
    Kind.SHEET_VOIDED: _sheet_voided,
    Kind.BACKUP: _nothing,
    Kind.RESTORE: _nothing,
    Kind.PHOTO_LINKED: photo_linked,
    Kind.SETTING_CHANGED: setting_changed,
    Kind.APP_OPEN: _nothing,
    Kind.APP_CLOSE: _nothing,
    Kind.DB_RECOVERED: _nothing,
    Kind.SCHEMA_MIGRATED: _nothing,
    Kind.DEVICE_CHANGED: _nothing,
    Kind.CLOCK_JUMP: _nothing,
    Kind.CLOCK_CONFIRMED: _nothing,
    Kind.BALLAST_FREED: _nothing,
    Kind.PIN_SET: pin_set,
    Kind.SESSION_LOGIN: session_login,
    Kind.SESSION_FAIL: session_fail,
    Kind.SESSION_LOCK: _nothing,
}
