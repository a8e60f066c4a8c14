"""Z01-Z07 of TRUST.md section 8: zips that reach outside, hide something, or blow up when opened."""

from __future__ import annotations

import os
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from importers.border_samples import GOOD_CSV, GOOD_JSON, TPS_1, as_json, in_child, parse, refused, zip_of

from pleno.importers.parsed import ParsedFile

MEMBER = f"{TPS_1}.json"


def with_name(name: bytes) -> bytes:
    """A zip whose only member has these bytes as its name, as no zip program would write it."""
    plain = b"n" * len(name)
    return zip_of({plain.decode(): GOOD_JSON}).replace(plain, name)


def with_mode(mode: int, extra: int = 0) -> bytes:
    """A zip whose member is of another kind than a file."""
    info = zipfile.ZipInfo(MEMBER)
    info.create_system = 3
    info.external_attr = mode << 16 | extra
    return zip_of([(info, b"/etc/passwd")])


def patched(data: bytes, field: int, value: int, size: str = "<H", where: bytes = b"PK\x01\x02") -> bytes:
    """A zip with one number of a record overwritten, counted from the record's signature."""
    changed = bytearray(data)
    struct.pack_into(size, changed, data.index(where) + field, value)
    return bytes(changed)


def doubled_entry() -> bytes:
    """Two members that the directory places upon the same bytes."""
    data = zip_of({"1.json": GOOD_JSON, "2.json": GOOD_JSON})
    second = data.rindex(b"PK\x01\x02")
    return data[: second + 42] + struct.pack("<L", 0) + data[second + 46 :]


def fewer_told() -> bytes:
    """Three members, of which the end record counts one."""
    data = zip_of({f"{n}.json": GOOD_JSON for n in range(3)})
    return patched(patched(data, 8, 1, where=b"PK\x05\x06"), 10, 1, where=b"PK\x05\x06")


def with_gap(gap: bytes) -> bytes:
    """A zip with bytes between its member and its directory, which still is where the end record says."""
    data = zip_of({MEMBER: GOOD_JSON})
    at = data.index(b"PK\x01\x02")
    return patched(data[:at] + gap + data[at:], 16, at + len(gap), "<L", b"PK\x05\x06")


GOOD = zip_of({MEMBER: GOOD_JSON})


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(zip_of({"../../x.json": GOOD_JSON}), "ke luar folder", id="bad_Z01 dotdot"),
        pytest.param(with_name(b"..\\x.json"), "ke luar folder", id="bad_Z01 backslash"),
        pytest.param(zip_of({"/abs.json": GOOD_JSON}), "ke luar folder", id="bad_Z01 absolute"),
        pytest.param(with_name(b"C:\\x.json"), "ke luar folder", id="bad_Z01 drive"),
        pytest.param(
            zip_of({MEMBER: GOOD_JSON, "a/../../b.json": b""}), "ke luar folder", id="bad_Z01 among good ones"
        ),
        pytest.param(with_mode(stat.S_IFLNK | 0o777), "tautan atau perangkat", id="bad_Z02 symlink"),
        pytest.param(with_mode(stat.S_IFCHR | 0o666), "tautan atau perangkat", id="bad_Z02 device"),
        pytest.param(with_mode(stat.S_IFIFO | 0o666), "tautan atau perangkat", id="bad_Z02 pipe"),
        pytest.param(with_mode(stat.S_IFREG, 0x40), "bertanda perangkat", id="bad_Z02 device bit of DOS"),
        pytest.param(zip_of({"a.zip": zip_of({MEMBER: GOOD_JSON})}), "arsip di dalam arsip", id="bad_Z03 nested"),
        pytest.param(zip_of({MEMBER: zip_of({})}), "arsip di dalam arsip", id="bad_Z03 nested under another name"),
        pytest.param(zip_of({"a.json": b"\x1f\x8b\x08\x00"}), "arsip di dalam arsip", id="bad_Z03 nested gzip"),
        pytest.param(doubled_entry(), "bertumpang tindih", id="bad_Z03 overlapping"),
        pytest.param(zip_of({"a.json": b"1", "A.JSON": b"2"}), "lebih dari sekali", id="bad_Z04 case"),
        pytest.param(zip_of({"é.json": b"1", "e\u0301.json": b"2"}), "lebih dari sekali", id="bad_Z04 NFC"),
        pytest.param(with_name(b"a\x1b[2J.json"), "\\x1b[2J", id="bad_Z05 ESC"),
        pytest.param(zip_of({"a\u202ejson.exe": b"1"}), "\\u202e", id="bad_Z05 RLO"),
        pytest.param(with_name(b"a.json\x00.exe"), "\\x00", id="bad_Z05 NUL"),
        pytest.param(with_name(b"\x00.json"), "\\x00", id="bad_Z05 NUL first"),
        pytest.param(zip_of({"a" * 300: b"1"}), "lebih dari 255", id="bad_Z05 300 characters"),
        pytest.param(zip_of({"CON.xlsx": b"1"}), "tidak boleh dipakai di Windows", id="bad_Z05 CON"),
        pytest.param(zip_of({"a/lpt1": b"1"}), "tidak boleh dipakai di Windows", id="bad_Z05 LPT1"),
        pytest.param(zip_of({"a.json ": b"1"}), "tidak boleh dipakai di Windows", id="bad_Z05 trailing space"),
        pytest.param(zip_of({"a//b": b"1"}), "tidak boleh dipakai di Windows", id="bad_Z05 empty part"),
        pytest.param(patched(GOOD, 8, 1), "terkunci sandi", id="bad_Z06 encrypted"),
        pytest.param(patched(GOOD, 10, 99), "cara yang tidak dikenal", id="bad_Z06 AES"),
        pytest.param(patched(GOOD, 10, 14), "cara yang tidak dikenal", id="bad_Z06 LZMA"),
        pytest.param(patched(GOOD, 8, 0xFFFF, where=b"PK\x05\x06"), "zip64", id="bad_Z06 zip64"),
        pytest.param(patched(GOOD, 10, 7, where=b"PK\x05\x06"), "tidak cocok", id="bad_Z06 count of members"),
        pytest.param(fewer_told(), "tidak cocok", id="bad_Z06 more members than told"),
        pytest.param(patched(GOOD, 16, 3, "<L", b"PK\x05\x06"), "tidak cocok", id="bad_Z06 place of the directory"),
        pytest.param(patched(GOOD, 42, 99, "<L"), "di depan isinya", id="bad_Z06 place of a member"),
        pytest.param(patched(GOOD, 46, 0x3939), "bernama lain", id="bad_Z06 other name in the directory"),
        pytest.param(with_name(b"a/b/"), "bernama folder tetapi berisi data", id="bad_Z06 folder with content"),
        pytest.param(patched(GOOD, 16, 0, "<L"), "rusak", id="bad_Z06 CRC"),
        pytest.param(patched(GOOD, 24, 10, "<L"), "rusak", id="bad_Z06 size"),
        pytest.param(GOOD + b"<script>", "di belakang arsipnya", id="bad_Z07 appended"),
        pytest.param(GOOD + GOOD, "tidak cocok", id="bad_Z07 two zips"),
        pytest.param(b"PK\x03\x04" + GOOD, "tidak cocok", id="bad_Z07 prepended"),
        pytest.param(with_gap(b"hidden"), "bukan bagian arsip", id="bad_Z07 between"),
        pytest.param(b"#!/bin/sh\n" + GOOD, "NUL", id="bad_Z07 script in front"),
        pytest.param(b"%PDF-1.7\n" + GOOD, "PDF", id="bad_Z07 PDF in front"),
        pytest.param(zip_of({}), "tidak berisi berkas", id="no members"),
        pytest.param(zip_of({"a/": b""}), "tidak berisi berkas", id="only a folder"),
    ],
)
def test_refused(tmp_path: Path, data: bytes, words: str) -> None:
    assert words in refused(tmp_path, "a.zip", data)


def test_bad_Z05_every_bad_name_is_told_at_once(tmp_path: Path) -> None:
    sentence = refused(tmp_path, "a.zip", zip_of({"../a": b"", "CON": b"", "b\x07": b""}))
    assert all(word in sentence for word in ('"../a"', '"CON"', '"b\\x07"'))


def test_bad_Z03_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bombs = {
        "ratio": zip_of({MEMBER: b"0" * 5_000_000}),
        "many": zip_of({f"{n}.json": b"" for n in range(20_001)}),
        "object": zip_of({MEMBER: as_json([os.urandom(600_000).hex()])}),
        "lying size": patched(zip_of({MEMBER: bytes(range(256)) * 4_000}), 24, 100, "<L"),
        "unpacked": patched(zip_of({MEMBER: os.urandom(2_200_000)}), 24, 210_000_000, "<L"),
    }
    paths = []
    for name, data in bombs.items():
        paths.append(tmp_path / f"{name}.zip")
        paths[-1].write_bytes(data)
    judged = dict(zip(bombs, in_child(paths), strict=True))
    assert "mengembang lebih dari 100 kali" in judged["ratio"]
    assert "paling banyak 20.000" in judged["many"]
    assert judged["object"] == "0 TPS"  # the member alone is refused: it is larger than an object may be
    assert "rusak" in judged["lying size"]
    assert "paling banyak 200.000.000" in judged["unpacked"]


def test_a_zip_comment_and_what_systems_leave_behind_are_no_harm(tmp_path: Path) -> None:
    data = zip_of({"__MACOSX/._x": b"\0\1", "a/.DS_Store": b"\0", "a/": b"", f"a/{MEMBER}": GOOD_JSON})
    data = data[:-2] + struct.pack("<H", 5) + b"hello"
    result = parse(tmp_path, "a.zip", data)
    assert isinstance(result, ParsedFile)
    assert [reading.place for reading in result.readings] == [f"a/{MEMBER}"]


def test_members_written_as_a_stream_are_read(tmp_path: Path) -> None:
    class Pipe:
        """A place that cannot seek, so the zip gets data descriptors."""

        def __init__(self) -> None:
            self.data = b""

        def write(self, part: bytes) -> int:
            self.data += part
            return len(part)

        def flush(self) -> None: ...

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w") as archive:  # type: ignore[call-overload]  # a writer is all it needs
        archive.writestr(MEMBER, GOOD_JSON)
        archive.writestr("a.csv", GOOD_CSV.replace(TPS_1.encode(), b"3101011001002"))
    result = parse(tmp_path, "a.zip", pipe.data)
    assert isinstance(result, ParsedFile)
    assert (len(result.readings), result.format) == (2, "zip")
