"""How one thing stands that a checkup looked at."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Health(StrEnum):
    """How one thing stands."""

    GOOD = "baik"
    CARE = "perhatian"
    BAD = "bahaya"
    UNKNOWN = "tidak diketahui"


class Line(NamedTuple):
    """One thing that was looked at."""

    name: str
    health: Health
    message: str
    advice: str = ""
    """What to do; empty where all is well."""
