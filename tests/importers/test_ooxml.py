"""X01-X13, X35, X39, X40, X48-X51 of TRUST.md section 8: files that are not, or not only, a plain whole workbook."""

from __future__ import annotations

import contextlib
import io
import random
import re
import socket
import struct
import threading
import time
import zipfile
from collections.abc import Callable

import pytest
from importers.workbook_samples import (
    SHEET,
    Recap,
    expected,
    figures_of,
    read,
    repacked,
    texts_of,
    with_cell,
    with_shared_strings,
)

from pleno.domain.errors import PlenoError
from pleno.importers import ooxml

CODE = "3101011001001"
GOOD = Recap().data()
SHARED = with_shared_strings(GOOD, [b"<t>9</t>"])
SUARA_1 = Recap().at[CODE, "suara.1"]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STYLES, STRINGS, RELS, TYPES = (
    "xl/styles.xml",
    "xl/sharedStrings.xml",
    "xl/_rels/workbook.xml.rels",
    "[Content_Types].xml",
)
MAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new, 1)

    return change


def main_type(kind: bytes) -> bytes:
    return repacked(GOOD, {TYPES: replaced(MAIN, kind)})


def ods() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    return stream.getvalue()


def doctype(inside: bytes) -> Callable[[bytes], bytes]:
    """The part with a DOCTYPE between its declaration, if any, and its root."""
    return lambda data: b"<?xml version='1.0'?><!DOCTYPE x [" + inside + b"]>" + re.sub(rb"^<\?xml.*?\?>", b"", data)


LAUGHS = b"<!ENTITY a 'aaaaaaaaaa'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (98 + i, (b"&%c;" % (97 + i)) * 10) for i in range(9)
)


def in_sheet(old: bytes, new: bytes) -> bytes:
    return repacked(GOOD, {SHEET: replaced(old, new)})


def with_crc_error() -> bytes:
    """One bit of the packed first sheet turned over."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        member = archive.getinfo(SHEET)
    name, extra = struct.unpack_from("<2H", GOOD, member.header_offset + 26)
    at = member.header_offset + 30 + name + extra + member.compress_size // 2
    return GOOD[:at] + bytes([GOOD[at] ^ 0x10]) + GOOD[at + 1 :]


def zeros() -> bytes:
    return repacked(GOOD, {SHEET: b"<x>" + b"0" * 40_000_000 + b"</x>"})


def many_members() -> bytes:
    return repacked(GOOD, {}, {f"xl/media/{number}.bin": b"" for number in range(2_000)})


def many_sheets() -> bytes:
    recap = Recap()
    for number in range(128):
        recap.book.create_sheet(f"S{number}")
    return recap.data()


def unpacked_too_large() -> bytes:
    block = random.Random(1).randbytes(20_000)
    return repacked(GOOD, {}, {f"xl/media/{number}.png": block * 50 for number in range(51)})


def doubled_member() -> bytes:
    with pytest.warns(UserWarning, match="Duplicate"):
        return repacked(GOOD, {}, {SHEET: b"<x/>"})


def encrypted_member() -> bytes:
    data = bytearray(GOOD)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    return bytes(data)


def strict() -> bytes:
    office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return repacked(
        GOOD, {"_rels/.rels": lambda d: d.replace(office, b"http://purl.oclc.org/ooxml/officeDocument/rel")}
    )


@pytest.mark.parametrize(
    ("make", "said"),
    [
        pytest.param(lambda: OLE + bytes(1_000), "bukan xlsx.*Simpan|bukan xlsx.*simpan", id="bad_X01 xls"),
        pytest.param(ods, "bukan xlsx", id="bad_X01 ods"),
        pytest.param(lambda: main_type(b"application/vnd.ms-excel.sheet.binary.main"), "bukan xlsx", id="bad_X01 xlsb"),
        pytest.param(lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "terkunci sandi", id="bad_X02"),
        pytest.param(encrypted_member, "terkunci sandi", id="bad_X02 member"),
        pytest.param(lambda: b"", "kosong", id="bad_X03 0 bytes"),
        pytest.param(lambda: b"P", "bukan xlsx", id="bad_X03 1 byte"),
        pytest.param(lambda: b"PK", "terpotong|tidak utuh", id="bad_X03 PK"),
        pytest.param(lambda: GOOD[: len(GOOD) * 6 // 10], "terpotong|tidak utuh", id="bad_X04"),
        pytest.param(with_crc_error, "tidak utuh|bukan XML", id="bad_X05"),
        pytest.param(zeros, "mengembang lebih dari 100 kali", id="bad_X06"),
        pytest.param(lambda: GOOD + bytes(5_000_001), "paling banyak 5.000.000", id="bad_X07 packed size"),
        pytest.param(unpacked_too_large, "paling banyak 50.000.000", id="bad_X07 unpacked size"),
        pytest.param(many_members, "paling banyak 2.000", id="bad_X07 members"),
        pytest.param(many_sheets, "129 lembar, paling banyak 128", id="bad_X07 sheets"),
        pytest.param(lambda: repacked(GOOD, {SHEET: doctype(LAUGHS)}), "DOCTYPE", id="bad_X09"),
        pytest.param(
            lambda: repacked(GOOD, {SHEET: doctype(b"<!ENTITY a '" + bytes(range(33, 38)) * 2_000 + b"'>")}),
            "DOCTYPE",
            id="bad_X10",
        ),
        *(
            pytest.param(lambda part=part: repacked(SHARED, {part: doctype(b"")}), "DOCTYPE", id=f"bad_X12 {part}")
            for part in (RELS, STRINGS, STYLES, TYPES, "docProps/app.xml", "xl/theme/theme1.xml")
        ),
        pytest.param(
            lambda: repacked(GOOD, {SHEET: lambda d: doctype(b"")(d).decode().encode("utf-16")}),
            "DOCTYPE",
            id="bad_X12 UTF-16",
        ),
        pytest.param(
            lambda: main_type(b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "makro", id="bad_X13 xlsm"
        ),
        pytest.param(lambda: repacked(GOOD, {}, {"xl/vbaProject.bin": b"x"}), "makro", id="bad_X13 vbaProject"),
        pytest.param(
            lambda: repacked(GOOD, {}, {"xl/embeddings/oleObject1.bin": b"x"}), "objek tertanam", id="bad_X13 OLE"
        ),
        pytest.param(
            lambda: repacked(
                GOOD,
                {},
                {
                    "xl/externalLinks/externalLink1.xml": b"<externalLink xmlns='http://schemas.openxmlformats.org/"
                    b"spreadsheetml/2006/main'><ddeLink ddeService='cmd' ddeTopic='/c calc'/></externalLink>"
                },
            ),
            "DDE",
            id="bad_X13 DDE",
        ),
        pytest.param(lambda: with_cell(GOOD, SUARA_1, '<c r="@"><v>NaN</v></c>'), "angka yang rusak", id="bad_X35 NaN"),
        pytest.param(
            lambda: with_cell(GOOD, SUARA_1, '<c r="@"><v>1e999</v></c>'), "angka yang rusak", id="bad_X35 1e999"
        ),
        pytest.param(
            lambda: with_cell(GOOD, SUARA_1, '<c r="@"><v>1</v></c><c r="@"><v>2</v></c>'),
            "ada dua kali",
            id="bad_X39",
        ),
        pytest.param(
            lambda: with_cell(GOOD, SUARA_1, '<c r="@"><v>1</v><v>2</v></c>'), "dua nilai", id="bad_X39 two values"
        ),
        pytest.param(lambda: in_sheet(b'<row r="9"', b'<row r="2"'), "tidak berurutan", id="bad_X40 order"),
        pytest.param(lambda: in_sheet(b'<row r="9"', b"<row"), "baris tanpa nomor", id="bad_X40 row without r"),
        pytest.param(lambda: with_cell(GOOD, SUARA_1, "<c><v>1</v></c>"), "tanpa alamat", id="bad_X40 cell without r"),
        pytest.param(
            lambda: with_cell(GOOD, SUARA_1, '<c r="E2"><v>1</v></c>'), "di luar baris", id="bad_X40 elsewhere"
        ),
        pytest.param(strict, "Strict", id="bad_X48 strict"),
        pytest.param(
            lambda: with_cell(SHARED, SUARA_1, '<c r="@" t="s"><v>1</v></c>'),
            "teks yang tidak ada",
            id="bad_X49 string",
        ),
        pytest.param(lambda: with_cell(GOOD, SUARA_1, '<c r="@" s="999"><v>1</v></c>'), "gaya sel", id="bad_X49 style"),
        pytest.param(lambda: repacked(GOOD, {STYLES: None}), "styles.xml tidak ada|tidak ada", id="bad_X49 no styles"),
        pytest.param(
            lambda: with_cell(GOOD, SUARA_1, f'<c r="@" t="inlineStr"><is><t>{"9" * 32_768}</t></is></c>'),
            "32.767",
            id="bad_X51 above Excel's limit",
        ),
        pytest.param(doubled_member, "dua kali", id="bad_Z04 member twice"),
        pytest.param(lambda: repacked(GOOD, {"xl/workbook.xml": b"<a><b></a>"}), "bukan XML", id="not XML"),
        pytest.param(lambda: repacked(GOOD, {TYPES: None}), "bukan xlsx", id="no content types"),
        pytest.param(lambda: repacked(GOOD, {SHEET: None}), "tidak ada", id="no sheet"),
    ],
)
def test_the_file_is_refused(make: Callable[[], bytes], said: str) -> None:
    with pytest.raises(PlenoError, match=said) as refused:
        read(make())
    assert "rekap.xlsx" in refused.value.message
    assert refused.value.advice


def test_bad_x08_far_cell_is_not_reached() -> None:
    """`<dimension>` says the whole sheet, and one cell is in its last corner."""
    data = re.sub(
        rb"<dimension[^>]*>", b'<dimension ref="A1:XFD1048576"/>', zipfile.ZipFile(io.BytesIO(GOOD)).read(SHEET)
    ).replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    parts = read(repacked(GOOD, {SHEET: data}))
    assert figures_of(parts)[CODE] == expected(CODE)
    assert any("1 sel di luar batas" in text for text in texts_of(parts))


def test_a_flood_of_elements_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ooxml, "MOST_TAGS", 20_000)
    assert figures_of(read(GOOD))[CODE] == expected(CODE)
    flood = b"".join(b"<x%d/>" % number for number in range(20_000))
    for part, end in ((SHEET, b"</worksheet>"), (STYLES, b"</styleSheet>"), (STRINGS, b"</sst>")):
        with pytest.raises(PlenoError, match="terlalu banyak unsur"):
            read(repacked(SHARED, {part: replaced(end, flood + end)}))


def test_bad_x16_flood_of_merged_areas() -> None:
    merges = b"".join(b'<mergeCell ref="AA1:AZ%d"/>' % (1_000 + number) for number in range(19_000))
    with pytest.raises(PlenoError, match="Terlalu banyak sel gabungan"):
        read(in_sheet(b"</sheetData>", b"</sheetData><mergeCells>" + merges + b"</mergeCells>"))


def test_bad_x11_external_entity_opens_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        for system in (address, "file:///etc/hostname"):
            entity = f"<!ENTITY x SYSTEM '{system}'>".encode()
            with pytest.raises(PlenoError, match="DOCTYPE"):
                read(repacked(GOOD, {SHEET: doctype(entity)}))
        with pytest.raises(TimeoutError):
            server.accept()


def test_bad_x13_external_links_are_not_followed() -> None:
    link = b"<externalLink xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'/>"
    parts = read(repacked(GOOD, {}, {"xl/externalLinks/externalLink1.xml": link}))
    assert "rekap.xlsx: memuat sambungan ke berkas lain, yang tidak diikuti." in texts_of(parts)
    assert figures_of(parts)[CODE] == expected(CODE)


def test_bad_x51_many_styles_are_read() -> None:
    style = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'

    def more(count: int) -> bytes:
        return repacked(GOOD, {STYLES: replaced(b"</cellXfs>", style * count + b"</cellXfs>")})

    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        there = archive.read(STYLES).split(b"<cellXfs")[1].count(b"<xf ")
    # so many equal styles pack beyond the ratio; real ones differ and do not
    with pytest.raises(PlenoError, match="mengembang"):
        read(more(65_536 - there))
    assert figures_of(read(more(1_500)))[CODE] == expected(CODE)


@pytest.mark.parametrize("seed", range(8))
def test_random_damage_is_refused_or_read(seed: int) -> None:
    """Bytes of the zip, of its unpacked parts, or whole values in them changed: a refusal or a result, soon."""
    chance = random.Random(seed)
    members = zipfile.ZipFile(io.BytesIO(SHARED)).namelist()
    began = time.monotonic()
    for change in (damaged, damaged, odd_value, odd_value, odd_value) * 10:
        data = damaged(SHARED, chance)
        if change is odd_value or chance.random() < 0.5:
            part = SHEET if chance.random() < 0.6 else chance.choice(members)
            data = repacked(SHARED, {part: lambda old, change=change: change(old, chance)})
        with contextlib.suppress(PlenoError):  # any other exception fails the test
            read(data)
    assert time.monotonic() - began < 60


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, dropped or doubled."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(out))
        end = at + chance.choice((1, 1, 2, 8, 60))
        out[at:end] = chance.choice((b"", bytes([chance.randrange(256)]), bytes(out[at:end]) * 2, b"<c", b"9" * 9))
    return bytes(out)


ODD = ("", "-1", "0", "1", "999999999999", "1e5", "A1:XFD1048576", "str", "s", "true", "_xD800_", "\u200b", "x" * 500)


def odd_value(data: bytes, chance: random.Random) -> bytes:
    """The XML stays XML; some attribute values and texts become others."""
    text = data.decode()
    for _ in range(chance.randint(1, 4)):
        spots = list(re.finditer(r'(?<==")[^"]*(?=")|(?<=>)[^<>]+(?=<)', text))
        spot = chance.choice(spots)
        text = text[: spot.start()] + chance.choice((*ODD, chance.choice(spots)[0])) + text[spot.end() :]
    return text.encode()


def test_threads_do_not_share_anything() -> None:
    """Two imports at once give what one gives."""
    results: list[object] = []
    threads = [threading.Thread(target=lambda: results.append(figures_of(read(GOOD)))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [figures_of(read(GOOD))] * 2
