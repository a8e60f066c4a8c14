"""One measured promise, and how it is printed."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple


class Result(NamedTuple):
    """Our time beside that of a peer which does the unavoidable part of the same work."""

    what: str
    ours: float
    """Seconds."""
    peer: str
    """What the peer does."""
    peers: float
    """Seconds."""
    limit: float | None = None
    """The largest ratio that keeps the promise; None where nothing is promised."""

    @property
    def ratio(self) -> float:
        return self.ours / self.peers

    def __str__(self) -> str:
        told = f"{self.what}: {_shown(self.ours)}; {self.peer}: {_shown(self.peers)}; ratio {self.ratio:.2f}"
        if self.limit is None:
            return told
        return f"{told}, at most {self.limit:g}: {'kept' if self.ratio <= self.limit else 'NOT KEPT'}"


def _shown(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms" if seconds < 1 else f"{seconds:.2f} s"


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


def best(work: Callable[[], object], times: int = 3) -> float:
    """The shortest of several runs: what the work takes when nothing disturbs it."""
    return min(seconds(work) for _ in range(times))
