"""The TPS list, as csv and as xlsx, with everything an office may get wrong in them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from importers.list_samples import csv, xlsx
from openpyxl import Workbook

from pleno.domain.errors import PlenoError
from pleno.domain.state import Desa, Tps
from pleno.importers.regions import all_names, desa_names
from pleno.importers.roster import read_roster


def roster_refused(path: Path) -> str:
    with pytest.raises(PlenoError) as caught:
        read_roster(path, "310101")
    return caught.value.message


EXPECTED = (
    (Desa("3101011001", "PULAU PANGGANG"), Desa("3101011002", "Pulau Kelapa")),
    (
        Tps("3101011001001", "3101011001", 1, "biasa", 147, 145, 292),
        Tps("3101011001012", "3101011001", 12, "psu", contests=("pemilu2024-ppwp",)),
        Tps("3101011002901", "3101011002", 901, "khusus", None, None, 93),
    ),
)


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_csv_list_in_any_order_of_lines_and_columns(tmp_path: Path, separator: str) -> None:
    text = (
        "nomor,kode_tps,Desa,dpt_l,dpt_p,dpt_j,jenis,kontes\n"
        "901,3101011002901,Pulau  Kelapa,,,93,,\n"
        "012,3101011001012,,,,,PSU,pemilu2024-ppwp\n"
        "1,3101011001001,,147,145,,,\n"
    )
    assert read_roster(csv(tmp_path, text.replace(",", separator)), "310101") == EXPECTED


def test_an_xlsx_list_with_codes_as_numbers_or_text(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path,
        ("kode_tps", "desa", "nomor", "dpt_l", "dpt_p", "dpt_j", "jenis", "kontes"),
        (3101011002901, "Pulau Kelapa", "901", None, None, 93, None, None),
        ("3101011001012", None, 12, None, None, None, "psu", "pemilu2024-ppwp"),
        (),
        (3101011001001, None, "001", "147", 145, 292, "biasa", None),
    )
    assert read_roster(path, "310101") == EXPECTED


def test_only_the_code_is_needed(tmp_path: Path) -> None:
    desa, tps = read_roster(csv(tmp_path, "kode_tps,nomor\n3101011003008,\n"), "310101")
    assert (desa, tps) == ((Desa("3101011003", "PULAU HARAPAN"),), (Tps("3101011003008", "3101011003", 8),))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("310101100101,,1", 'baris 3, kolom kode_tps: "310101100101" bukan kode TPS 13 angka.'),
        ("3101011001٠١٢,,1", "bukan kode TPS 13 angka."),
        (",A,1", "kolom kode_tps: kosong."),
        ("3101021001001,,1", "3101021001001 bukan TPS kecamatan 310101."),
        ("3101011001000,,0", "bernomor TPS 000."),
        ("3101011001001,,1", "3101011001001 sudah ada di baris 2."),
        ("3101011001002,,3", 'kolom nomor: "3" tidak sama dengan tiga angka terakhir kode, 002.'),
        ("3101011001002,,dua", "kolom nomor"),
        ("3101011001002,PANGGANG,2", 'baris 2 menamai desa 3101011001 "PULAU PANGGANG".'),
        ("3101011009001,,1", "desa 3101011009 tidak ada dalam daftar wilayah KPU; isi namanya."),
        ("3101011001002,A\u202eB,2", "memuat karakter terlarang"),
    ],
)
def test_a_wrong_line_of_the_list_is_named(tmp_path: Path, line: str, said: str) -> None:
    path = csv(tmp_path, f"kode_tps,desa,nomor\n3101011001001,PULAU PANGGANG,1\n{line}\n")
    assert said in roster_refused(path)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("1.5,1,,,", "kolom dpt_l"),
        ("-1,1,,,", "kolom dpt_l"),
        ("1,1,3,,", "kolom dpt_j: 3 ≠ 1 + 1."),
        ("10000,1,,,", "Terlalu besar"),
        (",,,istimewa,", 'kolom jenis: "istimewa" tidak dikenal; pilihannya biasa, khusus, psu.'),
        (",,,,a|a", "bukan nama-nama profil"),
        (",,,,a||b", "bukan nama-nama profil"),
    ],
)
def test_a_wrong_optional_cell_is_named(tmp_path: Path, cells: str, said: str) -> None:
    path = csv(tmp_path, f"kode_tps,dpt_l,dpt_p,dpt_j,jenis,kontes\n3101011001001,{cells}\n")
    assert said in roster_refused(path)


def test_all_wrong_lines_are_named_at_once(tmp_path: Path) -> None:
    message = roster_refused(csv(tmp_path, "kode_tps,nomor\n1,1\n3101011001001,2\n3101011001001,1\n"))
    assert ("baris 2" in message, "baris 3" in message, "baris 4" in message) == (True, True, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kode,nomor\n3101011001001,1\n", "kolom kode_tps tidak ada."),
        ("kode_tps,nmor\n3101011001001,1\n", 'kolom "nmor" tidak dikenal. Mungkin maksudnya "nomor".'),
        ("kode_tps,nomor\n", "tidak memuat satu baris pun"),
        ("[1, 2]", "bukan csv atau xlsx."),
        ("kode_tps,nomor\n" + "3101011001001,1\n" * 20_001, "lebih dari 20.000 baris."),
    ],
)
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, text: str, said: str) -> None:
    assert said in roster_refused(csv(tmp_path, text))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("=1+1", "A", 1), "TPS!A2: berisi rumus; tempel sebagai nilai."),
        ((3101011001001, True, 1), "TPS!B2: berisi tanggal, persen, benar/salah atau galat"),
        ((3101011001001, "A", date(2024, 2, 14)), "TPS!C2: berisi tanggal"),
        ((3101011001001, "A", 1.5), 'TPS!C2: "1.5" bukan angka bulat.'),
        ((3101011001001, "A", -1), "bukan angka bulat."),
        ((3101011001001, "A", 1, "catatan"), "TPS!D2: berisi, tetapi kolomnya tanpa judul."),
    ],
)
def test_a_cell_of_a_workbook_that_is_not_plain_is_named(tmp_path: Path, row: tuple[object, ...], said: str) -> None:
    assert said in roster_refused(xlsx(tmp_path, ("kode_tps", "desa", "nomor"), row))


def test_a_workbook_needs_exactly_one_list(tmp_path: Path) -> None:
    assert "tidak ada lembar" in roster_refused(xlsx(tmp_path, ("kode", "desa"), (1, "A")))
    book = Workbook()
    for name in ("SATU", "DUA"):
        book.create_sheet(name).append(("kode_tps", "desa"))
    book.save(tmp_path / "dua.xlsx")
    assert "lebih dari satu lembar memuat kolom kode_tps (SATU, DUA)." in roster_refused(tmp_path / "dua.xlsx")


def test_merged_cells_are_refused(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("kode_tps", "desa"), ("3101011001001", "A"), ("3101011001002", None)):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    book.save(tmp_path / "gabung.xlsx")
    assert "Sheet!B2: sel gabungan; pisahkan dahulu." in roster_refused(tmp_path / "gabung.xlsx")


# --- lists as offices keep them: no code, other headings, several kecamatan --------------------

KARANGANYAR = Path(__file__).parents[1] / "fixtures" / "karanganyar" / "dpt_jenawi_kerjo.xlsx"


@pytest.mark.parametrize(("kecamatan", "desa", "tps", "dpt"), [("331317", 9, 42, 21_548), ("331316", 10, 58, 29_294)])
def test_a_real_list_of_several_kecamatan_gives_the_chosen_one(kecamatan: str, desa: int, tps: int, dpt: int) -> None:
    villages, roster = read_roster(KARANGANYAR, kecamatan)
    assert (len(villages), len(roster)) == (desa, tps)
    assert {one.code[:6] for one in roster} == {kecamatan}
    assert sum(one.dpt_j or 0 for one in roster) == dpt
    assert {(one.dpt_l, one.dpt_p) for one in roster} == {(None, None)}


def test_a_list_of_a_whole_kabupaten_gives_each_of_its_17_kecamatan(tmp_path: Path) -> None:
    """Names in capitals, numbers of three digits, every cell a text, no kode_tps, the DPT not split."""
    every = {code: name for code, name in all_names(6).items() if code.startswith("3313")}
    assert len(every) == 17
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("kodekabalamat", "kec", "desakel", "nomor_tps", "jumlah_dpt"))
    for number, (code, kecamatan) in enumerate(every.items(), 1):
        for desa in desa_names(code).values():
            for tps in (1, 2):
                sheet.append(
                    (f"01{number:02}01", kecamatan.upper(), desa.upper(), f"{tps:03}", str(100 * tps + number))
                )
    book.save(tmp_path / "dpt.xlsx")
    for number, code in enumerate(every, 1):
        villages, roster = read_roster(tmp_path / "dpt.xlsx", code)
        assert {one.code for one in villages} == set(desa_names(code))
        assert [(one.number, one.dpt_l, one.dpt_p, one.dpt_j) for one in roster[:2]] == [
            (1, None, None, 100 + number), (2, None, None, 200 + number),
        ]  # fmt: skip
        assert len(roster) == 2 * len(villages)


def test_a_list_without_this_kecamatan_names_those_it_has() -> None:
    with pytest.raises(PlenoError, match=r"tidak ada baris kecamatan MATESIH .331305.; yang ada: JENAWI, KERJO"):
        read_roster(KARANGANYAR, "331305")


def test_without_kecamatan_every_line_is_of_the_chosen_one(tmp_path: Path) -> None:
    desa, roster = read_roster(csv(tmp_path, "No.,Kelurahan,No. TPS,L,P,Jumlah DPT\n1,Jenawi,2,10,11,21\n"), "331317")
    assert [(one.code, one.dpt_l, one.dpt_p, one.dpt_j) for one in roster] == [("3313172003002", 10, 11, 21)]
    assert [one.name for one in desa] == ["Jenawi"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("JENAWY,1", 'baris 2, kolom desa: desa "JENAWY" tidak ada di kecamatan ini. Mungkin maksudnya "JENAWI".'),
        ("JENAWI,TPS", 'baris 2, kolom nomor: "TPS" bukan nomor TPS.'),
        ("JENAWI,0", "baris 2, kolom nomor: 3313172003000 bernomor TPS 000."),
    ],
)
def test_a_line_that_names_no_tps_is_refused(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(PlenoError) as caught:
        read_roster(csv(tmp_path, f"desa,nomor\n{line}\n"), "331317")
    assert said in caught.value.message


def test_two_lines_of_one_tps_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PlenoError, match="baris 3, kolom nomor: 3313172003001 sudah ada di baris 2"):
        read_roster(csv(tmp_path, "desa,nomor\nJENAWI,1\nJenawi,001\n"), "331317")
