"""What regions call things, on the forms and on the screens."""

from __future__ import annotations

import gzip
import tomllib
from importlib.resources import files

import pytest

from pleno.domain.contest import Choice, Contest
from pleno.domain.regional import NATIONWIDE
from pleno.importers.profile import load_profile, shipped_profiles
from pleno.importers.regional import regional


def _kecamatan() -> list[str]:
    table = gzip.decompress(files("pleno.importers").joinpath("regions.tsv.gz").read_bytes()).decode()
    return [line[:6] for line in table.splitlines() if line[:6].isdigit()]


TABLE = tomllib.loads(files("pleno.importers").joinpath("regional.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("code", "text", "said"),
    [
        ("110101", "Panwaslu Kecamatan dan KPU", "Panwaslih Kecamatan dan KIP"),
        ("110101", "PANWASLU", "PANWASLIH"),
        ("110101", "D.KEJADIAN KHUSUS DAN/ATAU KEBERATAN SAKSI-KPU", "D.KEJADIAN KHUSUS DAN/ATAU KEBERATAN SAKSI-KPU"),
        ("110101", "ANGGOTA DPRD KABUPATEN/KOTA", "ANGGOTA DPRK"),
        ("910301", "PANITIA PEMILIHAN KECAMATAN", "PANITIA PEMILIHAN DISTRIK"),
        ("910301", "Ketua PPK, Panwaslu Kecamatan", "Ketua PPD, Panwaslu Distrik"),
        ("910301", "rekap kecamatan", "rekap distrik"),
        ("910301", "MODEL D.HASIL KECAMATAN-DPRD-Prov", "MODEL D.HASIL KECAMATAN-DPRP"),
        ("910301", "KECAMATAN/DISTRIK", "KECAMATAN/DISTRIK"),
        ("940101", "ANGGOTA DPRD PROVINSI", "ANGGOTA DPRPT"),
        ("340101", "kecamatan; Panitia Pemilihan Kecamatan", "kapanewon; Panitia Pemilihan Kecamatan"),
        ("347101", "TINGKAT KECAMATAN", "TINGKAT KEMANTREN"),
        ("647101", "PPK KECAMATAN KPU DPRD PROVINSI", "PPK KECAMATAN KPU DPRD PROVINSI"),
        ("910301", "PPKM dan kecamatannya", "PPKM dan kecamatannya"),
    ],
)
def test_words_by_region(code: str, text: str, said: str) -> None:
    assert regional(code).said(text) == said


def test_most_regions_have_no_words_of_their_own() -> None:
    assert regional("310101") is NATIONWIDE
    assert regional("647101").profile(load_profile("pemilu2024-pdprdp")) == load_profile("pemilu2024-pdprdp")


def test_a_form_of_aceh() -> None:
    profile = regional("110101").profile(load_profile("pemilu2024-pdprdk"))
    assert profile.name == "ANGGOTA DPRK"
    assert profile.models == {
        "tps": "C.HASIL-DPRK",
        "salinan": "C.HASIL SALINAN-DPRK",
        "kecamatan": "D.HASIL KECAMATAN-DPRK",
        "keberatan": "D.KEJADIAN KHUSUS DAN/ATAU KEBERATAN SAKSI-KPU",
    }
    assert regional("110101").profile(load_profile("pemilu2019-pdprdk")).models["kecamatan"] == "DA1-DPRK"


@pytest.mark.parametrize("name", shipped_profiles())
@pytest.mark.parametrize("code", ["11", "91", "34", "3471"])
def test_rows_are_the_same_everywhere(name: str, code: str) -> None:
    profile = load_profile(name)
    here = regional(code).profile(profile)
    choices = (Choice(1, "A"), Choice(2, "B"))
    assert Contest(here, choices).rows == Contest(profile, choices).rows
    assert (here.id, here.models["kecamatan"].split("-")[0]) == (name, profile.models["kecamatan"].split("-")[0])


def test_every_code_is_a_region_and_a_longer_one_stands_below() -> None:
    codes = [code for item in TABLE["wilayah"] for code in item["kode"]]
    known = {region[:length] for region in _kecamatan() for length in (2, 4)}
    assert set(codes) <= known
    for index, code in enumerate(codes):
        assert not [later for later in codes[index + 1 :] if code.startswith(later) and code != later]
