"""A disk that takes its time is told on line 1 while the program waits for it, and is gone with it (UX.md 4.6)."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e.test_terminal import Terminal
from tui.kecamatan import made

HERE = Path(__file__).parent
pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("cc") is None or shutil.which("tmux") is None,
    reason="perlu Linux, cc, tmux",
)


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """While this file exists each sync of a file takes 0.4 s."""
    library, flag = tmp_path / "slow.so", tmp_path / "lambat"
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", library, HERE / "slow.c", "-ldl"], check=True)
    monkeypatch.setenv("LD_PRELOAD", str(library))
    monkeypatch.setenv("PLENO_SLOW", str(flag))
    return flag


@pytest.fixture
def terminal(slow: Path, tmp_path: Path) -> Iterator[Terminal]:
    running = Terminal(f"lambat-{tmp_path.name}", "--folder", made(tmp_path))
    yield running
    running.close()


def test_menyimpan_stands_there_as_long_as_the_disk_takes(terminal: Terminal, slow: Path) -> None:
    terminal.wait("BERANDA")
    terminal.press("F3")
    before = terminal.wait("TEMUAN")
    terminal.press("1", "5", "Enter")
    quick = terminal.wait("draf ")
    assert "menyimpan" not in before + quick
    slow.touch()
    terminal.press("1", "6", "Enter")
    waiting = terminal.wait("menyimpan...").splitlines()[0]
    assert waiting.endswith("menyimpan...")
    slow.unlink()
    terminal.gone("menyimpan")
    after = terminal.wait("draf ").splitlines()[0]
    assert after.startswith("pleno")
    assert len(after) == 80, "the whole line was drawn anew"
