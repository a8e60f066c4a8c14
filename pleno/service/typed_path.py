"""Where a file or a folder is, as a person says it."""

from __future__ import annotations

from pathlib import Path

from pleno.domain.errors import PlenoError


def typed_path(text: str) -> Path:
    """A path as people type or drop it on a terminal: quotes around it, ~ in front.

    PlenoError when it is empty, has characters nobody sees, or names the home of nobody.
    """
    plain = text.strip().strip("'\"").strip()
    if not plain:
        raise PlenoError("Belum diisi", "Nama folder atau berkas belum diisi.", "Ketik namanya.")
    if not plain.isprintable():
        raise PlenoError("Nama ditolak", "Namanya memuat karakter yang tidak terlihat.", "Ketik ulang namanya.")
    try:
        return Path(plain).expanduser()
    except RuntimeError as error:  # "~nobody"
        raise PlenoError(
            "Tidak ditemukan", "Tidak ada folder rumah dengan nama itu.", "Ketik jalur lengkap."
        ) from error
