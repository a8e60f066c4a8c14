"""The fewest cells whose change would make the sums of one reading agree again (DOMAIN.md 3.4).

A suggestion for people who hold the paper: shown with its reason, never applied. What is unread
is never filled in. The broken sums themselves say by how much a cell must change, so nothing is
tried out: the work grows with the rows of the form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product
from typing import Final, NamedTuple

from pleno.domain.contest import Contest, Row
from pleno.domain.diagnose import Label, is_ocr, label_of
from pleno.domain.equations import Column, equations, is_shared, solved
from pleno.domain.figures import Figure, Figures, Source, addend, shown, source_label
from pleno.domain.identities import Identity

_LIKELY: Final = (Label.DIGIT_1, Label.TERTUKAR_DIGIT, Label.DIGIT_DEPAN)
"""Slips of one cell, the likeliest first: one digit explains two of three real cases (DOMAIN.md 11)."""
_UNLIKELY: Final = (Label.GESER, Label.SATU_ANGKA, Label.SELISIH_PULUHAN, Label.KOSONG, Label.LAIN)
"""What comes after a figure that another reading holds."""
_BEST: Final = 5
"""Of cells that stand in the same sums, so many are tried together with another cell."""


class Replacement(NamedTuple):
    """One cell with the figure that would fit."""

    row: Row
    before: Figure
    after: int
    label: Label
    """What slip would turn `after` into `before`."""
    sources: tuple[Source, ...]
    """Other readings that hold `after` in this cell."""

    @property
    def likelihood(self) -> tuple[int, bool, bool, int, int]:
        """Sort key, the likeliest first; of the same slip, the figure that changes least in proportion."""
        number = addend(self.before) or 0
        if self.label in _LIKELY:
            place = _LIKELY.index(self.label)
        else:
            place = len(_LIKELY) + (0 if self.sources else 1 + _UNLIKELY.index(self.label))
        return place, not self.sources, not is_ocr(number, self.after), abs(number - self.after), -number


class Repair(NamedTuple):
    """One cell, or two that hold only together, and the sums they bring back."""

    changes: tuple[Replacement, ...]
    restores: tuple[tuple[str, Identity], ...]
    """Rule id and identity of every sum that is broken and would agree."""

    @property
    def reason(self) -> str:
        """One sentence with the cells, their figures, the rules that would hold and what speaks for it."""
        cells = " dan ".join(
            f"{change.row.code} {shown(change.after)} (tertulis {shown(change.before)})" for change in self.changes
        )
        rules = ", ".join(dict.fromkeys(rule for rule, _identity in self.restores))
        why = "kedua angka itu bertukar tempat" if self.is_swap else "; ".join(map(_why, self.changes))
        return f"{rules} akan cocok bila {cells}: {why}."

    @property
    def is_swap(self) -> bool:
        """Each of two cells would take the other's figure: rows, or L and P, were swapped."""
        first, last = self.changes[0], self.changes[-1]
        return len(self.changes) == 2 and (first.after, last.after) == (addend(last.before), addend(first.before))

    def mends(self, rule: str, rows: Sequence[str]) -> bool:
        """Whether it brings back the sum that a finding of this rule marks."""
        return any(rule == one and tuple(rows) == (sum_.whole, *sum_.parts) for one, sum_ in self.restores)


def repairs(contest: Contest, figures: Figures, others: Mapping[Source, Figures]) -> list[Repair]:
    """The smallest repairs of a reading, the likeliest first; `others` are the other readings of the same TPS.

    Sums that are broken apart from each other are repaired apart from each other. Each repair brings back all
    broken sums that hang together, by one cell or else by two, and leaves every other sum and hard limit as it
    was. Where three cells would be needed, or where nothing says how to share a gap between two, there is none.
    """
    if not equations(contest).may_break(figures):
        return []
    found = {
        frozenset((change.row.name, change.after) for change in repair.changes): repair
        for repair in _Reading(contest, figures, others).repairs()
    }
    return sorted(found.values(), key=_order)


def _order(repair: Repair) -> tuple[object, ...]:
    likelihoods = sorted((change.likelihood for change in repair.changes), reverse=True)
    return len(repair.changes), not repair.is_swap, likelihoods


class _Reading:
    """One reading as a set of equations; gaps are in people or ballots."""

    def __init__(self, contest: Contest, figures: Figures, others: Mapping[Source, Figures]) -> None:
        self._contest, self._figures, self._others = contest, figures, others
        self._form = equations(contest)
        numbers = ((row, addend(figures.get(row))) for row in self._form.columns)
        self._numbers = {row: number for row, number in numbers if number is not None}
        self._gaps = dict(self._known_gaps())
        self._broken = {number for number, gap in self._gaps.items() if gap}
        self._columns = self._changeable() if self._broken else {}

    def _known_gaps(self) -> Iterator[tuple[int, int]]:
        """Whole minus parts of every sum that is read in full."""
        for number, (_rule, identity) in enumerate(self._form.sums):
            if all(row in self._numbers for row in (identity.whole, *identity.parts)):
                yield number, self._numbers[identity.whole] - sum(self._numbers[row] for row in identity.parts)

    def _changeable(self) -> dict[Column, list[str]]:
        """Rows that were read on the paper, by the sums they stand in."""
        found: dict[Column, list[str]] = {}
        unpublished = self._contest.unpublished
        for column, alike in self._form.alike.items():
            rows = [row for row in alike if row in self._numbers and row not in unpublished]
            if rows:
                found.setdefault(tuple(term for term in column if term[0] in self._gaps), []).extend(rows)
        return found

    @cached_property
    def groups(self) -> list[frozenset[int]]:
        """Broken sums that share a cell, and those that share one with these, belong together."""
        groups = [frozenset({number}) for number in sorted(self._broken)]
        for column in self._columns:
            touched = self._broken.intersection(number for number, _sign in column)
            joined = [group for group in groups if group & touched]
            if len(joined) > 1:
                groups = [group for group in groups if group not in joined] + [frozenset().union(*joined)]
        return groups

    def repairs(self) -> Iterator[Repair]:
        """The smallest repairs of every group; a pair that mends two groups is as small as one cell for each."""
        singles = {group: [one for one in self._alone(group) if self._keeps_limits([one])] for group in self.groups}
        enough = {change for found in singles.values() for change in found}
        for group, found in singles.items():
            yield from map(self._repair, found)
            if not found or len(singles) > 1:
                for changes in self._pairs(group):
                    repair = self._repair(*changes)
                    if not found or (len(repair.restores) > len(group) and not enough.issuperset(changes)):
                        yield repair

    def _pairs(self, group: frozenset[int]) -> Iterator[Sequence[Replacement]]:
        """Two cells that bring a group back, in the order of the paper."""
        for changes in (*self._linked(group), *self._limited(group)):
            if changes[0].row != changes[1].row and self._fits(changes, group) and self._keeps_limits(changes):
                yield sorted(changes, key=self._place)

    def _alone(self, group: frozenset[int]) -> Iterator[Replacement]:
        """Cells that would each bring a group back, whatever the limits say."""
        for column, rows in self._columns.items():
            deltas = {-sign * self._gaps[number] for number, sign in column}
            if len(deltas) == 1 and group.issubset(number for number, _sign in column):
                yield from self._replacements(rows, *deltas)

    def _limited(self, group: frozenset[int]) -> Iterator[tuple[Replacement, ...]]:
        """A cell that keeps the limits only once another group is brought back too."""
        for other in self.groups:
            if other != group:
                yield from product(_best(self._alone(group)), _best(self._alone(other)))

    def _linked(self, group: frozenset[int]) -> Iterator[tuple[Replacement, ...]]:
        """Two cells of which one stands in the smallest sum of a group; one of them must."""
        pivot = min(group, key=lambda number: len(self._form.sums[number][1].parts))
        for one in [column for column in self._columns if any(number == pivot for number, _sign in column)]:
            for other in self._columns:
                yield from self._together(one, other, group)

    def _together(self, one: Column, other: Column, group: frozenset[int]) -> Iterator[tuple[Replacement, ...]]:
        """Changes of a row of each column that together bring a group back."""
        first, second = dict(one), dict(other)
        must = [
            (first.get(number, 0), second.get(number, 0), -self._gaps[number])
            for number in first.keys() | second.keys() | group
            if number in group or number not in self._broken
        ]
        if (deltas := solved(must)) is not None:
            if all(deltas):
                yield from product(
                    self._likeliest(self._columns[one], deltas[0]), self._likeliest(self._columns[other], deltas[1])
                )
        elif is_shared(must):
            yield from self._as_elsewhere(one, other, must)
            if one != other:
                for changes in self._as_elsewhere(other, one, [(b, a, gap) for a, b, gap in must]):
                    yield changes[::-1]

    def _as_elsewhere(
        self, one: Column, other: Column, must: Sequence[tuple[int, int, int]]
    ) -> Iterator[tuple[Replacement, ...]]:
        """A gap that two cells share, where another reading gives the figure of the first."""
        a, b, gap = next(equation for equation in must if equation[0])
        elsewhere = [
            (change, figures)
            for row in self._columns[one]
            for figures in self._others.values()
            if (figure := addend(figures.get(row))) is not None
            for change in self._replacements([row], figure - self._numbers[row])
        ]
        for change, figures in sorted(elsewhere, key=lambda item: item[0].likelihood)[:_BEST]:
            rest = (gap - a * (change.after - self._numbers[change.row.name])) * b
            for second in self._likeliest(self._columns[other], rest):
                if addend(figures.get(second.row.name)) in (None, second.after):
                    yield change, second

    # --- the cells -------------------------------------------------------------------------

    def _likeliest(self, rows: Sequence[str], delta: int) -> list[Replacement]:
        return _best(self._replacements(rows, delta))

    def _replacements(self, rows: Sequence[str], delta: int) -> Iterator[Replacement]:
        """Each of the rows changed by `delta`, where the figure still fits its boxes."""
        for row in rows:
            number = self._numbers[row]
            after = number + delta
            if delta and 0 <= after < 10**self._contest.profile.digits:
                label = label_of(number, after) if number and after else Label.KOSONG
                sources = tuple(source for source, figures in self._others.items() if addend(figures.get(row)) == after)
                yield Replacement(self._contest.by_name[row], self._figures[row], after, label, sources)

    def _keeps_limits(self, changes: Sequence[Replacement]) -> bool:
        """Whether no hard limit that held is broken."""
        after = {change.row.name: change.after for change in changes}
        touched = (limit for row in after for limit in self._form.limits.get(row, ()))
        return all(
            after.get(small, self._numbers[small]) <= after.get(large, self._numbers[large])
            or self._numbers[small] > self._numbers[large]
            for small, large in touched
            if small in self._numbers and large in self._numbers
        )

    def _after(self, changes: Sequence[Replacement]) -> dict[int, int]:
        """The gap that changes leave in every sum they touch."""
        gaps: dict[int, int] = {}
        for change in changes:
            for number, sign in self._form.columns[change.row.name]:
                if number in self._gaps:
                    moved = sign * (change.after - self._numbers[change.row.name])
                    gaps[number] = gaps.get(number, self._gaps[number]) + moved
        return gaps

    def _fits(self, changes: Sequence[Replacement], group: frozenset[int]) -> bool:
        """Whether the group is brought back, each other group as a whole or not at all, and nothing is broken."""
        after = self._after(changes)
        gaps = {number: after.get(number, gap) for number, gap in self._gaps.items()}
        left = {number for number, gap in gaps.items() if gap}
        return (
            left <= self._broken
            and not left & group
            and all(gaps[number] == self._gaps[number] for number in left)
            and all(other <= left or not other & left for other in self.groups)
        )

    def _repair(self, *changes: Replacement) -> Repair:
        mended = sorted(number for number, gap in self._after(changes).items() if not gap and self._gaps[number])
        return Repair(changes, tuple(self._form.sums[number] for number in mended))

    def _place(self, change: Replacement) -> int:
        return self._form.places[change.row.name]


def _best(changes: Iterable[Replacement]) -> list[Replacement]:
    return sorted(changes, key=lambda change: change.likelihood)[:_BEST]


# --- what speaks for a cell ----------------------------------------------------------------------

_WHY: Final = {
    Label.DIGIT_1: "hanya satu digit {code} yang berbeda",
    Label.TERTUKAR_DIGIT: "dua digit {code} yang berdampingan bertukar tempat",
    Label.DIGIT_DEPAN: "{extra} digit depan pada {code}",
    Label.GESER: "{extra} digit belakang pada {code}",
    Label.SATU_ANGKA: "{code} hanya berselisih 1",
    Label.SELISIH_PULUHAN: "{code} berselisih bulat {gap}",
    Label.KOSONG: "{zero}",
    Label.LAIN: "{code} berbeda tanpa pola yang dikenal",
}


def _why(change: Replacement) -> str:
    before = addend(change.before) or 0
    told = _WHY[change.label].format(
        code=change.row.code,
        extra="kelebihan" if before > change.after else "kekurangan",
        zero=f"{change.row.code} seharusnya nol" if before else f"{change.row.code} nol seperti belum terisi",
        gap=shown(abs(before - change.after)),
    )
    if change.label is Label.DIGIT_1 and is_ocr(before, change.after):
        told += " dan sering tertukar dibaca"
    if change.sources:
        told += f", dan sama dengan {', '.join(map(source_label, change.sources))}"
    return told
