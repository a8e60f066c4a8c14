"""One measured promise, and how it is printed."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple


class Result(NamedTuple):
    """Our number beside that of a peer which does the unavoidable part of the same work."""

    what: str
    ours: float
    peer: str
    """What the peer does."""
    peers: float
    limit: float | None = None
    """The largest ratio that keeps the promise; None where nothing is promised."""
    unit: str = "s"
    """Of both numbers: s, or MB."""

    @property
    def ratio(self) -> float:
        return self.ours / self.peers

    def __str__(self) -> str:
        ours, peers = (_shown(number, self.unit) for number in (self.ours, self.peers))
        told = f"{self.what}: {ours}; {self.peer}: {peers}; ratio {self.ratio:.2f}"
        if self.limit is None:
            return told
        return f"{told}, at most {self.limit:g}: {'kept' if self.ratio <= self.limit else 'NOT KEPT'}"


def _shown(number: float, unit: str) -> str:
    if unit != "s":
        return f"{number:.1f} {unit}"
    return f"{number * 1000:.2f} ms" if number < 1 else f"{number:.2f} s"


def report(results: Iterable[Result]) -> None:
    """Print each result as soon as it is there."""
    for result in results:
        print(result, flush=True)


def seconds(work: Callable[[], object]) -> float:
    """How long one run of `work` takes."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def beside(ours: Callable[[], object], peers: Callable[[], object], times: int = 3) -> tuple[float, float]:
    """The least processor time of each of two works run by turns: whatever else the machine does befalls both."""
    every = [(_processor_seconds(ours), _processor_seconds(peers)) for _ in range(times)]
    return min(one for one, _ in every), min(other for _, other in every)


def _processor_seconds(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def best(work: Callable[[], object], times: int = 3) -> float:
    """The shortest of several runs: what the work takes when nothing disturbs it."""
    return min(seconds(work) for _ in range(times))
