"""Files that an office may have typed into since: written where none lies, never over one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, NamedTuple

from pleno.domain.errors import PlenoError, os_words
from pleno.exporters.atomic import make_folder, write_bytes

_LONGEST_STEM: Final = 60
"""Characters of a workbook's own name in the name of what is made from it."""
_RESERVED: Final = re.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?")
"""Names that Windows keeps for devices."""


class NewFile(NamedTuple):
    """A file that was made and lies nowhere yet: whoever stops before `write_new` leaves nothing behind."""

    path: Path
    data: bytes


def write_new(file: NewFile) -> Path:
    """Write a file that was made; returns its path. PlenoError when one is there, and when the medium refuses."""
    require_new(file.path)
    try:
        make_folder(file.path.parent)
        write_bytes(*file)
    except OSError as error:
        raise PlenoError(
            "Berkas tidak ditulis",
            f"{file.path.name}: {os_words(error)}. Tidak ada angka yang berubah.",
            "Periksa ruang dan izin folder itu, lalu ulangi.",
        ) from error
    return file.path


def require_new(path: Path) -> None:
    """PlenoError when a file, or a link to one, lies there already."""
    try:
        there = path.is_symlink() or path.exists()
    except OSError:  # a folder nobody may look into: writing says why
        there = False
    if there:
        raise PlenoError(
            "Berkas sudah ada",
            f"{path.name} sudah ada di {path.parent} dan mungkin sudah diisi; tidak ada yang ditimpa.",
            "Pindahkan berkas itu, atau sebut folder lain.",
        )


def safe_stem(name: str) -> str:
    """A workbook's name as a file of ours may bear it, on any system (TRUST.md section 9); without its ending."""
    plain = "".join(char if char.isascii() and (char.isalnum() or char in "._-") else "_" for char in Path(name).stem)
    stem = plain[:_LONGEST_STEM].strip("._") or "templat"
    return f"{stem}_" if _RESERVED.fullmatch(stem) else stem
