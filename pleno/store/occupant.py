"""Who has a workspace open: a note beside the database, for the sentence a second program shows.

The note is only a message. The lock is SQLite's own on the database file, and the system frees
it when its holder dies; a note that was left behind is overwritten by whoever takes the lock next.
"""

from __future__ import annotations

import contextlib
import json
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from pleno.domain.errors import PlenoError

_LARGEST_NOTE: Final = 4096
_LONGEST_NAME: Final = 60


class Occupant(NamedTuple):
    """Who opened the workspace."""

    person: str
    """Id of the person, or the name of the program where nobody is known yet."""
    pid: int
    since: str
    """ISO 8601, or an hour as it should be shown."""


def note_path(database: Path) -> Path:
    """Where the note of a database lies."""
    return database.with_name(database.name + ".sesi")


def leave_note(database: Path, who: Occupant) -> None:
    """Say who holds the lock. A folder that takes no note is no reason to stop: the lock is held."""
    with contextlib.suppress(OSError):
        note_path(database).write_text(json.dumps(who._asdict(), ensure_ascii=False) + "\n", encoding="utf-8")


def remove_note(database: Path) -> None:
    """Take the note away; to be done before the lock is given up."""
    with contextlib.suppress(OSError):
        note_path(database).unlink(missing_ok=True)


def read_note(database: Path) -> Occupant | None:
    """Who left the note; None when there is none or it cannot be read."""
    try:
        with note_path(database).open("rb") as file:
            note = json.loads(file.read(_LARGEST_NOTE))
        return Occupant(str(note["person"]), int(note["pid"]), str(note["since"]))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def in_use(database: Path) -> PlenoError:
    """The refusal of a second program, naming the first as well as its note allows."""
    who = read_note(database)
    if who is None:
        message = f"{database.name} sedang dipakai program lain."
    else:
        message = f"Ruang kerja sedang dipakai oleh {_shown(who.person)} (pid {who.pid}) sejak {_hour(who.since)}."
    return PlenoError("Ruang kerja sedang dipakai", message, "Tutup program itu dulu, lalu ulangi.")


def _hour(since: str) -> str:
    try:
        moment = datetime.fromisoformat(since)
    except ValueError:
        return _shown(since)
    return f"{moment:%H:%M:%S} ({moment:%Y-%m-%d})"


def _shown(text: str) -> str:
    """Text of a file that anybody may have written, safe on a terminal."""
    return "".join(char if char.isprintable() else "?" for char in text[:_LONGEST_NAME])
