"""The sheets of who was in the room: the attendance list, and what each witness said of each TPS (DOMAIN.md 4.2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pleno.domain.box import Kotak
from pleno.domain.document import Document
from pleno.domain.figures import source_label
from pleno.domain.room import Span
from pleno.exporters.headings import banner, office, stands_for, table_heads, text_row, titles
from pleno.exporters.layout import texts
from pleno.exporters.plan import Sheet


def attendance(document: Document, name: str) -> Sheet:
    """DAFTAR_HADIR: the PPK, then every saksi and Panwaslu who came, with mandate, times and room to sign."""
    sheet = Sheet(name, widths={1: 6, 2: 36, 3: 30, 4: 22, 5: 24, 6: 26}, landscape=False)
    row = titles(sheet, 1, [texts()["judul"]["hadir"], *texts()["judul"]["kecamatan"][2:]], document, until=6)
    row = banner(sheet, row, document, until=6)
    table_heads(sheet, row, ("NO.", "NAMA", "JABATAN / MEWAKILI", "SURAT MANDAT", "HADIR PUKUL", "TANDA TANGAN"))
    stays = document.room.stays
    people = [(person.id, person.name, office(person.role), "") for person in document.ppk]
    guests = [guest for guest in document.kehadiran if guest.is_guest and (guest.present or stays.get(guest.id))]
    guests.sort(key=lambda guest: (not guest.stands_for.isdigit(), guest.stands_for.zfill(3), guest.id))
    people += [(guest.id, guest.name, stands_for(guest), guest.mandate) for guest in guests]
    for number, (who, called, what, mandate) in enumerate(people, 1):
        row += 1
        times = spans_words(stays.get(who, ()), document)
        text_row(sheet, row, (str(number), called, what, mandate, times, ""), least=26)
    return sheet


def witness_answers(document: Document, name: str) -> Sheet:
    """JAWABAN_SAKSI: per TPS whether each copy was the same as the plano, different, or its holder away."""
    sheet = Sheet(name, widths={1: 6, 2: 40, 3: 98}, landscape=True)
    row = titles(sheet, 1, [texts()["judul"]["saksi"], *texts()["judul"]["kecamatan"][2:]], document, until=3)
    row = banner(sheet, row, document, until=3)
    table_heads(sheet, row, ("NO.", "DESA / TPS", "JAWABAN PEMEGANG SALINAN"))
    number = 0
    for desa in document.recap.desa:
        for file in desa.files:
            told = document.room.answers.get(file.tps.code)
            if told:
                number, row = number + 1, row + 1
                said = "; ".join(f"{source_label(source)} {answer}" for source, answer in told.items())
                text_row(sheet, row, (str(number), f"{desa.desa.name} / TPS {file.tps.number:03}", said), least=16)
    if not number:
        sheet.text(row + 1, 1, texts()["keterangan"]["tanpa_hadir"], "cellmiddle", until=3)
    return sheet


def spans_words(spans: Sequence[Span], document: Document) -> str:
    """ "09.14-12.02; 18/2 13.00-": with day and month where it is not the day on which the meeting was opened."""
    day = (document.opened or document.created).date()

    def clock(moment: datetime) -> str:
        date = "" if moment.date() == day else f"{moment.day}/{moment.month} "
        return f"{date}{moment:%H.%M}"

    return "; ".join(f"{clock(span.since)}-{clock(span.until) if span.until else ''}" for span in spans)


def box_words(boxes: Sequence[Kotak]) -> dict[str, int]:
    """How many boxes came, were opened, and had a broken seal, for the berita acara."""
    return {
        "kotak_terima": len(boxes),
        "kotak_buka": sum(box.opened for box in boxes),
        "kotak_rusak": sum(not box.intact for box in boxes),
    }


def suspension_words(spans: Sequence[Span], document: Document) -> str:
    """ "diskors 1 kali: 12.01-13.00 (salat zuhur)"; "tidak diskors"."""
    if not spans:
        return str(texts()["berita_acara"]["tidak_diskors"])
    told = [f"{spans_words([span], document)}{f' ({span.note})' if span.note else ''}" for span in spans]
    return str(texts()["berita_acara"]["diskors"].format(kali=len(spans), waktu="; ".join(told)))
