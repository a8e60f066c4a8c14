"""The limits of rules in a TOML file, `R30 = { maks = 300 }`: of a profile, or of a workspace with a reason."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from pleno.domain.chain import Json
from pleno.domain.rules import THRESHOLDS
from pleno.importers.limits import nearest
from pleno.importers.toml_table import TomlTable

_REASON: Final = "alasan"
_SHORTEST: Final = 10
"""Characters of a reason."""


class Ambang(NamedTuple):
    """Limits of a workspace that stand in for those of its profiles."""

    limits: Mapping[str, Mapping[str, int]] = {}
    """Rule id -> name -> number."""
    reason: str = ""
    """Why; never empty where there are limits."""

    def over(self, profile: Mapping[str, Mapping[str, int]]) -> Mapping[str, Mapping[str, int]]:
        """The limits of a profile with these in place of its own."""
        return {rule: {**profile.get(rule, {}), **self.limits.get(rule, {})} for rule in {**profile, **self.limits}}

    def as_json(self) -> dict[str, Json]:
        """As an entry keeps it; empty where nothing is set."""
        return (
            {"alasan": self.reason, **{rule: dict(said) for rule, said in self.limits.items()}} if self.limits else {}
        )


def read_ambang(root: TomlTable) -> Ambang:
    """The table [ambang] of pleno.toml; limits without a reason become a finding of the file."""
    table = root.table("ambang", required=False)
    reason = table.text(_REASON, "")
    limits = read_thresholds(table, _REASON)
    if limits and len(reason) < _SHORTEST:
        table.problem(next(iter(limits)), f'memerlukan alasan = "..." di [ambang], paling sedikit {_SHORTEST} huruf.')
    return Ambang(limits, reason) if limits else Ambang()


def render_ambang(ambang: Ambang) -> Iterator[str]:
    """The lines of [ambang]; none where nothing is set."""
    if ambang.limits:
        yield "[ambang]"
        yield f"{_REASON} = {json.dumps(ambang.reason, ensure_ascii=False)}"
        for rule, said in ambang.limits.items():
            yield f"{rule} = {{ {', '.join(f'{name} = {number}' for name, number in said.items())} }}"


def read_thresholds(table: TomlTable, *others: str) -> Mapping[str, Mapping[str, int]]:
    """Rule id -> name of a limit -> what the table says, only what it says; `others`: keys that are no rules.

    A rule without limits, an unknown name and a number out of bounds become findings of the file.
    """
    found: dict[str, Mapping[str, int]] = {}
    for rule in [key for key in table.keys() if key not in others]:  # noqa: SIM118  # a TomlTable is no dict
        known = THRESHOLDS.get(rule)
        if known is None:
            listed = ", ".join(THRESHOLDS)
            table.problem(rule, f"bukan aturan yang mempunyai batas; yang ada {listed}.{nearest(rule, THRESHOLDS)}")
            table.skip(rule)
            continue
        limits = table.table(rule)
        numbers = {name: limits.integer(name, one.least, one.most, one.least) for name, one in known.items()}
        found[rule] = {name: number for name, number in numbers.items() if limits.has(name)}
    return found
