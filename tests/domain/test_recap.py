from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pleno.domain.compare import TpsFile
from pleno.domain.contest import Choice, Contest
from pleno.domain.figures import PLANO, SIREKAP
from pleno.domain.recap import DesaRecap, Recap, blocking, margin, sum_of
from pleno.domain.state import Desa, Explanation, Reading, Settlement, Tps
from pleno.importers.profile import load_profile

CONTEST = Contest(load_profile("pemilu2024-ppwp"), tuple(Choice(n, f"PASLON {n}") for n in (1, 2, 3)))
VOTES = st.lists(st.tuples(*[st.integers(0, 99)] * 3, st.booleans()), min_size=1, max_size=12)


def _file(number: int, votes: tuple[int, int, int], settled: bool, waiting: bool = False, dpt: int = 300) -> TpsFile:
    code = f"3101011001{number:03}"
    figures = {f"suara.{n}": votes[n - 1] for n in (1, 2, 3)}
    figures |= {
        "suara_sah": sum(votes),
        "suara_tidak_sah": 0,
        "suara_total": sum(votes),
        "pengguna_total_j": sum(votes),
    }
    rows = frozenset(figures) if waiting else frozenset()
    reading = Reading(code, CONTEST.id, PLANO, figures, waiting=rows)
    settlement = Settlement(code, CONTEST.id, None, "op1", 9) if settled else None
    tps = Tps(code, "3101011001", number, dpt_j=dpt)
    return TpsFile(tps, CONTEST, {PLANO: reading}, settlement=settlement)


def _recap(*files: TpsFile) -> Recap:
    half = len(files) // 2
    parts = [files[:half], files[half:]]
    return Recap(CONTEST, [DesaRecap(Desa(f"310101100{n}", f"DESA {n}"), part) for n, part in enumerate(parts, 1)])


@given(VOTES)
def test_desa_add_up_to_the_kecamatan(votes: list[tuple[int, int, int, bool]]) -> None:
    recap = _recap(*(_file(n, (a, b, c), settled) for n, (a, b, c, settled) in enumerate(votes, 1)))
    assert recap.final == sum_of(desa.final for desa in recap.desa)
    for place in (0, 1, 2):
        row = f"suara.{place + 1}"
        assert recap.final.get(row, 0) == sum(vote[place] for vote in votes if vote[3])
        assert recap.provisional[row] == sum(vote[place] for vote in votes)
    assert recap.complete == all(vote[3] for vote in votes)


def test_a_row_nobody_read_has_no_sum() -> None:
    recap = _recap(_file(1, (1, 2, 3), settled=True))
    assert "surat_diterima" not in recap.final
    assert "suara.1" not in _recap(_file(1, (1, 2, 3), settled=False)).final


def test_safety_line_by_differences_and_by_unread_ballots() -> None:
    settled = [_file(n, (10, 60, 5), True) for n in range(1, 5)]
    assert margin(_recap(*settled)) == (2, 1, 200, 0, True, 0)
    differing = _file(5, (10, 60, 5), False)
    sirekap = Reading(differing.tps.code, CONTEST.id, SIREKAP, {"suara.1": 40, "suara.2": 55})
    differing = replace(differing, readings={**differing.readings, SIREKAP: sirekap})
    assert margin(_recap(*settled, differing)) == (2, 1, 250, 35, True, 0)
    unread = TpsFile(Tps("3101011001006", "3101011001", 6, dpt_j=300), CONTEST, {})
    assert margin(_recap(*settled, unread)) == (2, 1, 200, 306, False, 0)
    waiting = _file(7, (10, 60, 5), False, waiting=True, dpt=100)
    assert margin(_recap(*settled, waiting)) == (2, 1, 250, 60 + 102 - 10, True, 0)


def test_a_tie_is_never_certain_and_nobody_leads_without_votes() -> None:
    tied = margin(_recap(_file(1, (50, 50, 1), True)))
    assert tied is not None
    assert (tied.gap, tied.certain) == (0, False)
    assert margin(_recap(TpsFile(Tps("3101011001001", "3101011001", 1), CONTEST, {}))) is None


def test_a_broken_vote_rule_puts_every_ballot_in_doubt() -> None:
    broken = _file(1, (10, 60, 5), False, dpt=100)
    figures = {**broken.readings[PLANO].figures, "suara_sah": 74}
    broken = replace(broken, readings={PLANO: replace(broken.readings[PLANO], figures=figures)})
    assert [finding.rule for finding in blocking(broken)] == ["R20", "R22"]
    found = margin(_recap(_file(2, (0, 90, 0), True), broken))
    assert found is not None
    assert found.most == 60 + 102 - 10
    explained = [
        Explanation(broken.tps.code, CONTEST.id, f.rule, f.numbers, "tertulis begitu", "ppk1", 5)
        for f in blocking(broken)
    ]
    assert blocking(replace(broken, explanations=explained)) == []
