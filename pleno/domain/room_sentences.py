"""Entries about boxes, people in the room and their answers as sentences (sentences.py holds the others)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pleno.domain.box import BoxStep, Route
from pleno.domain.chain import Json
from pleno.domain.figures import source_label
from pleno.domain.naming import place_of, source_words, who_did, witnesses_of

if TYPE_CHECKING:
    from pleno.domain.entry import Entry
    from pleno.domain.naming import Names


def box_told(entry: Entry, names: Names) -> str:
    """ "Kotak TPS 004 AREN HULU dibuka, segel utuh; dicatat Ani (operator)"."""
    data, where = entry.data, place_of(entry, names)
    if data["langkah"] == BoxStep.BATAL:
        return f"catatan kotak {where} dibatalkan: {entry.note}; dicatat {who_did(entry, names)}."
    seal = "segel utuh" if data["utuh"] else "segel atau gembok RUSAK"
    note = f" ({entry.note})" if entry.note else ""
    route = f", data Sirekap {Route(data['jalur']).words}" if "jalur" in data else ""
    return f"kotak {where} {data['langkah']}, {seal}{note}{route}; dicatat {who_did(entry, names)}."


def presence_told(entry: Entry, names: Names) -> str:
    """ "Ratna (s2), saksi nomor 2, surat mandat 12/SM, dicatat hadir oleh Ani (operator)"."""
    data = entry.data
    now = "dicatat hadir" if data["hadir"] else "dicatat sudah tidak hadir"
    offices = {"panwaslu": "Panwaslu", "ppk": "PPK"}
    stands_for = offices.get(data["mewakili"], f"saksi nomor {data['mewakili']}")
    mandate = f", surat mandat {data['mandat']}" if data["mandat"] else ""
    return f"{data['nama']} ({data['id']}), {stands_for}{mandate}, {now} oleh {who_did(entry, names)}."


def absence_told(entry: Entry, names: Names) -> str:
    """A holder who was not there when a TPS was read."""
    holder = f" ({witnesses_of(entry, names)})" if entry.witness else ""
    note = f": {entry.note}" if entry.note else ""
    return (
        f"pemegang {source_words(entry.source or '')}{holder} tidak hadir saat {place_of(entry, names)} dibacakan"
        f"{note}; dicatat {who_did(entry, names)}."
    )


def answers_told(answers: Mapping[str, Json]) -> str:
    """ "S01 sama, S02 beda, PWS tidak hadir": what the holders of copies said when a TPS was settled."""
    return ", ".join(f"{source_label(source)} {answer}" for source, answer in answers.items())
