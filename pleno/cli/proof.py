"""The proof for one TPS that a saksi takes home."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from pleno.cli.options import AsJson, Folder, Kontes, OneTps, number, opened
from pleno.cli.output import document, say


def prove(
    tps: OneTps,
    target: Annotated[
        Path, typer.Option("--ke", metavar="BERKAS", help="Berkas bukti yang ditulis, misalnya di stik saksi.")
    ],
    seal: Annotated[
        str | None, typer.Option("--segel", metavar="N", help="Segel nomor ini; tanpa ini segel terakhir.")
    ] = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Tulis bukti untuk saksi bahwa angka satu TPS ada di rekap yang disegel.

    Diperiksa siapa pun dengan `pleno verifikasi BERKAS`; kata segelnya harus sama dengan yang ditulis di kertas.
    """
    from pleno.service.proof import prove as proven
    from pleno.service.proof import write_proof

    with opened(folder) as session:
        text = proven(
            session, session.tps(tps), session.contest(kontes), None if seal is None else number(seal, "Segel")
        )
        write_proof(text, target)
        name = session.tps_name(session.tps(tps))
    if as_json:
        document("bukti", {"berkas": str(target), "bukti": json.loads(text)})
    else:
        say(f"Bukti {name} ditulis: {target}", "Periksa: pleno verifikasi " + str(target))
