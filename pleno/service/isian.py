"""The isian workbook: ours to type into, made for the desa, TPS and choices of this workspace."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pleno.domain.contest import Contest
from pleno.domain.document import Document
from pleno.exporters.isian import isian_name, write_isian
from pleno.exporters.layout import Layout
from pleno.service.documents import working_document
from pleno.service.intake import TEMPLATES
from pleno.service.new_file import NewFile, require_new, write_new
from pleno.service.session import Session


class PreparedIsian(NamedTuple):
    """An isian workbook that may be made: no thread that does it asks the session."""

    document: Document
    layout: Layout
    path: Path


def make_isian(session: Session, contest: Contest, target_folder: Path | None = None) -> Path:
    """Write the empty isian workbook of a contest into a folder, or templates_xlsx; returns its path.

    PlenoError when it is there already, since an office may have typed into it, and when the medium refuses.
    """
    return write_new(build_isian(prepare_isian(session, contest, target_folder)))


def prepare_isian(session: Session, contest: Contest, target_folder: Path | None = None) -> PreparedIsian:
    """What the isian workbook is made from. PlenoError when it is there already."""
    document = working_document(session, contest)
    layout = Layout(session.config.kertas, session.config.kolom_per_halaman)
    path = (target_folder if target_folder is not None else session.folder / TEMPLATES) / isian_name(document)
    require_new(path)
    return PreparedIsian(document, layout, path)


def build_isian(prepared: PreparedIsian) -> NewFile:
    """The isian workbook, in any thread."""
    return NewFile(prepared.path, write_isian(prepared.document, prepared.layout))
