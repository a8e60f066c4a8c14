"""The list of choices: paslon, kolom kosong, calon DPD, parties with their candidates, and what may be wrong in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from importers.list_samples import csv, xlsx

from pleno.domain.contest import Choice, Contest, Profile, check_choices
from pleno.domain.errors import PlenoError
from pleno.importers.choices import chart_key, read_choices
from pleno.importers.profile import load_profile

PPWP = {"pemilu2024-ppwp": load_profile("pemilu2024-ppwp")}
TWO = {name: load_profile(name) for name in ("pilkada2024-walikota", "pilkada2024-gubernur")}
PEMILU = {f"pemilu2024-{code}": load_profile(f"pemilu2024-{code}") for code in ("pdpr", "pdpd")}
DPR, DPD = PEMILU["pemilu2024-pdpr"], PEMILU["pemilu2024-pdpd"]


def choices_refused(path: Path, profiles: Mapping[str, Profile]) -> str:
    with pytest.raises(PlenoError) as caught:
        read_choices(path, profiles)
    return caught.value.message


def test_choices_of_two_contests_and_a_kolom_kosong(tmp_path: Path) -> None:
    text = (
        "kontes;nomor;nama;id_sirekap;kolom_kosong\n"
        "pilkada2024-gubernur;02;BUDI & ANI;1000002;\n"
        "pilkada2024-gubernur;1;SITI / JOKO;1000001;tidak\n"
        "pilkada2024-walikota;1;RINA DAN TONO;;\n"
        "pilkada2024-walikota;2;;;ya\n"
    )
    found = read_choices(csv(tmp_path, text), TWO)
    assert found == {
        "pilkada2024-walikota": (Choice(1, "RINA DAN TONO"), Choice(2, "KOLOM KOSONG", None, True)),
        "pilkada2024-gubernur": (Choice(1, "SITI / JOKO", "1000001"), Choice(2, "BUDI & ANI", "1000002")),
    }


def test_choices_from_a_workbook_without_the_contest_where_there_is_one(tmp_path: Path) -> None:
    path = xlsx(tmp_path, ("nomor", "nama", "id_sirekap"), (1, "SATU", 100025), ("02", "DUA", "100026"))
    assert read_choices(path, PPWP) == {"pemilu2024-ppwp": (Choice(1, "SATU", "100025"), Choice(2, "DUA", "100026"))}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("pilkada2024-walkota,1,A,,,", 'Mungkin maksudnya "pilkada2024-walikota".'),
        (",1,A,,,", "bukan kontes ruang kerja ini."),
        ("pilkada2024-walikota,0,A,,,", "bukan nomor urut 1 sampai 99."),
        ("pilkada2024-walikota,100,A,,,", "bukan nomor urut"),
        ("pilkada2024-walikota,satu,A,,,", "bukan nomor urut"),
        ("pilkada2024-walikota,1,,,,", "kolom nama: kosong."),
        ("pilkada2024-walikota,1,A,12x,,", "bukan deretan angka."),
        ("pilkada2024-walikota,1,A,,4,", "kolom partai: harus kosong; pilkada2024-walikota bukan kontes partai."),
        ("pilkada2024-walikota,1,A,,,mungkin", "bukan ya atau tidak."),
        ("pilkada2024-walikota,1,A,,,\npilkada2024-walikota,01,B,,,", "kolom nomor: 1 sudah ada di baris 2."),
        ("pilkada2024-walikota,1,A,7,,\npilkada2024-walikota,2,B,7,,", "7 sudah ada di baris 2."),
        ("pilkada2024-walikota,1,A,,,ya\npilkada2024-walikota,2,B,,,ya", "kolom kosong sudah ada di baris 2."),
        ("pilkada2024-walikota,1,A,,,", "calon tunggal memerlukan baris kolom kosong."),
    ],
)
def test_a_wrong_choice_is_named(tmp_path: Path, lines: str, said: str) -> None:
    text = f"kontes,nomor,nama,id_sirekap,partai,kolom_kosong\n{lines}\n"
    assert said in choices_refused(csv(tmp_path, text), TWO)


def test_the_contest_may_not_be_left_out_where_there_are_two(tmp_path: Path) -> None:
    assert "kolom kontes tidak ada" in choices_refused(csv(tmp_path, "nomor,nama\n1,A\n2,B\n"), TWO)


# --- parties and calon DPD ----------------------------------------------------------------------


def test_parties_with_their_candidates_in_any_order(tmp_path: Path) -> None:
    text = (
        "kontes,partai,nomor,nama,id_sirekap\n"
        "pemilu2024-pdpr,1,2,CITRA,100212\n"
        "pemilu2024-pdpr,24,,PARTAI UMMAT,\n"
        "pemilu2024-pdpr,01,,PARTAI KEBANGKITAN BANGSA,\n"
        "pemilu2024-pdpr,1,1,BUDI,100211\n"
        "pemilu2024-pdpr,24,1,DEWI,114491\n"
        "pemilu2024-pdpd,,1,AMIN,695637\n"
        "pemilu2024-pdpd,,54,ZAKI,\n"
    )
    found = read_choices(csv(tmp_path, text), PEMILU)
    assert found["pemilu2024-pdpr"] == (
        Choice(1, "PARTAI KEBANGKITAN BANGSA"),
        Choice(1, "BUDI", "100211", partai=1),
        Choice(2, "CITRA", "100212", partai=1),
        Choice(24, "PARTAI UMMAT"),
        Choice(1, "DEWI", "114491", partai=24),
    )
    assert found["pemilu2024-pdpd"] == (Choice(1, "AMIN", "695637"), Choice(54, "ZAKI"))
    assert [chart_key(choice, DPR) for choice in found["pemilu2024-pdpr"]] == ["1", "100211", "100212", "24", "114491"]
    assert chart_key(found["pemilu2024-pdpd"][1], DPD) is None


def test_a_full_ballot_of_an_aceh_dapil(tmp_path: Path) -> None:
    lines = ["partai,nomor,nama"]
    for party in range(1, 25):
        lines += [f"{party},,PARTAI {party}", *(f"{party},{n},CALON {party}-{n}" for n in range(1, 13))]
    found = read_choices(csv(tmp_path, "\n".join(lines)), {DPR.id: DPR})[DPR.id]
    contest = Contest(DPR, check_choices(DPR, found))
    assert len(contest.partai) == 24
    assert len(contest.ballot_rows) == 24 * 13


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("pemilu2024-pdpr,,1,A,,", "baris 2, kolom partai: kosong; isi nomor partainya"),
        ("pemilu2024-pdpr,0,,A,,", 'kolom partai: "0" bukan nomor urut 1 sampai 99.'),
        ("pemilu2024-pdpr,1,x,A,,", 'kolom nomor: "x" bukan nomor urut'),
        ("pemilu2024-pdpr,1,,A,,\npemilu2024-pdpr,1,,B,,", "baris 3, kolom partai: 1 sudah ada di baris 2."),
        ("pemilu2024-pdpr,1,2,A,,\npemilu2024-pdpr,1,02,B,,", "kolom nomor: 2 partai 1 sudah ada di baris 2."),
        ("pemilu2024-pdpr,1,,A,2,\npemilu2024-pdpr,2,,B,,", "kolom id_sirekap: 2 sudah ada di baris 2."),
        ("pemilu2024-pdpr,1,1,A,7,\npemilu2024-pdpr,2,1,B,7,", "kolom id_sirekap: 7 sudah ada di baris 2."),
        ("pemilu2024-pdpr,1,,A,,ya", "kolom_kosong: hanya ada pada kontes paslon."),
        ("pemilu2024-pdpd,,1,A,,ya", "kolom_kosong: hanya ada pada kontes paslon."),
        ("pemilu2024-pdpd,3,1,A,,", "kolom partai: harus kosong; pemilu2024-pdpd bukan kontes partai."),
        (
            "pemilu2024-pdpr,1,,A,,\npemilu2024-pdpr,2,,B,,\npemilu2024-pdpr,3,1,C,,",
            "baris 4, kolom partai: partai 3 tidak ada; tulis barisnya dengan nomor kosong.",
        ),
        ("pemilu2024-pdpr,1,,A,,\npemilu2024-pdpr,1,1,B,,", "pemilu2024-pdpr baru mempunyai 1 pilihan."),
    ],
)
def test_a_wrong_party_or_candidate_is_named(tmp_path: Path, lines: str, said: str) -> None:
    assert said in choices_refused(
        csv(tmp_path, f"kontes,partai,nomor,nama,id_sirekap,kolom_kosong\n{lines}\n"), PEMILU
    )


def test_a_candidate_may_have_the_id_of_a_party(tmp_path: Path) -> None:
    text = "partai,nomor,nama,id_sirekap\n1,,A,\n2,,B,\n1,1,C,1\n"
    assert read_choices(csv(tmp_path, text), {DPR.id: DPR})[DPR.id][1] == Choice(1, "C", "1", partai=1)


def test_all_wrong_choices_are_named_at_once(tmp_path: Path) -> None:
    text = "partai,nomor,nama\n,1,A\n1,,B\n1,,C\n2,1,\n"
    message = choices_refused(csv(tmp_path, text), {DPR.id: DPR})
    assert [f"baris {n}" in message for n in (2, 4, 5)] == [True, True, True]
