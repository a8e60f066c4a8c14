"""The place of the pleno: said in pleno.toml, at `siapkan` or by an entry, and printed where one signs."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook
from service.table import Table

from pleno.domain.errors import PlenoError
from pleno.service import export, settings

PLACE = "Aula Kecamatan, Pulau Harapan"


def texts_of(path: Path, sheet: str) -> str:
    return "\n".join(str(cell.value) for row in load_workbook(path)[sheet].iter_rows() for cell in row if cell.value)


def test_the_place_is_printed_where_one_signs(table: Table) -> None:
    settings.change(table.session, "rapat.tempat", f"  {PLACE} ", None)
    folder = export.export(table.session, table.contest, draft=True, by="op1").folder
    (book,) = folder.glob("D.HASIL*.xlsx")
    assert f"bertempat di {PLACE}, Panitia" in texts_of(book, "BERITA_ACARA")
    words = [sheet for sheet in load_workbook(book).sheetnames if PLACE in texts_of(book, sheet)]
    assert len(words) == 3, "cover, berita acara, signatures"


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="perlu poppler (pdftotext)")
def test_the_printed_pages_say_it_too(table: Table) -> None:
    settings.change(table.session, "rapat.tempat", PLACE, None)
    folder = export.export(table.session, table.contest, draft=True, by="op1").folder
    (pdf,) = folder.glob("D.HASIL*.pdf")
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    printed, pages = " ".join(text.split()), [page for page in text.split("\f") if page.strip()]
    assert printed.count(f"bertempat di {PLACE}, Panitia") == 1
    assert printed.count(f"Ditetapkan di {PLACE}, tanggal") == 2, "above both lists of signatures"
    assert all(f"Rapat pleno di {PLACE};" in " ".join(page.split()) for page in pages), "at the foot of every page"


def test_dots_stand_where_nobody_said_it(table: Table) -> None:
    folder = export.export(table.session, table.contest, draft=True, by="op1").folder
    (book,) = folder.glob("D.HASIL*.xlsx")
    assert any("bertempat di ....." in texts_of(book, sheet) for sheet in load_workbook(book).sheetnames)
    assert [one.value for one in settings.settings(table.session) if one.name == "rapat.tempat"] == ["-"]


def test_a_place_may_be_taken_back_and_is_refused_with_hidden_characters(table: Table) -> None:
    settings.change(table.session, "rapat.tempat", PLACE, None)
    settings.change(table.session, "rapat.tempat", "-", None)
    assert table.session.config.tempat == ""
    for text in ("Aula\x1b[2J", "Aula\u202e", "a" * 200):
        with pytest.raises(PlenoError, match="Nilai ditolak"):
            settings.change(table.session, "rapat.tempat", text, None)
