"""Workbooks for an office: ours to type into, and its own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pleno.cli.options import AsJson, Folder, Kontes, opened
from pleno.cli.output import document, say
from pleno.domain.errors import PlenoError

_ACTS = ("isian",)


def template(
    act: Annotated[str, typer.Argument(metavar="isian", help="isian: buku kerja kosong untuk diketik TPS demi TPS.")],
    path: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="Folder tempat menulis; tanpa ini templates_xlsx.")
    ] = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Buku kerja Excel: `templat isian [DIR]` membuat buku kerja kosong untuk desa, TPS dan pilihan ruang kerja ini."""
    from pleno.service import templates

    if act not in _ACTS:
        raise PlenoError(
            "Perintah tidak dimengerti", f'"{act}" bukan {", ".join(_ACTS)}.', "Lihat `pleno templat --help`."
        )
    with opened(folder) as session:
        contest = session.contest(kontes)
        written = templates.make_isian(session, contest, path)
    if as_json:
        document("templat", {"tindakan": act, "kontes": contest.id, "berkas": str(written)})
    else:
        say(f"Buku kerja isian ditulis: {written}", "Sesudah diisi: pleno impor BERKAS --sumber plano --uji")
