"""What every record of a workspace's state has in common."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Record:
    """One row of state; KEY names the fields that identify it."""

    KEY: ClassVar[tuple[str, ...]]

    def key(self) -> tuple[str | int, ...]:
        found: tuple[str | int, ...] | str | int = _getter(self.KEY)(self)
        return found if isinstance(found, tuple) else (found,)


@cache
def _getter(names: tuple[str, ...]) -> attrgetter[Any]:
    return attrgetter(*names)


@dataclass(frozen=True, slots=True)
class TpsRecord(Record):
    """A record that belongs to one TPS x contest."""

    tps: str
    """13-digit code."""
    contest: str
    """Profile id."""
