"""Every state of the disk that a power cut may leave keeps what was promised (TRUST.md section 11, harness C).

The second half is the sensitivity rule: each broken program must be caught. Long form: `make crash`.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from crash.images import NO_RECORDER, Bench, Recorded, cuts, first_fault, record, scratch_folder
from crash.mutants import CHOSEN, OF_EXPORTS, OF_THE_DATABASE
from crash.recorder import Run

pytestmark = pytest.mark.skipif(bool(NO_RECORDER), reason=NO_RECORDER)

STEPS = 40
TO_THE_FIRST_SET = 9
"""Acts until a set was exported."""
COPIES = "salinan tanpa fsync"


@pytest.fixture(scope="module")
def scratch() -> Iterator[Path]:
    with scratch_folder() as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def recorded(scratch: Path) -> dict[str, Recorded]:
    runs = [
        Run("siapkan", CHOSEN, 1, 0, False),
        Run("meja", CHOSEN, 2, STEPS, False),
        Run("ekspor", CHOSEN, 3, TO_THE_FIRST_SET, True),
        *(Run(name, name, 4, TO_THE_FIRST_SET, False) for name in OF_THE_DATABASE),
        *(Run(name, name, 5, TO_THE_FIRST_SET, True) for name in OF_EXPORTS),
    ]
    return record(runs, scratch)


@pytest.mark.parametrize(("run", "points"), [("siapkan", 200), ("meja", 90), ("ekspor", 60)])
def test_no_power_cut_breaks_a_promise(recorded: dict[str, Recorded], scratch: Path, run: str, points: int) -> None:
    bench = Bench(scratch)
    faults = Counter(fault for cut in cuts(recorded[run], random.Random(1), points, 1) for fault in bench.faults(cut))
    assert faults == Counter()
    assert bench.judged > (1 if run == "siapkan" else 3), (
        "pleno.toml comes last: few images of siapkan hold a workspace"
    )


def test_the_runs_do_what_a_pleno_does(recorded: dict[str, Recorded]) -> None:
    said = Counter(
        operation.data.split()[0].decode()
        for run in ("siapkan", "meja", "ekspor")
        for operation in recorded[run].operations
        if operation.verb == "A"
    )
    assert said["tersimpan"] == STEPS + TO_THE_FIRST_SET
    assert said["mulai"] > said["tersimpan"]
    assert (said["siap"], said["ekspor"], said["salinan"]) == (1, 1, 4)
    assert said["draf"] >= 10


@pytest.mark.parametrize("mutant", [*OF_THE_DATABASE, *OF_EXPORTS])
def test_a_broken_program_is_caught(recorded: dict[str, Recorded], scratch: Path, mutant: str) -> None:
    part = "ekspor" if mutant in OF_EXPORTS else "salinan" if mutant == COPIES else "basis data"
    assert first_fault(recorded[mutant], scratch, part)
