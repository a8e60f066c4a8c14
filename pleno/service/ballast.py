"""Room kept back on the disk of a workspace, to be given up when the disk is full (TRUST.md section 10)."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from typing import Final

from pleno.domain.entry import Entry, Kind
from pleno.domain.errors import PlenoError, os_words
from pleno.domain.figures import thousands
from pleno.exporters.atomic import make_folder, sync_folder
from pleno.importers.workspace import Mode, load_config
from pleno.service.session import Session

PLACE: Final = Path("data/cadangan/pemberat.bin")
"""Below the workspace, so that it lies on the same disk as the database."""
SIZE: Final = 50_000_000
"""Bytes; of chance, since a sparse or compressed file keeps nothing back."""

_AT_ONCE: Final = 1_000_000


def held_back(folder: Path) -> int:
    """Bytes that the ballast of a workspace keeps back; 0 without one."""
    try:
        return (folder / PLACE).stat().st_size
    except OSError:
        return 0


def put(folder: Path) -> Path:
    """Lay the ballast of the workspace in `folder`; whole or not at all. Nothing changes where it lies there already.

    PlenoError for a practice workspace, which needs none, and where the disk has no room for it.
    """
    if load_config(folder).mode is Mode.LATIHAN:
        raise PlenoError("Pemberat tidak diperlukan", "Ruang kerja latihan tidak memakai pemberat.")
    ballast = folder / PLACE
    if held_back(folder) >= SIZE:
        return ballast
    unfinished = ballast.with_name(f".{secrets.token_hex(6)}.sementara")
    try:
        make_folder(ballast.parent)
        with unfinished.open("xb") as file:
            for _ in range(SIZE // _AT_ONCE):
                file.write(secrets.token_bytes(_AT_ONCE))
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(ballast)
        sync_folder(ballast.parent)
    except OSError as error:
        raise PlenoError(
            "Pemberat tidak dapat dibuat",
            f"{PLACE.as_posix()} tidak dapat ditulis ({os_words(error)}).",
            f"Kosongkan ruang disk sampai ada {thousands(SIZE // 1_000_000)} MB lebih, lalu ulangi.",
        ) from error
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return ballast


def free(session: Session, by: str | None) -> Entry:
    """Give the room up, so that saving goes on; the entry says so.

    PlenoError where there is no ballast, or when not even the entry can be saved then.
    """
    actor = session.actor(by)
    held = held_back(session.folder)
    if not held:
        raise PlenoError(
            "Tidak ada pemberat",
            f"{PLACE.as_posix()} tidak ada; tidak ada ruang yang dapat dikosongkan.",
            "Hapus atau pindahkan berkas lain di disk ini, lalu ulangi.",
        )
    try:
        (session.folder / PLACE).unlink()
    except OSError as error:
        raise PlenoError(
            "Pemberat tidak dapat dihapus",
            f"{PLACE.as_posix()}: {os_words(error)}.",
            "Hapus atau pindahkan berkas lain di disk ini, lalu ulangi.",
        ) from error
    return session.commit(session.entry(Kind.BALLAST_FREED, actor, data={"mb": held // 1_000_000}))[0]
