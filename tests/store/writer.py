"""The program that is killed: a pleno at random, which reports each append on a pipe that outlives it."""

from __future__ import annotations

import os
import random
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal

from store.samples import TPS, imported, walk

from pleno.domain.apply import apply
from pleno.domain.entry import Entry
from pleno.domain.figures import SIREKAP
from pleno.domain.state import MemoryState
from pleno.store import Occupant, Store

Mode = Literal["right", "two transactions", "acknowledged early"]


_EMPTY = MemoryState()
"""The state an entry is made for when nothing of its rows was read before."""


class TwoTransactions(Store):
    """Broken on purpose: the journal and the state it makes are not one act."""

    def append(self, *entries: Entry) -> tuple[Entry, ...]:
        appended = []
        with self._database.transaction():
            head = self._journal.head()
            for entry in entries:
                head, numbered = self._journal.add(head, entry)
                appended.append(numbered)
        with self._database.transaction():
            for entry in appended:
                apply(self.state, entry)
        return tuple(appended)


def acts(store: Store, rng: random.Random) -> list[Entry]:
    """The next act: mostly one entry, sometimes an import of many papers, sometimes several entries at once."""
    number = store.head().seq + 1
    if rng.random() < 0.3:
        cells = [(tps, f"suara.{row}", rng.randrange(500)) for tps in TPS for row in range(80)]
        return [imported(store.state, cells, number, SIREKAP)]
    if rng.random() < 0.2:
        papers = rng.sample(TPS, 4)
        return [
            imported(_EMPTY, [(tps, f"baris.{number}", 1)], number + place, "foto") for place, tps in enumerate(papers)
        ]
    return list(islice(walk(store.state, rng, number), 1))


def write(path: Path, seed: int, pipe: Connection, mode: Mode) -> None:
    """Append without end. "?n": n entries are about to be appended; "seq hash": they are, and it was promised."""
    rng = random.Random(seed)
    kind = TwoTransactions if mode == "two transactions" else Store
    with kind.open(path, Occupant("op1", os.getpid(), "14:30:12")) as store:
        pipe.send("siap")
        while True:
            entries = acts(store, rng)
            pipe.send(f"?{len(entries)}")
            if mode == "acknowledged early":
                pipe.send(f"{store.head().seq + len(entries)} {'0' * 64}")
                store.append(*entries)
            else:
                last = store.append(*entries)[-1]
                pipe.send(f"{last.seq} {last.hash}")
