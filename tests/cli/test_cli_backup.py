"""Copies and going back, by command."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.driver import SECOND, Run
from cli.words import no_english

WHY = "laptop jatuh, disk tidak terbaca"


def test_a_copy_goes_where_it_is_told_and_is_an_entry(table: Run, tmp_path: Path) -> None:
    told = table("cadangkan", tmp_path / "stik", "--json").json
    (copy,) = told["salinan"]
    assert (copy["folder"], copy["gagal"]) == (str(tmp_path / "stik"), None)
    assert (tmp_path / "stik" / copy["berkas"]).is_file()
    assert table("jejak", "--json").json["entri"][-2]["jenis"] == "backup"
    said = table("cadangkan")
    assert said.out.startswith("Salinan utuh: ")
    no_english(said.out)


def test_a_folder_that_takes_none(table: Run, tmp_path: Path) -> None:
    said = table("cadangkan", tmp_path / "tidak" / "ada")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("Salinan gagal\n")


def test_every_seal_leaves_a_copy(table: Run) -> None:
    told = table("segel", "--angka-saksi", "4711", "--json").json
    (copy,) = told["salinan"]
    assert copy["gagal"] is None
    assert f"segel01-{told['kata'].partition('-')[0]}" in copy["berkas"]


@pytest.fixture
def copy(table: Run) -> str:
    """A copy without the TPS that is settled after it."""
    made = table("cadangkan", "--json").json["salinan"][0]
    table("sahkan", SECOND, "--dibacakan", "ppk2")
    return str(Path(made["folder"]) / made["berkas"])


def test_going_back_is_previewed(table: Run, copy: str) -> None:
    told = table("pulihkan", copy, "--uji", "--json").json
    assert (told["uji"], told["bercabang"]) == (True, False)
    assert told["hilang"] > 0
    said = table("pulihkan", copy, "--uji")
    assert said.code == 0
    assert f"Yang tidak ikut: {told['hilang']} entri di laptop ini" in said.out
    assert table("rekap", "--json").json["tps_sah"] == 1
    no_english(said.out)


def test_only_a_copy_put_back_by_hand_is_called_old(table: Run, table_folder: Path, copy: str) -> None:
    told = table("pulihkan", copy, "--uji").out
    assert "SALINAN LAMA" not in told
    assert "Uji pulih berhasil" in told
    database = table_folder / "data" / "pleno.db"
    database.write_bytes(Path(copy).read_bytes())
    assert table("rekap").err.startswith("BACA-SAJA: SALINAN LAMA? Laptop ini pernah melihat jejak ini sampai entri ")
    assert table("hadir", "s9", "--nama", "Budi", "--mewakili", "1").code == 2
    assert "SALINAN LAMA: laptop ini pernah" in table("pulihkan", database, "--uji").out
    assert table("pulihkan", database, "--oleh", "ppk1", "--catatan", WHY).code == 0
    said = table("hadir", "s9", "--nama", "Budi", "--mewakili", "1")
    assert (said.code, said.err) == (0, "")


def test_the_ketua_goes_back_with_a_reason(table: Run, copy: str) -> None:
    assert table("pulihkan", copy).err.startswith("Pelaku belum disebut\n")
    assert table("pulihkan", copy, "--oleh", "ppk1").err.startswith("Alasan belum ditulis\n")
    assert table("pulihkan", copy, "--oleh", "op1", "--catatan", WHY).err.startswith("Bukan wewenangnya\n")
    assert table("rekap", "--json").json["tps_sah"] == 1
    told = table("pulihkan", copy, "--oleh", "ppk1", "--catatan", WHY, "--json").json
    assert told["entri"][0]["jenis"] == "restore"
    assert Path(told["disisihkan"]).is_file()
    assert table("rekap", "--json").json["tps_sah"] == 0
    assert table("verifikasi", "--json").json["hasil"] in ("utuh", "ekor")


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04", b"SQLite format 3\0" + b"\xff" * 5000])
def test_what_is_no_copy_is_refused(table: Run, tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "[bold]x.db"
    if content is not None:
        path.write_bytes(content)
    said = table("pulihkan", path, "--uji")
    assert said.code in (2, 4)
    assert said.out == ""
    assert said.err
    no_english(said.err)
