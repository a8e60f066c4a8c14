"""The sheets of a set that is BATAL, printed again under that word; the set itself is never touched."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from pleno.domain.document import Document
from pleno.domain.errors import PlenoError, os_words
from pleno.domain.state import Sheet, SheetStatus
from pleno.exporters.atomic import make_folder, write_bytes
from pleno.exporters.layout import Layout
from pleno.exporters.pdf import voided_pdf
from pleno.service.documents import working_document
from pleno.service.export import OUTGOING
from pleno.service.history import recap_at
from pleno.service.revision import newest_of
from pleno.service.session import Session


class PreparedVoided(NamedTuple):
    """Sheets that may be written: no thread that writes them asks the session."""

    document: Document
    layout: Layout
    manifest: bytes
    """SHA-256 of the set's manifest."""
    heading: str
    path: Path


def print_voided(session: Session, number: int, target: Path | None = None) -> Path:
    """Write the figures of a voided set as PDF into `target`, or data/ekspor; returns its path. PlenoError as below."""
    return write_voided(prepare_voided(session, number, target))


def prepare_voided(session: Session, number: int, target: Path | None = None) -> PreparedVoided:
    """What the sheets of a voided set said, from the journal up to its entry.

    PlenoError for a set that is not, or still counts: its own files are what is printed then.
    """
    sheets = {one.number: one for one in session.state.all(Sheet)}
    sheet = sheets.get(number)
    if sheet is None or sheet.status is not SheetStatus.BATAL:
        voided = ", ".join(str(one.number) for one in sheets.values() if one.status is SheetStatus.BATAL)
        why = "tidak ada" if sheet is None else f"{sheet.status}, masih berlaku; cetak berkasnya sendiri"
        raise PlenoError("Bukan set BATAL", f"Set {number} {why}.", f"Set yang BATAL: {voided or 'belum ada'}.")
    contest = session.contests[sheet.contest]
    entry = next(session.store.entries(sheet.seq, sheet.seq))
    document = replace(
        working_document(session, contest, SheetStatus(entry.data["status"])),
        recap=recap_at(session, contest, sheet.seq),
        number=number,
        replaces=None,
        voided=True,
        seals=(),
        head_seq=entry.seq,
        head_hash=entry.hash,
    )
    layout = Layout(session.config.kertas, session.config.kolom_per_halaman)
    path = (target if target is not None else session.folder / OUTGOING) / f"BATAL-{sheet.folder}.pdf"
    return PreparedVoided(document, layout, bytes.fromhex(sheet.manifest_sha256), _heading(sheet, sheets), path)


def write_voided(prepared: PreparedVoided) -> Path:
    """Write them, in any thread; returns the path. PlenoError when the medium refuses."""
    path = prepared.path
    data = voided_pdf(prepared.document, prepared.layout, path.name, prepared.manifest, prepared.heading)
    try:
        make_folder(path.parent)
        write_bytes(path, data)
    except OSError as error:
        raise PlenoError(
            "Lembar tidak ditulis",
            f"{path.name}: {os_words(error)}. Tidak ada angka yang berubah.",
            "Tutup berkas itu bila terbuka di program lain, periksa ruang disk, lalu ulangi.",
        ) from error
    return path


def _heading(sheet: Sheet, sheets: dict[int, Sheet]) -> str:
    newer = newest_of(sheets.values(), sheet.number)
    instead = f"diganti ekspor nomor {newer.number}" if newer else "belum ada gantinya"
    return f"BATAL: EKSPOR NOMOR {sheet.number}, {instead}"
