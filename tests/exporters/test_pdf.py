"""The recap set in print says what the document says, page by page."""

from __future__ import annotations

import hashlib
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from exporters.documents import NOON, contest, document, recap
from exporters.prints import needs_poppler, page_texts, plain, qr_texts, rows

from pleno.domain.contest import Choice, Contest, check_choices
from pleno.domain.document import Document
from pleno.domain.errors import PlenoError
from pleno.domain.figures import KOSONG, shown, thousands
from pleno.domain.recap import DesaRecap, Recap
from pleno.domain.state import (
    Meeting,
    Pembetulan,
    PembetulanKind,
    PembetulanState,
    PlenoState,
    SheetStatus,
)
from pleno.exporters import pdf_engine
from pleno.exporters.columns import ColumnKind, columns
from pleno.exporters.layout import Layout
from pleno.exporters.pdf import set_pdfs
from pleno.exporters.pdf_page import body_width
from pleno.exporters.pdf_qr import read_qr, signed_bytes
from pleno.exporters.pdf_recap import desa_grid, recap_tables
from pleno.importers.profile import load_profile

pytestmark = needs_poppler

SIDIK = hashlib.sha256(b"angka").digest()
DESA = {"PULAU PANGGANG": 13, "PULAU KELAPA": 7, "PULAU HARAPAN": 1}
RECAP = "D.HASIL_KECAMATAN_pemilu2024-ppwp_310101_DITETAPKAN01.pdf"


def settled(form: Contest | None = None, desa: Mapping[str, int] = DESA, **changed: Any) -> Document:
    """A determined document, without a watermark across its figures."""
    return document(recap(form or contest(), desa, settled=True), SheetStatus.DITETAPKAN, **changed)


def parties() -> Contest:
    """Six parties with two to seven candidates."""
    profile = load_profile("pemilu2024-pdprdk")
    choices = [Choice(party, f"PARTAI {party}") for party in range(1, 7)]
    choices += [Choice(n, f"CALON {party}-{n}", partai=party) for party in range(1, 7) for n in range(1, party + 2)]
    return Contest(profile, check_choices(profile, tuple(choices)))


@cache
def printed() -> dict[str, bytes]:
    return set_pdfs(settled(), Layout(), SIDIK)


def recap_pdf(every: Mapping[str, bytes]) -> bytes:
    return next(data for name, data in every.items() if name.startswith("D.HASIL"))


def sheet_pages(pages: Sequence[str], desa: str | None) -> list[str]:
    """The pages of figures of a desa; None = of the kecamatan."""
    wanted = [page for page in pages if "URAIAN" in page and "(1)" in page]
    if desa is None:
        return [page for page in wanted if "LAMPIRAN" not in page]
    return [page for page in wanted if f": {desa} (" in page]


# --- the figures ---------------------------------------------------------------------------------


def expected(doc: Document, desa: int | None, per_page: int) -> list[list[list[str]]]:
    """Page by page of columns, row by row, what stands in each value column."""
    recap_ = doc.recap
    if desa is None:
        items = [doc.sums(one) for one in recap_.desa]
        total = doc.sums(recap_)
    else:
        items = [doc.figures(file) for file in recap_.desa[desa].files]
        total = doc.sums(recap_.desa[desa])
    pages = []
    so_far = dict.fromkeys(total, 0)
    for page in columns(len(items), per_page):
        before = dict(so_far)
        for column in page:
            if column.item is not None:
                for row in so_far:
                    figure = items[column.item].get(row)
                    so_far[row] += 0 if figure is KOSONG else figure or 0
        out = []
        for row in recap_.contest.rows:
            cells = []
            for column in page:
                if column.item is not None:
                    cells.append(shown(items[column.item].get(row.name)))
                else:
                    carried = before if column.kind is ColumnKind.CARRIED_IN else so_far
                    cells.append(thousands(carried[row.name]))
            out.append(cells)
        pages.append(out)
    return pages


@pytest.mark.parametrize(("paper", "per_page"), [("A4", 6), ("F4", 10), ("A3", 20)])
def test_every_cell_of_every_sheet_is_printed(paper: str, per_page: int, tmp_path: Path) -> None:
    doc = settled()
    pages = page_texts(recap_pdf(set_pdfs(doc, Layout(paper, per_page), SIDIK)), tmp_path)
    for number, desa in [(None, None), *enumerate(DESA)]:
        wanted = expected(doc, number, per_page)
        found = sheet_pages(pages, desa)
        assert len(found) == len(wanted), desa
        for page, cells in zip(found, wanted, strict=True):
            assert list(rows(page, len(cells[0]))) == cells


def test_what_is_carried_over_begins_the_next_page_and_ends_in_the_sum(tmp_path: Path) -> None:
    doc = settled(desa={"PULAU PANGGANG": 23})
    pages = sheet_pages(page_texts(recap_pdf(set_pdfs(doc, Layout("A4", 5), SIDIK)), tmp_path), "PULAU PANGGANG")
    assert len(pages) == 8
    assert ["JUMLAH AKHIR" in plain_head(page) for page in pages] == [False] * 7 + [True]
    tables = [[row[-1] for row in rows(page, 3)] for page in pages]
    firsts = [[row[0] for row in rows(page, 5)] for page in pages[1:-1]]
    assert all(last == first for (last, _), first in zip(pairwise(tables), firsts, strict=False))
    assert tables[-1] == [thousands(doc.sums(doc.recap)[row.name]) for row in doc.recap.contest.rows]


def plain_head(page: str) -> str:
    """The words over the columns; JUMLAH and AKHIR stand in two lines."""
    head = page[: page.index("(1)")]
    return "JUMLAH AKHIR" if "AKHIR" in head.split("URAIAN")[-1] or "AKHIR" in head else "JUMLAH PINDAHAN"


def test_blocks_of_parties_stay_whole_and_every_figure_is_there(tmp_path: Path) -> None:
    form = parties()
    doc = settled(form, {"PULAU PANGGANG": 3})
    pages = sheet_pages(page_texts(recap_pdf(set_pdfs(doc, Layout("A4", 10), SIDIK)), tmp_path), "PULAU PANGGANG")
    assert len(pages) > 1
    cells = [row for page in pages for row in rows(page, 4)]
    assert cells == expected(doc, 0, 10)[0]
    for partai in form.partai:
        block = {form.by_name[name].code for name in (partai.votes, *partai.calon_rows, partai.total)}
        assert any(block <= set(page.split()) for page in pages), partai.choice.name


def test_a_blank_cell_of_the_paper_is_an_x_and_an_unread_one_is_empty(tmp_path: Path) -> None:
    form = contest()
    papers = {1: {row.name: KOSONG for row in form.rows}, 2: {}}
    doc = document(recap(form, {"A": 2}, lambda _, tps: papers[tps.number], settled=True), SheetStatus.DITETAPKAN)
    (page,) = sheet_pages(page_texts(recap_pdf(set_pdfs(doc, Layout(), SIDIK)), tmp_path), "A")
    assert sum(line.split()[-2:] == ["x", "0"] for line in page.splitlines()) == len(form.rows)
    assert page.split().count("x") == len(form.rows)


def test_a_corrected_figure_is_told_under_its_table(tmp_path: Path) -> None:
    sums = recap(contest(), {"A": 2}, settled=True)
    file = sums.desa[0].files[1]
    wrong = file.figure("plano", "suara.1")
    item = Pembetulan(
        tps=file.tps.code, contest=file.contest.id, seq=7, row="suara.1", kind=PembetulanKind.FORMULIR, source="plano",
        before=wrong, after=777, reason="SALAH_TULIS", note="", proposer="op1", witness=(),
        state=PembetulanState.DISETUJUI, confirmer="ppk2", answered=8,
    )  # fmt: skip
    files = [sums.desa[0].files[0], replace(file, pembetulan=(item,))]
    corrected = Recap(sums.contest, [DesaRecap(sums.desa[0].desa, files)])
    for one, told in ((sums, False), (corrected, True)):
        printed_ = recap_pdf(set_pdfs(document(one, SheetStatus.DITETAPKAN), Layout(), SIDIK))
        (page,) = sheet_pages(page_texts(printed_, tmp_path), "A")
        assert ("di rapat pleno dibetulkan" in page) == told
        assert ("777" in page) == told


def test_a_sum_that_is_not_the_recaps_stops_the_export() -> None:
    doc = settled()
    wrong = dict(doc.recap.final) | {"suara.1": 1}
    doc.recap.__dict__["final"] = wrong
    with pytest.raises(PlenoError, match=r"KECAMATAN, IV\.01: jumlah lembar [0-9.]+, jumlah rekap 1\."):
        set_pdfs(doc, Layout(), SIDIK)


@pytest.mark.parametrize("paper", ["A4", "F4", "A3"])
@pytest.mark.parametrize("per_page", [3, 10, 20, 60])
@pytest.mark.parametrize("count", [1, 9, 61])
def test_columns_are_never_narrower_than_can_be_read_nor_wider_than_the_paper(
    paper: str, per_page: int, count: int
) -> None:
    doc = settled(desa={"A": count})
    (tables,) = recap_tables([desa_grid(doc, doc.recap.desa[0])], Layout(paper, per_page))
    assert sum(len(table.widths) - 3 for table in tables) == count + 2 * len(tables) - 1
    for table in tables:
        assert table.size >= 9
        assert min(table.widths[3:]) >= 9
        assert sum(table.widths) <= body_width(paper) + 0.001
        assert len(table.widths) - 3 <= per_page


# --- around the figures --------------------------------------------------------------------------


def test_every_page_says_what_it_belongs_to(tmp_path: Path) -> None:
    digits = SIDIK.hex().upper()
    for pdf in printed().values():
        pages = page_texts(pdf, tmp_path)
        for number, page in enumerate(pages, 1):
            assert f"Halaman {number} dari {len(pages)}" in page
            assert digits in plain(page)
            assert "MODEL D." in page
            assert "DITETAPKAN: ekspor nomor 1; 21 dari 21 TPS sah." in page
            assert "dibuka Sabtu, 17 Februari 2024 pukul 12.00 WIB" in page
            assert "KEPULAUAN SERIBU UTARA (310101)" in page
            assert "Ujung jejak #1 abababab" in page


def test_only_pages_that_are_not_signed_have_room_for_initials(tmp_path: Path) -> None:
    for name, pdf in printed().items():
        for page in page_texts(pdf, tmp_path):
            signed = "TANDA TANGAN" in page or "Pada hari ini" in page
            boxes = [line for line in page.splitlines() if line.split()[-5:] == list("12345")]
            assert len(boxes) == (0 if signed else 1), name


def test_the_set_has_its_sheets(tmp_path: Path) -> None:
    assert [name.split("_")[0] for name in printed()] == ["D.HASIL", "pembetulan", "kejadian-khusus", "daftar-hadir"]
    pages = page_texts(recap_pdf(printed()), tmp_path)
    assert "STATUS LEMBAR" in pages[0]
    assert "Sabtu tanggal tujuh belas bulan Februari tahun dua ribu dua puluh empat" in pages[1]
    assert "dua puluh satu" in pages[1]
    assert "NIHIL" in page_texts(printed()["kejadian-khusus_pemilu2024-ppwp_310101_DITETAPKAN01.pdf"], tmp_path)[0]
    assert "Saksi Satu" in page_texts(printed()["daftar-hadir_pemilu2024-ppwp_310101_DITETAPKAN01.pdf"], tmp_path)[0]
    assert len(pages) == 4 + 2 + 1 + 1


MARKS = [
    (SheetStatus.KONSEP, False, "KONSEP"),
    (SheetStatus.DITETAPKAN, True, "LATIHAN"),
    (SheetStatus.BATAL, False, "BATAL"),
    (SheetStatus.DITETAPKAN, False, ""),
]


@pytest.mark.parametrize(("status", "practice", "mark"), MARKS)
def test_a_sheet_that_does_not_count_says_so_across_every_page(
    status: SheetStatus, practice: bool, mark: str, tmp_path: Path
) -> None:
    names = {"provinsi": "P", "kabkota": "K", "kecamatan": "KEC"}
    doc = document(recap(contest(), {"A": 1}, settled=True), status)
    doc = document(doc.recap, status, meeting=Meeting("310101", PlenoState.DIBUKA, practice, names))
    for pdf in set_pdfs(doc, Layout(), SIDIK).values():
        big = large_words(pdf, tmp_path)
        assert len(big) == len(page_texts(pdf, tmp_path))
        assert set(big) == {mark}


def large_words(pdf: bytes, folder: Path) -> list[str]:
    """The letters above 60 points of each page, from left to right."""
    (folder / "large.pdf").write_bytes(pdf)
    command = ["pdftotext", "-bbox", str(folder / "large.pdf"), "-"]
    out = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, timeout=60).stdout
    found = []
    for page in out.split("<page ")[1:]:
        words = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]*)<', page)
        large = [(float(left), word) for left, top, bottom, word in words if float(bottom) - float(top) > 60]
        found.append("".join(word for _, word in sorted(large)))
    return found


def test_the_same_document_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    monkeypatch.setenv("TZ", "Asia/Jayapura")
    monkeypatch.chdir(tmp_path)
    assert set_pdfs(settled(), Layout(), SIDIK) == printed()
    assert set_pdfs(settled(created=NOON + timedelta(seconds=1)), Layout(), SIDIK) != printed()


# --- the codes -----------------------------------------------------------------------------------


def test_the_code_of_each_page_is_read_back_from_its_picture(tmp_path: Path) -> None:
    doc = settled()
    pdf = recap_pdf(printed())
    pages = page_texts(pdf, tmp_path)
    for number, found in enumerate(qr_texts(pdf, tmp_path, range(1, len(pages) + 1)), 1):
        assert len(found) == 1, number
        page, signature = read_qr(found[0])
        assert page[:3] == ("310101", "pemilu2024-ppwp", 1)
        assert (page.page, page.of, page.sidik, signature) == (number, len(pages), SIDIK, b"")
        lasts = [row[-1] for row in rows(pages[number - 1], 2)]
        if page.totals:
            assert [thousands(total or 0) for total in page.totals] == lasts
    kecamatan = read_qr(qr_texts(pdf, tmp_path, [3])[0][0])[0]
    assert (kecamatan.sheet, kecamatan.totals) == ("KECAMATAN", [doc.recap.final[row.name] for row in contest().rows])


def test_a_signed_code_of_a_crowded_page_is_still_read(tmp_path: Path) -> None:
    asked: list[bytes] = []

    def sign(data: bytes) -> bytes:
        asked.append(data)
        return hashlib.sha512(data).digest()

    pdf = recap_pdf(set_pdfs(settled(parties(), {"PULAU PANGGANG": 3}), Layout(), SIDIK, sign=sign))
    ((text,),) = qr_texts(pdf, tmp_path, [5])
    page, signature = read_qr(text)
    assert len(page.totals) > 30
    assert signed_bytes(page) in asked
    assert signature == hashlib.sha512(signed_bytes(page)).digest()


# --- much and stopped ----------------------------------------------------------------------------


def test_pages_in_batches_are_one_file_with_all_of_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pdf_engine, "BATCH", 3)
    pdf = recap_pdf(set_pdfs(settled(), Layout(), SIDIK))
    assert page_texts(pdf, tmp_path) == page_texts(recap_pdf(printed()), tmp_path)


def test_progress_counts_pages_and_what_it_raises_stops_the_work() -> None:
    told: list[tuple[int, int]] = []
    set_pdfs(settled(), Layout(), SIDIK, lambda done, of: told.append((done, of)))
    assert told == sorted(told)
    assert (told[0], told[-1]) == ((0, 12), (12, 12))

    class Stop(Exception):
        pass

    def stop(done: int, of: int) -> None:
        if done:
            raise Stop

    with pytest.raises(Stop):
        set_pdfs(settled(), Layout(), SIDIK, stop)
