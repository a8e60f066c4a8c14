from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pleno.domain.contest import Choice, Contest
from pleno.domain.diagnose import Label, diagnose, label_of
from pleno.importers.profile import load_profile


@pytest.mark.parametrize(
    ("wrong", "right", "label"),
    [
        (173, 137, Label.TERTUKAR_DIGIT),
        (13, 31, Label.TERTUKAR_DIGIT),
        (517, 17, Label.DIGIT_DEPAN),
        (17, 817, Label.DIGIT_DEPAN),
        (170, 17, Label.GESER),
        (17, 174, Label.GESER),
        (38, 33, Label.DIGIT_1),
        (13, 23, Label.DIGIT_1),
        (6, 5, Label.DIGIT_1),
        (10, 9, Label.SATU_ANGKA),
        (95, 105, Label.SELISIH_PULUHAN),
        (90, 190, Label.DIGIT_DEPAN),
        (250, 50, Label.DIGIT_DEPAN),
        (71, 149, Label.LAIN),
        (641, 19, Label.LAIN),
        (317, 731, Label.LAIN),
    ],
)
def test_label_of_a_difference(wrong: int, right: int, label: Label) -> None:
    assert label_of(wrong, right) is label


@given(st.integers(1, 999), st.integers(1, 999))
def test_every_difference_has_a_label(wrong: int, right: int) -> None:
    assert label_of(wrong, right) in Label


@pytest.mark.parametrize(
    ("row", "aid", "paper", "expected"),
    [
        ("suara.1", {"suara.1": 0}, {"suara.1": 137}, (Label.KOSONG, False, False)),
        ("suara.1", {"suara.1": 138}, {"suara.1": 133}, (Label.DIGIT_1, True, False)),
        ("suara.1", {"suara.1": 151}, {"suara.1": 131}, (Label.DIGIT_1, False, False)),
        ("suara.1", {"suara.1": 641}, {"suara.1": 19, "pengguna_total_j": 186}, (Label.LAIN, False, True)),
        (
            "suara.1",
            {"suara.1": 17, "suara.2": 124},
            {"suara.1": 124, "suara.2": 17},
            (Label.BARIS_TERTUKAR, False, False),
        ),
        (
            "pengguna_dpt_l",
            {"pengguna_dpt_l": 73, "pengguna_dpt_p": 62},
            {"pengguna_dpt_l": 62, "pengguna_dpt_p": 73},
            (Label.L_P_TERTUKAR, False, False),
        ),
    ],
)  # fmt: skip
def test_diagnosis_in_its_form(
    contest: Contest, row: str, aid: dict[str, int], paper: dict[str, int], expected: tuple[Label, bool, bool]
) -> None:
    assert diagnose(contest, contest.by_name[row], aid, paper) == expected


def test_nothing_to_say_where_figures_agree_or_are_missing(contest: Contest) -> None:
    row = contest.by_name["suara.1"]
    assert diagnose(contest, row, {"suara.1": 5}, {"suara.1": 5}) is None
    assert diagnose(contest, row, {}, {"suara.1": 5}) is None
    assert diagnose(contest, row, {"suara.1": 5}, {}) is None


def _block(*figures: int) -> dict[str, int]:
    return {f"suara.{number}": figure for number, figure in enumerate(figures, 1)}


@pytest.mark.parametrize(
    ("aid", "paper", "shifted"),
    [
        ((7, 41, 53, 68, 90), (41, 53, 68, 90, 12), {2, 3, 4, 5}),
        ((53, 68, 90, 12, 3), (41, 53, 68, 90, 12), {1, 2, 3, 4}),
        ((9, 41, 53, 90, 12), (41, 53, 77, 90, 12), set()),
        ((5, 5, 5, 5, 6), (5, 5, 5, 6, 5), {4, 5}),
    ],
)
def test_a_block_that_slipped_by_a_row(aid: tuple[int, ...], paper: tuple[int, ...], shifted: set[int]) -> None:
    """Three rows with three figures and more; two rows that hold each other's figure are a swap."""
    form = Contest(load_profile("pemilu2024-ppwp"), tuple(Choice(number, f"CALON {number}") for number in range(1, 6)))
    found = {
        number
        for number in range(1, 6)
        if (one := diagnose(form, form.by_name[f"suara.{number}"], _block(*aid), _block(*paper)))
        and one.label is Label.BARIS_TERTUKAR
    }
    assert found == shifted
