"""Banding and periksa: shapes, counts, exit codes."""

from __future__ import annotations

from pathlib import Path

from cli.driver import CONTEST, FIRST, SECOND, THIRD, Run, wide_csv
from cli.words import no_english


def test_banding_names_each_differing_cell(table: Run) -> None:
    told = table("banding", "--json").json
    assert list(told) == ["versi", "perintah", "kontes", "jumlah", "tps"]
    assert told["jumlah"] == {
        "tps": 4, "tps_beda": 1, "sel_beda": 3, "tps_terbuka": 1, "sel_terbuka": 3, "tps_belum": 2,
    }  # fmt: skip
    (tps,) = told["tps"]
    assert (tps["kode"], tps["nomor"], tps["status"]) == (FIRST, 1, "beda")
    assert {cell["isian"]: (cell["kode"], cell["bacaan"], cell["label"]) for cell in tps["beda"]} == {
        "suara.1": ("IV.01", {"sirekap": 71, "plano": 17}, "TERTUKAR_DIGIT"),
        "suara.2": ("IV.02", {"sirekap": 142, "plano": 124}, "TERTUKAR_DIGIT"),
        "suara_total": ("V.C", {"sirekap": 511, "plano": 151}, "TERTUKAR_DIGIT"),
    }
    assert all(cell["ditetapkan"] is None and cell["terbuka"] is True for cell in tps["beda"])


def test_banding_for_people(table: Run) -> None:
    said = table("banding")
    assert said.code == 1
    head = said.out.splitlines()[0].split()
    assert head == ["TPS", "baris", "Sirekap", "Plano", "ditetapkan", "label", "keadaan"]
    assert "4 TPS: 1 beda dalam 3 sel, 1 TPS dan 3 sel masih terbuka, 2 TPS belum ada planonya." in said.out
    no_english(said.out)


def test_a_blank_cell_is_x_and_a_file_against_the_table_has_its_own_column(table: Run) -> None:
    table("catat", THIRD, "suara.1=x", "--sumber", "plano")
    table("catat", THIRD, "suara.1=4", "--sumber", "sirekap")
    cell = table("banding", "--tps", THIRD, "--json").json["tps"][0]["beda"][0]
    assert (cell["bacaan"], cell["ditetapkan"], cell["label"]) == ({"sirekap": 4, "plano": "x"}, "x", "KOSONG")


def test_a_rival_of_a_file_is_shown_beside_what_was_read(table: Run, tmp_path: Path) -> None:
    table("catat", SECOND, "suara.1=17")
    path = wide_csv(tmp_path / "lain.csv", **{f"_{SECOND}": {"suara.1": 18}})
    assert table("impor", path, "--sumber", "plano").code == 0
    cell = table("banding", "--tps", SECOND, "--json").json["tps"][0]["beda"][0]
    assert cell["bacaan"] == {"sirekap": 17, "plano": 17, "plano:berkas": 18}
    assert "Plano (berkas)" in table("banding", "--tps", SECOND).out


def test_banding_of_one_tps_or_desa(table: Run) -> None:
    assert table("banding", "--tps", SECOND).code == 0
    assert table("banding", "--desa", "PULAU KELAPA").code == 0
    assert table("banding", "--desa", "3101011001").code == 1
    assert table("banding", "--desa", "3101011001", "--json").json["jumlah"]["tps"] == 2
    assert table("banding", "--desa", "ATLANTIS").err.startswith("Desa tidak ditemukan\n")
    assert table("banding", "--tps", "1").code == 2
    assert table("banding", "--kontes", CONTEST).code == 1
    assert table("banding", "--kontes", "pilkada1955").err.startswith("Kontes belum jelas\n")


def test_banding_stays_1_when_all_is_settled_because_readings_still_differ(table: Run) -> None:
    for row, figure in (("suara.1", 17), ("suara.2", 124), ("suara_total", 151)):
        told = table(
            "betulkan", FIRST, f"{row}={figure}", "--jenis", "sirekap", "--alasan", "SALAH_BACA_SIREKAP", "--json"
        ).json
        table("setujui", told["pembetulan"], "--oleh", "ppk2")
    said = table("banding", "--json")
    assert said.code == 1
    assert (said.json["jumlah"]["sel_beda"], said.json["jumlah"]["sel_terbuka"]) == (3, 0)
    assert "selesai" in table("banding").out


def test_periksa_gives_rule_formula_and_place(table: Run) -> None:
    said = table("periksa", "--json")
    assert said.code == 1
    told = said.json
    assert list(told) == ["versi", "perintah", "jumlah", "temuan"]
    levels = [one["tingkat"] for one in told["temuan"]]
    assert told["jumlah"] == {level: levels.count(level) for level in ("keras", "peringatan", "info")}
    assert told["jumlah"]["keras"] > 0
    finding = next(one for one in told["temuan"] if one["aturan"] == "R20")
    assert (finding["kontes"], finding["tps"], finding["sumber"]) == (CONTEST, FIRST, "sirekap")
    assert finding["isian"] == ["suara_sah", "suara.1", "suara.2", "suara.3"]
    assert finding["angka"] == "150 ≠ 71 + 142 + 9"
    assert "V.A" in finding["pesan"]


def test_periksa_for_people(table: Run) -> None:
    said = table("periksa")
    assert "R20 keras, TPS 001 " in said.out
    assert said.out.splitlines()[-1].endswith(" info.")
    no_english(said.out)


def test_periksa_of_one_source_or_tps(table: Run) -> None:
    assert table("periksa", "--sumber", "plano").code == 0
    assert table("periksa", "--sumber", "sirekap").code == 1
    assert table("periksa", "--tps", SECOND).code == 0
    assert table("periksa", "--tps", SECOND, "--json").json["temuan"] == []
