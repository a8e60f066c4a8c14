"""Workbooks for an office to type into: ours, made for this workspace, and the office's own."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pleno.domain.contest import Contest
from pleno.domain.errors import PlenoError, os_words
from pleno.exporters.atomic import write_bytes
from pleno.exporters.isian import isian_name, write_isian
from pleno.exporters.layout import Layout
from pleno.service.export import working_document
from pleno.service.session import Session

TEMPLATES: Final = Path("templates_xlsx")
"""Where the workbooks of an office and their maps lie, below the workspace."""


def make_isian(session: Session, contest: Contest, target: Path | None = None) -> Path:
    """Write the empty isian workbook of a contest into `target`, or templates_xlsx; returns its path.

    PlenoError when it is there already, since an office may have typed into it, and when the medium refuses.
    """
    document = working_document(session, contest)
    layout = Layout(session.config.kertas, session.config.kolom_per_halaman)
    path = (target if target is not None else session.folder / TEMPLATES) / isian_name(document)
    _write_new(path, write_isian(document, layout))
    return path


def _write_new(path: Path, data: bytes) -> None:
    if path.exists():
        raise PlenoError(
            "Berkas sudah ada",
            f"{path.name} sudah ada di {path.parent} dan mungkin sudah diisi; tidak ada yang ditimpa.",
            "Pindahkan berkas itu, atau sebut folder lain.",
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, data)
    except OSError as error:
        raise PlenoError(
            "Berkas tidak ditulis",
            f"{path.name}: {os_words(error)}. Tidak ada angka yang berubah.",
            "Periksa ruang dan izin folder itu, lalu ulangi.",
        ) from error
