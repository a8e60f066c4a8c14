"""The sums and limits a form must keep: which total equals which rows, which row may not be above which.

Rules (rules.py), repairs (equations.py) and the KONTROL block of sheets all work from these.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from pleno.domain.contest import Contest, Part


class Identity(NamedTuple):
    """A total of the paper and the rows it must equal the sum of."""

    whole: str
    parts: tuple[str, ...]


@lru_cache(maxsize=64)
def identities(contest: Contest) -> Mapping[str, Sequence[Identity]]:
    """Rule id -> the identities of this form; only those whose rows the form has."""
    return {rule: kept for rule in _IDENTITIES if (kept := _identities_of(contest, rule))}


def _identities_of(contest: Contest, rule: str) -> list[Identity]:
    has = contest.by_name.__contains__
    return [one for one in _IDENTITIES[rule](contest) if has(one.whole) and all(map(has, one.parts))]


def _categories(who: str, part: Part) -> Identity:
    parts = tuple(f"{who}_{category}_{part}" for category in ("dpt", "pindahan", "tambahan"))
    return Identity(f"{who}_total_{part}", parts)


_IDENTITIES: Final[dict[str, Callable[[Contest], list[Identity]]]] = {
    "R02": lambda contest: [
        Identity(row.name, (row.name[:-1] + "l", row.name[:-1] + "p")) for row in contest.rows if row.part is Part.J
    ],
    "R03": lambda contest: [_categories("pemilih", part) for part in Part],
    "R04": lambda contest: [_categories("pengguna", part) for part in Part],
    "R10": lambda contest: [
        Identity("surat_diterima", ("surat_digunakan", "surat_dikembalikan", "surat_tidak_digunakan"))
    ],
    "R11": lambda contest: [Identity("surat_digunakan", ("pengguna_total_j",))],
    "R20": lambda contest: [Identity("suara_sah", contest.votes)],
    "R21": lambda contest: [Identity(partai.total, (partai.votes, *partai.calon_rows)) for partai in contest.partai],
    "R22": lambda contest: [Identity("suara_total", ("suara_sah", "suara_tidak_sah"))],
    "R23": lambda contest: [Identity("suara_total", ("surat_digunakan",))],
    "R24": lambda contest: [Identity("suara_total", ("pengguna_total_j",))],
}
"""In the order of the rules. Rows the form may not have are left out by `_identities_of`."""


_SEXES: Final = ("l", "p", "j")


class Limit(NamedTuple):
    """A row of the paper that may not be above another."""

    small: str
    large: str


@lru_cache(maxsize=64)
def limits(contest: Contest) -> Mapping[str, Sequence[Limit]]:
    """Rule id -> the limits of this form; only those whose rows the form has."""
    every = {
        "R05": [Limit(f"pengguna_dpt_{c}", f"pemilih_dpt_{c}") for c in _SEXES],
        "R06": [Limit(f"pengguna_pindahan_{c}", f"pemilih_pindahan_{c}") for c in _SEXES],
        "R07": [
            Limit(f"{small}_{c}", f"{large}_{c}")
            for c in _SEXES
            for small, large in (
                ("pengguna_disabilitas", "pengguna_total"),
                ("pemilih_disabilitas", "pemilih_total"),
                ("pengguna_disabilitas", "pemilih_disabilitas"),
            )
        ],
        "R13": [Limit(row, "surat_diterima") for row in ("surat_dikembalikan", "surat_tidak_digunakan")],
        "R25": [Limit(row, most) for row in contest.votes for most in ("suara_sah", "pengguna_total_j")],
    }
    return {
        rule: kept
        for rule, found in every.items()
        if (kept := [one for one in found if all(row in contest.by_name for row in one)])
    }


@lru_cache(maxsize=64)
def ceilings(contest: Contest) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Rule id -> large row -> every row that may not be above it."""
    found: dict[str, dict[str, list[str]]] = {}
    for rule, every in limits(contest).items():
        for limit in every:
            found.setdefault(rule, {}).setdefault(limit.large, []).append(limit.small)
    return found
