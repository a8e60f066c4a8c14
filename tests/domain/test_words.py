from __future__ import annotations

from datetime import date, datetime

import pytest

from pleno.domain.words import ZONES, pukul, tanggal, tanggal_terbilang, terbilang


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (17, "tujuh belas"),
        (20, "dua puluh"),
        (100, "seratus"),
        (137, "seratus tiga puluh tujuh"),
        (199, "seratus sembilan puluh sembilan"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1000, "seribu"),
        (1015, "seribu lima belas"),
        (2024, "dua ribu dua puluh empat"),
        (11_111, "sebelas ribu seratus sebelas"),
        (160_929, "seratus enam puluh ribu sembilan ratus dua puluh sembilan"),
        (1_000_000, "satu juta"),
        (204_807_222, "dua ratus empat juta delapan ratus tujuh ribu dua ratus dua puluh dua"),
        (1_000_001_000, "satu miliar seribu"),
    ],
)
def test_terbilang(number: int, words: str) -> None:
    assert terbilang(number) == words


def test_terbilang_refuses_what_it_cannot_say() -> None:
    for number in (-1, 10**12):
        with pytest.raises(ValueError, match="eja"):
            terbilang(number)


def test_dates_and_hours() -> None:
    day = date(2024, 2, 17)
    assert tanggal(day) == "Sabtu, 17 Februari 2024"
    assert tanggal_terbilang(day) == "Sabtu tanggal tujuh belas bulan Februari tahun dua ribu dua puluh empat"
    assert pukul(datetime(2024, 2, 17, 14, 32, tzinfo=ZONES["Asia/Makassar"])) == "14.32 WITA"
    assert pukul(datetime.fromisoformat("2024-02-17T14:32:00+09:00")) == "14.32 WIT"
    assert pukul(datetime.fromisoformat("2024-02-17T14:32:00+00:00")) == "14.32 +0000"
