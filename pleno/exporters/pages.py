"""The sheets of words: cover, berita acara, register of corrections."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pleno.domain.document import Document, RegisterLine
from pleno.domain.entry import Reason
from pleno.domain.figures import HITUNG_ULANG, source_label, thousands
from pleno.domain.keberatan import KeberatanKind
from pleno.domain.sentences import spoken
from pleno.domain.signers import spoken_fingerprint
from pleno.domain.state import PembetulanKind, PembetulanState
from pleno.domain.words import pukul, tanggal, tanggal_terbilang, terbilang
from pleno.exporters.headings import DOTS, banner, stands_for, status_line, table_heads, text_row, titles
from pleno.exporters.layout import texts
from pleno.exporters.plan import Sheet
from pleno.exporters.room_sheets import box_words, suspension_words
from pleno.exporters.signatures import signature_list, votes_of
from pleno.exporters.styles import LARGE
from pleno.exporters.wrapping import text_lines


def cover(document: Document, name: str) -> Sheet:
    """SAMPUL: what this is, of where, when, by whom, sealed how, replacing what."""
    sheet = Sheet(name, widths={1: 4, 2: 34, 3: 52, 4: 24}, landscape=False)
    label, profile = texts()["label"], document.recap.contest.profile
    sheet.text(1, 4, f"MODEL {profile.models['kecamatan']}", "model")
    sheet.heights[1] = 30
    row = titles(sheet, 3, texts()["judul"]["kecamatan"], document, until=4)
    row = banner(sheet, row + 1, document, until=4) + 1
    names = document.meeting.names
    facts = [
        (label["provinsi"], str(names["provinsi"])),
        (label["kabkota"], str(names["kabkota"])),
        (label["kecamatan"], f"{names['kecamatan']} ({document.meeting.kecamatan})"),
        ("JUMLAH DESA/KELURAHAN", str(len(document.recap.desa))),
        ("JUMLAH TPS", str(document.recap.tps)),
        ("TPS SAH", status_line(document)),
        ("TEMPAT RAPAT", document.place or "-"),
        ("RAPAT DIBUKA", _moment(document.opened)),
        ("RAPAT DITUTUP", _moment(document.closed)),
        ("STATUS LEMBAR", f"{document.status.value}{' / LATIHAN' if document.meeting.practice else ''}"),
        (
            "EKSPOR NOMOR",
            f"{document.number}" + (f", menggantikan nomor {document.replaces}" if document.replaces else ""),
        ),
        ("DIBUAT", f"{_moment(document.created)}, pleno {document.app}"),
        ("UJUNG JEJAK", f"#{document.head_seq}  {document.head_hash}"),
    ]
    for heading, value in facts:
        sheet.text(row, 2, heading, "bold")
        _fact(sheet, row, f": {value}", until=4)
        row += 1
    row = _lines(sheet, row + 1, "SEGEL", document.seals or ["belum ada segel"], until=4)
    row = _lines(
        sheet,
        row + 1,
        texts()["tanda_tangan"]["ppk"],
        [f"{n}. {p.name}" for n, p in enumerate(document.ppk, 1)],
        until=4,
    )
    guests = [f"{guest.name}, {stands_for(guest)}" for guest in document.kehadiran if guest.is_guest]
    row = _lines(
        sheet,
        row + 1,
        f"{texts()['tanda_tangan']['saksi']} DAN PANWASLU",
        guests or [texts()["keterangan"]["nihil"]],
        until=4,
    )
    if document.signers:
        keys = [f"{one.n}. {one.name} ({one.role}): {spoken_fingerprint(one.cert_sha256)}" for one in document.signers]
        _lines(sheet, row + 1, "SIDIK PENANDA TANGAN", keys, until=4)
    return sheet


def minutes(document: Document, name: str) -> Sheet:
    """BERITA_ACARA: the narrative with its numbers in words."""
    sheet = Sheet(name, widths={1: 6, 2: 56, 3: 14, 4: 50}, landscape=False)
    row = titles(sheet, 1, texts()["judul"]["kecamatan"], document, until=4)
    row = banner(sheet, row + 1, document, until=4) + 1
    words = _minutes_words(document)
    for number, paragraph in enumerate(texts()["berita_acara"]["isi"], 1):
        sheet.text(row, 1, f"{number}.", "para")
        text = paragraph.format(**words)
        sheet.text(row, 2, text, "para", until=4)
        sheet.heights[row] = 16 * text_lines(text, sum(sheet.widths[column] for column in (2, 3, 4)) / LARGE) + 6
        row += 1
    signature_list(sheet, _votes_table(sheet, row, document) + 2, document)
    return sheet


def _votes_table(sheet: Sheet, row: int, document: Document) -> int:
    """Votes of every contestant in digits and in words; returns the last row."""
    kind = texts()["peserta"][document.recap.contest.profile.kind.value]
    for column, head in enumerate(texts()["berita_acara"]["kolom"], 1):
        sheet.text(row, column, head.format(peserta=kind), "head")
    for choice, votes in votes_of(document):
        row += 1
        text_row(sheet, row, (f"{choice.number:02}", choice.name, thousands(votes), terbilang(votes)), 16, {3})
    return row


def _minutes_words(document: Document) -> dict[str, str]:
    recap, contest = document.recap, document.recap.contest
    sums = document.sums(recap)
    confirmed = sum(line.pembetulan.state is PembetulanState.DISETUJUI for line in document.register)
    day = document.opened or document.created
    words = {
        "tanggal": tanggal_terbilang(day.date()),
        "tempat": document.place or DOTS,
        "mulai": pukul(document.opened) if document.opened else DOTS,
        "selesai": pukul(document.closed) if document.closed else DOTS,
        "kontes": contest.profile.name,
        "tahun": str(contest.profile.year),
        "skors": suspension_words(document.room.suspensions, document),
        "saksi": str(sum(guest.present and guest.stands_for.isdigit() for guest in document.kehadiran)),
        "panwaslu": str(sum(guest.present and guest.stands_for == "panwaslu" for guest in document.kehadiran)),
        **{key: str(value) for key, value in document.meeting.names.items()},
    }
    numbers = {
        "tps": recap.tps,
        "desa": len(recap.desa),
        "sah": recap.settled,
        "pembetulan": confirmed,
        "hitung_ulang": sum(HITUNG_ULANG in file.readings for file in recap.files),
        "keberatan": sum(one.item.kind is KeberatanKind.KEBERATAN and one.item.stands for one in document.keberatan),
        **box_words(document.room.boxes),
        **{row: sums.get(row, 0) for row in ("suara_sah", "suara_tidak_sah", "suara_total")},
    }
    for key, number in numbers.items():
        words |= {key: thousands(number), f"{key}_huruf": terbilang(number)}
    return words


_REGISTER_HEADS = (
    "NO.", "DESA / TPS", "BARIS", "TERTULIS", "DIBETULKAN", "SUMBER", "ALASAN DAN CATATAN",
    "DIUSULKAN / DIJAWAB", "KEADAAN", "SAKSI HADIR",
)  # fmt: skip


def register(document: Document, name: str) -> Sheet:
    """PEMBETULAN: every correction, refused and withdrawn ones too."""
    widths = dict(enumerate((7.0, 22, 30, 16, 16, 11, 26, 24, 12, 26, 11, 11), 1))
    sheet = Sheet(name, widths=widths)
    row = titles(sheet, 1, [texts()["judul"]["pembetulan"], *texts()["judul"]["kecamatan"][2:]], document, until=12)
    row = banner(sheet, row, document, until=12)
    label = texts()["label"]
    table_heads(sheet, row, [*_REGISTER_HEADS, label["paraf"], label["paraf_saksi"]])
    for line in document.register:
        row += 1
        text_row(sheet, row, _register_texts(line), least=54)
    if not document.register:
        sheet.text(row + 1, 1, texts()["keterangan"]["nihil"], "cellmiddle", until=12)
    return sheet


def _register_texts(line: RegisterLine) -> Sequence[str]:
    item = line.pembetulan
    jenis = "formulir" if item.kind is PembetulanKind.FORMULIR else source_label(item.source)
    note = f"{Reason(item.reason).words}" + (f"; {item.note}" if item.note else "")
    part = f" {texts()['label'][line.row.part.value]}" if line.row.part else ""
    return (
        str(item.seq),
        f"{line.desa} / TPS {line.tps.number:03}",
        f"{line.row.code} {line.row.label}{part}",
        spoken(item.before),
        spoken(item.after),
        jenis,
        note,
        f"{line.proposer} / {line.confirmer or '-'}; {tanggal(line.proposed_at.date())} {pukul(line.proposed_at)}",
        item.state.value,
        "; ".join(line.witness) or "-",
        "",
        "",
    )


def _lines(sheet: Sheet, row: int, heading: str, lines: Sequence[str], until: int) -> int:
    sheet.text(row, 2, heading, "bold")
    for line in lines:
        _fact(sheet, row, line, until)
        row += 1
    return row


def _fact(sheet: Sheet, row: int, text: str, until: int) -> None:
    """A text over several columns; no program fits the height of such a row by itself."""
    sheet.text(row, 3, text, "text", until=until)
    sheet.heights[row] = 15 * text_lines(text, sum(sheet.widths[column] for column in range(3, until + 1)))


def _moment(moment: datetime | None) -> str:
    return f"{tanggal(moment.date())} pukul {pukul(moment)}" if moment else "-"
