"""What went wrong, told in Indonesian: refusals, misused commands, and the report of a crash."""

from __future__ import annotations

import platform
import sys
import traceback
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import typer

import pleno
from pleno.cli.output import document, tell
from pleno.domain.errors import Damaged, PlenoError

REFUSED: Final = 2
DAMAGED: Final = 4
CRASHED: Final = 70
"""Exit codes (TERMS.md)."""

_PACKAGES: Final = ("typer", "rich", "sqlmodel", "openpyxl")


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
    try:
        said = f"Catatan: {_write_report(error, start)}"
    except OSError:
        said = "Catatan tidak dapat ditulis di folder ini"
    told = PlenoError(
        "Program berhenti",
        f"Ada kesalahan di dalam pleno; yang sudah tersimpan tetap aman. {said}.",
        "Ulangi perintahnya; bila terjadi lagi, kirimkan catatan itu kepada pembuat pleno.",
    )
    refused(told, command, as_json)
    return CRASHED


def _write_report(error: Exception, start: Path) -> Path:
    """Put the report into the workspace around `start`, else into the current folder."""
    start = start.absolute()
    home = next((one for one in (start, *start.parents) if (one / "pleno.toml").is_file()), None)
    folder = Path.cwd() if home is None else home / "data" / "log"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"galat-{datetime.now():%Y%m%d-%H%M%S}.txt"
    path.write_text("\n".join(_report(error)) + "\n", encoding="utf-8")
    return path


def _report(error: BaseException) -> list[str]:
    """Types, places and versions only: messages and local variables may hold names and figures."""
    lines = [
        f"pleno {pleno.__version__}",
        f"Python {platform.python_version()} {sys.platform} {platform.machine()}",
        *(f"{name} {_version(name)}" for name in _PACKAGES),
    ]
    cause: BaseException | None = error
    while cause is not None:
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        frames = traceback.walk_tb(cause.__traceback__)
        lines += [f"  {frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_name}" for frame, line in frames]
        cause = cause.__cause__ or cause.__context__
    return lines


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "-"


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
