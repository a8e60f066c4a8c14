"""Import, export and verification by command."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path

import pytest
from cli.driver import FIRST, SECOND, THIRD, WHOLE, Run, pleno, wide_csv

from pleno.cli.files import print_exported
from pleno.domain.state import SheetStatus
from pleno.service.export import Exported


def test_import_tells_what_each_file_did(run: Run, tmp_path: Path) -> None:
    path = wide_csv(tmp_path / "plano.csv", **{f"_{FIRST}": {}, f"_{SECOND}": {}})
    told = run("impor", path, "--sumber", "plano", "--json").json
    assert (told["versi"], told["perintah"]) == (1, "impor")
    (file,) = told["berkas"]
    assert {key: file[key] for key in ("nama", "format", "diterima", "ditolak", "diabaikan", "temuan")} == {
        "nama": "plano.csv", "format": "csv", "diterima": 2, "ditolak": 0, "diabaikan": 0, "temuan": [],
    }  # fmt: skip
    assert file["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert file["angka_berubah"] == 2 * len(WHOLE)


def test_the_same_file_twice_changes_nothing(run: Run, tmp_path: Path) -> None:
    path = wide_csv(tmp_path / "plano.csv", **{f"_{FIRST}": {}})
    run("impor", path, "--sumber", "plano")
    said = run("impor", path, "--sumber", "plano")
    assert said.code == 0
    assert "0 TPS diterima, 0 ditolak, 1 diabaikan; 0 angka berubah." in said.out


def test_a_preview_changes_nothing(run: Run, kec: Path, tmp_path: Path) -> None:
    path = wide_csv(tmp_path / "plano.csv", **{f"_{FIRST}": {}})
    told = run("impor", path, "--sumber", "plano", "--uji", "--json").json
    assert told["uji"] is True
    assert told["berkas"][0]["diterima"] == 1
    assert told["berkas"][0]["entri"] is None
    assert "Uji saja" in run("impor", path, "--sumber", "plano", "--uji").out
    assert run("rekap", "--json").json["sementara"] == {}
    assert not (kec / "data" / "masuk").exists()


def test_exit_code_1_when_part_of_the_file_is_refused(run: Run, tmp_path: Path) -> None:
    path = wide_csv(tmp_path / "plano.csv", **{f"_{FIRST}": {}, f"_{SECOND}": {"suara.1": "12O"}})
    said = run("impor", path, "--sumber", "plano", "--json")
    assert said.code == 1
    (file,) = said.json["berkas"]
    assert (file["diterima"], file["ditolak"]) == (1, 1)
    assert "suara.1" in file["temuan"][0]["tempat"]


def test_exit_code_2_when_all_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "buruk.csv"
    path.write_text("bukan,kepala\n1,2\n", "utf-8")
    said = run("impor", path, "--sumber", "plano")
    assert said.code == 2
    assert "buruk.csv" in said.out
    assert run("impor", tmp_path / "tidak-ada.csv", "--sumber", "plano").code == 2
    assert run("impor", path).err.startswith("Perintah belum lengkap\n--sumber belum disebut.\n")
    assert run("impor", path, "--sumber", "hitung_ulang").err.startswith("Sumber tidak dikenal\n")


def test_a_revote_opens_a_new_paper(table: Run, tmp_path: Path) -> None:
    path = wide_csv(tmp_path / "psu.csv", **{f"_{FIRST}": {"suara.1": 16, "suara_sah": 149}})
    seen = table("impor", path, "--sumber", "plano", "--psu", "--uji", "--json").json["berkas"][0]
    assert (seen["diterima"], seen["angka_berubah"]) == (1, len(WHOLE))
    assert table("impor", path, "--sumber", "plano", "--psu").code == 2
    assert table("impor", path, "--sumber", "plano", "--psu", "--oleh", "ppk2", "--catatan", "putusan KPU").code == 0
    assert table("banding", "--tps", FIRST, "--json").json["jumlah"]["sel_beda"] == 0


def test_a_sirekap_object_without_code_in_its_name_is_given_its_tps(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "unduhan.json"
    path.write_text(
        json.dumps({"chart": {"100025": 17, "100026": 124, "100027": 9}, "ts": "2024-02-16 12:00:00"}), "utf-8"
    )
    assert run("impor", path, "--sumber", "sirekap").code == 2
    assert run("impor", path, "--sumber", "sirekap", "--tps", THIRD).code == 0


# --- export --------------------------------------------------------------------------------


def test_a_draft_is_written_any_time(table: Run, tmp_path: Path) -> None:
    told = table("ekspor", tmp_path / "usb", "--konsep", "--json").json
    assert (told["perintah"], told["status"], told["nomor"]) == ("ekspor", "KONSEP", 1)
    folder = Path(told["folder"])
    assert all((folder / name).is_file() for name in told["berkas"])
    assert hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest() == told["sha256_manifes"]
    assert Path(told["salinan"]).is_dir()
    assert told["kode_halaman_bertanda_tangan"] is False


@pytest.mark.parametrize("signed", [False, True])
def test_people_are_told_whether_the_codes_are_signed(signed: bool, capsys: pytest.CaptureFixture[str]) -> None:
    print_exported(Exported(2, SheetStatus.DITETAPKAN, Path("02"), ("a.pdf",), "4A1F", signed))
    assert ("Kode QR setiap halaman bertanda tangan ketua.\n" in capsys.readouterr().out) is signed


def test_a_final_set_is_refused_with_everything_that_is_missing(table: Run) -> None:
    said = table("ekspor")
    assert (said.code, said.out) == (2, "")
    assert "4 dari 4 TPS belum sah" in said.err
    assert "--konsep" in said.err


def test_an_exported_set_and_its_files_verify(table: Run, tmp_path: Path) -> None:
    folder = Path(table("ekspor", "--konsep", "--json").json["folder"])
    said = pleno("verifikasi", folder, "--json")
    assert said.code == said.json["kode"] == 3
    assert said.json["hasil"] == "ekor"
    figures = folder / "data" / "angka.csv"
    assert pleno("verifikasi", figures).code in (0, 3)
    figures.write_bytes(figures.read_bytes().replace(b"17", b"71", 1))
    assert pleno("verifikasi", folder).code == 4
    assert pleno("verifikasi", figures).code == 4


# --- verification --------------------------------------------------------------------------


def test_a_sealed_workspace_is_whole(table: Run) -> None:
    table("segel", "--angka-saksi", "4711")
    said = table("verifikasi", "--json")
    told = said.json
    assert (said.code, told["hasil"], told["kode"], told["segel"]) == (0, "utuh", 0, 1)
    assert all(line["hasil"] is True for line in told["rincian"])
    assert {"periksa", "hasil", "pesan"} == set(told["rincian"][0])
    people = table("verifikasi").out
    assert "SEGEL 01" in people
    assert people.endswith("Hasil: utuh\n")


def test_a_tail_after_the_seal_is_told(table: Run) -> None:
    table("segel", "--angka-saksi", "4711")
    table("catat", THIRD, "suara.1=5")
    said = table("verifikasi", "--json")
    assert (said.code, said.json["hasil"]) == (3, "ekor")


def test_a_figure_changed_by_hand_is_damage_and_is_named(kec: Path) -> None:
    pleno("catat", THIRD, "suara.1=5", "--folder", kec)
    with sqlite3.connect(kec / "data" / "pleno.db") as connection:
        connection.execute("""UPDATE reading SET figures = replace(figures, '5', '6')""")
    connection.close()
    said = pleno("verifikasi", "--folder", kec, "--json")
    assert (said.code, said.json["hasil"]) == (4, "rusak")
    assert "suara.1" in " ".join(line["pesan"] for line in said.json["rincian"] if not line["hasil"])


@pytest.mark.parametrize("name", ["tidak-ada", "."])
def test_what_cannot_be_judged(tmp_path: Path, name: str) -> None:
    said = pleno("verifikasi", tmp_path / name)
    assert (said.code, said.out) == (2, "")
    told = pleno("verifikasi", tmp_path / name, "--json")
    assert (told.code, told.json["hasil"], told.json["kode"]) == (2, "tak_terbaca", 2)
