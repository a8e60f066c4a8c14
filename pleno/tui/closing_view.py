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


class PlaceView(NamedTuple):
    """A folder or stick that should hold the newest copy of the database."""

    folder: str
    """Inside the workspace by its path there, else as it is."""
    fault: str
    """Why it does not hold it; empty where it does, judged whole."""


@dataclass(frozen=True, slots=True)
class CopyView:
    """The newest copy of the database."""

    made: str
    """ "14:02, 5 menit": when, and how long ago; empty while there is none."""
    fresh: bool
    """Whether it holds the newest seal and is not too old."""
    places: tuple[PlaceView, ...]
    """Empty until a copy was tried."""


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


class FileView(NamedTuple):
    """One file of an exported set."""

    name: str
    """Within the folder of the set."""
    size: str
    """ "344.384"; bytes."""


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
    """The copies last, so that their places follow."""
    seal: SealView | None
    seals: int
    copies: CopyView
    sets: tuple[SetView, ...]
    """Newest first."""
    missing: tuple[str, ...]
    """What stands in the way of the final set."""
    head: str
    """First four digits of the head of the journal, for the board."""
    entries: int
