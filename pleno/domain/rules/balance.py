"""The line a PPK looks at first: pengguna = surat digunakan = suara (DOMAIN.md 3.5)."""

from __future__ import annotations

from typing import NamedTuple

from pleno.domain.contest import Contest
from pleno.domain.figures import Figures, addend


class Balance(NamedTuple):
    """Three rows that must say the same."""

    pengguna: int | None
    surat: int | None
    suara: int | None

    @property
    def known(self) -> bool | None:
        """True balanced, False not, None while fewer than two of the three are known."""
        numbers = [number for number in self if number is not None]
        return None if len(numbers) < 2 else len(set(numbers)) == 1


def balance(contest: Contest, figures: Figures) -> Balance:
    """The three figures as they count in sums, of the rows this form has."""
    rows = ("pengguna_total_j", "surat_digunakan", "suara_total")
    return Balance(*(addend(figures.get(row)) if row in contest.by_name else None for row in rows))
