"""Pages of columns and the sums carried between them (DOMAIN.md 5.3)."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from pleno.exporters.columns import FIRST_VALUE_COLUMN, Column, ColumnKind, columns, page_ends

figures = st.lists(st.integers(0, 999), min_size=1, max_size=60)


def paper_sums(pages: list[list[Column]], items: list[int]) -> dict[int, int]:
    """What each column shows, reckoned by the definition of its kind and nothing else."""
    shown: dict[int, int] = {}
    for page in pages:
        for column in page:
            if column.item is not None:
                shown[column.at] = items[column.item]
            else:
                first, last = column.addends
                shown[column.at] = sum(shown[at] for at in range(first, last + 1))
    return shown


@settings(max_examples=200)
@given(figures, st.integers(3, 20))
def test_every_page_carries_on_to_the_plain_sum(items: list[int], per_page: int) -> None:
    pages = columns(len(items), per_page)
    every = [column for page in pages for column in page]
    assert [column.at for column in every] == list(range(FIRST_VALUE_COLUMN, FIRST_VALUE_COLUMN + len(every)))
    assert [column.item for column in every if column.item is not None] == list(range(len(items)))
    assert all(len(page) <= per_page for page in pages)
    shown = paper_sums(pages, items)
    assert shown[every[-1].at] == sum(items)
    for page, following in pairwise(pages):
        done = max(column.item for column in page if column.item is not None)
        assert page[-1].kind is ColumnKind.CARRIED_OUT
        assert following[0].kind is ColumnKind.CARRIED_IN
        assert shown[page[-1].at] == shown[following[0].at] == sum(items[: done + 1])
    assert [column.kind for column in every].count(ColumnKind.TOTAL) == 1
    assert page_ends(pages) == [page[-1].at for page in pages[:-1]]


@settings(max_examples=200)
@given(st.integers(1, 60), st.integers(3, 20))
def test_no_page_is_opened_for_nothing(items: int, per_page: int) -> None:
    for page in columns(items, per_page):
        assert any(column.kind is ColumnKind.VALUE for column in page)


def test_a_desa_of_23_tps_on_pages_of_ten() -> None:
    assert [[column.item for column in page] for page in columns(23, 10)] == [
        [0, 1, 2, 3, 4, 5, 6, 7, 8, None],
        [None, 9, 10, 11, 12, 13, 14, 15, 16, None],
        [None, 17, 18, 19, 20, 21, 22, None],
    ]
