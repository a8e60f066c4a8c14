"""A small file for a saksi: this TPS's figures are in the sealed recap."""

from __future__ import annotations

from pathlib import Path

from pleno.domain.chain import canonical
from pleno.domain.contest import Contest
from pleno.domain.entry import Entry
from pleno.domain.errors import PlenoError, os_words
from pleno.domain.inclusion import SealEntry, leaves, path, proof_text
from pleno.domain.state import Seal, Tps
from pleno.exporters.atomic import write_bytes
from pleno.service.history import recap_at
from pleno.service.sealing import settled_of
from pleno.service.session import Session


def prove(session: Session, tps: Tps, contest: Contest, seal: int | None = None) -> str:
    """The proof for one TPS and one seal, the newest unless it is named; canonical JSON.

    PlenoError when there is no such seal, or the TPS was not sah when it was made.
    """
    seals = {one.number: one for one in session.state.all(Seal)}
    if not seals or (seal is not None and seal not in seals):
        known = ", ".join(map(str, seals)) or "belum ada"
        raise PlenoError("Segel tidak ada", f"Segel {seal or 'terakhir'} tidak ada di jejak.", f"Segel: {known}.")
    one = seals[seal if seal is not None else max(seals)]
    settled = settled_of(recap_at(session, contest, one.seq))
    if tps.code not in settled:
        raise PlenoError(
            "Belum dapat dibuktikan",
            f"{session.tps_name(tps)} belum sah ketika segel {one.number:02} dibuat.",
            "Sahkan TPS itu, buat segel baru, lalu ulangi.",
        )
    before, entry = session.store.entries(one.seq - 1, one.seq)
    steps = path(leaves(contest.id, settled), sorted(settled).index(tps.code))
    stored = SealEntry(entry.seq, bytes.fromhex(before.hash), _body(entry))
    return proof_text(contest.id, tps.code, settled[tps.code], steps, stored)


def write_proof(text: str, target: Path) -> None:
    """Put a proof into a file, which must not be there yet. PlenoError when the medium refuses."""
    if target.exists():
        raise PlenoError("Berkas sudah ada", f"{target} tidak ditimpa.", "Pilih nama lain.")
    try:
        write_bytes(target, f"{text}\n".encode())
    except OSError as error:
        raise PlenoError("Bukti tidak tersimpan", f"{target}: {os_words(error)}.", "Pilih folder lain.") from error


def _body(entry: Entry) -> str:
    return canonical(entry.body())
