"""Workbooks for an office by command."""

from __future__ import annotations

from pathlib import Path

from cli.driver import Run


def test_isian_is_written_once_and_never_over_what_was_typed(run: Run, kec: Path, tmp_path: Path) -> None:
    told = run("templat", "isian", "--json").json
    path = Path(told["berkas"])
    assert (told["perintah"], told["tindakan"], path.name) == ("templat", "isian", "isian-pemilu2024-ppwp-310101.xlsx")
    assert path.parent == kec / "templates_xlsx"
    before = path.read_bytes()
    again = run("templat", "isian")
    assert again.code == 2
    assert "mungkin sudah diisi" in again.err
    assert path.read_bytes() == before
    assert run("templat", "isian", tmp_path / "stik").code == 0
    assert (tmp_path / "stik" / path.name).exists()


def test_an_unknown_act_is_refused(run: Run, kec: Path) -> None:
    said = run("templat", "buang")
    assert said.code == 2
    assert '"buang" bukan isian, kenali, uji, isi' in said.err
