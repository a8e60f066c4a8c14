"""A whole pleno on real figures, by the real command (issue: the product's spine)."""

from __future__ import annotations

import csv
import json
import os
import shutil
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pytest

from pleno.service.practice import PLANO_FILE, SIREKAP_FILE, source_folder
from pleno.service.session import Session

RAW = Path(__file__).parents[1] / "fixtures" / "sirekap" / "kep_seribu_utara_2024-02-16.zip"
NAMES = {"pengguna_dptb": "pengguna_pindahan", "pengguna_non_dpt": "pengguna_tambahan"}
CHART = {"100025": "suara.1", "100026": "suara.2", "100027": "suara.3"}


def _objects() -> dict[str, dict[str, int]]:
    """Sirekap's 16 February state from the verbatim objects, read here without any code of pleno."""
    found: dict[str, dict[str, int]] = {}
    with zipfile.ZipFile(RAW) as archive:
        for name in archive.namelist():
            body = json.loads(archive.read(name))
            figures = {CHART[key]: votes for key, votes in (body["chart"] or {}).items() if key in CHART}
            for key, figure in (body["administrasi"] or {}).items():
                base = next((old for old in NAMES if key.startswith(old)), "")
                figures[NAMES[base] + key.removeprefix(base) if base else key] = figure
            found[Path(name).stem] = {row: figure for row, figure in figures.items() if figure is not None}
    return found


def _later() -> dict[str, dict[str, int]]:
    """The 17 March state that stands in for the plano."""
    with (source_folder() / PLANO_FILE).open(newline="", encoding="utf-8") as given:
        return {
            row.pop("kode_tps"): {name: int(figure) for name, figure in row.items() if figure}
            for row in csv.DictReader(given)
        }


def _expected() -> dict[str, set[tuple[str, int, int]]]:
    early, late = _objects(), _later()
    differing = {
        code: {(row, early[code][row], late[code][row]) for row in early[code].keys() & late[code].keys()}
        for code in late
    }
    found = {code: {cell for cell in cells if cell[1] != cell[2]} for code, cells in differing.items()}
    return {code: cells for code, cells in found.items() if cells}


def test_the_differing_tps_and_cells_are_those_of_the_two_real_states(practised: Any, pleno: Any) -> None:
    folder, _ = practised
    answer = json.loads(pleno("banding", "--folder", folder, "--json", check=1).stdout)
    found = {
        tps["kode"]: {(cell["isian"], cell["bacaan"]["sirekap"], cell["bacaan"]["plano"]) for cell in tps["beda"]}
        for tps in answer["tps"]
    }
    expected = _expected()
    assert found == expected
    assert (len(expected), sum(map(len, expected.values()))) == (7, 26)
    assert answer["jumlah"] == {
        "tps": 53, "tps_beda": 7, "sel_beda": 26, "tps_terbuka": 0, "sel_terbuka": 0, "tps_belum": 0,
    }  # fmt: skip


def test_the_file_we_ship_is_what_sirekap_said(practised: Any) -> None:
    with (source_folder() / SIREKAP_FILE).open(newline="", encoding="utf-8") as given:
        rows = list(csv.DictReader(given))
    shipped = {
        row["kode_tps"]: {
            name: int(figure) for name, figure in row.items() if figure and name not in ("kode_tps", "ts")
        }
        for row in rows
    }
    assert shipped == {code: figures for code, figures in _objects().items() if code in shipped}


def test_46_of_53_are_settled_and_the_others_named_with_their_rules(practised: Any, pleno: Any) -> None:
    folder, answer = practised
    assert (answer["tps_sah"], answer["tps"], answer["pembetulan"]) == (46, 53, 26)
    assert answer["verifikasi"]["hasil"] == "utuh"
    assert {one["tps"]: one["aturan"] for one in answer["belum"]} == {
        "3101011001004": ["R24"],
        "3101011001014": ["R02", "R04"],
        "3101011002009": ["R04", "R24"],
        "3101011002016": ["R24"],
        "3101011002017": ["R24"],
        "3101011002903": ["R20"],
        "3101011003006": ["R02", "R04"],
    }
    text = pleno("rekap", "--folder", folder).stdout
    assert "46 dari 53" in text


def test_sums_are_those_of_the_settled_papers(practised: Any, pleno: Any) -> None:
    folder, answer = practised
    recap = json.loads(pleno("rekap", "--folder", folder, "--json").stdout)
    late = _later()
    left = {one["tps"] for one in answer["belum"]}
    for row in ("suara.1", "suara.2", "suara.3", "suara_sah", "suara_total", "pemilih_dpt_j"):
        assert recap["kecamatan"][row] == sum(paper[row] for code, paper in late.items() if code not in left)
        assert recap["sementara"][row] == sum(paper[row] for paper in late.values())
        assert recap["kecamatan"][row] == sum(desa["angka"][row] for desa in recap["desa"])


def test_a_figure_changed_by_hand_is_damage_and_named(practised: Any, pleno: Any, tmp_path: Path) -> None:
    folder = shutil.copytree(practised[0], tmp_path / "diubah")
    assert json.loads(pleno("verifikasi", folder, "--json").stdout)["hasil"] == "utuh"
    database = sqlite3.connect(folder / "data" / "pleno.db")
    with database:
        changed = database.execute(
            "UPDATE reading SET figures = json_set(figures, '$.\"suara.2\"', 991) "
            "WHERE tps = '3101011003008' AND source = 'plano'"
        )
    database.close()
    assert changed.rowcount == 1
    ended = pleno("verifikasi", folder, check=4)
    for word in ("3101011003008", "suara.2", "991", "19"):
        assert word in ended.stdout
    assert pleno("verifikasi", folder, "--json", check=4).stdout.count('"hasil":"rusak"') == 1


def test_entries_after_the_seal_are_a_tail(practised: Any, pleno: Any, tmp_path: Path) -> None:
    folder = shutil.copytree(practised[0], tmp_path / "ekor")
    pleno(
        "buka-kembali", "3101011003008", "--alasan", "saksi 02 minta dibaca ulang", "--oleh", "op1", "--folder", folder
    )
    assert json.loads(pleno("verifikasi", folder, "--json", check=3).stdout)["hasil"] == "ekor"


def test_every_entry_reads_as_a_sentence(practised: Any, pleno: Any) -> None:
    folder, _ = practised
    text = pleno("jejak", "--folder", folder).stdout
    for words in (
        "di Sirekap tertulis 641 (enam ratus empat puluh satu), dibetulkan menjadi 19 (sembilan belas)",
        "disaksikan Panwaslu Latihan (Panwaslu), Saksi Latihan 01 (saksi nomor 1)",
        "TPS 008 PULAU HARAPAN disahkan, dibacakan Anggota Latihan Dua",
    ):
        assert words in text


@pytest.mark.parametrize("words", [["banding"], ["catat", "3101011003008", "suara.1=5", "--oleh", "op1"]])
def test_a_second_process_is_refused_by_name(practised: Any, pleno: Any, tmp_path: Path, words: list[str]) -> None:
    folder = shutil.copytree(practised[0], tmp_path / "dua")
    with Session.open(folder):
        ended = pleno(*words, "--folder", folder, check=2)
    assert f"pid {os.getpid()}" in ended.stderr
    assert "sejak" in ended.stderr
