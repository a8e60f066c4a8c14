"""The shapes most rules of a form have: a total, the same figure twice, a ceiling, a limit of the profile.

Each is there twice: as it is meant, which says what is wrong, and compiled for a form, which only asks
whether anything can be wrong. A kecamatan has millions of figures and few that break a rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Any, TypeAlias

from pleno.domain.contest import Contest
from pleno.domain.figures import Figures, addend, thousands
from pleno.domain.identities import Identity, ceilings, identities, limits
from pleno.domain.rules.finding import Breach
from pleno.domain.rules.rule import Gate, Numbers, OnForm

_Getter: TypeAlias = Callable[[Figures], Any]
"""itemgetter: the figures of several rows at once. KeyError where one was not read."""


def row_label(contest: Contest, row: str) -> str:
    """A row by its code and official words."""
    found = contest.by_name[row]
    return f"{found.code} {found.label}"


# --- totals ---------------------------------------------------------------------------------


def identity(rule: str) -> OnForm:
    """Every total of the form under this rule equals the sum of its parts."""

    def check(contest: Contest, numbers: Numbers) -> Iterator[Breach]:
        for one in identities(contest).get(rule, ()):
            yield from _unequal(contest, numbers, one)

    def gate(contest: Contest) -> Gate | None:
        found = identities(contest).get(rule, ())
        if not found:
            return None
        return sum_gate(found) if any(len(one.parts) > 1 for one in found) else _same_gate(found)

    return OnForm(check, gate)


def _unequal(contest: Contest, numbers: Numbers, one: Identity) -> Iterator[Breach]:
    written = numbers.get(one.whole)
    addends = [number for part in one.parts if (number := numbers.get(part)) is not None]
    if written is None or not one.parts or len(addends) < len(one.parts) or written == sum(addends):
        return
    total = sum(addends)
    yield Breach(
        (one.whole, *one.parts),
        f"{thousands(written)} ≠ {' + '.join(map(thousands, addends))}",
        {
            "baris": row_label(contest, one.whole),
            "pembanding": row_label(contest, one.parts[0]),
            "tertulis": thousands(written),
            "jumlah": thousands(total),
            "arah": "kelebihan" if total > written else "kekurangan",
            "selisih": thousands(abs(total - written)),
        },
    )


def sum_gate(found: Sequence[Identity]) -> Gate:
    """Whether one of these totals may not be the sum of its parts; quick, and silent where a row is unread."""
    sums: list[tuple[str, _Getter]] = [(one.whole, _rows(one.parts)) for one in found if one.parts]

    def may_break(figures: Figures) -> bool:
        for whole, parts in sums:
            try:
                if figures[whole] != sum(parts(figures)):
                    return True
            except KeyError:  # a row was not read: silent
                continue
            except TypeError:  # a null, or a cell blank on paper: the rule itself knows how it counts
                return True
        return False

    return may_break


def numbers_of(rows: Sequence[str]) -> Callable[[Figures], tuple[int | None, ...]]:
    """What rows count in sums, all at once; None where one was not read."""
    whole_of = whole_numbers_of(rows)

    def counted(figures: Figures) -> tuple[int | None, ...]:
        return whole_of(figures) or tuple(addend(figures.get(row)) for row in rows)

    return counted


def whole_numbers_of(rows: Sequence[str]) -> Callable[[Figures], tuple[int, ...] | None]:
    """What rows count in sums, all at once; None unless every one was read."""
    figures_of = _rows(rows)

    def counted(figures: Figures) -> tuple[int, ...] | None:
        try:
            numbers: tuple[int, ...] = figures_of(figures)
            sum(numbers)  # a null and a cell blank on paper cannot be added
        except KeyError:
            return None
        except TypeError:
            known = [number for row in rows if (number := addend(figures.get(row))) is not None]
            return tuple(known) if len(known) == len(rows) else None
        return numbers

    return counted


def _rows(rows: Sequence[str]) -> _Getter:
    """Always a tuple, also of one row."""
    if len(rows) > 1:
        return itemgetter(*rows)
    (row,) = rows
    return lambda figures: (figures[row],)


def _same_gate(found: Sequence[Identity]) -> Gate:
    pairs = [(one.whole, one.parts[0]) for one in found]

    def may_break(figures: Figures) -> bool:
        return any(figures[whole] != figures[part] for whole, part in pairs if whole in figures and part in figures)

    return may_break


# --- ceilings -------------------------------------------------------------------------------


def limit(rule: str) -> OnForm:
    """No row of the form is above the row that bounds it under this rule."""

    def check(contest: Contest, numbers: Numbers) -> Iterator[Breach]:
        for large, smalls in ceilings(contest).get(rule, {}).items():
            for small in smalls:
                yield from _above(contest, numbers, small, large)

    def gate(contest: Contest) -> Gate | None:
        found = limits(contest).get(rule, ())
        return _limit_gate([(one.small, one.large) for one in found]) if found else None

    return OnForm(check, gate)


def _above(contest: Contest, numbers: Numbers, small: str, large: str) -> Iterator[Breach]:
    a, b = numbers.get(small), numbers.get(large)
    if a is not None and b is not None and a > b:
        told = {
            "baris": row_label(contest, small),
            "batas": row_label(contest, large),
            "tertulis": thousands(a),
            "paling": thousands(b),
            "selisih": thousands(a - b),
        }
        yield Breach((small, large), f"{thousands(a)} > {thousands(b)}", told)


def _limit_gate(pairs: Sequence[tuple[str, str]]) -> Gate:
    def may_break(figures: Figures) -> bool:
        for small, large in pairs:
            try:
                if figures[small] > figures[large]:  # type: ignore[operator]  # what cannot be compared is caught
                    return True
            except KeyError:
                continue
            except TypeError:
                return True
        return False

    return may_break


def votes_limit(rule: str) -> OnForm:
    """Like `limit` for hundreds of choices: while they add up to no more than a ceiling, none is above it."""

    def gate(contest: Contest) -> Gate | None:
        bounds = ceilings(contest).get(rule, {})
        if not bounds:
            return None
        votes, rows = _rows(contest.votes), tuple(bounds)

        def may_break(figures: Figures) -> bool:
            known = [number for row in rows if (number := addend(figures.get(row))) is not None]
            try:
                return bool(known) and sum(votes(figures)) > min(known)
            except (KeyError, TypeError):
                return True

        return may_break

    return OnForm(limit(rule).check, gate)


def below(row: str, most: Callable[[Contest], int]) -> OnForm:
    """A row is not above a number that the profile sets."""

    def check(contest: Contest, numbers: Numbers) -> Iterator[Breach]:
        number, bound = numbers.get(row), most(contest)
        if number is not None and number > bound:
            told = {
                "baris": row_label(contest, row),
                "tertulis": thousands(number),
                "paling": thousands(bound),
                "selisih": thousands(number - bound),
            }
            yield Breach((row,), f"{thousands(number)} > {thousands(bound)}", told)

    def gate(contest: Contest) -> Gate | None:
        bound = most(contest)

        def may_break(figures: Figures) -> bool:
            figure = figures.get(row)
            return isinstance(figure, int) and figure > bound

        return may_break if row in contest.by_name else None

    return OnForm(check, gate)


def reckoned(
    check: Callable[[Contest, Numbers], Iterator[Breach]],
    rows: Sequence[str],
    broken: Callable[[Contest], Callable[..., bool]],
) -> OnForm:
    """A rule of its own shape that needs all of these rows; `broken` takes their figures."""

    def gate(contest: Contest) -> Gate | None:
        figures_of, is_broken = _rows(rows), broken(contest)

        def may_break(figures: Figures) -> bool:
            try:
                return is_broken(*figures_of(figures))
            except KeyError:
                return False
            except TypeError:
                return True

        return may_break if all(row in contest.by_name for row in rows) else None

    return OnForm(check, gate)
