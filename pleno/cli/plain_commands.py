"""Line mode: every command of `pleno`, typed at the table and done on the workspace that is open there."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from pleno.cli.errors import CRASHED
from pleno.cli.main import INTERRUPTED
from pleno.cli.options import at_table
from pleno.domain.errors import PlenoError

if TYPE_CHECKING:
    from pleno.service.session import Session

PREFIX: Final = "pleno"
"""May stand before a command, as everywhere else it is written."""
_ELSEWHERE: Final = frozenset({"latihan", "siapkan", "pulihkan", "papan"})
"""Commands that make or replace a workspace, or need a terminal of their own."""


def is_command(word: str) -> bool:
    """Whether a line that begins with this word is a command."""
    return word == PREFIX or word in _commands()


def run_command(session: Session, line: str) -> None:
    """Do one command; whatever it answers or refuses is said as it says it everywhere.

    Raises PlenoError for a line that is none; KeyboardInterrupt and SystemExit where the command was cut off or failed.
    """
    words = _words(line)
    name = words[0] if words else ""
    if name not in _commands():
        raise PlenoError(
            "Perintah tidak dikenal", f'"{name}" bukan perintah.', "Daftarnya: pleno --help, di luar sini."
        )
    if name in _ELSEWHERE:
        raise PlenoError("Bukan di meja", f"`pleno {name}` tidak berjalan selagi meja terbuka.", "Ketik keluar dulu.")
    if not {"--folder", "--help", "-h"} & set(words):
        words += ["--folder", str(session.folder)]
    with at_table(session):
        try:
            _program().main(words)
        except SystemExit as end:
            if end.code == CRASHED:
                raise
            if end.code == INTERRUPTED:
                raise KeyboardInterrupt from end


def _words(line: str) -> list[str]:
    """The words of a line, quoted ones whole; a backslash is part of a path."""
    parts = shlex.shlex(line, posix=True, punctuation_chars=False)
    parts.whitespace_split, parts.escape, parts.commenters = True, "", ""
    try:
        words = list(parts)
    except ValueError as error:
        raise PlenoError("Belum lengkap", "Tanda kutip dibuka tanpa ditutup.", "Ketik ulang.") from error
    return words[1:] if words[:1] == [PREFIX] else words


@cache
def _program() -> Any:
    from typer.main import get_command

    from pleno.cli.commands import app

    return get_command(app)


def _commands() -> Mapping[str, object]:
    commands: Mapping[str, object] = _program().commands
    return commands
