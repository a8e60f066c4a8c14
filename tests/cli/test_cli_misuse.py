"""Commands typed wrongly, hostile words, and crashes: told in Indonesian with the right exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli.driver import FIRST, Run, pleno
from cli.words import no_english

from pleno.service import views


@pytest.mark.parametrize(
    ("words", "title", "told"),
    [
        (["rekapp"], "Perintah tidak dikenal", 'Tidak ada perintah "rekapp". Mungkin maksudnya rekap.'),
        (["xyz"], "Perintah tidak dikenal", 'Tidak ada perintah "xyz".'),
        (["rekap", "--foldr", "x"], "Pilihan tidak dikenal", '"--foldr" bukan pilihan `pleno rekap`.'),
        (["rekap", "-q"], "Pilihan tidak dikenal", '"-q"'),
        (["--qqq"], "Pilihan tidak dikenal", '"--qqq" bukan pilihan `pleno`.'),
        (["rekap", "a", "b"], "Perintah tidak dimengerti", 'Kelebihan: "a b".'),
        (["rekap", "--folder"], "Pilihan keliru", "--folder perlu nilai sesudahnya."),
        (["rekap", "--json=3"], "Pilihan keliru", "--json tidak memakai nilai."),
        (["--folder"], "Pilihan keliru", "--folder perlu nilai sesudahnya."),
        (["catat"], "Perintah belum lengkap", "TPS belum disebut."),
        (["catat", FIRST], "Perintah belum lengkap", "ISIAN=ANGKA belum disebut."),
        (["impor", "x.csv"], "Perintah belum lengkap", "--sumber belum disebut."),
        (["setujui"], "Perintah belum lengkap", "N belum disebut."),
    ],
)
def test_misused_commands(words: list[str], title: str, told: str) -> None:
    said = pleno(*words)
    assert (said.code, said.out) == (2, "")
    lines = said.err.splitlines()
    assert lines[0] == title
    assert told in lines[1]
    assert "--help`" in lines[2]
    no_english(said.err.replace("--help", ""))


def test_misuse_as_json() -> None:
    said = pleno("rekap", "--json", "--foldr")
    assert said.code == 2
    told = said.json
    assert list(told) == ["versi", "perintah", "galat"]
    assert (told["perintah"], list(told["galat"])) == ("rekap", ["judul", "pesan", "saran"])
    assert pleno("xyz", "--json").json["perintah"] == "beranda"


def test_a_refusal_as_json(run: Run) -> None:
    said = run("catat", "3101011009001", "suara.1=1", "--json")
    assert said.code == 2
    assert said.json["galat"]["judul"] == "TPS tidak ditemukan"


@pytest.mark.parametrize("bad", ["\x1b[31m", "\x00", "a\x07b", "\u202eterbalik", "a\nb", "\x9b31m", "\u200b"])
def test_text_that_steers_a_terminal_is_refused_and_shown(run: Run, bad: str) -> None:
    for words in (
        ("hadir", "s1", "--nama", bad, "--mewakili", "1"),
        ("catat", FIRST, "suara.1=1", "--catatan", bad),
        ("catat", bad, "suara.1=1"),
        ("catat", FIRST, f"suara.1={bad}"),
        ("rekap", "--desa", bad),
        ("rekap", bad),
        (bad,),
    ):
        said = run(*words)
        assert (said.code, said.out) == (2, ""), words
        assert all(char == "\n" or char.isprintable() for char in said.err)
    assert run("jejak", "--json").json["entri"][-1]["jenis"] == "app.close"


def test_a_crash_leaves_a_report_without_personal_data(run: Run, kec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object) -> None:
        secret = "Siti Rahasia"
        raise RuntimeError(f"{secret} {args}")

    monkeypatch.setattr(views, "recap", broken)
    said = run("rekap")
    assert (said.code, said.out) == (70, "")
    assert said.err.startswith("Program berhenti\n")
    assert "Traceback" not in said.err
    (report,) = (kec / "data" / "log").glob("galat-*.txt")
    text = report.read_text("utf-8")
    assert str(report) in said.err
    assert "builtins.RuntimeError" in text
    assert "pleno.cli.results:" in text
    assert "Siti" not in text
    assert str(kec) not in text
    report.unlink()
    told = run("rekap", "--json")
    assert told.code == 70
    assert json.loads(told.out)["galat"]["judul"] == "Program berhenti"


def test_a_crash_outside_a_workspace_reports_into_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pleno.service import whereabouts

    def broken(start: Path) -> Path:
        raise KeyError(start)

    monkeypatch.setattr(whereabouts, "find", broken)
    assert pleno("rekap").code == 70
    assert len(list(tmp_path.glob("galat-*.txt"))) == 1


def test_ctrl_c_ends_quietly(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(views, "recap", interrupted)
    assert run("rekap") == (130, "", "")


def test_a_second_program_is_refused_by_name(run: Run, kec: Path) -> None:
    from pleno.service.session import Session

    with Session.open(kec):
        said = run("rekap")
    assert said.code == 2
    assert "pid" in said.err.lower() or "proses" in said.err.lower()
