"""Name the likely slips of the largest kecamatan: labels, minimal repairs and mixups, on top of the comparison."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bench import compare, kecamatan
from bench.result import Result, best, report
from pleno.domain.compare import TpsFile
from pleno.domain.contest import Contest
from pleno.domain.rules.mixup import mixups
from pleno.domain.repair import repairs

GOAL: Final = 3.0
"""Seconds on two cores, with the comparison and the rules."""


def measure(size: int = compare.SIZE) -> Iterator[Result]:
    """With the comparison against the goal, alone beside the comparison, and twice the TPS against once."""
    form = kecamatan.contest(compare.CHOICES)
    every = kecamatan.files(form, size)
    judged = compare.CONTESTS * best(lambda: compare.judge(every))
    alone = compare.CONTESTS * best(lambda: _diagnose(form, every))
    half = compare.CONTESTS * best(lambda: _diagnose(form, every[: -(-size // 2)]))
    told = f"{size} TPS x {compare.CONTESTS} contests x {len(form.rows)} rows diagnosed"
    yield Result(f"{told}, compared and checked", alone + judged, "the goal", GOAL, 1)
    yield Result(told, alone, "comparing and checking them", judged)
    yield Result(told, alone, "half of the TPS", half, 2.5)


def _diagnose(form: Contest, every: Sequence[TpsFile]) -> int:
    named = 0
    for file in every:
        readings = {source: reading.figures for source, reading in file.readings.items()}
        for source, figures in readings.items():
            named += len(repairs(form, figures, {other: readings[other] for other in readings if other != source}))
        named += sum(file.diagnosis(cell) is not None for cell in file.differing)
    return named + len(mixups(form, every, {file.tps.code: file.tps.code for file in every}))


if __name__ == "__main__":
    report(measure())
