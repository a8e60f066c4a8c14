"""Zip archives from outside: checked as a whole before one member is unpacked, and unpacked into memory only."""

from __future__ import annotations

import io
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from pleno.domain.errors import PlenoError
from pleno.domain.figures import thousands
from pleno.importers.limits import (
    MAX_RATIO,
    MAX_ZIP,
    MAX_ZIP_MEMBERS,
    MAX_ZIP_UNPACKED,
    RATIO_FROM,
    BadCell,
    refusal,
    shown_outside,
    too_large,
)

ARCHIVE_SIGNATURES: Final = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf\x27\x1c",
    b"BZh",
    b"\xfd7zXZ",
)

_TITLE: Final = "Zip ditolak"
_COPY_AGAIN: Final = "Salin ulang berkas dari sumbernya."
_PACK_AGAIN: Final = "Keluarkan isinya, periksa, lalu impor berkas atau foldernya."
_END: Final = struct.Struct("<4s4H2LH")
_END_SIGNATURE: Final = b"PK\x05\x06"
_ZIP64_LOCATOR: Final = b"PK\x06\x07"
_CENTRAL_SIGNATURE: Final = b"PK\x01\x02"
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_MAX_NAME: Final = 255
_RESERVED: Final = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
_ENCRYPTED: Final = 0x1 | 0x40 | 0x2000
_HAS_DESCRIPTOR: Final = 0x8
_UTF8: Final = 0x800
_DESCRIPTOR_SIZES: Final = (12, 16)
_DOS_VOLUME_OR_DEVICE: Final = 0x08 | 0x40
_LITTER: Final = re.compile(r"(?:.*/)?(?:__MACOSX/.*|\.DS_Store|Thumbs\.db|desktop\.ini)")


def open_zip(data: bytes, name: str, limit: int = MAX_ZIP) -> zipfile.ZipFile:
    """The archive, its directory found whole and of a bounded size. PlenoError when it is cut or too large."""
    if len(data) > limit:
        raise too_large(name, len(data), limit)
    _check_end(data, name)
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
        raise _not_whole(name) from error


def _not_whole(name: str) -> PlenoError:
    return PlenoError("Berkas tidak utuh", f"{name} terpotong atau rusak.", _COPY_AGAIN)


def _check_end(data: bytes, name: str) -> None:
    """The end record, before `zipfile` builds an object for each member it is told of."""
    at = data.rfind(_END_SIGNATURE)
    if at < 0 or at + _END.size > len(data):
        raise _not_whole(name)
    _, disk, start_disk, here, total, size, offset, comment = _END.unpack_from(data, at)
    if at + _END.size + comment != len(data):
        raise PlenoError(_TITLE, f"{name} memuat data lain di belakang arsipnya, atau terpotong.", _COPY_AGAIN)
    if 0xFFFF in (here, total) or 0xFFFFFFFF in (size, offset) or data[max(0, at - 20) : at].startswith(_ZIP64_LOCATOR):
        raise PlenoError(
            _TITLE, f"{name} memakai bentuk zip64, yang tidak diperlukan untuk berkas sekecil ini.", _PACK_AGAIN
        )
    if disk or start_disk or here != total or offset + size != at:
        raise PlenoError(_TITLE, f"Daftar isi {name} tidak cocok dengan arsipnya.", _COPY_AGAIN)
    if total > MAX_ZIP_MEMBERS:
        raise PlenoError(
            _TITLE, f"{name} berisi {thousands(total)} berkas, paling banyak {thousands(MAX_ZIP_MEMBERS)}.",
            "Bagi menjadi beberapa zip.",
        )  # fmt: skip
    if data.count(_CENTRAL_SIGNATURE, offset, at) != total:
        raise PlenoError(_TITLE, f"Daftar isi {name} tidak cocok dengan arsipnya.", _COPY_AGAIN)


def read_members(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file in a zip, in its order; folders and what systems leave behind are skipped.

    Everything that can be known without unpacking is checked first, and named at once. PlenoError
    refuses the whole zip: names that lead outside or that no system may hold, links, devices, encryption, nested
    archives, overlapping or doubled members, too much content, data beside the archive, damage.
    """
    with open_zip(data, name) as archive:
        infos = archive.infolist()
        findings = [*_bad_members(infos), *_doubled(infos), *_bad_layout(data, infos, archive.start_dir)]
        unpacked = sum(info.file_size for info in infos)
        if unpacked > MAX_ZIP_UNPACKED:
            message = f"berukuran {thousands(unpacked)} bita bila dibuka, paling banyak {thousands(MAX_ZIP_UNPACKED)}."
            findings.append(BadCell(name, message))
        if findings:
            raise refusal(_TITLE, findings, _PACK_AGAIN)
        for info in infos:
            if not info.filename.endswith("/") and not _LITTER.fullmatch(info.filename):
                yield info.filename, _content(archive, info, name)


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    try:
        content = archive.read(info)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError, zlib.error) as error:
        raise PlenoError(
            "Berkas tidak utuh", f"{shown_outside(info.filename)} dalam {name} rusak.", _COPY_AGAIN
        ) from error
    if content.startswith(ARCHIVE_SIGNATURES):
        raise PlenoError(
            _TITLE, f"{shown_outside(info.filename)} dalam {name} adalah arsip di dalam arsip.", _PACK_AGAIN
        )
    return content


def _bad_members(infos: list[zipfile.ZipInfo]) -> Iterator[BadCell]:
    for info in infos:
        place = f'"{shown_outside(info.orig_filename)}"'
        if problem := _name_problem(info.orig_filename):
            yield BadCell(place, problem)
        if info.flag_bits & _ENCRYPTED:
            yield BadCell(place, "terkunci sandi.")
        elif info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            yield BadCell(place, "dimampatkan dengan cara yang tidak dikenal.")
        if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
            yield BadCell(place, "adalah tautan atau perangkat, bukan berkas.")
        elif info.external_attr & _DOS_VOLUME_OR_DEVICE:
            yield BadCell(place, "bertanda perangkat, bukan berkas.")
        if info.filename.endswith("/") and info.file_size:
            yield BadCell(place, "bernama folder tetapi berisi data.")
        if info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * info.compress_size:
            yield BadCell(place, f"mengembang lebih dari {MAX_RATIO} kali bila dibuka.")


def _name_problem(name: str) -> str | None:
    """Why no file may have this name, on any system."""
    parts = name.removesuffix("/").split("/")
    if len(name) > _MAX_NAME:
        return f"bernama lebih dari {_MAX_NAME} karakter."
    if any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn") for char in name):
        return "bernama dengan karakter terlarang."
    if "\\" in name or ":" in name or name.startswith("/") or ".." in parts:
        return "menunjuk ke luar folder arsip."
    if any(not part or part == "." or part[-1] in ". " or _RESERVED.fullmatch(part) for part in parts):
        return "bernama yang tidak boleh dipakai di Windows."
    return None


def _doubled(infos: list[zipfile.ZipInfo]) -> Iterator[BadCell]:
    seen: set[str] = set()
    for info in infos:
        folded = unicodedata.normalize("NFC", info.filename).casefold()
        if folded in seen:
            yield BadCell(
                f'"{shown_outside(info.filename)}"', "ada lebih dari sekali (huruf besar dan kecil dianggap sama)."
            )
        seen.add(folded)


def _bad_layout(data: bytes, infos: list[zipfile.ZipInfo], directory: int) -> Iterator[BadCell]:
    """Members must follow each other from the first byte to the directory, so nothing hides between them."""
    ordered = sorted(infos, key=lambda info: info.header_offset)
    starts = [*(info.header_offset for info in ordered), directory]
    if starts[0] != 0:
        yield BadCell("Arsip", "memuat data lain di depan isinya.")
    for info, next_at in zip(ordered, starts[1:], strict=True):
        yield from _bad_extent(data, info, next_at)


def _bad_extent(data: bytes, info: zipfile.ZipInfo, next_at: int) -> Iterator[BadCell]:
    place, at = f'"{shown_outside(info.filename)}"', info.header_offset
    if at + _LOCAL.size > len(data) or data[at : at + 4] != b"PK\x03\x04":
        yield BadCell(place, "tidak ada di tempat yang disebut daftar isi.")
        return
    *_, name_length, extra_length = _LOCAL.unpack_from(data, at)
    name = info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437")
    if data[at + _LOCAL.size : at + _LOCAL.size + name_length] != name:
        yield BadCell(place, "bernama lain di dalam arsip daripada di daftar isinya.")
    gap = next_at - (at + _LOCAL.size + name_length + extra_length + info.compress_size)
    if gap < 0:
        yield BadCell(place, "bertumpang tindih dengan isi lain.")
    elif gap and not (info.flag_bits & _HAS_DESCRIPTOR and gap in _DESCRIPTOR_SIZES):
        yield BadCell(place, "diikuti data yang bukan bagian arsip.")
