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
