"""The exported workbook in a real LibreOffice: opened, reckoned anew, printed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from exporters.documents import contest, document, dpd_contest, paper, party_contest, recap
from exporters.sheets import Opened
from exporters.test_hostile_names import hostile

from pleno.domain.contest import Contest
from pleno.domain.document import Document
from pleno.domain.figures import KOSONG, Figure
from pleno.domain.state import SheetStatus, Tps
from pleno.exporters.layout import Layout
from pleno.exporters.workbook import write_workbook

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(
    SOFFICE is None and not os.environ.get("PLENO_CI"), reason="perlu LibreOffice (soffice)"
)


def with_blanks(form: Contest, tps: Tps) -> dict[str, Figure]:
    """Every third figure unread, every fifth blank on the paper."""
    figures = paper(form, tps)
    for place, row in enumerate(form.rows, tps.number):
        figures[row.name] = None if place % 3 == 0 else KOSONG if place % 5 == 0 else figures[row.name]
    return figures


def _documents() -> dict[str, tuple[Document, Layout]]:
    unpublished = replace(contest(), unpublished=frozenset({"surat_diterima"}))
    settled = recap(contest(), {f"DESA NAMA PANJANG {n}": 1 for n in range(12)}, settled=True)
    return {
        "f4": (document(recap(contest(), {"PULAU KELAPA": 23, "PULAU HARAPAN": 2}, with_blanks)), Layout("F4", 10)),
        "a4": (document(settled, SheetStatus.DITETAPKAN), Layout("A4", 4)),
        "a3": (document(recap(unpublished, {"PULAU KELAPA": 37})), Layout("A3", 20)),
        "nama": (hostile(), Layout("F4", 5)),
        "partai": (document(recap(party_contest(18, 12), {"PULAU KELAPA": 12, "PULAU HARAPAN": 2})), Layout("F4", 10)),
        "aceh": (document(recap(party_contest(24, 12), {"PULAU KELAPA": 12}, with_blanks)), Layout("A4", 10)),
        "dpd": (document(recap(dpd_contest(54), {"PULAU KELAPA": 2})), Layout("A3", 20)),
    }


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every document as we write it, as LibreOffice saves it, and as it prints it."""
    assert SOFFICE is not None, "PLENO_CI menuntut LibreOffice"
    folder = tmp_path_factory.mktemp("kantor")
    for name, (one, layout) in _documents().items():
        (folder / f"{name}.xlsx").write_bytes(write_workbook(one, layout).data)
    for kind in ("xlsx", "pdf"):
        command = [
            SOFFICE, f"-env:UserInstallation={(folder / 'profil').as_uri()}", "--headless",
            "--convert-to", kind, "--outdir", str(folder / "hasil"), *map(str, sorted(folder.glob("*.xlsx"))),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder


@pytest.mark.parametrize("name", ["f4", "a4", "a3", "nama", "partai", "aceh", "dpd"])
def test_every_formula_is_reckoned_to_what_we_kept(converted: Path, name: str) -> None:
    ours = Opened((converted / f"{name}.xlsx").read_bytes())
    theirs = Opened((converted / "hasil" / f"{name}.xlsx").read_bytes())
    assert theirs.values.sheetnames == ours.values.sheetnames
    assert [at for _, at, _ in theirs.formula_cells()] == [at for _, at, _ in ours.formula_cells()]
    wrong = {
        f"{sheet}!{at}": (ours.cached(sheet, at), theirs.cached(sheet, at))
        for sheet, at, _ in ours.formula_cells()
        if ours.cached(sheet, at) != theirs.cached(sheet, at)
    }
    assert not wrong


@pytest.mark.skipif(shutil.which("pdfinfo") is None or shutil.which("pdftotext") is None, reason="perlu poppler")
@pytest.mark.parametrize(
    ("name", "across", "down", "words"),
    [
        # cover, berita acara, signatures, corrections, kejadian, attendance, answers of a TPS each: one page or more
        pytest.param("f4", [1, 3, 1], [2, 2, 2], 7, id="23 TPS on three pages"),
        pytest.param("a4", [6, *[1] * 12], [2] * 13, 7, id="12 desa on six pages of four"),
        pytest.param("a3", [1, 2], [1, 1], 7, id="37 TPS on two pages of A3"),
        pytest.param("partai", [1, 2, 1], [8, 8, 8], 8, id="18 parties of 12"),
        pytest.param("aceh", [1, 2], [10, 10], 9, id="24 parties of 12"),
        pytest.param("dpd", [1, 1], [2, 2], 11, id="54 candidates"),
    ],
)
def test_what_is_printed_is_the_pages_that_were_planned(
    converted: Path, name: str, across: list[int], down: list[int], words: int
) -> None:
    book = Opened((converted / f"{name}.xlsx").read_bytes()).formulas
    tables = [sheet for sheet in book if sheet.title == "KECAMATAN" or sheet.title.startswith("DESA_")]
    assert [len(sheet.col_breaks.brk) + 1 for sheet in tables] == across
    assert [len(sheet.row_breaks.brk) + 1 for sheet in tables] == down
    pages = sum(wide * high for wide, high in zip(across, down, strict=True)) + words
    pdf = converted / "hasil" / f"{name}.pdf"
    told = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
    assert re.search(r"^Pages:\s+(\d+)$", told, re.M)[1] == str(pages)
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    assert re.findall(r"Halaman (\d+) dari (\d+)", text) == [(str(n), str(pages)) for n in range(1, pages + 1)]


def test_every_page_says_of_which_kecamatan_it_is(converted: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("perlu poppler")
    text = subprocess.run(
        ["pdftotext", "-layout", str(converted / "hasil" / "f4.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    for page in text.removesuffix("\f").split("\f"):
        assert "KONSEP" in page
        assert "310101" in page
