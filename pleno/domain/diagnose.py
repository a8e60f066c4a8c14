"""What kind of slip a difference looks like (DOMAIN.md section 3.4, order of TERMS.md "Comparison").

A label helps the operator skim; it never changes a figure.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from pleno.domain.contest import Contest, Part, Row
from pleno.domain.figures import Figures, addend

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
    if any(_crossed(row.name, other.name, aid, paper) for other in _neighbours(contest, row)):
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


def _neighbours(contest: Contest, row: Row) -> list[Row]:
    """The other rows of the same section and column, with which a row may have been swapped."""
    section = next(section for section in contest.sections if row in section.rows)
    return [other for other in section.rows if other.part is row.part and other != row]
