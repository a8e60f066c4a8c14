"""The report of a fault inside the program: types, places and versions, never names or figures."""

from __future__ import annotations

import platform
import sys
import traceback
from datetime import datetime
from pathlib import Path

import pleno


def write_report(error: BaseException, workspace: Path) -> str:
    """Write the report below `workspace`; returns where, or why that was not possible."""
    path = workspace / "data" / "log" / f"galat-{datetime.now():%Y%m%d-%H%M%S}.txt"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(_report(error)) + "\n", encoding="utf-8")
    except OSError:
        return "tidak dapat ditulis di ruang kerja ini"
    return str(path)


def _report(error: BaseException) -> list[str]:
    """Messages and local variables may hold names and figures, so neither is written."""
    lines = [f"pleno {pleno.__version__}", f"Python {platform.python_version()} {sys.platform} {platform.machine()}"]
    cause: BaseException | None = error
    while cause is not None:
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        frames = traceback.walk_tb(cause.__traceback__)
        lines += [f"  {frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_name}" for frame, line in frames]
        cause = cause.__cause__ or cause.__context__
    return lines
