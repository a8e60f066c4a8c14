"""Files in and out: import, export, verification."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pleno.cli.options import AsJson, Folder, Kontes, Note, Oleh, maybe_tps, opened, source
from pleno.cli.output import document, say, tell
from pleno.cli.pins import ask_pin
from pleno.domain.figures import thousands

if TYPE_CHECKING:
    from pleno.service.export import Exported
    from pleno.service.intake import FileResult
    from pleno.service.page_codes import PageSign
    from pleno.service.session import Session

PARTLY = 1
REFUSED = 2
"""Exit codes of an import: something, or everything, was refused (TERMS.md)."""


def take(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE", help="Berkas, folder atau zip.")],
    origin: Annotated[
        str,
        typer.Option(
            "--sumber", metavar="SUMBER", help="Asal angkanya: sirekap, plano, foto, salinan:panwaslu, salinan:N."
        ),
    ],
    tps: Annotated[
        str | None,
        typer.Option("--tps", metavar="TPS", help="TPS pemilik berkas, bila nama berkasnya tidak memuat kode."),
    ] = None,
    new_paper: Annotated[
        bool,
        typer.Option(
            "--psu",
            help="TPS ini memungut suara ulang: kertas baru menggantikan yang lama. Anggota PPK, dengan --catatan.",
        ),
    ] = False,
    only_preview: Annotated[
        bool, typer.Option("--uji", help="Tunjukkan apa yang akan diambil dan ditolak; tidak ada yang berubah.")
    ] = False,
    note: Note = "",
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> int:
    """Impor angka dari berkas: objek Sirekap, csv, atau buku kerja resmi.

    Berkas yang sama dua kali tidak mengubah apa pun. Kode keluar 1 bila sebagian ditolak, 2 bila semua.
    """
    from pleno.service import intake

    with opened(folder) as session:
        contest = None if kontes is None else session.contest(kontes)
        only = maybe_tps(session, tps)
        if only_preview:
            results = intake.preview(session, paths, source(origin), contest, only, new_paper)
        else:
            results = intake.take(session, paths, source(origin), by, contest, only, new_paper, note)
    if as_json:
        document("impor", {"uji": only_preview, "berkas": [_result_json(result) for result in results]})
    else:
        _print_results(results, only_preview)
    if not any(result.refused for result in results):
        return 0
    return PARTLY if any(result.taken for result in results) else REFUSED


def _result_json(result: FileResult) -> dict[str, object]:
    return {
        "nama": result.name,
        "sha256": result.sha256,
        "format": result.format,
        "diterima": len(result.taken),
        "ditolak": len(result.refused),
        "diabaikan": len(result.ignored),
        "angka_berubah": result.changed,
        "temuan": [{"tempat": remark.place, "pesan": remark.message} for remark in result.remarks],
        "entri": result.entry.seq if result.entry else None,
    }


def _print_results(results: Sequence[FileResult], only_preview: bool) -> None:
    for result in results:
        number = f" Entri #{result.entry.seq}." if result.entry else ""
        say(
            f"{result.name} ({result.format}): {len(result.taken)} TPS diterima, {len(result.refused)} ditolak, "
            f"{len(result.ignored)} diabaikan; {thousands(result.changed)} angka berubah.{number}"
        )
        say(*(f"  {remark.place}: {remark.message}" for remark in result.remarks))
    if only_preview:
        say("Uji saja: tidak ada yang diubah. Jalankan lagi tanpa --uji untuk mengimpor.")


def export(
    target: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="Folder lain yang juga menerima salinan, misalnya stik USB.")
    ] = None,
    draft: Annotated[bool, typer.Option("--konsep", help="Set KONSEP, boleh kapan saja.")] = False,
    key_file: Annotated[
        Path | None,
        typer.Option("--kunci", metavar="FILE", help="Kunci ketua, yang menandatangani kode QR setiap halaman."),
    ] = None,
    from_stdin: Annotated[
        bool, typer.Option("--pin-stdin", help="Baca sandi kunci dari masukan standar, satu baris.")
    ] = False,
    by: Oleh = None,
    kontes: Kontes = None,
    folder: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Tulis set rekap satu kontes: buku kerja dan PDF siap cetak, register pembetulan, data, manifes dan sidiknya.

    Dengan --kunci kode QR setiap halaman ditandatangani ketua; sandinya ditanyakan sesudah semua syarat lain terpenuhi.
    """
    from pleno.service.export import export as write

    with opened(folder) as session:
        contest = session.contest(kontes)
        signer = None if key_file is None else partial(_ketua, session, key_file, from_stdin)
        written = write(session, contest, draft, by, target, _pages, signer)
    if as_json:
        document("ekspor", {"kontes": contest.id, **exported_json(written)})
    else:
        print_exported(written)


def _ketua(session: Session, key_file: Path, from_stdin: bool) -> PageSign:
    from pleno.service.page_codes import ketua, page_sign

    return page_sign(session, key_file, ask_pin(f"Sandi kunci {ketua(session).id} (lima kata)", from_stdin))


def _pages(done: int, of: int) -> None:
    """How far the printing is, for whoever sits before the terminal."""
    if sys.stderr.isatty():
        tell(f"Halaman {done} dari {of}")


def exported_json(written: Exported) -> dict[str, object]:
    """A set that was written."""
    return {
        "nomor": written.number,
        "status": written.status.value,
        "folder": str(written.folder),
        "berkas": list(written.files),
        "sha256_manifes": written.manifest_sha256,
        "kode_halaman_bertanda_tangan": written.signed,
        "salinan": None if written.copied_to is None else str(written.copied_to),
    }


def print_exported(written: Exported) -> None:
    """The same for people."""
    say(f"Ekspor {written.number} ({written.status}) ditulis dan dibaca ulang: {written.folder}")
    say(*(f"  {name}" for name in written.files))
    say(f"Sidik manifes {written.manifest_sha256}")
    if written.signed:
        say("Kode QR setiap halaman bertanda tangan ketua.")
    if written.copied_to is not None:
        say(f"Salinan: {written.copied_to}")
