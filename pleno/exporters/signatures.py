"""Who signs: the sheet of signatures, and the lines under the berita acara (DOMAIN.md 5.5)."""

from __future__ import annotations

from typing import NamedTuple

from pleno.domain.contest import Choice, ContestKind
from pleno.domain.document import Document
from pleno.domain.figures import thousands
from pleno.domain.signers import spoken_fingerprint
from pleno.domain.words import tanggal
from pleno.exporters.headings import DOTS, banner, office, table_heads, text_row, titles
from pleno.exporters.layout import texts
from pleno.exporters.plan import ROW_HEIGHT, Sheet
from pleno.exporters.wrapping import text_lines


class SignatureLine(NamedTuple):
    """Room for one signature."""

    who: str
    """Empty where nobody came."""
    office: str
    remark: str
    """ "hadir" or "tidak hadir" of a saksi; empty for the PPK."""


def signature_lines(document: Document) -> list[SignatureLine]:
    """Everybody who has a line to sign: the PPK, then a saksi for each choice but the kolom kosong."""
    words = texts()["tanda_tangan"]
    lines = [SignatureLine(person.name, office(person.role), "") for person in document.ppk]
    by_choice = {guest.stands_for: guest for guest in document.kehadiran}
    for choice in document.recap.contest.contestants:
        if not choice.is_kolom_kosong:
            guest = by_choice.get(str(choice.number))
            present = guest is not None and guest.present
            remark = words["hadir"] if present else words["tidak_hadir"]
            what = words["saksi_nomor"].format(nomor=choice.number)
            if document.recap.contest.profile.kind is not ContestKind.PASLON:
                what = f"{what} {choice.name}"
            lines.append(SignatureLine(guest.name if guest else "", what, remark))
    return lines


def signatures(document: Document, name: str) -> Sheet:
    """TANDA_TANGAN: the page of the recap that PPK and saksi sign."""
    words = texts()["tanda_tangan"]
    sheet = Sheet(name, widths=dict(enumerate((6.0, 46, 26, 38, 22), 1)), landscape=False)
    row = titles(sheet, 1, texts()["judul"]["kecamatan"], document, until=5)
    row = banner(sheet, row, document, until=5)
    names = document.meeting.names
    for key in ("kecamatan", "kabkota", "provinsi"):
        sheet.text(row, 1, f"{texts()['label'][key]} : {names[key]}", "line")
        row += 1
    for text in _what_is_signed(document):
        sheet.text(row, 1, text, "text", until=5)
        sheet.heights[row] = ROW_HEIGHT * text_lines(text, sum(sheet.widths.values()))
        row += 1
    sheet.text(row, 1, _where_and_when(document), "line")
    row += 1
    sheet.text(row, 1, f"{words['ppk']} DAN {words['saksi']}", "bold", until=5)
    sheet.heights[row] = 24
    row += 1
    table_heads(sheet, row, words["kolom"])
    for number, line in enumerate(signature_lines(document), 1):
        row += 1
        text_row(sheet, row, (str(number), line.who, line.office, "", line.remark), least=34)
    for guest in document.kehadiran:
        if guest.stands_for == "panwaslu" and guest.present:
            row += 1
            sheet.text(row, 1, f"{guest.name}: {words['panwaslu']}", "line")
    return sheet


def _where_and_when(document: Document) -> str:
    """Place and day of the signing; dots to write on where they are not known yet."""
    day = tanggal(document.closed.date()) if document.closed else DOTS
    return str(texts()["tanda_tangan"]["tempat"]).format(tempat=document.place or DOTS, tanggal=day)


def _what_is_signed(document: Document) -> list[str]:
    """The votes and the newest seal, so that this page cannot be put under another recap."""
    sums, contest = document.sums(document.recap), document.recap.contest
    votes = [f"{choice.number:02} {choice.name} : {thousands(sum_)}" for choice, sum_ in votes_of(document)]
    totals = [
        f"{contest.by_name[row].label} : {thousands(sums[row])}"
        for row in ("suara_sah", "suara_tidak_sah", "suara_total")
        if row in sums
    ]
    lines = ["; ".join(votes), *totals] if votes else totals
    sealed = [f"Sidik segel: {spoken_fingerprint(str(document.seal['head']))}"] if document.seal else []
    return [*lines, *document.seals[-1:], *sealed, f"Ujung jejak #{document.head_seq}  {document.head_hash}"]


def votes_of(document: Document) -> list[tuple[Choice, int]]:
    """The votes of every contestant for whom any were read; a party's are its own and its candidates'."""
    sums, contest = document.sums(document.recap), document.recap.contest
    return [(one, sums[row]) for one, row in zip(contest.contestants, contest.votes, strict=True) if row in sums]


def signature_list(sheet: Sheet, top: int, document: Document) -> None:
    """The same lines one below the other from column 2 of a sheet of paragraphs."""
    sheet.text(top, 2, _where_and_when(document), "line")
    for row, line in enumerate(signature_lines(document), top + 1):
        tail = f" ({line.remark})" if line.remark else ""
        sheet.text(row, 2, f"{line.office}: {line.who or DOTS}{tail}  {DOTS}", "line")
        sheet.heights[row] = 22
