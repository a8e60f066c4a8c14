"""Pembetulan, a witness's answer and explained findings, by command."""

from __future__ import annotations

import pytest
from cli.driver import FIRST, SECOND, Run

NOTE = "dibacakan ulang dari plano di depan saksi"


def propose(table: Run, *more: str) -> int:
    told = table(
        "betulkan", FIRST, "suara.1=17", "--jenis", "sirekap", "--alasan", "SALAH_BACA_SIREKAP",
        "--oleh", "op1", "--json", *more,
    ).json  # fmt: skip
    return int(told["pembetulan"])


def open_cells(table: Run) -> int:
    return int(table("banding", "--json").json["jumlah"]["sel_terbuka"])


def test_a_pembetulan_counts_when_somebody_else_confirms_it(table: Run) -> None:
    number = propose(table)
    assert open_cells(table) == 3
    refused = table("setujui", number, "--oleh", "op1")
    assert (refused.code, refused.out) == (2, "")
    said = table("setujui", number, "--oleh", "ppk2")
    assert said.code == 0
    assert f"Pembetulan nomor {number}: IV.01" in said.out
    assert open_cells(table) == 2
    assert table("banding", "--json").json["jumlah"]["sel_beda"] == 3


def test_people_are_told_how_to_confirm(table: Run) -> None:
    said = table("betulkan", FIRST, "IV.01=17", "--jenis", "sirekap", "--alasan", "salah-baca-sirekap")
    assert "`pleno setujui " in said.out


def test_json_of_a_pembetulan_tells_before_after_reason_and_witness(table: Run) -> None:
    table("hadir", "s1", "--nama", "Saksi Satu", "--mewakili", "1")
    propose(table)
    entry = table("jejak", "--json").json["entri"][-2]
    assert entry["jenis"] == "pembetulan.proposed"
    assert entry["perubahan"] == [[FIRST, "suara.1", 71, 17]]
    assert (entry["alasan"], entry["saksi"]) == ("SALAH_BACA_SIREKAP", ["s1"])


def test_witnesses_are_named_and_must_be_known(table: Run) -> None:
    table("hadir", "s1", "--nama", "Saksi Satu", "--mewakili", "1")
    table("hadir", "s2", "--nama", "Saksi Dua", "--mewakili", "2")
    propose(table, "--saksi", "s2")
    assert table("jejak", "--json").json["entri"][-2]["saksi"] == ["s2"]
    said = table(
        "betulkan", FIRST, "suara.2=124", "--jenis", "sirekap", "--alasan", "LAIN", "--catatan", NOTE, "--saksi", "s9"
    )
    assert "s9" in said.err
    assert said.code == 2


def test_a_proposal_can_be_refused_and_a_confirmed_one_withdrawn(table: Run) -> None:
    first = propose(table)
    assert table("tolak", first, "--oleh", "ppk2").code == 2
    assert table("tolak", first, "--oleh", "ppk2", "--catatan", NOTE).code == 0
    second = propose(table)
    assert table("setujui", second, "--oleh", "ppk2").code == 0
    assert table("batalkan", second, "--oleh", "ppk2", "--catatan", NOTE).code == 0
    assert open_cells(table) == 3


def test_a_paper_can_be_corrected_too(table: Run) -> None:
    before = table("rekap", "--json").json["sementara"]["suara.1"]
    told = table(
        "betulkan", SECOND, "suara.1=18", "--jenis", "formulir", "--alasan", "SALAH_TULIS", "--catatan", NOTE, "--json"
    ).json
    assert table("setujui", told["pembetulan"], "--oleh", "ppk3").code == 0
    assert table("rekap", "--json").json["sementara"]["suara.1"] == before + 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--jenis", "plano", "--alasan", "LAIN"), "sirekap atau formulir"),
        (("--jenis", "sirekap", "--alasan", "ENTAH"), "SALAH_JUMLAH (salah jumlah)"),
        (("--jenis", "sirekap"), "--alasan belum disebut."),
        (("--alasan", "LAIN"), "--jenis belum disebut."),
    ],
)
def test_kind_and_reason_are_from_the_list(table: Run, words: tuple[str, ...], told: str) -> None:
    said = table("betulkan", FIRST, "suara.1=17", *words)
    assert said.code == 2
    assert told in said.err


@pytest.mark.parametrize("command", ["setujui", "tolak", "batalkan"])
def test_an_unknown_number_is_refused(table: Run, command: str) -> None:
    words = () if command == "setujui" else ("--catatan", NOTE)
    assert table(command, "999", "--oleh", "ppk2", *words).err.startswith("Pembetulan tidak ditemukan\n")
    assert "memuat huruf a" in table(command, "1a", "--oleh", "ppk2", *words).err


def test_a_witness_accepts_that_the_copy_is_wrong(table: Run) -> None:
    table("catat", SECOND, "suara.1=71", "--sumber", "salinan:1")
    assert open_cells(table) == 4
    assert table("jawab", SECOND, "salinan:1", "IV.01").code == 2
    table("hadir", "s1", "--nama", "Siti Aminah", "--mewakili", "1")
    said = table("jawab", SECOND, "S01", "IV.01", "--catatan", "benar, salinan saya terbalik")
    assert said.code == 0
    assert "diakui keliru oleh Siti Aminah (saksi nomor 1): IV.01" in said.out
    assert open_cells(table) == 3
    assert table("jawab", SECOND, "sirekap", "IV.01", "--catatan", NOTE).code == 2


def test_a_hard_finding_is_explained_in_writing(table: Run) -> None:
    table("catat", "PULAU KELAPA/1", "suara_sah=10", "suara.1=1", "suara.2=2", "suara.3=3")
    assert table("jelaskan", "PULAU KELAPA/1", "R20", "--catatan", NOTE, "--oleh", "op1").code == 2
    told = table("jelaskan", "PULAU KELAPA/1", "r20", "--catatan", NOTE, "--oleh", "ppk2", "--json").json
    assert told["entri"][0]["jenis"] == "finding.explained"
    (finding,) = table("periksa", "--tps", "PULAU KELAPA/1", "--json").json["temuan"]
    assert (finding["aturan"], finding["dijelaskan"]) == ("R20", True)
    assert "(sudah dijelaskan)" in table("periksa", "--tps", "PULAU KELAPA/1").out
    assert table("jelaskan", "PULAU KELAPA/1", "R99", "--catatan", NOTE, "--oleh", "ppk2").code == 2
