"""J01-J07 of TRUST.md section 8: JSON that two readers would read differently, or that would choke one."""

from __future__ import annotations

from pathlib import Path

import pytest
from importers.border_samples import GOOD_JSON, TPS_1, TPS_2, as_json, in_child, parse, refused, sirekap_object, zip_of

from pleno.importers.parsed import ParsedFile

NAME = f"{TPS_1}.json"
TEXT = GOOD_JSON.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(TEXT.replace("83", "NaN"), "memuat NaN", id="bad_J01 NaN"),
        pytest.param(TEXT.replace("83", "Infinity"), "memuat Infinity", id="bad_J01 Infinity"),
        pytest.param(TEXT.replace("83", "-Infinity"), "memuat -Infinity", id="bad_J01 -Infinity"),
        pytest.param(TEXT.replace('"100026"', '"100025"'), '"100025" dua kali', id="bad_J02 in chart"),
        pytest.param('{"chart": null, ' + TEXT[1:], '"chart" dua kali', id="bad_J02 on top"),
        pytest.param('{"a":' * 100_000 + "1" + "}" * 100_000, "lebih dari 20 tingkat", id="bad_J03 objects"),
        pytest.param("[" * 100_000, "lebih dari 20 tingkat", id="bad_J03 never closed"),
        pytest.param("[" * 21 + "]" * 21, "lebih dari 20 tingkat", id="bad_J03 just one too many"),
        pytest.param(TEXT.replace("83", "-0"), "tidak baku", id="bad_J04 -0"),
        pytest.param(TEXT.replace("[null", '["\\ud800"'), "karakter yang rusak", id="bad_J05 lone surrogate"),
        pytest.param(TEXT.encode("utf-16"), "bukan teks UTF-8", id="bad_J05 UTF-16"),
        pytest.param(TEXT.encode("utf-16-le"), "bukan JSON", id="bad_J05 UTF-16 without BOM"),
        pytest.param(TEXT[:-1] + ",}", "bukan JSON yang utuh", id="bad_J05 trailing comma"),
        pytest.param(b"\xef\xbb\xbf" + GOOD_JSON, "bukan JSON yang utuh", id="bad_J05 BOM"),
        pytest.param(TEXT[: len(TEXT) // 2], "bukan JSON yang utuh", id="bad_J05 cut"),
        pytest.param(TEXT + "{}", "bukan JSON yang utuh", id="bad_J05 more behind it"),
        pytest.param(TEXT.replace("83", "9" * 5_000), "tidak baku", id="bad_J06 integer of 5,000 digits"),
        pytest.param("{}", 'tidak mempunyai "chart"', id="bad_J07 nothing in it"),
        pytest.param("[]", 'tidak mempunyai "chart"', id="bad_J07 empty list"),
        pytest.param("[1, 2]", 'tidak mempunyai "chart"', id="bad_J07 list of figures"),
        pytest.param('{"versi": 99, "angka": {}}', 'tidak mempunyai "chart"', id="bad_J07 version 99"),
        pytest.param('{"tungsura": 5}', '"tungsura" bukan objek', id="bad_J07 tungsura of another kind"),
    ],
)
def test_refused(tmp_path: Path, data: str | bytes, words: str) -> None:
    assert words in refused(tmp_path, NAME, data if isinstance(data, bytes) else data.encode())


@pytest.mark.parametrize(
    "figure",
    ["1e400", "1.0", "83.0", '"83"', "true", "false", "-1", "1000", "[83]", "{}", "1e2", "999999999999999999"],
)
@pytest.mark.parametrize("cell", ["83", "228"], ids=["chart", "administrasi"])
def test_bad_J04_a_figure_of_another_kind_refuses_its_tps_alone(tmp_path: Path, figure: str, cell: str) -> None:
    bad = TEXT.replace(cell, figure).encode()
    result = parse(tmp_path, "a.zip", zip_of({f"{TPS_1}.json": bad, f"{TPS_2}.json": GOOD_JSON}))
    assert isinstance(result, ParsedFile)
    assert result.refused == (TPS_1,)
    assert [reading.tps for reading in result.readings] == [TPS_2]
    key = {"83": "chart.100025", "228": "administrasi.suara_sah"}[cell]
    assert [remark.message.split(":")[0] for remark in result.remarks] == [key]


def test_bad_J06_long_string_and_what_would_make_a_slow_search(tmp_path: Path) -> None:
    texts = {
        "long": b'{"chart": "' + b"a" * 20_000_000 + b'"}',
        "escapes": b'{"chart": "' + b'\\"' * 490_000,
        "digits": b'{"chart": ' + b"9" * 900_000 + b"}",
        "keys": b'{"chart": {' + b",".join(b'"%06d":1' % n for n in range(80_000)) + b"}}",
        "doubles": b'{"chart": {' + b",".join(b'"%05d":1' % (n % 50_000) for n in range(80_000)) + b"}}",
    }
    paths = []
    for name, data in texts.items():
        paths.append(tmp_path / f"{TPS_1}_{name}.json")
        paths[-1].write_bytes(data)
    long, escapes, digits, keys, doubles = in_child(paths)
    assert "paling banyak 1.000.000" in long
    assert "bukan JSON yang utuh" in escapes
    assert "tidak baku" in digits
    assert keys == "0 TPS"
    assert "dua kali" in doubles


def test_bad_J07_unmapped_keys_are_reported_and_the_rest_is_read(tmp_path: Path) -> None:
    value = sirekap_object(administrasi={"suara_sah": 228, "suara_hilang": 4, "kosong_j": None}, baru=1)
    result = parse(tmp_path, NAME, as_json(value))
    assert isinstance(result, ParsedFile)
    assert result.readings[0].figures == {"suara.1": 83, "suara.2": 107, "suara.3": 38, "suara_sah": 228}
    assert [r.message for r in result.remarks] == ["Tidak dikenal, tidak dibaca: administrasi.suara_hilang, baru."]


def test_bad_J07_a_choice_nobody_named_refuses_the_tps(tmp_path: Path) -> None:
    result = parse(tmp_path, NAME, as_json(sirekap_object(chart={"100025": 1, "100099": 2})))
    assert isinstance(result, ParsedFile)
    assert (result.refused, result.readings) == ((TPS_1,), ())
    assert result.remarks[0].message == "chart.100099: bukan nomor Sirekap pilihan mana pun."


@pytest.mark.parametrize(
    "ts", [5, "", "2024-02-16", "16-02-2024 10:00:00", "2024-02-30 10:00:00", "2024-02-16T10:00:00"]
)
def test_bad_J07_time_of_another_shape(tmp_path: Path, ts: object) -> None:
    result = parse(tmp_path, NAME, as_json(sirekap_object(ts=ts)))
    assert isinstance(result, ParsedFile)
    assert result.refused == (TPS_1,)
    assert result.remarks[0].message.startswith("ts: ")


def test_a_hundred_findings_of_one_object_are_counted(tmp_path: Path) -> None:
    result = parse(tmp_path, NAME, as_json(sirekap_object(chart={str(n): 1 for n in range(120)})))
    assert isinstance(result, ParsedFile)
    assert len(result.remarks) == 21
    assert result.remarks[-1].message == "Dan 100 temuan lagi."
