"""Is this the database that pleno.toml means and this laptop knows, and the laptop the database knows (B06, B13)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pleno.domain.chain import Json, genesis_hash, parse_canonical
from pleno.domain.entry import Kind
from pleno.domain.errors import Damaged
from pleno.domain.state import Seal
from pleno.importers.workspace import Config
from pleno.service import laptop
from pleno.service.laptop import Known

if TYPE_CHECKING:
    from pleno.service.session import Session
    from pleno.store import Store


def left_behind(store: Store) -> Known | None:
    """How far this laptop saw the journal go, where this database does not hold that entry; None where it does.

    A restore that was recorded knew what it left behind, and is no surprise any more.
    """
    known = laptop.known(genesis_hash(store.genesis))
    if known is None or store.link(known.seq) == bytes.fromhex(known.hash):
        return None
    with contextlib.suppress(Damaged):
        if any(entry.data.get("kepala") == known.hash for entry in store.entries_of(Kind.RESTORE)):
            return None
    return known


def told_behind(session: Session, known: Known) -> tuple[str, str]:
    """What is said of such a database, and what to do; Indonesian."""
    head, seal = session.store.head().seq, f", segel {known.seal:02}" if known.seal else ""
    ends = f"yang dibuka berakhir di entri {head}" if head < known.seq else "yang dibuka berisi entri lain di sana"
    return (
        f"SALINAN LAMA? Laptop ini pernah melihat jejak ini sampai entri {known.seq}{seal}; {ends}.",
        "Pakai basis data yang terbaru, atau pulihkan salinan terbaru dengan `pleno pulihkan`. Bila memang ini yang "
        f"dipakai: `pleno pulihkan {session.config.database} --oleh KETUA --catatan ALASAN`.",
    )


def moved_from(session: Session) -> str:
    """The mark of the laptop that wrote last, where that was another one; empty where it was this one."""
    device, last = laptop.device_id(), parse_canonical(session.store.genesis).get("device")
    with contextlib.suppress(Damaged):
        moved = session.store.last_of(Kind.DEVICE_CHANGED)
        last = last if moved is None else moved.data["ke"]
    return str(last) if last and last != device else ""


def remember(session: Session) -> None:
    """Keep in the user's profile how far the journal went."""
    head = session.store.head()
    seal = max((seal.number for seal in session.state.all(Seal)), default=0)
    laptop.remember(genesis_hash(session.store.genesis), Known(head.seq, head.hash.hex(), seal))


def not_meant(config: Config, genesis: Json) -> Iterator[tuple[str, str, str]]:
    """Where pleno.toml and the genesis of a database part: what it is called, as in pleno.toml, as in the genesis."""
    kontes = ", ".join(config.kontes)
    made_for = {**genesis, "contests": ", ".join(map(str, genesis.get("contests") or ()))}
    meant = (
        ("kode kecamatan", "kecamatan", config.kode),
        ("kontes", "contests", kontes),
        ("mode", "mode", config.mode),
    )
    for name, key, value in meant:
        if made_for.get(key) != value:
            yield name, value, str(made_for.get(key))
