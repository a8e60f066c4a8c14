"""The one list of commands; help and the beranda are made from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import typer

import pleno
from pleno.cli import (
    backup,
    board,
    boxes,
    correction,
    desk,
    differences,
    doctor,
    files,
    help_page,
    journal,
    keberatan,
    meeting,
    photos,
    pins,
    profiles,
    proof,
    results,
    settings,
    sheets,
    signing,
    templates,
    verification,
    workspace,
)
from pleno.cli.options import AsJson, Folder, Kontes
from pleno.cli.output import document, say
from pleno.cli.program import ROOT, Command, Program

COMMANDS: Final[Mapping[str, Mapping[str, Callable[..., int | None]]]] = {
    "Menyiapkan": {
        "latihan": workspace.practise,
        "siapkan": workspace.create,
        "dokter": doctor.examine,
        "profil": profiles.show,
        "petugas": meeting.officers,
        "kunci": signing.key,
        "pin": pins.set_pin,
        "setelan": settings.settings,
    },
    "Rapat": {
        "hadir": meeting.note_presence,
        "kotak": boxes.note_boxes,
        "buka": meeting.open_meeting,
        "skors": meeting.suspend,
        "lanjut": meeting.resume,
        "tutup": meeting.close_meeting,
        "papan": board.show,
    },
    "Angka": {
        "impor": files.take,
        "catat": desk.record_reading,
        "hitung-ulang": desk.record_recount,
        "foto": photos.photos,
        "banding": differences.compare,
        "periksa": differences.check,
    },
    "Pembetulan": {
        "betulkan": correction.propose,
        "setujui": correction.confirm,
        "tolak": correction.reject,
        "batalkan": correction.withdraw,
        "jawab": correction.answer_saksi,
        "jelaskan": correction.explain,
    },
    "Keberatan": {
        "keberatan": keberatan.note,
        "tanggapi": keberatan.answer,
        "cabut": keberatan.withdraw,
        "nihil": keberatan.nihil,
    },
    "Hasil": {
        "sahkan": desk.settle,
        "buka-kembali": desk.reopen,
        "rekap": results.recap,
        "segel": results.seal,
        "ekspor": files.export,
        "lembar": sheets.print_sheet,
        "templat": templates.template,
        "tandatangani": signing.sign,
        "verifikasi": verification.verify,
        "jejak": journal.journal,
        "bukti": proof.prove,
        "cadangkan": backup.back_up,
        "pulihkan": backup.restore,
    },
}
"""Phase of the pleno -> command -> the function that does it."""

app: Final = typer.Typer(
    name="pleno", cls=Program, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
)


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Tampilkan versi.")] = False,
    folder: Folder = None,
    kontes: Kontes = None,
    plain: Annotated[
        bool, typer.Option("--polos", help="Bekerja baris demi baris dalam tulisan polos, untuk pembaca layar.")
    ] = False,
    as_json: AsJson = False,
) -> int | None:
    """Meja tempat PPK menyelesaikan setiap formulir TPS: berdampingan, dibetulkan terbuka, direkap, disegel.

    Tanpa perintah: layar ruang kerja ini, atau layar awal bila belum ada; bukan di terminal, keadaannya dan daftar
    perintahnya.
    """
    if version:
        say(f"pleno {pleno.__version__}")
    elif context.invoked_subcommand is None:
        if workspace.wants_lines(plain, as_json):
            return workspace.show_lines(folder, kontes)
        return _show_start(context.command, folder, kontes, as_json)
    return None


def _show_start(program: Any, folder: Path | None, kontes: str | None, as_json: bool) -> int | None:
    """The workspace around, on the screen or as text; without one, how to get one."""
    from pleno.cli.options import opened
    from pleno.domain.errors import PlenoError
    from pleno.service.whereabouts import find

    try:
        found: Path | None = find(folder or Path.cwd())
    except PlenoError:
        if folder is not None:
            raise
        found = None
    if workspace.wants_screens(as_json):
        return workspace.show_screens(found, None, kontes) if found is not None else workspace.show_start(kontes)
    if found is not None:
        with opened(found) as session:
            workspace.show_home(session, kontes, as_json)
    elif as_json:
        document(ROOT, {"folder": None})
    else:
        say("Belum ada ruang kerja di folder ini.", "Coba dengan angka nyata: pleno latihan")
        say("Ruang kerja baru: pleno siapkan --help")
    if not as_json:
        say(*help_page.command_list(program), "", "Bantuan satu perintah: pleno PERINTAH --help")
    return None


for _phase, _commands in COMMANDS.items():
    for _name, _function in _commands.items():
        app.command(
            _name, cls=Command, rich_help_panel=_phase, context_settings={"help_option_names": ["--help", "-h"]}
        )(_function)
