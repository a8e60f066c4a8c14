"""Names that want to be formulas, paths or sheet names stay the texts they are."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest
from exporters.documents import PEOPLE, contest, document, recap
from exporters.sheets import Opened
from exporters.test_recap_workbook import check_reckoning
from hypothesis import given
from hypothesis import strategies as st

from pleno.domain.document import Document
from pleno.domain.state import Kehadiran, Person
from pleno.exporters.data_files import data_files
from pleno.exporters.layout import Layout
from pleno.exporters.workbook import sheet_name, write_workbook

DESA = {
    '=HYPERLINK("http://x","klik")': 1,
    "A/B": 1,
    "[x]:*?\\'": 1,
    "\u6751" * 40: 1,
    "DESA DENGAN NAMA YANG PANJANG SEKALI A": 1,
    "DESA DENGAN NAMA YANG PANJANG SEKALI B": 1,
    "'KUTIP'": 1,
    "#REF!": 1,
    "A&B <C> \"D\" 'E'": 1,
    "\U0001f600" * 30: 1,
    "12": 1,
}
CHOICES = ("+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1+1)", "=1+1", "TRUE", "007")


def hostile() -> Document:
    people = (Person("ppk1", "=KETUA()", PEOPLE[0].role), *PEOPLE[1:])
    guests = (Kehadiran("s1", "@SUM(A1)", "1", "+62", True), Kehadiran("p", "-P", "panwaslu", "=1", True))
    one = document(recap(contest(names=CHOICES), DESA), ppk=people, kehadiran=guests, seals=("=SEGEL()",))
    names = {"provinsi": "=1+1", "kabkota": "@X", "kecamatan": "-A"}
    return replace(one, meeting=replace(one.meeting, names=names))


def test_no_text_becomes_a_formula() -> None:
    book = Opened(write_workbook(hostile(), Layout()).data)
    formulas = list(book.formula_cells())
    assert all(formula.startswith("=IF(") for _, _, formula in formulas)
    assert check_reckoning(book) == len(formulas)
    texts = {
        cell.value for sheet in book.formulas for row in sheet.iter_rows() for cell in row if cell.data_type == "s"
    }
    assert {"=KETUA()", "@SUM(A1)", "+62", "=SEGEL()", *DESA} <= texts
    assert {f"{n:02} {name}" for n, name in enumerate(CHOICES, 1)} <= texts
    quoted = [cell for row in book.formulas["TANDA_TANGAN"].iter_rows() for cell in row if cell.value == "=KETUA()"]
    assert [cell.quotePrefix for cell in quoted] == [True]
    assert not [cell for sheet in book.values for row in sheet.iter_rows() for cell in row if cell.data_type == "e"]


def test_sheet_names_are_names_excel_takes() -> None:
    names = Opened(write_workbook(hostile(), Layout()).data).values.sheetnames
    assert len({name.casefold() for name in names}) == len(names) == 9 + len(DESA) - 1
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\'")


@given(st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=60), max_size=12))
def test_any_names_give_names_of_their_own(wanted: list[str]) -> None:
    taken: set[str] = {"SAMPUL"}
    given_names = [sheet_name(f"DESA_01_{name}", taken) for name in wanted]
    assert len({name.casefold() for name in [*given_names, "SAMPUL"]}) == len(wanted) + 1
    assert all(len(name.encode("utf-16-le")) <= 62 and not set(name) & set("[]:*?/\\'") for name in given_names)


def test_names_that_are_equal_once_cut_are_told_apart() -> None:
    taken: set[str] = set()
    names = [sheet_name("DESA_01_" + "A" * 30 + ending, taken) for ending in "BCd"]
    assert names == ["DESA_01_" + "A" * 23, "DESA_01_" + "A" * 21 + "~2", "DESA_01_" + "A" * 21 + "~3"]


def test_no_csv_cell_begins_like_a_formula() -> None:
    files = data_files(hostile())
    rows = list(csv.reader(io.StringIO(files["data/angka.csv"].decode("utf-8-sig"))))
    assert rows[0] == ["kode_tps", "kontes", "sumber", "kode_baris", "isian", "angka"]
    assert len(rows) == 1 + 2 * len(DESA) * len(contest(names=CHOICES).rows)
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@\t\r"]
    assert json.loads(files["data/rekap.json"])["desa"][0]["nama"] == '=HYPERLINK("http://x","klik")'


@pytest.mark.parametrize(("seed", "zone"), [("1", "UTC"), ("77", "Asia/Jayapura")])
def test_the_same_document_gives_the_same_bytes_anywhere(seed: str, zone: str) -> None:
    code = """
import hashlib
from exporters.test_hostile_names import hostile
from pleno.exporters.data_files import data_files
from pleno.exporters.layout import Layout
from pleno.exporters.workbook import write_workbook
print(hashlib.sha256(write_workbook(hostile(), Layout()).data + repr(data_files(hostile())).encode()).hexdigest())
"""
    env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": os.pathsep.join(sys.path)}
    ended = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    here = write_workbook(hostile(), Layout()).data + repr(data_files(hostile())).encode()
    assert ended.stdout.strip() == hashlib.sha256(here).hexdigest()
