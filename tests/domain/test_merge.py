from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pleno.domain.figures import KOSONG, PLANO, SIREKAP, addend
from pleno.domain.merge import merge
from pleno.domain.state import Reading

FIGURES = st.dictionaries(
    st.sampled_from(["suara.1", "suara.2", "suara_sah"]), st.none() | st.just(KOSONG) | st.integers(0, 999)
)
TS = st.sampled_from([None, "2024-02-16 10:00:00", "2024-02-17 10:00:00"])


def _reading(source: str, figures: dict, ts: str | None) -> Reading:
    return Reading("3101011001001", "pemilu2024-ppwp", source, figures, ts=ts)


@given(FIGURES, FIGURES, TS, TS)
def test_nothing_unread_ever_erases(standing: dict, given_: dict, old: str | None, new: str | None) -> None:
    for source in (SIREKAP, PLANO):
        found = merge(_reading(source, standing, old), given_, new)
        assert None not in [after for _before, after in found.changes.values()]
        assert all(standing.get(row) == before for row, (before, _after) in found.changes.items())


@given(FIGURES, FIGURES)
def test_a_file_never_takes_a_figure_of_the_paper_away(standing: dict, given_: dict) -> None:
    found = merge(_reading(PLANO, standing, None), given_, None)
    assert all(standing.get(row) is None for row in found.changes)
    assert set(found.rivals) == {
        row
        for row, figure in given_.items()
        if None not in (figure, standing.get(row)) and addend(figure) != addend(standing[row])
    }


@given(FIGURES, FIGURES, TS, TS)
def test_an_older_object_is_ignored_whole(standing: dict, given_: dict, old: str | None, new: str | None) -> None:
    found = merge(_reading(SIREKAP, standing, old), given_, new)
    assert found.stale == (old is not None and new is not None and new < old)
    if found.stale:
        assert (found.changes, found.rivals) == ({}, {})
