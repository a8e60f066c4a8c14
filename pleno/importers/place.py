"""Where a workspace is; imports next to nothing, so that the screens paint before the rest is loaded."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from pleno.domain.errors import PlenoError
from pleno.importers.limits import shown_outside

FILE_NAME: Final = "pleno.toml"


def find_workspace(start: Path) -> Path:
    """The folder of the nearest pleno.toml, from `start` upward. PlenoError when there is none."""
    folder = Path(os.path.abspath(start))  # noqa: PTH100  # Path.resolve would follow links away from here
    for candidate in (folder, *folder.parents):
        if os.path.lexists(candidate / FILE_NAME):
            return candidate
    raise PlenoError(
        "Bukan ruang kerja",
        f"Tidak ada {FILE_NAME} di {shown_outside(folder.name or str(folder))} maupun di folder di atasnya.",
        "Pindah ke folder ruang kerja, sebut dengan --folder, atau buat dengan `pleno siapkan`.",
    )
