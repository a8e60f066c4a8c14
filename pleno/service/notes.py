"""What people write in their own words: names, reasons, remarks (TRUST.md section 7 and 8)."""

from __future__ import annotations

import re
from typing import Final

from pleno.domain.errors import PlenoError
from pleno.importers.limits import BadCell, clean_text

SHORTEST: Final = 10
"""Characters; below it a reason explains nothing (UX.md, Pembetulan)."""
LONGEST: Final = 500
LONGEST_NAME: Final = 120

_NIK: Final = re.compile(r"(?:[0-9][ .-]?){16}")
"""Sixteen digits are a person's identity number, which belongs on no sheet."""


def note(text: str, what: str) -> str:
    """A remark as it is kept, which may be empty. PlenoError for control characters, length or a NIK."""
    cleaned = _cleaned(text, what, LONGEST)
    if _NIK.search(cleaned):
        raise PlenoError(
            "Catatan ditolak", f"{what} memuat 16 angka seperti NIK.", "Hapus nomor itu; sebut nama atau perannya saja."
        )
    return cleaned


def reason(text: str, what: str) -> str:
    """A remark that must explain something. PlenoError when it is missing or too short."""
    kept = note(text, what)
    if len(kept) < SHORTEST:
        raise PlenoError(
            "Alasan belum ditulis",
            f"{what} perlu alasan tertulis, paling sedikit {SHORTEST} huruf.",
            "Tulis alasannya seperti yang akan dibacakan di rapat.",
        )
    return kept


def name(text: str, what: str) -> str:
    """A name or id. PlenoError when it is empty or cannot be shown."""
    kept = _cleaned(text, what, LONGEST_NAME)
    if not kept:
        raise PlenoError("Nama ditolak", f"{what} kosong.", "Tulis namanya.")
    return kept


def _cleaned(text: str, what: str, limit: int) -> str:
    try:
        return clean_text(text, what, limit).strip()
    except BadCell as bad:
        raise PlenoError("Teks ditolak", f"{bad}", "Tulis ulang tanpa karakter itu, dan lebih singkat.") from bad
