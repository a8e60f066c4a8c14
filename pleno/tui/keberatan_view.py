"""The sheet of keberatan and kejadian khusus of a contest, as plain values (UX.md, F5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from pleno.domain.contest import Row
from pleno.domain.keberatan import Keberatan, KeberatanKind
from pleno.domain.state import Tps


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of the sheet."""

    item: Keberatan
    at: str
    """ "14:30"."""
    desa: str
    """Name of the desa; empty where it concerns the whole contest."""
    tps: Tps | None
    about: str
    """The row and, where a copy differs, both figures; else empty."""
    pengaju: str
    """Who raised it, with names where they were present."""
    answerer: str
    """Who answered or withdrew it, by name; empty while it is open."""

    @property
    def place(self) -> str:
        """ "Aren Hulu 004", "seluruh kecamatan"."""
        return f"{self.desa.title()} {self.tps.number:03}" if self.tps else "seluruh kecamatan"


@dataclass(frozen=True, slots=True)
class SheetView:
    """Everything the screen Keberatan shows."""

    lines: tuple[SheetLine, ...]
    """Newest first; withdrawn ones too."""
    still: int
    """How many are open."""
    nihil: int | None
    """Number of the entry that says NIHIL for the whole sheet."""
    nihil_tps: int
    """TPS for which NIHIL was noted."""


class Raised(NamedTuple):
    """What the dialog ends with: something to note, or NIHIL."""

    tps: str | None
    """Code; None = the whole contest."""
    kind: KeberatanKind | None
    """None = NIHIL."""
    pengaju: str = ""
    row: Row | None = None
    words: str = ""
