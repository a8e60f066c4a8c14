"""Settings as the journal knows them: pleno.toml proposes one, an entry makes it count (TERMS.md, "Entries")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pleno.domain.chain import Json
from pleno.domain.entry import Entry, Kind
from pleno.domain.errors import Damaged
from pleno.domain.record import Record

if TYPE_CHECKING:
    from pleno.domain.state import State


LABELS: Final = {
    "meja.pin_sahkan": "PIN pada setiap pengesahan",
    "meja.tanpa_lihat": "angka lain tertutup sampai dibaca",
    "segel.ketua": "tanda tangan ketua paling sedikit",
    "segel.anggota": "tanda tangan anggota paling sedikit",
    "rapat.tempat": "tempat rapat",
    "ekspor.kertas": "kertas",
    "ekspor.kolom_per_halaman": "kolom per halaman",
    "foto.pola": "pola nama foto",
    "tampilan.tema": "tema layar",
}
"""Name of a setting to its words."""


@dataclass(frozen=True, slots=True)
class Setting(Record):
    """One setting in force."""

    KEY = ("name",)
    name: str
    """As in pleno.toml with its table: "meja.pin_sahkan"."""
    value: str
    """As people type it: "ya", "F4", "2"."""
    proposed: str
    """What pleno.toml said when its value was noted last."""
    seq: int
    """Number of the entry that made it count."""


def settings_made(state: State, entry: Entry) -> None:
    """The settings a new workspace begins with. data: setelan {name: value}."""
    for name, value in entry.data.get("setelan", {}).items():
        state.put(Setting(name, value, value, entry.seq))


def setting_changed(state: State, entry: Entry) -> None:
    """Apply a setting.changed. data: setelan {name: [from, to]} (from null: it was not noted before), and usul,
    true where pleno.toml said so; or profil and ambang, which are facts of the journal alone."""
    for name, (before, after) in entry.data.get("setelan", {}).items():
        known = state.get(Setting, name)
        if (known.value if known else None) != before:
            raise Damaged("Jejak rusak", f"Entri {entry.seq} mengubah setelan {name} dari nilai yang tidak berlaku.")
        proposed = after if entry.data.get("usul") or known is None else known.proposed
        state.put(Setting(name, after, proposed, entry.seq))


def told_changes(entry: Entry) -> list[tuple[str, Json, str]]:
    """What a setting.changed changed: name, from, to; empty where it is about forms and limits of rules."""
    if entry.kind is not Kind.SETTING_CHANGED:
        return []
    return [(name, before, after) for name, (before, after) in entry.data.get("setelan", {}).items()]
