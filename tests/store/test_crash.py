"""kill -9 at random moments (TRUST.md section 11, harness A, assertions A1-A6 and A8).

The death of a process keeps what the system has buffered, so this shows atomicity and recovery,
not durability on a power cut. The two last tests show that it can fail.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from store.samples import GENESIS, created, entry
from store.writer import Mode, write

from pleno.domain.entry import Kind
from pleno.domain.errors import PlenoError
from pleno.store import Head, Occupant, Store, inspect

ME = Occupant("ppk1", os.getpid(), "15:00:00")
LONGEST_WAIT = 0.008
"""Seconds from the beginning of an append to the kill, at most; an append takes 1 to 50 ms."""


@pytest.fixture(scope="module")
def processes() -> Iterator[multiprocessing.context.BaseContext]:
    """Processes of their own that need not import everything anew, where the system can do that."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        yield multiprocessing.get_context("spawn")
        return
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["store.writer"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))  # the server imports before it is told where from
        yield context


class Death(NamedTuple):
    """What one killed writer had said, and what it left."""

    before: Head
    acknowledged: tuple[int, str] | None
    """The last promise: number and hash."""
    under_way: int
    """Entries of an append that began and was not acknowledged."""
    hot: bool
    faults: list[str]
    """Assertions that do not hold."""


def kill_one(
    processes: multiprocessing.context.BaseContext, path: Path, rng: random.Random, seed: int, mode: Mode
) -> Death:
    with Store.open(path, ME) as store:
        before = store.head()
    ours, theirs = processes.Pipe(duplex=False)
    process = processes.Process(target=write, args=(path, seed, theirs, mode))
    process.start()
    theirs.close()
    lines = []
    appends = rng.randrange(5)  # 0: while it starts or opens the workspace
    while appends and process.is_alive():
        lines.append(ours.recv())
        appends -= lines[-1].startswith("?")
    time.sleep(rng.uniform(0, LONGEST_WAIT))
    assert process.is_alive(), "the writer ended by itself"
    process.kill()
    process.join()
    acknowledged, under_way = None, 0
    for line in [*lines, *heard(ours)]:
        if line.startswith("?"):
            under_way = int(line[1:])
        elif line != "siap":
            seq, hash_ = line.split()
            acknowledged, under_way = (int(seq), hash_), 0
    hot = path.with_name(path.name + "-journal").stat().st_size > 0
    return Death(before, acknowledged, under_way, hot, judge(path, before, acknowledged, under_way, hot))


def heard(pipe: multiprocessing.connection.Connection) -> Iterator[str]:
    try:
        while True:
            yield pipe.recv()
    except (EOFError, OSError):
        pipe.close()


def judge(path: Path, before: Head, acknowledged: tuple[int, str] | None, under_way: int, hot: bool) -> list[str]:
    """The assertions A1-A6 and A8 that do not hold."""
    faults = [f"A2-A4 {check}" for check in inspect(path).checks if not check.ok]
    try:
        with Store.open(path, ME) as store:
            if store.hot_journal is not hot:
                faults.append("A8 a hot journal was not told")
            last = store.head().seq
            promised = acknowledged[0] if acknowledged else before.seq
            if last < promised:
                faults.append(f"A5 {promised} was promised, {last} is there")
            elif acknowledged and next(store.entries(promised, promised)).hash != acknowledged[1]:
                faults.append(f"A5 entry {promised} is another one")
            if last - promised not in (0, under_way):
                faults.append(f"A6 {last - promised} of {under_way} entries of an append")
            store.append(entry(Kind.DB_RECOVERED))
    except PlenoError as error:
        faults.append(f"A1 {error}")
    return faults


def kill_many(processes: multiprocessing.context.BaseContext, folder: Path, kills: int, mode: Mode) -> Iterator[Death]:
    """Deaths of writers on one database after another; a broken or long one is left behind."""
    rng = random.Random(20240217)
    path = None
    for number in range(kills):
        if path is None:
            path = folder / f"pleno-{number}.db"
            with Store.create(path, GENESIS, ME) as store:
                store.append(created())
        death = kill_one(processes, path, rng, number, mode)
        yield death
        if death.faults or death.before.seq > 400:
            path = None


def test_kill_9_keeps_every_promise(processes: multiprocessing.context.BaseContext, tmp_path: Path) -> None:
    deaths = list(kill_many(processes, tmp_path, 30, "right"))
    assert [death.faults for death in deaths if death.faults] == []
    assert sum(death.acknowledged is not None for death in deaths) > 3, "the writers died before they wrote"
    assert sum(death.under_way > 0 for death in deaths) > 3, "no writer died in the middle of an append"
    assert any(death.hot for death in deaths), "no writer died in the middle of a transaction"


@pytest.mark.parametrize(
    ("mode", "fault"), [("two transactions", "A2-A4 Check(name='keadaan'"), ("acknowledged early", "A5")]
)
def test_kill_9_would_find_a_broken_store(
    processes: multiprocessing.context.BaseContext, tmp_path: Path, mode: Mode, fault: str
) -> None:
    """The sensitivity rule: the suite fails if a broken setting passes."""
    deaths = kill_many(processes, tmp_path, 40, mode)
    assert any(found.startswith(fault) for death in deaths for found in death.faults)
