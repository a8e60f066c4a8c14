"""What happened in the room while a contest was read, as its sheets tell it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from pleno.domain.box import Kotak
from pleno.domain.figures import Source


class Span(NamedTuple):
    """A time that began, and ended or goes on."""

    since: datetime
    until: datetime | None = None
    note: str = ""
    """Why it began; empty where nobody said."""


@dataclass(frozen=True, slots=True)
class Room:
    """Attendance, suspensions, boxes and the answers of witnesses."""

    stays: Mapping[str, Sequence[Span]] = field(default_factory=dict)
    """Id on the attendance list -> when the person was there, oldest first."""
    suspensions: Sequence[Span] = ()
    """When the meeting was diskors, oldest first."""
    boxes: Sequence[Kotak] = ()
    """Every box of the contest that came."""
    answers: Mapping[str, Mapping[Source, str]] = field(default_factory=dict)
    """Code of a TPS -> holder of a copy -> sama, beda, tidak hadir or belum; empty where no attendance was kept."""
