"""C01-C12 of TRUST.md section 8: csv files as they really come, and as somebody may send them on purpose."""

from __future__ import annotations

from pathlib import Path

import pytest
from importers.border_samples import CODES, TPS_1, TPS_2, in_child, parse, refused, target

from pleno.importers.parsed import ParsedFile
from pleno.importers.table import read_csv

WIDE = f"kode_tps;suara.1;suara.2\n{TPS_1};10;20\n{TPS_2};30;40\n"
FIGURES = {TPS_1: {"suara.1": 10, "suara.2": 20}, TPS_2: {"suara.1": 30, "suara.2": 40}}


def figures(result: object) -> dict[str, dict[str, object]]:
    assert isinstance(result, ParsedFile), result
    return {reading.tps: dict(reading.figures) for reading in result.readings}


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\xef\xbb\xbf" + WIDE.encode(), id="bad_C01 UTF-8 BOM"),
        pytest.param(WIDE.encode("utf-16"), id="bad_C02 UTF-16 with BOM"),
        pytest.param(b"\xfe\xff" + WIDE.encode("utf-16-be"), id="bad_C02 UTF-16 BE with BOM"),
        pytest.param(WIDE.encode(), id="bad_C04 semicolon"),
        pytest.param(WIDE.replace(";", ",").encode(), id="bad_C04 comma"),
        pytest.param(WIDE.replace(";", "\t").encode(), id="bad_C04 tab"),
        pytest.param(b"sep=;\r\n" + WIDE.encode(), id="bad_C04 sep line"),
        pytest.param(b'"sep=\t"\n' + WIDE.replace(";", "\t").encode(), id="bad_C04 quoted sep line"),
        pytest.param(WIDE.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(WIDE.replace("\n", "\r").encode(), id="bad_C06 CR only"),
        pytest.param(WIDE.replace("suara.1;suara.2", '"IV.01";IV.2').encode(), id="row codes, quoted"),
        pytest.param((WIDE + ";;\n\n  \n").encode(), id="blank rows at the end"),
        pytest.param(WIDE.replace(";10;", ';"10";').encode(), id="quoted figure"),
    ],
)
def test_accepted(tmp_path: Path, data: bytes) -> None:
    assert figures(parse(tmp_path, "a.csv", data)) == FIGURES


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(WIDE.encode("utf-16-le"), "NUL", id="bad_C02 UTF-16 without BOM"),
        pytest.param(b"kode_tps;desa;suara.1\n1;Andr\xe9;2\n", '"1;André;2"', id="bad_C03 cp1252 shows a sample"),
        pytest.param(b"kode_tps;desa;suara.1\n1;Andr\xe9;2\n", 'simpan ulang dengan jenis "CSV UTF-8"', id="bad_C03"),
        pytest.param(b"kode_tps;suara.1\n1;\x81\n", "baris 2", id="bad_C03 no encoding at all"),
        pytest.param(f"kode_tps\n{TPS_1}\n".encode(), "pemisah kolom", id="bad_C04 no delimiter"),
        pytest.param(b"sep=|\na|b\n", "pemisah yang tidak dikenal", id="bad_C04 sep of another kind"),
        pytest.param(b"sep=;", "tidak mempunyai baris judul", id="bad_C04 sep alone"),
        pytest.param(WIDE.encode() + b'"3101', "tanda kutip", id="bad_C05 lone quote at the end"),
        pytest.param(WIDE.replace("30", '3"0').encode(), "Baris 3 memuat tanda kutip", id="bad_C05 lone quote inside"),
        pytest.param(WIDE.encode() + b"\0", "NUL", id="bad_C05 NUL"),
        pytest.param("\ufeffa;b\n\0;1".encode("utf-16-le"), "NUL", id="bad_C05 NUL in UTF-16"),
        pytest.param((WIDE + f"{TPS_2};1\n").encode(), "Baris 4: lebih pendek", id="bad_C07 short row"),
        pytest.param((WIDE + f"{TPS_2};1;2;3\n").encode(), "Baris 4: lebih panjang", id="bad_C07 long row"),
        pytest.param((WIDE + WIDE).encode(), "Baris 4: mengulang baris judul", id="bad_C07 header in the middle"),
        pytest.param(WIDE.replace("suara.2", "Suara.1").encode(), "seperti kolom sebelumnya", id="bad_C08 duplicate"),
        pytest.param(WIDE.replace("suara.2", "IV.01").encode(), "isian yang sama", id="bad_C08 the same row twice"),
        pytest.param(WIDE.replace("suara.2", "suara.22").encode(), '"suara.2"', id="bad_C08 unknown names the nearest"),
        pytest.param(WIDE.replace("kode_tps", "kode_tsp").encode(), '"kode_tps"', id="bad_C08 unknown code column"),
        pytest.param(WIDE.replace("suara.2", "").encode(), "tidak bernama", id="bad_C08 column without a name"),
        pytest.param(b";;;\n;;\n", "tidak mempunyai baris judul", id="bad_C08 only delimiters"),
        pytest.param(b" \n \n", "kosong", id="bad_C08 only blanks"),
        pytest.param(f"kode_tps;suara.1\n{TPS_1};{'1' * 1001}\n".encode(), "1.000 karakter", id="bad_C09 long field"),
        pytest.param(b"kode_tps;suara.1\n" + b"1" * 300_000, "terlalu panjang", id="bad_C09 long line"),
        pytest.param(b"a;" * 2_001 + b"b\n", "lebih dari 2.000 kolom", id="bad_C09 columns"),
        pytest.param(b'kode_tps;suara.1\n"' + b"a\n" * 200_000, "tidak ditutup", id="bad_C05 quote never closed"),
    ],
)
def test_refused(tmp_path: Path, data: bytes, words: str) -> None:
    assert words in refused(tmp_path, "a.csv", data)


def test_bad_C05_newline_in_quotes_is_kept_and_lines_stay_true() -> None:
    table = read_csv(b'nama;nomor\n"Satu\r\ndua";1\n"tiga ""3""; empat";2\n', "a.csv")
    assert table.rows == ((2, ("Satu\ndua", "1")), (4, ('tiga "3"; empat', "2")))


def test_bad_C08_columns_in_any_order(tmp_path: Path) -> None:
    data = f"suara.2;kode_tps;suara.1\n20;{TPS_1};10\n40;{TPS_2};30\n".encode()
    assert figures(parse(tmp_path, "a.csv", data)) == FIGURES


def test_bad_C07_every_bad_line_is_named_at_once(tmp_path: Path) -> None:
    sentence = refused(tmp_path, "a.csv", (WIDE + "1\n" + "2;2;2;2\n" + "3;3\n").encode())
    assert all(f"Baris {line}:" in sentence for line in (4, 5, 6))


def test_bad_C09_too_large_ends_soon_in_little_memory(tmp_path: Path) -> None:
    huge, line, rows = tmp_path / "huge.csv", tmp_path / "line.csv", tmp_path / "rows.csv"
    with huge.open("wb") as file:
        file.truncate(2_000_000_000)
    line.write_bytes(b"kode_tps;suara.1\n" + b"1" * 100_000_000)
    rows.write_bytes(b"kode_tps;suara.1\n" + b"1;2\n" * 12_000_000)
    quotes = tmp_path / "quotes.csv"
    quotes.write_bytes(b"kode_tps;suara.1\n" + b'"' * 49_000_001)
    assert ["ditolak" in judged for judged in in_child([huge, line, rows, quotes])] == [True] * 4


@pytest.mark.parametrize("name", ["=cmd|'/c calc'!A1", "+62", "-Budi", "@SUM(A1)", "=1+1"])
def test_bad_C10_a_name_like_a_formula_is_kept_as_text(name: str) -> None:
    assert read_csv(f"nomor;nama\n1;{name}\n".encode(), "a.csv").rows == ((2, ("1", name)),)


@pytest.mark.parametrize("name", ["\tBudi", "\rBudi"])
def test_bad_C10_a_leading_tab_or_line_end_inside_quotes_stays_in_the_cell(name: str) -> None:
    (row,) = read_csv(f'nomor;nama\n1;"{name}"\n'.encode(), "a.csv").rows
    assert row[1][1].lstrip() == "Budi"


def test_bad_C11_thousands_dot_is_read_and_said(tmp_path: Path) -> None:
    result = parse(tmp_path, "a.csv", f"kode_tps;surat_diterima\n{TPS_1};1.234\n".encode())
    assert isinstance(result, ParsedFile)
    assert result.refused == (TPS_1,)  # three boxes on this form
    assert "Terlalu besar: 1.234" in result.remarks[0].message


@pytest.mark.parametrize("text", ["12,0", "12.0", "1 234", "1E2", "-5", "12%", "benar", "#REF!", "x", "x̄"])
def test_bad_C11_bad_cell_refuses_its_tps_alone(tmp_path: Path, text: str) -> None:
    result = parse(tmp_path, "a.csv", WIDE.replace("30", f'"{text}"').encode())
    assert figures(result) == {TPS_1: FIGURES[TPS_1]}
    assert isinstance(result, ParsedFile)
    assert result.refused == (TPS_2,)
    assert [remark.place for remark in result.remarks] == ["baris 3, kolom suara.1"]


@pytest.mark.parametrize("label", ["JUMLAH", "Total", "JUMLAH AKHIR", "Sub Total", "sub jumlah desa"])
def test_bad_C12_totals_row_is_ignored_by_its_label(tmp_path: Path, label: str) -> None:
    result = parse(tmp_path, "a.csv", (WIDE + f"{label};40;60\n").encode())
    assert figures(result) == FIGURES
    assert isinstance(result, ParsedFile)
    assert result.ignored == (f'baris 4 ("{label}")',)
    assert not result.refused


def test_bad_C12_a_last_row_without_label_is_refused(tmp_path: Path) -> None:
    result = parse(tmp_path, "a.csv", (WIDE + ";40;60\n").encode())
    assert figures(result) == FIGURES
    assert isinstance(result, ParsedFile)
    assert result.refused == ("baris 4",)
    assert "tidak menyebut TPS-nya" in result.remarks[0].message


def test_a_long_file_of_a_whole_kecamatan_is_read(tmp_path: Path) -> None:
    rows = "".join(f"{code};suara.{n};{n}\n" for code in CODES for n in (1, 2, 3))
    result = parse(tmp_path, "a.csv", f"kode_tps;isian;angka\n{rows}".encode(), target(source="plano"))
    assert figures(result) == {code: {"suara.1": 1, "suara.2": 2, "suara.3": 3} for code in CODES}
