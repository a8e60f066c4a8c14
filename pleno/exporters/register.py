"""The register of corrections as a list for a spreadsheet; in print it is the sheet PEMBETULAN."""

from __future__ import annotations

from typing import Final

from pleno.domain.document import Document
from pleno.domain.entry import Reason
from pleno.domain.figures import to_json
from pleno.exporters.lists import list_csv

_FIELDS: Final = (
    "nomor", "waktu", "kontes", "kode_tps", "desa", "kode_baris", "isian", "jenis", "sumber", "tertulis",
    "dibetulkan", "alasan", "catatan", "pengusul", "penjawab", "keadaan", "saksi_hadir",
)  # fmt: skip


def register_csv(document: Document) -> bytes:
    """One line a pembetulan, refused and withdrawn ones too; figures as in data/angka.csv."""
    return list_csv(
        _FIELDS,
        (
            (
                line.pembetulan.seq,
                line.proposed_at.isoformat(timespec="seconds"),
                document.recap.contest.id,
                line.tps.code,
                line.desa,
                line.row.code,
                line.row.name,
                line.pembetulan.kind.value,
                line.pembetulan.source,
                to_json(line.pembetulan.before),
                to_json(line.pembetulan.after),
                Reason(line.pembetulan.reason).words,
                line.pembetulan.note,
                line.proposer,
                line.confirmer,
                line.pembetulan.state.value,
                "; ".join(line.witness),
            )
            for line in document.register
        ),
    )
