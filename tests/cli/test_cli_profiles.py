"""`pleno profil`: what a form holds, and what is wrong with an office's own."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from cli.driver import pleno
from cli.words import no_english

from pleno.importers.profile import load_profile, shipped_profiles
from pleno.service.session import Session

FORMS = files("pleno.profiles")


def shipped(name: str) -> str:
    return FORMS.joinpath(f"{name}.toml").read_text(encoding="utf-8")


def own(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name.rpartition('/')[2]}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_list_names_every_form() -> None:
    said = pleno("profil")
    assert said.code == 0
    assert [line.split()[0] for line in said.out.splitlines()[1:]] == list(shipped_profiles())
    assert [one["id"] for one in pleno("profil", "--json").json["bawaan"]] == list(shipped_profiles())


@pytest.mark.parametrize("name", shipped_profiles())
def test_every_form_is_shown_by_its_id(name: str) -> None:
    said = pleno("profil", name)
    assert said.code == 0
    no_english(said.out)
    told = pleno("profil", name, "--json").json
    profile = load_profile(name)
    rows = [row["isian"] for section in told["bagian"] for row in section["baris"]]
    assert rows == [row.name for section in profile.sections for row in section.rows]
    assert [section["kode"] for section in told["bagian"] if section["pilihan"]] == [profile.choice_section]
    assert {"R02", "R04", "R10", "R20", "R22", "R24"} <= set(told["aturan"])
    assert ("R03" in told["aturan"]) == ("pemilih_total_j" in rows)


def test_an_office_checks_its_own_file(tmp_path: Path) -> None:
    path = own(tmp_path, "pemilu2024-pdpr", shipped("pemilu2024-pdpr").replace('"ANGGOTA DPR"', '"DPR KANTOR"'))
    said = pleno("profil", path)
    assert said.code == 0
    assert said.out.startswith("pemilu2024-pdpr: DPR KANTOR 2024 (PKPU 25/2023 dan PKPU 5/2024)\n")
    assert "Pilihan: partai dan calonnya, bagian IV" in said.out
    assert said.out.endswith("Profil ini dapat dipakai.\n")


def test_every_fault_is_told_at_once_with_its_place(tmp_path: Path) -> None:
    text = shipped("dasar/pemilu2024").replace("suara_sah", "suara_sahh", 1).replace('kode = "II.2"', 'kode = "II.1"')
    own(tmp_path, "pemilu2024", text)
    path = own(tmp_path, "pemilu2024-pdpr", shipped("pemilu2024-pdpr").replace("jenis", "jns"))
    said = pleno("profil", path)
    assert (said.code, said.out) == (2, "")
    for words in ("pemilu2024-pdpr.toml baris", "kunci jns", "pemilu2024.toml baris", "suara_sahh", "II.1 sudah ada"):
        assert words in said.err
    assert pleno("profil", path, "--json").code == 2


@pytest.mark.parametrize("named", ["pemilu2024-pdr", "tidak-ada.toml"])
def test_what_is_not_there_is_refused(named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = pleno("profil", named)
    assert said.code == 2
    no_english(said.err)


def test_a_workspace_is_made_with_the_forms_of_an_office(tmp_path: Path, office: Path) -> None:
    form = shipped("dasar/pemilu2024").replace("maks_pemilih = 300", "maks_pemilih = 301")
    own(tmp_path / "kantor", "pemilu2024", form)
    path = own(tmp_path / "kantor", "pemilu2024-ppwp", shipped("pemilu2024-ppwp"))
    said = pleno(
        "siapkan", tmp_path / "kec", "--profil", path, "--wilayah", "310101",
        "--tps", office / "tps.csv", "--pilihan", office / "pilihan.csv",
    )  # fmt: skip
    assert said.code == 0, said.err
    assert {one.name for one in (tmp_path / "kec").glob("*.toml")} == {
        "pleno.toml",
        "pemilu2024.toml",
        "pemilu2024-ppwp.toml",
    }
    with Session.open(tmp_path / "kec") as session:
        assert session.contest(None).profile.max_voters == 301


def test_every_unknown_form_of_a_new_workspace_is_told(tmp_path: Path, office: Path) -> None:
    said = pleno(
        "siapkan", tmp_path / "kec", "--profil", "pemilu2024-pdp", "--profil", "pemilu2024-ppp", "--wilayah", "310101",
        "--tps", office / "tps.csv", "--pilihan", office / "pilihan.csv",
    )  # fmt: skip
    assert said.code == 2
    assert '"pemilu2024-pdp"' in said.err
    assert '"pemilu2024-ppp"' in said.err


def test_two_forms_of_one_name_are_refused(tmp_path: Path, office: Path) -> None:
    paths = [own(tmp_path / name, "pemilu2024-ppwp", shipped("pemilu2024-ppwp")) for name in ("a", "b")]
    said = pleno(
        "siapkan", tmp_path / "kec", "--profil", paths[0], "--profil", paths[1], "--wilayah", "310101",
        "--tps", office / "tps.csv", "--pilihan", office / "pilihan.csv",
    )  # fmt: skip
    assert said.code == 2
    assert "dua berkas bernama pemilu2024-ppwp.toml" in said.err
    assert not (tmp_path / "kec").exists()
