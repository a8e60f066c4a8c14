"""An entry as one Indonesian sentence, fit for the berita acara and the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from pleno.domain.contest import Contest, Part
from pleno.domain.entry import Actor, Change, Entry, Kind, Reason, Role
from pleno.domain.figures import Figure, Kosong, Source, shown, source_label
from pleno.domain.words import terbilang

_ROLE: Final = {
    Role.OPERATOR: "operator",
    Role.PPK: "anggota PPK",
    Role.KETUA: "ketua PPK",
    Role.TAMU: "tamu",
}

_PART: Final = {None: "", Part.L: ", laki-laki", Part.P: ", perempuan", Part.J: ", jumlah"}


class Names(NamedTuple):
    """How codes are called in sentences."""

    contests: Mapping[str, Contest]
    tps: Mapping[str, str]
    """13-digit code -> "TPS 004 PULAU PANGGANG"."""
    people: Mapping[str, str]
    """Id of an officer, saksi or Panwaslu -> name with function."""


def sentence(entry: Entry, names: Names) -> str:
    """What this entry did, in one sentence."""
    return _SENTENCES[entry.kind](entry, names)


def spoken(figure: Figure) -> str:
    """ "137 (seratus tiga puluh tujuh)"; what is blank or unread is said so."""
    if figure is None:
        return "belum dibaca"
    return "kosong" if isinstance(figure, Kosong) else f"{shown(figure)} ({terbilang(figure)})"


def source_words(source: Source) -> str:
    """A source inside a sentence."""
    label = source_label(source)
    if source.startswith("salinan:"):
        return "salinan Panwaslu" if label == "PWS" else f"salinan saksi {label}"
    return {"plano": "C.HASIL (plano)", "foto": "foto C.HASIL"}.get(source, label)


def _who(actor: Actor, names: Names) -> str:
    return f"{names.people.get(actor.id, actor.id)} ({_ROLE[actor.role]})"


def _where(entry: Entry, names: Names) -> str:
    code = entry.tps or (entry.changes[0].tps if entry.changes else "")
    return names.tps.get(code, code)


def _row(change: Change, entry: Entry, names: Names) -> str:
    contest = names.contests.get(change.contest or entry.contest or "")
    row = contest.by_name.get(change.row) if contest else None
    return f"{row.code} {row.label}{_PART[row.part]}" if row else change.row


def _pembetulan(entry: Entry, names: Names) -> str:
    (change,) = entry.changes
    written = "di formulir" if entry.data.get("jenis") == "formulir" else f"di {source_words(entry.source or '')}"
    basis = "" if entry.data.get("jenis") == "formulir" else " sesuai C.HASIL (plano)"
    reason = f", alasan {Reason(entry.reason).words}" if entry.reason else ""
    note = f" ({entry.note})" if entry.note else ""
    present = f", disaksikan {_listed(entry.witness, names)}" if entry.witness else ", tanpa saksi yang hadir"
    return (
        f"{_row(change, entry, names)} di {_where(entry, names)}, {written} tertulis {spoken(change.before)}, "
        f"dibetulkan menjadi {spoken(change.after)}{basis}{reason}{note}{present}"
    )


def _listed(ids: tuple[str, ...], names: Names) -> str:
    return ", ".join(names.people.get(person, person) for person in ids)


def _proposed(entry: Entry, names: Names) -> str:
    return f"{_pembetulan(entry, names)}; diusulkan {_who(entry.actor, names)}."


def _answered(verb: str) -> Callable[[Entry, Names], str]:
    def told(entry: Entry, names: Names) -> str:
        why = f" Alasan: {entry.note}." if entry.note else ""
        return f"Pembetulan nomor {entry.refers}: {_pembetulan(entry, names)}; {verb} {_who(entry.actor, names)}.{why}"

    return told


def _read(entry: Entry, names: Names) -> str:
    rows = len(entry.changes)
    changed = [c for c in entry.changes if c.before is not None and c.before != c.after]
    source = source_words("hitung_ulang" if entry.kind is Kind.RECOUNT_RECORDED else entry.source or "")
    told = "; ".join(f"{_row(c, entry, names)} dari {shown(c.before)} menjadi {shown(c.after)}" for c in changed)
    why = f" Catatan: {entry.note}." if entry.note else ""
    tail = f" Yang berubah: {told}." if told else ""
    return f"{source} {_where(entry, names)} dibaca {rows} baris, dicatat {_who(entry.actor, names)}.{tail}{why}"


def _imported(entry: Entry, names: Names) -> str:
    tps = len({tps for tps, _contest, _ts in entry.data["bacaan"]})
    return (
        f'Berkas "{entry.data["nama"]}" diimpor sebagai {source_words(entry.source or "")}: {tps} TPS, '
        f"{len(entry.changes)} angka, oleh {_who(entry.actor, names)}; sidik {(entry.src_sha256 or '')[:16]}."
    )


def _settled(entry: Entry, names: Names) -> str:
    reader = entry.data.get("dibacakan")
    read = f", dibacakan {names.people.get(reader, reader)}" if reader else ""
    return f"{_where(entry, names)} disahkan{read}, dicatat {_who(entry.actor, names)}."


def _presence(entry: Entry, names: Names) -> str:
    data = entry.data
    now = "dicatat hadir" if data["hadir"] else "dicatat sudah tidak hadir"
    stands_for = "Panwaslu" if data["mewakili"] == "panwaslu" else f"saksi nomor {data['mewakili']}"
    mandate = f", surat mandat {data['mandat']}" if data["mandat"] else ""
    return f"{data['nama']} ({data['id']}), {stands_for}{mandate}, {now} oleh {_who(entry.actor, names)}."


def _simple(template: str) -> Callable[[Entry, Names], str]:
    """A sentence of fixed words with {siapa}, {tempat}, {catatan}, {acuan}, {sumber} and the entry's data."""

    def told(entry: Entry, names: Names) -> str:
        return template.format(
            **entry.data,
            siapa=_who(entry.actor, names),
            tempat=_where(entry, names),
            catatan=entry.note or "-",
            acuan=entry.refers,
            sumber=source_words(entry.source or ""),
            baris=", ".join(_row(change, entry, names) for change in entry.changes),
        )

    return told


_SENTENCES: Final[dict[Kind, Callable[[Entry, Names], str]]] = {
    Kind.WORKSPACE_CREATED: _simple("Ruang kerja kecamatan {kode} dibuat oleh {siapa}, mode {mode}."),
    Kind.PERSON_CHANGED: _simple("{nama} ({id}) dicatat sebagai {peran} oleh {siapa}."),
    Kind.KEHADIRAN_NOTED: _presence,
    Kind.MEETING_OPENED: _simple("Rapat pleno dibuka oleh {siapa}; catatan: {catatan}."),
    Kind.MEETING_SUSPENDED: _simple("Rapat pleno diskors oleh {siapa}; catatan: {catatan}."),
    Kind.MEETING_RESUMED: _simple("Rapat pleno dilanjutkan oleh {siapa}; catatan: {catatan}."),
    Kind.MEETING_CLOSED: _simple("Rapat pleno ditutup oleh {siapa}; catatan: {catatan}."),
    Kind.FILE_IMPORTED: _imported,
    Kind.FILE_REFUSED: _simple('Berkas "{nama}" ditolak: {pesan} (diajukan {siapa}).'),
    Kind.READING_SAVED: _read,
    Kind.RECOUNT_RECORDED: _read,
    Kind.PEMBETULAN_PROPOSED: _proposed,
    Kind.PEMBETULAN_CONFIRMED: _answered("disetujui"),
    Kind.PEMBETULAN_REJECTED: _answered("ditolak"),
    Kind.PEMBETULAN_WITHDRAWN: _answered("dibatalkan"),
    Kind.SAKSI_ANSWERED: _simple("{sumber} {tempat} diterima keliru pada {baris}; {catatan} (dicatat {siapa})."),
    Kind.FINDING_EXPLAINED: _simple("Temuan {aturan} ({angka}) di {tempat} dijelaskan {siapa}: {catatan}."),
    Kind.TPS_READ_BACK: _settled,
    Kind.TPS_REOPENED: _simple("{tempat} dibuka kembali oleh {siapa}: {catatan}."),
    Kind.SEAL: _simple("Segel {no} dibuat atas entri 1 sampai {upto}, angka saksi {angka_saksi}, oleh {siapa}."),
    Kind.SEAL_READ_BACK: _simple("Kata segel pada entri {acuan} dibaca ulang dari kertas oleh {siapa}."),
    Kind.EXPORT: _simple("Ekspor {no} ({status}) ditulis oleh {siapa}; sidik manifes {manifest_sha256:.16}."),
    Kind.SHEET_VOIDED: _simple("Lembar ekspor {no} menjadi BATAL: {catatan}."),
    Kind.APP_OPEN: _simple("Ruang kerja dibuka {siapa}."),
    Kind.APP_CLOSE: _simple("Ruang kerja ditutup dengan rapi."),
    Kind.DB_RECOVERED: _simple(
        "Ruang kerja dipulihkan setelah program berhenti tanpa menutup; semua sampai entri {upto} utuh."
    ),
}
