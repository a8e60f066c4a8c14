"""X01-X05 and X53-X55 of TRUST.md section 8: files that are not what they seem, cut, locked, or no files."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from pathlib import Path

import pytest
from importers.border_samples import GOOD_CSV, GOOD_JSON, TPS_1, parse, refused, target, zip_of

from pleno.importers.files import parse_files
from pleno.importers.parsed import ParsedFile, RefusedFile
from pleno.importers.sniff import Format, sniff

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
ODS = zip_of({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"})
XLSB = zip_of({"[Content_Types].xml": b"<x/>", "xl/workbook.bin": b"\0"})
DOCX = zip_of({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})


def workbook() -> bytes:
    """A workbook as openpyxl writes it."""
    import openpyxl

    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    return buffer.getvalue()


def crc_error() -> bytes:
    """The workbook with one byte of its first sheet changed."""
    data = bytearray(workbook())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        at = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    data[at + 30 + len("xl/worksheets/sheet1.xml") + 40] ^= 0xFF
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(OLE, "bukan xlsx", id="bad_X01 xls"),
        pytest.param(OLE, "Simpan Sebagai", id="bad_X01 xls advice"),
        pytest.param(XLSB, ".xlsb, bukan xlsx", id="bad_X01 xlsb"),
        pytest.param(ODS, "bukan xlsx", id="bad_X01 ods"),
        pytest.param(DOCX, "bukan xlsx", id="bad_X01 docx"),
        pytest.param(OLE + "EncryptedPackage".encode("utf-16-le"), "terkunci sandi", id="bad_X02 password"),
        pytest.param(b"", "kosong (0 bita)", id="bad_X03 empty"),
        pytest.param(b"P", "terpotong", id="bad_X03 one byte"),
        pytest.param(b"PK", "terpotong", id="bad_X03 only PK"),
        pytest.param(b"PK\x05\x06", "terpotong", id="bad_X03 only the end's mark"),
        pytest.param(workbook()[: len(workbook()) * 6 // 10], "Salin ulang", id="bad_X04 workbook cut"),
        pytest.param(zip_of({"a": os.urandom(999)})[:600], "Salin ulang", id="bad_X04 zip cut"),
        pytest.param(crc_error(), "rusak", id="bad_X05 CRC of a sheet"),
        pytest.param(b"%PDF-1.7", "PDF", id="PDF"),
        pytest.param(b"\xff\xd8\xff\xe0JFIF", "foto", id="photo"),
        pytest.param(b"  <!DOCTYPE html><html>", "halaman web", id="web page"),
        pytest.param(b"SQLite format 3\0", "basis data", id="database"),
    ],
)
def test_refused(tmp_path: Path, data: bytes, words: str) -> None:
    for name in ("a.xlsx", "a.csv", "a.json", "a"):
        assert words in refused(tmp_path, name, data)


@pytest.mark.parametrize(
    ("data", "format_"),
    [
        (GOOD_JSON, Format.JSON),
        (b"\xef\xbb\xbf\n [1]", Format.JSON),
        ('{"a":1}'.encode("utf-16"), Format.JSON),
        (GOOD_CSV, Format.CSV),
        (b"\xef\xbb\xbf" + GOOD_CSV, Format.CSV),
        (GOOD_CSV.decode().encode("utf-16"), Format.CSV),
        (b"PKB,PAN\n", Format.CSV),
        (zip_of({"a.json": GOOD_JSON}), Format.ZIP),
        (workbook(), Format.XLSX),
    ],
)
def test_format_by_content(data: bytes, format_: Format) -> None:
    assert sniff(data, "a.pdf") is format_


@pytest.mark.parametrize("name", ["data.xlsx", "foto.jpg", "tanpa-akhiran", "a.csv.json"])
def test_the_name_decides_nothing(tmp_path: Path, name: str) -> None:
    result = parse(tmp_path, name, GOOD_CSV)
    assert isinstance(result, ParsedFile)
    assert (result.format, len(result.readings)) == ("csv", 1)


def test_bad_X53_the_lock_file_of_excel(tmp_path: Path) -> None:
    assert "Tutup Excel dulu" in refused(tmp_path, "~$rekap.xlsx", b"\x05Budi")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a user whom the system can refuse")
def test_bad_X53_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook())
    path.chmod(0)
    (result,) = parse_files([path], target())
    assert isinstance(result, RefusedFile)
    assert "Tutup Excel dulu" in str(result.error)


@pytest.mark.parametrize(
    "name", [f"{TPS_1} salinan (2).json", f"Çatatan é 山 {TPS_1}.json", f"{TPS_1}{'_' * 237}.json"]
)
def test_bad_X54_spaces_other_scripts_and_long_names_work(tmp_path: Path, name: str) -> None:
    result = parse(tmp_path, name, GOOD_JSON)
    assert isinstance(result, ParsedFile)
    assert [reading.tps for reading in result.readings] == [TPS_1]


@pytest.mark.parametrize("name", ["tidak ada.json", "a" * 300, "con", "a\0b", "x/../../y", "", "//server/bagian/a.csv"])
def test_bad_X54_a_name_without_a_file_is_a_clear_message(tmp_path: Path, name: str) -> None:
    (result,) = parse_files([tmp_path / "b" / name if name else Path("tidak/ada")], target())
    assert isinstance(result, RefusedFile)
    assert result.sha256 is None
    assert str(result.error).isprintable()


@pytest.mark.skipif(sys.platform == "win32", reason="making these needs rights there")
def test_bad_X55_links_pipes_and_devices(tmp_path: Path) -> None:
    (tmp_path / "asli").mkdir()
    (tmp_path / "asli" / "a.csv").write_bytes(GOOD_CSV)
    (tmp_path / "tautan.csv").symlink_to(tmp_path / "asli" / "a.csv")
    (tmp_path / "folder-tautan").symlink_to(tmp_path / "asli")
    os.mkfifo(tmp_path / "pipa.csv")
    paths = [tmp_path / "tautan.csv", tmp_path / "folder-tautan", tmp_path / "pipa.csv", Path("/dev/zero")]
    *bad, good = parse_files([*paths, tmp_path / "asli" / "a.csv"], target())
    assert isinstance(good, ParsedFile)
    sentences = [str(result.error) for result in bad if isinstance(result, RefusedFile)]
    assert ["tautan" in sentence for sentence in sentences] == [True, True, False, False]
    assert ["perangkat" in sentence for sentence in sentences] == [False, False, True, True]
