"""What leaves to the terminal, a pipe or another program: lines, tables and JSON documents.

Text from outside (names, notes, file names) goes through `visible`; nothing here parses markup.
"""

from __future__ import annotations

import errno
import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Final, NamedTuple, TextIO

JSON_VERSION: Final = 1

_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories that steer a terminal or cannot be seen."""
_MOST_MARKS: Final = 4
"""Combining marks on one base character, as at the border of the importers."""
_IS_HEARD: Final = ContextVar("is_heard", default=False)
_WIDEST: Final = 10_000
"""Cells; no table needs more."""
_DELETE: Final = 0x7F
_PICTURES: Final = 0x2400
"""U+2400 and up are pictures of the control characters below 0x20."""
_NOT_ESCAPED: Final = re.compile("[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
"""What json.dumps writes as it is although a terminal may obey it."""
_BROKEN_PIPE: Final = (errno.EPIPE, errno.EINVAL)
"""EINVAL is how Windows says that the reader of a pipe is gone."""


class Column(NamedTuple):
    """A column of a table."""

    title: str
    right: bool = False
    """Figures stand to the right."""


def visible(text: object) -> str:
    """Text with every control, direction or unprintable character as a sign that can be seen.

    Of combining marks at most four stay on one character: a pile of them would hide the lines above.
    """
    said = str(text)
    if said.isascii() and said.isprintable():
        return said
    shown: list[str] = []
    marks = 0
    for char in said:
        category = unicodedata.category(char)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks <= _MOST_MARKS:
            shown.append(_sign(char, category))
    return "".join(shown)


def _sign(char: str, category: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(_PICTURES + code)
    if code == _DELETE:
        return "\u2421"
    return f"<U+{code:04X}>" if category in _HIDDEN else char


def say(*lines: object) -> None:
    """Lines on standard output; their own line breaks count as text."""
    for line in lines:
        _write(sys.stdout, visible(line) + "\n")


def tell(*lines: object) -> None:
    """Lines on standard error: talk and progress, never an answer."""
    for line in lines:
        _write(sys.stderr, visible(line) + "\n")


def document(command: str, fields: Mapping[str, object]) -> None:
    """The one JSON document that a command answers with (CLI.md, "JSON")."""
    text = json.dumps({"versi": JSON_VERSION, "perintah": command, **fields}, ensure_ascii=False, separators=(",", ":"))
    _write(sys.stdout, _NOT_ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")


@contextmanager
def heard() -> Iterator[None]:
    """Say tables instead of drawing them: a screen reader has no columns."""
    token = _IS_HEARD.set(True)
    try:
        yield
    finally:
        _IS_HEARD.reset(token)


def table(columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> None:
    """A table: drawn on a terminal, aligned plain text in a pipe, under TERM=dumb and NO_COLOR.

    Where it is heard, each row is a sentence that names its figures: "baris IV.02, sah 19".
    """
    cells = [[visible(cell) for cell in row] for row in rows]
    if _IS_HEARD.get():
        for row in cells:
            say(", ".join(f"{column.title} {cell}".strip() for column, cell in zip(columns, row, strict=True) if cell))
    elif _is_plain():
        _plain_table(columns, cells)
    else:
        _drawn_table(columns, cells)


def _is_plain() -> bool:
    return not sys.stdout.isatty() or os.environ.get("TERM") == "dumb" or bool(os.environ.get("NO_COLOR"))


def _plain_table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
    from rich.cells import cell_len

    lines = [[column.title for column in columns], *rows]
    widths = [max(cell_len(line[place]) for line in lines) for place in range(len(columns))]
    for line in lines:
        padded = [
            " " * (width - cell_len(cell)) + cell if column.right else cell + " " * (width - cell_len(cell))
            for cell, column, width in zip(line, columns, widths, strict=True)
        ]
        _write(sys.stdout, "  ".join(padded).rstrip() + "\n")


def _drawn_table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console, JustifyMethod
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    for column in columns:
        align: JustifyMethod = "right" if column.right else "left"
        drawn.add_column(Text(column.title), justify=align, no_wrap=column.right, overflow="fold")
    for row in rows:
        drawn.add_row(*map(Text, row))
    console = Console(file=sys.stdout, markup=False, highlight=False, emoji=False)
    # Long names go on in the next line; figures are never wrapped or cut, however narrow the terminal.
    console.width = max(console.width, console.measure(drawn, options=console.options.update(width=_WIDEST)).minimum)
    with console.capture() as captured:
        console.print(drawn)
    _write(sys.stdout, captured.get())


def _write(stream: TextIO, text: str) -> None:
    """Write and flush; when nobody reads any more (`| head`), the rest goes nowhere. OSError when a disk is full."""
    try:
        stream.write(text)
        stream.flush()
    except OSError as error:
        # What is still buffered must not fail a second time when the program ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if error.errno not in _BROKEN_PIPE:
            raise


def prepare() -> None:
    """Make the standard streams take every character: UTF-8 into pipes, escapes for what cannot be encoded.

    A stream that the caller closed (`>&-`) swallows everything.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  # open until the end
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
