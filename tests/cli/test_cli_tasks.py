"""`pleno latihan --tugas`: the list, one task done by commands, and the answers."""

from __future__ import annotations

from pathlib import Path

from cli.driver import pleno, prepare

from pleno.service.tasks import PANGGANG_002


def test_a_new_practice_lists_every_task_with_its_reason(tmp_path: Path) -> None:
    folder = tmp_path / "lat"
    said = pleno("latihan", folder, "--tugas").out
    assert "TUGAS LATIHAN: 0 dari 11 selesai" in said
    assert "[ ]  1 Baca TPS yang cocok, lalu sahkan" in said
    assert "Belum: 21 baris belum dibaca." in said
    assert "Jawaban: " not in said
    assert pleno("latihan", folder, "--tugas", "--jawaban").out.count("Jawaban: ") == 11


def test_a_task_done_is_told_with_its_answer(tmp_path: Path) -> None:
    folder = tmp_path / "lat"
    pleno("latihan", folder, "--tugas")
    assert pleno("sahkan", PANGGANG_002, "--dibacakan", "ppk2", "--folder", folder).code == 0
    first, second, *_others = pleno("latihan", folder, "--tugas", "--json").json["tugas"]
    assert (first["nomor"], first["selesai"], first["sebab"], first["tps"]) == (1, True, None, PANGGANG_002)
    assert "mengesahkan" in first["jawaban"]
    assert (second["selesai"], second["sebab"]) == (False, "21 baris belum dibaca")
    assert "jawaban" not in second


def test_a_workspace_made_for_practice_has_no_tasks(tmp_path: Path, office: Path) -> None:
    folder = tmp_path / "kec"
    prepare(folder, office, "--latihan")
    said = pleno("latihan", folder, "--tugas")
    assert said.code == 2
    assert "Tidak ada tugas" in said.err
