"""Which format a file has, decided by its content and never by its name."""

from __future__ import annotations

import codecs
from enum import StrEnum
from typing import Final

from pleno.domain.errors import PlenoError
from pleno.importers.archive import open_zip


class Format(StrEnum):
    """A format that some importer reads."""

    JSON = "json"
    CSV = "csv"
    ZIP = "zip"
    XLSX = "xlsx"


_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS: Final = 'Buka di Excel atau LibreOffice, pilih Simpan Sebagai (Save As), jenis "Excel Workbook (*.xlsx)".'
_ACCEPTED: Final = "Yang diterima: objek Sirekap (json), csv, xlsx, atau zip berisi json dan csv."
_FOREIGN: Final = (
    (b"%PDF", "adalah PDF"),
    (b"\xff\xd8\xff", "adalah foto"),
    (b"\x89PNG", "adalah gambar"),
    (b"\x1f\x8b", "adalah arsip gzip"),
    (b"Rar!", "adalah arsip RAR"),
    (b"7z\xbc\xaf\x27\x1c", "adalah arsip 7z"),
    (b"SQLite format 3", "adalah basis data"),
    (b"<", "adalah halaman web atau XML"),
)


def sniff(data: bytes, name: str) -> Format:
    """The format of a file; PlenoError with what it is instead when no importer reads it."""
    if not data:
        raise PlenoError("Berkas ditolak", f"{name} kosong (0 bita).", "Salin ulang berkas dari sumbernya.")
    if data.startswith(_ZIP) or data == _ZIP[0][: len(data)]:
        return _sniff_zip(data, name)
    if data.startswith(_OLE):
        raise _ole_refusal(data, name)
    start = data.removeprefix(codecs.BOM_UTF8).lstrip()
    for signature, what in _FOREIGN:
        if start.startswith(signature):
            raise PlenoError("Berkas ditolak", f"{name} {what}, bukan berkas angka.", _ACCEPTED)
    return Format.JSON if _text_start(data).startswith(("{", "[")) else Format.CSV


def _text_start(data: bytes) -> str:
    """The first characters, in whichever Unicode form they are; "" when they are none."""
    head = data[:256]
    utf16 = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in head[:2]
    encodings = ("utf-16", "utf-16-le", "utf-16-be") if utf16 else ("utf-8-sig",)
    for encoding in encodings:
        text = head.decode(encoding, "ignore").lstrip()
        if text.startswith(("{", "[")):
            return text
    return ""


def _sniff_zip(data: bytes, name: str) -> Format:
    with open_zip(data, name) as archive:
        names = set(archive.namelist())
    if "mimetype" in names and "content.xml" in names:
        raise PlenoError("Berkas ditolak", f"{name} adalah OpenDocument (.ods), bukan xlsx.", _SAVE_AS)
    if "xl/workbook.bin" in names:
        raise PlenoError("Berkas ditolak", f"{name} adalah .xlsb, bukan xlsx.", _SAVE_AS)
    if "[Content_Types].xml" not in names:
        return Format.ZIP
    if any(member.startswith("xl/") for member in names):
        return Format.XLSX
    raise PlenoError("Berkas ditolak", f"{name} adalah dokumen Office, bukan xlsx.", _SAVE_AS)


def _ole_refusal(data: bytes, name: str) -> PlenoError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return PlenoError(
            "Berkas ditolak",
            f"{name} terkunci sandi.",
            "Buka di Excel, hapus sandinya, lalu simpan ulang sebagai xlsx.",
        )
    return PlenoError("Berkas ditolak", f"{name} adalah Excel lama (.xls), bukan xlsx.", _SAVE_AS)
