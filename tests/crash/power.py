"""A real power cut: ext4 or xfs on an image, shut down by ioctl so that everything not synced is gone (harness B).

Needs Linux, root, loop devices and mkfs; `lacking` says what is missing.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from crash.judge import Promises, faults_of_copies, faults_of_database, faults_of_sets
from crash.mutants import MUTANTS
from crash.work import announce, carry_on, make_workspace

from pleno.store import inspect

SYSTEMS: Final = {"ext4": ("-q", "-F", "-E", "lazy_itable_init=0"), "xfs": ("-q", "-f")}
"""File system -> options of its mkfs."""
_MEGABYTES: Final = {"ext4": 64, "xfs": 320}
_SHUTDOWN: Final = 0x8004587D
"""FS_IOC_SHUTDOWN."""
_NO_LOG_FLUSH: Final = 2
_MOST_BYTES: Final = 4_000_000
"""Of a database; a larger workspace is begun anew."""


def lacking(system: str) -> str:
    """Why no power can be cut here, Indonesian; empty where it can."""
    if sys.platform != "linux":
        return "perlu Linux"
    if os.geteuid() != 0:
        return "perlu root"
    if shutil.which(f"mkfs.{system}") is None:
        return f"mkfs.{system} tidak ada"
    free = subprocess.run(["losetup", "-f"], capture_output=True, text=True)
    return "" if free.returncode == 0 else f"tidak ada perangkat loop ({free.stderr.strip()})"


class Medium:
    """A file system that can lose power."""

    def __init__(self, system: str, scratch: Path) -> None:
        self._system, self._image, self.place = system, scratch / f"{system}.img", scratch / f"{system}.mnt"
        self.place.mkdir()
        self.format()

    def format(self) -> None:
        with self._image.open("wb") as file:
            file.truncate(_MEGABYTES[self._system] << 20)
        subprocess.run([f"mkfs.{self._system}", *SYSTEMS[self._system], str(self._image)], check=True)

    @contextlib.contextmanager
    def mounted(self) -> Iterator[Path]:
        subprocess.run(["mount", "-o", "loop", str(self._image), str(self.place)], check=True)
        try:
            yield self.place
        finally:
            for _ in range(100):
                if subprocess.run(["umount", str(self.place)], stderr=subprocess.DEVNULL).returncode == 0:
                    break
                time.sleep(0.02)
            else:
                raise SystemExit(f"cannot unmount {self.place}")

    def cut(self) -> None:
        import fcntl

        descriptor = os.open(self.place, os.O_RDONLY)
        try:
            fcntl.ioctl(descriptor, _SHUTDOWN, struct.pack("I", _NO_LOG_FLUSH))
        finally:
            os.close(descriptor)


def cut_power(system: str, number: int, seed: int, mutant: str, scratch: Path) -> Iterator[list[str]]:
    """Cut the power `number` times while a pleno goes on; what does not hold after each."""
    rng, medium, fresh = random.Random(seed), Medium(system, scratch), True
    for _ in range(number):
        with medium.mounted() as place:
            if fresh:
                make_workspace(place, scratch)
                subprocess.run(["sync", "-f", str(place)], check=True)
            head = inspect(place / "kec" / "data" / "pleno.db").head
            promises = Promises()
            promises.over(head.seq, head.hash.hex())
            for line in _work_until_cut(medium, scratch, rng, mutant):
                promises.hear(line)
        with medium.mounted() as place:
            found = [*_faults(place / "kec", promises)]
            large = (place / "kec" / "data" / "pleno.db").stat().st_size > _MOST_BYTES
            full = shutil.disk_usage(place).free < 3 * _MOST_BYTES
        yield found
        fresh = bool(found) or large or full
        if fresh:
            medium.format()


def _faults(folder: Path, promises: Promises) -> Iterator[str]:
    judges: Sequence[Callable[[Path, Promises], Iterator[str]]] = (faults_of_copies, faults_of_sets, faults_of_database)
    for judge in judges:
        yield from judge(folder, promises)


def _work_until_cut(medium: Medium, scratch: Path, rng: random.Random, mutant: str) -> list[str]:
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        _work(medium.place / "kec", scratch, rng.randrange(10**6), mutant, theirs)
    os.close(theirs)
    said = os.read(ours, 4096)
    time.sleep(rng.expovariate(1 / 0.12))
    if rng.random() < 0.4:
        _write_back_one(medium.place / "kec" / "data", rng)
    # Frozen first: what it says after the cut would be a promise that no power cut lets anybody read.
    os.kill(child, signal.SIGSTOP)
    _, status = os.waitpid(child, os.WUNTRACED)
    if not os.WIFSTOPPED(status):
        raise SystemExit("the writer ended by itself")
    medium.cut()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(ours, "rb") as pipe:
        said += pipe.read()
    return said[: said.rfind(b"\n") + 1].decode().splitlines()


def _write_back_one(data: Path, rng: random.Random) -> None:
    """The system may write any file to the disk before the others."""
    files = [path for path in data.iterdir() if path.is_file()]
    with contextlib.suppress(OSError):
        descriptor = os.open(rng.choice(files), os.O_RDWR)
        os.fdatasync(descriptor)
        os.close(descriptor)


def _work(workspace: Path, office: Path, seed: int, mutant: str, pipe: int) -> None:
    def say(line: str) -> None:
        os.write(pipe, f"{line}\n".encode())

    try:
        MUTANTS[mutant](say)
        announce(say)
        carry_on(workspace, office, seed, None, seed % 8 == 0, say)
    except BaseException as error:
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
    os._exit(1)


if __name__ == "__main__":
    # power.py SYSTEM NUMBER SEED MUTANT SCRATCH: a process of its own, since it forks
    for found in cut_power(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], Path(sys.argv[5])):
        print(json.dumps(found), flush=True)
