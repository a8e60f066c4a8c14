"""`pleno dokter` by command."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.driver import Run, pleno
from cli.words import no_english


def test_the_machine_and_the_workspace_line_by_line(run: Run) -> None:
    said = run("dokter")
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0].startswith("ya     versi: pleno ")
    assert any(line.startswith("LIHAT  salinan terakhir: belum ada. Jalankan `pleno cadangkan`.") for line in lines)
    no_english(said.out.replace("SQLite", "").replace("Python", ""))
    told = run("dokter", "--json").json["rincian"]
    assert [one["periksa"] for one in told][:3] == ["versi", "terminal", "baterai"]
    assert {one["keadaan"] for one in told} <= {"baik", "perhatian", "bahaya", "tidak diketahui"}


def test_a_folder_without_a_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert pleno("dokter").code == 0
    assert pleno("dokter", "--folder", tmp_path / "x").code == 2
