"""Reading a paper, a recount, settling and opening again, by command."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cli.driver import CONTEST, FIRST, SECOND, THIRD, WHOLE, Run, pleno, wide_csv

CELLS = [f"{row}={figure}" for row, figure in WHOLE.items()]


def test_a_reading_is_recorded_and_told(run: Run) -> None:
    said = run("catat", THIRD, "suara.1=149", "IV.2=x")
    assert said.code == 0
    assert "TPS 001 PULAU KELAPA dibaca 2 baris" in said.out
    told = run("rekap", "--json").json
    assert told["sementara"] == {"suara.1": 149, "suara.2": 0}


def test_json_of_a_reading(run: Run) -> None:
    told = run("catat", "pulau kelapa/1", "suara.1=149", "V.B=x", "--json").json
    (entry,) = told["entri"]
    assert (told["perintah"], entry["jenis"], entry["tps"]) == ("catat", "reading.saved", THIRD)
    assert entry["perubahan"] == [[THIRD, "suara.1", None, 149], [THIRD, "suara_tidak_sah", None, "x"]]


def test_a_figure_that_was_read_changes_only_with_a_note(run: Run) -> None:
    run("catat", THIRD, "suara.1=149")
    refused = run("catat", THIRD, "suara.1=148")
    assert (refused.code, refused.out) == (2, "")
    assert "IV.01 dari 149 menjadi 148" in refused.err
    assert run("catat", THIRD, "suara.1=148", "--catatan", "salah dengar, dibacakan ulang").code == 0


def test_other_papers_are_named_with_their_source(run: Run) -> None:
    assert run("catat", THIRD, "suara.1=5", "--sumber", "S01").code == 0
    assert run("catat", THIRD, "suara.1=5", "--sumber", "PWS").code == 0
    assert run("catat", THIRD, "suara.1=6", "--sumber", "sirekap").code == 0
    cell = run("banding", "--json").json["tps"][0]["beda"][0]
    assert cell["bacaan"] == {"sirekap": 6, "salinan:1": 5, "salinan:panwaslu": 5}
    assert cell["ditetapkan"] is None
    assert "S01" in run("banding").out
    assert run("catat", THIRD, "suara.1=5", "--sumber", "kabar").code == 2


def test_a_recount_needs_its_reason_and_then_counts(run: Run) -> None:
    run("catat", THIRD, *CELLS)
    assert run("hitung-ulang", THIRD, "suara.1=18").code == 2
    said = run("hitung-ulang", THIRD, "suara.1=18", "--catatan", "selisih suara, diminta saksi 02")
    assert said.code == 0
    assert "dihitung ulang: IV.01" in said.out
    assert run("rekap", "--json").json["sementara"]["suara.1"] == 18


@pytest.mark.parametrize("code", ["3101011009001", "PULAU KELAPA/9", "x", ""])
def test_an_unknown_tps_is_refused_with_an_example(run: Run, code: str) -> None:
    said = run("catat", code, "suara.1=1")
    assert said.code == 2
    assert said.err.startswith("TPS tidak ditemukan\n")


def test_nothing_is_recorded_before_the_meeting(quiet: Path) -> None:
    said = pleno("catat", THIRD, "suara.1=1", "--folder", quiet)
    assert said.code == 2
    assert "persiapan" in said.err


# --- settling ------------------------------------------------------------------------------


def test_settling_lists_every_obstacle_and_changes_nothing(table: Run) -> None:
    said = table("sahkan", FIRST, SECOND)
    assert (said.code, said.out) == (2, "")
    assert "28 baris belum dibaca" in said.err
    assert "selisih terbuka" in said.err
    assert table("rekap", "--json").json["tps_sah"] == 0


def test_settling_one_tps_read_aloud(table: Run) -> None:
    told = table("sahkan", SECOND, "--dibacakan", "ppk2", "--json").json
    assert (told["kontes"], told["disahkan"], told["belum"]) == (CONTEST, [SECOND], [])
    assert table("rekap", "--json").json["kecamatan"]["suara.2"] == 124
    assert table("sahkan", SECOND, "--dibacakan", "ppk2").code == 2


def test_settling_all_that_match_names_the_others(table: Run) -> None:
    told = table("sahkan", "--semua-cocok", "--dibacakan", "ppk2", "--json").json
    assert told["disahkan"] == [SECOND]
    left = {one["tps"]: one for one in told["belum"]}
    assert len(left) == 3
    assert "3 selisih terbuka" in left[FIRST]["alasan"][0]
    said = table("sahkan", "--semua-cocok")
    assert "0 TPS disahkan, 3 belum." in said.out
    assert f"({FIRST}): " in said.out


@pytest.mark.parametrize("words", [(), (FIRST, "--semua-cocok")])
def test_settling_takes_either_names_or_all(table: Run, words: tuple[Any, ...]) -> None:
    assert table("sahkan", *words).err.startswith("Perintah belum jelas\n")


def test_reopening_needs_a_reason(table: Run) -> None:
    table("sahkan", SECOND, "--dibacakan", "ppk2")
    assert "--alasan belum disebut." in table("buka-kembali", SECOND).err
    assert table("buka-kembali", SECOND, "--alasan", "pendek").code == 2
    assert table("buka-kembali", SECOND, "--alasan", "saksi 01 menunjukkan foto plano").code == 0
    assert table("rekap", "--json").json["tps_sah"] == 0
    assert table("buka-kembali", SECOND, "--alasan", "saksi 01 menunjukkan foto plano").code == 2


def test_one_reason_acknowledges_the_warnings_of_several_tps(run: Run, tmp_path: Path) -> None:
    more = {"surat_diterima": 208, "surat_tidak_digunakan": 57}
    run("impor", wide_csv(tmp_path / "p.csv", **{f"_{FIRST}": more, f"_{SECOND}": more}), "--sumber", "plano")
    refused = run("sahkan", FIRST, SECOND, "--dibacakan", "ppk2")
    assert refused.code == 2
    assert refused.err.count("peringatan R12 208 ≠ 201 + 5 belum diketahui") == 2
    left = run("sahkan", "--semua-cocok", "--dibacakan", "ppk2", "--json").json["belum"]
    assert [one["peringatan"] for one in left if one["tps"] in (FIRST, SECOND)] == [["R12"], ["R12"]]
    assert run("sahkan", FIRST, SECOND, "--dibacakan", "ppk2", "--ketahui", "singkat").code == 2
    said = run("sahkan", FIRST, SECOND, "--dibacakan", "ppk2", "--ketahui", "dihitung ulang bersama saksi")
    assert "2 TPS disahkan" in said.out
    findings = run("periksa", "--json").json["temuan"]
    assert [(one["aturan"], one["dijelaskan"]) for one in findings] == [("R12", True), ("R12", True)]
    assert all(one["pesan_pemeriksa"].startswith("Surat suara diterima 208") for one in findings)
