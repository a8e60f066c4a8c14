"""The recap workbook as openpyxl and a second reckoning see it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from exporters.documents import contest, document, paper, recap
from exporters.sheets import Opened, Reckoning
from hypothesis import given, settings
from hypothesis import strategies as st

from pleno.domain.contest import Choice
from pleno.domain.document import Document
from pleno.domain.errors import PlenoError
from pleno.domain.figures import KOSONG, PLANO, Figure, to_json
from pleno.domain.state import (
    Kehadiran,
    Pembetulan,
    PembetulanKind,
    PembetulanState,
    SheetStatus,
)
from pleno.exporters.layout import Layout
from pleno.exporters.workbook import write_workbook
from pleno.service import practice

TEN = Layout("F4", 10)
FIGURE: st.SearchStrategy[Figure] = st.one_of(st.none(), st.just(KOSONG), st.integers(0, 999))


def opened(one: Document, layout: Layout = TEN) -> Opened:
    return Opened(write_workbook(one, layout).data)


def check_reckoning(book: Opened) -> int:
    """Every formula worked out anew is what is kept beside it; returns how many there are."""
    reckoning = Reckoning(book)
    cells = list(book.formula_cells())
    wrong = {
        f"{sheet}!{at}": (book.cached(sheet, at), reckoned)
        for sheet, at, _ in cells
        if (reckoned := reckoning.value(sheet, at)) != book.cached(sheet, at)
    }
    assert not wrong
    return len(cells)


def check_sums(one: Document, book: Opened) -> None:
    """JUMLAH AKHIR of every sheet is the recap's sum, and empty where nothing was read."""
    codes = {row.code: row.name for row in one.recap.contest.rows}
    sheets = [name for name in book.values.sheetnames if name.startswith("DESA_")]
    for name, part in [("KECAMATAN", one.recap), *zip(sheets, one.recap.desa, strict=True)]:
        expected = {code: one.sums(part).get(row, "") for code, row in codes.items()}
        assert book.figures(name)["JUMLAH AKHIR"] == expected


def test_a_whole_practice_kecamatan(tmp_path: Path) -> None:
    exported = practice.run(tmp_path / "latihan", lambda _: None).exported
    (path,) = exported.folder.glob("*.xlsx")
    book = Opened(path.read_bytes())
    assert check_reckoning(book) > 600
    assert book.values.sheetnames[:5] == [
        "SAMPUL",
        "BERITA_ACARA",
        "KECAMATAN",
        "TANDA_TANGAN",
        "DESA_01_PULAU PANGGANG",
    ]
    assert "LATIHAN" in book.values["KECAMATAN"].oddHeader.center.text


def test_23_tps_stand_on_three_pages() -> None:
    one = document(recap(contest(), {"PULAU KELAPA": 23, "PULAU HARAPAN": 2}))
    book = opened(one)
    assert [heading for _, heading in book.headings("DESA_01_PULAU KELAPA")] == [
        *(f"TPS {n:03}" for n in range(1, 10)), "JUMLAH PINDAHAN",
        "JUMLAH PINDAHAN", *(f"TPS {n:03}" for n in range(10, 18)), "JUMLAH PINDAHAN",
        "JUMLAH PINDAHAN", *(f"TPS {n:03}" for n in range(18, 24)), "JUMLAH AKHIR",
    ]  # fmt: skip
    assert [one.id for one in book.values["DESA_01_PULAU KELAPA"].col_breaks.brk] == [14, 24]
    check_reckoning(book)
    check_sums(one, book)


@settings(max_examples=8, deadline=None)
@given(st.data(), st.lists(st.integers(1, 9), min_size=1, max_size=3), st.integers(3, 7), st.booleans())
def test_any_papers_arrive_as_they_are_and_add_up(
    data: st.DataObject, sizes: list[int], width: int, final: bool
) -> None:
    form = contest(names=("PASLON 1", "PASLON 2"))
    desa = {f"DESA {n}": size for n, size in enumerate(sizes)}
    row = st.dictionaries(st.sampled_from([row.name for row in form.rows]), FIGURE)
    sums = recap(form, desa, lambda _, tps: data.draw(row), settled=final)
    one = document(sums, SheetStatus.DITETAPKAN if final else SheetStatus.KONSEP)
    book = opened(one, Layout("A4", width))
    check_reckoning(book)
    check_sums(one, book)
    for name, part in zip([n for n in book.values.sheetnames if n.startswith("DESA_")], sums.desa, strict=True):
        found = book.figures(name)
        for file in part.files:
            figures = file.readings[PLANO].figures
            wanted = {row.code: to_json(figures.get(row.name)) for row in form.rows}
            assert found[f"TPS {file.tps.number:03}"] == {c: "" if v is None else v for c, v in wanted.items()}


def one_paper(**figures: Figure) -> Document:
    """One TPS whose paper says these figures only."""
    return document(recap(contest(), {"PULAU KELAPA": 1}, lambda *_: figures))


def test_unread_blank_and_zero_stay_apart() -> None:
    found = opened(one_paper(pengguna_dpt_l=0, pengguna_dpt_p=KOSONG)).figures("DESA_01_PULAU KELAPA")
    assert [found["TPS 001"][f"I.B.1.{part}"] for part in "LPJ"] == [0, "x", ""]
    assert [found["JUMLAH AKHIR"][f"I.B.1.{part}"] for part in "LPJ"] == [0, 0, ""]


def test_every_cell_of_the_table_keeps_its_box() -> None:
    papers = {1: {"pengguna_dpt_l": 0, "suara_sah": 3}, 2: {}, 3: {"suara_sah": 5}}
    book = opened(document(recap(contest(), {"PULAU KELAPA": 3}, lambda _, tps: papers[tps.number])))
    sheet = book.formulas["DESA_01_PULAU KELAPA"]
    for code, row in book.rows(sheet.title):
        assert [sheet.cell(row, at).border.left.style for at in (5, 6, 7, 8)] == ["thin"] * 4, code
        assert [sheet.cell(row, at).protection.locked for at in (5, 6, 7, 8)] == [False, False, False, True], code


@pytest.mark.parametrize(
    ("figures", "r04", "r20"),
    [
        pytest.param({}, "", "", id="unread"),
        pytest.param({"suara_sah": 5, "suara.1": 5, "suara.2": KOSONG, "suara.3": KOSONG}, "", 0, id="blank counts 0"),
        pytest.param({"suara_sah": KOSONG, "suara.1": 5, "suara.2": 1, "suara.3": 0}, "", 6, id="blank sum"),
        pytest.param({"suara_sah": 9, "suara.1": 5, "suara.2": 1}, "", "", id="one vote unread"),
    ],
)
def test_kontrol_says_what_the_rules_say(figures: dict[str, Figure], r04: object, r20: object) -> None:
    book = opened(one_paper(**figures))
    sheet = book.values["DESA_01_PULAU KELAPA"]
    rows = {cell.value: cell.row for cell in sheet["B"] if cell.value in ("R04", "R20")}
    assert [book.cached(sheet.title, f"E{rows[rule]}") for rule in ("R04", "R20")] == [r04, r20]
    assert check_reckoning(book)


def test_rows_nobody_published_are_grey_and_hold_nothing() -> None:
    form = replace(contest(), unpublished=frozenset({"surat_diterima", "surat_digunakan"}))
    one = document(recap(form, {"PULAU KELAPA": 2}, lambda form, tps: {**paper(form, tps), "surat_diterima": None}))
    book = opened(one)
    rows = dict(book.rows("DESA_01_PULAU KELAPA"))
    sheet = book.formulas["DESA_01_PULAU KELAPA"]
    assert [sheet.cell(rows["II.1"], at).value for at in (5, 6, 7)] == [None] * 3
    assert {sheet.cell(rows["II.1"], at).fill.fgColor.rgb for at in (5, 6, 7)} == {"00D4D4D8"}
    said = [cell.value for cell in sheet["B"]]
    assert "R10" not in said
    assert "R11" not in said
    assert any(str(text).startswith("Baris abu-abu") for text in said)
    check_reckoning(book)


def corrected(row: str, after: Figure) -> Document:
    """A determined set in which one figure of one TPS was corrected on the paper."""
    sums = recap(contest(), {"PULAU KELAPA": 2}, settled=True)
    file = sums.desa[0].files[0]
    fixed = Pembetulan(
        file.tps.code, file.contest.id, 7, row, PembetulanKind.FORMULIR, PLANO, file.figure(PLANO, row), after,
        "SALAH_TULIS", "", "op1", ("s1",), PembetulanState.DISETUJUI, "ppk2", 8,
    )  # fmt: skip
    desa = replace(sums.desa[0], files=[replace(file, pembetulan=[fixed]), sums.desa[0].files[1]])
    return document(replace(sums, desa=[desa]), SheetStatus.DITETAPKAN)


def test_a_corrected_cell_is_seen() -> None:
    one = corrected("suara.2", 401)
    book = opened(one)
    sheet, row = book.formulas["DESA_01_PULAU KELAPA"], dict(book.rows("DESA_01_PULAU KELAPA"))["IV.02"]
    fills = [sheet.cell(row, at).fill.fgColor.rgb for at in (5, 6)]
    assert (sheet.cell(row, 5).value, fills) == (401, ["00FEF08A", "00000000"])
    assert sheet.cell(row, 5).number_format == '"*"#,##0'
    notes = [str(cell.value) for cell in sheet["B"] if "*" in str(cell.value)]
    assert notes == [
        "Sel kuning dengan *: di rapat pleno dibetulkan (lembar PEMBETULAN) atau dihitung ulang "
        "(lembar KEJADIAN_KHUSUS).",
        f"*401 = dibetulkan, tertulis {one.recap.files[0].figure(PLANO, 'suara.2')} (#7): TPS 001 IV.02",
    ]
    check_sums(one, book)


def test_an_official_set_wears_no_mark() -> None:
    book = opened(document(recap(contest(), {"PULAU KELAPA": 1}, settled=True), SheetStatus.DITETAPKAN))
    every = [str(cell.value) for sheet in book.values for row in sheet.iter_rows() for cell in row if cell.value]
    assert not [text for text in every if "KONSEP" in text or "LATIHAN" in text]
    assert all(not sheet.oddHeader.center.text for sheet in book.values)


@pytest.mark.parametrize(("practice", "word"), [(False, "KONSEP"), (True, "LATIHAN")])
def test_every_sheet_of_a_draft_wears_its_mark(practice: bool, word: str) -> None:
    one = document(recap(contest(), {"PULAU KELAPA": 1}))
    book = opened(replace(one, meeting=replace(one.meeting, practice=practice)))
    for sheet in book.values:
        assert word in sheet.oddHeader.center.text
        assert any(str(cell.value).startswith(f"{word}:") for row in sheet.iter_rows() for cell in row), sheet.title


@pytest.mark.parametrize(("paper_name", "code"), [("A4", 9), ("F4", 14), ("A3", 8)])
def test_paper_and_pages(paper_name: str, code: int) -> None:
    book = opened(document(recap(contest(), {"PULAU KELAPA": 30})), Layout(paper_name, 20))
    for sheet in book.values:
        assert sheet.page_setup.paperSize == code
        assert "&P" in sheet.oddFooter.right.text
        assert "#1 abababababababab" in sheet.oddFooter.left.text
    sheet = book.values["DESA_01_PULAU KELAPA"]
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$11:$13", "$A:$D")
    assert 40 <= sheet.page_setup.scale <= 100
    assert sheet.protection.sheet
    assert not sheet["E15"].protection.locked


def test_the_kolom_kosong_signs_nothing() -> None:
    form = replace(
        contest(names=("CALON TUNGGAL",)), choices=(Choice(1, "CALON TUNGGAL"), Choice(2, "KOLOM KOSONG", None, True))
    )
    book = opened(document(recap(form, {"PULAU KELAPA": 1})))
    offices = [cell.value for cell in book.values["TANDA_TANGAN"]["C"] if cell.value]
    assert offices == ["JABATAN / MEWAKILI", "Ketua PPK", *["Anggota PPK"] * 4, "Saksi nomor 01"]
    assert {code for code, _ in book.rows("KECAMATAN")} >= {"IV.01", "IV.02"}


def test_everybody_has_a_line_with_the_remark_beside_it() -> None:
    guests = (Kehadiran("p", "Bu Panwas", "panwaslu", "", True), Kehadiran("s2", "Saksi Dua", "2", "02", False))
    book = opened(document(recap(contest(), {"PULAU KELAPA": 1}), kehadiran=guests))
    lines = [[cell.value for cell in row[1:5]] for row in book.values["TANDA_TANGAN"].iter_rows() if row[2].value]
    assert lines[-3:] == [
        [None, "Saksi nomor 01", None, "tidak hadir"],
        ["Saksi Dua", "Saksi nomor 02", None, "tidak hadir"],
        [None, "Saksi nomor 03", None, "tidak hadir"],
    ]
    said = [cell.value for cell in book.values["TANDA_TANGAN"]["A"] if cell.value]
    assert said[-1].startswith("Bu Panwas: Panwaslu Kecamatan (hadir")


def test_a_sum_that_is_not_the_recaps_stops_the_export(monkeypatch: pytest.MonkeyPatch) -> None:
    one = document(recap(contest(), {"PULAU KELAPA": 2}))
    wrong = {**one.recap.desa[0].provisional, "suara.2": 1}
    monkeypatch.setattr(Document, "sums", lambda self, part: wrong)
    with pytest.raises(PlenoError, match=r"DESA_01_PULAU KELAPA!G\d+: jumlah lembar \d+, jumlah rekap 1\."):
        write_workbook(one, TEN)


def test_a_contest_without_tps_is_refused() -> None:
    with pytest.raises(PlenoError, match="Tidak ada TPS"):
        write_workbook(document(recap(contest(), {})), TEN)


def test_figures_of_papers_are_never_text() -> None:
    book = opened(document(recap(contest(), {"PULAU KELAPA": 3})))
    for code, row in book.rows("DESA_01_PULAU KELAPA"):
        assert [book.values["DESA_01_PULAU KELAPA"].cell(row, at).data_type for at in (5, 6, 7)] == ["n"] * 3, code
