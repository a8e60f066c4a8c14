"""The journal by command: its sentences, an earlier moment, what lies between two seals."""

from __future__ import annotations

import pytest
from cli.driver import CONTEST, FIRST, SECOND, Run
from cli.words import no_english


def test_the_journal_in_sentences(table: Run) -> None:
    said = table("jejak")
    assert said.code == 0
    lines = said.out.splitlines()
    assert [int(line.split()[0][1:]) for line in lines] == list(range(1, len(lines) + 1))
    assert any('Berkas "plano.csv" diimpor sebagai C.HASIL (plano): 2 TPS, 56 angka' in line for line in lines)
    no_english(said.out)


def test_the_journal_as_json(table: Run) -> None:
    entries = table("jejak", "--json").json["entri"]
    assert list(entries[0])[:4] == ["nomor", "jenis", "waktu", "oleh"]
    imported = next(one for one in entries if one["jenis"] == "file.imported")
    assert [FIRST, "suara.1", None, 71] in imported["perubahan"]
    assert len({one["hash"] for one in entries}) == len(entries)


def test_part_of_the_journal(table: Run) -> None:
    assert [one["nomor"] for one in table("jejak", "--dari", "3", "--sampai", "4", "--json").json["entri"]] == [3, 4]
    of_tps = table("jejak", "--tps", FIRST, "--json").json["entri"]
    assert {one["jenis"] for one in of_tps} == {"file.imported"}
    assert table("jejak", "--tps", "PULAU KELAPA/1", "--json").json["entri"] == []
    assert table("jejak", "--kontes", CONTEST).code == 0


@pytest.mark.parametrize("typed", ["-1", "1_000", "+5", "1.5", "٣", "", "9" * 10])
def test_entry_numbers_are_plain_digits(run: Run, typed: str) -> None:
    said = run("jejak", "--dari", typed)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("Bukan angka\n")


# --- earlier moments -----------------------------------------------------------------------


def _last(table: Run) -> int:
    return int(table("jejak", "--json").json["entri"][-1]["nomor"])


def test_the_recap_as_it_was_after_an_entry(table: Run) -> None:
    before = _last(table)
    (settled,) = table("sahkan", SECOND, "--dibacakan", "ppk2", "--json").json["entri"]
    old = table("jejak", "--pada", str(before), "--json").json
    assert (old["pada"], [one["kontes"] for one in old["rekap"]]) == (before, [CONTEST])
    assert (old["rekap"][0]["tps_sah"], old["rekap"][0]["kecamatan"]) == (0, {})
    new = table("jejak", "--pada", str(settled["nomor"]), "--json").json["rekap"][0]
    now = table("rekap", "--json").json
    assert new == {key: now[key] for key in new}
    assert new["kecamatan"]["suara.2"] == 124
    lines = table("jejak", "--pada", str(before)).out.splitlines()
    assert lines[:2] == [f"Keadaan sesudah entri {before}", "PRESIDEN DAN WAKIL PRESIDEN: 0 dari 4 TPS sah"]
    no_english("\n".join(lines))


@pytest.mark.parametrize("seq", ["0", "9999"])
def test_there_is_no_moment_outside_the_journal(table: Run, seq: str) -> None:
    said = table("jejak", "--pada", seq)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("Entri tidak ada\nJejak memuat entri 1 sampai ")


def test_what_two_seals_have_between_them(table: Run) -> None:
    table("segel", "--angka-saksi", "4711")
    table("sahkan", SECOND, "--dibacakan", "ppk2")
    table("segel", "--angka-saksi", "4712")
    told = table("jejak", "--antara", "1", "2", "--json").json
    assert told["antara"] == [1, 2]
    kinds = [one["jenis"] for one in told["entri"]]
    assert (kinds[-1], kinds.count("seal"), kinds.count("tps.read_back")) == ("seal", 1, 1)
    assert [CONTEST, "suara.2", None, 124] in told["jumlah"]
    said = table("jejak", "--antara", "1", "2").out
    assert "Jumlah TPS yang sah yang berubah:" in said
    assert next(line for line in said.splitlines() if line.startswith("IV.02 ")).split()[-2:] == ["-", "124"]
    no_english(said)


def test_two_seals_with_nothing_settled_between_them(table: Run) -> None:
    table("segel", "--angka-saksi", "4711")
    table("segel", "--angka-saksi", "4712")
    assert table("jejak", "--antara", "1", "2").out.endswith("Jumlah TPS yang sah tidak berubah.\n")
    assert table("jejak", "--antara", "2", "1").err.startswith("Urutan segel terbalik\n")
    assert table("jejak", "--antara", "1", "3").err.startswith("Segel tidak ada\nSegel 3 ")


def test_one_way_of_looking_at_a_time(run: Run) -> None:
    for words in (
        ("--pada", "1", "--dari", "1"),
        ("--pada", "1", "--antara", "1", "2"),
        ("--antara", "1", "2", "--tps", FIRST),
    ):
        assert run("jejak", *words).err.startswith("Perintah belum jelas\n")
