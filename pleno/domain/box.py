"""The box of a TPS: received under seal, opened in the room, and by which way its Sirekap data came (DOMAIN.md 4.2)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from pleno.domain.entry import Entry
from pleno.domain.errors import Damaged
from pleno.domain.record import TpsRecord

if TYPE_CHECKING:
    from pleno.domain.state import State


class BoxStep(StrEnum):
    """What an entry says of a box."""

    DITERIMA = "diterima"
    DIBUKA = "dibuka"
    BATAL = "batal"
    """What was noted of it was an error: as if nothing had been."""


class Route(StrEnum):
    """How the photographed plano of a TPS came to Sirekap."""

    DARING = "daring"
    LURING = "luring"
    LURING_DARING = "luring-daring"
    KECAMATAN = "kecamatan"

    @property
    def words(self) -> str:
        """ "luring lalu daring"."""
        return _ROUTES[self]


_ROUTES: Final = {
    Route.DARING: "daring",
    Route.LURING: "luring",
    Route.LURING_DARING: "luring lalu daring",
    Route.KECAMATAN: "di kecamatan",
}


@dataclass(frozen=True, slots=True)
class Kotak(TpsRecord):
    """The box of one TPS x contest, once it was received."""

    KEY = ("tps", "contest")
    opened: bool
    intact: bool
    """Whether seal and lock were whole when it came."""
    note: str
    """What was broken; empty where it was whole."""
    route: str
    """A Route; empty where nobody said."""
    seq: int
    """Number of the newest entry about it."""


def box_noted(state: State, entry: Entry) -> None:
    """Apply a kotak.opened. data: langkah (a BoxStep), utuh, jalur (a Route, absent where nobody said)."""
    if entry.tps is None or entry.contest is None:
        raise Damaged("Jejak rusak", f"Entri {entry.seq} mencatat kotak tanpa TPS.")
    known, data = state.get(Kotak, entry.tps, entry.contest), entry.data
    step = BoxStep(data["langkah"])
    if step is BoxStep.BATAL:
        if known is None:
            raise Damaged("Jejak rusak", f"Entri {entry.seq} membatalkan kotak yang belum dicatat.")
        state.drop(known)
        return
    route = Route(data["jalur"]).value if "jalur" in data else ""
    opened = step is BoxStep.DIBUKA
    state.put(Kotak(entry.tps, entry.contest, opened, bool(data["utuh"]), entry.note or "", route, entry.seq))
