"""The real command, as a user starts it, on the practice kecamatan."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Pleno = Callable[..., "subprocess.CompletedProcess[str]"]


def run_pleno(*words: str | Path, check: int | None = 0) -> subprocess.CompletedProcess[str]:
    """`pleno WORDS`, no terminal; the exit code must be `check` unless that is None."""
    ended = subprocess.run(
        [sys.executable, "-m", "pleno", *map(str, words)],
        capture_output=True, text=True, encoding="utf-8", timeout=120, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert "Traceback" not in ended.stdout + ended.stderr
    if check is not None:
        assert ended.returncode == check, ended.stdout + ended.stderr
    return ended


@pytest.fixture(scope="session")
def pleno() -> Pleno:
    return run_pleno


@pytest.fixture(scope="session")
def practised(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A practice kecamatan carried through the whole headless pleno; with its JSON."""
    folder = tmp_path_factory.mktemp("e2e") / "latihan"
    return folder, json.loads(run_pleno("latihan", folder, "--tanpa-layar", "--json").stdout)
