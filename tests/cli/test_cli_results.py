"""Recap, seals and the journal, by command."""

from __future__ import annotations

import pytest
from cli.driver import CONTEST, SECOND, Run
from cli.words import no_english


def test_recap_keeps_settled_and_provisional_apart(table: Run) -> None:
    table("sahkan", SECOND, "--dibacakan", "ppk2")
    told = table("rekap", "--json").json
    assert list(told) == [
        "versi", "perintah", "kontes", "tps_sah", "tps", "kecamatan", "desa", "sementara", "aman", "pilihan",
    ]  # fmt: skip
    assert (told["kontes"], told["tps_sah"], told["tps"]) == (CONTEST, 1, 4)
    assert (told["kecamatan"]["suara.2"], told["sementara"]["suara.2"]) == (124, 248)
    assert [(desa["kode"], desa["tps_sah"], desa["tps"]) for desa in told["desa"]] == [
        ("3101011001", 1, 2), ("3101011002", 0, 2),
    ]  # fmt: skip
    assert told["desa"][0]["angka"]["suara.2"] == 124
    assert told["aman"]["unggul"] == 2
    assert told["aman"]["jarak"] == 248 - 34
    assert told["aman"]["pasti"] is False
    assert told["aman"]["calon"] is None
    assert told["pilihan"][1] == {"isian": "suara.2", "nomor": 2, "nama": "PASLON 2", "partai": None}


def test_recap_of_nothing_has_no_safety_line(run: Run) -> None:
    told = run("rekap", "--json").json
    assert (told["kecamatan"], told["sementara"], told["aman"]) == ({}, {}, None)
    assert "Belum ada suara yang dibaca." in run("rekap").out


def test_recap_for_people(table: Run) -> None:
    table("sahkan", SECOND, "--dibacakan", "ppk2")
    lines = table("rekap").out.splitlines()
    assert lines[0] == "PRESIDEN DAN WAKIL PRESIDEN: 1 dari 4 TPS sah"
    assert next(line for line in lines if line.startswith("IV.02 ")).split()[-2:] == ["124", "248"]
    assert lines[-1].startswith("Nomor 2 unggul 214 suara atas nomor 1;")
    no_english("\n".join(lines))


def test_recap_of_one_desa(table: Run) -> None:
    told = table("rekap", "--desa", "3101011002", "--json").json
    assert [desa["nama"] for desa in told["desa"]] == ["PULAU KELAPA"]
    assert table("rekap", "--desa", "pulau kelapa").out.startswith("PULAU KELAPA: 0 dari 2 TPS sah\n")


# --- seals ---------------------------------------------------------------------------------


def test_a_seal_is_made_and_its_word_read_back(table: Run) -> None:
    told = table("segel", "--angka-saksi", "4711", "--json").json
    assert (told["perintah"], told["nomor"], told["angka_saksi"]) == ("segel", 1, "4711")
    assert told["kata"] in told["baris"]
    assert table("segel", "--baca-ulang", "salah", "--oleh", "ppk2").err.startswith("Kata tidak cocok\n")
    word = told["kata"].split("-")[1]
    back = table("segel", "--baca-ulang", word.upper(), "--oleh", "ppk2", "--json").json
    assert back["entri"][0]["jenis"] == "seal.read_back"


@pytest.mark.parametrize("digits", ["1", "1234567", "12a4", "١٢٣٤", "+123"])
def test_the_digits_of_a_witness_are_4_to_6(run: Run, digits: str) -> None:
    assert run("segel", "--angka-saksi", digits).err.startswith("Angka saksi ditolak\n")


@pytest.mark.parametrize("words", [(), ("--angka-saksi", "4711", "--baca-ulang", "kata")])
def test_sealing_or_reading_back(run: Run, words: tuple[str, ...]) -> None:
    assert run("segel", *words).err.startswith("Perintah belum jelas\n")
