"""Keberatan and kejadian khusus: what was raised, by whom, and what became of it (DOMAIN.md 4.3).

They stand on one sheet per contest. One that was not accepted goes up to the kabupaten; it never keeps a TPS from
being settled once it is answered. Where nothing happened, NIHIL is noted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from pleno.domain.entry import Entry
from pleno.domain.errors import Damaged
from pleno.domain.figures import Figure, Source, addend
from pleno.domain.record import TpsRecord

if TYPE_CHECKING:
    from pleno.domain.state import State

WHOLE: Final = ""
"""Instead of a TPS code: it concerns the contest in the whole kecamatan."""
NIHIL: Final = "nihil"
"""`jenis` of the entry that says nothing happened."""
PANWASLU: Final = "panwaslu"
OFFICES: Final = {PANWASLU: "Panwaslu", "pps": "PPS", "ppk": "PPK"}
"""Who may raise something beside the saksi, by id, as people say it."""


class KeberatanKind(StrEnum):
    """What was raised: an objection, or an event worth telling."""

    KEBERATAN = "keberatan"
    KEJADIAN_KHUSUS = "kejadian_khusus"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")


class KeberatanState(StrEnum):
    """What became of it; the room answers with one of ANSWERS."""

    TERBUKA = "terbuka"
    DITERIMA = "diterima"
    TIDAK_DITERIMA = "tidak_diterima"
    DITERUSKAN = "diteruskan"
    DIBATALKAN = "dibatalkan"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")


ANSWERS: Final = (KeberatanState.DITERIMA, KeberatanState.TIDAK_DITERIMA, KeberatanState.DITERUSKAN)
"""In the order of their keys 1 to 3."""


@dataclass(frozen=True, slots=True)
class Keberatan(TpsRecord):
    """One line of the sheet; `tps` is WHOLE where it concerns the whole contest."""

    KEY = ("seq",)
    seq: int
    """Number of the entry that noted it; people call it by this number."""
    kind: KeberatanKind
    pengaju: str
    """Number of the choice whose saksi raised it, or an id of OFFICES."""
    row: str
    """Canonical name of the row it is about; empty where it is about none."""
    source: Source
    """The copy whose figure differs from the plano in that row; empty where it is about no copy."""
    figure: Figure
    """What that copy says."""
    note: str
    state: KeberatanState
    answer: str = ""
    """What was said when it was answered or withdrawn."""
    answerer: str | None = None
    answered: int | None = None
    """Number of the newest entry that answered or withdrew it."""

    @property
    def is_open(self) -> bool:
        """Nobody has answered it yet."""
        return self.state is KeberatanState.TERBUKA

    @property
    def stands(self) -> bool:
        """It was not withdrawn."""
        return self.state is not KeberatanState.DIBATALKAN

    def closes(self, source: Source, row: str, figure: Figure) -> bool:
        """Whether the difference of a copy stands on the sheet instead of being settled (TERMS.md, "Values").

        One that was accepted closes nothing: the paper is corrected or the ballots are counted again.
        """
        return (
            self.stands
            and self.state is not KeberatanState.DITERIMA
            and (self.source, self.row) == (source, row)
            and addend(self.figure) == addend(figure)
        )


@dataclass(frozen=True, slots=True)
class Nihil(TpsRecord):
    """Nothing happened at a TPS, or (`tps` WHOLE) in the whole contest; gone once something is noted there."""

    KEY = ("tps", "contest")
    by: str
    seq: int


def pengaju_words(pengaju: str) -> str:
    """ "saksi nomor 2", "Panwaslu"."""
    return OFFICES.get(pengaju, f"saksi nomor {pengaju}")


def keberatan_noted(state: State, entry: Entry) -> None:
    """Apply a keberatan.noted.

    A new one: data jenis, pengaju, baris (absent where it is about no row); source and changes, from the copy's
    figure to the plano's, where it is about a copy. NIHIL: data jenis alone. With refers, the number of what it
    answers or withdraws: data penyelesaian.
    """
    if entry.refers is not None:
        _answered(state, entry)
    elif entry.data["jenis"] == NIHIL:
        state.put(Nihil(entry.tps or WHOLE, _contest(entry), entry.actor.id, entry.seq))
    else:
        _noted(state, entry)


def _noted(state: State, entry: Entry) -> None:
    data, tps, contest = entry.data, entry.tps or WHOLE, _contest(entry)
    for place in dict.fromkeys((tps, WHOLE)):
        if (nihil := state.get(Nihil, place, contest)) is not None:
            state.drop(nihil)
    figure = entry.changes[0].before if entry.changes else None
    state.put(
        Keberatan(
            tps, contest, entry.seq, KeberatanKind(data["jenis"]), data["pengaju"], data.get("baris", ""),
            entry.source or "", figure, entry.note or "", KeberatanState.TERBUKA,
        )
    )  # fmt: skip


def _answered(state: State, entry: Entry) -> None:
    new, number = KeberatanState(entry.data["penyelesaian"]), entry.refers
    item = state.get(Keberatan, number or 0)
    if item is not None:
        state.put(replace(item, state=new, answer=entry.note or "", answerer=entry.actor.id, answered=entry.seq))
        return
    nihil = state.get(Nihil, entry.tps or WHOLE, _contest(entry))
    if nihil is None or nihil.seq != number or new is not KeberatanState.DIBATALKAN:
        raise Damaged("Jejak rusak", f"Entri {entry.seq} menunjuk keberatan {number} yang tidak ada.")
    state.drop(nihil)


def _contest(entry: Entry) -> str:
    if entry.contest is None:
        raise ValueError("keberatan tanpa kontes")
    return entry.contest
