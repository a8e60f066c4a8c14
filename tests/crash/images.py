"""The crash images of a recorded run, and which of the assertions fail in them (harness C)."""

from __future__ import annotations

import copy
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from crash.disk import Disk, Image, Operation, read_log
from crash.judge import Promises, faults_of_copies, faults_of_database, faults_of_sets
from crash.recorder import Run
from crash.work import make_workspace

from pleno.store import Head, inspect

HERE: Final = Path(__file__).parent
KEC: Final = "kec/"
NO_RECORDER: Final = (
    "perlu Linux" if sys.platform != "linux" else "" if shutil.which("cc") else "perlu kompilator C (cc)"
)
"""Why nothing can be recorded here; empty where it can."""

PARTS: Final[Mapping[str, tuple[tuple[str, ...], Callable[[Path, Promises], Iterator[str]]]]] = {
    "basis data": ((KEC + "pleno.toml", KEC + "data/pleno.db", KEC + "data/masuk/"), faults_of_database),
    "ekspor": ((KEC + "data/ekspor/",), faults_of_sets),
    "salinan": ((KEC + "data/cadangan/",), faults_of_copies),
}
"""What is judged by itself: where its files begin, and how."""


class Recorded(NamedTuple):
    """A run that was written down."""

    before: Image
    head: Head | None
    """Last entry of the workspace that was there; None where the run makes one."""
    operations: tuple[Operation, ...]


class Cut(NamedTuple):
    """One crash image."""

    at: int
    """Number of the last operation before the cut."""
    image: Image
    promises: Promises


def build(source: str, folder: Path) -> Path:
    """A library of C beside the tests, built into `folder`."""
    made = folder / Path(source).with_suffix(".so").name
    subprocess.run(
        ["cc", "-O2", "-shared", "-fPIC", "-w", "-o", str(made), str(HERE / source), "-ldl"], check=True
    )  # fmt: skip
    return made


def scratch_folder() -> tempfile.TemporaryDirectory[str]:
    """A place for thousands of images: memory where the system has some."""
    memory = Path("/dev/shm")
    return tempfile.TemporaryDirectory(prefix="pleno-", dir=memory if os.access(memory, os.W_OK) else None)


def record(runs: Sequence[Run], scratch: Path) -> dict[str, Recorded]:
    """Carry the runs out under the recorder; by name."""
    library = build("record.c", scratch)
    before: dict[str, tuple[Image, Head | None]] = {}
    for run in runs:
        (scratch / run.name / "ruang").mkdir(parents=True)
        head = None
        if run.steps:
            made = make_workspace(scratch / run.name / "ruang", scratch / run.name)
            head = inspect(made / "data" / "pleno.db").head
        before[run.name] = image_of(scratch / run.name / "ruang"), head
    ended = subprocess.run(
        [sys.executable, str(HERE / "recorder.py"), str(library), str(scratch)],
        input="".join(json.dumps(run) + "\n" for run in runs), capture_output=True, text=True, timeout=3600,
        env={**os.environ, "LD_PRELOAD": str(library), "PYTHONPATH": str(HERE.parent)},
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    return {run.name: Recorded(*before[run.name], tuple(read_log(scratch / run.name / "log"))) for run in runs}


def image_of(folder: Path) -> Image:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def cuts(recorded: Recorded, rng: random.Random, points: int, parts: int) -> Iterator[Cut]:
    """Images at `points` moments of a run, in order: the least, the most and `parts` others that a cut may leave.

    Half of the moments are right after the program said something, when a broken promise shows most.
    """
    disk = Disk(recorded.before)
    promises = Promises(made=recorded.head is not None)
    if recorded.head is not None:
        promises.over(recorded.head.seq, recorded.head.hash.hex())
    chosen = _moments(recorded.operations, rng, points)
    for at, operation in enumerate(recorded.operations):
        if operation.verb == "A":
            promises.hear(operation.data.decode())
        else:
            disk.apply(operation)
        if at in chosen:
            for image in (disk.least(), disk.most(), *(disk.some(rng) for _ in range(parts))):
                yield Cut(at, image, copy.deepcopy(promises))


def _moments(operations: Sequence[Operation], rng: random.Random, points: int) -> set[int]:
    said = [at for at, operation in enumerate(operations) if operation.verb == "A"]
    chosen = set(rng.sample(said, min(len(said), points // 2)))
    others = [at for at in range(len(operations)) if at not in chosen]
    return chosen | set(rng.sample(others, min(len(others), points - len(chosen))))


class Bench:
    """Judges images; what was judged before with the same promises is not judged again."""

    def __init__(self, scratch: Path, *parts: str) -> None:
        """Judges the named PARTS, all where none is named."""
        self._parts = [PARTS[name] for name in parts or PARTS]
        self._place = scratch / "citra"
        self._known: dict[bytes, list[str]] = {}
        self.judged = 0
        """Images that were no repetition."""

    def faults(self, cut: Cut) -> list[str]:
        """What does not hold of one image."""
        if not cut.promises.made and KEC + "pleno.toml" not in cut.image:
            return []
        found, fresh = [], False
        for beginnings, judge in self._parts:
            part = {path: data for path, data in cut.image.items() if path.startswith(beginnings)}
            key = _digest(part, cut.promises)
            if key not in self._known:
                fresh = True
                self._known[key] = self._judge(part, judge, cut.promises)
            found += self._known[key]
        self.judged += fresh
        return found

    def _judge(
        self, image: Image, judge: Callable[[Path, Promises], Iterator[str]], promises: Promises
    ) -> list[str]:  # fmt: skip
        shutil.rmtree(self._place, ignore_errors=True)
        for path, data in image.items():
            (self._place / path).parent.mkdir(parents=True, exist_ok=True)
            (self._place / path).write_bytes(data)
        return list(judge(self._place / KEC, promises))


def _digest(part: Image, promises: Promises) -> bytes:
    whole = hashlib.sha256(repr(promises).encode())
    for path, data in sorted(part.items()):
        whole.update(f"\0{path}\0".encode() + hashlib.sha256(data).digest())
    return whole.digest()


def first_fault(recorded: Recorded, scratch: Path, part: str, points: int = 200) -> str:
    """The first assertion on a part that a crash image of a run does not hold; empty when every image holds all."""
    bench = Bench(scratch, part)
    for cut in cuts(recorded, random.Random(7), points, 2):
        if found := bench.faults(cut):
            return found[0]
    return ""
