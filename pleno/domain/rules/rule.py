"""The shape of a rule: one record with everything that is said and done about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from pleno.domain.compare import TpsFile
from pleno.domain.contest import Contest
from pleno.domain.figures import Figures
from pleno.domain.rules.finding import Breach, Finding, Scope, Severity

Numbers: TypeAlias = Mapping[str, int]
"""Canonical row to what it counts; a row that is missing was not read, or the form has none."""

Gate: TypeAlias = Callable[[Figures], bool]
"""Whether a reading may break a rule: quick, never False where it does."""


class Kecamatan(NamedTuple):
    """One contest with all of its TPS."""

    contest: Contest
    files: Sequence[TpsFile]
    """In reading order, desa by desa."""
    names: Mapping[str, str]
    """TPS code -> "TPS 004 PULAU PANGGANG"."""


class Papers(NamedTuple):
    """The papers of one TPS, one of each contest."""

    contests: Mapping[str, Contest]
    """By profile id, in reading order."""
    figures: Mapping[str, Figures]
    """By profile id; of one and the same source."""


class OnForm(NamedTuple):
    """Looks at one reading. A row that was not read, or that the form has not, keeps it silent."""

    check: Callable[[Contest, Numbers], Iterator[Breach]]
    """The rule itself."""
    gate: Callable[[Contest], Gate | None]
    """Compiles the rule for a form; None where the form has no row of it."""
    scope: Scope = Scope.TPS


class OnPapers(NamedTuple):
    """Looks at the papers that one TPS has for several contests."""

    check: Callable[[Papers], Iterator[Breach]]
    scope: Scope = Scope.KONTES


class OnKecamatan(NamedTuple):
    """Looks at all TPS of one contest."""

    check: Callable[[Kecamatan], Iterator[Breach]]
    scope: Scope = Scope.KECAMATAN


class Enforced(NamedTuple):
    """Nothing that breaks it can be recorded: the program refuses it, or never types but computes it."""

    where: str
    """Indonesian: which part of the program sees to it."""
    proof: str
    """The test that shows it: "tests/importers/test_limits.py::test_name"."""
    scope: Scope


class NotCaptured(NamedTuple):
    """The program holds no figure that it could be checked with."""

    why: str
    """Indonesian."""
    scope: Scope


@dataclass(frozen=True)
class Rule:
    """One line of the rule table (DOMAIN.md 3.1 to 3.3)."""

    id: str
    severity: Severity
    formula: str
    """As in DOMAIN.md, in canonical row names."""
    rows: tuple[str, ...]
    """The rows it marks; x, c and N stand for what varies."""
    operator: str
    """The operator's sentence; the {names} are filled in by what was found."""
    reviewer: str
    """The reviewer's sentence, likewise."""
    check: OnForm | OnPapers | OnKecamatan | Enforced | NotCaptured

    @property
    def scope(self) -> Scope:
        return self.check.scope

    def finding(self, breach: Breach) -> Finding:
        """A breach of this rule with its sentences."""
        told = {**breach.told, "angka": breach.numbers}
        return Finding(
            self.id,
            self.severity,
            breach.rows,
            breach.numbers,
            self.operator.format_map(told),
            self.reviewer.format_map(told),
        )
