"""Working sheets to print: differences, what to edit in Sirekap, corrections so far."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from pleno.cli.options import AsJson, Folder, Kontes, opened
from pleno.cli.output import document, say
from pleno.domain.errors import PlenoError

_VOIDED: Final = "batal"


def print_sheet(
    kind: Annotated[
        str,
        typer.Argument(metavar="JENIS", help="selisih (untuk saksi), sirekap (daftar kerja), pembetulan, atau batal."),
    ],
    target: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="Folder lain tempat lembar ditulis; tanpa ini data/ekspor.")
    ] = None,
    number: Annotated[int | None, typer.Option("--set", metavar="N", help="Nomor set; hanya untuk batal.")] = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Cetak lembar kerja (PDF dan csv): selisih, daftar kerja Sirekap, register pembetulan, atau set yang BATAL.

    Boleh kapan saja; tidak ada angka yang berubah. Daftar kerja Sirekap berakhir dengan surat keterangan sinkron.
    batal --set N: angka set yang sudah BATAL, dengan tulisan BATAL di setiap halaman.
    """
    if kind == _VOIDED:
        _voided(number, target, folder, as_json)
        return
    from pleno.service.sheets import SheetKind
    from pleno.service.sheets import print_sheet as write

    kinds = [one.value for one in SheetKind]
    if kind not in kinds:
        kinds.append(_VOIDED)
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


def _voided(number: int | None, target: Path | None, folder: Path | None, as_json: bool) -> None:
    from pleno.service.voided import print_voided

    if number is None:
        raise PlenoError("Perintah belum lengkap", "Nomor setnya belum disebut.", "`pleno lembar batal --set N`.")
    with opened(folder) as session:
        path = print_voided(session, number, target)
    if as_json:
        document("lembar", {"jenis": _VOIDED, "set": number, "pdf": str(path)})
    else:
        say(f"Lembar set {number} bertanda BATAL ditulis: {path}")
