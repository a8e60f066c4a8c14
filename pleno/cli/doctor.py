"""Is this laptop fit for the table."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from pleno.cli.entries import done
from pleno.cli.options import AsJson, Folder, Kontes, Oleh, opened
from pleno.cli.output import document, say
from pleno.domain.errors import PlenoError

_MARKS: Final = {"baik": "ya   ", "perhatian": "LIHAT", "bahaya": "TIDAK", "tidak diketahui": "?    "}


def examine(
    lay: Annotated[
        bool, typer.Option("--pemberat", help="Dulu sisihkan 50 MB di disk ini, untuk dikosongkan bila disk penuh.")
    ] = False,
    free: Annotated[
        bool, typer.Option("--kosongkan", help="Disk penuh: hapus pemberat itu agar penyimpanan dapat berlanjut.")
    ] = False,
    clock_seen: Annotated[
        bool, typer.Option("--jam-benar", help="Jam laptop yang diragukan sudah diperiksa; dicatat satu kali di jejak.")
    ] = False,
    by: Oleh = None,
    folder: Folder = None,
    kontes: Kontes = None,
    as_json: AsJson = False,
) -> int:
    """Periksa laptop dan ruang kerja ini: disk, jam, izin, stik, salinan; setiap baris menyebut yang harus dilakukan.

    Kode keluar 0 bila tidak ada yang berbahaya, 2 bila ada.
    """
    from pleno.service import ballast, clock
    from pleno.service.doctor import Health, checkup
    from pleno.service.whereabouts import find

    if free:
        with opened(folder) as session:
            done(session, "dokter", [ballast.free(session, by)], as_json, hint="Ulangi yang tadi tidak tersimpan.")
        return 0
    if clock_seen:
        with opened(folder) as session:
            done(session, "dokter", [clock.confirm(session, by)], as_json)
        return 0
    try:
        found: Path | None = find(folder or Path.cwd())
    except PlenoError:
        if folder is not None or lay:
            raise
        found = None
    if lay and found is not None:
        ballast.put(found)
    lines = list(checkup(found, _size()))
    if as_json:
        told = [
            {"periksa": one.name, "keadaan": one.health, "pesan": one.message, "saran": one.advice} for one in lines
        ]
        document("dokter", {"rincian": told})
    else:
        for one in lines:
            say(f"{_MARKS[one.health]}  {one.name}: {one.message}{f'. {one.advice}' if one.advice else ''}")
    return 2 if any(one.health is Health.BAD for one in lines) else 0


def _size() -> tuple[int, int] | None:
    try:
        return tuple(os.get_terminal_size(sys.stdout.fileno()))  # type: ignore[return-value]  # columns, lines
    except (OSError, ValueError):
        return None
