"""Copies of the database, and going back to one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pleno.cli.entries import done, entry_json
from pleno.cli.options import AsJson, Folder, Kontes, Note, Oleh, opened
from pleno.cli.output import document, say
from pleno.cli.pins import PinStdin, ask_pin
from pleno.domain.errors import PlenoError

if TYPE_CHECKING:
    from pleno.service.backup import Copied
    from pleno.service.restore import Lost


def back_up(
    target: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", help="Folder salinan, misalnya stik USB; tanpa ini yang di pleno.toml."),
    ] = None,
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Salin basis data ke media lain dan periksa setiap salinan; setiap segel juga melakukannya."""
    from pleno.service import backup

    with opened(folder) as session:
        copied = backup.back_up(session, by, target.absolute() if target else None)
    if as_json:
        document("cadangkan", {"salinan": copies_json(copied)})
    else:
        print_copies(copied)


def copies_json(copied: Sequence[Copied]) -> list[dict[str, object]]:
    """Where copies were meant for, and why one is missing."""
    return [{"folder": str(one.folder), "berkas": one.name, "gagal": one.fault or None} for one in copied]


def print_copies(copied: Sequence[Copied]) -> None:
    """The same for people."""
    for one in copied:
        say(f"SALINAN GAGAL: {one.fault}" if one.fault else f"Salinan utuh: {one.folder / one.name}")


def restore(
    copy: Annotated[Path, typer.Argument(metavar="BERKAS", help="Salinan yang dibuat `pleno cadangkan` atau segel.")],
    only_preview: Annotated[
        bool, typer.Option("--uji", help="Coba salinan itu di tempat sementara dan tunjukkan apa yang akan hilang.")
    ] = False,
    note: Note = "",
    from_stdin: PinStdin = False,
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Kembali ke sebuah salinan: tindakan ketua, dengan alasan di --catatan.

    Basis data yang sekarang disimpan di sebelahnya, tidak dihapus.
    """
    from pleno.service.restore import drill, preview_restore
    from pleno.service.restore import restore as go_back
    from pleno.service.whereabouts import find

    workspace = find(folder or Path.cwd())
    lost = preview_restore(workspace, copy)
    if not as_json:
        _print_lost(lost)
    if only_preview:
        drill(workspace, copy)
        if as_json:
            document("pulihkan", {"uji": True, **_lost_json(lost)})
        else:
            say("Uji pulih berhasil: di tempat sementara salinan ini terbuka, menerima entri, dan utuh.")
        return
    if by is None:
        raise PlenoError(
            "Pelaku belum disebut",
            "Pemulihan adalah tindakan ketua.",
            "Tambahkan --oleh ID ketua dan --catatan alasan.",
        )
    entry, aside = go_back(workspace, copy, by, note, lambda: ask_pin("PIN ketua", from_stdin))
    with opened(workspace) as session:
        if as_json:
            told = {"uji": False, **_lost_json(lost), "disisihkan": None if aside is None else str(aside)}
            document("pulihkan", {**told, "entri": [entry_json(entry, session.names())]})
        else:
            done(
                session,
                "pulihkan",
                [entry],
                as_json,
                hint="Cocokkan kata segel terakhir dengan kertas: `pleno verifikasi`.",
            )


def _lost_json(lost: Lost) -> dict[str, object]:
    return {
        "salinan": {"entri": lost.copy.head.seq, "segel": len(lost.copy.seals)},
        "hilang": lost.entries,
        "bercabang": None if lost.present is None else lost.present.forked,
    }


def _print_lost(lost: Lost) -> None:
    seal = lost.copy.seals[-1] if lost.copy.seals else None
    sealed = f"segel terakhir {seal.number:02} (#{seal.seq}) {seal.words}" if seal else "belum ada segel"
    say(f"Salinan: entri 1 sampai {lost.copy.head.seq}, utuh; {sealed}.")
    if lost.present is None:
        say("Basis data sekarang tidak ada atau rusak: tidak dapat dikatakan berapa entri sesudah salinan yang hilang.")
    elif lost.present.forked:
        own = lost.present.right - lost.present.common
        say(f"Salinan bercabang sesudah entri {lost.present.common}: memuat {own} entri yang tidak ada di sini.")
    if lost.known is not None and lost.surprises:
        until = f"{lost.known.seq} (segel {lost.known.seal:02})" if lost.known.seal else lost.known.seq
        say(f"SALINAN LAMA: laptop ini pernah melihat jejak ini sampai entri {until}.")
    if lost.entries:
        say(
            f"Yang tidak ikut: {lost.entries} entri di laptop ini, dari entri {lost.copy.head.seq + 1}."
            if lost.present and not lost.present.forked
            else f"Yang tidak ikut: {lost.entries} entri di laptop ini."
        )
    elif lost.entries == 0:
        say("Tidak ada entri yang hilang.")
