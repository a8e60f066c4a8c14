"""The operator's manual, replayed: every `console` block is run, in order, in one folder.

`make docs` writes what the commands really print into the manual; a test fails when a block
no longer says it. Moments, hashes and words of seals differ each time and do not count.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from typer.testing import CliRunner

from pleno.cli.commands import app

MANUAL: Final = Path(__file__).parent / "panduan-operator.md"
EXAMPLES: Final = Path(__file__).parent / "contoh"
WORD: Final = "KATA"
"""Stands in a command for the second word of the newest seal."""
SET: Final = "EKSPOR"
"""Stands in a command for the folder of the newest set."""
PLACE: Final = "/ppk"
"""Stands in an answer for the folder in which the manual is replayed."""

_BLOCK: Final = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_SEAL_WORDS: Final = re.compile(r"saksi [0-9]{4,6}  (\w+)-(\w+)")
_SET_FOLDER: Final = re.compile(r"data/ekspor/(\S+)")
_VARYING: Final = (
    (_SEAL_WORDS, "saksi"),
    (re.compile(r"segel\d\d-[a-z]+\.db"), "SALINAN"),
    (re.compile(r"\b[0-9a-f]{16,64}\b"), "SIDIK"),
    (re.compile(r"\b\d{4}-\d\d-\d\d[ T]\d\d[:.]\d\d([:.]\d\d)?"), "SAAT"),
    (re.compile(r"\bpukul \d\d\.\d\d \w+"), "SAAT"),
    (re.compile(r"\bpid \d+"), "PID"),
)


def replayed(text: str) -> str:
    """The manual with the output of each command as it is today."""
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        shutil.copytree(EXAMPLES, Path("contoh"))
        table = _Table(str(Path.cwd()))
        return _BLOCK.sub(lambda block: "".join(table.block(block[0])), text)


class _Table:
    """The person who types the commands of the manual."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._known = {WORD: WORD, SET: SET}

    def block(self, shown: str) -> Iterator[str]:
        """Each command of one block with what it prints; the old output where nothing but moments differs."""
        for command, old in _commands(shown):
            new = self._typed(command)
            yield f"$ {command}\n"
            yield old if _lasting(old) == _lasting(new) else new

    def _typed(self, command: str) -> str:
        program, *args = shlex.split(command)
        if program == "cd":
            os.chdir(args[0])
            return ""
        if program != "pleno":
            raise ValueError(f"the manual may only show pleno and cd, not {program}")
        for name, value in self._known.items():
            args = [arg.replace(name, value) for arg in args]
        ended = CliRunner().invoke(app, args)
        output = ended.output.replace(self._place, PLACE)
        if words := _SEAL_WORDS.search(output):
            self._known[WORD] = words[2]
        if folder := _SET_FOLDER.search(output):
            self._known[SET] = folder[1]
        return output + (f"[kode keluar {ended.exit_code}]\n" if ended.exit_code else "")


def _commands(block: str) -> Iterator[tuple[str, str]]:
    """Each command of a block with the output that stands below it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def _lasting(output: str) -> str:
    for pattern, name in _VARYING:
        output = pattern.sub(name, output)
    return output
