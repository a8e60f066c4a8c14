"""The long form of the crash harnesses (`make crash`): runs them, prints a table, ends 1 when a promise was broken
or a broken program was not caught.

Usage: long.py [citra] [kill] [listrik]   Without a word, all three. IMAGES, KILLS and CUTS say how many (environment).
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple

from crash.images import NO_RECORDER, Bench, cuts, record, scratch_folder
from crash.mutants import CHOSEN, OF_EXPORTS, OF_THE_DATABASE
from crash.power import SYSTEMS, lacking
from crash.recorder import Run

HERE: Final = Path(__file__).parent
IMAGES: Final = int(os.environ.get("IMAGES", "10000"))
KILLS: Final = int(os.environ.get("KILLS", "1000"))
CUTS: Final = int(os.environ.get("CUTS", "1000"))
ACTS: Final = 60
MUTANT_ACTS: Final = 20
MUTANT_CUTS: Final = 60
MUTANTS_OF_POWER: Final = ("DELETE + FULL tanpa EXCLUSIVE", "WAL + NORMAL", "synchronous OFF")
"""What the real kernel loses often enough to be seen in a few cuts."""


class Row(NamedTuple):
    """One line of the table."""

    harness: str
    program: str
    tried: int
    failed: int
    first: str
    """The first fault, or why nothing was tried."""

    @property
    def is_bad(self) -> bool:
        """A promise of the program was broken, or a broken program passed."""
        return bool(self.tried) and (self.failed > 0) is (self.program == CHOSEN)


def tell(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def images() -> Iterator[Row]:
    """Harness C: the chosen program until IMAGES different images were judged, then every broken one."""
    if NO_RECORDER:
        yield Row("C citra", CHOSEN, 0, 0, NO_RECORDER)
        return
    faults: Counter[str] = Counter()
    judged = 0
    for seed in count(1):
        judged += _judge(Run("meja", CHOSEN, seed, ACTS, seed % 3 == 0), 900, 2, faults, IMAGES - judged)
        tell(f"citra {judged}, gagal {faults.total()}")
        if judged >= IMAGES:
            break
    judged += _judge(Run("siapkan", CHOSEN, 1, 0, False), 400, 4, faults, IMAGES)
    yield Row("C citra", CHOSEN, judged, faults.total(), _first(faults))
    for mutant in (*OF_THE_DATABASE, *OF_EXPORTS):
        faults = Counter()
        judged = _judge(Run("meja", mutant, 7, MUTANT_ACTS, mutant in OF_EXPORTS), 120, 2, faults, IMAGES)
        yield Row("C citra", mutant, judged, faults.total(), _first(faults))


def _judge(run: Run, points: int, parts: int, faults: Counter[str], most: int) -> int:
    with scratch_folder() as folder:
        bench = Bench(Path(folder))
        for cut in cuts(record([run], Path(folder))[run.name], random.Random(run.seed), points, parts):
            before, found = bench.judged, bench.faults(cut)
            if bench.judged > before:  # different images that fail, not assertions
                faults.update(found[:1])
            if bench.judged >= most:
                break
        return bench.judged


def _first(faults: Counter[str]) -> str:
    return next(iter(faults), "")


def kills() -> Iterator[Row]:
    """Harness A."""
    if sys.platform != "linux":
        yield Row("A kill -9", CHOSEN, 0, 0, "perlu Linux")
        return
    for mutant, number in ((CHOSEN, KILLS), ("entri dan angka dua transaksi", 40)):
        dead = [found for _, _, _, found in _lines("kills.py", str(number), "1", mutant, "ekspor")]
        yield _row("A kill -9", mutant, dead)


def power() -> Iterator[Row]:
    """Harness B on every file system that this machine has."""
    for system in SYSTEMS:
        if why := lacking(system):
            yield Row(f"B listrik {system}", CHOSEN, 0, 0, f"dilewati: {why}")
            continue
        for mutant, number in ((CHOSEN, CUTS), *((mutant, MUTANT_CUTS) for mutant in MUTANTS_OF_POWER)):
            with scratch_folder() as scratch:
                found = list(_lines("power.py", system, str(number), "1", mutant, scratch))
            yield _row(f"B listrik {system}", mutant, found)


def _lines(script: str, *words: str) -> Iterator[list[str]]:
    """What a script printed, line by line as it comes."""
    command = [sys.executable, str(HERE / script), *words]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as running:
        assert running.stdout is not None
        for number, line in enumerate(running.stdout, 1):
            if number % 100 == 0:
                tell(f"{' '.join([script, *words[:4]])}: {number}")
            yield json.loads(line)
    if running.returncode:
        raise SystemExit(f"{script} {' '.join(words)} ended with {running.returncode}")


def _row(harness: str, mutant: str, found: list[list[str]]) -> Row:
    bad = [faults[0] for faults in found if faults]
    return Row(harness, mutant, len(found), len(bad), bad[0] if bad else "")


PARTS: Final = {"citra": images, "kill": kills, "listrik": power}


def main(words: list[str]) -> int:
    rows = []
    for name in words or PARTS:
        for row in PARTS[name]():
            rows.append(row)
            tell(f"{row.harness}, {row.program}: {row.failed} dari {row.tried}. {row.first}")
    wide = max(len(row.program) for row in rows)
    print(f"{'harness':<15} {'program':<{wide}} {'diuji':>7} {'gagal':>7}  yang pertama")
    for row in rows:
        seen = row.first[: shutil.get_terminal_size((160, 24)).columns - wide - 36]
        print(f"{row.harness:<15} {row.program:<{wide}} {row.tried:>7} {row.failed:>7}  {seen}")
    bad = [row for row in rows if row.is_bad]
    print(f"TIDAK LULUS: {len(bad)} baris" if bad else "LULUS: janji ditepati, setiap program yang dirusak tertangkap")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
