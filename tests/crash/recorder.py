"""Run under record.so: carry on a pleno in a forked child for each run asked, and write down what it changes.

Usage: recorder.py LIBRARY SCRATCH < RUNS   (one JSON line each: Run)
Each run finds its workspace in SCRATCH/<name>/ruang/kec, or makes it, and leaves SCRATCH/<name>/log.
The interpreter is forked for each, so that the imports cost once.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
import traceback
from pathlib import Path
from typing import NamedTuple

from crash.mutants import MUTANTS
from crash.work import announce, carry_on, make_workspace


class Run(NamedTuple):
    """What one child does."""

    name: str
    """Of its folder."""
    mutant: str
    seed: int
    steps: int
    """0: only make the workspace, whose folder is empty before."""
    sets: bool
    """Whether it exports."""


def main(library: str, scratch: Path) -> None:
    recorder = ctypes.CDLL(library)
    recorder.record_arm.argtypes = (ctypes.c_char_p, ctypes.c_char_p)
    recorder.record_say.argtypes = (ctypes.c_char_p,)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _child(recorder, scratch, Run(*json.loads(line)))
        _, status = os.waitpid(child, 0)
        if status:
            raise SystemExit(f"{line.strip()}: ended with {status}")


def _child(recorder: ctypes.CDLL, scratch: Path, run: Run) -> None:
    def say(line: str) -> None:
        recorder.record_say(line.encode())

    place = scratch / run.name
    try:
        MUTANTS[run.mutant](say)
        announce(say)
        recorder.record_arm(str(place / "ruang").encode(), str(place / "log").encode())
        if run.steps:
            carry_on(place / "ruang" / "kec", place, run.seed, run.steps, run.sets, say)
        else:
            make_workspace(place / "ruang", place)
            say("siap")
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
