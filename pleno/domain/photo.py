"""A photo or scan of a plano that was tied to its TPS: which file, and what it held then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pleno.domain.entry import Entry
from pleno.domain.errors import Damaged
from pleno.domain.record import TpsRecord

if TYPE_CHECKING:
    from pleno.domain.state import State


@dataclass(frozen=True, slots=True)
class Photo(TpsRecord):
    """One file of data/foto; it stays evidence of its TPS also when that TPS votes anew."""

    KEY = ("name",)
    name: str
    """Of the file, without a folder."""
    sha256: str
    """Of its content when it was linked, 64 hex digits."""
    size: int
    """Bytes."""
    page: int | None
    """Which page of the form it shows, 1 and up; None where nobody said."""
    seq: int
    """Number of the entry that linked it."""

    @property
    def page_words(self) -> str:
        """ "halaman 2"; empty where the page is not known."""
        return f"halaman {self.page}" if self.page is not None else ""


def photo_linked(state: State, entry: Entry) -> None:
    """Apply a photo.linked. src_sha256: of the file. data: nama, ukuran (bytes), halaman (absent where unknown).

    With refers, the number of the entry that linked it, it takes that link back. data: nama.
    """
    name, known = entry.data["nama"], state.get(Photo, entry.data["nama"])
    if entry.refers is not None:
        if known is None or known.seq != entry.refers:
            raise Damaged("Jejak rusak", f"Entri {entry.seq} melepas foto yang tidak terkait.")
        state.drop(known)
        return
    if known is not None or entry.tps is None or entry.contest is None or entry.src_sha256 is None:
        raise Damaged("Jejak rusak", f"Entri {entry.seq} mengaitkan foto dua kali, atau tanpa TPS.")
    data = entry.data
    state.put(Photo(entry.tps, entry.contest, name, entry.src_sha256, data["ukuran"], data.get("halaman"), entry.seq))
