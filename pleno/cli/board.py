"""The projector board."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from pleno.cli.options import AsJson, Folder, Kontes
from pleno.cli.output import document, say
from pleno.domain.errors import PlenoError

_THEMES: Final = ("terang", "gelap", "kontras", "kontras-terang")


def show(
    theme: Annotated[
        str,
        typer.Option("--tema", metavar="TEMA", help="terang (bawaan), gelap, kontras, atau kontras-terang."),
    ] = _THEMES[0],
    folder: Folder = None,
    kontes: Kontes = None,
    as_json: AsJson = False,
) -> None:
    """Papan proyektor: TPS yang sedang dibaca dan jumlah yang sah; hanya membaca, q keluar.

    Dijalankan di jendela lain laptop yang sama selagi `pleno` terbuka; mengikuti meja dalam satu detik. Bukan di
    terminal: keadaan papan terakhir sebagai tulisan.
    """
    from dataclasses import asdict

    from pleno.service.board import read_board, require_workspace
    from pleno.service.whereabouts import find

    if theme not in _THEMES:
        raise PlenoError("Tema tidak dikenal", f'"{theme}" bukan tema.', f"Pilih dari: {', '.join(_THEMES)}.")
    path = require_workspace(find(folder or Path.cwd()))
    if not as_json and sys.stdout.isatty():
        from pleno.tui.board import BoardApp

        app = BoardApp(path, theme)
        app.run()
        if app.fault is not None:
            raise app.fault
        return
    found = read_board(path)
    if as_json:
        document("papan", {"papan": None if found is None else asdict(found)})
    elif found is None:
        say("Papan belum ada: buka `pleno` di ruang kerja ini.")
    else:
        from pleno.tui.board_lines import board_lines

        say(*(line.plain.rstrip() for line in board_lines(found, 80, 24, stale=False)))
