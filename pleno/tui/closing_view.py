"""What Segel & ekspor shows, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Task(NamedTuple):
    """One line of the closing list."""

    words: str
    done: bool
    amount: str
    """ "11/23", "4"."""
    key: str
    """Key of the screen where it is solved."""


@dataclass(frozen=True, slots=True)
class SealView:
    """The newest seal."""

    number: int
    seq: int
    at: str
    """ "13:58:40"."""
    words: str
    line: str
    """As it is written down and printed."""
    after: int
    """Entries since."""
    read_back: bool


@dataclass(frozen=True, slots=True)
class SetView:
    """One exported set."""

    number: int
    status: str
    folder: str
    fingerprint: str
    """First 16 digits of the hash of its manifest, in groups of four."""
    here: bool
    """Whether its folder still lies in the workspace."""


@dataclass(frozen=True, slots=True)
class ClosingView:
    """Everything the screen Segel & ekspor shows."""

    meeting: str
    kecamatan: str
    """Name as it is typed to confirm."""
    settled: int
    tps: int
    votes: int
    """Suara sah of the TPS that are sah."""
    tasks: tuple[Task, ...]
    seal: SealView | None
    seals: int
    sets: tuple[SetView, ...]
    """Newest first."""
    missing: tuple[str, ...]
    """What stands in the way of the final set."""
    head: str
    """First four digits of the head of the journal, for the board."""
    entries: int
