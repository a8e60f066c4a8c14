"""An office's own workbook: recognised by its labels, tried, filled, and left alone everywhere else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from exporters.office_template import decorated, office_template
from importers.workbook_samples import repacked
from openpyxl import load_workbook
from service.table import WHOLE, Table

from pleno.domain.errors import PlenoError
from pleno.domain.figures import KOSONG
from pleno.service import export, intake, templates
from pleno.service.new_file import safe_stem
from pleno.service.template_list import Offer, lister
from pleno.service.templates import FilledFile

DESA = {"PULAU PANGGANG": (1, 2), "PULAU KELAPA": (1, 901)}
SOFFICE = shutil.which("soffice")
SHEETS = {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"}
"""Of the two desa and the kecamatan; the fourth is hidden."""


@pytest.fixture
def template(table: Table, tmp_path: Path) -> Path:
    path = tmp_path / "TEMPLAT KPU.xlsx"
    path.write_bytes(decorated(office_template(table.contest, DESA, "KEPULAUAN SERIBU UTARA", page=1)))
    return path


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def fill(table: Table, template: Path, folder: str = "hasil") -> FilledFile:
    return templates.fill_template(table.session, template, None, True, template.parent / folder)


def test_the_template_has_what_offices_put_into_theirs(template: Path) -> None:
    parts = members(template)
    assert {"xl/media/logo.png", "xl/drawings/drawing1.xml", "xl/ctrlProps/ctrlProp1.xml",
            "xl/externalLinks/externalLink1.xml"} <= set(parts)  # fmt: skip
    assert b'ObjectType="Button"' in parts["xl/drawings/vmlDrawing1.vml"]
    assert b"v:imagedata" in parts["xl/drawings/vmlDrawing2.vml"], "the picture of the header"
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert all(
        mark in sheet for mark in (b"x14:dataBar", b"legacyDrawingHF", b"<oddHeader>&amp;C&amp;G", b"<controls>")
    )
    assert [one.title for one in load_workbook(template).worksheets if one.sheet_state == "hidden"] == ["REFERENSI"]


def test_every_other_member_stays_byte_for_byte(table: Table, template: Path) -> None:
    table.reads(0)
    table.reads(3, suara__1=16, suara__3=10)
    filled = fill(table, template)
    before, after = members(template), members(filled.path)
    assert list(after) == list(before)
    assert {name for name in before if before[name] != after[name]} == SHEETS
    for name in SHEETS:
        outside = [re.sub(rb"<sheetData>.*</sheetData>", b"", parts[name], flags=re.S) for parts in (before, after)]
        assert outside[0] == outside[1]
        formulas = [re.findall(rb"<f>.*?</f>", parts[name]) for parts in (before, after)]
        assert formulas[0] == formulas[1]


def test_figures_arrive_and_formulas_keep_what_they_give(table: Table, template: Path) -> None:
    table.reads(0)
    table.reads(3, suara__1=16, suara__3=10)
    path = fill(table, template).path
    book = load_workbook(path, data_only=True)
    rows = {str(cell.value).upper(): cell.row for cell in book["PULAU KELAPA"]["C"] if cell.value}
    votes = rows["PASLON 1"]
    assert [book["PULAU KELAPA"].cell(votes, column).value for column in (5, 6, 7)] == [None, 16, 16]
    assert [book["PULAU PANGGANG"].cell(votes, column).value for column in (5, 6, 7)] == [17, None, 17]
    last = max(cell.row for cell in book["PULAU PANGGANG"]["C"] if cell.value == "Partisipasi")
    assert book["PULAU PANGGANG"].cell(last, 7).value == 151 / 201
    whole = book["D.HASIL"]
    at = [cell.row for cell in whole["C"] if cell.value == "PASLON 1"]
    assert [[whole.cell(row, column).value for column in (5, 6, 7)] for row in at] == [
        [17, 17, None], [17, 16, 33],
    ]  # fmt: skip
    # The office's styles are its own.
    assert load_workbook(path)["PULAU PANGGANG"].cell(votes, 5).fill.fgColor.rgb == "00FFFFCC"


def test_the_same_input_gives_the_same_bytes(table: Table, template: Path) -> None:
    table.reads(0)
    assert fill(table, template).path.read_bytes() == fill(table, template, "lagi").path.read_bytes()


def test_the_filled_workbook_is_read_back_as_paper(table: Table, template: Path) -> None:
    table.reads(0)
    (result,) = intake.preview(table.session, [fill(table, template).path], "plano")
    assert [one.reading.tps for one in result.taken] == [table.codes[0]]
    assert result.refused == ()
    assert result.changed == 0


@pytest.mark.skipif(SOFFICE is None and not os.environ.get("PLENO_CI"), reason="perlu LibreOffice (soffice)")
def test_libreoffice_opens_it_and_reckons_the_same(table: Table, template: Path, tmp_path: Path) -> None:
    assert SOFFICE is not None, "PLENO_CI menuntut LibreOffice"
    table.reads(0)
    table.reads(2)
    table.reads(3, suara__1=16, suara__3=10)
    path = fill(table, template).path
    command = [SOFFICE, f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", str(tmp_path / "lo"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    ours, theirs = load_workbook(path, data_only=True), load_workbook(tmp_path / "lo" / path.name, data_only=True)
    assert theirs.sheetnames == ours.sheetnames
    assert theirs.worksheets[-1].sheet_state == "hidden"
    assert any(name.startswith("xl/media/") for name in members(tmp_path / "lo" / path.name)), "it found the logo"
    for sheet in ours.worksheets[:-1]:  # the hidden one is as it was
        for row in sheet.iter_rows():
            for cell in row:
                shown = theirs[sheet.title][cell.coordinate].value
                # LibreOffice writes 15 digits of a fraction, Excel and we 17.
                alike = pytest.approx(cell.value) if isinstance(cell.value, float) else cell.value or ""
                assert (shown or "") == alike, cell.coordinate


def test_a_figure_blank_on_the_paper_is_written_as_the_map_says(table: Table, template: Path) -> None:
    table.reads(0, suara__3=KOSONG, suara_sah=141, suara_total=142)
    folder = table.session.folder / "templates_xlsx"
    sheet = load_workbook(fill(table, template).path)["PULAU PANGGANG"]
    assert [sheet[at].value for at in ("E35", "F35")] == ["x", None]
    folder.mkdir()
    text = f'berkas = "{template.name}"\n[[lembar]]\nnama = "PULAU*"\narti = {{ "-" = "kosong" }}\n'
    (folder / "peta.toml").write_text(text, "utf-8")
    path = fill(table, template, "berpeta").path
    assert load_workbook(path)["PULAU PANGGANG"]["E35"].value == "-"
    assert load_workbook(path, data_only=True)["PULAU PANGGANG"]["G35"].value == 0


def test_a_blank_figure_that_a_formula_cannot_add_stops_everything(table: Table, template: Path) -> None:
    table.reads(0, suara_tidak_sah=KOSONG)
    with pytest.raises(PlenoError, match=r"PULAU PANGGANG!E39: rumus memberi #VALUE!, angka pleno 151"):
        fill(table, template)


def test_a_figure_nobody_read_is_taken_out_never_left_as_zero(table: Table, template: Path) -> None:
    book = load_workbook(template)
    book["PULAU PANGGANG"]["E33"] = 0
    book.save(template)
    assert load_workbook(fill(table, template).path)["PULAU PANGGANG"]["E33"].value is None


# --- what stops it -------------------------------------------------------------------------


def test_a_formula_that_disagrees_with_the_paper_stops_everything(table: Table, template: Path) -> None:
    table.reads(0, pengguna_dpt_j=136)
    with pytest.raises(PlenoError) as stopped:
        fill(table, template)
    assert (
        "PULAU PANGGANG!E13: rumus memberi 135, angka pleno 136 (TPS 001 PULAU PANGGANG I.B.1.J)."
        in stopped.value.message
    )
    assert not (template.parent / "hasil").exists()


def test_a_sum_that_misses_a_tps_stops_everything(table: Table, template: Path) -> None:
    for n in range(4):
        table.reads(n)
    data = template.read_bytes()
    template.write_bytes(
        repacked(data, {"xl/worksheets/sheet1.xml": lambda old: old.replace(b"SUM(E34:F34)", b"SUM(E34:E34)")})
    )
    assert template.read_bytes() != data
    with pytest.raises(PlenoError, match=r"PULAU PANGGANG!G34: rumus memberi \d+, angka pleno \d+ .JUMLAH AKHIR"):
        fill(table, template)


def test_a_function_that_is_not_known_is_named(table: Table, template: Path) -> None:
    table.reads(0)
    data = template.read_bytes()
    template.write_bytes(
        repacked(data, {"xl/worksheets/sheet1.xml": lambda old: old.replace(b"SUM(E34:F34)", b"SUBTOTAL(9,E34:F34)")})
    )
    with pytest.raises(PlenoError, match=r"PULAU PANGGANG!G34: rumus tidak dapat dihitung .SUBTOTAL"):
        fill(table, template)


def test_a_tps_without_a_column_stops_it(table: Table, template: Path) -> None:
    table.reads(0)
    template.write_bytes(office_template(table.contest, {**DESA, "PULAU KELAPA": (1,)}, "KEPULAUAN SERIBU UTARA"))
    with pytest.raises(PlenoError, match="PULAU KELAPA tidak mempunyai kolom untuk TPS 901"):
        fill(table, template)


def test_without_konsep_every_tps_must_be_settled(table: Table, template: Path) -> None:
    table.reads(0)
    with pytest.raises(PlenoError, match="4 dari 4 TPS belum sah"):
        templates.fill_template(table.session, template, None, False, template.parent)


def test_a_workbook_is_not_written_over(table: Table, template: Path) -> None:
    fill(table, template)
    with pytest.raises(PlenoError, match="sudah ada"):
        fill(table, template)


# --- older versions ------------------------------------------------------------------------


def test_an_older_export_of_this_workspace_is_refused_by_its_foot(table: Table, tmp_path: Path) -> None:
    table.reads(0)
    first, second = (export.export(table.session, table.contest, draft=True, by="op1") for _ in range(2))
    (old,), (new,) = first.folder.glob("*.xlsx"), second.folder.glob("*.xlsx")
    book = load_workbook(old)
    book.save(tmp_path / "disimpan ulang.xlsx")
    for path in (old, tmp_path / "disimpan ulang.xlsx"):
        (result,) = intake.preview(table.session, [path], "salinan:panwaslu")
        assert result.taken == ()
        assert "adalah ekspor 1 ruang kerja ini, sudah ada ekspor 2 yang lebih baru." in result.remarks[0].message
        (taken,) = intake.take(table.session, [path], "salinan:panwaslu", "op1")
        assert (taken.taken, taken.entry) == ((), None)
    assert [len(one.taken) for one in intake.preview(table.session, [new], "salinan:panwaslu")] == [1]


# --- trying and proposing ------------------------------------------------------------------


def test_each_cell_is_told_before_it_is_filled(table: Table, template: Path) -> None:
    table.reads(0)
    tried = templates.try_template(table.session, template, None)
    told = {(one.sheet, one.cell): one for one in tried.cells}
    votes = told["PULAU PANGGANG", "E33"]
    assert (votes.row, votes.whose, votes.figure, votes.is_formula) == ("IV.01", "TPS 001 PULAU PANGGANG", "17", False)
    assert told["PULAU PANGGANG", "F33"].figure == "?"
    assert told["PULAU PANGGANG", "G33"].is_formula
    assert told["D.HASIL", "F28"].whose == "JUMLAH PINDAHAN"
    assert {one.sheet for one in tried.cells} == {"PULAU PANGGANG", "PULAU KELAPA", "D.HASIL"}
    assert sum(one.sheet == "PULAU PANGGANG" for one in tried.cells) == 3 * len(WHOLE)


def test_the_proposed_map_finds_what_was_found_without_it(table: Table, template: Path) -> None:
    before = templates.try_template(table.session, template, None)
    made = templates.propose_map(table.session, template, None, write=True)
    assert made.file.path == table.session.folder / "templates_xlsx" / "TEMPLAT_KPU.toml"
    after = templates.try_template(table.session, template, None)
    assert (after.map_name, after.cells) == ("TEMPLAT_KPU.toml", before.cells)
    with pytest.raises(PlenoError, match="sudah ada"):
        templates.propose_map(table.session, template, None, write=True)


def test_what_would_stop_the_filling_is_told_when_it_is_tried(table: Table, template: Path) -> None:
    table.reads(0, pengguna_dpt_j=136)
    table.reads(2, pengguna_dpt_j=200)
    tried = templates.try_template(table.session, template, None)
    assert ("PULAU PANGGANG!E13", "rumus memberi 135, angka pleno 136 (TPS 001 PULAU PANGGANG I.B.1.J).") in {
        (one.place, one.message) for one in tried.faults
    }
    assert {one.place for one in tried.faults} >= {"PULAU PANGGANG!E13", "PULAU KELAPA!E13"}
    template.write_bytes(office_template(table.contest, {**DESA, "PULAU KELAPA": (1,)}, "KEPULAUAN SERIBU UTARA"))
    (absent,) = [
        one for one in templates.try_template(table.session, template, None).faults if one.place.startswith("lembar")
    ]
    assert (absent.place, absent.message) == ("lembar PULAU KELAPA", "tidak mempunyai kolom untuk TPS 901.")


def test_the_map_says_in_words_what_was_understood(table: Table, template: Path) -> None:
    made = templates.propose_map(table.session, template, None, write=False)
    assert (made.told[0].place, made.told[0].message) == (
        "lembar PULAU PANGGANG",
        f"PULAU PANGGANG: 2 kolom TPS, {len(WHOLE)} baris formulir, label di kolom B, C, D.",
    )
    assert made.told[2].message.startswith("kecamatan: 2 kolom desa")
    assert not made.file.path.exists()


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("TEMPLAT KPU.xlsx", "TEMPLAT_KPU"), ("../a.xlsx", "a"), ("[/x]\u202e.xlsx", "x"), ("=cmd.xlsx", "cmd"),
        ("CON.xlsx", "CON_"), ("com1.a.xlsx", "com1.a_"), ("...xlsx", "templat"), ("é" * 90 + ".xlsx", "templat"),
        ("a" * 90 + ".xlsx", "a" * 60),
    ],
)  # fmt: skip
def test_files_of_ours_have_names_that_every_system_opens(name: str, stem: str) -> None:
    assert safe_stem(name) == stem


@pytest.mark.parametrize("name", ["D.HASIL  dua spasi.xlsx", "RÉKAP e\u0301.xlsx", "[*?] \x1b.xlsx", "\udcff.xlsx"])
def test_a_map_finds_its_workbook_whatever_its_name(table: Table, template: Path, name: str) -> None:
    path = template.rename(template.with_name(name))
    made = templates.propose_map(table.session, path, None, write=True)
    assert templates.try_template(table.session, path, None).map_name == made.file.path.name


# --- the list ------------------------------------------------------------------------------


def listed(table: Table) -> dict[str, Offer]:
    return {one.name: one for one in lister(table.session, None)(lambda _done, _of: None)}


def test_the_list_says_which_are_recognised_and_why_others_are_not(table: Table, template: Path) -> None:
    assert listed(table) == {}, "no folder"
    folder = table.session.folder / "templates_xlsx"
    folder.mkdir()
    assert listed(table) == {}, "an empty one"
    shutil.copy(template, folder)
    (folder / "bukan.xlsx").write_text("a;b\n")
    (folder / "lama.XLS").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (folder / "catatan.txt").write_text("bukan buku kerja")
    (folder / "~$MPLAT KPU.xlsx").write_bytes(bytes(165))
    (folder / "folder.xlsx").mkdir()
    other = office_template(table.contest, {"DESA LAIN": (1,)}, "KEPULAUAN SERIBU SELATAN")
    (folder / "kecamatan lain.xlsx").write_bytes(other)
    (folder / "tautan.xlsx").symlink_to(template)
    found = listed(table)
    assert list(found) == [
        "TEMPLAT KPU.xlsx", "bukan.xlsx", "folder.xlsx", "kecamatan lain.xlsx", "lama.XLS", "tautan.xlsx",
    ]  # fmt: skip
    good = found.pop("TEMPLAT KPU.xlsx")
    assert (good.sheets, good.map_name, good.cells > 100) == (3, "", True)
    assert "sedang terbuka di program lain" in good.remarks[0].message
    assert {one.sheets for one in found.values()} == {0}
    assert all(one.remarks for one in found.values())
    assert "SERIBU SELATAN" in found["kecamatan lain.xlsx"].remarks[0].message
    templates.propose_map(table.session, folder / "TEMPLAT KPU.xlsx", None, write=True)
    assert listed(table)["TEMPLAT KPU.xlsx"].map_name == "TEMPLAT_KPU.toml"


def test_a_map_that_cannot_be_read_is_named_with_its_line(table: Table) -> None:
    folder = table.session.folder / "templates_xlsx"
    folder.mkdir()
    (folder / "peta.toml").write_text('berkas = "a.xlsx"\nlembr = 1\n', "utf-8")
    with pytest.raises(PlenoError, match=r"peta\.toml baris 2"):
        lister(table.session, None)


def test_a_folder_that_is_none_is_told_and_nothing_is_left(table: Table, template: Path) -> None:
    table.reads(0)
    in_the_way = template.parent / "hasil"
    in_the_way.write_text("berkas")
    with pytest.raises(PlenoError, match="TEMPLAT_KPU-KONSEP-"):
        fill(table, template)
    assert in_the_way.read_text() == "berkas"
    (table.session.folder / "templates_xlsx").write_text("berkas")
    with pytest.raises(PlenoError, match="templates_xlsx"):
        listed(table)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="perlu izin yang membatasi pemakai ini")
def test_a_folder_nobody_may_write_or_read_is_told(table: Table, template: Path) -> None:
    folder = template.parent / "terkunci"
    folder.mkdir(mode=0o500)
    with pytest.raises(PlenoError, match="Berkas tidak ditulis"):
        templates.fill_template(table.session, template, None, True, folder)
    shut = table.session.folder / "templates_xlsx"
    shut.mkdir(mode=0o000)
    try:
        with pytest.raises(PlenoError, match="templates_xlsx"):
            listed(table)
    finally:
        shut.chmod(0o700)
