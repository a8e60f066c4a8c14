"""Party and DPD contests on sheets: blocks of parties, long lists of candidates, what is signed."""

from __future__ import annotations

import csv
import io

import pytest
from exporters.documents import contest, document, dpd_contest, party_contest, recap
from exporters.sheets import Opened
from exporters.test_recap_workbook import check_reckoning, check_sums, opened
from openpyxl.worksheet.worksheet import Worksheet

from pleno.domain.contest import Contest
from pleno.domain.figures import Figure
from pleno.domain.state import Kehadiran, SheetStatus, Tps
from pleno.domain.words import terbilang
from pleno.exporters.data_files import data_files
from pleno.exporters.layout import Layout

DESA = "DESA_01_PULAU KELAPA"


def balanced(form: Contest, tps: Tps) -> dict[str, Figure]:
    """A paper whose parties and votes add up."""
    figures: dict[str, Figure] = {row.name: tps.number + place for place, row in enumerate(form.rows)}
    for partai in form.partai:
        figures[partai.total] = sum(int(figures[row]) for row in (partai.votes, *partai.calon_rows))  # type: ignore[arg-type]
    figures["suara_sah"] = sum(int(figures[row]) for row in form.votes)  # type: ignore[arg-type]
    return figures


def texts_of(sheet: Worksheet) -> list[tuple[str, str]]:
    """Number and label of every row of the votes."""
    rows = [(row[0].value, row[1].value, row[2].value) for row in sheet.iter_rows(max_col=3)]
    return [(number, text) for code, number, text in rows if code and code.startswith("IV.")]


def test_a_party_is_printed_as_on_the_form() -> None:
    book = opened(document(recap(party_contest(2, 2), {"PULAU KELAPA": 2})))
    assert texts_of(book.values[DESA])[:4] == [
        ("A.1", "1. PARTAI NOMOR 1"),
        ("A.2.1", "1. BUDI, S.H."),
        ("A.2.2", "2. CALON 2 PARTAI 1"),
        ("B.", "JUMLAH SUARA SAH PARTAI POLITIK DAN CALON (A.1 + A.2)"),
    ]
    assert texts_of(book.values["KECAMATAN"]) == texts_of(book.values[DESA])
    heads = [cell.value for cell in book.values[DESA]["C"]]
    assert "DATA PEROLEHAN SUARA PARTAI POLITIK DAN SUARA CALON" in heads


@pytest.mark.parametrize(
    "form", [party_contest(18, 12), party_contest(24, 3), dpd_contest(54)], ids=["18", "24", "dpd"]
)
def test_large_contests_are_reckoned_and_add_up(form: Contest) -> None:
    one = document(recap(form, {"PULAU KELAPA": 12, "PULAU HARAPAN": 1}))
    book = opened(one, Layout("F4", 5))
    assert check_reckoning(book) > 1000
    check_sums(one, book)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({}, 0, id="all add up"),
        pytest.param({"suara_calon.2.1": None}, "", id="one unread"),
        pytest.param({"suara_partai_total.3": 0, "suara_calon.2.1": None}, 3, id="told before all is read"),
        pytest.param({"suara_partai_total.3": 0, "suara_partai.2": 999}, 2, id="the first of two"),
    ],
)  # fmt: skip
def test_r21_names_the_first_party_that_does_not_add_up(change: dict[str, Figure], expected: object) -> None:
    papers = lambda form, tps: {**balanced(form, tps), **change}  # noqa: E731  # one paper, changed a little
    book = opened(document(recap(party_contest(3, 2), {"PULAU KELAPA": 1}, papers)))
    row = next(cell.row for cell in book.values[DESA]["B"] if cell.value == "R21")
    assert book.cached(DESA, f"E{row}") == expected
    check_reckoning(book)


def breaks(sheet: Worksheet) -> list[int]:
    return [one.id for one in sheet.row_breaks.brk]


def test_no_page_tears_a_party_and_every_page_has_room_for_initials() -> None:
    guests = [Kehadiran(f"s{n}", f"Saksi {n}", str(n), "", n != 3) for n in (1, 3, 12)]
    book = opened(document(recap(party_contest(18, 12), {"PULAU KELAPA": 2}), kehadiran=guests))
    sheet = book.values[DESA]
    ends = breaks(sheet)
    assert len(ends) >= 6
    for end in ends:
        assert str(sheet.cell(end, 2).value).startswith("PARAF SAKSI  01:______  12:______")
        assert str(sheet.cell(end - 1, 2).value).startswith("PARAF PPK  1:")
    assert sheet.cell(ends[0] + 1, 3).value == "DATA PEROLEHAN SUARA PARTAI POLITIK DAN SUARA CALON"
    assert {sheet.cell(end + 1, 2).value for end in ends[1:]} <= {"A.1", None}  # None: above KONTROL
    assert {sheet.cell(end - 2, 2).value for end in ends[1:-1]} == {"B."}
    assert sheet.page_setup.scale >= 75


def test_a_party_longer_than_a_page_goes_on_under_its_name() -> None:
    one = document(recap(party_contest(2, 70), {"PULAU KELAPA": 2, "DESA": 1}, balanced))
    book = opened(one, Layout("A4", 10))
    again = [
        sheet.cell(end + 1, 3).value for sheet in (book.values[DESA], book.values["KECAMATAN"]) for end in breaks(sheet)
    ]
    assert "1. PARTAI NOMOR 1 (lanjutan)" in again
    assert "2. PARTAI NOMOR 2 (lanjutan)" in again
    check_reckoning(book)
    check_sums(one, book)


def test_a_long_list_goes_on_under_its_title() -> None:
    book = opened(document(recap(dpd_contest(54), {"PULAU KELAPA": 2})))
    sheet = book.values[DESA]
    assert [sheet.cell(end + 1, 3).value for end in breaks(sheet)] == [
        "DATA PEROLEHAN SUARA PARTAI POLITIK DAN SUARA CALON",
        "DATA PEROLEHAN SUARA PARTAI POLITIK DAN SUARA CALON (lanjutan)",
    ]


def test_every_page_repeats_of_which_desa_it_is() -> None:
    sheet = opened(document(recap(party_contest(18, 12), {"PULAU KELAPA": 2}))).values[DESA]
    first, last = (int(part.strip("$")) for part in sheet.print_title_rows.split(":"))
    assert "PULAU KELAPA" in [sheet.cell(row, 3).value for row in range(first, last + 1)][-1]


# --- who signs what --------------------------------------------------------------------------------


def column(book: Opened, sheet: str, letter: str) -> list[str]:
    return [str(cell.value) for cell in book.values[sheet][letter] if cell.value]


@pytest.mark.parametrize(
    ("form", "who"),
    [
        (party_contest(2, 2), ["Saksi nomor 01 PARTAI NOMOR 1", "Saksi nomor 02 PARTAI NOMOR 2"]),
        (dpd_contest(2), ["Saksi nomor 01 CALON 1, S.E.", "Saksi nomor 02 CALON 2, S.E."]),
        (contest(), ["Saksi nomor 01", "Saksi nomor 02", "Saksi nomor 03"]),
    ],
)
def test_every_contestant_has_a_line_to_sign(form: Contest, who: list[str]) -> None:
    book = opened(document(recap(form, {"PULAU KELAPA": 1})))
    assert column(book, "TANDA_TANGAN", "C")[-len(who) :] == who
    assert [line.split(":")[0] for line in column(book, "BERITA_ACARA", "B")][-len(who) :] == who


def test_the_berita_acara_has_the_votes_of_parties_in_digits_and_words() -> None:
    one = document(recap(party_contest(2, 2), {"PULAU KELAPA": 1}, balanced, settled=True), SheetStatus.DITETAPKAN)
    sheet = opened(one).values["BERITA_ACARA"]
    top = next(cell.row for cell in sheet["A"] if cell.value == "NO.")
    first = one.recap.final["suara_partai_total.1"]
    table = [[cell.value for cell in row] for row in sheet.iter_rows(top, top + 2, 1, 4)]
    assert table[0] == ["NO.", "PARTAI POLITIK (PARTAI DAN CALON)", "SUARA SAH", "DENGAN HURUF"]
    assert table[1][:3] == ["01", "PARTAI NOMOR 1", str(first)]
    assert table[1][3] == terbilang(first)
    assert table[2][:2] == ["02", "PARTAI NOMOR 2"]


def test_what_is_signed_names_the_votes_of_every_party() -> None:
    one = document(recap(party_contest(2, 2), {"PULAU KELAPA": 1}, balanced))
    said = next(text for text in column(opened(one), "TANDA_TANGAN", "A") if text.startswith("01 PARTAI"))
    assert said == "; ".join(
        f"0{n} PARTAI NOMOR {n} : {one.recap.provisional[f'suara_partai_total.{n}']}" for n in (1, 2)
    )


def test_votes_in_the_minutes_line_up_at_the_right() -> None:
    sheet = opened(document(recap(party_contest(2, 2), {"PULAU KELAPA": 1}))).formulas["BERITA_ACARA"]
    (head,) = [cell.row for cell in sheet["C"] if cell.value == "SUARA SAH"]
    assert [sheet.cell(head + n, 3).alignment.horizontal for n in (1, 2)] == ["right", "right"]


@pytest.mark.parametrize("calon", range(7, 13))
@pytest.mark.parametrize("paper", ["A4", "F4"])
def test_control_never_stands_alone_on_a_page(paper: str, calon: int) -> None:
    book = opened(document(recap(party_contest(18, calon), {"PULAU KELAPA": 1})), Layout(paper, 10))
    for name in ("KECAMATAN", DESA):
        sheet = book.formulas[name]
        last = [sheet.cell(row, 1).value for row in range(sheet.row_breaks.brk[-1].id + 1, sheet.max_row + 1)]
        assert any(last), name


def test_figures_as_data_name_the_party_of_each_vote() -> None:
    files = data_files(document(recap(party_contest(2, 2), {"PULAU KELAPA": 1})))
    rows = list(csv.DictReader(io.StringIO(files["data/angka.csv"].decode("utf-8-sig"))))
    party = {row["isian"]: row["partai"] for row in rows}
    assert {row: number for row, number in party.items() if number} == {
        f"suara_{row}": number
        for number in ("1", "2")
        for row in (f"partai.{number}", f"calon.{number}.1", f"calon.{number}.2", f"partai_total.{number}")
    }
    assert party["suara_sah"] == ""
    plain = data_files(document(recap(contest(), {"PULAU KELAPA": 1})))["data/angka.csv"].decode("utf-8-sig")
    assert "partai" not in plain.partition("\r\n")[0], "no column of nothing"
