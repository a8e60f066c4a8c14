"""Files, folders and zips as the import command names them."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from importers.border_samples import (
    CODES,
    GOOD_CSV,
    GOOD_JSON,
    SIREKAP_OBJECTS,
    TPS_1,
    TPS_2,
    TPS_3,
    as_json,
    parse,
    refused,
    sirekap_object,
    target,
    zip_of,
)

from pleno.domain.state import Tps
from pleno.importers import files
from pleno.importers.files import parse_files
from pleno.importers.parsed import ParsedFile, RefusedFile, Target


def of_ts(ts: str | None, votes: int) -> bytes:
    return as_json(sirekap_object(ts=ts, chart={"100025": votes}, administrasi=None))


def test_one_file_in_full(tmp_path: Path) -> None:
    result = parse(tmp_path, f"{TPS_1}.json", GOOD_JSON)
    assert isinstance(result, ParsedFile)
    assert (result.name, result.format, result.size) == (f"{TPS_1}.json", "sirekap", len(GOOD_JSON))
    assert (result.sha256, result.data) == (hashlib.sha256(GOOD_JSON).hexdigest(), GOOD_JSON)


def test_a_refused_file_keeps_its_hash(tmp_path: Path) -> None:
    result = parse(tmp_path, f"{TPS_1}.json", b"{")
    assert isinstance(result, RefusedFile)
    assert result.sha256 == hashlib.sha256(b"{").hexdigest()


def test_the_order_is_the_one_named(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv"):
        (tmp_path / name).write_bytes(GOOD_CSV)
    results = parse_files([tmp_path / "b.csv", tmp_path / "tidak-ada", tmp_path / "a.csv"], target())
    assert [result.name for result in results] == ["b.csv", "tidak-ada", "a.csv"]
    assert [type(result) for result in results] == [ParsedFile, RefusedFile, ParsedFile]


# --- folders -------------------------------------------------------------------------------


def test_a_folder_is_expanded_one_level_by_name(tmp_path: Path) -> None:
    for code in (TPS_2, TPS_1):
        (tmp_path / f"{code}.json").write_bytes(GOOD_JSON)
    (tmp_path / "a.csv").write_bytes(f"kode_tps;suara.1\n{TPS_3};7\n".encode())
    (tmp_path / "lama").mkdir()
    (tmp_path / "lama" / f"{TPS_3}.json").write_bytes(GOOD_JSON)
    (tmp_path / "~$rekap.xlsx").write_bytes(b"\x05Budi")
    (tmp_path / "Thumbs.db").write_bytes(b"\xd0\xcf\x11\xe0")
    results = parse_files([tmp_path], target())
    assert [result.name for result in results] == [f"{TPS_1}.json", f"{TPS_2}.json", "a.csv"]
    first = results[0]
    assert isinstance(first, ParsedFile)
    skipped = {remark.place: remark.message for remark in first.remarks}
    assert skipped.keys() == {"~$rekap.xlsx", "Thumbs.db", "lama"}
    assert "tutup Excel dulu" in skipped["~$rekap.xlsx"]


@pytest.mark.parametrize("inside", [[], ["~$a.xlsx"], [".DS_Store"]])
def test_a_folder_without_files_is_refused(tmp_path: Path, inside: list[str]) -> None:
    folder = tmp_path / "kosong"
    folder.mkdir()
    for name in inside:
        (folder / name).write_bytes(b"x")
    (result,) = parse_files([folder], target())
    assert isinstance(result, RefusedFile)
    assert "tidak berisi berkas" in str(result.error)


@pytest.mark.skipif(sys.platform == "win32", reason="making a link needs a right there")
def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "luar.csv").write_bytes(GOOD_CSV)
    folder = tmp_path / "masuk"
    folder.mkdir()
    (folder / "a.csv").symlink_to(tmp_path / "luar.csv")
    (folder / "b").symlink_to(tmp_path)
    results = parse_files([folder], target())
    assert ["adalah tautan" in str(r.error) for r in results if isinstance(r, RefusedFile)] == [True, True]


def test_the_real_folder_of_objects() -> None:
    results = parse_files([SIREKAP_OBJECTS], target())
    kinds = {result.name: isinstance(result, ParsedFile) for result in results}
    assert len(kinds) == 13
    assert not kinds["2024_pdpd_tps_1101012001001.json"]
    assert not kinds["2024_ppwp_tps_1101012001001.json"]
    assert kinds["2024_wilayah_desa_647101.json"]


def test_all_files_of_one_import_are_bounded_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_ZIP_UNPACKED", 2 * len(GOOD_CSV))
    for name in ("a.csv", "b.csv", "c.csv"):
        (tmp_path / name).write_bytes(GOOD_CSV)
    for paths in ([tmp_path], sorted(tmp_path.iterdir())):
        results = parse_files(paths, target())
        assert [isinstance(result, ParsedFile) for result in results] == [True, True, False]


# --- zips ----------------------------------------------------------------------------------


def test_the_real_zip_is_one_file(tmp_path: Path) -> None:
    codes = _names_of_the_real_zip()
    roster = {code: Tps(code, code[:10], int(code[10:])) for code in codes}
    where = Target(target().contests, roster, {}, "310101", "sirekap")
    (result,) = parse_files([SIREKAP_OBJECTS / "kep_seribu_utara_2024-02-16.zip"], where)
    assert isinstance(result, ParsedFile)
    assert (result.format, len(result.readings), len(result.ignored), result.refused) == ("sirekap", 47, 6, ())
    (wrong,) = [reading for reading in result.readings if reading.tps == "3101011003008"]
    assert [wrong.figures[f"suara.{number}"] for number in (1, 2, 3)] == [71, 641, 511]


def _names_of_the_real_zip() -> list[str]:
    import zipfile

    with zipfile.ZipFile(SIREKAP_OBJECTS / "kep_seribu_utara_2024-02-16.zip") as archive:
        return [name.removesuffix(".json")[-13:] for name in archive.namelist()]


def test_a_bad_member_refuses_itself_alone(tmp_path: Path) -> None:
    members = {
        f"{TPS_1}.json": GOOD_JSON,
        f"{TPS_2}.json": b"{",
        "catatan.txt": b"halo",
        "6471011001001.json": GOOD_JSON,
        "a.csv": f"kode_tps;suara.1\n{TPS_3};7\n{CODES[3]};tujuh\nJUMLAH;7\n".encode(),
    }
    result = parse(tmp_path, "a.zip", zip_of(members))
    assert isinstance(result, ParsedFile)
    assert [(reading.tps, reading.place) for reading in result.readings] == [
        (TPS_1, f"{TPS_1}.json"),
        (TPS_3, "a.csv: baris 2"),
    ]
    assert result.refused == (f"{TPS_2}.json", "catatan.txt", "6471011001001.json", CODES[3])
    assert result.ignored == ('a.csv: baris 4 ("JUMLAH")',)
    assert result.format == "zip"


def test_a_zip_of_another_kecamatan_is_refused(tmp_path: Path) -> None:
    data = zip_of({f"647101100100{n}.json": GOOD_JSON for n in (1, 2)})
    assert "647101" in refused(tmp_path, "a.zip", data)


def test_the_wrong_source_is_told_once(tmp_path: Path) -> None:
    data = zip_of({f"{code}.json": GOOD_JSON for code in CODES})
    assert "--sumber sirekap" in refused(tmp_path, "a.zip", data, target(source="plano"))


def test_the_newer_object_of_a_tps_stands(tmp_path: Path) -> None:
    members = {
        f"a/{TPS_1}.json": of_ts("2024-02-16 10:00:00", 1),
        f"b/{TPS_1}.json": of_ts("2024-02-17 09:00:00", 2),
        f"c/{TPS_1}.json": of_ts("2024-02-15 23:00:00", 3),
    }
    result = parse(tmp_path, "a.zip", zip_of(members))
    assert isinstance(result, ParsedFile)
    assert [(reading.place, reading.figures) for reading in result.readings] == [(f"b/{TPS_1}.json", {"suara.1": 2})]
    assert set(result.ignored) == {f"a/{TPS_1}.json", f"c/{TPS_1}.json"}


@pytest.mark.parametrize("times", [(None, None), ("2024-02-16 10:00:00", None), ("2024-02-16 10:00:00",) * 2])
def test_two_objects_that_time_does_not_order_are_both_refused(tmp_path: Path, times: tuple[str | None, ...]) -> None:
    members = {f"{n}/{TPS_1}.json": of_ts(ts, n) for n, ts in enumerate(times)}
    result = parse(tmp_path, "a.zip", zip_of({**members, f"{TPS_2}.json": GOOD_JSON}))
    assert isinstance(result, ParsedFile)
    assert [reading.tps for reading in result.readings] == [TPS_2]
    assert result.refused == (TPS_1,)


def test_the_same_object_twice_is_taken_once(tmp_path: Path) -> None:
    result = parse(tmp_path, "a.zip", zip_of({f"{n}/{TPS_1}.json": of_ts(None, 5) for n in (1, 2)}))
    assert isinstance(result, ParsedFile)
    assert (len(result.readings), len(result.ignored), result.refused) == (1, 1, ())


# --- anything ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "error", [KeyError("x"), RecursionError(), ZeroDivisionError(), UnicodeError(), OSError("\x1b")]
)
def test_an_error_nobody_foresaw_refuses_its_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr(files, "read_object", broken)
    (tmp_path / "a.csv").write_bytes(GOOD_CSV)
    (tmp_path / f"{TPS_1}.json").write_bytes(GOOD_JSON)
    results = parse_files([tmp_path / f"{TPS_1}.json", tmp_path / "a.csv"], target())
    assert [type(result) for result in results] == [RefusedFile, ParsedFile]


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
def test_what_is_not_the_file_s_fault_is_not_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr(files, "read_object", broken)
    (tmp_path / f"{TPS_1}.json").write_bytes(GOOD_JSON)
    with pytest.raises(error):
        parse_files([tmp_path / f"{TPS_1}.json"], target())


starts = st.sampled_from(
    [b"", b"{", b"[", b"kode_tps;suara.1\n", b"\xff\xfe", b"\xef\xbb\xbf", b"PK\x03\x04", b"sep=;\n"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(starts, st.binary(max_size=200))
def test_random_bytes_are_parsed_or_refused(tmp_path: Path, start: bytes, data: bytes) -> None:
    judged(parse(tmp_path, f"{TPS_1}.json", start + data))


REAL = (zip_of({f"{TPS_1}.json": GOOD_JSON}), GOOD_JSON, GOOD_CSV)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(REAL), st.integers(0), st.integers(0, 40), st.binary(max_size=8))
def test_damaged_files_are_parsed_or_refused(tmp_path: Path, data: bytes, at: int, cut: int, put: bytes) -> None:
    at %= len(data)
    judged(parse(tmp_path, f"{TPS_1}.json", data[:at] + put + data[at + cut :]))


def judged(result: ParsedFile | RefusedFile) -> None:
    """Every line is for people, and no file ends in the last line of the border."""
    if isinstance(result, RefusedFile):
        assert str(result.error).isprintable()
        assert "tidak dapat dibaca (" not in str(result.error)
    else:
        assert all(f"{remark.place}{remark.message}".isprintable() for remark in result.remarks)
        assert all(figure is not None for reading in result.readings for figure in reading.figures.values())
