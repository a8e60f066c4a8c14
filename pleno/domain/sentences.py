"""An entry as one Indonesian sentence, fit for the berita acara and the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from pleno.domain.chain import Json
from pleno.domain.entry import Change, Entry, Kind, Reason, Role
from pleno.domain.evidence_sentences import evidence_sentences
from pleno.domain.figures import shown
from pleno.domain.keberatan import NIHIL, KeberatanKind, KeberatanState, pengaju_words
from pleno.domain.laptop_sentences import LAPTOP_SENTENCES
from pleno.domain.naming import ROLE_WORDS as ROLE_WORDS
from pleno.domain.naming import Names as Names
from pleno.domain.naming import place_of, row_words, source_words, who_did, witnesses_of
from pleno.domain.naming import spoken as spoken
from pleno.domain.room_sentences import absence_told, answers_told, box_told, presence_told
from pleno.domain.signing_sentences import signing_sentences


def sentence(entry: Entry, names: Names) -> str:
    """What this entry did, in one sentence."""
    told = _SENTENCES[entry.kind](entry, names)
    return told[:1].upper() + told[1:]


def _pembetulan(entry: Entry, names: Names, note: str = "") -> str:
    (change,) = entry.changes
    written = "di formulir" if entry.data.get("jenis") == "formulir" else f"di {source_words(entry.source or '')}"
    basis = "" if entry.data.get("jenis") == "formulir" else " sesuai C.HASIL (plano)"
    reason = f", alasan {Reason(entry.reason).words}" if entry.reason else ""
    present = f", disaksikan {witnesses_of(entry, names)}" if entry.witness else ", tanpa saksi yang hadir"
    return (
        f"{row_words(change, entry, names)} di {place_of(entry, names)}, {written} tertulis {spoken(change.before)}, "
        f"dibetulkan menjadi {spoken(change.after)}{basis}{reason}{note}{present}"
    )


def _proposed(entry: Entry, names: Names) -> str:
    note = f" ({entry.note})" if entry.note else ""
    return f"{_pembetulan(entry, names, note)}; diusulkan {who_did(entry, names)}."


def _answered(verb: str) -> Callable[[Entry, Names], str]:
    def told(entry: Entry, names: Names) -> str:
        why = f" Alasan: {entry.note}." if entry.note else ""
        pin = " dengan PIN" if entry.data.get("pin") else ""
        return (
            f"Pembetulan nomor {entry.refers}: {_pembetulan(entry, names)}; {verb} {who_did(entry, names)}{pin}.{why}"
        )

    return told


def _read(entry: Entry, names: Names) -> str:
    rows = len(entry.changes)
    changed = [c for c in entry.changes if c.before is not None and c.before != c.after]
    source = source_words(entry.source or "")
    told = "; ".join(f"{row_words(c, entry, names)} dari {shown(c.before)} menjadi {shown(c.after)}" for c in changed)
    why = f" Catatan: {entry.note}." if entry.note else ""
    tail = f" Yang berubah: {told}." if told else ""
    return f"{source} {place_of(entry, names)} dibaca {rows} baris, dicatat {who_did(entry, names)}.{tail}{why}"


def _recounted(entry: Entry, names: Names) -> str:
    cells = "; ".join(
        f"{row_words(c, entry, names)} {spoken(c.after)}"
        + (f", semula {shown(c.before)}" if c.before not in (None, c.after) else "")
        for c in entry.changes
    )
    why = f" Alasan: {entry.note}." if entry.note else ""
    return f"surat suara {place_of(entry, names)} dihitung ulang: {cells}; dicatat {who_did(entry, names)}.{why}"


def _accepted(entry: Entry, names: Names) -> str:
    cells = "; ".join(
        f"{row_words(c, entry, names)} tertulis {spoken(c.before)}, di C.HASIL (plano) {spoken(c.after)}"
        for c in entry.changes
    )
    holder = f" oleh {witnesses_of(entry, names)}" if entry.witness else ""
    return (
        f"{source_words(entry.source or '')} {place_of(entry, names)} diakui keliru{holder}: {cells} "
        f"({entry.note}); dicatat {who_did(entry, names)}."
    )


def _answer(entry: Entry, names: Names) -> str:
    return _accepted(entry, names) if entry.changes else absence_told(entry, names)


def _keberatan(entry: Entry, names: Names) -> str:
    data, note = entry.data, f": {entry.note}" if entry.note else ""
    where = f"di {place_of(entry, names)}" if entry.tps else "untuk seluruh kecamatan"
    if entry.refers is not None:
        answer = KeberatanState(data["penyelesaian"]).words
        return f"keberatan/kejadian nomor {entry.refers} {where} {answer}{note}; dicatat {who_did(entry, names)}."
    if data["jenis"] == NIHIL:
        return f"NIHIL: tidak ada kejadian khusus dan keberatan {where}, dicatat {who_did(entry, names)}."
    about = keberatan_about(entry, names)
    row = f", {about}" if about else ""
    kind = KeberatanKind(data["jenis"]).words
    return f"{kind} dari {keberatan_from(entry, names)} {where}{row}{note}; dicatat {who_did(entry, names)}."


def keberatan_from(entry: Entry, names: Names) -> str:
    """Who raised it: the people present who stand for the pengaju, else the pengaju as such."""
    return witnesses_of(entry, names) if entry.witness else pengaju_words(entry.data["pengaju"])


def keberatan_about(entry: Entry, names: Names) -> str:
    """The row it is about, and both figures where a copy differs from the plano; empty where it is about no row."""
    if entry.changes:
        (change,) = entry.changes
        copy = f"{source_words(entry.source or '')} {spoken(change.before)}"
        return f"{row_words(change, entry, names)}, {copy}, C.HASIL (plano) {spoken(change.after)}"
    row = entry.data.get("baris")
    return row_words(Change(entry.tps or "", row, None, None), entry, names) if row else ""


def _imported(entry: Entry, names: Names) -> str:
    tps = len({tps for tps, _contest, _ts in entry.data["bacaan"]})
    sidik = (entry.src_sha256 or "")[:16]
    return (
        f'Berkas "{entry.data["nama"]}" diimpor sebagai {source_words(entry.source or "")}: {tps} TPS, '
        f"{len(entry.changes)} angka, oleh {who_did(entry, names)}; sidik {sidik}.{_aside(entry, names)}"
    )


def _aside(entry: Entry, names: Names) -> str:
    """What a file did beside filling cells: figures against what stood, papers of a re-vote."""
    told = ""
    if rivals := entry.data.get("saingan"):
        told = f" {len(rivals)} angka berbeda dari yang sudah ada dan dicatat sebagai selisih."
    if entry.data.get("psu"):
        where = ", ".join(dict.fromkeys(names.tps.get(tps, tps) for tps, _contest, _ts in entry.data["bacaan"]))
        why = f": {entry.note}" if entry.note else ""
        told += f" Pemungutan suara ulang di {where}; angka kertas lama tidak dipakai lagi{why}."
    return told


def _settled(entry: Entry, names: Names) -> str:
    reader = entry.data.get("dibacakan")
    read = f", dibacakan {names.called(reader, entry.seq)}" if reader else ""
    pin = entry.data.get("pin")
    read += f", dengan PIN {names.called(pin, entry.seq)}" if pin else ""
    told = f" Jawaban pemegang salinan: {answers_told(saksi)}." if (saksi := entry.data.get("saksi")) else ""
    return f"{place_of(entry, names)} disahkan{read}, dicatat {who_did(entry, names)}.{told}"


def _person(entry: Entry, names: Names) -> str:
    data = entry.data
    was = names.called(data["id"], entry.seq - 1)
    before = "" if was in (data["nama"], data["id"]) else f", semula {was}"
    return (
        f"petugas {data['id']} menurut pleno.toml: {data['nama']}, {ROLE_WORDS[Role(data['peran'])]}{before}; "
        f"dicatat saat ruang kerja dibuka {who_did(entry, names)}."
    )


def _forms(entry: Entry, names: Names) -> str:
    told = ", ".join(f"{contest} (sidik {digest[:16]})" for contest, digest in entry.data["profil"].items())
    limits = _limits(entry.data["ambang"]) if "ambang" in entry.data else ""
    changed = f"profil formulir atau ambang aturan berubah, kini profil {told}{limits}"
    return f"{changed}; dicatat saat ruang kerja dibuka {who_did(entry, names)}."


def _limits(ambang: Mapping[str, Json]) -> str:
    """The limits of rules that pleno.toml sets, with the reason."""
    if not ambang:
        return "; ambang aturan kembali menurut profil"
    rules = ((rule, limits) for rule, limits in ambang.items() if rule != "alasan")
    said = [f"{rule} {name} {most}" for rule, limits in rules for name, most in limits.items()]
    return f"; ambang aturan {', '.join(said)} ({ambang['alasan']})"


def _pin_set(entry: Entry, names: Names) -> str:
    owner = names.called(entry.data["id"], entry.seq)
    if entry.data["darurat"]:
        second = entry.data.get("bersama")
        together = f" bersama {names.called(second, entry.seq)}" if second else ""
        return f"DARURAT: PIN {owner} disetel ulang oleh {who_did(entry, names)}{together}: {entry.note}."
    return f"PIN {owner} disetel oleh {who_did(entry, names)}."


def _recognised(entry: Entry, names: Names) -> str:
    return f"{who_did(entry, names)} dikenali{' dengan PIN' if entry.data['pin'] else ', tanpa PIN'}."


def _wrong_pin(entry: Entry, names: Names) -> str:
    data = entry.data
    return (
        f"PIN {names.called(data['id'], entry.seq)} salah diketik, ke-{data['ke']} berturut-turut, "
        f"saat bekerja {who_did(entry, names)}."
    )


def _simple(template: str) -> Callable[[Entry, Names], str]:
    """A sentence of fixed words with {siapa}, {tempat}, {catatan}, {ket}, {acuan} and the entry's data."""

    def told(entry: Entry, names: Names) -> str:
        return template.format(
            **entry.data,
            siapa=who_did(entry, names),
            tempat=place_of(entry, names),
            catatan=entry.note or "",
            ket=f"; {entry.note}" if entry.note else "",
            acuan=entry.refers,
        )

    return told


_SENTENCES: Final[dict[Kind, Callable[[Entry, Names], str]]] = {
    Kind.WORKSPACE_CREATED: _simple("Ruang kerja kecamatan {kode} dibuat oleh {siapa}, mode {mode}."),
    Kind.PERSON_CHANGED: _person,
    Kind.KEHADIRAN_NOTED: presence_told,
    Kind.MEETING_OPENED: _simple("Rapat pleno dibuka oleh {siapa}{ket}."),
    Kind.MEETING_SUSPENDED: _simple("Rapat pleno diskors oleh {siapa}{ket}."),
    Kind.MEETING_RESUMED: _simple("Rapat pleno dilanjutkan oleh {siapa}{ket}."),
    Kind.MEETING_CLOSED: _simple("Rapat pleno ditutup oleh {siapa}{ket}."),
    Kind.FILE_IMPORTED: _imported,
    Kind.FILE_REFUSED: _simple('Berkas "{nama}" ditolak: {pesan} (diajukan {siapa}).'),
    Kind.READING_SAVED: _read,
    Kind.RECOUNT_RECORDED: _recounted,
    Kind.PEMBETULAN_PROPOSED: _proposed,
    Kind.PEMBETULAN_CONFIRMED: _answered("disetujui"),
    Kind.PEMBETULAN_REJECTED: _answered("ditolak"),
    Kind.PEMBETULAN_WITHDRAWN: _answered("dibatalkan"),
    Kind.SAKSI_ANSWERED: _answer,
    Kind.KOTAK_OPENED: box_told,
    Kind.KEBERATAN_NOTED: _keberatan,
    Kind.FINDING_EXPLAINED: _simple("Temuan {aturan} ({angka}) di {tempat} dijelaskan {siapa}: {catatan}."),
    Kind.TPS_READ_BACK: _settled,
    Kind.TPS_REOPENED: _simple("{tempat} dibuka kembali oleh {siapa}: {catatan}."),
    Kind.SEAL: _simple("Segel {no} dibuat atas entri 1 sampai {upto}, angka saksi {angka_saksi}, oleh {siapa}."),
    Kind.SEAL_READ_BACK: _simple("Kata segel pada entri {acuan} dibaca ulang dari kertas oleh {siapa}."),
    Kind.EXPORT: _simple("Ekspor {no} ({status}) ditulis oleh {siapa}; sidik manifes {manifest_sha256:.16}."),
    **signing_sentences(who_did),
    Kind.SHEET_VOIDED: _simple("Lembar ekspor {no} menjadi BATAL: {catatan}."),
    Kind.BACKUP: _simple("Salinan {berkas} (entri 1 sampai {sampai}) ditulis dan diperiksa oleh {siapa}."),
    Kind.RESTORE: _simple(
        "Salinan {berkas} (entri 1 sampai {sampai}) dipulihkan oleh {siapa}: {catatan}; {hilang} entri sesudahnya "
        "tidak ikut, basis data lama disimpan sebagai {disisihkan}."
    ),
    **evidence_sentences(who_did, _forms),
    Kind.PIN_SET: _pin_set,
    Kind.SESSION_LOGIN: _recognised,
    Kind.SESSION_FAIL: _wrong_pin,
    Kind.SESSION_LOCK: _simple("Layar dikunci oleh {siapa}."),
    Kind.APP_OPEN: _simple("Ruang kerja dibuka {siapa}."),
    Kind.APP_CLOSE: _simple("Ruang kerja ditutup dengan rapi."),
    Kind.DB_RECOVERED: _simple(
        "Ruang kerja dipulihkan setelah program berhenti tanpa menutup; semua sampai entri {upto} utuh."
    ),
    **LAPTOP_SENTENCES,
    Kind.BALLAST_FREED: _simple("Pemberat {mb} MB dikosongkan oleh {siapa} agar penyimpanan dapat berlanjut."),
}
