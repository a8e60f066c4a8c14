"""What an import says of a workbook that was tampered with or typed carelessly: each finding by sheet and cell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from importers.workbook_samples import PPWP, Recap, figures_of, read, texts_of, with_cell

from pleno.domain.errors import PlenoError
from pleno.importers.parsed import Parts

SHEET = "DESA_01_PULAU_KELAPA"
FIRST, SECOND = "3101011001001", "3101011001002"
Change = Callable[[Recap], None]


def holding(value: Any, number_format: str = "") -> Change:
    """The first TPS has this for the first choice."""

    def change(recap: Recap) -> None:
        cell = recap.cell("suara.1")
        cell.value = value
        cell.number_format = number_format or cell.number_format

    return change


def of_total(value: Any) -> Change:
    def change(recap: Recap) -> None:
        recap.sheet[recap.at["JUMLAH AKHIR", "suara.1"]].value = value

    return change


def merged(recap: Recap) -> None:
    recap.sheet.merge_cells(f"{recap.at[FIRST, 'suara.1']}:{recap.at[SECOND, 'suara.1']}")


def hidden_row(recap: Recap) -> None:
    recap.sheet.row_dimensions[recap.row("suara.1")].hidden = True


def hidden_column(recap: Recap) -> None:
    recap.sheet.column_dimensions["F"].hidden = True


def hidden_sheet(recap: Recap) -> None:
    sheet = recap.book.create_sheet("RAHASIA")
    sheet.sheet_state, sheet["A1"] = "veryHidden", 5


def missing_row(recap: Recap) -> None:
    rows = [recap.row(f"suara.{n}") for n in (1, 2)]
    recap.cell("suara_sah").value = f"=SUM(E{rows[0]}:E{rows[1]})"


def missing_column(recap: Recap) -> None:
    row = recap.row("suara.1")
    of_total(f"=SUM(E{row}:F{row})")(recap)


TAKEN: dict[str, tuple[Change, str]] = {
    "a total typed over": (of_total(5), "{sheet}!H34: JUMLAH AKHIR diketik, padahal sel lain di kolom itu rumus"),
    "a total that does not match": (of_total(5), "{sheet}!H34: JUMLAH AKHIR tertulis 5, jumlah kolom TPS 606."),
    "a sum that misses a column": (missing_column, "{sheet}!H34: rumus jumlah melewatkan kolom G."),
    "a sum that misses a row": (missing_row, "{sheet}!E38: rumus V.A melewatkan baris IV.03."),
    "a total of the paper that is a formula": (missing_row, "{sheet}!E38: rumus, bukan angka kertas; dibiarkan belum"),
    "sums never calculated": (lambda _: None, "{sheet}!H8: JUMLAH AKHIR belum dihitung Excel (dan 27 sel lain)"),
    "a text of digits": (holding("12"), "{sheet}!E34: angka tersimpan sebagai teks; dibaca sebagai angka."),
    "a hidden row": (hidden_row, "lembar {sheet}: baris tersembunyi ikut dibaca: 34."),
    "a hidden column": (hidden_column, "lembar {sheet}: kolom tersembunyi ikut dibaca: F."),
    "a hidden sheet": (hidden_sheet, "lembar RAHASIA: tersembunyi dan berisi angka; tidak dibaca."),
}
REFUSED: dict[str, tuple[Change, str]] = {
    "a formula": (holding("=1+1"), "{sheet}!E34: berisi rumus yang belum dihitung Excel; ketik angka dari kertas."),
    "an error": (holding("#REF!"), "{sheet}!E34: berisi galat Excel #REF!."),
    "merged cells": (merged, "{sheet}!E34: sel gabungan E34:F34; pisahkan (Unmerge) lalu isi tiap sel."),
    "a date": (holding(date(2024, 2, 14)), "{sheet}!E34: berformat tanggal atau jam; ketik ulang angkanya"),
    "a percent": (holding(0.12, "0%"), "{sheet}!E34: berformat persen; ketik ulang angkanya"),
    "1.007": (holding(1.007), "{sheet}!E34: pecahan 1.007; maksud 1007?."),
    "1.234 as a text": (holding("1.234"), "{sheet}!E34: Terlalu besar: 1.234, paling banyak 999."),
    "true": (holding(True), "{sheet}!E34: berisi benar/salah, bukan angka."),
    "a minus": (holding(-5), "{sheet}!E34: Angka negatif."),
    "a dash": (holding("-"), '{sheet}!E34: "-" bukan angka bulat.'),
    "an x": (holding("x"), '{sheet}!E34: "x" bukan angka bulat.'),
    "spaces": (holding(" "), "{sheet}!E34: Hanya berisi spasi; kosongkan bila belum dibaca."),
}


def told(parts: Parts, said: str) -> bool:
    return any(text.startswith(said.format(sheet=SHEET)) for text in texts_of(parts))


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_odd_is_told_by_its_cell(name: str) -> None:
    change, said = TAKEN[name]
    recap = Recap()
    change(recap)
    parts = read(recap.data())
    assert told(parts, said), texts_of(parts)
    assert parts.refused == ()


@pytest.mark.parametrize("name", REFUSED)
def test_a_cell_that_is_no_figure_refuses_its_tps_by_name(name: str) -> None:
    change, said = REFUSED[name]
    recap = Recap()
    change(recap)
    parts = read(recap.data())
    assert told(parts, said), texts_of(parts)
    assert FIRST in parts.refused
    assert FIRST not in figures_of(parts)
    assert "3101011001003" in figures_of(parts), "the others are taken"


def test_a_formula_is_no_figure_even_with_its_result() -> None:
    recap = Recap()
    parts = read(with_cell(recap.data(), recap.at[FIRST, "suara.1"], '<c r="@"><f>1+1</f><v>2</v></c>'))
    assert told(parts, "{sheet}!E34: berisi rumus; ketik angka dari kertas.")
    assert parts.refused == (FIRST,)


def test_every_finding_is_told_at_once() -> None:
    """Every change in a row of its own or a column of its own, so that none hides another."""
    recap = Recap()
    rows = [row.name for row in PPWP.rows if row.part is None]
    values = {"=1+1": "berisi rumus", "#N/A": "galat", "-": "bukan angka bulat", "1.234": "Terlalu besar"}
    for row, value in zip(rows, values, strict=False):
        recap.cell(row).value = value
    recap.cell(rows[6], SECOND).value = 1.007
    recap.cell(rows[5], SECOND).value = "12"
    for change in (hidden_row, hidden_column, hidden_sheet, of_total(5), missing_row):
        change(recap)
    said = "\n".join(texts_of(read(recap.data())))
    wanted = (*values.values(), "pecahan 1.007", "sebagai teks", "baris tersembunyi", "kolom tersembunyi", "RAHASIA",
              "JUMLAH AKHIR diketik", "JUMLAH AKHIR tertulis 5", "rumus V.A melewatkan baris IV.03")  # fmt: skip
    assert [one for one in wanted if one not in said] == []


def test_empty_is_not_zero() -> None:
    recap = Recap(figures=lambda code, row: None if row == 3 else 0)
    (row,) = [one.name for index, one in enumerate(PPWP.rows) if index == 3]
    for figures in figures_of(read(recap.data())).values():
        assert row not in figures
        assert set(figures.values()) == {0}


@pytest.mark.parametrize("coded", [True, False], ids=["by code", "by label"])
def test_candidates_in_another_order_refuse_the_sheet(coded: bool) -> None:
    recap = Recap(coded=coded)
    one, other = recap.row("suara.1"), recap.row("suara.2")
    for column in (2, 3):
        upper, lower = recap.sheet.cell(one, column), recap.sheet.cell(other, column)
        upper.value, lower.value = lower.value, upper.value
    parts = read(recap.data())
    assert parts.refused == (f"lembar {SHEET}",)
    assert told(parts, "{sheet}!B34: tertulis" if coded else "{sheet}!A35: pilihan nomor 1 di bawah pilihan nomor 2")


def test_a_tps_twice_and_one_that_is_not_in_the_list() -> None:
    twice = read(Recap(numbers=(1, 2, 2)).data())
    assert twice.refused == (SECOND,)
    assert told(twice, f"{{sheet}}!G5: TPS 002 ada dua kali: {SHEET}!F5 dan {SHEET}!G5.")
    unknown = read(Recap(numbers=(1, 2, 9)).data())
    assert unknown.refused == ("3101011001009",)
    assert told(unknown, "{sheet}!G5: TPS 3101011001009 tidak ada dalam daftar TPS.")
    sheets = read(Recap(desa=("3101011001", "3101011001")).data())
    assert set(sheets.refused) == {FIRST, SECOND, "3101011001003"}
    assert any("TPS 001 ada dua kali" in text for text in texts_of(sheets))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((("KODE KECAMATAN", "3101021001"),), "menyebut kecamatan 310102, bukan 310101."),
        ((("KECAMATAN", ": KEPULAUAN SERIBU SELATAN"),), 'menyebut kecamatan "KEPULAUAN SERIBU SELATAN"'),
    ],
)
def test_a_file_of_another_kecamatan_is_refused(lines: tuple[tuple[str, ...], ...], said: str) -> None:
    with pytest.raises(PlenoError) as refused:
        read(Recap(title=(("REKAPITULASI PEMILU PRESIDEN DAN WAKIL PRESIDEN TAHUN 2024",), *lines)).data())
    assert f"{SHEET}!" in refused.value.message
    assert said in refused.value.message


# --- pages with JUMLAH PINDAHAN ------------------------------------------------------------------


def paged(carried: int | None = None) -> Recap:
    """Three TPS on two pages side by side, sums typed as an office pastes them: TPS 1, 2, PINDAHAN, PINDAHAN, TPS 3."""
    recap = Recap()
    sheet = recap.sheet
    sheet.insert_cols(7, 2)
    head = next(cell.row for cell in sheet["E"] if cell.value == "TPS 001")
    for column in (7, 8):
        sheet.cell(head, column).value = "JUMLAH PINDAHAN"
    for index, row in enumerate(PPWP.rows):
        line = recap.row(row.name)
        first, second, third = (recap.figures(f"310101100100{n}", index) for n in (1, 2, 3))
        for column, value in zip("GHJ", (first + second, first + second, first + second + third), strict=True):
            sheet[f"{column}{line}"].value = value
    if carried is not None:
        sheet[f"G{recap.row('suara.1')}"].value = carried
    return recap


def test_sums_carried_are_compared_and_never_a_tps() -> None:
    parts = read(paged().data())
    assert set(figures_of(parts)) == {FIRST, SECOND, "3101011001003"}
    assert not [text for text in texts_of(parts) if "JUMLAH" in text]
    wrong = read(paged(5).data())
    assert told(wrong, "{sheet}!G34: JUMLAH PINDAHAN tertulis 5, jumlah kolom TPS sebelumnya 364.")
    assert figures_of(wrong) == figures_of(parts)
