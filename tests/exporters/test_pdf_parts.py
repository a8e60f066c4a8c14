"""The parts under a printed page: the code's payload, tables cut into pages, PDFs joined."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pleno.exporters.pdf_join import join
from pleno.exporters.pdf_page import Asked, Box, Line, Table, asked, pages_of
from pleno.exporters.pdf_qr import QrPage, base45, from_base45, payload, qr_dots, qr_text, read_qr

SIDIK = hashlib.sha256(b"x").digest()
PAGE = QrPage("310101", "pemilu2024-ppwp", 4, "3101011001", 12, 90, SIDIK, [0, None, 127, 128, 18402])


# --- the code ------------------------------------------------------------------------------------


def test_base45_is_that_of_the_rfc() -> None:
    assert base45(b"AB") == "BB8"
    assert base45(b"Hello!!") == "%69 VD92EX0"
    assert from_base45("QED8WEX0") == b"ietf!"


@given(st.binary(max_size=300))
def test_base45_is_read_back(data: bytes) -> None:
    assert from_base45(base45(data)) == data


@pytest.mark.parametrize("text", ["A", "ABCD", "a12", ":::", "ZZ", "GGW"])
def test_what_is_not_base45_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        from_base45(text)


pages = st.builds(
    QrPage, st.from_regex(r"\A[0-9]{6}\Z"), st.text(max_size=30), st.integers(0, 9999), st.text(max_size=20),
    st.integers(1, 9999), st.integers(1, 9999), st.binary(min_size=32, max_size=32),
    st.lists(st.none() | st.integers(0, 9_999_999), max_size=60),
)  # fmt: skip


@given(pages, st.sampled_from([b"", bytes(range(64))]))
def test_a_code_is_read_back(page: QrPage, signature: bytes) -> None:
    assert read_qr(qr_text(page, signature)) == (page, signature)


def test_the_payload_is_fixed() -> None:
    """What is signed must never change its shape unseen."""
    assert payload(PAGE).hex() == (
        "01" "06333130313031" "0f70656d696c75323032342d70707770" "0a33313031303131303031" + SIDIK.hex()
        + "04" "0c" "5a" "05" "01" "00" "8001" "8101" "e38f01"
    )  # fmt: skip


@pytest.mark.parametrize(
    "spoil", [lambda t: t[1:], lambda t: t[:-3], lambda t: "PLENO1:" + base45(b"\2" + payload(PAGE)[1:])]
)
def test_a_spoiled_code_is_refused(spoil: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_qr(spoil(qr_text(PAGE)))  # type: ignore[operator]


def test_forty_totals_and_a_signature_fit_a_code_that_prints_well() -> None:
    page = PAGE._replace(totals=[18402] * 43)
    side, dots = qr_dots(qr_text(page, bytes(64)))
    assert len(dots) == side * side
    assert 26.5 / side >= 0.36, "millimetres of one dot"


# --- pages ---------------------------------------------------------------------------------------


def table(atoms: list[int], lead: int = 0) -> Table:
    lines = [Line([Box("x")], 5.0, keep=at < size - 1) for size in atoms for at in range(size)]
    head = Line([Box("kepala", "head")], 7.0)
    return Table([50.0], [head], lines, 10, [Line([Box("awal")], 6.0)] * lead)


@given(st.lists(st.integers(1, 6), max_size=60), st.integers(0, 3), st.floats(40, 90))
def test_atoms_stay_whole_and_nothing_is_lost(atoms: list[int], lead: int, room: float) -> None:
    plan = table(atoms, lead)
    pages_ = pages_of(plan, dict.fromkeys(asked(plan), 3.0), room)
    heads, leads = list(plan.heads), list(plan.lead)
    assert pages_[0].lines[: lead + 1] == [*leads, *heads]
    assert all(page.lines[:1] == heads for page in pages_[1:])
    bodies = [page.lines[(lead if page is pages_[0] else 0) + 1 :] for page in pages_]
    assert [line for body in bodies for line in body] == list(plan.lines)
    assert all(not body or not body[-1].keep for body in bodies)
    assert all(sum(page.heights) <= room + 1e-6 for page in pages_)


def test_a_row_is_as_high_as_its_words_and_tall_cells_share_their_rows() -> None:
    lines = [Line([Box("tinggi", "label", down=3), Box("a")]), Line([Box("b")]), Line([Box("c")])]
    plan = Table([20.0, 20.0], [], lines, 10, stretch=False)
    heights = dict.fromkeys(asked(plan), 2.0) | {Asked("tinggi", "label", 10, 20.0): 28.5}
    (page,) = pages_of(plan, heights, 100)
    assert page.heights == pytest.approx([10.0, 10.0, 10.0])


def test_what_the_compiler_does_not_write_is_not_joined() -> None:
    with pytest.raises(ValueError, match="PDF"):
        join([b"%PDF-1.4 x", b"y"])
