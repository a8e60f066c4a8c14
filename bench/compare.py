"""Compare and check the largest kecamatan: 1,591 TPS, 5 contests, 250 rows, everything in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bench import kecamatan, peers
from bench.result import Result, best, report, seconds
from pleno.domain.compare import TpsFile, count
from pleno.domain.figures import PLANO, SIREKAP
from pleno.domain.rules import findings

SIZE: Final = 1591
"""TPS."""
GOAL: Final = 1.0
"""Seconds on two cores (DESIGN.md section 6)."""


def measure(size: int = SIZE) -> Iterator[Result]:
    """Against the goal, a bare loop and half of the TPS; where the extra `bench` is there, beside pandas and daff."""
    forms = kecamatan.pemilu()
    every = [kecamatan.files(form, size) for form in forms]
    told = f"{size} TPS x {len(forms)} contests x {len(forms[0].rows)} rows compared and checked"
    ours = best(lambda: judge(every))
    yield Result(told, ours, "the goal", GOAL, 1)
    yield Result(told, ours, "a bare loop over the same figures", best(lambda: _bare(every)))
    half = best(lambda: judge([files[: -(-size // 2)] for files in every]))
    yield Result(told, ours, "half of the TPS", half, 2.5)
    if not peers.installed():
        return
    tables = [peers.tables(files) for files in every]
    compared = best(lambda: [count(files) for files in anew(every)])
    yield Result(f"{told}, compared alone", compared, "pandas compare", best(lambda: peers.pandas_compare(tables)))
    few = [peers.tables(files[: max(1, size // peers.DAFF_PART)]) for files in every]
    daff = peers.DAFF_PART * seconds(lambda: peers.daff_compare(few))
    yield Result(f"{told}, compared alone", compared, f"daff (1/{peers.DAFF_PART} of the TPS, times that)", daff)


def anew(every: Sequence[Sequence[TpsFile]]) -> list[list[TpsFile]]:
    """The same TPS with nothing worked out yet: a TpsFile remembers."""
    return [[TpsFile(file.tps, file.contest, file.readings) for file in files] for files in every]


def judge(every: Sequence[Sequence[TpsFile]]) -> int:
    """Compare every cell and check every reading; how many differ or break a rule."""
    found = 0
    for files in anew(every):
        for file in files:
            found += sum(len(findings(file.contest, reading.figures)) for reading in file.readings.values())
        found += count(files).sel_beda
    return found


def _bare(every: Sequence[Sequence[TpsFile]]) -> int:
    apart = 0
    for file in (file for files in every for file in files):
        plano, sirekap = file.readings[PLANO].figures, file.readings[SIREKAP].figures
        for row in file.contest.rows:
            apart += plano.get(row.name) != sirekap.get(row.name)
    return apart


if __name__ == "__main__":
    report(measure())
