"""The recap of a contest as data: `pleno rekap --json` and rekap.json of a set."""

from __future__ import annotations

from collections.abc import Sequence

from pleno.domain.chain import Json
from pleno.domain.recap import DesaRecap, Margin, Recap, margin, margin_within


def recap_fields(recap: Recap, desa: Sequence[DesaRecap]) -> dict[str, Json]:
    """The sums of a contest and of these desa, who stands in it, and its safety lines (CLI.md)."""
    line = margin(recap)
    return {
        "tps_sah": recap.settled,
        "tps": recap.tps,
        "kecamatan": dict(recap.final),
        "desa": [
            {
                "kode": one.desa.code,
                "nama": one.desa.name,
                "tps_sah": one.settled,
                "tps": len(one.files),
                "angka": dict(one.final),
            }
            for one in desa
        ],
        "sementara": dict(recap.provisional),
        "aman": None if line is None else {**_line(line), "calon": _within(margin_within(recap))},
        "pilihan": [
            {"isian": row, "nomor": choice.number, "nama": choice.name, "partai": choice.partai or None}
            for row, choice in recap.contest.ballot_rows.items()
        ],
    }


def _line(line: Margin) -> dict[str, Json]:
    return {
        "unggul": line.leader,
        "jarak": line.gap,
        "paling_banyak_berubah": line.most,
        "pasti": line.certain,
    }


def _within(line: Margin | None) -> Json:
    """The closest two candidates of one party; null where no party has two."""
    return None if line is None else {"partai": line.partai, **_line(line)}
