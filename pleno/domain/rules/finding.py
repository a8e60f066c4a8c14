"""What a check says: where a rule is broken, and the sentences for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from pleno.domain.state import Tps


class Severity(StrEnum):
    """What a finding asks for before a TPS is `sah`.

    KERAS: solved, or resolved in writing by a PPK member; PERINGATAN: acknowledged with a reason; INFO: nothing.
    """

    KERAS = "keras"
    PERINGATAN = "peringatan"
    INFO = "info"


class Scope(StrEnum):
    """How far a rule looks (DOMAIN.md 3.1, 3.2, 3.3)."""

    TPS = "satu TPS, satu kontes"
    KONTES = "antar-kontes, satu TPS"
    KECAMATAN = "antar-TPS, satu kontes"


@dataclass(frozen=True, slots=True)
class Breach:
    """One place where a rule is broken."""

    rows: tuple[str, ...]
    """Rows to mark, the suspected whole first."""
    numbers: str
    """The formula with its numbers: "185 ≠ 71 + 641 + 511"."""
    told: Mapping[str, str] = field(default_factory=dict)
    """What the sentences of the rule put in place of their {names}."""
    tps: tuple[Tps, ...] = ()
    """The TPS it concerns, where the rule looks across TPS."""
    source: str = ""
    """The reading it stands in, where the rule looks across TPS."""
    contests: tuple[str, ...] = ()
    """Profile ids it concerns, where the rule looks across contests."""


class Finding(NamedTuple):
    """A broken rule with its sentences."""

    rule: str
    severity: Severity
    rows: tuple[str, ...]
    numbers: str
    message: str
    """For the operator: the place by its official words, and by how much it is off."""
    review: str = ""
    """For who reviews it later: what the rule asks, what was found."""
