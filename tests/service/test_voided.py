"""Sheets of a set that is BATAL, printed again: its figures as they were, the word on each page, the set untouched."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from service.table import Table

from pleno.domain.errors import PlenoError
from pleno.service import export, sealing, settling, verify, voided


def hashes(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def pages_of(pdf: Path) -> list[str]:
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    return [page for page in text.split("\f") if page.strip()]


@pytest.fixture
def reopened(table: Table) -> Table:
    """A determined set whose TPS was reopened and read otherwise afterwards."""
    for place in range(4):
        table.reads(place)
    session = table.session
    settling.settle(session, [session.roster[code] for code in table.codes], table.contest, "op1")
    sealing.seal(session, "7391", "op1")
    export.export(session, table.contest, draft=False, by="op1")
    settling.reopen(session, session.roster[table.codes[0]], table.contest, "saksi minta dibacakan ulang", "ppk1")
    return table


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="perlu poppler (pdftotext)")
def test_every_page_says_batal_and_the_figures_are_those_of_the_set(reopened: Table) -> None:
    session = reopened.session
    (folder,) = (session.folder / export.OUTGOING).iterdir()
    before, head = hashes(folder), session.store.head()
    path = voided.print_voided(session, 1)
    assert path.parent == folder.parent
    pages = pages_of(path)
    assert len(pages) >= 3
    for page in pages:
        assert "BATAL: EKSPOR NOMOR 1, belum ada gantinya" in page
        assert "BATAL: sudah diganti, tidak berlaku." in page
        assert "TANDA TANGAN" not in page
    assert "4 dari 4 TPS sah" in " ".join(pages[0].split()), "as it was, though one TPS is open again"
    assert hashes(folder) == before
    assert session.store.head() == head, "nothing is remembered"
    assert verify.of_session(session)().outcome is not verify.Outcome.RUSAK


def test_the_sheet_names_what_replaced_the_set(reopened: Table) -> None:
    session = reopened.session
    settling.settle(session, [session.roster[reopened.codes[0]]], reopened.contest, "op1")
    sealing.seal(session, "7391", "op1")
    export.export(session, reopened.contest, draft=False, by="op1")
    assert voided.prepare_voided(session, 1).heading == "BATAL: EKSPOR NOMOR 1, diganti ekspor nomor 2"


def test_a_voided_draft_shows_what_the_draft_showed(table: Table) -> None:
    table.reads(0)
    for _ in range(2):
        export.export(table.session, table.contest, draft=True, by="op1")
    prepared = voided.prepare_voided(table.session, 1)
    assert prepared.document.mark == "BATAL"
    assert prepared.document.sums(prepared.document.recap)["suara_sah"] > 0, "provisional, as a KONSEP is"


def test_a_set_that_stands_or_is_none_is_refused(table: Table) -> None:
    with pytest.raises(PlenoError, match=r"Set 1 tidak ada\. Set yang BATAL: belum ada"):
        voided.print_voided(table.session, 1)
    export.export(table.session, table.contest, draft=True, by="op1")
    with pytest.raises(PlenoError, match="Set 1 KONSEP, masih berlaku"):
        voided.print_voided(table.session, 1)


def test_a_medium_that_refuses_is_told(table: Table, tmp_path: Path) -> None:
    for _ in range(2):
        export.export(table.session, table.contest, draft=True, by="op1")
    (tmp_path / "x").write_text("bukan folder")
    with pytest.raises(PlenoError, match="Lembar tidak ditulis"):
        voided.print_voided(table.session, 1, tmp_path / "x")
