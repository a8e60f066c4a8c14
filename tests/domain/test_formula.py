"""Formulas of recap workbooks, reckoned as Excel and LibreOffice reckon them."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pleno.domain.formula import MOST_NESTED, FormulaUnknown, parse_formula
from pleno.domain.formula_values import Fault, Value
from pleno.domain.reckoning import Formula, Reckoning

CELLS: dict[tuple[int, int], Value] = {
    (1, 1): 5, (2, 1): 7, (3, 1): "x", (4, 1): "", (6, 1): True, (7, 1): 2.5, (8, 1): "12",
}  # fmt: skip
"""A1 to A8 of the sheet; A5 is empty."""


def reckoned(formula: str, *more: Formula) -> Value:
    formulas = {("S", 20 + n, 3): one for n, one in enumerate((Formula(formula), *more))}
    return Reckoning({"S": CELLS, "O'NE": {(1, 2): 9}}, formulas).value(("S", 20, 3))


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("A1+A2", 12),
        ("A1-A2-1", -3),
        ("A1*2+A2/2", 13.5),
        ("6/2", 3),
        ("-A1%", -0.05),
        ("+A1", 5),
        ("SUM(A1:A8)", 14.5),
        ("SUM(A1,A2,3)", 15),
        ("SUM($A$1:A2,A7)", 14.5),
        ("SUM(A:A)-0", 14.5),
        ("'O''NE'!B1+A1", 14),
        ("A5", 0),
        ("A5=0", True),
        ('A5=""', True),
        ('IF(A4="","",1)', ""),
        ('IF(A1>3,"ya","tidak")', "ya"),
        ("IF(A1<>5,1)", False),
        ("IF(A1,,3)", 0),
        ('A1&"/"&A2', "5/7"),
        ("A8+1", 13),
        ("A3+1", Fault("#VALUE!")),
        ("A1/A5", Fault("#DIV/0!")),
        ("IFERROR(A1/A5,0)", 0),
        ("COUNT(A1:A8)", 3),
        ("COUNTA(A1:A8)", 7),
        ('COUNTIF(A1:A8,"X")', 1),
        ("COUNTIF(A1:A8,5)", 1),
        ("COUNTBLANK(A1:A8)", 2),
        ("AND(A1=5,A2=7)", True),
        ("OR(A1=1,NOT(A2=7))", False),
        ("N(A3)+N(A1)", 5),
        ("ABS(A1-A2)", 2),
        ("MAX(A1:A8)-MIN(A1:A8)", 4.5),
        ("ROUND(2.5,0)", 3),
        ("ROUND(A1/A2*100,1)", 71.4),
        ("ISNUMBER(A3)", False),
        ("ISBLANK(A5)", True),
        ("_xlfn.SUM(A1;A2)", 12),
        ('"a""b"', 'a"b'),
    ],
)
def test_a_formula_gives_what_excel_gives(formula: str, result: Value) -> None:
    assert reckoned(formula) == result
    assert type(reckoned(formula)) is type(result)


@pytest.mark.parametrize(
    "formula",
    ["VLOOKUP(A1,A1:B9,2)", "JUMLAH_SAH", "[1]Lembar1!A1", "A1:A3", "{1,2}", "SUM(A1", "A1 A2", 'COUNTIF(A1:A8,">3")',
     "2^3", "Tabel[L]", "", "TODAY()", "A0", "(" * (MOST_NESTED + 1) + "1" + ")" * (MOST_NESTED + 1)],
)  # fmt: skip
def test_what_is_not_known_is_never_guessed(formula: str) -> None:
    with pytest.raises(FormulaUnknown):
        reckoned(formula)


def test_a_shared_formula_moves_with_its_cell() -> None:
    assert reckoned("C21", Formula("A1+$A$2+A$1", 1, 0)) == 7 + 7 + 5


def test_a_chain_of_formulas_is_reckoned_however_long() -> None:
    formulas = {("S", n, 3): Formula(f"C{n - 1}+1") for n in range(2, 5000)}
    assert Reckoning({"S": {(1, 3): 0}}, formulas).value(("S", 4999, 3)) == 4998
    terms = "+".join(["A1"] * 1500)
    assert reckoned(terms) == 7500


def test_a_circle_is_not_reckoned() -> None:
    for circle in ("C20", "SUM(C1:C30)"):
        with pytest.raises(FormulaUnknown, match="dirinya"):
            reckoned(circle)
    with pytest.raises(FormulaUnknown, match="dirinya"):
        reckoned("C21", Formula("C20+1"))


@given(st.text(alphabet="A1B2$:!'\"()+-*/,;=<>&% {}[]SUMIF.x", max_size=60))
def test_no_text_does_worse_than_not_known(text: str) -> None:
    try:
        parse_formula(text)
        reckoned(text)
    except FormulaUnknown:
        pass


def test_a_range_over_a_nearly_empty_sheet_takes_room_for_its_cells_only() -> None:
    cells = {"S": {(1, 1): 1, (20_000, 2_000): 2, (5, 5): 4}}
    formulas = {("S", 9, 9): Formula("2+2"), ("S", 20_001, 1): Formula("SUM(A1:BXX20000)")}
    tracemalloc.start()
    try:
        assert Reckoning(cells, formulas).value(("S", 20_001, 1)) == 11
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
