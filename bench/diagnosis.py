"""Name the likely slips of the largest kecamatan: labels, minimal repairs and mixups, on top of the comparison."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bench import compare, kecamatan
from bench.result import Result, best, report
from pleno.domain.compare import TpsFile
from pleno.domain.repair import repairs
from pleno.domain.rules import Kecamatan, kecamatan_findings

GOAL: Final = 3.0
"""Seconds on two cores, with the comparison and the rules."""


def measure(size: int = compare.SIZE) -> Iterator[Result]:
    """With the comparison against the goal, alone beside the comparison, and twice the TPS against once."""
    forms = kecamatan.pemilu()
    every = [kecamatan.files(form, size) for form in forms]
    judged = best(lambda: compare.judge(every))
    alone = best(lambda: diagnose(every))
    half = best(lambda: diagnose([files[: -(-size // 2)] for files in every]))
    told = f"{size} TPS x {len(forms)} contests x {len(forms[0].rows)} rows diagnosed"
    yield Result(f"{told}, compared and checked", alone + judged, "the goal", GOAL, 1)
    yield Result(told, alone, "comparing and checking them", judged)
    yield Result(told, alone, "half of the TPS", half, 2.5)


def diagnose(every: Sequence[Sequence[TpsFile]]) -> int:
    """A label for every differing cell, the repairs of every reading, and all that shows across TPS; how many."""
    named = 0
    for files in compare.anew(every):
        for file in files:
            readings = {source: reading.figures for source, reading in file.readings.items()}
            for source, figures in readings.items():
                others = {other: readings[other] for other in readings if other != source}
                named += len(repairs(file.contest, figures, others))
            named += sum(file.diagnosis(cell) is not None for cell in file.differing)
        names = {file.tps.code: file.tps.code for file in files}
        named += len(kecamatan_findings(Kecamatan(files[0].contest, files, names)))
    return named


if __name__ == "__main__":
    report(measure())
