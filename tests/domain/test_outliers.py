"""R41 by kind: what is unusual in a kecamatan, at its threshold and just below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pleno.domain.compare import TpsFile
from pleno.domain.contest import Choice, Contest
from pleno.domain.figures import KOSONG, PLANO, SIREKAP, Figure
from pleno.domain.rules import Kecamatan, Severity, kecamatan_findings
from pleno.domain.state import Reading, Tps
from pleno.importers.profile import load_profile

PPWP = Contest(load_profile("pemilu2024-ppwp"), tuple(Choice(number, f"PASLON {number}") for number in (1, 2, 3)))
Paper = dict[str, Figure]


def paper(*votes: Figure, invalid: int = 0, came: int = 0, listed: int = 0) -> Paper:
    valid = sum(vote for vote in votes if isinstance(vote, int))
    rows: Paper = {f"suara.{number}": vote for number, vote in enumerate(votes, 1)}
    rows |= {"suara_sah": valid, "suara_tidak_sah": invalid, "suara_total": valid + invalid}
    return rows | ({"pengguna_dpt_j": came, "pemilih_dpt_j": listed} if listed else {})


def unusual(papers: Sequence[Paper], contest: Contest = PPWP, source: str = PLANO) -> list[tuple[str, list[int]]]:
    """The formula of each finding, and the TPS it names."""
    files = [
        TpsFile(tps, contest, {source: Reading(tps.code, contest.id, source, figures)} if figures else {})
        for number, figures in enumerate(papers, 1)
        for tps in [Tps(f"3101011001{number:03}", "3101011001", number)]
    ]
    names = {file.tps.code: f"TPS {file.tps.number:03}" for file in files}
    found = [one for one in kecamatan_findings(Kecamatan(contest, files, names)) if one[0].rule == "R41"]
    assert all(finding.severity is Severity.INFO for finding, _breach in found)
    return [(finding.numbers, [tps.number for tps in breach.tps]) for finding, breach in found]


@pytest.mark.parametrize(
    ("usual", "odd", "numbers"),
    [
        (paper(45, 40, 5, invalid=10), paper(45, 40, 4, invalid=10), "10 / 99 > 10%"),
        (paper(45, 40, 5, came=98, listed=100), paper(45, 40, 5, came=99, listed=100), "99 / 100 > 98%"),
        (paper(45, 40, 5, came=0, listed=0), paper(45, 40, 5, came=100, listed=100), "100 / 100 > 98%"),
        (paper(1, 0, 99), paper(0, 0, 100), "100 / 100 >= 100%"),
        (paper(0, 0, 1, invalid=0) | {"suara_sah": 2}, paper(0, KOSONG, 0), "semua suara = 0"),
    ],
)
def test_one_tps_at_a_threshold(usual: Paper, odd: Paper, numbers: str) -> None:
    assert unusual([usual]) == []
    assert unusual([odd]) == [(numbers, [1])]


def test_an_unread_vote_says_nothing_of_all_votes() -> None:
    assert unusual([paper(None, 0, 0) | {"suara_sah": 0}]) == []


def test_three_times_the_median_of_the_desa() -> None:
    usual = [paper(50 + number, 40 - number, 8, invalid=2) for number in (0, 1, 2)]
    assert unusual([*usual, paper(50, 40, 4, invalid=6)]) == []
    assert unusual([*usual, paper(50, 40, 3, invalid=7)]) == [("7 / 100 > 3 x median desa 2,0%", [4])]


def test_neighbours_with_the_same_votes_of_a_choice() -> None:
    alike = [paper(20, 31 + number, 7 + number) for number in range(4)]
    assert unusual(alike) == [("4 x 20", [1, 2, 3, 4])]
    assert unusual(alike[:3]) == []
    assert unusual([alike[0], alike[1], paper(21, 33, 9), alike[2], alike[3]]) == []
    assert unusual([paper(19, 31 + number, 7 + number) for number in range(4)]) == []
    assert unusual([*alike[:2], {}, *alike[2:]]) == []


def test_last_digits_that_are_not_spread() -> None:
    spread = [paper(110 + number % 10, 120 + (number + 3) % 10, 130 + (number * 3) % 10) for number in range(40)]
    assert [numbers for numbers, _tps in unusual(spread) if numbers.startswith("khi")] == []
    bunched = [paper(110 + number % 10, 125 + 10 * (number % 3), 145 + 10 * (number % 2)) for number in range(40)]
    (numbers,) = [numbers for numbers, _tps in unusual(bunched) if numbers.startswith("khi")]
    assert numbers.endswith("> 28")
    few = [one for one in unusual(bunched[:33]) if one[0].startswith("khi")]
    assert few == []
    small = [
        {row: figure - 100 if row.startswith("suara.") else figure for row, figure in one.items()} for one in bunched
    ]
    assert [numbers for numbers, _tps in unusual(small) if numbers.startswith("khi")] == []


def test_a_profile_sets_its_own_thresholds() -> None:
    own = Contest(replace(PPWP.profile, thresholds={"R41": {"tidak_sah_permil": 50}}), PPWP.choices)
    assert unusual([paper(50, 40, 4, invalid=6)], own) == [("6 / 100 > 5%", [1])]


def test_sirekap_stands_for_a_tps_without_plano() -> None:
    assert unusual([paper(0, 0, 100)], source=SIREKAP) == [("100 / 100 >= 100%", [1])]
    assert unusual([paper(0, 0, 100)], source="salinan:1") == []
