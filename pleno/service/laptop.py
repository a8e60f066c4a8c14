"""What this laptop keeps apart from every workspace, in the user's profile: its mark, and how far each journal went.

A profile that takes no writing stops nothing; `pleno dokter` tells of it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import re
import secrets
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

import platformdirs

from pleno.domain.errors import os_words

_MARK: Final = re.compile("[0-9A-F]{4}-[0-9A-F]{4}")
_HASH: Final = re.compile("[0-9a-f]{64}")
_LARGEST: Final = 4096


class Known(NamedTuple):
    """How far this laptop saw a journal go."""

    seq: int
    """Its last entry."""
    hash: str
    """The link of that entry, hex."""
    seal: int
    """Number of the last seal; 0 while there is none."""


def profile() -> Path:
    """The folder in the user's profile; it may not be there yet."""
    return platformdirs.user_data_path("pleno", appauthor=False)


def device_id() -> str:
    """The mark of this laptop (and user), which says nothing about either: "7C1F-22A0".

    Drawn once and kept in the profile; where that takes no writing it follows from the machine's name.
    """
    place = profile() / "perangkat"
    with contextlib.suppress(OSError, ValueError):
        kept = _read(place).strip()
        if _MARK.fullmatch(kept):
            return kept
    drawn = secrets.token_hex(4).upper()
    try:
        _write(place, f"{drawn[:4]}-{drawn[4:]}\n")
    except OSError:
        drawn = hashlib.sha256(platform.node().encode()).hexdigest()[:8].upper()
    return f"{drawn[:4]}-{drawn[4:]}"


def known(genesis_hash: bytes) -> Known | None:
    """How far the journal with this genesis went here; None where nothing is known."""
    try:
        kept = json.loads(_read(_place(genesis_hash)))
        seq, hash_, seal = kept["seq"], kept["hash"], kept["segel"]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    whole = all(type(number) is int and number >= 0 for number in (seq, seal))
    return Known(seq, hash_, seal) if whole and isinstance(hash_, str) and _HASH.fullmatch(hash_) else None


def remember(genesis_hash: bytes, found: Known) -> None:
    """Keep how far the journal went; without effect where the profile takes no writing.

    Not synced: a power cut may take the last one back, never put one ahead of what the database holds.
    """
    kept = {"genesis": genesis_hash.hex(), "seq": found.seq, "hash": found.hash, "segel": found.seal}
    with contextlib.suppress(OSError):
        _write(_place(genesis_hash), json.dumps(kept) + "\n")


def drilled(genesis_hash: bytes) -> datetime | None:
    """When a copy of this journal was last restored to try it; None where nothing is known."""
    try:
        return datetime.fromisoformat(_read(_place(genesis_hash, "uji-pulih")).strip())
    except (OSError, ValueError):
        return None


def remember_drill(genesis_hash: bytes, at: datetime) -> None:
    """Keep when that was; without effect where the profile takes no writing."""
    with contextlib.suppress(OSError):
        _write(_place(genesis_hash, "uji-pulih"), at.isoformat(timespec="seconds") + "\n")


def fault() -> str:
    """Why the profile takes no writing, in words; empty where it does."""
    try:
        _write(profile() / "uji", "")
        (profile() / "uji").unlink()
    except OSError as error:
        return f"{profile()} tidak dapat ditulis ({os_words(error)})"
    return ""


def _place(genesis_hash: bytes, what: str = "jejak") -> Path:
    return profile() / what / f"{genesis_hash.hex()[:32]}.json"


def _read(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(_LARGEST).decode()


def _write(path: Path, text: str) -> None:
    """Whole or not at all for whoever reads it; OSError where it is refused."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.baru")
    try:
        fresh.write_text(text, encoding="utf-8")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(text, encoding="utf-8")
    try:
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
