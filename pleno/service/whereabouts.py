"""Where the workspace is; light, so that the screens paint before anything heavy is loaded."""

from __future__ import annotations

from pathlib import Path

from pleno.importers.place import find_workspace


def find(start: Path) -> Path:
    """The workspace in or above a folder. PlenoError when there is none."""
    return find_workspace(start)
