"""The one table of rules: checks, docs/aturan.md, `pleno periksa` and the tests all read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from pleno.domain.compare import TpsFile
from pleno.domain.contest import Contest
from pleno.domain.figures import KOSONG, Figures
from pleno.domain.rules.finding import Breach, Finding
from pleno.domain.rules.form import CHECKED, R01, R30, R32, R40, R42
from pleno.domain.rules.kecamatan import A01, A02, A03, A06, A07, A08
from pleno.domain.rules.mixup import A04, A05
from pleno.domain.rules.outliers import R41
from pleno.domain.rules.papers import PAPERS
from pleno.domain.rules.rule import Gate, Kecamatan, Numbers, OnForm, OnKecamatan, OnPapers, Papers, Rule
from pleno.domain.rules.shift import A09, A10
from pleno.domain.state import Tps

RULES: Final = (
    R01, *CHECKED, R32, R40, R41, R42, *PAPERS, A01, A02, A03, A04, A05, A06, A07, A08, A09, A10,
)  # fmt: skip
"""DOMAIN.md 3.1 to 3.3, in the order in which they are shown."""

BY_ID: Final = {rule.id: rule for rule in RULES}


# --- one reading ----------------------------------------------------------------------------


class _Compiled(NamedTuple):
    rule: Rule
    check: Callable[[Contest, Numbers], Iterator[Breach]]
    may_break: Gate


@lru_cache(maxsize=64)
def _compiled(contest: Contest) -> tuple[_Compiled, ...]:
    """The rules of a form, worked out once: those whose rows it has."""
    on_form = [(rule, rule.check) for rule in CHECKED if isinstance(rule.check, OnForm)]
    gates = [(rule, on.check, on.gate(contest)) for rule, on in on_form]
    return tuple(_Compiled(rule, check, gate) for rule, check, gate in gates if gate is not None)


def findings(contest: Contest, figures: Figures) -> list[Finding]:
    """Every broken rule of one reading, in the order of the table."""
    found: list[Finding] = []
    numbers: Numbers | None = None
    for rule, check, may_break in _compiled(contest):
        if may_break(figures):
            if numbers is None:
                numbers = counted(contest, figures)
            found += [blanks_told(contest, figures, rule.finding(breach)) for breach in check(contest, numbers)]
    return found


def blanks_told(contest: Contest, figures: Figures, finding: Finding) -> Finding:
    """A finding that also says which of its cells are blank on paper: they count as 0 but are none."""
    blank = [contest.by_name[row].code for row in dict.fromkeys(finding.rows) if figures.get(row) is KOSONG]
    if not blank:
        return finding
    said = f" Kosong di kertas (x), dihitung 0: {', '.join(blank)}."
    return finding._replace(message=finding.message + said, review=finding.review + said)


def tps_findings(file: TpsFile, figures: Figures) -> list[Finding]:
    """`findings` of one reading of a TPS; at a TPS lokasi khusus R32 stands in for R30."""
    found = findings(file.contest, figures)
    if not is_special(file.tps):
        return found
    return [_of_special(file.contest, figures) if one.rule == R30.id else one for one in found]


def is_special(tps: Tps) -> bool:
    """A TPS lokasi khusus: named so in the roster, or numbered like one (DOMAIN.md 11)."""
    return tps.kind == "khusus" or tps.number > 900


def _of_special(contest: Contest, figures: Figures) -> Finding:
    assert isinstance(R32.check, OnForm)
    (breach,) = R32.check.check(contest, counted(contest, figures))
    return R32.finding(breach)


def counted(contest: Contest, figures: Figures) -> Numbers:
    """What was read of the rows this form has, each as it counts in a sum."""
    rows = contest.by_name
    return {
        row: 0 if figure is KOSONG else figure for row, figure in figures.items() if figure is not None and row in rows
    }


# --- across contests, across TPS ---------------------------------------------------------------

Placed: TypeAlias = tuple[Finding, Breach]
"""A finding with the TPS, source or contests that its breach names."""


def papers_findings(papers: Papers) -> list[Placed]:
    """What the papers of one TPS say against each other."""
    if len(papers.figures) < 2:
        return []
    every = ((rule, rule.check) for rule in RULES if isinstance(rule.check, OnPapers))
    return _placed((rule, on.check(papers)) for rule, on in every)


def kecamatan_findings(kecamatan: Kecamatan) -> list[Placed]:
    """What shows only when all TPS of a contest are looked at."""
    every = ((rule, rule.check) for rule in RULES if isinstance(rule.check, OnKecamatan))
    return _placed((rule, on.check(kecamatan)) for rule, on in every)


def _placed(every: Iterable[tuple[Rule, Iterable[Breach]]]) -> list[Placed]:
    return [(rule.finding(breach), breach) for rule, breaches in every for breach in breaches]
