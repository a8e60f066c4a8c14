"""The sums of a form as equations in its rows, and what two of its cells would have to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple, TypeAlias

from pleno.domain.contest import Contest
from pleno.domain.identities import Identity, Limit, identities, limits
from pleno.domain.rules import RULES, Severity
from pleno.domain.rules.rule import Gate
from pleno.domain.rules.shapes import sum_gate

Column: TypeAlias = tuple[tuple[int, int], ...]
"""In which sums a row stands, by number: 1 as the whole, -1 as a part. Rows that share it are alike."""


class Equations(NamedTuple):
    """What a form asks of its rows."""

    sums: tuple[tuple[str, Identity], ...]
    """Rule id and identity; the place is the number of the sum."""
    columns: Mapping[str, Column]
    limits: Mapping[str, Sequence[Limit]]
    """Row -> the hard limits it stands in."""
    may_break: Gate
    """Whether a sum of a reading may not agree; quick."""
    alike: Mapping[Column, Sequence[str]]
    """The rows that stand in the same sums."""
    places: Mapping[str, int]
    """Row -> its place on the paper."""


@lru_cache(maxsize=64)
def equations(contest: Contest) -> Equations:
    """The equations of a form, worked out once."""
    sums = tuple((rule, identity) for rule, found in identities(contest).items() for identity in found)
    columns: dict[str, Column] = {}
    for number, (_rule, identity) in enumerate(sums):
        for row in (identity.whole, *identity.parts):
            columns[row] = (*columns.get(row, ()), (number, 1 if row == identity.whole else -1))
    hard = {rule.id for rule in RULES if rule.severity is Severity.KERAS}
    by_row: dict[str, list[Limit]] = {}
    for limit in (one for rule, found in limits(contest).items() if rule in hard for one in found):
        for row in limit:
            by_row.setdefault(row, []).append(limit)
    alike: dict[Column, list[str]] = {}
    for row, column in columns.items():
        alike.setdefault(column, []).append(row)
    places = {row.name: place for place, row in enumerate(contest.rows)}
    return Equations(sums, columns, by_row, sum_gate([identity for _rule, identity in sums]), alike, places)


def solved(must: Sequence[tuple[int, int, int]]) -> tuple[int, int] | None:
    """Whole x and y of every a*x + b*y = c.

    None where the equations leave a choice; (0, 0) where they contradict each other.
    """
    for (a, b, c), (d, e, f) in combinations(must, 2):
        if base := a * e - b * d:
            (x, x_rest), (y, y_rest) = divmod(c * e - b * f, base), divmod(a * f - c * d, base)
            fits = not x_rest and not y_rest and all(p * x + q * y == gap for p, q, gap in must)
            return (x, y) if fits else (0, 0)
    return None


def is_shared(must: Sequence[tuple[int, int, int]]) -> bool:
    """Whether the equations say no more than one of them, in which both unknowns stand."""
    a, b, c = next((equation for equation in must if equation[0] and equation[1]), (0, 0, 0))
    return bool(a) and all(a * f == c * d and b * f == c * e for d, e, f in must)
