"""Is what we hold whole? A workspace, an exported set, or one file of a set (TERMS.md, "Exit codes")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Outcome(StrEnum):
    """The answer, with the exit code each has."""

    UTUH = "utuh"
    EKOR = "ekor"
    RUSAK = "rusak"
    TAK_TERBACA = "tak_terbaca"

    @property
    def code(self) -> int:
        return {Outcome.UTUH: 0, Outcome.EKOR: 3, Outcome.RUSAK: 4, Outcome.TAK_TERBACA: 2}[self]


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One thing that was looked at."""

    name: str
    """ "rantai", "keadaan", "segel", "berkas" ..."""
    ok: bool
    message: str
    """What was found; for a failure the place and what to do."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What a verification found; reading only, nothing was changed."""

    outcome: Outcome
    checks: Sequence[CheckLine]
    entries: int = 0
    """Of the journal; 0 for a set."""
    seals: Sequence[str] = ()
    """Lines to hold against paper, oldest first."""
    after_seal: int = 0
    """Entries after the last seal, neutral ones too."""
