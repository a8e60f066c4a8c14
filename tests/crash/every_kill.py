"""Run under killat.so: kill one command before each of its writes and say what each death left.

Usage: every_kill.py LIBRARY WORKSPACE SCRATCH COMMAND...   ({ws} in COMMAND is the copied workspace)
Prints one JSON line: changes counted in the whole run, then for every kill how many entries stand and
whether the database is whole. The interpreter is forked for each, so that the imports cost once.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

from pleno.cli.main import run
from pleno.store import inspect


def main(library: str, workspace: Path, scratch: Path, command: list[str]) -> None:
    fuse = ctypes.CDLL(library)
    fuse.killat_arm.argtypes = (ctypes.c_char_p, ctypes.c_long)
    fuse.killat_count.restype = ctypes.c_long
    first = _attempt(fuse, workspace, scratch / "0", command, 0)
    for module in first["modules"]:
        importlib.import_module(module)
    total = first["changes"]
    kills = [_attempt(fuse, workspace, scratch / str(n), command, n) for n in range(1, total + 1)]
    print(json.dumps({"changes": total, "kills": kills}))


def _attempt(fuse: ctypes.CDLL, workspace: Path, place: Path, command: list[str], n: int) -> dict[str, Any]:
    """`modules`: what of pleno the undisturbed run had to import."""
    shutil.copytree(workspace, place)
    # A laptop that has not seen this journal go further than this copy.
    os.environ["XDG_DATA_HOME"] = f"{place}-profil"
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        _child(fuse, place, command, n, tell)
    os.close(tell)
    with os.fdopen(told) as pipe:
        answer = json.loads(pipe.read() or "{}")
    _, status = os.waitpid(child, 0)
    if n and not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL):
        raise SystemExit(f"kill {n}: ended with {status}")
    if not n and status:
        raise SystemExit(f"the undisturbed run ended with {status}")
    seen = inspect(place / "data" / "pleno.db")
    faults = [check.message for check in seen.checks if not check.ok]
    shutil.rmtree(place)
    return {"changes": 0, "modules": []} | answer | {"entries": seen.entries, "faults": "; ".join(faults)}


def _child(fuse: ctypes.CDLL, place: Path, command: list[str], n: int, tell: int) -> None:
    sys.argv = ["pleno", *(word.format(ws=place) for word in command)]
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    fuse.killat_arm(str(place).encode(), n)
    code = 0
    try:
        run()
    except SystemExit as end:
        code = int(end.code or 0)
    count = fuse.killat_count()
    modules = [name for name in sys.modules if name.partition(".")[0] == "pleno"] if n == 0 else []
    os.write(tell, json.dumps({"changes": count, "modules": modules}).encode())
    os._exit(code)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:])
