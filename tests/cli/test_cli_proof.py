"""A proof for a saksi, by command."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.driver import SECOND, THIRD, Run, pleno
from cli.words import no_english

from pleno.domain.inclusion import check_proof


@pytest.fixture
def sealed(table: Run) -> Run:
    table("sahkan", SECOND, "--dibacakan", "ppk2")
    table("segel", "--angka-saksi", "4711")
    return table


def test_a_proof_is_written_where_it_is_told(sealed: Run, tmp_path: Path) -> None:
    target = tmp_path / "bukti.json"
    said = sealed("bukti", SECOND, "--ke", target)
    assert said.code == 0
    assert check_proof(target.read_text("utf-8").removesuffix("\n")).tps == SECOND
    no_english(said.out.replace(str(target), ""))
    assert sealed("bukti", SECOND, "--ke", target).err.startswith("Berkas sudah ada\n")
    told = sealed("bukti", SECOND, "--segel", "1", "--ke", tmp_path / "dua.json", "--json").json
    assert told["bukti"]["tps"] == SECOND


def test_what_cannot_be_proved_is_refused(sealed: Run, tmp_path: Path) -> None:
    target = tmp_path / "bukti.json"
    assert sealed("bukti", THIRD, "--ke", target).err.startswith("Belum dapat dibuktikan\n")
    assert sealed("bukti", SECOND, "--segel", "9", "--ke", target).err.startswith("Segel tidak ada\n")
    assert sealed("bukti", SECOND, "--segel", "x", "--ke", target).err.startswith("Bukan angka\n")
    assert sealed("bukti", SECOND, "--ke", tmp_path / "tidak" / "ada").err.startswith("Bukti tidak tersimpan\n")
    assert not target.exists()


def test_anybody_verifies_a_proof_and_compares_the_words(sealed: Run, tmp_path: Path) -> None:
    target = tmp_path / "bukti.json"
    sealed("bukti", SECOND, "--ke", target)
    words = sealed("segel", "--angka-saksi", "4712", "--json").json["kata"]
    told = pleno("verifikasi", target, "--json").json
    assert (told["hasil"], told["kode"]) == ("utuh", 0)
    assert told["segel_terakhir"].startswith("SEGEL 01  #")
    assert words not in told["segel_terakhir"]
    said = pleno("verifikasi", target).out
    assert "ada di rekap yang disegel" in said
    assert "; suara.2 = 124; " in said
    text = target.read_text("utf-8")
    for bad in (text.replace('"suara.2":124', '"suara.2":214'), text[:-20], text.replace(SECOND, THIRD), text + "x"):
        target.write_text(bad, "utf-8")
        said = pleno("verifikasi", target)
        assert said.code == 4
        no_english(said.out)
