"""How people, places, rows, sources and figures are called in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from pleno.domain.contest import Contest, Part
from pleno.domain.entry import Change, Entry, Role
from pleno.domain.figures import (
    FOTO,
    PLANO,
    SALINAN_PANWASLU,
    Figure,
    Kosong,
    Source,
    is_salinan,
    shown,
    source_label,
)
from pleno.domain.words import terbilang

ROLE_WORDS: Final = {
    Role.OPERATOR: "operator",
    Role.PPK: "anggota PPK",
    Role.KETUA: "ketua PPK",
    Role.TAMU: "tamu",
}
"""A role as people say it."""

_PART: Final = {None: "", Part.L: ", laki-laki", Part.P: ", perempuan", Part.J: ", jumlah"}


class Names(NamedTuple):
    """How codes are called in sentences."""

    contests: Mapping[str, Contest]
    tps: Mapping[str, str]
    """13-digit code -> "TPS 004 PULAU PANGGANG"."""
    people: Mapping[str, str]
    """Id of an officer, saksi or Panwaslu -> name with function, as it is now."""
    past: Mapping[str, Sequence[tuple[int, str]]] = MappingProxyType({})
    """Id -> what it was called from which entry on, oldest first; needed to tell entries of the past."""

    def called(self, person: str, seq: int = 0) -> str:
        """The name of a person when entry `seq` was made; 0 = now. What has no name is called by its id."""
        if seq:
            for since, name in reversed(self.past.get(person, ())):
                if since <= seq:
                    return name
        return self.people.get(person, person)


def spoken(figure: Figure) -> str:
    """ "137 (seratus tiga puluh tujuh)"; what is blank or unread is said so."""
    if figure is None:
        return "belum dibaca"
    return "kosong" if isinstance(figure, Kosong) else f"{shown(figure)} ({terbilang(figure)})"


def source_words(source: Source) -> str:
    """A source inside a sentence."""
    if is_salinan(source):
        holder = source.partition(":")[2]
        return "salinan Panwaslu" if source == SALINAN_PANWASLU else f"salinan saksi nomor {holder}"
    return {PLANO: "C.HASIL (plano)", FOTO: "foto C.HASIL"}.get(source, source_label(source))


def who_did(entry: Entry, names: Names) -> str:
    """Who did it, with the role: "Ani (operator)"."""
    return f"{names.called(entry.actor.id, entry.seq)} ({ROLE_WORDS[entry.actor.role]})"


def place_of(entry: Entry, names: Names) -> str:
    """The TPS of an entry by its name; the code where it has none, empty where it is about no TPS."""
    code = entry.tps or (entry.changes[0].tps if entry.changes else "")
    return names.tps.get(code, code)


def row_words(change: Change, entry: Entry, names: Names) -> str:
    """A changed row: its code and official wording."""
    contest = names.contests.get(change.contest or entry.contest or "")
    row = contest.by_name.get(change.row) if contest else None
    return f"{row.code} {row.label}{_PART[row.part]}" if row else change.row


def witnesses_of(entry: Entry, names: Names) -> str:
    """The people an entry names as present, by name."""
    return ", ".join(names.called(person, entry.seq) for person in entry.witness)
