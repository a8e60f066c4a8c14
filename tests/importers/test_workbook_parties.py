"""Recap workbooks of party contests: by code, and by the labels A.1, A.2 and B of the official layout."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from importers.workbook_samples import PPWP, Figures, figures_of, read, saved, target, texts_of
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pleno.domain.contest import Choice, Contest, ContestKind, Part, check_choices
from pleno.importers.parsed import Parts

PROFILE = replace(PPWP.profile, id="pemilu2024-pdpr", name="ANGGOTA DPR", kind=ContestKind.PARTAI)
DPR = Contest(
    PROFILE,
    check_choices(
        PROFILE,
        (
            Choice(1, "PARTAI KEBANGKITAN"),
            Choice(1, "H. BUDI, S.H.", partai=1),
            Choice(2, "CITRA", partai=1),
            Choice(2, "PARTAI GERAKAN"),
            Choice(1, "DEWI", partai=2),
            Choice(2, "H. BUDI, S.H.", partai=2),
            Choice(24, "PARTAI TANPA CALON"),
        ),
    ),
)
CODES = tuple(f"3101011001{number:03}" for number in range(1, 6))
TOTAL = "JUMLAH SUARA SAH PARTAI POLITIK DAN CALON (A.1+A.2)"

Page = tuple[tuple[int, ...], str, str]
"""TPS numbers of a page, and the headings of its first and last column ("" for none)."""


def paper(code: str) -> dict[str, int]:
    """A figure of its own for each TPS and row."""
    return {row.name: int(code[10:]) * 40 + place for place, row in enumerate(DPR.rows)}


EVERY = {code: paper(code) for code in CODES}


class Official:
    """A desa's sheet as KPU's own: pages one below the other, labels A.1, A.2 and B, JUMLAH PINDAHAN between pages."""

    def __init__(self, pages: list[Page] | None = None, numbered: bool = True) -> None:
        self.book = Workbook()
        self.sheet: Worksheet = self.book.worksheets[0]
        self.sheet.title = "DESA_01_PULAU KELAPA"
        self.at: dict[tuple[str, str], tuple[int, int]] = {}
        self.label: dict[str, int] = {}
        self.sheet["B1"] = "SERTIFIKAT REKAPITULASI PEMILIHAN UMUM ANGGOTA DPR TAHUN 2024"
        for row, (label, value) in enumerate(
            (("KECAMATAN/DISTRIK *)", "PULAU"), ("DESA/KELURAHAN *)", "PULAU KELAPA")), 2
        ):
            self.sheet.cell(row, 2, label)
            self.sheet.cell(row, 4, f": {value}")
        top = 5
        for page in pages or [((1, 2, 3), "", "JUMLAH PINDAHAN"), ((4, 5), "JUMLAH PINDAHAN", "JUMLAH AKHIR")]:
            top = self._page(top, page, numbered) + 2

    def _page(self, top: int, page: Page, numbered: bool) -> int:
        numbers, first, last = page
        codes = [f"3101011001{number:03}" for number in numbers]
        heads: list[Any] = [*([first] if first else []), *codes, *([last] if last else [])]
        row = top
        for section in DPR.sections:
            if section.code in ("I.A", "IV"):
                title = "DATA PEROLEHAN SUARA PARTAI POLITIK DAN SUARA CALON" if section.code == "IV" else "URAIAN"
                self.sheet.cell(row, 2, title)
                for column, head in enumerate(heads, 5):
                    self.sheet.cell(row, column, f"TPS {head[10:]}" if head in codes else head)
                row += 1
                if numbered and section.code == "I.A":
                    for column in range(2, 5 + len(heads)):
                        self.sheet.cell(row, column, column - 1)
                    row += 1
            for form_row in section.rows:
                row = self._labels(row, form_row.name, form_row.label, form_row.part)
                self.label[form_row.name] = row
                for column, head in enumerate(heads, 5):
                    figure = paper(head)[form_row.name] if head in codes else 9999
                    self.sheet.cell(row, column, figure)
                    self.at[head, form_row.name] = (row, column)
                row += 1
        return row

    def _labels(self, row: int, name: str, label: str, part: Part | None) -> int:
        """The label cells of a row; returns the row that its figures stand in."""
        kind, _, rest = name.partition(".")
        number = rest.rpartition(".")[2]
        if kind == "suara_partai":
            said = next(one.name for one in DPR.contestants if str(one.number) == number)
            self._put(row, "A.1", f"{number}. {said}")
        elif kind == "suara_calon":
            self._put(row, "A.2" if number == "1" else None, number, label.partition(" ")[2].replace(" ", "\n", 1))
        elif kind == "suara_partai_total":
            self._put(row, "B.", TOTAL)
        elif name == "suara_sah":
            self._put(row, "A.", "JUMLAH SELURUH SUARA SAH (IV.1.B + IV.2.B + IV.24.B)")
        elif part is None:
            self._put(row, None, label)
        else:
            if part is Part.L:
                self._put(row, None, f"1. {label}")
                row += 1
            self._put(row, None, None, {Part.L: "L", Part.P: "P", Part.J: "JML"}[part])
        return row

    def _put(self, row: int, *values: str | None) -> None:
        for column, value in enumerate(values, 2):
            if value is not None:
                self.sheet.cell(row, column, value)

    def put(self, name: str, value: Any, code: str = CODES[0]) -> None:
        self.sheet.cell(*self.at[code, name]).value = value

    def read(self) -> Parts:
        return read(saved(self.book), target(DPR, numbers=range(1, 6)))


def test_the_official_layout_arrives_figure_by_figure() -> None:
    parts = Official().read()
    assert figures_of(parts) == EVERY
    assert parts.refused == ()
    assert {reading.contest for reading in parts.readings} == {"pemilu2024-pdpr"}


@pytest.mark.parametrize(
    "pages",
    [
        pytest.param([((1, 2, 3, 4, 5), "", "JUMLAH AKHIR")], id="one page"),
        pytest.param([((1, 2), "", ""), ((3, 4), "JUMLAH PINDAHAN", ""), ((5,), "", "JUMLAH AKHIR")], id="few"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("numbered", [True, False])
def test_pages_of_any_width(pages: list[Page], numbered: bool) -> None:
    assert figures_of(Official(pages, numbered).read()) == EVERY


def test_numbers_as_text_or_float_are_numbers() -> None:
    sheet = Official()
    sheet.put("suara_calon.2.2", "57")
    sheet.put("suara_partai_total.2", 58.0)
    assert figures_of(sheet.read())[CODES[0]] == EVERY[CODES[0]] | {"suara_calon.2.2": 57, "suara_partai_total.2": 58}


@pytest.mark.parametrize("value", ["-", "15.0", "nihil"])
def test_a_dash_is_no_figure_and_refuses_its_tps_by_name(value: str) -> None:
    sheet = Official()
    sheet.put("suara_calon.1.2", value)
    parts = sheet.read()
    assert parts.refused == (CODES[0],)
    assert set(figures_of(parts)) == set(CODES[1:])


def test_a_formula_in_row_b_is_not_a_figure_of_the_paper() -> None:
    sheet = Official()
    sheet.put("suara_partai_total.1", "=1+1")
    parts = sheet.read()
    expected: Figures = {row: figure for row, figure in EVERY[CODES[0]].items() if row != "suara_partai_total.1"}
    assert figures_of(parts)[CODES[0]] == expected
    assert any("rumus, bukan angka kertas" in text for text in texts_of(parts))


# --- what does not fit ----------------------------------------------------------------------------


def swap(sheet: Official, one: str, other: str) -> None:
    """Two rows of the votes with their labels and figures in each other's place."""
    for column in range(2, 10):
        a, b = (sheet.sheet.cell(sheet.label[name], column) for name in (one, other))
        a.value, b.value = b.value, a.value


def names_only(sheet: Official) -> None:
    column = 4
    a, b = (sheet.sheet.cell(sheet.label[f"suara_calon.1.{n}"], column) for n in (1, 2))
    a.value, b.value = b.value, a.value


def without_party(sheet: Official) -> None:
    for column in (2, 3):
        sheet.sheet.cell(sheet.label["suara_partai.2"], column).value = None
    for column in range(5, 9):
        sheet.sheet.cell(sheet.label["suara_partai.2"], column).value = None


def other_party(sheet: Official) -> None:
    sheet.sheet.cell(sheet.label["suara_partai.2"], 3).value = "2. PARTAI LAIN"


def other_total(sheet: Official) -> None:
    sheet.sheet.cell(sheet.label["suara_partai_total.2"], 3).value = "JUMLAH SUARA SAH PARTAI 01 DAN CALON"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(
            lambda sheet: swap(sheet, "suara_calon.1.1", "suara_calon.1.2"),
            "calon nomor 1 partai nomor 1 di bawah calon nomor 2 partai nomor 1; urutan lain dari ruang kerja.",
            id="candidates in another order",
        ),
        pytest.param(names_only, 'padahal calon nomor 2 partai nomor 1 adalah "CITRA".', id="other numbers"),
        pytest.param(other_party, 'label "A.1 2. PARTAI LAIN" bukan baris formulir', id="an unknown party"),
        pytest.param(without_party, 'label "A.2 1 DEWI" bukan baris formulir', id="candidates of no party"),
        pytest.param(other_total, "berada di blok partai nomor 2.", id="the total of another party"),
    ],
)  # fmt: skip
def test_a_sheet_with_other_rows_is_refused(change: Callable[[Official], None], said: str) -> None:
    sheet = Official([((1, 2, 3), "", "JUMLAH AKHIR")])
    change(sheet)
    parts = sheet.read()
    assert parts.readings == ()
    assert parts.refused == ("lembar DESA_01_PULAU KELAPA",)
    assert any(said in text for text in texts_of(parts)), texts_of(parts)


def test_candidates_of_one_name_in_two_parties_stay_apart() -> None:
    figures = figures_of(Official().read())[CODES[1]]
    assert figures["suara_calon.1.1"] != figures["suara_calon.2.2"]
    assert {row: figures[row] for row in ("suara_calon.1.1", "suara_calon.2.2")} == {
        row: paper(CODES[1])[row] for row in ("suara_calon.1.1", "suara_calon.2.2")
    }


@pytest.mark.parametrize(
    "numbers",
    [
        pytest.param(range(1, 12), id="counted through"),
        pytest.param((1, 2, 3, 4, 5, 6, 7, 4, 5, 6, 7), id="counted anew on the next page"),
    ],
)
def test_column_numbers_over_two_pages_side_by_side(numbers: Any) -> None:
    sheet = Official([((1, 2, 3), "", "JUMLAH PINDAHAN")]).sheet
    beside = Official([((4, 5), "JUMLAH PINDAHAN", "JUMLAH AKHIR")]).sheet
    for row in beside.iter_rows(min_row=5, min_col=5, max_col=8):
        for cell in row:
            sheet.cell(cell.row, cell.column + 4, cell.value)
    for column, number in enumerate(numbers, 2):
        sheet.cell(6, column, number)
    assert figures_of(read(saved(sheet.parent), target(DPR, numbers=range(1, 6)))) == EVERY
