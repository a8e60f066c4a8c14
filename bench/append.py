"""Enter to durable: one paper read at the table, stored with its entry, beside a bare commit of the same bytes."""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from bench import kecamatan
from bench.result import Result, report, seconds
from pleno.domain.chain import canonical
from pleno.store import Occupant, Store
from pleno.store.database import SAFE

SIZE: Final = 400
"""Papers."""


def measure(size: int = SIZE) -> Iterator[Result]:
    """Both write paper after paper in turn, to the same disk; the median paper counts."""
    form, tps = kecamatan.contest(), kecamatan.roster(4, 20)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        raw = _raw(folder / "raw.db")
        with Store.create(folder / "pleno.db", kecamatan.GENESIS, Occupant("Operator", 1, "")) as store:
            store.append(kecamatan.created(form, tps))
            ours, peers = [], []
            for entry in islice(kecamatan.readings(form, tps), size):
                body = canonical(entry.body())
                peers.append(seconds(lambda text=body: _commit(raw, text)))  # type: ignore[misc]  # bound at once
                ours.append(seconds(lambda one=entry: store.append(one)))  # type: ignore[misc]  # bound at once
        raw.close()
    yield Result(
        "one paper of 29 figures appended", statistics.median(ours), "its text committed by sqlite3",
        statistics.median(peers), 2,
    )  # fmt: skip


def _raw(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma, value in SAFE.items():
        connection.execute(f"PRAGMA {pragma} = {value}")
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA journal_mode = TRUNCATE")
    connection.execute("CREATE TABLE journal (seq INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT")
    return connection


def _commit(connection: sqlite3.Connection, body: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO journal (body) VALUES (?)", (body,))
    connection.execute("COMMIT")


if __name__ == "__main__":
    report(measure())
