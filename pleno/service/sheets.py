"""Working sheets to print at any time: no figure changes, no set is made, nothing is remembered."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pleno.domain.contest import Contest
from pleno.domain.document import Document
from pleno.domain.errors import PlenoError, os_words
from pleno.domain.worklist import Worklist, worklist
from pleno.exporters.atomic import write_bytes
from pleno.exporters.layout import Layout
from pleno.exporters.working_sheets import SheetKind as SheetKind  # the skins name the kind through here
from pleno.exporters.working_sheets import working_sheet
from pleno.service.documents import working_document
from pleno.service.export import OUTGOING
from pleno.service.session import Session


class PreparedSheet(NamedTuple):
    """A working sheet that may be written: no thread that writes it asks the session."""

    document: Document
    kind: SheetKind
    layout: Layout
    folder: Path
    name: str
    """Of its files, without ending."""


class SheetFiles(NamedTuple):
    """A working sheet on the disk."""

    pdf: Path
    csv: Path
    rows: int
    """Lines of the list."""
    work: Worklist | None
    """What is left in Sirekap; only of a worklist."""


def print_sheet(session: Session, contest: Contest, kind: SheetKind, target: Path | None = None) -> SheetFiles:
    """Write a working sheet as PDF and csv into `target`, or data/ekspor. PlenoError when the medium refuses."""
    return write_sheet(prepare_sheet(session, contest, kind, target))


def prepare_sheet(session: Session, contest: Contest, kind: SheetKind, target: Path | None = None) -> PreparedSheet:
    """What a working sheet says; the name of its files tells up to which entry it speaks."""
    document = working_document(session, contest)
    name = f"{kind.value}-{contest.id}-{document.meeting.kecamatan}-{document.head_seq:05}"
    layout = Layout(session.config.kertas, session.config.kolom_per_halaman)
    return PreparedSheet(document, kind, layout, target if target is not None else session.folder / OUTGOING, name)


def write_sheet(prepared: PreparedSheet) -> SheetFiles:
    """Write a prepared working sheet, in any thread. PlenoError when the medium refuses."""
    document, kind, layout, folder, name = prepared
    made = working_sheet(document, kind, name, layout)
    pdf, csv = folder / f"{name}.pdf", folder / f"{name}.csv"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_bytes(csv, made.csv)
        write_bytes(pdf, made.pdf)
    except OSError as error:
        raise PlenoError(
            "Lembar tidak ditulis",
            f"{name}: {os_words(error)}. Tidak ada angka yang berubah.",
            "Tutup berkas itu bila terbuka di program lain, periksa ruang disk, lalu ulangi.",
        ) from error
    return SheetFiles(pdf, csv, made.rows, worklist(document.recap) if kind is SheetKind.SIREKAP else None)
