"""Section IV of a form: paslon, calon DPD, parties with their candidates."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pleno.domain.compare import TpsFile
from pleno.domain.contest import Choice, Contest, ContestKind, check_choices
from pleno.domain.errors import PlenoError
from pleno.domain.figures import PLANO
from pleno.domain.recap import DesaRecap, Recap, margin, margin_within
from pleno.domain.state import Desa, Reading, Settlement, Tps
from pleno.importers.profile import load_profile

PARTY_PROFILE = replace(load_profile("pemilu2024-ppwp"), id="pemilu2024-uji", kind=ContestKind.PARTAI)
CHOICES = (
    Choice(2, "CITRA", partai=1),
    Choice(3, "PARTAI TIGA"),
    Choice(1, "BUDI", partai=1),
    Choice(1, "PARTAI SATU"),
    Choice(1, "DEWI", partai=3),
)
PARTIES = Contest(PARTY_PROFILE, check_choices(PARTY_PROFILE, CHOICES))


def test_the_rows_of_a_party_follow_the_paper() -> None:
    rows = next(section.rows for section in PARTIES.sections if section.code == "IV")
    assert [(row.code, row.name) for row in rows] == [
        ("IV.1.A.1", "suara_partai.1"),
        ("IV.1.A.2.1", "suara_calon.1.1"),
        ("IV.1.A.2.2", "suara_calon.1.2"),
        ("IV.1.B", "suara_partai_total.1"),
        ("IV.3.A.1", "suara_partai.3"),
        ("IV.3.A.2.1", "suara_calon.3.1"),
        ("IV.3.B", "suara_partai_total.3"),
    ]
    assert rows[1].label == "01 BUDI"
    assert rows[3].label == "JUMLAH SUARA SAH PARTAI 01 DAN CALON (A.1 + A.2)"
    assert PARTIES.find("iv.03.a.2.01").name == "suara_calon.3.1"


def test_suara_sah_is_the_sum_of_the_party_totals_and_each_ballot_counts_once() -> None:
    assert PARTIES.votes == ("suara_partai_total.1", "suara_partai_total.3")
    assert list(PARTIES.ballot_rows) == [
        "suara_partai.1", "suara_calon.1.1", "suara_calon.1.2", "suara_partai.3", "suara_calon.3.1",
    ]  # fmt: skip
    assert PARTIES.ballot_rows["suara_calon.1.2"] == Choice(2, "CITRA", partai=1)
    assert [choice.number for choice in PARTIES.contestants] == [1, 3]


def test_a_contest_without_parties_has_no_blocks(contest: Contest) -> None:
    assert contest.partai == ()
    assert contest.votes == tuple(contest.ballot_rows) == ("suara.1", "suara.2", "suara.3")
    assert contest.contestants == contest.choices


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ((*CHOICES, Choice(2, "EKO", partai=1)), "2 (partai 1) ada lebih dari sekali"),
        ((*CHOICES, Choice(3, "LAIN")), "Nomor urut 3 ada lebih dari sekali"),
        ((*CHOICES, Choice(1, "EKO", partai=9)), "Calon 1 pada pemilu2024-uji berpartai 9, partai itu tidak ada."),
        ((Choice(1, "SATU"), Choice(1, "BUDI", partai=1)), "baru mempunyai 1 pilihan"),
    ],
)
def test_choices_that_do_not_fit_are_refused(choices: tuple[Choice, ...], said: str) -> None:
    with pytest.raises(PlenoError, match=said.replace("(", r"\(").replace(")", r"\)")):
        check_choices(PARTY_PROFILE, choices)


def test_only_a_party_contest_has_candidates_on_lists(contest: Contest) -> None:
    with pytest.raises(PlenoError, match="bukan kontes partai"):
        check_choices(contest.profile, (*contest.choices, Choice(1, "BUDI", partai=2)))


# --- the safety line ----------------------------------------------------------------------------


def _file(number: int, blocks: dict[int, tuple[int, ...]], settled: bool) -> TpsFile:
    """A TPS whose parties got (own votes, candidate 1, ...)."""
    code = f"3101011001{number:03}"
    figures = {}
    for party, votes in blocks.items():
        figures[f"suara_partai.{party}"] = votes[0]
        figures |= {f"suara_calon.{party}.{n}": count for n, count in enumerate(votes[1:], 1)}
        figures[f"suara_partai_total.{party}"] = sum(votes)
    total = sum(map(sum, blocks.values()))
    figures |= {"suara_sah": total, "suara_tidak_sah": 0, "suara_total": total, "pengguna_total_j": total}
    settlement = Settlement(code, PARTIES.id, None, "op1", 9) if settled else None
    reading = Reading(code, PARTIES.id, PLANO, figures)
    return TpsFile(Tps(code, code[:10], number, dpt_j=100), PARTIES, {PLANO: reading}, settlement=settlement)


def _recap(*files: TpsFile) -> Recap:
    return Recap(PARTIES, [DesaRecap(Desa("3101011001", "DESA"), files)])


def test_parties_are_ranked_by_their_totals_and_candidates_within_their_party() -> None:
    recap = _recap(_file(1, {1: (5, 40, 30), 3: (10, 20)}, True), _file(2, {1: (5, 10, 18), 3: (9, 3)}, True))
    assert margin(recap) == (1, 3, 108 - 42, 0, True, 0)
    assert margin_within(recap) == (1, 2, 50 - 48, 0, True, 1)


def test_an_unread_tps_may_turn_candidates_while_the_parties_stay() -> None:
    unread = TpsFile(Tps("3101011001003", "3101011001", 3, dpt_j=10), PARTIES, {})
    recap = _recap(_file(1, {1: (5, 40, 35), 3: (10, 20)}, True), unread)
    assert margin(recap) == (1, 3, 50, 11, True, 0)
    assert margin_within(recap) == (1, 2, 5, 11, False, 1)


def test_there_is_no_line_within_a_party_where_no_party_has_two_candidates(contest: Contest) -> None:
    assert margin_within(Recap(contest, [])) is None
    alone = Contest(PARTY_PROFILE, check_choices(PARTY_PROFILE, (Choice(1, "SATU"), Choice(3, "TIGA"))))
    assert margin_within(Recap(alone, [])) is None
