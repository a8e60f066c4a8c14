"""Showing a folder in the file manager of this laptop."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from pleno.domain.errors import PlenoError, os_words
from pleno.exporters.atomic import make_folder


def open_folder(folder: Path) -> None:
    """Open a folder in the system's file manager, made where it is missing.

    It says nothing of what becomes of the window. PlenoError where the laptop has none to open.
    """
    try:
        make_folder(folder)
        if sys.platform == "win32":
            os.startfile(folder)
        else:
            _open_elsewhere(folder)
    except OSError as error:
        raise _by_hand(folder, f"{os_words(error)}.") from error


def _open_elsewhere(folder: Path) -> None:
    opener = shutil.which("xdg-open")
    if opener is None or not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise _by_hand(folder, "Laptop ini tidak mempunyai pengelola berkas yang dapat dipanggil dari sini.")
    # Through a shell that ends at once: some file managers hold xdg-open until their window is closed.
    words = ["/bin/sh", "-c", '"$0" "$1" >/dev/null 2>&1 </dev/null &', opener, str(folder)]
    subprocess.run(words, check=False, stdin=subprocess.DEVNULL, capture_output=True, start_new_session=True)


def _by_hand(folder: Path, why: str) -> PlenoError:
    return PlenoError("Folder tidak terbuka", why, f"Buka sendiri: {folder}")
