"""Working sheets by command."""

from __future__ import annotations

from pathlib import Path

from cli.driver import FIRST, Run, wide_csv


def test_each_sheet_is_written_and_named(run: Run, kec: Path, tmp_path: Path) -> None:
    run("impor", wide_csv(tmp_path / "s.csv", **{f"_{FIRST}": {"suara.1": 71}}), "--sumber", "sirekap")
    run("impor", wide_csv(tmp_path / "p.csv", **{f"_{FIRST}": {}}), "--sumber", "plano")
    told = run("lembar", "selisih", "--json").json
    assert (told["perintah"], told["jenis"], told["sirekap"]) == ("lembar", "selisih", None)
    assert told["baris"] == 2
    for ending in ("pdf", "csv"):
        assert Path(told[ending]).parent == kec / "data" / "ekspor"
        assert Path(told[ending]).stat().st_size > 100
    left = run("lembar", "sirekap", tmp_path / "usb", "--json").json["sirekap"]
    assert left == {"diubah": 0, "sudah": 0, "tanpa_objek": 3, "belum_sah": 4, "sinkron": False}
    said = run("lembar", "sirekap", tmp_path / "usb")
    assert "3 TPS tanpa objek Sirekap, 4 TPS belum sah" in said.out
    assert "Lembar pembetulan (0 baris) ditulis:" in run("lembar", "pembetulan").out


def test_a_sheet_nobody_knows_is_refused(run: Run) -> None:
    said = run("lembar", "rekap")
    assert said.code == 2
    assert "bukan lembar kerja" in said.err + said.out
    assert "selisih, sirekap, pembetulan" in said.err + said.out


def test_a_set_that_is_batal_is_printed_under_that_word(run: Run, kec: Path, tmp_path: Path) -> None:
    assert "Nomor setnya belum disebut" in run("lembar", "batal").err
    refused = run("lembar", "batal", "--set", "1")
    assert (refused.code, "Set 1 tidak ada" in refused.err) == (2, True)
    for _ in range(2):
        assert run("ekspor", "--konsep").code == 0
    told = run("lembar", "batal", tmp_path / "usb", "--set", "1", "--json").json
    assert (told["jenis"], told["set"], Path(told["pdf"]).parent) == ("batal", 1, tmp_path / "usb")
    assert Path(told["pdf"]).read_bytes().startswith(b"%PDF")
