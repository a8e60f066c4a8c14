"""Names by KPU code."""

from __future__ import annotations

import pytest

from pleno.domain.errors import PlenoError
from pleno.importers.regions import Region, desa_names, region_names


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("310101", ("DKI JAKARTA", "ADM. KEP. SERIBU", "KEPULAUAN SERIBU UTARA", "")),
        ("647102", ("KALIMANTAN TIMUR", "KOTA BALIKPAPAN", "BALIKPAPAN BARAT", "")),
        ("1114012011", ("ACEH", "ACEH JAYA", "TEUNOM", "TANOH MANYANG")),
        ("1101012001", ("ACEH", "ACEH SELATAN", "BAKONGAN", "KEUDE BAKONGAN")),
    ],
)
def test_a_code_gives_all_names_above_it(code: str, names: tuple[str, ...]) -> None:
    assert region_names(code) == Region(code, *names)


@pytest.mark.parametrize(
    ("code", "name"),
    [("140501", "PELALAWAN"), ("150101", "KERINCI")],
)
def test_stray_spaces_of_the_source_are_gone(code: str, name: str) -> None:
    assert region_names(code).kabkota == name


def test_a_stray_dot_is_gone_and_an_abbreviation_keeps_its_own() -> None:
    assert region_names("310102").kecamatan == "KEPULAUAN SERIBU SELATAN"
    assert region_names("310102").kabkota == "ADM. KEP. SERIBU"


def test_the_desa_of_a_kecamatan() -> None:
    assert desa_names("310101") == {
        "3101011001": "PULAU PANGGANG",
        "3101011002": "PULAU KELAPA",
        "3101011003": "PULAU HARAPAN",
    }
    assert len(desa_names("111401")) == 22
    assert desa_names("000000") == {}


@pytest.mark.parametrize(
    ("code", "near"),
    [
        ("647199", "647105 BALIKPAPAN SELATAN"),
        ("640001", "6401 PASER"),
        ("3101011009", "3101011003 PULAU HARAPAN"),
        ("990101", "kode provinsi"),
    ],
)
def test_an_unknown_code_is_answered_with_what_lies_near(code: str, near: str) -> None:
    with pytest.raises(PlenoError) as caught:
        region_names(code)
    assert near in caught.value.advice


@pytest.mark.parametrize("code", ["", "3101", "31010", "31010100", "٣١٠١٠١", "310101\n", "31.01.01", "abcdef"])
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(PlenoError, match="bukan kode kecamatan"):
        region_names(code)
