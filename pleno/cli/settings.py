"""Settings: those in force with where they come from, and changing one by an entry."""

from __future__ import annotations

from typing import Annotated

import typer

from pleno.cli.entries import done
from pleno.cli.options import AsJson, Folder, Kontes, Oleh, opened
from pleno.cli.output import Column, document, table
from pleno.cli.pins import PinStdin, with_pin
from pleno.domain.errors import PlenoError


def settings(
    change: Annotated[
        str | None, typer.Argument(metavar="NAMA=NILAI", help="Setelan dan nilainya; tanpa ini daftarnya.")
    ] = None,
    reason: Annotated[
        str, typer.Option("--alasan", metavar="TEKS", help="Mengapa diubah; wajib untuk setelan ketua.")
    ] = "",
    from_stdin: PinStdin = False,
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Tampilkan setiap setelan yang berlaku dan asalnya, atau ubah satu selama rapat.

    Setelan ketua (PIN, tanda tangan, meja tertutup) diubah ketua dengan PIN-nya; yang lain oleh petugas mana pun.
    """
    from pleno.service import settings as service
    from pleno.service.setting_rules import rule_of

    with opened(folder) as session:
        if change is None:
            lines = service.settings(session)
            if as_json:
                told = [
                    {"nama": one.name, "nilai": one.value, "asal": one.origin, "diubah": one.who or None}
                    for one in lines
                ]
                document("setelan", {"setelan": told})
            else:
                heads = ("setelan", "arti", "diubah oleh", "asal", "nilai")
                table(
                    [Column(head) for head in heads],
                    [[one.name, one.label, one.who or "pleno.toml", one.origin, one.value] for one in lines],
                )
            return
        name, equals, value = change.partition("=")
        if not equals:
            raise PlenoError(
                "Perintah belum jelas", f'"{change}" tidak berbentuk NAMA=NILAI.', "Misalnya ekspor.kertas=A4."
            )
        person = by or (service.ketua_of(session).id if rule_of(name).of_ketua else None)
        entry = with_pin(
            session, person, from_stdin, lambda proof: service.change(session, name, value, person, reason, proof)
        )
        done(session, "setelan", [entry], as_json)
