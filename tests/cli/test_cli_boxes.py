"""Boxes, the attendance of officers, and what a witness says of a whole TPS, by command."""

from __future__ import annotations

from cli.driver import FIRST, SECOND, SPECIAL, WHOLE, Run

TORN = "kertas segel sobek di sudut"


def test_a_desa_comes_and_a_box_is_opened(run: Run) -> None:
    assert run("kotak", "--desa", "PULAU KELAPA", "--diterima", "--jalur", "luring").code == 0
    assert run("kotak", FIRST, "--dibuka", "--segel", "rusak", "--catatan", TORN, "--jalur", "luring-daring").code == 0
    told = run("kotak", "--json").json
    assert told["jumlah"] == {"tps": 4, "diterima": 3, "dibuka": 1, "rusak": 1}
    assert told["kotak"][0] == {
        "tps": FIRST, "diterima": True, "dibuka": True, "utuh": False, "jalur": "luring-daring", "catatan": TORN,
    }  # fmt: skip
    assert told["kotak"][1] == {
        "tps": SECOND, "diterima": False, "dibuka": False, "utuh": None, "jalur": None, "catatan": None,
    }  # fmt: skip
    shown = run("kotak").out
    assert "RUSAK" in shown
    assert "luring lalu daring" in shown
    assert shown.endswith("3 diterima dan 1 dibuka dari 4 kotak, 1 segel rusak.\n")
    assert run("jejak", "--tps", SPECIAL, "--json").json["entri"][-1]["jenis"] == "kotak.opened"


def test_what_is_not_clear_is_refused(run: Run) -> None:
    for words in (
        ("--diterima",), (FIRST, "--diterima", "--dibuka"), (FIRST, "--segel", "rusak"),
        (FIRST, "--dibuka", "--segel", "sobek"), (FIRST, "--dibuka", "--jalur", "pos"), ("tidak/9", "--dibuka"),
        (FIRST, "--dibuka", "--segel", "rusak"), (FIRST, "--batal"), (FIRST, "--batal", "--catatan", "belum sampai"),
    ):  # fmt: skip
        said = run("kotak", *words)
        assert said.code == 2, words
        assert "Traceback" not in said.err
    assert run("kotak", "--json").json["jumlah"]["diterima"] == 0


def test_an_officer_needs_no_name(run: Run) -> None:
    assert run("hadir", "ppk2").code == 0
    assert run("hadir", "ppk2").err.startswith("Kehadiran sudah dicatat\n")
    assert run("hadir", "ppk2", "--pulang").code == 0
    assert run("petugas", "--json").json["kehadiran"][0]["mewakili"] == "ppk"


def test_a_witness_answers_for_a_whole_tps(run: Run) -> None:
    run("hadir", "s1", "--nama", "Joko", "--mewakili", "1", "--mandat", "01/SM")
    run("catat", FIRST, *(f"{row}={figure}" for row, figure in WHOLE.items()))
    assert run("jawab", FIRST, "salinan:1").err.startswith("Perintah belum jelas\n")
    assert run("jawab", FIRST, "salinan:1", "--sama", "--tidak-hadir").code == 2
    assert run("jawab", FIRST, "salinan:1", "--sama").code == 0
    assert "saksi nomor 2 tidak hadir saat" in run("jawab", FIRST, "salinan:2", "--tidak-hadir").out
    settled = run("sahkan", FIRST)
    assert "S01 sama, S02 tidak hadir, S03 tidak hadir, PWS tidak hadir" in settled.out
