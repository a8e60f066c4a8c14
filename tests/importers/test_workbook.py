"""The workbook importer on sound workbooks: codes and labels, headings, pages, sums, several desa and contests."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from importers.workbook_samples import (
    DESA,
    GUBERNUR,
    NUMBERS,
    PPWP,
    Recap,
    expected,
    figures_of,
    opened,
    read,
    saved,
    target,
    texts_of,
)
from openpyxl import Workbook

from pleno.domain.contest import Choice, Contest
from pleno.domain.errors import PlenoError
from pleno.domain.state import Tps
from pleno.importers.profile import load_profile, shipped_profiles
from pleno.importers.workbook_rows import FormRows, label_key, name_key

CODES = tuple(f"3101011001{number:03}" for number in NUMBERS)
EVERY = {code: expected(code) for code in CODES}


@pytest.mark.parametrize("coded", [True, False], ids=["by code", "by label"])
@pytest.mark.parametrize(
    "heading",
    [
        pytest.param(lambda code: f"TPS {code[10:]}", id="TPS 001"),
        pytest.param(lambda code: f"TPS {int(code[10:])}", id="TPS 1"),
        pytest.param(lambda code: f"TPS\n{code[10:]}", id="two lines"),
        pytest.param(lambda code: code[10:], id="001"),
        pytest.param(lambda code: int(code[10:]), id="number"),
        pytest.param(lambda code: code, id="13 digits"),
        pytest.param(int, id="13 digits as a number"),
    ],
)
def test_every_figure_arrives(coded: bool, heading: Any) -> None:
    assert figures_of(read(Recap(coded=coded, heading=heading).data())) == EVERY


def test_places_name_sheet_and_heading() -> None:
    parts = read(Recap().data())
    assert parts.readings[0].place == "DESA_01_PULAU_KELAPA!E5"
    assert parts.readings[0].contest == "pemilu2024-ppwp"
    assert parts.readings[0].ts is None


def test_several_desa_and_other_sheets() -> None:
    recap = Recap(desa=tuple(DESA))
    for name in ("SAMPUL", "KECAMATAN", "PEMBETULAN"):
        recap.book.create_sheet(name)["B2"] = name
    kecamatan = recap.book["KECAMATAN"]
    for column, text in enumerate(("PULAU KELAPA", "PULAU HARAPAN", "JUMLAH AKHIR"), 5):
        kecamatan.cell(8, column, text)
        kecamatan.cell(9, column, 5)
    kecamatan["A9"] = "II.1"
    pembetulan = recap.book["PEMBETULAN"]
    for row in range(5, 9):
        for column, value in enumerate((row, "PULAU KELAPA", "TPS 001", "IV.02", 71, 149), 1):
            pembetulan.cell(row, column, value)
    parts = read(recap.data())
    assert figures_of(parts) == EVERY | {f"3101011002{n:03}": expected(f"3101011002{n:03}") for n in NUMBERS}
    assert parts.ignored == ("lembar SAMPUL", "lembar KECAMATAN", "lembar PEMBETULAN")
    assert parts.refused == ()


def test_empty_is_not_read_and_zero_is_zero() -> None:
    recap = Recap(figures=lambda code, row: None if code == CODES[1] or row == 3 else 0)
    parts = read(recap.data())
    assert set(figures_of(parts)) == {CODES[0], CODES[2]}
    assert figures_of(parts)[CODES[0]] == {row.name: 0 for index, row in enumerate(PPWP.rows) if index != 3}
    assert any("TPS 002 belum berisi angka." in text for text in texts_of(parts))


def test_pages_to_the_right_and_below_are_one_sheet() -> None:
    numbers = tuple(range(1, 9))
    recap = Recap(numbers=numbers)
    old = recap.sheet
    book = Workbook()
    book.remove(book.worksheets[0])
    new = book.create_sheet(old.title)
    height = old.max_row
    pages = ((0, 0, (5, 6, 7)), (0, 5, (8, 9)), (height + 3, 0, (10, 11, 12)))
    for down, right, columns in pages:
        for row in range(1, height + 1):
            for column in range(1, 5):
                if not right:
                    new.cell(row + down, column, old.cell(row, column).value)
            values = [old.cell(row, column).value for column in columns]
            carried = "JUMLAH PINDAHAN" if row == 5 else 100 if row > 7 and values[0] is not None else None
            line = values if not (down or right) else [carried, *values]
            for offset, value in enumerate([*line, carried if columns[-1] != 12 else None], 5):
                if right or down or not isinstance(value, str) or row == 5:
                    new.cell(row + down, offset + right, value)
    parts = read(saved(book), target(numbers=numbers))
    assert figures_of(parts) == {f"3101011001{n:03}": expected(f"3101011001{n:03}") for n in numbers}


def with_cached_sums(recap: Recap, change: dict[str, int]) -> bytes:
    """Plain values where Excel would have cached its sums."""
    for row in PPWP.rows:
        total = sum(expected(code)[row.name] for code in CODES) + change.get(row.name, 0)
        recap.sheet[recap.at["JUMLAH AKHIR", row.name]] = total
    return recap.data()


def test_sum_column_is_compared_never_taken() -> None:
    recap = Recap()
    assert not any("JUMLAH AKHIR" in text for text in texts_of(read(with_cached_sums(recap, {}))))
    parts = read(with_cached_sums(recap, {"suara.2": 7}))
    own = sum(expected(code)["suara.2"] for code in CODES)
    place = recap.at["JUMLAH AKHIR", "suara.2"]
    assert f"DESA_01_PULAU_KELAPA!{place}: JUMLAH AKHIR tertulis {own + 7}, jumlah kolom TPS {own}." in texts_of(parts)
    assert figures_of(parts) == EVERY


def test_formula_on_a_paper_total_is_not_the_paper() -> None:
    recap = Recap()
    recap.cell("pengguna_dpt_j").value = "=1+1"
    recap.cell("suara_sah").value = "=1+1"
    parts = read(recap.data())
    wanted = {name: count for name, count in expected(CODES[0]).items() if name not in ("pengguna_dpt_j", "suara_sah")}
    assert figures_of(parts)[CODES[0]] == wanted
    assert sum("rumus, bukan angka kertas" in text for text in texts_of(parts)) == 2


def test_rows_missing_in_the_sheet_are_named() -> None:
    recap = Recap()
    recap.sheet.delete_rows(recap.row("surat_diterima"))
    parts = read(recap.data())
    assert "surat_diterima" not in figures_of(parts)[CODES[0]]
    assert "lembar DESA_01_PULAU_KELAPA: baris II.1 tidak ada; tetap belum dibaca." in texts_of(parts)


def test_label_variants() -> None:
    recap = Recap(coded=False)
    sheet = recap.sheet
    sheet.cell(recap.row("pemilih_dpt_l"), 3, "1.  JUMLAH PEMILIH\nDALAM DPT *)")
    sheet.cell(recap.row("pemilih_dpt_l"), 4, "L")
    sheet.cell(recap.row("pemilih_dpt_p"), 4, "PEREMPUAN (P)")
    sheet.cell(recap.row("pemilih_dpt_j"), 4, "JUMLAH (L+P)")
    sheet.cell(recap.row("suara_total"), 3, "C. Jumlah seluruh suara sah dan suara tidak sah (A + B)")
    sheet.cell(recap.row("suara.2"), 2).value = None
    sheet.cell(recap.row("suara.2"), 3, "02. H. Prabowo Subianto -\nGibran Rakabuming Raka")
    assert figures_of(read(recap.data())) == EVERY


def test_the_desa_may_be_named_by_the_tab_alone() -> None:
    recap = Recap()
    for row in (2, 3):
        recap.sheet.cell(row, 3).value = None
    assert figures_of(read(recap.data())) == EVERY


@pytest.mark.parametrize(
    ("tab", "name", "code", "said"),
    [
        ("DESA_01", ": PULAU ANTAH", None, 'desa "PULAU ANTAH" tidak ada dalam daftar TPS'),
        ("Sheet1", None, None, "tidak menyebut desa mana"),
        ("Sheet1", ": PULAU KELAPA", "3101011002", "desanya tidak pasti"),
        ("PULAU HARAPAN", ": PULAU KELAPA", None, "desanya tidak pasti"),
        ("Sheet1", ": PULAU KELAPA", "3101011009", "kode desa 3101011009 tidak ada"),
    ],
)
def test_unsure_desa_refuses_the_sheet(tab: str, name: str | None, code: str | None, said: str) -> None:
    recap = Recap()
    recap.sheet.title = tab
    recap.sheet.cell(2, 3).value = name
    recap.sheet.cell(3, 3).value = code
    parts = read(recap.data())
    assert parts.readings == ()
    assert parts.refused == (f"lembar {tab}",)
    assert any(said in text for text in texts_of(parts))


def test_two_desa_of_one_name_need_the_code() -> None:
    where = target(desa={"3101011001": "SUKAMAJU", "3101011002": "SUKA MAJU"})
    recap = Recap()
    recap.sheet.title = "Sheet1"
    recap.sheet["C2"] = "SUKAMAJU"
    assert figures_of(read(recap.data(), where)) == EVERY
    recap.sheet["C3"] = None
    assert read(recap.data(), where).refused == ("lembar Sheet1",)


def test_the_title_chooses_among_contests() -> None:
    where = target(GUBERNUR, PPWP)
    assert {reading.contest for reading in read(Recap().data(), where).readings} == {"pemilu2024-ppwp"}
    title = (("PEMILIHAN GUBERNUR DAN WAKIL GUBERNUR TAHUN 2024",),)
    gubernur = Recap(contest=GUBERNUR, title=title).data()
    assert {reading.contest for reading in read(gubernur, where).readings} == {"pilkada2024-gubernur"}


def test_without_a_title_the_choices_choose() -> None:
    parts = read(Recap(title=((None,),)).data(), target(GUBERNUR, PPWP))
    assert {reading.contest for reading in parts.readings} == {"pemilu2024-ppwp"}


def test_codes_alone_do_not_choose() -> None:
    other = Contest(load_profile("pilkada2024-walikota"), (Choice(1, "E dan F"), Choice(2, "G dan H")))
    recap = Recap(contest=GUBERNUR, title=((None,),))
    for choice in ("suara.1", "suara.2"):
        recap.sheet.cell(recap.row(choice), 3).value = None
    recap.sheet.cell(recap.row("suara.1") - 1, 3).value = None
    with pytest.raises(PlenoError, match="--kontes: pilkada2024-gubernur, pilkada2024-walikota"):
        read(recap.data(), target(GUBERNUR, other))
    chosen = read(recap.data(), target(GUBERNUR, other, contest="pilkada2024-walikota"))
    assert {reading.contest for reading in chosen.readings} == {"pilkada2024-walikota"}


def test_a_tps_that_does_not_read_the_contest_is_refused() -> None:
    khusus = Tps("3101011001003", "3101011001", 3, "khusus", contests=("pilkada2024-gubernur",))
    parts = read(Recap().data(), target(more={khusus.code: khusus}))
    assert parts.refused == (khusus.code,)
    assert set(figures_of(parts)) == set(CODES[:2])


def test_a_workbook_without_desa_is_refused() -> None:
    with pytest.raises(PlenoError, match="tidak memuat lembar desa"):
        read(saved(Workbook()))


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_random_figures_come_back(data: st.DataObject) -> None:
    figures = st.one_of(st.none(), st.integers(0, 999))
    given_figures = {(code, row): data.draw(figures) for code in CODES for row in range(len(PPWP.rows))}
    recap = Recap(figures=lambda code, row: given_figures[code, row], coded=data.draw(st.booleans()))
    wanted = {
        code: {
            row.name: given_figures[code, i] for i, row in enumerate(PPWP.rows) if given_figures[code, i] is not None
        }
        for code in CODES
    }
    assert figures_of(read(recap.data())) == {code: figures for code, figures in wanted.items() if figures}


@pytest.mark.skipif(
    shutil.which("soffice") is None and "PLENO_CI" not in os.environ, reason="soffice (LibreOffice) is not installed"
)
@pytest.mark.parametrize("coded", [True, False], ids=["by code", "by label"])
def test_libreoffice_saves_the_same_figures(tmp_path: Path, coded: bool) -> None:
    (tmp_path / "in").mkdir()
    recap = Recap(coded=coded)
    recap.cell("suara_sah").value = "=1+1"
    (tmp_path / "in" / "rekap.xlsx").write_bytes(recap.data())
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", str(tmp_path), str(tmp_path / "in" / "rekap.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    converted = (tmp_path / "rekap.xlsx").read_bytes()
    parts = read(converted)
    assert figures_of(parts) == figures_of(read(recap.data()))
    total = recap.at["JUMLAH AKHIR", "suara.1"]
    assert opened(converted).worksheets[0][total].value.startswith("=")
    assert not any("JUMLAH AKHIR" in text for text in texts_of(parts))  # calculated now, and equal to our sums


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("1. Jumlah pemilih dalam DPT", "JUMLAH  PEMILIH\nDALAM DPT *)"),
        ("A. JUMLAH SELURUH SUARA SAH (IV.1.B + IV.2.B)", "Jumlah seluruh suara sah"),
        ("I.A.1 Jumlah pemilih dalam DPT", "jumlah pemilih dalam dpt:"),
    ],
)
def test_label_key(left: str, right: str) -> None:
    assert label_key(left) == label_key(right) != ""


def test_name_key_keeps_people_apart() -> None:
    assert name_key("H. A. BUDI, S.E. dan C") == name_key("H A BUDI SE - C")
    assert name_key("BUDI dan C") != name_key("BUDY dan C")


def test_a_label_of_two_rows_finds_neither() -> None:
    form = FormRows(PPWP)
    form.start_block()
    assert form.labelled([("B9", "DPT"), ("D9", "LK")]).row is None


@pytest.mark.parametrize("profile", [name for name in shipped_profiles() if "-pdpr" not in name])
def test_every_form_is_found_by_its_own_wording(profile: str) -> None:
    contest = Contest(load_profile(profile), (Choice(1, "A dan B"), Choice(2, "KOLOM KOSONG", is_kolom_kosong=True)))
    recap = Recap(contest=contest, coded=False, title=((None,),))
    assert figures_of(read(recap.data(), target(contest)))[CODES[0]] == expected(CODES[0], contest)
