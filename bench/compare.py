"""Compare and check the largest kecamatan: 1,591 TPS, 5 contests, 250 rows, everything in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bench import kecamatan
from bench.result import Result, best, report
from pleno.domain.compare import TpsFile, count
from pleno.domain.figures import PLANO, SIREKAP
from pleno.domain.rules import findings

SIZE: Final = 1591
"""TPS."""
CONTESTS: Final = 5
CHOICES: Final = 225
"""With the 25 other rows of the form: 250."""
GOAL: Final = 1.0
"""Seconds on two cores (DESIGN.md section 6)."""


def measure(size: int = SIZE) -> Iterator[Result]:
    """Against the goal, against the bare loop over the same figures, and twice the TPS against once."""
    form = kecamatan.contest(CHOICES)
    every = kecamatan.files(form, size)
    ours = CONTESTS * best(lambda: judge(every))
    bare = CONTESTS * best(lambda: _bare(every))
    half = CONTESTS * best(lambda: judge(every[: -(-size // 2)]))
    told = f"{size} TPS x {CONTESTS} contests x {len(form.rows)} rows compared and checked"
    yield Result(told, ours, "the goal", GOAL, 1)
    yield Result(told, ours, "a bare loop over the same figures", bare)
    yield Result(told, ours, "half of the TPS", half, 2.5)


def judge(every: Sequence[TpsFile]) -> int:
    """Compare every cell and check every reading; how many differ or break a rule."""
    # Made anew, because a TpsFile remembers what it worked out.
    files = [TpsFile(file.tps, file.contest, file.readings) for file in every]
    broken = sum(len(findings(file.contest, reading.figures)) for file in files for reading in file.readings.values())
    return count(files).sel_beda + broken


def _bare(every: Sequence[TpsFile]) -> int:
    apart = 0
    for file in every:
        plano, sirekap = file.readings[PLANO].figures, file.readings[SIREKAP].figures
        for row in file.contest.rows:
            apart += plano.get(row.name) != sirekap.get(row.name)
    return apart


if __name__ == "__main__":
    report(measure())
