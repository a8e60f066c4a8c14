"""The report of a fault inside the program: types, places and versions, never names or figures."""

from __future__ import annotations

import platform
import sys
import traceback
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import pleno
from pleno.importers.place import FILE_NAME

_PACKAGES: Final = ("typer", "rich", "textual", "sqlmodel", "openpyxl")


def write_report(error: BaseException, start: Path) -> Path:
    """Write the report into the workspace around `start`, else into the current folder; returns where.

    OSError where that is not possible.
    """
    start = start.absolute()
    home = next((one for one in (start, *start.parents) if (one / FILE_NAME).is_file()), None)
    folder = Path.cwd() if home is None else home / "data" / "log"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"galat-{datetime.now():%Y%m%d-%H%M%S}.txt"
    path.write_text("\n".join(_report(error)) + "\n", encoding="utf-8")
    return path


def _report(error: BaseException) -> list[str]:
    """Messages and local variables may hold names and figures, so neither is written."""
    lines = [
        f"pleno {pleno.__version__}",
        f"Python {platform.python_version()} {sys.platform} {platform.machine()}",
        *(f"{name} {_version(name)}" for name in _PACKAGES),
    ]
    told: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in told:
        told.add(id(cause))
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        frames = traceback.walk_tb(cause.__traceback__)
        lines += [f"  {frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_name}" for frame, line in frames]
        cause = cause.__cause__ or cause.__context__ or _wrapped(cause)
    return lines


def _wrapped(error: BaseException) -> BaseException | None:
    """What ended a thread of the screens: Textual raises an error of its own that only carries it."""
    inner = getattr(error, "error", None)
    return inner if isinstance(inner, BaseException) else None


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "-"
