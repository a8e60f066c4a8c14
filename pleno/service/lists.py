"""A list of a screen as a file, for whoever wants it on paper or in a spreadsheet; it is no document of the pleno."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pleno.domain.contest import Contest
from pleno.domain.errors import PlenoError
from pleno.exporters.atomic import write_bytes
from pleno.exporters.lists import list_csv
from pleno.service.export import OUTGOING
from pleno.service.session import Session


def write_list(
    session: Session, contest: Contest, name: str, header: Sequence[str], rows: Iterable[Sequence[str | int | None]]
) -> Path:
    """Write data/ekspor/<name>-<contest>-<kecamatan>.csv, whole or not at all, over the last one; its path.

    PlenoError when the medium refuses; then the last one is as it was.
    """
    folder = session.folder / OUTGOING
    path = folder / f"{name}-{contest.id}-{session.config.kode}.csv"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_bytes(path, list_csv(header, rows))
    except OSError as error:
        raise PlenoError(
            "Daftar tidak ditulis",
            f"{path.name} tidak dapat ditulis di {OUTGOING}: {error.strerror or 'media menolak'}.",
            "Tutup berkas itu bila terbuka di program lain, periksa ruang disk, lalu ulangi.",
        ) from error
    return path
