"""Keberatan and kejadian khusus, by command."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.driver import CONTEST, FIRST, SECOND, Run, pleno

WORDS = "saksi 02 minta [bold]dihitung[/bold] ulang"


def noted(run: Run, *args: str, words: str = WORDS, pengaju: str = "S02") -> int:
    told = run("keberatan", *args, "--pengaju", pengaju, "--uraian", words, "--json").json
    return int(told["keberatan"])


def test_from_the_note_to_the_answer(table: Run) -> None:
    number = noted(table, FIRST, "--baris", "IV.02")
    event = noted(table, "--jenis", "kejadian-khusus", words="listrik padam satu jam", pengaju="pps")
    told = table("keberatan", "--json").json
    assert told["jumlah"] == {"baris": 2, "terbuka": 2}
    assert told["keberatan"][0] == {
        "nomor": number, "kontes": CONTEST, "tps": FIRST, "jenis": "keberatan", "pengaju": "2", "isian": "suara.2",
        "sumber": None, "angka": None, "uraian": WORDS, "penyelesaian": "terbuka", "keterangan": None, "oleh": None,
        "jawaban": None,
    }  # fmt: skip
    refused = table("sahkan", FIRST, "--dibacakan", "ppk2")
    assert (refused.code, f"keberatan/kejadian belum dijawab (nomor {number})" in refused.err) == (2, True)
    said = table("tanggapi", number, "tidak-diterima", "--catatan", "plano yang berlaku", "--oleh", "ppk1")
    assert said.code == 0, said.err
    assert "tidak diterima: plano yang berlaku" in said.out
    assert table("cabut", event, "--catatan", "salah catat tadi", "--oleh", "ppk1").code == 0
    said = table("keberatan")
    assert WORDS in said.out
    assert said.out.splitlines()[0].split() == ["no", "tempat", "jenis", "pengaju", "baris", "uraian", "keadaan"]
    assert said.out.splitlines()[-1] == "2 keberatan/kejadian, 0 belum ditanggapi; NIHIL: 0 TPS."
    assert [one["nomor"] for one in table("keberatan", FIRST, "--json").json["keberatan"]] == [number]


def test_nihil_of_a_tps_and_of_the_sheet(run: Run) -> None:
    assert "NIHIL: tidak ada kejadian khusus dan keberatan di TPS 001" in run("nihil", FIRST).out
    assert run("nihil").code == 0
    assert run("keberatan").out == "0 keberatan/kejadian, 0 belum ditanggapi; NIHIL: 1 TPS, 1 lembar kontes.\n"
    told = run("keberatan", "--json").json["nihil"]
    assert [one["tps"] for one in told] == [None, FIRST]
    assert run("cabut", told[1]["nomor"], "--catatan", "TPS yang salah", "--oleh", "ppk1").code == 0
    noted(run, SECOND)
    assert run("keberatan", "--json").json["nihil"] == []
    assert run("nihil").err.startswith("Bukan NIHIL\n")
    assert run("nihil", FIRST).code == 0


def test_the_sentences_stand_in_the_journal_of_the_tps(run: Run) -> None:
    number = noted(run, FIRST)
    run("tanggapi", number, "diteruskan", "--catatan", "ke pleno kabupaten", "--oleh", "ppk2")
    told = run("jejak", "--tps", FIRST).out
    assert f"Keberatan dari saksi nomor 2 di TPS 001 [/x] [bold]DESA[/bold]: {WORDS}" in told
    assert f"Keberatan/kejadian nomor {number} di TPS 001" in told
    assert "diteruskan: ke pleno kabupaten" in told


@pytest.mark.parametrize(
    ("args", "title"),
    [
        (["keberatan", FIRST, "--uraian", WORDS], "Pengaju belum disebut"),
        (["keberatan", FIRST, "--uraian", WORDS, "--pengaju", "9"], "Pengaju tidak dikenal"),
        (["keberatan", FIRST, "--uraian", "x", "--pengaju", "2"], "Alasan belum ditulis"),
        (["keberatan", "--uraian", WORDS, "--pengaju", "2", "--baris", "IV.02"], "Keberatan ditolak"),
        (["keberatan", FIRST, "--uraian", WORDS, "--pengaju", "2", "--baris", "IX"], "Baris tidak dikenal"),
        (["keberatan", FIRST, "--uraian", WORDS, "--pengaju", "2", "--jenis", "protes"], "Jenis tidak dikenal"),
        (["keberatan", FIRST, "--uraian", WORDS + "\x1b", "--pengaju", "2"], "Tulisan ditolak"),
        (["keberatan", "9", "--uraian", WORDS, "--pengaju", "2"], "TPS tidak ditemukan"),
        (["tanggapi", "9999", "diterima", "--catatan", WORDS, "--oleh", "ppk1"], "Keberatan tidak ditemukan"),
        (["tanggapi", "1", "terbuka", "--catatan", WORDS, "--oleh", "ppk1"], "Penyelesaian tidak dikenal"),
        (["tanggapi", "x", "diterima", "--catatan", WORDS, "--oleh", "ppk1"], "Bukan angka"),
        (["cabut", "1", "--catatan", WORDS, "--oleh", "ppk1"], "Keberatan tidak ditemukan"),
    ],
)
def test_what_is_refused_changes_nothing(run: Run, args: list[str], title: str) -> None:
    entries = len(run("jejak", "--json").json["entri"])
    said = run(*args)
    assert (said.code, said.out, said.err.splitlines()[0]) == (2, "", title)
    assert len(run("jejak", "--json").json["entri"]) == entries


def test_before_the_meeting_nothing_is_noted_and_the_list_is_empty(quiet: Path) -> None:
    for args in (["keberatan", FIRST, "--uraian", WORDS, "--pengaju", "2"], ["nihil", FIRST]):
        assert pleno(*args, "--folder", quiet).err.startswith("Belum waktunya\n")
    assert pleno("keberatan", "--folder", quiet, "--json").json["keberatan"] == []
