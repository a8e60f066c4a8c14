"""Five contests of one Pemilu through the commands: import, recap, export, and the draft imported back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli.driver import pleno
from cli.words import no_english

KINDS = ("ppwp", "pdpr", "pdpd", "pdprdp", "pdprdk")
CODES = ("3101011001001", "3101011001002")
PARTIES = {1: 2, 2: 3, 24: 0}
"""Candidates on the list of each party."""


def choices() -> Iterator[str]:
    yield "kontes,nomor,nama,partai"
    for kind in KINDS:
        contest = f"pemilu2024-{kind}"
        if kind in ("ppwp", "pdpd"):
            yield from (f"{contest},{n},CALON {n}," for n in (1, 2, 3))
            continue
        for party, calon in PARTIES.items():
            yield f"{contest},,PARTAI NOMOR {party},{party}"
            yield from (f"{contest},{n},CALON {n} DARI {party},{party}" for n in range(1, calon + 1))


def votes() -> dict[str, int]:
    """Parties and candidates of one paper that adds up: 100 ballots."""
    return {
        "suara_partai.1": 5, "suara_calon.1.1": 20, "suara_calon.1.2": 18, "suara_partai_total.1": 43,
        "suara_partai.2": 4, "suara_calon.2.1": 3, "suara_calon.2.2": 2, "suara_calon.2.3": 1,
        "suara_partai_total.2": 10,
        "suara_partai.24": 45, "suara_partai_total.24": 45,
        "suara_sah": 98, "suara_tidak_sah": 2, "suara_total": 100,
    }  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of five contests, with one paper of the DPR in it."""
    office = tmp_path_factory.mktemp("kantor")
    (office / "tps.csv").write_text(
        "\n".join(["kode_tps;desa;nomor", *(f"{c};;{int(c[-3:])}" for c in CODES)]), "utf-8"
    )
    (office / "pilihan.csv").write_text("\n".join(choices()) + "\n", "utf-8")
    rows = [f"{CODES[0]},pemilu2024-pdpr,{row},{count}" for row, count in votes().items()]
    (office / "plano.csv").write_text("\n".join(["kode_tps,kontes,isian,angka", *rows]) + "\n", "utf-8")
    made = office / "kec"
    profiles = [word for kind in KINDS for word in ("--profil", f"pemilu2024-{kind}")]
    files = ("--tps", office / "tps.csv", "--pilihan", office / "pilihan.csv")
    assert pleno("siapkan", made, *profiles, "--wilayah", "310101", *files).code == 0
    assert pleno("impor", office / "plano.csv", "--sumber", "plano", "--folder", made).code == 0
    return made


def recap(folder: Path, *words: str) -> str:
    said = pleno("rekap", "--kontes", "pemilu2024-pdpr", "--folder", folder, *words)
    assert said.code == 0
    return said.out


def test_the_recap_of_parties_shows_their_totals_and_both_safety_lines(folder: Path) -> None:
    lines = recap(folder).splitlines()
    votes_ = [line.split() for line in lines if line.startswith("IV.")]
    assert votes_ == [
        ["IV.1.B", "01", "PARTAI", "NOMOR", "1", "-", "43"],
        ["IV.2.B", "02", "PARTAI", "NOMOR", "2", "-", "10"],
        ["IV.24.B", "24", "PARTAI", "NOMOR", "24", "-", "45"],
    ]
    assert any("pleno rekap --rinci" in line for line in lines)
    assert lines[-2].startswith("Partai nomor 24 unggul 2 suara atas nomor 1;")
    assert lines[-1].startswith("Di dalam partai nomor 2: calon nomor 1 unggul 1 suara atas nomor 2;")
    no_english("\n".join(lines))


def test_the_recap_in_detail_shows_every_candidate(folder: Path) -> None:
    lines = recap(folder, "--rinci").splitlines()
    assert [line.split()[0] for line in lines if line.startswith("IV.1.")] == [
        "IV.1.A.1", "IV.1.A.2.1", "IV.1.A.2.2", "IV.1.B",
    ]  # fmt: skip


def test_the_recap_as_json_names_the_closest_candidates(folder: Path) -> None:
    told = json.loads(recap(folder, "--json"))
    assert (told["aman"]["unggul"], told["aman"]["jarak"]) == (24, 2)
    assert {key: told["aman"]["calon"][key] for key in ("partai", "unggul", "jarak", "pasti")} == {
        "partai": 2, "unggul": 1, "jarak": 1, "pasti": False,
    }  # fmt: skip
    assert told["pilihan"][:2] == [
        {"isian": "suara_partai.1", "nomor": 1, "nama": "PARTAI NOMOR 1", "partai": None},
        {"isian": "suara_calon.1.1", "nomor": 1, "nama": "CALON 1 DARI 1", "partai": 1},
    ]
    other = json.loads(pleno("rekap", "--kontes", "pemilu2024-ppwp", "--folder", folder, "--json").out)
    assert other["aman"] is None


@pytest.mark.parametrize("kind", KINDS)
def test_every_contest_is_exported_and_its_draft_read_back(folder: Path, kind: str) -> None:
    contest = f"pemilu2024-{kind}"
    said = pleno("ekspor", "--konsep", "--kontes", contest, "--folder", folder, "--json")
    assert said.code == 0
    (book,) = Path(json.loads(said.out)["folder"]).glob("*.xlsx")
    if kind != "pdpr":
        return
    seen = pleno("impor", book, "--sumber", "plano", "--uji", "--folder", folder, "--json")
    assert seen.code == 0
    assert json.loads((book.parent / "data" / "rekap.json").read_text("utf-8"))["aman"]["calon"]["partai"] == 2
    assert "1 TPS" in pleno("impor", book, "--sumber", "plano", "--uji", "--folder", folder).out


def test_equal_candidates_are_said_to_be_equal(folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / "kec"))
    equal = tmp_path / "sama.csv"
    equal.write_text(f"kode_tps,kontes,isian,angka\n{CODES[1]},pemilu2024-pdpr,suara_calon.1.2,2\n", "utf-8")
    assert pleno("impor", equal, "--sumber", "plano", "--folder", copy).code == 0
    assert (
        recap(copy).splitlines()[-1].startswith("Di dalam partai nomor 1: calon nomor 1 sama suaranya dengan nomor 2;")
    )
