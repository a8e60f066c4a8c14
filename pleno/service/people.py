"""How people are called, now and when an entry of the past was made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pleno.domain.entry import Entry, Kind
from pleno.domain.state import PPK, Kehadiran, Person, State

NAMING = (Kind.PERSON_CHANGED, Kind.KEHADIRAN_NOTED)
"""Kinds of entry that say how somebody is called."""


def people_now(state: State) -> Mapping[str, str]:
    """Id -> name, with whom they stand for where they are guests; an officer's id is never a guest's."""
    named = {guest.id: called(guest.name, guest.stands_for) for guest in state.all(Kehadiran) if guest.is_guest}
    return {**named, **{person.id: person.name for person in state.all(Person)}}


def people_before(naming: Iterable[Entry]) -> Mapping[str, list[tuple[int, str]]]:
    """Id -> the names it had and the entry from which each counts, oldest first; from entries of NAMING."""
    past: dict[str, list[tuple[int, str]]] = {}
    for entry in naming:
        data = entry.data
        is_guest = entry.kind is Kind.KEHADIRAN_NOTED and data["mewakili"] != PPK
        name = called(data["nama"], data["mewakili"]) if is_guest else data["nama"]
        past.setdefault(data["id"], []).append((entry.seq, name))
    return past


def called(name: str, stands_for: str) -> str:
    """A guest with whom they stand for: "Ratna (saksi nomor 2)"."""
    return f"{name} ({'Panwaslu' if stands_for == 'panwaslu' else f'saksi nomor {stands_for}'})"
