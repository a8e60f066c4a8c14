"""The picture viewer of the system."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

from pleno.domain.errors import PlenoError, os_words


def show(path: Path) -> None:
    """Open a file with the program the system has for it, without waiting. PlenoError where there is none."""
    try:
        if sys.platform == "win32":
            os.startfile(path.resolve())
            return
        opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
        # Without a desktop xdg-open would put a text browser over the screen.
        desktop = sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
        if opener is None or not desktop:
            raise _none(path)
        viewer = subprocess.Popen(
            [opener, str(path.resolve())],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        threading.Thread(target=viewer.wait, daemon=True).start()  # so that nothing is left of it when it ends
    except OSError as error:
        raise PlenoError("Foto tidak dibuka", f"{path.name}: {os_words(error)}.", f"Buka sendiri: {path}") from error


def _none(path: Path) -> PlenoError:
    return PlenoError(
        "Tidak ada penampil foto", "Sistem ini tidak punya penampil gambar di layar.", f"Buka sendiri: {path}"
    )
