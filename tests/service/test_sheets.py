"""Working sheets: differences for the saksi, and Sirekap brought into line one import after the other."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

import pytest
from exporters.prints import needs_poppler, page_texts, plain, qr_texts
from service.table import Table
from service.test_intake import sirekap_object

from pleno.domain.entry import Reason
from pleno.domain.errors import PlenoError
from pleno.domain.figures import KOSONG, SIREKAP
from pleno.domain.state import PembetulanKind
from pleno.domain.worklist import worklist
from pleno.exporters.pdf_qr import read_qr
from pleno.service import correction, views
from pleno.service.sheets import SheetKind, print_sheet

RIGHT: dict[str, int | None] = {"100025": 17, "100026": 124, "100027": 9}


def objects(table: Table, folder: Path, ts: str, wrong: dict[int, dict[str, int | None]] | None = None) -> None:
    """A Sirekap object of every TPS, some of them wrong; `ts` lacks its last digit, so that no two are one file."""
    folder.mkdir()
    for place, code in enumerate(table.codes):
        chart = RIGHT | (wrong or {}).get(place, {})
        table.imports(sirekap_object(folder, code, f"{ts}{place}", chart))


def lines(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))


def work(table: Table) -> tuple[list[tuple[str, str, object, object]], int]:
    """What is left to edit, and how many rows are done."""
    found = worklist(views.recap(table.session, table.contest))
    return [(e.file.tps.code, e.row.name, e.sirekap, e.ditetapkan) for e in found.edits], len(found.done)


def test_sirekap_is_ticked_off_by_newer_objects_until_it_is_in_sync(table: Table, tmp_path: Path) -> None:
    objects(table, tmp_path / "a", "2024-02-16 10:00:0", {0: {"100025": 71}, 2: {"100026": None}})
    for place, _ in enumerate(table.codes):
        table.reads(place)
    first, third = table.codes[0], table.codes[2]
    assert work(table) == ([(first, "suara.1", 71, 17), (third, "suara.2", None, 124)], 0)
    entry = table.proposes(0, "suara.1", 17)
    correction.confirm(table.session, entry.seq, "ppk2")
    assert work(table)[0] == [(first, "suara.1", 71, 17), (third, "suara.2", None, 124)], "agreed, but not yet edited"
    table.settles(0, 1, 2, 3)
    objects(table, tmp_path / "b", "2024-02-17 10:00:0", {2: {"100026": None}})
    assert work(table) == ([(third, "suara.2", None, 124)], 1)
    made = print_sheet(table.session, table.contest, SheetKind.SIREKAP)
    assert made.work is not None
    assert not made.work.in_sync
    told = [(line["kode_tps"], line["di_sirekap"], line["seharusnya"], line["keadaan"]) for line in lines(made.csv)]
    assert told == [(third, "", "124", "belum"), (first, "71", "17", "sudah")]
    objects(table, tmp_path / "c", "2024-02-18 10:00:0")
    done = print_sheet(table.session, table.contest, SheetKind.SIREKAP).work
    assert done is not None
    assert (done.in_sync, done.newest) == (True, "2024-02-18 10:00:03")


def test_a_tps_without_an_object_or_not_sah_keeps_the_certificate_away(table: Table, tmp_path: Path) -> None:
    for place, _ in enumerate(table.codes):
        table.reads(place)
    table.settles(0, 1, 2, 3)
    nothing = worklist(views.recap(table.session, table.contest))
    assert (len(nothing.edits), len(nothing.without_object), nothing.unsettled) == (0, 4, 0)
    assert not nothing.in_sync


def test_a_blank_cell_of_the_paper_is_a_zero_in_sirekap(table: Table, tmp_path: Path) -> None:
    objects(table, tmp_path / "a", "2024-02-16 10:00:0", {0: {"100027": 0}, 1: {"100027": 4}})
    table.reads(0, suara__3=KOSONG)
    table.reads(1, suara__3=KOSONG)
    assert [edit[0] for edit in work(table)[0]] == [table.codes[1]]


@needs_poppler
def test_the_certificate_says_what_is_in_sync(table: Table, tmp_path: Path) -> None:
    objects(table, tmp_path / "a", "2024-02-16 10:00:0")
    for place, _ in enumerate(table.codes):
        table.reads(place)
    table.settles(0, 1, 2, 3)
    made = print_sheet(table.session, table.contest, SheetKind.SIREKAP, tmp_path / "usb")
    (page,) = page_texts(made.pdf.read_bytes(), tmp_path)
    assert "SURAT KETERANGAN SINKRON SIREKAP" in page
    assert "untuk seluruh 4 TPS di 2 desa/kelurahan" in " ".join(page.split())
    assert made.pdf.parent == made.csv.parent == tmp_path / "usb"


@needs_poppler
def test_the_sheet_of_differences_holds_them_and_nothing_else(table: Table, tmp_path: Path) -> None:
    objects(table, tmp_path / "a", "2024-02-16 10:00:0", {1: {"100025": 71}})
    table.reads(0)
    table.reads(1)
    table.reads_only(1, "salinan:2", suara__2=142)
    made = print_sheet(table.session, table.contest, SheetKind.SELISIH)
    found = lines(made.csv)
    assert {line["kode_tps"] for line in found} == {table.codes[1]}
    assert [(line["isian"], line["sumber"], line["angka"], line["keadaan"]) for line in found] == [
        ("suara.1", SIREKAP, "71", "terbuka"), ("suara.1", "plano", "17", "selesai"),
        ("suara.2", SIREKAP, "124", "selesai"), ("suara.2", "salinan:2", "142", "terbuka"),
        ("suara.2", "plano", "124", "selesai"),
    ]  # fmt: skip
    text = page_texts(made.pdf.read_bytes(), tmp_path, "-raw")[0]
    assert "LEMBAR SELISIH" in text
    assert plain("S02 142") in plain(text)
    assert plain("terbuka: Sirekap") in plain(text)
    page, signature = read_qr(qr_texts(made.pdf.read_bytes(), tmp_path, [1])[0][0])
    assert (page.export, page.sheet, signature) == (0, "SELISIH", b"")
    assert page.sidik == hashlib.sha256(made.csv.read_bytes()).digest()


@needs_poppler
@pytest.mark.parametrize("kind", SheetKind)
def test_a_sheet_with_nothing_on_it_says_so(kind: SheetKind, table: Table, tmp_path: Path) -> None:
    made = print_sheet(table.session, table.contest, kind)
    (page,) = page_texts(made.pdf.read_bytes(), tmp_path)
    assert ("NIHIL" in page) == (kind is not SheetKind.SIREKAP)
    assert made.rows == (4 if kind is SheetKind.SIREKAP else 0)


@needs_poppler
def test_the_register_holds_only_changed_cells_with_room_for_initials(table: Table, tmp_path: Path) -> None:
    table.reads(0)
    entry = table.proposes(0, "suara.1", 18, PembetulanKind.FORMULIR, Reason.SALAH_TULIS, "=1+1 di kertas")
    correction.confirm(table.session, entry.seq, "ppk2")
    made = print_sheet(table.session, table.contest, SheetKind.PEMBETULAN)
    (line,) = lines(made.csv)
    assert (line["tertulis"], line["dibetulkan"], line["catatan"]) == ("17", "18", "'=1+1 di kertas")
    text = plain(page_texts(made.pdf.read_bytes(), tmp_path, "-raw")[0])
    assert plain("17 (tujuh belas)") in text
    assert plain("PARAF SAKSI") in text


def test_a_medium_that_refuses_changes_nothing(table: Table, tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("x")
    head = table.session.store.head()
    with pytest.raises(PlenoError, match="Tidak ada angka yang berubah"):
        print_sheet(table.session, table.contest, SheetKind.SELISIH, tmp_path / "berkas" / "dalam")
    assert table.session.store.head() == head
