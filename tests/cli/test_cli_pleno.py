"""A small pleno by commands alone: one contest to its final set, and two contests side by side."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.driver import CONTEST, FIRST, SECOND, SPECIAL, THIRD, Run, pleno, wide_csv


def test_from_the_first_file_to_a_final_set_and_back(run: Run, tmp_path: Path) -> None:
    papers = {f"_{code}": {} for code in (FIRST, SECOND, THIRD, SPECIAL)}
    assert run("impor", wide_csv(tmp_path / "plano.csv", **papers), "--sumber", "plano").code == 0
    settled = run("sahkan", "--semua-cocok", "--dibacakan", "ppk2", "--json").json
    assert (len(settled["disahkan"]), settled["belum"]) == (4, [])
    assert "belum ada segel" in run("ekspor").err
    run("segel", "--angka-saksi", "4711")
    written = run("ekspor", "--json").json
    assert written["status"] == "DITETAPKAN"
    assert pleno("verifikasi", written["folder"]).code == 3  # nobody has signed
    assert run("verifikasi").code == 0
    assert run("rekap", "--json").json["kecamatan"]["suara.2"] == 4 * 124
    assert "urutan pertama sudah pasti" in run("rekap").out
    reopened = run("buka-kembali", THIRD, "--alasan", "saksi 01 menunjukkan foto plano", "--json").json
    assert [entry["jenis"] for entry in reopened["entri"]] == ["tps.reopened", "sheet.voided"]
    assert run("verifikasi").code == 3
    assert run("ekspor").code == 2
    assert run("tutup", "--oleh", "ppk1").code == 0
    assert run("catat", THIRD, "suara.1=1").err.startswith("Belum waktunya\n")


@pytest.fixture
def both(office: Path, tmp_path: Path) -> Run:
    """A practice workspace with two contests."""
    choices = [f"pilkada2024-{kind},{n},PASLON {n}" for kind in ("bupati", "gubernur") for n in (1, 2)]
    (tmp_path / "pilihan.csv").write_text("\n".join(["kontes,nomor,nama", *choices]) + "\n", "utf-8")
    said = pleno(
        "siapkan", tmp_path / "dua", "--profil", "pilkada2024-bupati", "--profil", "pilkada2024-gubernur",
        "--wilayah", "310101", "--tps", office / "tps.csv", "--pilihan", tmp_path / "pilihan.csv", "--latihan",
    )  # fmt: skip
    assert said.code == 0, said.err
    return lambda *args: pleno(*args, "--folder", tmp_path / "dua")


def test_with_two_contests_it_must_be_said_which(both: Run) -> None:
    said = both("catat", FIRST, "suara.1=5")
    assert said.code == 2
    assert "pilkada2024-bupati, pilkada2024-gubernur" in said.err
    broken = ("suara_sah=10", "suara.1=1", "suara.2=2")
    assert both("catat", FIRST, *broken, "--kontes", "pilkada2024-bupati").code == 0
    assert both("catat", FIRST, *broken, "--kontes", "pilkada2024-gubernur").code == 0
    assert both("rekap").code == 2
    assert both("rekap", "--kontes", "pilkada2024-bupati", "--json").json["sementara"]["suara.1"] == 1
    found = both("periksa", "--json").json["temuan"]
    assert [one["kontes"] for one in found] == ["pilkada2024-bupati", "pilkada2024-gubernur"]
    assert both("periksa", "--kontes", "pilkada2024-bupati", "--json").json["jumlah"]["keras"] == 1
    assert [one["id"] for one in both("--json").json["kontes"]] == ["pilkada2024-bupati", "pilkada2024-gubernur"]
    assert len(both("jejak", "--tps", FIRST, "--kontes", "pilkada2024-bupati", "--json").json["entri"]) == 1
    assert both("jejak", "--kontes", CONTEST).code == 2
