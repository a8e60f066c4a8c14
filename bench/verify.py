"""Verify a long journal, beside the least it takes to trust its entries: hash, parse, write canonically."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from bench import kecamatan
from bench.result import Result, best, report
from pleno.store import Occupant, Store, inspect

SIZE: Final = 100_000
"""Entries."""
GOAL: Final = 3.0
"""Seconds for 100,000 entries (DESIGN.md section 6)."""
_AT_ONCE: Final = 1000
"""Entries of one transaction while the journal is made."""


def measure(size: int = SIZE) -> Iterator[Result]:
    """Against the goal in proportion to the size, and against the least work on the same entries."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "pleno.db"
        _make(path, size)
        ours = best(lambda: _inspect(path))
        peers = best(lambda: _least(path))
    told = f"journal of {size} entries verified"
    yield Result(told, ours, "the goal in proportion", GOAL * size / SIZE, 1)
    yield Result(told, ours, "hash, parse and write each entry", peers, 2)


def _make(path: Path, size: int) -> None:
    form, tps = kecamatan.contest(), kecamatan.roster(10, 60)
    papers = kecamatan.single_figures(form, tps)
    with Store.create(path, kecamatan.GENESIS, Occupant("Operator", 1, "")) as store:
        store.append(kecamatan.created(form, tps))
        left = size - 1
        while left:
            left -= len(store.append(*islice(papers, min(left, _AT_ONCE))))


def _inspect(path: Path) -> None:
    found = inspect(path)
    if found.damaged:
        raise AssertionError([check for check in found.checks if not check.ok])


def _least(path: Path) -> None:
    connection = sqlite3.connect(path)
    head = b""
    for seq, body in connection.execute("SELECT seq, body FROM journal ORDER BY seq"):
        head = hashlib.sha256(head + seq.to_bytes(8, "big") + body.encode()).digest()
        text = json.dumps(json.loads(body), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        if text != body:
            raise AssertionError(seq)
    connection.close()


if __name__ == "__main__":
    report(measure())
