"""kill -9 of real commands keeps what they answered (TRUST.md section 11, harness A). Long form: `make crash`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from crash.mutants import CHOSEN

HERE = Path(__file__).parent
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="perlu Linux")


def deaths(kills: int, seed: int, mutant: str, *asked: str) -> list[tuple[str, bool, bool, list[str]]]:
    ended = subprocess.run(
        [sys.executable, str(HERE / "kills.py"), str(kills), str(seed), mutant, *asked],
        capture_output=True, text=True, timeout=600, env={**os.environ, "PYTHONPATH": str(HERE.parent)},
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    return [tuple(json.loads(line)) for line in ended.stdout.splitlines()]


def test_kill_9_of_commands_keeps_what_they_answered() -> None:
    seen = deaths(40, 20241127, CHOSEN)
    assert [death for death in seen if death[3]] == []
    assert {command for command, *_ in seen} >= {"catat", "impor", "segel", "ketik"}
    assert any(hot for _, hot, _, _ in seen), "no command died in the middle of a transaction"


def test_kill_9_would_find_two_transactions() -> None:
    """The sensitivity rule: the suite fails if a broken program passes."""
    assert any(
        fault.startswith("A2-A4 keadaan")
        for death in deaths(25, 3, "entri dan angka dua transaksi")
        for fault in death[3]
    )


def test_kill_9_would_find_a_draft_that_is_said_too_early() -> None:
    seen = deaths(12, 5, "draf sebelum COMMIT", "ketik")
    assert any(fault.startswith("A5 draf") for death in seen for fault in death[3])
