"""What the holder of a copy says of a TPS: that the copy is wrong in a row, or that nobody came to hold it."""

from __future__ import annotations

from dataclasses import dataclass

from pleno.domain.figures import Figure, Source
from pleno.domain.record import TpsRecord


@dataclass(frozen=True, slots=True)
class Answer(TpsRecord):
    """A saksi's or Panwaslu's answer about one row in which the copy differs from the plano."""

    KEY = ("tps", "contest", "source", "row")
    source: Source
    row: str
    figure: Figure
    """What the copy says; another figure in it needs another answer."""
    note: str
    seq: int


@dataclass(frozen=True, slots=True)
class Absence(TpsRecord):
    """A holder who was not there, or had no copy, when this TPS was read."""

    KEY = ("tps", "contest", "source")
    source: Source
    seq: int
