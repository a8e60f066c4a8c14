"""What went wrong, told in Indonesian: refusals, misused commands, and the report of a crash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import typer

from pleno.cli.output import document, tell
from pleno.domain.errors import Damaged, PlenoError

REFUSED: Final = 2
DAMAGED: Final = 4
CRASHED: Final = 70
"""Exit codes (TERMS.md)."""


def refused(error: PlenoError, command: str, as_json: bool) -> int:
    """Tell a refusal in three short lines, or as a JSON document; returns the exit code."""
    if as_json:
        told = {"judul": error.title, "pesan": error.message, "saran": error.advice}
        document(command, {"galat": told})
    else:
        tell(*(line for line in (error.title, error.message, error.advice) if line))
    return DAMAGED if isinstance(error, Damaged) else REFUSED


def crashed(error: Exception, start: Path, command: str, as_json: bool) -> int:
    """Write the report of a crash and say where it is; returns the exit code."""
    from pleno.service.crash import write_report

    try:
        said = f"Catatan: {write_report(error, start)}"
    except OSError:
        said = "Catatan tidak dapat ditulis di folder ini"
    told = PlenoError(
        "Program berhenti",
        f"Ada kesalahan di dalam pleno; yang sudah tersimpan tetap aman. {said}.",
        "Ulangi perintahnya; bila terjadi lagi, kirimkan catatan itu kepada pembuat pleno.",
    )
    refused(told, command, as_json)
    return CRASHED


# --- misused commands ----------------------------------------------------------------------


def misused(error: typer.TyperException, command: str, required: Mapping[str, str]) -> PlenoError:
    """Typer's English complaint about how a command was typed, as a refusal of ours.

    `required` gives the printed name of each parameter by its internal name.
    """
    advice = f"Lihat `{command} --help`."
    option = getattr(error, "option_name", None)
    if option is not None and hasattr(error, "possibilities"):
        near: Sequence[str] = error.possibilities or ()
        maybe = f" Mungkin maksudnya {' atau '.join(sorted(near))}." if near else ""
        return PlenoError("Pilihan tidak dikenal", f'"{option}" bukan pilihan `{command}`.{maybe}', advice)
    if option is not None:
        takes = "perlu nilai sesudahnya" if "requires" in error.message else "tidak memakai nilai"
        return PlenoError("Pilihan keliru", f"{option} {takes}.", advice)
    param = getattr(error, "param", None)
    if param is not None and param.name in required:
        return PlenoError("Perintah belum lengkap", f"{required[param.name]} belum disebut.", advice)
    return PlenoError("Perintah tidak dimengerti", f"`{command}` tidak dapat dijalankan begini.", advice)


def too_many(extra: Sequence[str], command: str) -> PlenoError:
    """Arguments beyond those a command takes."""
    return PlenoError("Perintah tidak dimengerti", f'Kelebihan: "{" ".join(extra)}".', f"Lihat `{command} --help`.")


def unknown_command(name: str, near: Sequence[str]) -> PlenoError:
    """A command that does not exist."""
    maybe = f" Mungkin maksudnya {' atau '.join(near)}." if near else ""
    return PlenoError("Perintah tidak dikenal", f'Tidak ada perintah "{name}".{maybe}', "Lihat `pleno --help`.")
