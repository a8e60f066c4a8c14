"""X14-X52 of TRUST.md section 8 as far as they concern single cells and sheets: which TPS they refuse, and where."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from importers.workbook_samples import (
    GUBERNUR,
    NUMBERS,
    PPWP,
    Recap,
    expected,
    figures_of,
    read,
    target,
    texts_of,
    with_cell,
    with_shared_strings,
)
from openpyxl.comments import Comment
from openpyxl.styles import Alignment
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.formula import ArrayFormula

from pleno.domain.contest import Choice, Contest
from pleno.domain.errors import PlenoError
from pleno.importers.parsed import OtherKecamatan
from pleno.importers.workbook_formats import FormatFault, fault_of_code

CODES = tuple(f"3101011001{number:03}" for number in NUMBERS)
CODE = CODES[0]
SHEET = "DESA_01_PULAU_KELAPA"
OTHERS = {code: expected(code) for code in CODES[1:]}
AT = Recap().at[CODE, "suara.1"]
GOOD = Recap().data()


def typed(value: Any, number_format: str = "General") -> bytes:
    """The recap with this value typed as suara.1 of TPS 001."""
    recap = Recap()
    cell = recap.cell("suara.1")
    cell.value = value
    cell.number_format = number_format
    return recap.data()


def as_text(value: str) -> bytes:
    """The same as a text cell, which openpyxl would take for a number or a formula."""
    recap = Recap()
    cell = recap.cell("suara.1")
    cell.value = value
    cell.data_type = "s"
    return recap.data()


def in_1904(value: int) -> bytes:
    """The recap in a workbook whose days count from 1904."""
    recap = Recap()
    recap.book.epoch = CALENDAR_MAC_1904
    recap.cell("suara.1").value = value
    return recap.data()


def raw(xml: str) -> bytes:
    return with_cell(GOOD, AT, xml)


def shared(item: bytes) -> bytes:
    return with_cell(with_shared_strings(GOOD, [item]), AT, '<c r="@" t="s"><v>0</v></c>')


@pytest.mark.parametrize(
    ("make", "said"),
    [
        pytest.param(lambda: raw('<c r="@"><f>1+1</f><v>2</v></c>'), "berisi rumus; ketik", id="bad_X17"),
        pytest.param(lambda: typed("=1+1"), "belum dihitung Excel", id="bad_X18"),
        *(
            pytest.param(lambda e=e: raw(f'<c r="@" t="e"><v>{e}</v></c>'), f"galat Excel {e}", id=f"bad_X19 {e}")
            for e in ("#REF!", "#N/A", "#DIV/0!")
        ),
        pytest.param(lambda: as_text("12.0"), "bukan angka bulat", id="bad_X21"),
        pytest.param(lambda: typed(12.5), "pecahan 12.5", id="bad_X23"),
        pytest.param(lambda: raw('<c r="@"><v>12.000000000000002</v></c>'), "pecahan", id="bad_X24"),
        pytest.param(lambda: as_text("1.234"), "Terlalu besar: 1.234", id="bad_X25 too large for the form"),
        pytest.param(lambda: typed(1.234), r"pecahan 1\.234; maksud 1234\?", id="bad_X26"),
        *(pytest.param(lambda t=t: as_text(t), "bukan angka", id=f"bad_X27 {t}") for t in ("1,234", "1 234", "1'234")),
        pytest.param(lambda: as_text("12%"), "bukan angka", id="bad_X28 text"),
        pytest.param(lambda: typed(0.12, "0%"), "berformat persen", id="bad_X28 0.12"),
        pytest.param(lambda: typed(12, "0%"), "berformat persen", id="bad_X28 12"),
        pytest.param(lambda: typed(12, "0.00%"), "berformat persen", id="bad_X28 built in"),
        pytest.param(lambda: typed(450, "dd/mm/yyyy"), "berformat tanggal", id="bad_X29"),
        pytest.param(lambda: typed(45000, "mm-dd-yy"), "berformat tanggal", id="bad_X29 built in"),
        pytest.param(lambda: typed(45323, "d-mmm"), "berformat tanggal", id="bad_X30"),
        pytest.param(lambda: raw('<c r="@" t="d"><v>2024-02-01</v></c>'), "berisi tanggal", id="bad_X30 ISO date"),
        pytest.param(lambda: typed(12, "[h]:mm"), "berformat tanggal atau jam", id="bad_X31"),
        pytest.param(lambda: typed(True), "benar/salah", id="bad_X32 TRUE"),
        pytest.param(lambda: typed(False), "benar/salah", id="bad_X32 FALSE"),
        pytest.param(lambda: typed(-5), "negatif", id="bad_X33 -5"),
        pytest.param(lambda: as_text("-5"), "negatif", id="bad_X33 text"),
        pytest.param(lambda: as_text("(5)"), "negatif", id="bad_X33 brackets"),
        *(
            pytest.param(
                lambda n=n: raw(f'<c r="@"><v>{n}</v></c>'), "di luar jangkauan|Terlalu besar", id=f"bad_X34 {n}"
            )
            for n in ("1E5", "1e308", "100000", "9007199254740993", str(2**63))
        ),
        *(
            pytest.param(lambda t=t: as_text(t), "bukan angka|spasi", id=f"bad_X36 {t!r}")
            for t in (" ", "-", "nihil", "X")
        ),
        *(pytest.param(lambda t=t: as_text(t), "bukan angka", id=f"bad_X37 {t}") for t in ("１２", "١٢")),
        pytest.param(lambda: as_text("\u200b12"), "bukan angka", id="bad_X38 ZWSP"),
        pytest.param(lambda: typed(12, '0"00"'), "format angka khusus", id="bad_X28 literal digits"),
        pytest.param(lambda: typed(12, "0,"), "format angka khusus", id="bad_X28 thousands scaled away"),
        pytest.param(lambda: typed(12, ";;;"), "format angka khusus", id="bad_X28 hidden"),
        pytest.param(lambda: as_text("9" * 32_767), "Terlalu besar|bukan angka", id="bad_X51"),
        pytest.param(lambda: shared(b"<r><t>1</t></r><r><t>,5</t></r>"), "bukan angka", id="bad_X50 rich text"),
        pytest.param(lambda: raw('<c r="@" t="str"><v>_xD800_</v></c>'), "bukan angka", id="bad_X50 lone surrogate"),
    ],
)
def test_a_bad_cell_refuses_its_tps_only(make: Callable[[], bytes], said: str) -> None:
    parts = read(make())
    assert parts.refused == (CODE,)
    assert figures_of(parts) == OTHERS
    (remark,) = [remark for remark in parts.remarks if remark.place == f"{SHEET}!{AT}"]
    assert re.search(said, remark.message), remark.message
    assert remark.message.encode()  # no lone surrogate leaves the border


@pytest.mark.parametrize(
    ("make", "figure", "noted"),
    [
        pytest.param(lambda: as_text("12"), 12, "tersimpan sebagai teks", id="bad_X20"),
        pytest.param(lambda: raw('<c r="@"><v>12.0</v></c>'), 12, None, id="bad_X22"),
        pytest.param(lambda: typed(12, "@"), 12, None, id="bad_X38 text format"),
        pytest.param(lambda: as_text("\u00a012"), 12, "tersimpan sebagai teks", id="bad_X38 NBSP"),
        pytest.param(lambda: typed(12, "#,##0"), 12, None, id="thousands format"),
        pytest.param(lambda: shared(b"<r><t>1</t></r><r><t>2</t></r>"), 12, "teks", id="bad_X50 rich text"),
        pytest.param(
            lambda: shared(b"<t>12</t><rPh sb='0' eb='1'><t>99</t></rPh>"), 12, "teks", id="bad_X50 phonetic text"
        ),
        pytest.param(lambda: shared(b"<t>_x0031_2</t>"), 12, "teks", id="bad_X50 escape"),
        pytest.param(lambda: in_1904(12), 12, None, id="bad_X48 1904"),
    ],
)
def test_a_cell_is_read_as_excel_shows_it(make: Callable[[], bytes], figure: int, noted: str | None) -> None:
    parts = read(make())
    assert figures_of(parts) == OTHERS | {CODE: expected(CODE) | {"suara.1": figure}}
    texts = [text for text in texts_of(parts) if f"!{AT}:" in text]
    assert [noted in text for text in texts] == [True] if noted else texts == []


def test_bad_x25_thousands_are_shown_once_where_the_form_is_wide_enough() -> None:
    wide = Contest(replace(PPWP.profile, digits=4), PPWP.choices)
    parts = read(as_text("1.234"), target(wide))
    assert figures_of(parts)[CODE]["suara.1"] == 1234
    assert f'{SHEET}!{AT}: "1.234" dibaca 1234.' in texts_of(parts)


def test_bad_x36_empty_is_not_read() -> None:
    parts = read(as_text(""))
    assert "suara.1" not in figures_of(parts)[CODE]
    assert parts.refused == ()


def test_all_bad_cells_are_named_at_once() -> None:
    recap = Recap()
    for name, code in (("suara.1", CODES[0]), ("suara.2", CODES[0]), ("suara_sah", CODES[2])):
        recap.cell(name, code).value = "nihil"
    parts = read(recap.data())
    assert parts.refused == (CODES[0], CODES[2])
    assert set(figures_of(parts)) == {CODES[1]}
    assert sum("nihil" in text for text in texts_of(parts)) == 3


def test_bad_x14_hidden_sheets_are_warned_about_never_read() -> None:
    recap = Recap(desa=("3101011001", "3101011002"))
    recap.book.worksheets[1].sheet_state = "veryHidden"
    recap.book.create_sheet("CATATAN").sheet_state = "hidden"
    parts = read(recap.data())
    assert set(figures_of(parts)) == set(CODES)
    assert parts.ignored == ("lembar DESA_02_PULAU_HARAPAN (tersembunyi)", "lembar CATATAN (tersembunyi)")
    assert [text.split(":")[0] for text in texts_of(parts) if "tersembunyi dan berisi angka" in text] == [
        "lembar DESA_02_PULAU_HARAPAN"
    ]


def test_bad_x15_hidden_rows_and_columns_are_read_with_a_warning() -> None:
    recap = Recap()
    row = recap.row("suara.2")
    recap.sheet.row_dimensions[row].hidden = True
    recap.sheet.column_dimensions["F"].hidden = True
    parts = read(recap.data())
    assert figures_of(parts)[CODES[1]] == expected(CODES[1])
    assert f"lembar {SHEET}: baris tersembunyi ikut dibaca: {row}." in texts_of(parts)
    assert f"lembar {SHEET}: kolom tersembunyi ikut dibaca: F." in texts_of(parts)


def test_bad_x15_hidden_column_of_codes_is_no_warning() -> None:
    recap = Recap()
    recap.sheet.column_dimensions["A"].hidden = True
    assert not any("tersembunyi" in text for text in texts_of(read(recap.data())))


def test_bad_x16_merged_figures_refuse_every_tps_they_cover() -> None:
    recap = Recap()
    row = recap.row("suara.2")
    recap.sheet.merge_cells(f"E{row}:F{row}")
    recap.sheet.merge_cells(f"C{row - 1}:D{row - 1}")
    parts = read(recap.data())
    assert parts.refused == CODES[:2]
    assert any(f"sel gabungan E{row}:F{row}" in text for text in texts_of(parts))


def test_bad_x17_an_array_formula_is_one_in_every_cell_it_fills() -> None:
    recap = Recap()
    row = recap.row("suara.2")
    recap.sheet[f"E{row}"] = ArrayFormula(f"E{row}:F{row}", "={1,2}")
    parts = read(recap.data())
    assert parts.refused == CODES[:2]


@pytest.mark.parametrize("coded", [True, False], ids=["by code", "by label"])
def test_bad_x41_an_inserted_row_is_passed_over_unless_it_has_figures(coded: bool) -> None:
    def inserted(label: str, value: object) -> Any:
        recap = Recap(coded=coded)
        at = recap.row("surat_digunakan")
        recap.sheet.insert_rows(at)
        recap.sheet.cell(at, 3, label)
        recap.sheet.cell(at, 5, value)
        return read(recap.data()), at

    parts, _ = inserted("Catatan", None)
    assert figures_of(parts)[CODE] == expected(CODE)
    parts, at = inserted("Surat suara hilang", 4)
    assert parts.refused == (f"lembar {SHEET}",)
    assert f'{SHEET}!C{at}: label "Surat suara hilang" bukan baris formulir.' in texts_of(parts)


def test_bad_x41_an_inserted_column_shifts_nothing() -> None:
    recap = Recap()
    recap.sheet.insert_cols(6)
    assert figures_of(read(recap.data()))[CODES[1]] == expected(CODES[1])
    recap.sheet.cell(recap.row("suara.1"), 6, 9)
    parts = read(recap.data())
    assert parts.refused == (f"lembar {SHEET}",)
    assert any("kolom F berisi angka, tetapi kepalanya tidak menyebut TPS" in text for text in texts_of(parts))


def test_bad_x41_a_code_beside_another_label() -> None:
    recap = Recap()
    recap.sheet.cell(recap.row("suara_sah"), 3, "JUMLAH SUARA TIDAK SAH")
    parts = read(recap.data())
    assert parts.refused == (f"lembar {SHEET}",)
    assert any("bukan baris V.A" in text for text in texts_of(parts))


def test_bad_x41_a_row_twice() -> None:
    recap = Recap()
    recap.sheet.cell(recap.row("suara_tidak_sah"), 1, "V.A")
    recap.sheet.cell(recap.row("suara_tidak_sah"), 3).value = None
    parts = read(recap.data())
    assert parts.refused == (f"lembar {SHEET}",)
    assert any("sudah ada di baris" in text for text in texts_of(parts))


@pytest.mark.parametrize(
    "title",
    [
        "PEMILIHAN GUBERNUR DAN WAKIL GUBERNUR",
        "PEMILU PRESIDEN DAN WAKIL PRESIDEN TAHUN 2019",
        "pilkada2024-gubernur",
        "MODEL D.HASIL KECAMATAN-DPR",
    ],
    ids=lambda title: f"bad_X42 {title}",
)
def test_bad_x42_another_election(title: str) -> None:
    with pytest.raises(PlenoError, match="bukan PRESIDEN DAN WAKIL PRESIDEN 2024") as refused:
        read(Recap(title=((title,),)).data())
    assert f"{SHEET}!B1" in refused.value.message


@pytest.mark.parametrize(
    "title",
    [
        ("KODE KECAMATAN", "310102"),
        ("KECAMATAN/DISTRIK *)", 310102),
        ("KECAMATAN: 310102",),
        ("KODE", "3101021001"),
    ],
    ids=lambda title: f"bad_X43 {title[0]}",
)
def test_bad_x43_another_kecamatan(title: tuple[Any, ...]) -> None:
    with pytest.raises(OtherKecamatan, match="310102"):
        read(Recap(title=(title,)).data())


def test_bad_x43_headings_of_another_kecamatan() -> None:
    with pytest.raises(OtherKecamatan, match="310102"):
        read(Recap(heading=lambda code: f"310102{code[6:]}").data())


def test_bad_x44_one_tps_twice_in_a_heading() -> None:
    recap = Recap()
    recap.sheet["F5"] = "TPS 1"
    parts = read(recap.data())
    assert parts.refused == (CODE,)
    assert f"{SHEET}!F5: TPS 001 ada dua kali: {SHEET}!E5 dan {SHEET}!F5." in texts_of(parts)
    assert set(figures_of(parts)) == {CODES[2]}


def test_bad_x44_one_tps_on_two_sheets() -> None:
    recap = Recap()
    copy = recap.book.copy_worksheet(recap.sheet)
    copy.title = "SALINAN"
    for column in "FG":
        for row in range(1, copy.max_row + 1):
            copy[f"{column}{row}"] = None
    parts = read(recap.data())
    assert parts.refused == (CODE,)
    assert set(figures_of(parts)) == set(CODES[1:])
    assert any("ada dua kali" in text and "SALINAN!E8" in text for text in texts_of(parts))


def test_bad_x46_a_tps_outside_the_roster_and_one_that_is_missing() -> None:
    parts = read(Recap(numbers=(1, 2, 9)).data())
    assert parts.refused == ("3101011001009",)
    assert set(figures_of(parts)) == set(CODES[:2])
    assert any("3101011001009 tidak ada dalam daftar TPS" in text for text in texts_of(parts))
    assert f"lembar {SHEET}: TPS 003 tidak ada di lembar ini." in texts_of(parts)


def test_bad_x46_an_unused_column_of_the_template_is_nothing() -> None:
    recap = Recap(numbers=(1, 2, 3, 9), figures=lambda code, row: None if code.endswith("009") else row)
    assert read(recap.data()).refused == ()


@pytest.mark.parametrize("coded", [True, False], ids=["by code", "by label"])
@pytest.mark.parametrize("change", ["order", "name", "number"])
def test_bad_x47_other_choices(coded: bool, change: str) -> None:
    first, second, third = PPWP.choices
    others = {
        "order": (second, first, third),
        "name": (first, second, Choice(3, "SESEORANG dan TEMANNYA")),
        "number": (Choice(1, second.name), Choice(2, first.name), third),
    }[change]
    recap = Recap(contest=Contest(PPWP.profile, others), coded=coded)
    parts = read(recap.data())
    assert parts.refused == (f"lembar {SHEET}",)
    assert parts.readings == ()
    assert any("pilihan nomor" in text for text in texts_of(parts))


def test_bad_x47_the_choices_of_another_contest() -> None:
    parts = read(Recap(contest=GUBERNUR, title=((None,),)).data())
    assert parts.readings == ()
    assert parts.refused == (f"lembar {SHEET}",)


def test_bad_x52_comments_and_alignment_say_nothing() -> None:
    recap = Recap()
    recap.cell("suara.1").comment = Comment("999", "saksi")
    recap.cell("suara.1").alignment = Alignment(horizontal="left")
    assert figures_of(read(recap.data()))[CODE] == expected(CODE)


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("General", None),
        ("0", None),
        ("000", None),
        ("#,##0;[Red]-#,##0", None),
        ('_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)', None),
        ('0" orang"', None),
        ("0%", FormatFault.PERSEN),
        ("[$-421]dd mmmm yyyy", FormatFault.TANGGAL),
        ("[mm]:ss", FormatFault.TANGGAL),
        ("0.0E+00", FormatFault.LAIN),
        ('"5"', FormatFault.LAIN),
        ("", FormatFault.LAIN),
    ],
)
def test_number_formats(code: str, fault: FormatFault | None) -> None:
    assert fault_of_code(code) is fault


# --- sums of the sheet ---------------------------------------------------------------------


def _typed_over(recap: Recap) -> None:
    recap.sheet[recap.at["JUMLAH AKHIR", "suara.2"]].value = 500


def _misses_a_column(recap: Recap) -> None:
    at = recap.at["JUMLAH AKHIR", "suara.2"]
    recap.sheet[at].value = f"=SUM(E{recap.row('suara.2')}:F{recap.row('suara.2')})"


def _misses_a_row(recap: Recap) -> None:
    for column in "EFG":
        first = recap.row("suara.1")
        recap.sheet[f"{column}{recap.row('suara_sah')}"].value = f"=SUM({column}{first}:{column}{first + 1})"


def _is_whole(recap: Recap) -> None:
    for column in "EFG":
        first = recap.row("suara.1")
        recap.sheet[f"{column}{recap.row('suara_sah')}"].value = f"=SUM({column}{first}:{column}{first + 2})"
        recap.sheet[
            f"{column}{recap.row('pengguna_total_j')}"
        ].value = f"={column}{recap.row('pengguna_total_l')}+{column}{recap.row('pengguna_total_p')}"


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_typed_over, "JUMLAH AKHIR diketik, padahal sel lain di kolom itu rumus: "),
        (_misses_a_column, "rumus jumlah melewatkan kolom G."),
        (_misses_a_row, "rumus V.A melewatkan baris IV.03 (dan 2 sel lain)."),
        (_is_whole, ""),
    ],
)
def test_sums_that_are_typed_over_or_leave_something_out_are_named(damage: Callable[[Recap], None], said: str) -> None:
    recap = Recap()
    damage(recap)
    found = [text for text in texts_of(read(recap.data())) if "melewatkan" in text or "diketik" in text]
    assert len(found) == bool(said)
    assert all(said in text for text in found)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        (("KECAMATAN", ": TEBET"), 'menyebut kecamatan "TEBET"'),
        (("KABUPATEN/KOTA : KOTA BOGOR",), 'menyebut kabupaten/kota "KOTA BOGOR"'),
        (("PROVINSI", "BANTEN"), 'menyebut provinsi "BANTEN"'),
        (("KABUPATEN/KOTA", "Kep Seribu"), ""),
        (("KECAMATAN/DISTRIK *)", ": Kepulauan  Seribu-Utara"), ""),
    ],
)
def test_bad_x43_another_kecamatan_by_name(title: tuple[str, ...], said: str) -> None:
    data = Recap(title=[*Recap().title, title]).data()
    if not said:
        assert read(data).readings
        return
    with pytest.raises(OtherKecamatan) as refused:
        read(data)
    assert said in refused.value.message
