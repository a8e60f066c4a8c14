"""Setting up, the practice kecamatan, and the beranda."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

import pytest
from cli.driver import CONTEST, DESA, Run, pleno, prepare
from cli.words import no_english

STAND_IN = "pengganti C.HASIL yang tidak diterbitkan"


def test_a_new_workspace_says_where_it_is_and_how_many_tps(office: Path, tmp_path: Path) -> None:
    said = prepare(tmp_path / "baru", office)
    assert said.code == 0
    assert "4 TPS" in said.out
    assert str(tmp_path / "baru") in said.out
    assert (tmp_path / "baru" / "pleno.toml").is_file()


def test_json_of_a_new_workspace(office: Path, tmp_path: Path) -> None:
    told = prepare(tmp_path / "baru", office, "--json", "--latihan").json
    assert (told["versi"], told["perintah"], told["status"], told["latihan"]) == (1, "siapkan", "dibuka", True)
    assert told["kecamatan"]["kode"] == "310101"


def test_a_folder_in_use_is_refused(kec: Path, office: Path) -> None:
    before = sorted(kec.rglob("*"))
    said = prepare(kec, office)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("Folder sudah terisi\n")
    assert sorted(kec.rglob("*")) == before


def test_every_option_of_setup_is_needed(office: Path, tmp_path: Path) -> None:
    said = pleno("siapkan", tmp_path / "baru", "--profil", CONTEST, "--tps", office / "tps.csv")
    assert said.code == 2
    assert "--wilayah belum disebut." in said.err
    assert not (tmp_path / "baru").exists()


def test_beranda_tells_state_sah_open_and_seal(table: Run) -> None:
    said = table()
    assert said.code == 0
    assert "rapat pleno dibuka" in said.out
    assert "0 dari 4 TPS sah" in said.out
    assert "1 beda dalam 3 sel" in said.out
    assert "Belum ada segel." in said.out
    assert "  betulkan " in said.out


def test_beranda_tells_the_last_seal_and_what_came_after(table: Run) -> None:
    table("segel", "--angka-saksi", "4711")
    table("catat", "PULAU KELAPA/1", "suara.1=5")
    said = table()
    assert "SEGEL 01" in said.out
    assert "1 entri sesudah segel itu." in said.out
    told = table("--json").json
    assert (told["perintah"], told["segel"]["nomor"], told["sesudah_segel"]) == ("beranda", 1, 1)
    assert told["kontes"][0]["tps_sah"] == 0


def test_without_a_workspace_it_says_how_to_get_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = pleno()
    assert said.code == 0
    assert "pleno latihan" in said.out
    assert pleno("--json").json == {"versi": 1, "perintah": "beranda", "folder": None}
    assert pleno("--folder", tmp_path).code == 2


def test_the_workspace_is_found_from_a_folder_inside_it(kec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(kec / "data")
    assert "0 dari 4 TPS sah" in pleno().out
    assert pleno("rekap").code == 0


def test_options_may_stand_before_the_command(kec: Path) -> None:
    assert pleno("--folder", kec, "--json", "rekap").json["perintah"] == "rekap"


def test_names_that_look_like_markup_are_shown_as_they_are(table: Run) -> None:
    assert f"TPS 001 {DESA}" in table("banding").out
    assert table("banding", "--json").json["tps"][0]["desa"] == DESA
    assert table("rekap", "--desa", DESA).out.startswith(DESA)


# --- practice ------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def practised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("latihan") / "lat"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder.parent)
        said = pleno("latihan", folder)
    assert said.code == 0, said.err
    assert STAND_IN in said.out
    assert "7 beda dalam 26 sel" in said.out
    assert f"pleno banding --folder {folder}" in said.out
    no_english(said.out)
    return folder


def test_practice_shows_the_known_ocr_error(practised: Path) -> None:
    told = pleno("banding", "--folder", practised, "--tps", "3101011003008", "--json").json
    cells = {cell["isian"]: cell["bacaan"] for cell in told["tps"][0]["beda"]}
    assert cells["suara.1"] == {"sirekap": 71, "plano": 149}
    assert cells["suara.2"] == {"sirekap": 641, "plano": 19}
    assert cells["suara.3"] == {"sirekap": 511, "plano": 17}


def test_the_commands_it_proposes_work_as_they_stand(practised: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(practised, tmp_path / "lat ihan"))
    said = pleno("latihan", folder)
    proposed = [shlex.split(line)[1:] for line in said.out.splitlines() if line.startswith("  pleno ")]
    assert len(proposed) == 6
    for words in proposed:
        answer = pleno(*words)
        assert answer.code in (0, 1), answer.err
        assert answer.err == ""
    assert "46 dari 53" not in pleno("rekap", "--folder", folder).out  # one difference waits, others are open
    assert pleno("rekap", "--folder", folder, "--json").json["tps_sah"] > 30


def test_practice_that_exists_is_shown_not_made_anew(practised: Path) -> None:
    assert f"ada di {practised}" in pleno("latihan", practised).out
    assert pleno("latihan", practised, "--json").json["baru"] is False


def test_an_official_workspace_is_not_practice(kec: Path) -> None:
    said = pleno("latihan", kec)
    assert said.code == 2
    assert "Bukan ruang kerja latihan" in said.err


def test_a_whole_pleno_without_a_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = pleno("latihan", "--tanpa-layar")
    assert said.code == 0, said.err
    assert "46 dari 53 sah" in said.out
    assert said.out.rstrip().endswith("Hasil: utuh")
    assert STAND_IN in said.err
    no_english(said.out + said.err)
    again = pleno("latihan", "--tanpa-layar", "--json")
    told = json.loads(again.out)
    assert again.code == 0
    assert told["folder"].endswith("pleno-latihan-2")
    assert (told["tps_sah"], told["tps"], told["pembetulan"]) == (46, 53, 26)
    assert told["jumlah"]["sel_beda"] == 26
    assert told["verifikasi"]["hasil"] == "utuh"
    assert len(told["belum"]) == 7
    assert all(left["aturan"] for left in told["belum"])


def test_a_distrik_is_called_one_and_so_are_its_contests(tmp_path: Path) -> None:
    (tmp_path / "tps.csv").write_text("kode_tps,desa\n9103012001001,KAMPUNG SATU\n", "utf-8")
    (tmp_path / "pilihan.csv").write_text("partai,nomor,nama\n1,,PARTAI SATU\n2,,PARTAI DUA\n1,1,CALON\n", "utf-8")
    made = pleno(
        "siapkan", tmp_path / "kec", "--profil", "pemilu2024-pdprdp", "--wilayah", "910301",
        "--tps", tmp_path / "tps.csv", "--pilihan", tmp_path / "pilihan.csv",
    )  # fmt: skip
    assert made.code == 0, made.err
    assert "Isi nama PPD dan operator" in made.out
    said = pleno("--folder", tmp_path / "kec")
    assert said.out.startswith("Distrik SENTANI (910301)")
    assert "ANGGOTA DPRP (pemilu2024-pdprdp)" in said.out
