"""What kind of slip a difference looks like (DOMAIN.md section 3.4, order of TERMS.md "Comparison").

A label helps the operator skim; it never changes a figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from pleno.domain.contest import Contest, Part, Row
from pleno.domain.figures import Figures, addend

SHIFTED_ROWS: Final = 3
"""Rows that must have slipped together, with as many different figures, before a block counts as shifted."""

_OCR_PAIRS: Final = frozenset(map(frozenset, ("38", "27", "17", "06", "08", "56", "49", "14")))
"""Digits that Sirekap's reader is known to take for each other."""


class Label(StrEnum):
    """The first that fits, in this order."""

    KOSONG = "KOSONG"
    L_P_TERTUKAR = "L_P_TERTUKAR"
    BARIS_TERTUKAR = "BARIS_TERTUKAR"
    TERTUKAR_DIGIT = "TERTUKAR_DIGIT"
    DIGIT_DEPAN = "DIGIT_DEPAN"
    GESER = "GESER"
    DIGIT_1 = "DIGIT_1"
    SATU_ANGKA = "SATU_ANGKA"
    SELISIH_PULUHAN = "SELISIH_PULUHAN"
    LAIN = "LAIN"


class Diagnosis(NamedTuple):
    """A label with its two flags."""

    label: Label
    ocr: bool
    """The one digit that differs is of a pair that readers confuse."""
    impossible: bool
    """MUSTAHIL: more than people voted, or than a TPS may have."""


def diagnose(contest: Contest, row: Row, aid: Figures, paper: Figures) -> Diagnosis | None:
    """How the figure of `row` in `aid` went wrong against `paper`; None where they do not differ."""
    wrong, right = addend(aid.get(row.name)), addend(paper.get(row.name))
    if wrong is None or right is None or wrong == right:
        return None
    voters = addend(paper.get("pengguna_total_j"))
    most = contest.profile.max_voters if voters is None else voters
    is_vote = row.name.startswith("suara")
    return Diagnosis(_label(contest, row, aid, paper), is_ocr(wrong, right), is_vote and wrong > most)


def _label(contest: Contest, row: Row, aid: Figures, paper: Figures) -> Label:
    wrong, right = addend(aid.get(row.name)) or 0, addend(paper.get(row.name)) or 0
    if 0 in (wrong, right):
        return Label.KOSONG
    if row.part in (Part.L, Part.P) and _crossed(row.name, _other_sex(row.name), aid, paper):
        return Label.L_P_TERTUKAR
    if _swapped_rows(contest, row, wrong, right, aid, paper) or _in_shifted_block(contest, row, aid, paper):
        return Label.BARIS_TERTUKAR
    return label_of(wrong, right)


def label_of(wrong: int, right: int) -> Label:
    """The label of two figures above 0 taken by themselves."""
    a, b = str(wrong), str(right)
    apart = [(x, y) for x, y in zip(a, b, strict=False) if x != y]
    if len(a) == len(b) and len(apart) == 2 and apart[0] == apart[1][::-1] and _adjacent(a, b):
        return Label.TERTUKAR_DIGIT
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    if len(longer) == len(shorter) + 1:
        if longer.endswith(shorter):
            return Label.DIGIT_DEPAN
        if longer.startswith(shorter):
            return Label.GESER
    if len(a) == len(b) and len(apart) == 1:
        return Label.DIGIT_1
    gap = str(abs(wrong - right))
    if gap == "1":
        return Label.SATU_ANGKA
    if len(gap) > 1 and gap[1:].strip("0") == "":
        return Label.SELISIH_PULUHAN
    return Label.LAIN


def _adjacent(a: str, b: str) -> bool:
    places = [place for place, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    return places[1] - places[0] == 1


def is_ocr(wrong: int, right: int) -> bool:
    """Whether two figures differ in one digit of a pair that readers confuse."""
    a, b = str(wrong), str(right)
    apart = [frozenset((x, y)) for x, y in zip(a, b, strict=False) if x != y]
    return len(a) == len(b) and len(apart) == 1 and apart[0] in _OCR_PAIRS


def _crossed(one: str, other: str, aid: Figures, paper: Figures) -> bool:
    """The two rows hold each other's figure."""
    mine, theirs = addend(aid.get(one)), addend(aid.get(other))
    return (
        mine != theirs
        and None not in (mine, theirs)
        and (mine, theirs)
        == (
            addend(paper.get(other)),
            addend(paper.get(one)),
        )
    )


def _other_sex(name: str) -> str:
    return name[:-1] + ("p" if name.endswith("l") else "l")


@lru_cache(maxsize=64)
def _columns(contest: Contest) -> Mapping[str, tuple[int, tuple[str, ...]]]:
    """Row -> its place in its column of its section, and that column: rows that may have been taken for each other."""
    found: dict[str, tuple[int, tuple[str, ...]]] = {}
    for section in contest.sections:
        for part in (None, *Part):
            column = tuple(row.name for row in section.rows if row.part is part)
            found.update((name, (place, column)) for place, name in enumerate(column))
    return found


def _swapped_rows(contest: Contest, row: Row, wrong: int, right: int, aid: Figures, paper: Figures) -> bool:
    """Another row of the column has what this one should have, and this one what it should have."""
    _place, column = _columns(contest)[row.name]
    return any(aid.get(other) == right and paper.get(other) == wrong for other in column)


def _in_shifted_block(contest: Contest, row: Row, aid: Figures, paper: Figures) -> bool:
    """The row stands in a block whose figures all slipped by one row, up or down."""
    place, column = _columns(contest)[row.name]
    for step in (1, -1):
        block = [place]
        for way in (1, -1):
            at = place + way
            while 0 <= at < len(column) and _slipped(column, at, step, aid, paper):
                block.append(at)
                at += way
        figures = {aid.get(column[at]) for at in block}
        if _slipped(column, place, step, aid, paper) and len(block) >= SHIFTED_ROWS and len(figures) >= SHIFTED_ROWS:
            return True
    return False


def _slipped(column: tuple[str, ...], at: int, step: int, aid: Figures, paper: Figures) -> bool:
    """Whether a row differs and holds what the row one step before it should have."""
    source = at - step
    if not 0 <= source < len(column):
        return False
    figure = addend(aid.get(column[at]))
    return (
        figure is not None and figure != addend(paper.get(column[at])) and figure == addend(paper.get(column[source]))
    )
