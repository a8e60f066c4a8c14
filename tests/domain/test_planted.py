"""Slips planted with a seed into made-up papers of parties: every one is found, and nothing else is."""

from __future__ import annotations

import random
from collections.abc import Iterator

from domain.forms import consistent_forms
from domain.test_rule_table import DPR, PPWP
from hypothesis import given
from hypothesis import strategies as st

from bench import kecamatan
from pleno.domain.compare import TpsFile
from pleno.domain.contest import Contest
from pleno.domain.figures import PLANO, SIREKAP
from pleno.domain.repair import repairs
from pleno.domain.rules import Kecamatan, Severity, findings, kecamatan_findings
from pleno.domain.state import Reading, Tps

SEED = 4
(FORM,) = (form for form in kecamatan.pemilu() if form.id == "pemilu2024-pdpr")


def papers(count: int, random_: random.Random) -> Iterator[tuple[Tps, dict[str, int]]]:
    for number in range(1, count + 1):
        yield Tps(f"3101011001{number:03}", "3101011001", number), kecamatan.paper(FORM, random_)


def test_every_planted_error_of_a_party_is_found_by_r21_and_its_figure_proposed() -> None:
    random_ = random.Random(SEED)
    for _tps, paper in papers(120, random_):
        assert findings(FORM, paper) == []
        partai = random_.choice(FORM.partai)
        row = random_.choice((partai.votes, *partai.calon_rows))
        right = paper[row]
        paper[row] += random_.choice((1, 2, 5, 10, 100))
        found = findings(FORM, paper)
        broken = [finding for finding in found if finding.rule in ("R20", "R21")]
        assert [(finding.rule, finding.rows[0]) for finding in broken] == [("R21", partai.total)]
        proposed = {(change.row.name, change.after) for repair in repairs(FORM, paper, {}) for change in repair.changes}
        assert (row, right) in proposed


def test_a_wrong_total_of_a_party_is_the_one_cell_that_mends_r20_and_r21() -> None:
    random_ = random.Random(SEED)
    for _tps, paper in papers(40, random_):
        partai = random_.choice(FORM.partai)
        right = paper[partai.total]
        paper[partai.total] += random_.choice((1, 10, 100))
        assert {finding.rule for finding in findings(FORM, paper)} >= {"R20", "R21"}
        (only,) = repairs(FORM, paper, {})
        assert [(change.row.name, change.after) for change in only.changes] == [(partai.total, right)]


def test_every_planted_shift_is_found_though_no_sum_shows_it() -> None:
    random_ = random.Random(SEED)
    files, planted = [], {}
    for tps, paper in papers(150, random_):
        other = dict(paper)
        if tps.number % 3:
            rows = _shift(tps.number % 3, other, random_)
            if other != paper:
                planted[tps.code] = ("A09" if tps.number % 3 == 1 else "A10", rows)
        assert findings(FORM, other) == []
        readings = {source: Reading(tps.code, FORM.id, source, figures) for source, figures in
                    ((PLANO, paper), (SIREKAP, other))}  # fmt: skip
        files.append(TpsFile(tps, FORM, readings))
    names = {file.tps.code: file.tps.code for file in files}
    found = kecamatan_findings(Kecamatan(FORM, files, names))
    shifts = {breach.tps[0].code: (finding.rule, set(finding.rows)) for finding, breach in found
              if finding.rule in ("A09", "A10")}  # fmt: skip
    assert len(planted) > 50
    assert shifts == planted


def _shift(kind: int, figures: dict[str, int], random_: random.Random) -> set[str]:
    """Move votes inside one party (1), or between candidates of two parties with their totals (2)."""
    one, other = random_.sample(FORM.partai, 2)
    if kind == 1:
        moved = figures[one.votes]
        figures[one.votes], figures[one.calon_rows[0]] = 0, figures[one.calon_rows[0]] + moved
        return {one.votes, one.calon_rows[0]}
    taken, given_ = one.calon_rows[1], other.calon_rows[2]
    moved = figures[taken]
    for row, change in ((taken, -moved), (one.total, -moved), (given_, moved), (other.total, moved)):
        figures[row] += change
    return {taken, given_}


# --- what a change of one cell shows -----------------------------------------------------------


@given(consistent_forms(PPWP), st.data())
def test_one_changed_cell_breaks_a_hard_rule_or_shows_in_the_comparison(
    form: dict[str, int], data: st.DataObject
) -> None:
    assert [finding for finding in findings(PPWP, form) if finding.severity is Severity.KERAS] == []
    row = data.draw(st.sampled_from([row.name for row in PPWP.rows]))
    figure = data.draw(st.integers(0, 999).filter(lambda figure: figure != form[row]))
    changed = {**form, row: figure}
    hard = [finding for finding in findings(PPWP, changed) if finding.severity is Severity.KERAS]
    # Every row of this form stands in a sum, so nothing passes; the comparison shows it in any case.
    assert hard
    assert _differing(PPWP, form, changed) == {row}


@given(consistent_forms(PPWP), st.integers(1, 50))
def test_a_change_that_keeps_every_sum_is_shown_by_the_comparison(form: dict[str, int], moved: int) -> None:
    moved = min(moved, form["suara.1"])
    changed = {**form, "suara.1": form["suara.1"] - moved, "suara.2": form["suara.2"] + moved}
    assert [finding for finding in findings(PPWP, changed) if finding.severity is Severity.KERAS] == []
    assert _differing(PPWP, form, changed) == ({"suara.1", "suara.2"} if moved else set())


@given(st.data())
def test_one_changed_cell_of_a_party_form_breaks_a_hard_rule(data: st.DataObject) -> None:
    form = kecamatan.paper(DPR, random.Random(data.draw(st.integers(0, 99))))
    row = data.draw(st.sampled_from([row.name for row in DPR.rows]))
    changed = {**form, row: form[row] + data.draw(st.integers(1, 50))}
    assert [finding for finding in findings(DPR, changed) if finding.severity is Severity.KERAS]


def _differing(contest: Contest, plano: dict[str, int], sirekap: dict[str, int]) -> set[str]:
    tps = Tps("3101011001001", "3101011001", 1)
    readings = {source: Reading(tps.code, contest.id, source, figures) for source, figures in
                ((PLANO, plano), (SIREKAP, sirekap))}  # fmt: skip
    return {cell.row.name for cell in TpsFile(tps, contest, readings).differing}
