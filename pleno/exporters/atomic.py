"""Writing a file so that a crash leaves the old one or the new one, never half (TRUST.md section 9)."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path


def write_bytes(path: Path, data: bytes) -> None:
    """Put `data` at `path` durably: temporary file, fsync, read back, replace, fsync of the folder.

    OSError when the medium refuses, and then `path` is as it was.
    """
    temporary = path.with_name(f".{secrets.token_hex(6)}.sementara")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if temporary.read_bytes() != data:
            raise OSError(f"{path.name} terbaca lain dari yang ditulis")
        temporary.replace(path)
        sync_folder(path.parent)
    finally:
        # A medium that is gone refuses this too; what is told is why the writing failed.
        with contextlib.suppress(OSError):
            temporary.unlink()


def make_folder(folder: Path) -> None:
    """Make a folder and those above it where they are missing, so that a power cut does not take them back."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for one in missing:
        sync_folder(one.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; Windows has no such call."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
