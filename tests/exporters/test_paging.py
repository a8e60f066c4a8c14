"""Which lines stand on which printed page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pleno.exporters.layout import PAPERS
from pleno.exporters.paging import READABLE, Frame, Line, Room, Starts, fitted, height_of, page_starts

FRAME = Frame(width=130, above=100, head=50, foot=30)


def line(again: str = "", height: float = 10) -> Line:
    return Line(height, lambda row: None, again)


def table(*sizes: Sequence[int], again: str = "") -> list[list[list[Line]]]:
    """Sections of blocks of so many lines of 10 points."""
    return [[[line(again) for _ in range(size)] for size in section] for section in sizes]


def no_more(_: str) -> float:
    return 0


def pages_of(sections: Sequence[Sequence[Sequence[Line]]], starts: Starts) -> list[list[Line]]:
    pages: list[list[Line]] = [[]]
    for s, section in enumerate(sections):
        for b, block in enumerate(section):
            for n, one in enumerate(block):
                if (s, b, n) in starts:
                    pages.append([])
                pages[-1].append(one)
    return pages


@pytest.mark.parametrize(
    ("sections", "first", "later", "starts"),
    [
        pytest.param(table([3], [4]), 70, 100, set(), id="all on one page"),
        pytest.param(table([3], [4], [3]), 90, 100, {(1, 0, 0)}, id="the votes begin the second page"),
        pytest.param(table([3], [4], [8]), 90, 100, {(1, 0, 0), (2, 0, 0)}, id="what fits a page stays whole"),
        pytest.param(table([3], [5, 5, 5]), 90, 100, {(1, 0, 0), (1, 2, 0)}, id="parties stay whole"),
        pytest.param(table([3], [5, 12]), 90, 100, {(1, 0, 0), (1, 1, 0), (1, 1, 10)}, id="too long for any page"),
        pytest.param(table([12], [2]), 90, 100, {(0, 0, 9), (1, 0, 0)}, id="too much before the votes"),
    ],
)  # fmt: skip
def test_where_pages_begin(
    sections: list[list[list[Line]]], first: float, later: float, starts: set[tuple[int, int, int]]
) -> None:
    assert page_starts(sections, Room(first, later), 1, no_more) == starts


def test_what_is_repeated_takes_room() -> None:
    sections = table([1], [1] * 12, again="DATA PEROLEHAN SUARA")
    thirty: Callable[[str], float] = lambda text: 30 if text else 0  # noqa: E731  # a page that begins in between
    assert page_starts(sections, Room(100, 100), 1, thirty) == {(1, 0, 0), (1, 7, 0)}


@given(
    st.lists(st.lists(st.integers(1, 30), min_size=1, max_size=12), min_size=2, max_size=6),
    st.integers(40, 300),
    st.integers(100, 400),
)
def test_every_page_holds_its_lines_and_tears_nothing_it_could_hold(
    sizes: list[list[int]], first: int, later: int
) -> None:
    sections = table(*sizes)
    starts = page_starts(sections, Room(first, later), 1, no_more)
    head, *others = pages_of(sections, starts)
    assert height_of(head) <= first
    assert all(page and height_of(page) <= later for page in others)
    torn = {(s, b) for s, b, n in starts if n}
    for s, b in torn:
        assert height_of(sections[s][b]) > min(first, later)


@pytest.mark.parametrize("paper", PAPERS)
def test_letters_stay_readable_and_grow_where_that_costs_no_page(paper: str) -> None:
    few, many = table([5], [5]), table([30], [15] * 18)
    assert fitted(few, PAPERS[paper], FRAME, 1, no_more) == (100, frozenset())
    scale, starts = fitted(many, PAPERS[paper], FRAME, 1, no_more)
    assert READABLE <= scale <= 100
    assert (1, 0, 0) in starts


def test_many_columns_alone_make_letters_smaller() -> None:
    scale, _ = fitted(table([30], [200]), PAPERS["A4"], FRAME._replace(width=250), 1, no_more)
    assert scale == int(100 * 277 / 500)
