"""One kecamatan through a pleno of five contests, by commands alone; the figures are invented (five_contests.py)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cli.driver import Said, pleno
from cli.five_contests import PROFILES, ROSTER, Kecamatan

from pleno.importers.profile import load_profile


class Pleno:
    """The workspace with what its papers really say."""

    def __init__(self, home: Path) -> None:
        self.kecamatan = Kecamatan(home / "kantor")
        self.folder = home / "kec"
        self.first = self.kecamatan.tps[0]
        self.misread = {contest: self._misread(contest) for contest in PROFILES}

    def _misread(self, contest: str) -> tuple[str, int]:
        """A row of votes of the first TPS that Sirekap reads with a digit too many in front."""
        paper = self.kecamatan.papers[self.first, contest]
        row = next(row for row in self.kecamatan.contests[contest].ballot_rows if 0 < paper[row] < 100)
        return row, int(f"1{paper[row]}")

    def prepare(self) -> None:
        asked = [word for name in PROFILES for word in ("--profil", name)]
        made = pleno(
            "siapkan", self.folder, *asked, "--wilayah", "310101",
            "--tps", ROSTER, "--pilihan", self.kecamatan.choices,
        )  # fmt: skip
        assert made.code == 0, made.err
        wrong = {(self.first, contest): dict([cell]) for contest, cell in self.misread.items()}
        assert self("buka", "--oleh", "ppk1").code == 0
        for path, source in ((self.kecamatan.sirekap(wrong), "sirekap"), (self.kecamatan.plano(), "plano")):
            (taken,) = self("impor", path, "--sumber", source, "--oleh", "op1", "--json").json["berkas"]
            assert (taken["diterima"], taken["ditolak"], taken["temuan"]) == (53 * 5, 0, [])

    def __call__(self, *args: object) -> Said:
        return pleno(*args, "--folder", self.folder)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Pleno:
    one = Pleno(tmp_path_factory.mktemp("lima"))
    one.prepare()
    return one


@pytest.fixture
def five(prepared: Pleno, tmp_path: Path) -> Pleno:
    """A copy for the tests that change it."""
    one = object.__new__(Pleno)
    one.__dict__.update(prepared.__dict__)
    one.folder = tmp_path / "kec"
    shutil.copytree(prepared.folder, one.folder)
    return one


def test_contests_stand_in_reading_order(prepared: Pleno) -> None:
    assert [one["id"] for one in prepared("--json").json["kontes"]] == list(PROFILES)
    for name in PROFILES:
        assert f"{load_profile(name).name} ({name}): 0 dari 53 TPS sah" in prepared().out


@pytest.mark.parametrize("contest", PROFILES)
def test_only_the_misread_figure_differs(prepared: Pleno, contest: str) -> None:
    told = prepared("banding", "--kontes", contest, "--json").json
    row, said = prepared.misread[contest]
    (tps,) = told["tps"]
    (cell,) = tps["beda"]
    assert (tps["kode"], cell["isian"]) == (prepared.first, row)
    assert cell["bacaan"] == {"sirekap": said, "plano": prepared.kecamatan.papers[prepared.first, contest][row]}
    assert cell["label"] == "DIGIT_DEPAN"


@pytest.mark.parametrize("contest", PROFILES)
def test_the_misread_figure_breaks_the_sums_and_no_paper_does(prepared: Pleno, contest: str) -> None:
    found = prepared("periksa", "--kontes", contest, "--json").json["temuan"]
    hard = [one for one in found if one["tingkat"] == "keras"]
    assert hard
    assert {(one["tps"], one["sumber"]) for one in hard} == {(prepared.first, "sirekap")}


@pytest.mark.parametrize("contest", PROFILES)
def test_a_contest_is_settled_and_summed(five: Pleno, contest: str) -> None:
    on = ("--kontes", contest)
    row, _ = five.misread[contest]
    figure = five.kecamatan.papers[five.first, contest][row]
    matching = five("sahkan", "--semua-cocok", "--dibacakan", "ppk2", *on, "--oleh", "op1")
    assert matching.code == 0, matching.err
    assert five("rekap", *on, "--json").json["tps_sah"] == 52
    read = five("catat", five.first, f"{row}={figure}", *on, "--oleh", "op1")
    assert read.code == 0, read.err
    proposed = five(
        "betulkan", five.first, f"{row}={figure}", "--jenis", "sirekap", "--alasan", "SALAH_BACA_SIREKAP",
        *on, "--oleh", "op1", "--json",
    )  # fmt: skip
    assert proposed.code == 0, proposed.out
    number = proposed.json["entri"][0]["nomor"]
    assert five("setujui", number, "--oleh", "ppk2").code == 0
    assert five("sahkan", five.first, "--dibacakan", "ppk2", *on, "--oleh", "op1").code == 0
    told = five("rekap", *on, "--json").json
    assert (told["tps_sah"], told["tps"]) == (53, 53)
    assert told["kecamatan"] == five.kecamatan.sums(contest)
    others = [one["tps_sah"] for one in five("--json").json["kontes"] if one["id"] != contest]
    assert others == [0] * 4


def test_a_candidate_is_named_by_its_row_code_in_any_spelling(five: Pleno) -> None:
    tps = five.kecamatan.tps[3]
    said = five("catat", tps, "IV.01.a.2.03=7", "--kontes", "pemilu2024-pdpr", "--oleh", "op1")
    assert said.code == 0, said.err
    assert "IV.1.A.2.3" in said.out
    assert five("catat", tps, "suara_calon.99.1=7", "--kontes", "pemilu2024-pdpr", "--oleh", "op1").code == 2
    assert five("catat", tps, "suara.1=7", "--kontes", "pemilu2024-pdpr", "--oleh", "op1").code == 2
    assert five("catat", tps, "suara.1=7", "--oleh", "op1").code == 2


def test_the_workspace_stays_whole(five: Pleno) -> None:
    five("catat", five.first, "suara_partai.1=5", "--kontes", "pemilu2024-pdprdk", "--oleh", "op1")
    told = five("verifikasi", "--json").json
    assert (told["hasil"], [one["periksa"] for one in told["rincian"] if not one["hasil"]]) == ("ekor", [])


def test_a_file_taken_for_the_wrong_contest_is_still_taken_for_the_right_one(five: Pleno, tmp_path: Path) -> None:
    path = tmp_path / "rekap.csv"
    path.write_text(f"kode_tps,suara_tidak_sah\n{five.first},3\n", encoding="utf-8")
    for contest in (PROFILES[0], PROFILES[1]):
        for taken, ignored in ((1, 0), (0, 1)):
            said = five("impor", path, "--sumber", "foto", "--kontes", contest, "--oleh", "op1", "--json")
            (file,) = said.json["berkas"]
            assert (file["diterima"], file["diabaikan"]) == (taken, ignored), contest
