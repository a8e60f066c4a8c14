"""Media as a table meets them: small ones that fill up, and ones that take no writing."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NO_MOUNT = "perlu Linux" if sys.platform != "linux" else "" if os.geteuid() == 0 else "perlu root untuk mount"
"""Why no medium can be mounted here; empty where it can be tried."""


class NoMedium(Exception):
    """The system mounts nothing; says why."""


@contextlib.contextmanager
def small_disk(place: Path, size: str) -> Iterator[Path]:
    """A disk in memory of `size` ("2m") at `place`. NoMedium where the system refuses it."""
    if NO_MOUNT:
        raise NoMedium(NO_MOUNT)
    place.mkdir()
    _mount("-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", str(place))
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


@contextlib.contextmanager
def unwritable(folder: Path) -> Iterator[Path]:
    """The folder and all in it take no writing meanwhile: by rights, or for root by the mount it lies on."""
    if sys.platform == "win32":
        raise NoMedium("perlu hak POSIX")
    if os.geteuid() == 0:
        _mount("-o", "remount,ro", str(folder.parent))
        try:
            yield folder
        finally:
            _mount("-o", "remount,rw", str(folder.parent))
        return
    every = [folder, *folder.rglob("*")]
    rights = {path: path.stat().st_mode for path in every}
    for path in reversed(every):
        path.chmod(rights[path] & ~0o222)
    try:
        yield folder
    finally:
        for path in every:
            path.chmod(rights[path])


def _mount(*words: str) -> None:
    done = subprocess.run(["mount", *words], capture_output=True, text=True)
    if done.returncode:
        raise NoMedium(f"mount ditolak: {done.stderr.strip()}")
