"""Sentences of the entries about the laptop itself: its clock, the device, the schema of its database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from pleno.domain.clock import ORDER, jump_words
from pleno.domain.entry import Entry, Kind
from pleno.domain.naming import Names, who_did


def _jumped(entry: Entry, names: Names) -> str:
    return f"{jump_words(entry.data)}; {ORDER}."


def _confirmed(entry: Entry, names: Names) -> str:
    seen = entry.stamp.at[:16].replace("T", " ")
    return f"jam laptop ({seen}) diperiksa dan diterima oleh {who_did(entry, names)}; {ORDER}."


def _moved(entry: Entry, names: Names) -> str:
    data = entry.data
    return f"basis data dibuka di laptop lain: {data['ke']}, sebelumnya {data['dari']}; oleh {who_did(entry, names)}."


def _migrated(entry: Entry, names: Names) -> str:
    data = entry.data
    return (
        f"susunan basis data dimutakhirkan dari skema {data['dari']} ke {data['ke']} oleh pleno {entry.stamp.app}; "
        f"keadaan sebelumnya tersimpan sebagai {data['salinan']}."
    )


LAPTOP_SENTENCES: Final[dict[Kind, Callable[[Entry, Names], str]]] = {
    Kind.CLOCK_JUMP: _jumped,
    Kind.CLOCK_CONFIRMED: _confirmed,
    Kind.DEVICE_CHANGED: _moved,
    Kind.SCHEMA_MIGRATED: _migrated,
}
"""Kind -> what it says."""
