"""Work that another process does: its answer, its refusal, and its silence."""

from __future__ import annotations

import math
import os
import time
from pathlib import Path

import pytest

from pleno.domain.errors import PlenoError
from pleno.service import aside, doctor
from pleno.service.restore import preview_restore


def test_what_it_answers_and_what_it_raises_come_back(tmp_path: Path) -> None:
    assert aside.call(math.gcd, 12, 18, seconds=60) == 6
    writable, free = aside.call(doctor.look_at, tmp_path / "salinan", seconds=60)
    assert (writable, (free or 0) > 0) == (True, True)
    with pytest.raises(FileNotFoundError) as refused:
        aside.call(os.listdir, tmp_path / "tidak-ada", seconds=60)
    assert refused.value.errno
    with pytest.raises(PlenoError, match=r"pleno.toml"):
        aside.call(preview_restore, tmp_path, tmp_path, seconds=60)


def test_a_silence_ends_and_so_does_a_process_that_dies() -> None:
    with pytest.raises(TimeoutError):
        aside.call(time.sleep, 600, seconds=0.1)
    with pytest.raises(PlenoError, match=r"berhenti \(kode 7\)"):
        aside.call(os._exit, 7, seconds=60)


def test_a_module_in_the_folder_at_hand_is_not_taken_for_a_part_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pickle.py").write_text("raise SystemExit(9)\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert aside.call(math.gcd, 2, 4, seconds=60) == 2
