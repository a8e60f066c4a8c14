"""What surrounds the table of every printed page: titles, region, state, hash, QR, initials, page x of y."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pleno.domain.chain import Json
from pleno.domain.document import Document
from pleno.domain.words import pukul, tanggal
from pleno.exporters.headings import DOTS, mark_sentence, status_line
from pleno.exporters.layout import texts
from pleno.exporters.pdf_engine import PADDING, said
from pleno.exporters.pdf_page import SHEETS, Heights, Placed, Table, words_of
from pleno.exporters.pdf_qr import PageSign, QrPage, qr_dots, qr_text, signed_bytes
from pleno.exporters.pdf_text import printable

QR_SIZE: Final = 26.5
"""Millimetres with the quiet zone."""


@dataclass(frozen=True, slots=True)
class Print:
    """What all pages of one PDF share."""

    document: Document
    paper: str
    sidik: bytes
    """SHA-256 of the data file that holds the figures of these pages."""
    of_what: str
    """Name of that file."""
    number: int
    """Export number; 0 for a working sheet outside a set."""
    mark: str
    """Across every page; may be empty."""
    state: str
    """State of the sheet in words."""
    sign: PageSign | None = None
    """Signs the code of every page; None leaves them unsigned."""


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet of a PDF: some tables under the same titles, each beginning on a new page."""

    sheet: str
    """What the QR code calls it."""
    titles: Sequence[str]
    region: Sequence[tuple[str, str]]
    tables: Sequence[Table]
    paraf: bool = True
    """Room for initials; not on a page that is signed."""
    model: str = "kecamatan"
    """Purpose of the official form it is (`Profile.models`)."""


def print_of_set(document: Document, paper: str, sidik: bytes, sign: PageSign | None = None) -> Print:
    """The frame of a set's own sheets."""
    state = f"{document.status.value}{' / LATIHAN' if document.meeting.practice else ''}"
    return Print(document, paper, sidik, "data/angka.json", document.number, document.mark, state, sign)


def region(document: Document) -> list[tuple[str, str]]:
    """Kecamatan, kabupaten and provinsi with their labels."""
    label, names = texts()["label"], document.meeting.names
    return [
        (label["kecamatan"], f"{names['kecamatan']} ({document.meeting.kecamatan})"),
        (label["kabkota"], str(names["kabkota"])),
        (label["provinsi"], str(names["provinsi"])),
    ]


def titled(lines: Sequence[str], document: Document) -> list[str]:
    """Titles with the contest and year in them."""
    profile = document.recap.contest.profile
    return [line.format(kontes=profile.name, tahun=profile.year) for line in lines]


def page_json(frame: Print, part: Part, placed: Placed, heights: Heights, page: int, of: int) -> Json:
    """One page as the template takes it."""
    document = frame.document
    totals = [line.total for line in placed.lines if line.counts]
    code = QrPage(
        document.meeting.kecamatan, document.recap.contest.id, frame.number, part.sheet, page, of, frame.sidik, totals
    )
    side, dots = qr_dots(qr_text(code, frame.sign(signed_bytes(code)) if frame.sign else b""))
    return {
        "kertas": SHEETS[frame.paper],
        "model": f"MODEL {document.recap.contest.profile.models[part.model]}" if frame.number else "LEMBAR KERJA",
        "judul": [printable(title) for title in part.titles],
        "wilayah": [[label, printable(value)] for label, value in part.region],
        "tanda": frame.mark,
        "qr": {"sisi": side, "titik": dots, "mm": QR_SIZE},
        "kaki": [printable(line) for line in _foot(frame)],
        "kata_paraf": texts()["label"]["paraf"],
        "paraf": [str(number) for number, _ in enumerate(document.ppk, 1)] if part.paraf else [],
        "halaman": f"Halaman {page} dari {of}",
        "tabel": _table_json(placed, heights),
    }


def _foot(frame: Print) -> list[str]:
    document = frame.document
    number = f"ekspor nomor {frame.number}" if frame.number else "lembar kerja"
    replaced = f", menggantikan nomor {document.replaces}" if frame.number and document.replaces else ""
    digits = frame.sidik.hex().upper()
    grouped = " ".join(digits[place : place + 4] for place in range(0, len(digits), 4))
    made = f"{document.created:%d-%m-%Y} {pukul(document.created)}"
    lines = [
        f"{frame.state}: {number}{replaced}; {status_line(document)}. {mark_sentence(document) if frame.mark else ''}",
        f"Rapat pleno di {document.place or DOTS}; "
        f"dibuka {_moment(document.opened)}, ditutup {_moment(document.closed)}.",
        f"Sidik {frame.of_what}: {grouped}",
        f"Ujung jejak #{document.head_seq} {document.head_hash[:16]}, {made}. "
        f"{document.seals[-1] if document.seals else ''}",
    ]
    return [line.strip() for line in lines]


def _moment(moment: datetime | None) -> str:
    return f"{tanggal(moment.date())} pukul {pukul(moment)}" if moment else DOTS


def _table_json(placed: Placed, heights: Heights) -> Json:
    table = placed.table
    cells: list[Json] = []
    for at, line in enumerate(placed.lines):
        natural = {one.text: heights[one] for one, _ in words_of(table, line)}
        at_column = len(table.widths) - sum(cell.across for cell in line.cells)
        for cell in line.cells:
            width = sum(table.widths[at_column : at_column + cell.across])
            at_column += cell.across
            high = sum(placed.heights[at : at + cell.down])
            tight = natural.get(cell.text, 0.0) > high
            room = [width - PADDING, high - PADDING / 2] if tight else None
            cells.append([said(cell.text, cell.look, table.size, width), cell.look, cell.across, cell.down, room])
    return {"lebar": list(table.widths), "tinggi": list(placed.heights), "ukuran": table.size, "sel": cells}
