"""What every record of a workspace's state has in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Record:
    """One row of state; KEY names the fields that identify it."""

    KEY: ClassVar[tuple[str, ...]]

    def key(self) -> tuple[str | int, ...]:
        return tuple([getattr(self, name) for name in self.KEY])


@dataclass(frozen=True, slots=True)
class TpsRecord(Record):
    """A record that belongs to one TPS x contest."""

    tps: str
    """13-digit code."""
    contest: str
    """Profile id."""
