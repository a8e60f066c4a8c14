"""Working sheets to print: differences, what to edit in Sirekap, corrections so far."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pleno.cli.options import AsJson, Folder, Kontes, opened
from pleno.cli.output import document, say
from pleno.domain.errors import PlenoError


def print_sheet(
    kind: Annotated[
        str, typer.Argument(metavar="JENIS", help="selisih (untuk saksi), sirekap (daftar kerja), atau pembetulan.")
    ],
    target: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="Folder lain tempat lembar ditulis; tanpa ini data/ekspor.")
    ] = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Cetak lembar kerja (PDF dan csv): selisih, daftar kerja Sirekap, atau register pembetulan.

    Boleh kapan saja; tidak ada angka yang berubah. Daftar kerja Sirekap berakhir dengan surat keterangan sinkron.
    """
    from pleno.service.sheets import SheetKind
    from pleno.service.sheets import print_sheet as write

    kinds = [one.value for one in SheetKind]
    if kind not in kinds:
        raise PlenoError("Lembar tidak dikenal", f'"{kind}" bukan lembar kerja.', f"Pilih dari: {', '.join(kinds)}.")
    with opened(folder) as session:
        contest = session.contest(kontes)
        made = write(session, contest, SheetKind(kind), target)
    work = made.work
    if as_json:
        left = None if work is None else {
            "diubah": len(work.edits), "sudah": len(work.done), "tanpa_objek": len(work.without_object),
            "belum_sah": work.unsettled, "sinkron": work.in_sync,
        }  # fmt: skip
        data = {"kontes": contest.id, "jenis": kind, "pdf": str(made.pdf), "csv": str(made.csv), "baris": made.rows}
        document("lembar", {**data, "sirekap": left})
        return
    say(f"Lembar {kind} ({made.rows} baris) ditulis:", f"  {made.pdf}", f"  {made.csv}")
    if work is not None:
        say(
            "SINKRON: Sirekap sama dengan angka yang ditetapkan di semua TPS."
            if work.in_sync
            else f"Masih {len(work.edits)} angka harus diubah di Sirekap, {len(work.without_object)} TPS tanpa objek "
            f"Sirekap, {work.unsettled} TPS belum sah; {len(work.done)} angka sudah diubah."
        )
