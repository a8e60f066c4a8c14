"""Each measurement runs on a tiny size; how long it takes is nobody's business here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import pytest

from bench import (
    append,
    compare,
    diagnosis,
    first_frames,
    recap_export,
    recap_import,
    recap_set,
    screens,
    template_fill,
    verify,
    version,
)
from bench.result import Result

ROOT: Final = Path(__file__).parents[2]
TINY: Final[dict[str, tuple[Callable[[int], Iterable[Result]], int]]] = {
    "append": (append.measure, 3),
    "compare": (compare.measure, 4),
    "diagnosis": (diagnosis.measure, 4),
    "first_frames": (first_frames.measure, 4),
    "recap_export": (recap_export.measure, 1),
    "recap_import": (recap_import.measure, 1),
    "recap_set": (recap_set.measure, 2),
    "screens": (screens.measure, 30),
    "template_fill": (template_fill.measure, 1),
    "verify": (verify.measure, 50),
    "version": (version.measure, 1),
}
"""Name of a measurement -> the measurement and the smallest size that means anything."""


FEW: Final = ((screens, "_RUNS", 1), (screens, "_KEYS", 2), (first_frames, "_STEPS", 0.1))
"""What is repeated or watched for longer where the numbers count."""


@pytest.mark.parametrize("name", TINY)
def test_a_measurement_tells_two_times_and_their_ratio(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, repeated, few in FEW:
        monkeypatch.setattr(module, repeated, few)
    measure, size = TINY[name]
    for result in measure(size):
        assert result.ours > 0
        assert result.peers > 0
        assert f"ratio {result.ours / result.peers:.2f}" in str(result)


def test_make_bench_runs_every_measurement() -> None:
    named = (ROOT / "bench" / "__main__.py").read_text("utf-8").partition("_MODULES = (")[2].partition(")")[0]
    assert {name.strip() for name in named.split(",")} - {""} == set(TINY)
    measuring = {path.stem for path in (ROOT / "bench").glob("*.py") if "def measure(" in path.read_text("utf-8")}
    assert measuring == set(TINY)


@pytest.mark.parametrize(("limit", "verdict"), [(2.0, "at most 2: kept"), (1.9, "NOT KEPT"), (None, "ratio 2.00")])
def test_a_result_says_whether_the_promise_is_kept(limit: float | None, verdict: str) -> None:
    assert str(Result("ours", 3.0, "theirs", 1.5, limit)).endswith(verdict)
