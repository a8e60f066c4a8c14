"""Entries about keys and signatures as sentences (sentences.py holds the others)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from pleno.domain.entry import Entry, Kind
from pleno.domain.signers import spoken_fingerprint
from pleno.domain.state import SheetStatus

if TYPE_CHECKING:
    from pleno.domain.sentences import Names

    Told = Callable[[Entry, Names], str]


def signing_sentences(who: Told) -> Mapping[Kind, Told]:
    """Kind -> what makes its sentence; `who` names the person who did it with the role."""

    def key(entry: Entry, names: Names) -> str:
        data = entry.data
        made = "diganti" if entry.kind is Kind.KEY_ROTATED else "dibuat"
        before = f", sidik lama {spoken_fingerprint(data['lama'])} tidak dipakai lagi" if "lama" in data else ""
        why = f"; alasan: {entry.note}" if entry.note else ""
        return (
            f"kunci tanda tangan {names.called(data['id'], entry.seq)} {made}, "
            f"sidik {spoken_fingerprint(data['sidik'])}{before}{why}; dicatat {who(entry, names)}."
        )

    def signed(entry: Entry, names: Names) -> str:
        data = entry.data
        done = ", syarat tanda tangan terpenuhi" if data["status"] == SheetStatus.DITANDATANGANI else ""
        return f"ekspor {data['no']} ditandatangani {names.called(data['id'], entry.seq)} (berkas {data['n']}){done}."

    def refused(entry: Entry, names: Names) -> str:
        signer = names.called(entry.data["id"], entry.seq)
        said = f"menolak menandatangani ekspor nomor {entry.data['no']}: {entry.note}"
        return f"{signer} {said}; dicatat {who(entry, names)}."

    return {
        Kind.KEY_CREATED: key,
        Kind.KEY_ROTATED: key,
        Kind.EXPORT_SIGNED: signed,
        Kind.SIGNING_REFUSED: refused,
    }
