"""The limits of rules as a table of a TOML file: `R30 = { maks = 300 }`."""

from __future__ import annotations

from collections.abc import Mapping

from pleno.domain.rules import THRESHOLDS
from pleno.importers.limits import nearest
from pleno.importers.toml_table import TomlTable


def read_thresholds(table: TomlTable) -> Mapping[str, Mapping[str, int]]:
    """Rule id -> name of a limit -> what the table says, only what it says.

    A rule without limits, an unknown name and a number out of bounds become findings of the file.
    """
    found: dict[str, Mapping[str, int]] = {}
    for rule in table.keys():  # noqa: SIM118  # a TomlTable is no dict
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
