"""Banding and periksa: shapes, counts, exit codes."""

from __future__ import annotations

from pathlib import Path

from cli.driver import CONTEST, FIRST, SECOND, SPECIAL, THIRD, Run, wide_csv
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


# --- what may be the slip ------------------------------------------------------------------


def misread(table: Run, tps: str, *cells: str) -> None:
    said = table("catat", tps, *cells, "--sumber", "sirekap", "--catatan", "begitu terbaca di Sirekap")
    assert said.code == 0, said.err


def test_periksa_proposes_and_changes_nothing(table: Run) -> None:
    misread(table, SECOND, "suara.2=127")
    findings = table("periksa", "--tps", SECOND, "--json").json["temuan"]
    (only,) = findings
    assert (only["aturan"], only["semua_tps"], only["usul_lain"]) == ("R20", [SECOND], 0)
    reason = "R20 akan cocok bila IV.02 124 (tertulis 127): hanya satu digit IV.02 yang berbeda, dan sama dengan Plano."
    assert only["usul"][0] == {"isian": "suara.2", "kode": "IV.02", "angka": 124, "alasan": reason, "urutan": 1}
    assert [(one["isian"], one["angka"], one["urutan"]) for one in only["usul"]] == [
        ("suara.2", 124, 1), ("suara.1", 14, 2), ("suara.3", 6, 3),
    ]  # fmt: skip
    said = table("periksa", "--tps", SECOND)
    assert said.out.count("  Kemungkinan: ") == 3
    assert f"  Kemungkinan: {reason}" in said.out.splitlines()
    no_english(said.out)
    kinds = {entry["jenis"] for entry in table("jejak", "--tps", SECOND, "--json").json["entri"]}
    assert kinds == {"file.imported", "reading.saved"}
    assert table("banding", "--tps", SECOND, "--json").json["tps"][0]["beda"][0]["bacaan"]["sirekap"] == 127


def test_two_cells_of_one_proposal_share_their_place(table: Run) -> None:
    misread(table, SECOND, "pengguna_total_l=78", "pengguna_total_p=73")
    findings = table("periksa", "--tps", SECOND, "--json").json["temuan"]
    assert [finding["aturan"] for finding in findings] == ["R04", "R04"]
    for finding in findings:
        assert [(one["kode"], one["angka"], one["urutan"]) for one in finding["usul"]][:2] == [
            ("I.B.4.L", 73, 1), ("I.B.4.P", 78, 1),
        ]  # fmt: skip


def test_what_has_no_small_repair_says_nothing(table: Run) -> None:
    rows = ("suara.1=71", "suara.2=641", "suara.3=511", "suara_sah=185", "suara_tidak_sah=1", "suara_total=186")
    misread(table, SPECIAL, *rows)
    said = table("periksa", "--tps", SPECIAL, "--json")
    assert [one["usul"] for one in said.json["temuan"] if one["aturan"] == "R20"] == [[]]
    assert "Kemungkinan" not in table("periksa", "--tps", SPECIAL).out


def test_swapped_papers_are_a_warning_that_blocks_nothing(run: Run, tmp_path: Path) -> None:
    other = {"suara.1": 27, "suara.2": 114}
    assert (
        run("impor", wide_csv(tmp_path / "s.csv", **{f"_{FIRST}": other, f"_{SECOND}": {}}), "--sumber", "sirekap").code
        == 0
    )
    assert (
        run("impor", wide_csv(tmp_path / "p.csv", **{f"_{FIRST}": {}, f"_{SECOND}": other}), "--sumber", "plano").code
        == 0
    )
    told = run("periksa", "--json").json
    assert told["jumlah"] == {"keras": 0, "peringatan": 1, "info": 2}
    only, *shifts = told["temuan"]
    assert [(one["aturan"], one["tps"], one["isian"]) for one in shifts] == [
        ("A10", FIRST, ["suara.1", "suara.2"]), ("A10", SECOND, ["suara.1", "suara.2"]),
    ]  # fmt: skip
    assert (only["aturan"], only["tingkat"], only["tps"], only["semua_tps"], only["sumber"], only["usul"]) == (
        "A05", "peringatan", FIRST, [FIRST, SECOND], "sirekap", [],
    )  # fmt: skip
    assert only["angka"] == "TPS 1 = plano TPS 2; TPS 2 = plano TPS 1"
    assert "bertukar" in only["pesan"]
    for args, code in (([], 1), (["--tps", SECOND], 1), (["--tps", THIRD], 0), (["--sumber", "plano"], 0)):
        assert run("periksa", *args).code == code
    said = run("periksa")
    assert said.out.startswith("A05 peringatan, ")
    assert said.out.splitlines()[-1] == "0 keras, 1 peringatan, 2 info."
    for tps, right in ((FIRST, {"suara.1": 17, "suara.2": 124}), (SECOND, other)):
        for row, figure in right.items():
            cell = (tps, f"{row}={figure}")
            number = run("betulkan", *cell, "--jenis", "sirekap", "--alasan", "SALAH_BACA_SIREKAP", "--json")
            assert run("setujui", number.json["pembetulan"], "--oleh", "ppk2").code == 0
        assert run("sahkan", tps, "--dibacakan", "ppk2").code == 0


def test_what_may_be_the_slip_stands_below_its_own_finding(run: Run, tmp_path: Path) -> None:
    """Sums of the kecamatan are off for the same slip; they have a line of their own."""
    every = {f"_{code}": {} for code in (FIRST, SECOND, THIRD, SPECIAL)}
    for source, papers in (("plano", every), ("sirekap", {**every, f"_{FIRST}": {"suara.2": 127}})):
        assert run("impor", wide_csv(tmp_path / f"{source}.csv", **papers), "--sumber", source).code == 0
    lines = [line.split()[0] for line in run("periksa").out.splitlines()[:-1]]
    assert lines.index("A07") > lines.index("R20")
    assert lines[lines.index("R20") + 1] == "Kemungkinan:"
    assert lines[lines.index("A07") + 1 :].count("Kemungkinan:") == 0
