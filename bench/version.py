"""`pleno --version` from the shell to its answer, beside an interpreter that does nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Final

from bench.result import Result, best, report

SIZE: Final = 15
"""Runs, of which the shortest counts."""
GOAL: Final = 0.1
"""Seconds (DESIGN.md section 6)."""


def measure(size: int = SIZE) -> Iterator[Result]:
    """Against the goal and against bare Python; `pleno --help` beside them."""
    ours = best(lambda: _run("-m", "pleno", "--version"), size)
    bare = best(lambda: _run("-c", "pass"), size)
    yield Result("pleno --version", ours, "the goal", GOAL, 1)
    yield Result("pleno --version", ours, "bare Python", bare)
    yield Result("pleno --help", best(lambda: _run("-m", "pleno", "--help"), size), "bare Python", bare)


def _run(*args: str) -> None:
    subprocess.run((sys.executable, *args), check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    report(measure())
