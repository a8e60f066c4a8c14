"""Workbooks for an office by command."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.driver import FIRST, Run, wide_csv


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
    assert '"buang" bukan daftar, isian, kenali, uji, isi' in said.err


@pytest.fixture
def template(run: Run, kec: Path, tmp_path: Path) -> Path:
    """The isian itself, taken for an office's workbook; one TPS is read."""
    run("impor", wide_csv(tmp_path / "p.csv", **{f"_{FIRST}": {}}), "--sumber", "plano")
    run("templat", "isian", tmp_path)
    return next(tmp_path.glob("isian-*.xlsx"))


def test_a_map_is_proposed_and_written_beside_the_workbooks(run: Run, kec: Path, template: Path) -> None:
    printed = run("templat", "kenali", template)
    assert f'berkas = "{template.name}"' in printed.out.splitlines()
    told = run("templat", "kenali", template, "--tulis", "--json").json
    written = Path(told["ditulis"])
    assert written == kec / "templates_xlsx" / f"{template.stem}.toml"
    assert written.read_text("utf-8") == told["peta"]
    assert run("templat", "uji", template, "--json").json["peta"] == written.name


def test_each_cell_is_told_with_its_figure(run: Run, kec: Path, template: Path) -> None:
    cells = run("templat", "uji", template, "--json").json["sel"]
    (votes,) = [
        one for one in cells if one["baris"] == "IV.01" and one["untuk"].startswith("TPS 001") and one["angka"] != "?"
    ]
    assert (votes["angka"], votes["rumus"]) == ("17", False)
    told = run("templat", "uji", template).out
    assert "dikenali tanpa peta" in told
    assert "Tidak ada yang ditulis." in told


def test_a_workbook_is_filled_as_konsep_and_not_before_its_time(
    run: Run, kec: Path, template: Path, tmp_path: Path
) -> None:
    early = run("templat", "isi", template)
    assert (early.code, "TPS belum sah" in early.err) == (2, True)
    told = run("templat", "isi", template, tmp_path / "stik", "--konsep", "--json").json
    assert (told["status"], told["angka"]) == ("KONSEP", 28)
    path = Path(told["berkas"])
    assert path.name.startswith(f"{template.stem}-KONSEP-")
    preview = run("impor", path, "--sumber", "plano", "--uji", "--json").json["berkas"][0]
    assert (preview["diterima"], preview["ditolak"], preview["angka_berubah"]) == (1, 0, 0)


def test_the_folder_is_listed(run: Run, kec: Path) -> None:
    assert "templates_xlsx kosong" in run("templat", "daftar").out
    run("templat", "isian")
    (kec / "templates_xlsx" / "x.xlsx").write_text("a;b\n", "utf-8")
    said = run("templat", "daftar").out
    assert "isian-pemilu2024-ppwp-310101.xlsx: 2 lembar, 168 sel angka" in said
    assert "x.xlsx: TIDAK DIKENALI, tanpa peta" in said
    assert "x.xlsx bukan buku kerja xlsx" in said
    known, unknown = run("templat", "daftar", "--json").json["templat"]
    assert (known["lembar"], unknown["sel"], len(unknown["catatan"])) == (2, 0, 1)


@pytest.mark.parametrize("act", ["kenali", "uji", "isi"])
def test_a_file_must_be_named_and_be_a_workbook(run: Run, kec: Path, tmp_path: Path, act: str) -> None:
    assert "FILE belum disebut" in run("templat", act).err
    (tmp_path / "a.xlsx").write_text("a;b\n", "utf-8")
    said = run("templat", act, tmp_path / "a.xlsx")
    assert (said.code, "bukan buku kerja xlsx" in said.err) == (2, True)
