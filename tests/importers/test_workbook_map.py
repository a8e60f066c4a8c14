"""What an office says of its own workbook in a map, and what the importer makes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from importers.workbook_samples import Recap, expected, figures_of, read, target, texts_of

from pleno.domain.errors import PlenoError
from pleno.domain.figures import KOSONG
from pleno.importers.workbook_map import NO_MAP, SheetKind, map_for, parse_map, read_maps

CODES = [f"3101011001{number:03}" for number in (1, 2, 3)]
BERKAS = 'berkas = "rekap.xlsx"\n[[lembar]]\nnama = "*"\n'


def imported(recap: Recap, more: str) -> Any:
    return read(recap.data(), target(maps=(parse_map(BERKAS + more, "rekap.toml"),)))


def test_every_key_is_read() -> None:
    found = parse_map(
        """
berkas = "D.HASIL*.xlsx"
profil = ["pemilu2024-ppwp"]
[[lembar]]
nama = "DESA_*"
isi = "desa"
label = ["B", "C", "AA"]
kepala = { baris = 9, pola = "Kolom TPS no. {nomor:03}", jumlah = "TOTAL", pindahan = "PINDAHAN" }
akhiran_nol = true
[lembar.sel]
desa = "C4"
[lembar.arti]
"-" = "nol"
"x" = "kosong"
[lembar.baris]
suara_sah = 40
[lembar.kolom]
F = "001"
[lembar.sebutan]
"YANG MENCOBLOS" = "pengguna_total"
""",
        "peta.toml",
    )
    (sheet,) = found.sheets
    assert (found.file, found.profiles, sheet.kind) == ("d.hasil*.xlsx", ("pemilu2024-ppwp",), SheetKind.DESA)
    assert (sheet.head_row, sheet.total, sheet.carried, sheet.labels) == (9, "TOTAL", "PINDAHAN", (2, 3, 27))
    assert (sheet.cells, sheet.meanings, sheet.rows) == ({"desa": (4, 3)}, {"-": 0, "x": KOSONG}, {40: "suara_sah"})
    assert sheet.zero_ending
    assert (sheet.columns, sheet.wordings) == ({6: "001"}, {"YANG MENCOBLOS": "pengguna_total"})
    assert sheet.heading is not None
    assert [bool(sheet.heading.fullmatch(said)) for said in ("KOLOM TPS NO 004", "KOLOM TPS NO 12", "TPS 4")] == [
        True, True, False,
    ]  # fmt: skip
    assert found.sheet("DESA_01") is sheet
    assert map_for((found,), "d.hasil kecamatan.XLSX") is found
    assert map_for((found,), "lain.xlsx") is NO_MAP


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[lembar]]\nnama = "*"', "kunci berkas: tidak ada."),
        (BERKAS + 'isii = "desa"', 'baris 4, kunci isii: tidak dikenal. Mungkin maksudnya "isi".'),
        (BERKAS + 'isi = "dusun"', 'berisi "dusun", yang tidak dikenal. Pilihannya: desa, kecamatan.'),
        (BERKAS + 'label = ["1"]', 'memuat "1", seharusnya huruf kolom seperti B.'),
        (BERKAS + 'kepala = { pola = "TPS" }', "harus memuat {nomor} satu kali"),
        (BERKAS + "kepala = { bariss = 3 }", "kunci bariss: tidak dikenal."),
        (BERKAS + 'sel = { desa = "C" }', "seharusnya alamat sel seperti C4."),
        (BERKAS + 'sel = { dusun = "C4" }', "kunci dusun: tidak dikenal."),
        (BERKAS + 'arti = { "-" = "0" }', "Pilihannya: kosong, nol."),
        (BERKAS + "baris = { suara_sah = 0 }", "di luar 1 sampai"),
        (BERKAS + "baris = { suara_sah = 9, suara_total = 9 }", "baris 9 sudah dipakai suara_sah."),
        (BERKAS + 'kolom = { E = "1" }', "memerlukan kepala.baris."),
        (BERKAS + 'sebutan = { "-" = "suara_sah" }', "tidak memuat kata."),
        ('berkas = "a.xlsx"\nlembar = []', "harus 1 sampai 64."),
        ('berkas = "a.xlsx"\nprofil = ["Presiden!"]\n[[lembar]]\nnama = "*"', "yang bukan nama profil."),
    ],
)
def test_a_wrong_key_is_named_with_its_line(text: str, said: str) -> None:
    with pytest.raises(PlenoError) as refused:
        parse_map(text, "peta.toml")
    assert said in refused.value.message


def test_maps_lie_in_a_folder_that_may_be_missing(tmp_path: Path) -> None:
    assert read_maps(tmp_path / "tidak ada") == ()
    (tmp_path / "b.toml").write_text(BERKAS, "utf-8")
    (tmp_path / "a.toml").write_text(BERKAS.replace("rekap", "lain"), "utf-8")
    (tmp_path / "rekap.xlsx").write_bytes(b"PK")
    assert [one.name for one in read_maps(tmp_path)] == ["a.toml", "b.toml"]


# --- what it changes on import -------------------------------------------------------------


def test_dashes_are_figures_only_where_the_map_says_so() -> None:
    recap = Recap()
    recap.cell("suara.2").value = "-"
    recap.cell("suara.3").value = "x"
    assert read(recap.data()).refused == (CODES[0],)
    parts = imported(recap, 'arti = { "-" = "nol", "x" = "kosong" }')
    assert figures_of(parts)[CODES[0]] == expected(CODES[0]) | {"suara.2": 0, "suara.3": KOSONG}
    assert any('"-" dibaca 0 menurut peta.' in text for text in texts_of(parts))


def test_text_figures_end_in_zero_only_where_the_map_says_so() -> None:
    recap = Recap()
    for row, text in (("suara.1", "15.0"), ("suara.2", "7,00"), ("suara.3", "1.5")):
        recap.cell(row).value = text
        recap.cell(row, CODES[1]).value = "12.0"
    assert read(recap.data()).refused == (CODES[0], CODES[1])
    parts = imported(recap, "akhiran_nol = true")
    assert parts.refused == (CODES[0],), "1.5 is no whole number"
    votes = dict.fromkeys(("suara.1", "suara.2", "suara.3"), 12)
    assert figures_of(parts)[CODES[1]] == expected(CODES[1]) | votes
    assert [text for text in texts_of(parts) if "bilangan bulat menurut peta" in text] == [
        f"{recap.sheet.title}!{recap.at[CODES[0], 'suara.1']}: "
        'angka teks berakhir ".0" (dan 4 sel lain); dibaca sebagai bilangan bulat menurut peta.'
    ]


def test_a_heading_and_sums_of_another_wording() -> None:
    recap = Recap(heading=lambda code: f"Bilik {int(code[10:])}")
    for row in recap.sheet.iter_rows():
        for cell in row:
            if cell.value == "JUMLAH AKHIR":
                cell.value = "Total Semua"
    with pytest.raises(PlenoError, match="tidak memuat lembar desa"):
        read(recap.data())
    parts = imported(recap, 'kepala = { pola = "Bilik {nomor}", jumlah = "Total Semua" }')
    assert figures_of(parts) == {code: expected(code) for code in CODES}


def test_labels_of_another_wording() -> None:
    recap = Recap(coded=False)
    recap.sheet.cell(recap.row("suara_tidak_sah"), 3).value = "SUARA RUSAK"
    recap.sheet.cell(recap.row("pengguna_total_l"), 3).value = "YANG MENCOBLOS"
    assert "SUARA RUSAK" in " ".join(texts_of(read(recap.data())))
    parts = imported(recap, 'sebutan = { "Suara rusak" = "suara_tidak_sah", "YANG MENCOBLOS" = "pengguna_total" }')
    assert figures_of(parts) == {code: expected(code) for code in CODES}


def test_rows_by_their_number_and_columns_by_their_letter() -> None:
    recap = Recap(coded=False, heading=lambda code: "?")
    for row in ("suara_sah", "suara_tidak_sah"):
        recap.sheet.cell(recap.row(row), 3).value = "???"
    header = recap.row("pemilih_dpt_l") - 3
    rows = f"suara_sah = {recap.row('suara_sah')}, suara_tidak_sah = {recap.row('suara_tidak_sah')}"
    columns = 'E = "001", F = "2", G = "TPS 3"'.replace('"TPS 3"', '"3"')
    parts = imported(recap, f"kepala = {{ baris = {header} }}\nbaris = {{ {rows} }}\nkolom = {{ {columns} }}")
    assert figures_of(parts) == {code: expected(code) for code in CODES}


def test_a_row_that_the_form_does_not_have_refuses_the_sheet() -> None:
    parts = imported(Recap(), "baris = { suara_batal = 40 }")
    assert figures_of(parts) == {}
    assert any('peta menyebut "suara_batal", yang bukan baris formulir' in text for text in texts_of(parts))


def test_a_map_for_other_contests_refuses_the_file() -> None:
    text = 'berkas = "rekap.xlsx"\nprofil = ["pilkada2024-gubernur"]\n[[lembar]]\nnama = "*"\n'
    with pytest.raises(PlenoError, match=r"Peta rekap.toml untuk pilkada2024-gubernur"):
        read(Recap().data(), target(maps=(parse_map(text, "rekap.toml"),)))


def test_the_desa_of_a_cell_the_map_names() -> None:
    recap = Recap()
    recap.sheet.title = "1"
    for row in range(2, 4):
        for column in (2, 3):
            recap.sheet.cell(row, column).value = None
    recap.sheet["E2"] = "Pulau Kelapa"
    assert figures_of(read(recap.data())) == {}
    assert set(figures_of(imported(recap, 'sel = { desa = "E2" }'))) == set(CODES)
