"""kill -9 of real commands at random moments, each on what the last one left (harness A).

Usage: kills.py KILLS SEED MUTANT [ekspor] [ketik]   Prints one JSON line a kill (Death); exports too, or typing alone,
where asked.
Each command is a child forked after the imports, so that it dies in its work and not in Python's. The death of a
process keeps what the system has buffered: this shows atomicity and recovery, not durability.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from crash.images import scratch_folder
from crash.judge import Promises, faults_of_copies, faults_of_database, faults_of_sets
from crash.mutants import MUTANTS
from crash.work import TPS, WHOLE, WHY, Say, Work, announce, make_workspace

from pleno.cli.main import run
from pleno.service import meeting
from pleno.service.session import Session

LONGEST_JOURNAL = 150
"""Entries after which a new workspace is begun."""


TYPE = "ketik"
"""Not a command: a paper is typed at the desk, figure by figure, and nobody finishes it."""
FIGURES = 300
"""Typed before the desk is left."""
LARGEST = 900
"""A row takes 999; what is typed is a little ahead of what was heard."""

LONGEST_SAVE = 0.006
"""Seconds from the beginning of a save to the kill, at most."""


class Death(NamedTuple):
    """One killed command and what it left."""

    command: str
    hot: bool
    """Whether it died in the middle of a transaction."""
    answered: bool
    """Whether it had said that it saved."""
    faults: list[str]


class Table:
    """A workspace at which one command after another is killed."""

    def __init__(self, place: Path, rng: random.Random, asked: Sequence[str]) -> None:
        place.mkdir()
        self._office, self._rng, self._asked = place, rng, asked
        self.folder = make_workspace(place, place)
        with Session.open(self.folder) as session:
            meeting.open_meeting(session, "ppk1")
        self.promises = Promises()

    @property
    def typed(self) -> int:
        """The largest figure that was typed; each is larger than the one before."""
        return max(self.promises.drafts.values(), default=0)

    def begin(self) -> None:
        """What is there before a command must be there after it."""
        with Session.open(self.folder) as session:
            head = session.store.head()
        self.promises.over(head.seq, head.hash.hex())

    def command(self) -> list[str]:
        """The next command, drawn by chance."""
        figures = [f"{row}={self._rng.randrange(300)}" for row in self._rng.sample(sorted(WHOLE), 4)]
        acts: list[tuple[int, list[str]]] = [
            (10, ["catat", self._rng.choice(TPS), *figures, "--sumber", "sirekap", "--catatan", WHY]),
            (4, ["impor", str(self._file()), "--sumber", "foto"]),
            (2, ["segel", "--angka-saksi", f"{self._rng.randrange(10**4):04}"]),
            (1, ["cadangkan"]),
            (4, [TYPE, str(self._rng.randrange(10**9))]),
            (int("ekspor" in self._asked), ["ekspor", "--konsep"]),
        ]
        if TYPE in self._asked:
            acts = [one for one in acts if one[1][0] == TYPE]
        (chosen,) = self._rng.choices([act for _, act in acts], [weight for weight, _ in acts])
        return [*chosen, "--oleh", "op1", "--folder", str(self.folder), "--json"]

    def _file(self) -> Path:
        path = self._office / "foto.csv"
        rows = [",".join([code, *map(str, {**WHOLE, "suara.1": self._rng.randrange(999)}.values())]) for code in TPS]
        path.write_text("\n".join([",".join(["kode_tps", *WHOLE]), *rows]) + "\n", "utf-8")
        return path

    def hear(self, line: str) -> bool:
        """One line of the command; whether it was its answer."""
        if not line.startswith("{"):
            self.promises.hear(line)
            return False
        answer: dict[str, Any] = json.loads(line)
        match answer["perintah"]:
            case "catat":
                self.promises.seq, self.promises.hash = answer["entri"][-1]["nomor"], answer["entri"][-1]["hash"]
            case "impor":
                self.promises.seq, self.promises.hash = answer["berkas"][0]["entri"], ""
            case "segel":
                self.promises.seq, self.promises.hash = answer["entri"], ""
            case "ekspor":
                self.promises.sets[Path(answer["folder"]).name] = answer["sha256_manifes"]
        if answer["perintah"] in ("segel", "cadangkan"):
            for copied in answer["salinan"]:
                path = (Path(copied["folder"]) / copied["berkas"]).relative_to(self.folder)
                self.promises.copies[path.as_posix()] = answer.get("entri", self.promises.since)
        return True

    def faults(self) -> Iterator[str]:
        yield from faults_of_copies(self.folder, self.promises)
        yield from faults_of_sets(self.folder, self.promises)
        yield from faults_of_database(self.folder, self.promises)


def main(kills: int, seed: int, mutant: str, asked: Sequence[str]) -> None:
    rng = random.Random(seed)
    with scratch_folder() as scratch:
        lasts: dict[str, float] = {}
        table, tables, done = Table(Path(scratch) / "0", rng, asked), 0, 0
        while done < kills:
            table.begin()
            command = table.command()
            lines, killed, took = _run(command, _when(rng, command[0], lasts.get(command[0])), mutant)
            hot = (table.folder / "data" / "pleno.db-journal").stat().st_size > 0
            answered = sum(map(table.hear, lines)) > 0
            lasts[command[0]] = max(lasts.get(command[0], 0), took)
            faults = list(table.faults())
            if killed:
                done += 1
                print(json.dumps(Death(command[0], hot, answered, faults)), flush=True)
            elif faults:
                raise SystemExit(f"{command[0]} left alone: {faults}")
            if faults or table.promises.seq > LONGEST_JOURNAL or table.typed + FIGURES > LARGEST:
                shutil.rmtree(Path(scratch) / str(tables))
                tables += 1
                table = Table(Path(scratch) / str(tables), rng, asked)


class When(NamedTuple):
    """The moment of a kill."""

    saves: int
    """Appends that must have begun, or figures that must have been kept, first."""
    seconds: float
    """To wait after that."""
    word: bytes = b"mulai"
    """What the child says of each of them."""


def _when(rng: random.Random, command: str, whole: float | None) -> When | None:
    """Mostly in a save, where most can break; None for a kind of command whose time is not known yet."""
    if whole is None:
        return None
    if command == TYPE:
        return When(rng.randrange(40), rng.uniform(0, LONGEST_SAVE), b"draf")
    return (
        When(rng.choice((1, 2)), rng.uniform(0, LONGEST_SAVE)) if rng.random() < 0.7 else When(0, rng.uniform(0, whole))
    )


def _run(command: Sequence[str], when: When | None, mutant: str) -> tuple[list[str], bool, float]:
    """The lines of a command, whether it was killed, and the seconds it lived."""
    ours, theirs = os.pipe()
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        os.close(ours)
        _child(command, theirs, mutant)
    os.close(theirs)
    said = b""
    if when is not None:
        while said.count(when.word) < when.saves and (part := os.read(ours, 4096)):
            said += part
        time.sleep(when.seconds)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(ours, "rb") as pipe:
        said += pipe.read()
    _, status = os.waitpid(child, 0)
    killed = os.WIFSIGNALED(status)
    if not killed and os.WEXITSTATUS(status):
        raise SystemExit(f"{command}: ended with {status}: {said.decode()}")
    return said[: said.rfind(b"\n") + 1].decode().splitlines(), killed, time.monotonic() - started


def _child(command: Sequence[str], pipe: int, mutant: str) -> None:
    def say(line: str) -> None:
        os.write(pipe, f"{line}\n".encode())

    os.dup2(pipe, 1)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8")
    MUTANTS[mutant](say)
    announce(say)
    if command[0] == TYPE:
        _type(Path(command[command.index("--folder") + 1]), int(command[1]), say)
        os._exit(0)
    sys.argv = ["pleno", *command]
    code = 70
    with contextlib.suppress(SystemExit):
        try:
            run()
        except SystemExit as end:
            code = int(end.code or 0)
    os._exit(code)


def _type(folder: Path, seed: int, say: Say) -> None:
    with Session.open(folder) as session:
        work = Work(session, folder.parent, random.Random(seed), say)
        for _ in range(FIGURES):
            work.types()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4:])
