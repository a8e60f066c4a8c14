"""A program on a real pseudo-terminal, and the bytes it sends there, taken apart."""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import struct
import sys
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
_IDLE: Final = 0.05
"""Seconds without a byte after which the program is taken to have drawn."""
_AFTER_ESC: Final = 1.0
"""The same for the first byte after an Esc: a key that follows sooner would be read as one with Alt."""
_LONGEST: Final = 20.0
_UNJUDGED: Final = "from pleno.tui import app; app._CHECKED_AFTER = 3600; from pleno.cli.main import run; run()"

_SEQUENCE: Final = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)|\x1b.", re.DOTALL)
_KNOWN: Final = re.compile(
    r"\x1b\[("
    r"[0-9;]*m"  # colours and attributes
    r"|[0-9]*;[0-9]*H|H"  # where to draw
    r"|\?(1000|1003|1004|1006|1015|1016|1049|2004|2026|2048|25|7)[hl]"  # mouse, focus, second screen, paste, cursor
    r"|\?2026\$p|\?2048\$p"  # may I draw in one go, may I be told of a resize
    r"|[<>=][0-9;]*u"  # keys in full
    r"|[0-9;]*[JK]"  # clear, at the beginning and the end
    r")"
    r"|\x1b\]22;[a-z-]+\x07"  # the shape of the mouse pointer
)
"""Every family that Textual's Linux driver itself writes."""


class Program:
    """`python -m pleno WORDS` on a terminal of 80x24; what it writes is kept byte for byte."""

    def __init__(
        self, *words: str | Path, folder: Path, columns: int = 80, lines: int = 24, judged: bool = True
    ) -> None:
        """`judged`: whether it judges the database after opening, and holds one that is not whole."""
        import fcntl
        import pty
        import termios

        self.sent = b""
        self._pid, self._terminal = pty.fork()
        if self._pid == 0:  # the child becomes the program
            os.chdir(folder)
            os.environ.update(TERM="xterm-256color", PYTHONPATH=str(ROOT), COLUMNS=str(columns), LINES=str(lines))
            begin = ("-m", "pleno") if judged else ("-c", _UNJUDGED)
            os.execv(sys.executable, [sys.executable, *begin, *map(str, words)])
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def press(self, *keys: str, see: str = "") -> None:
        """Send keys as a terminal does, then read until a text was drawn that was not asked for before."""
        before = len(self.sent)
        for key in keys:
            self._read(_IDLE)  # what is still being drawn must not pass for the answer
            os.write(self._terminal, key.encode())
            self._read(_AFTER_ESC if key == "\x1b" else _IDLE)
        self.wait(see, before)

    def wait(self, text: str, since: int = 0) -> None:
        """Read until the program has written a text, after so many bytes."""
        until = time.monotonic() + _LONGEST
        while text not in plain(self.sent[since:]):
            self._read(_IDLE)
            assert time.monotonic() < until, f"{text!r} never came:\n{plain(self.sent[-4000:])}"

    def _read(self, patience: float) -> bool:
        """Everything that comes within so many seconds, and then up to a pause; whether anything came."""
        seen, until = len(self.sent), time.monotonic() + patience + 10 * _IDLE
        while time.monotonic() < until and select.select([self._terminal], [], [], patience)[0]:
            try:
                got = os.read(self._terminal, 65536)
            except OSError:  # Linux says so when the other side is gone
                break
            if not got:
                break
            self.sent += got
            patience = _IDLE
        return len(self.sent) > seen

    def open_files(self) -> list[Path]:
        """What the program holds open."""
        return [one.readlink() for one in Path(f"/proc/{self._pid}/fd").iterdir()]

    def ended(self) -> int:
        """Read until the program has left; its exit code."""
        until = time.monotonic() + _LONGEST
        while not (left := os.waitpid(self._pid, os.WNOHANG))[0]:
            assert time.monotonic() < until, f"it did not leave:\n{plain(self.sent[-3000:])}"
            self._read(_IDLE)
        self._read(_IDLE)
        return os.waitstatus_to_exitcode(left[1])

    def close(self) -> None:
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
        os.close(self._terminal)


def foreign(sent: bytes) -> Iterator[str]:
    """Everything in a stream that is neither plain text nor a sequence Textual itself writes."""
    text = sent.decode("utf-8", errors="backslashreplace")
    at = marks = 0
    while at < len(text):
        char = text[at]
        if char == "\x1b":
            found = _SEQUENCE.match(text, at)
            if found is None or _KNOWN.fullmatch(found[0]) is None:
                yield repr(text[at : at + 24])
            at = found.end() if found else at + 1
            continue
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if marks > 4 or (
            unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") and char not in "\r\n"
        ):
            yield f"{char!r} in {text[max(at - 12, 0) : at + 12]!r}"
        at += 1


def plain(sent: bytes) -> str:
    """What was drawn, without the sequences that say where and how."""
    return _SEQUENCE.sub("", sent.decode("utf-8", errors="replace"))
