"""`pleno dokter` by command."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cli.driver import Run, pleno
from cli.words import no_english

from pleno.service import meeting
from pleno.service.session import Clock, Session


def test_the_machine_and_the_workspace_line_by_line(run: Run) -> None:
    said = run("dokter")
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0].startswith("ya     versi: pleno ")
    assert any(line.startswith("LIHAT  salinan terakhir: belum ada. Jalankan `pleno cadangkan`.") for line in lines)
    no_english(said.out.replace("SQLite", "").replace("Python", ""))
    told = run("dokter", "--json").json["rincian"]
    assert [one["periksa"] for one in told][:4] == ["versi", "terminal", "huruf", "baterai"]
    assert {one["keadaan"] for one in told} <= {"baik", "perhatian", "bahaya", "tidak diketahui"}


def test_a_folder_without_a_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert pleno("dokter").code == 0
    assert pleno("dokter", "--folder", tmp_path / "x").code == 2


def test_the_clock_is_confirmed_by_command_once(kec: Path, run: Run) -> None:
    later = Clock(now=lambda: datetime.now(UTC) + timedelta(hours=3))
    with Session.open(kec, later) as session:
        meeting.note_presence(session, "s9", "Budi", "1", "", True, "op1")
    said = run("rekap")
    assert said.code == 0
    assert said.err.startswith("JAM: Jam laptop mundur 3 jam: ")
    assert "--jam-benar" in said.err
    told = run("dokter", "--jam-benar", "--oleh", "op1")
    assert (told.code, "diperiksa dan diterima oleh Operator (operator)" in told.out) == (0, True)
    assert run("rekap").err == ""
    assert run("dokter", "--jam-benar", "--oleh", "op1").code == 2
    told = run("verifikasi").out
    assert "jam mundur: 1 kali (#" in told
    assert "-3 jam)" in told
