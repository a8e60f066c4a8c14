"""Figures and numbers as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pleno.cli.options import figures, number, one_figure, source
from pleno.domain.errors import PlenoError
from pleno.domain.figures import KOSONG


def test_figures_by_row() -> None:
    assert figures(["suara.1=149", "IV.02=0", "V.B=x", "II.1=000017"]) == {
        "suara.1": 149, "IV.02": 0, "V.B": KOSONG, "II.1": 17,
    }  # fmt: skip
    assert one_figure("IV.01=149") == ("IV.01", 149)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("suara.1=12O", 'suara.1: "12O" memuat huruf O.'),
        ("suara.1=1_000", 'suara.1: "1_000" memuat "_".'),
        ("suara.1=1.000", 'memuat ".".'),
        ("suara.1=1,5", 'memuat ",".'),
        ("suara.1=+5", 'memuat "+".'),
        ("suara.1=-5", 'memuat "-".'),
        ("suara.1= 5", 'memuat " ".'),
        ("suara.1=1e5", "memuat huruf e."),
        ("suara.1=X", "memuat huruf X."),
        ("suara.1=١٢", 'memuat "١".'),
        ("suara.1=１２", 'memuat "１".'),
        ("suara.1=²", 'memuat "²".'),
        ("suara.1=1000000", "terlalu panjang."),
        ("suara.1=", "tanpa angka."),
        ("suara.1", "tidak berbentuk ISIAN=ANGKA."),
        ("=5", "tidak berbentuk ISIAN=ANGKA."),
        ("suara.1==5", 'memuat "=".'),
    ],
)
def test_what_is_no_figure(typed: str, told: str) -> None:
    with pytest.raises(PlenoError) as refusal:
        figures([typed])
    assert refusal.value.title == "Bukan angka"
    assert told in refusal.value.message
    assert "Hanya 0-9" in refusal.value.message


def test_every_wrong_figure_is_named_at_once() -> None:
    with pytest.raises(PlenoError) as refusal:
        figures(["suara.1=1O", "suara.2=5", "suara.3=", "suara.2=5"])
    assert all(part in refusal.value.message for part in ("suara.1", "suara.3", "suara.2 disebut dua kali"))


@given(st.text(max_size=8))
def test_only_six_plain_digits_or_x_pass(typed: str) -> None:
    plain = typed == "x" or (0 < len(typed) <= 6 and set(typed) <= set("0123456789"))
    try:
        found = figures([f"suara.1={typed}"])["suara.1"]
    except PlenoError:
        assert not plain
    else:
        assert plain
        assert found == (KOSONG if typed == "x" else int(typed))


@given(st.integers(0, 10**9 - 1))
def test_numbers_of_entries(value: int) -> None:
    assert number(str(value), "Nomor entri") == value


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("plano", "plano"),
        ("Sirekap", "sirekap"),
        ("PWS", "salinan:panwaslu"),
        ("s01", "salinan:1"),
        ("S12", "salinan:12"),
    ],
)
def test_sources_by_id_or_short_name(typed: str, meant: str) -> None:
    assert source(typed) == meant
