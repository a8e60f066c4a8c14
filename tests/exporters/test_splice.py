"""Values spliced into the XML of a workbook: only they change."""

from __future__ import annotations

import io
import zipfile
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from pleno.domain.errors import PlenoError
from pleno.domain.formula_values import Fault, Value
from pleno.exporters.splice import fill_sheet, splice

ODD = "A&B <\"'> C"


@cache
def made(*names: str) -> bytes:
    book = Workbook()
    del book[book.sheetnames[0]]
    for name in names:
        sheet = book.create_sheet(name)
        sheet["A1"] = "tetap"
        for at in ("B1", "B2", "B3"):
            sheet[at].number_format = "#,##0"
        sheet["C1"] = "=SUM(B1:B3)"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@settings(max_examples=50, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["B1", "B2", "B3"]),
        st.integers(0, 10**9) | st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1, max_size=40),
    ),
    st.integers(0, 10**6) | st.just(""),
)
def test_values_arrive_and_nothing_else_changes(values: dict[str, int | str], total: int | str) -> None:
    before = made(ODD, "LAIN")
    after = splice(before, {ODD: {**values, "C1": total}})
    sheet = load_workbook(io.BytesIO(after), data_only=True)[ODD]
    assert {at: sheet[at].value for at in values} == values
    assert {sheet[at].data_type for at in values} <= {"n", "s", "inlineStr"}
    assert sheet["C1"].value in (total, None if total == "" else total)
    assert sheet["B1"].number_format == "#,##0"
    assert load_workbook(io.BytesIO(after))[ODD]["C1"].value == "=SUM(B1:B3)"
    assert [name for name, data in members(after).items() if data != members(before)[name]] == [
        "xl/worksheets/sheet1.xml"
    ]
    assert list(members(after)) == list(members(before))


def test_nothing_to_fill_changes_no_member() -> None:
    assert members(splice(made("A"), {})) == members(made("A"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<c r="A1" s="3"/>', '<c r="A1" s="3"><v>5</v></c>'),
        ("<c r='A1'></c>", '<c r="A1"><v>5</v></c>'),
        ('<c r="A1" t="n"><v>9</v></c>', '<c r="A1"><v>5</v></c>'),
        ('<c r="A1"><f>IF(B1&gt;0,"&gt;","")</f><v/></c>', '<c r="A1"><f>IF(B1&gt;0,"&gt;","")</f><v>5</v></c>'),
        ('<c r="A1"><f ca="a>b"/></c>', '<c r="A1"><f ca="a>b"/><v>5</v></c>'),
        ('<c r="A1" x="/>"/>', '<c r="A1"><v>5</v></c>'),
        ('<c r="A1" x="&lt;/c>"></c >', '<c r="A1"><v>5</v></c>'),
    ],
)
def test_the_cell_is_found_by_a_parser_not_by_its_looks(before: str, after: str) -> None:
    sheet = '<w><!-- <c r="A1"/> -->é<row note="&lt;c r=A1/>"/>{}<c r="A10"/></w>'
    assert fill_sheet(sheet.format(before).encode(), {"A1": 5}, "A") == sheet.format(after).encode()


def test_a_prefix_is_kept() -> None:
    xml = b'<x:w xmlns:x="u"><x:c r="A1" s="2"><x:f>1</x:f></x:c></x:w>'
    assert fill_sheet(xml, {"A1": "a<b"}, "A") == (
        b'<x:w xmlns:x="u"><x:c r="A1" s="2" t="str"><x:f>1</x:f><x:v>a&lt;b</x:v></x:c></x:w>'
    )


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        (b'<!DOCTYPE w [<!ENTITY a "b">]><w><c r="A1"/></w>', "Lembar memuat DOCTYPE."),
        ('<!DOCTYPE w><w><c r="A1"/></w>'.encode("utf-16"), "Lembar memuat DOCTYPE."),
        (b'<w><c r="A2"/></w>', "Sel A!A1 tidak ada."),
        (b'<w><c r="A1"></w>', "XML lembar A tidak utuh."),
        (b"", "XML lembar A tidak utuh."),
    ],
)
def test_what_cannot_be_filled_is_refused(xml: bytes, said: str) -> None:
    with pytest.raises(PlenoError) as refused:
        fill_sheet(xml, {"A1": 5}, "A")
    assert refused.value.message == said


@pytest.mark.parametrize(
    ("rows", "filled"),
    [
        ('<row r="2"><c r="C2"/></row>', '<row r="2"><c r="B2"><v>7</v></c><c r="C2"/><c r="D2"><v>8</v></c></row>'),
        ('<row r="2" s="1"/>', '<row r="2" s="1"><c r="B2"><v>7</v></c><c r="D2"><v>8</v></c></row>'),
        ('<row r="2"></row>', '<row r="2"><c r="B2"><v>7</v></c><c r="D2"><v>8</v></c></row>'),
        ('<row r="1"/>', '<row r="1"/><row r="2"><c r="B2"><v>7</v></c><c r="D2"><v>8</v></c></row>'),
        ('<row r="3"/>', '<row r="2"><c r="B2"><v>7</v></c><c r="D2"><v>8</v></c></row><row r="3"/>'),
    ],
)
def test_a_cell_that_is_not_there_is_put_in_its_place(rows: str, filled: str) -> None:
    sheet = "<w><sheetData>{}</sheetData><z/></w>"
    assert fill_sheet(sheet.format(rows).encode(), {"D2": 8, "B2": 7, "E9": None}, "A") == sheet.format(filled).encode()


@pytest.mark.parametrize(
    ("value", "xml"),
    [
        (0.5, '<c r="A1"><f>1/2</f><v>0.5</v></c>'),
        (True, '<c r="A1" t="b"><f>1/2</f><v>1</v></c>'),
        (Fault("#DIV/0!"), '<c r="A1" t="e"><f>1/2</f><v>#DIV/0!</v></c>'),
        ("", '<c r="A1" t="str"><f>1/2</f><v></v></c>'),
    ],
)
def test_a_formula_keeps_whatever_it_shows(value: Value, xml: str) -> None:
    assert fill_sheet(b'<w><c r="A1"><f>1/2</f><v>9</v></c></w>', {"A1": value}, "A") == f"<w>{xml}</w>".encode()


@pytest.mark.parametrize("data", [b"", b"PK", made("A")[:-40], made("A")[:2000]])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(PlenoError, match="bukan buku kerja xlsx"):
        splice(data, {"A": {"B1": 1}})


def test_a_zip_without_a_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(PlenoError, match="bukan buku kerja xlsx"):
        splice(out.getvalue(), {"A": {"B1": 1}})


def test_a_sheet_that_is_not_there_is_named() -> None:
    with pytest.raises(PlenoError, match="Lembar B, C tidak ada"):
        splice(made("A"), {"C": {"B1": 1}, "B": {}, "A": {}})
