"""The input border: what may come in from outside, how much of it, and in which spelling (TRUST.md section 8)."""

from __future__ import annotations

import difflib
import errno
import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from pleno.domain.errors import PlenoError
from pleno.domain.figures import KOSONG, MAX_STORED, Figure, thousands

MB: Final = 1_000_000
"""Limits are decimal, as file managers show sizes."""

MAX_XLSX: Final = 5 * MB
MAX_XLSX_UNPACKED: Final = 50 * MB
MAX_XLSX_MEMBERS: Final = 2_000
MAX_SHEETS: Final = 128
"""A kecamatan has up to 108 desa, each with a sheet of its own."""
MAX_SHEET_ROWS: Final = 20_000
MAX_SHEET_COLUMNS: Final = 2_000
MAX_SHEET_CELLS: Final = 1_500_000
MAX_RATIO: Final = 100
"""Unpacked size of a zip member against its packed size, for members above RATIO_FROM."""
RATIO_FROM: Final = 100_000

MAX_CSV: Final = 50 * MB
MAX_FIELD: Final = 1_000
"""Characters in one csv field."""
MAX_LINE: Final = 200_000
"""Characters in one csv record."""
MAX_CSV_ROWS: Final = 500_000
"""The largest kecamatan (1,591 TPS) with 250 rows a TPS in the long form is 400,000."""
MAX_CSV_COLUMNS: Final = 2_000

MAX_JSON: Final = 1 * MB
MAX_JSON_DEPTH: Final = 20
MAX_ZIP: Final = 50 * MB
MAX_ZIP_UNPACKED: Final = 200 * MB
MAX_ZIP_MEMBERS: Final = 20_000
MAX_TOML: Final = 100_000

MAX_INPUT: Final = 50 * MB
"""The largest file of any format."""

MAX_TEXT: Final = 120
MAX_MARKS: Final = 4
"""Combining marks on one base character."""

TPS_CODE: Final = re.compile(r"[0-9]{13}")

_FORBIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_PLAIN: Final = re.compile(r"[0-9]{1,6}")
_THOUSANDS: Final = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_NEGATIVE: Final = re.compile(r"-[0-9]+|\([0-9]+\)")
_LETTER_AS_DIGIT: Final = re.compile(r"(?<![A-Za-z])[OolI]+(?=[0-9])|(?<=[0-9])[OolI]+(?![A-Za-z])")
_SHARING_VIOLATIONS: Final = (32, 33)
_SHOWN: Final = 10
"""Findings spelled out in one message; the rest are counted."""


class BadCell(Exception):
    """One cell, line or name that cannot be taken. Parsers collect them, so that a person sees all at once."""

    place: str
    """Where: "baris 7, kolom suara.1", "DESA_A!C12"."""
    message: str
    """What is wrong with it, one Indonesian sentence."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(place, message)
        self.place = place
        self.message = message

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


def refusal(title: str, findings: Sequence[BadCell], advice: str) -> PlenoError:
    """One refusal that names every finding, the first ten in full."""
    listed = " ".join(str(finding) for finding in findings[:_SHOWN])
    more = len(findings) - _SHOWN
    return PlenoError(title, f"{listed} Dan {thousands(more)} lagi." if more > 0 else listed, advice)


def nearest(text: str, known: Iterable[str]) -> str:
    """A sentence end that names the known name closest to `text`, or nothing."""
    found = difflib.get_close_matches(text, list(known), n=1)
    return f' Mungkin maksudnya "{found[0]}".' if found else ""


# --- files ---------------------------------------------------------------------------------


def sha256_of(data: bytes) -> str:
    """64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def read_regular(path: Path, limit: int) -> bytes:
    """The bytes of a regular file, at most `limit`.

    Never follows a link and never waits: a FIFO, device, folder or link is refused before it is
    opened. PlenoError says what the path is and what to do.
    """
    name = shown_outside(path.name or str(path))
    try:
        before = path.lstat()
        _check_regular(before.st_mode, name)
        # Windows has neither flag; there links were found by lstat, and no open of a file waits.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        handle = os.open(path, flags)
        try:
            found = os.fstat(handle)
            _check_regular(found.st_mode, name)
            if found.st_size > limit:
                raise too_large(name, found.st_size, limit)
            return _read_bounded(handle, limit, name)
        finally:
            os.close(handle)
    except (OSError, ValueError) as error:
        raise _unreadable(name, error) from error


def _read_bounded(handle: int, limit: int, name: str) -> bytes:
    """All that can be read, though the file may grow meanwhile."""
    parts: list[bytes] = []
    size = 0
    while part := os.read(handle, min(limit + 1 - size, MB)):
        parts.append(part)
        size += len(part)
        if size > limit:
            raise too_large(name, size, limit)
    return b"".join(parts)


def _check_regular(mode: int, name: str) -> None:
    if stat.S_ISREG(mode):
        return
    if stat.S_ISLNK(mode):
        raise PlenoError("Berkas ditolak", f"{name} adalah tautan, bukan berkas.", "Sebut berkas aslinya.")
    if stat.S_ISDIR(mode):
        raise PlenoError("Berkas ditolak", f"{name} adalah folder, bukan berkas.", "Sebut berkas di dalamnya.")
    raise PlenoError(
        "Berkas ditolak", f"{name} bukan berkas biasa (pipa atau perangkat).", "Salin isinya ke berkas biasa dahulu."
    )


def too_large(name: str, size: int, limit: int) -> PlenoError:
    """The refusal of something above its limit, sizes in bytes."""
    return PlenoError(
        "Berkas ditolak",
        f"{name} berukuran {thousands(size)} bita, paling banyak {thousands(limit)}.",
        "Pastikan ini berkas yang dimaksud, atau bagi menjadi beberapa berkas.",
    )


def _unreadable(name: str, error: OSError | ValueError) -> PlenoError:
    if isinstance(error, FileNotFoundError):
        return PlenoError("Berkas tidak ada", f"{name} tidak ditemukan.", "Periksa nama dan foldernya.")
    if isinstance(error, PermissionError) or getattr(error, "winerror", None) in _SHARING_VIOLATIONS:
        return PlenoError(
            "Berkas tidak dapat dibuka",
            f"{name} sedang dipakai program lain atau tidak boleh dibaca.",
            "Tutup Excel dulu lalu ulangi; bila tetap, periksa izin berkas.",
        )
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return PlenoError("Berkas ditolak", f"{name} adalah tautan, bukan berkas.", "Sebut berkas aslinya.")
    return PlenoError(
        "Berkas tidak dapat dibaca", f"{name} tidak terbaca sampai habis.", "Salin berkas ke laptop ini lalu ulangi."
    )


# --- text ----------------------------------------------------------------------------------


def shown_outside(text: str, limit: int = MAX_TEXT) -> str:
    """Text from outside as a message may hold it: control, direction and invisible characters and
    odd spaces become visible escapes, and it is cut at `limit` characters."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return "".join(char if char.isprintable() else _escaped(char) for char in cut)


def _escaped(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def clean_text(text: str, place: str, limit: int = MAX_TEXT) -> str:
    """A name or note from outside in its one spelling: NFC, single plain spaces, none at the ends.

    BadCell when it holds control, invisible or direction characters, too many combining marks,
    or more than `limit` characters.
    """
    if len(text) > 10 * limit:  # before NFC, whose cost grows with what is thrown away anyway
        raise BadCell(place, f"terlalu panjang ({thousands(len(text))} karakter, paling banyak {limit}).")
    for char in text:
        if unicodedata.category(char) in _FORBIDDEN:
            raise BadCell(place, f'memuat karakter terlarang {_escaped(char)} pada "{shown_outside(text, 40)}".')
    cleaned = " ".join(unicodedata.normalize("NFC", text).split())
    if len(cleaned) > limit:
        raise BadCell(place, f"terlalu panjang ({len(cleaned)} karakter, paling banyak {limit}).")
    marks = 0
    for char in cleaned:
        marks = marks + 1 if unicodedata.category(char).startswith("M") else 0
        if marks > MAX_MARKS:
            raise BadCell(place, f"lebih dari {MAX_MARKS} tanda tumpuk pada satu huruf.")
    return cleaned


def look_alike(text: str) -> str | None:
    """Why a name may not be what it looks like (another script, O for 0, l for 1); None if nothing shows."""
    for char in text:
        if char.isalpha() and not unicodedata.name(char, "").startswith("LATIN"):
            return f'"{shown_outside(text, 40)}" memuat huruf "{char}" ({unicodedata.name(char, "?")}), bukan Latin.'
    if found := _LETTER_AS_DIGIT.search(text):
        return f'"{shown_outside(text, 40)}" memuat huruf "{found[0]}" di antara angka.'
    return None


# --- figures -------------------------------------------------------------------------------


def figure_of_text(text: str, place: str, digits: int, *, kosong: bool = False) -> Figure:
    """The figure that a text cell holds: "137", or "1.234" with the thousands dot (see `has_thousands`).

    An empty cell is None, not read. "x" is KOSONG where the caller's format knows it. BadCell for
    everything else, and for a figure that does not fit the `digits` boxes of the form.
    """
    if text == "":
        return None
    stripped = text.strip(" \u00a0")
    if kosong and stripped in ("x", "X"):
        return KOSONG
    if _PLAIN.fullmatch(stripped):
        return _fitting(int(stripped), place, digits)
    if _THOUSANDS.fullmatch(stripped):
        whole = stripped.replace(".", "")
        if len(whole) > 9:
            raise BadCell(place, f'Terlalu besar: "{shown_outside(stripped, 20)}".')
        return _fitting(int(whole), place, digits)
    raise BadCell(place, _why_not(text, stripped))


def has_thousands(text: str) -> bool:
    """Whether a text cell was read with its dot as thousands, which the preview says."""
    return _THOUSANDS.fullmatch(text.strip(" \u00a0")) is not None


def figure_of_number(value: object, place: str, digits: int) -> Figure:
    """The figure that a JSON value is: an integer or null.

    BadCell for a float, a text, true or false, a negative number, and one too large for the form.
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        kinds = {bool: "benar/salah", float: "pecahan", str: "teks", list: "daftar", dict: "objek"}
        raise BadCell(place, f"berisi {kinds.get(type(value), 'isi lain')}, bukan angka bulat.")
    return _fitting(value, place, digits)


def _fitting(number: int, place: str, digits: int) -> int:
    largest = min(10**digits - 1, MAX_STORED)
    if number < 0:
        raise BadCell(place, "Angka negatif.")
    if number > largest:
        shown = thousands(number) if number < 10**12 else "angka itu"
        raise BadCell(place, f"Terlalu besar: {shown}, paling banyak {thousands(largest)}.")
    return number


def _why_not(text: str, stripped: str) -> str:
    shown = shown_outside(text, 20)
    if not stripped:
        return "Hanya berisi spasi; kosongkan bila belum dibaca."
    if _NEGATIVE.fullmatch(stripped):
        return f'Angka negatif: "{shown}".'
    if stripped.isascii() and stripped.isdigit():
        return f'Terlalu besar: "{shown}".'
    return f'"{shown}" bukan angka bulat.'
