from __future__ import annotations

import pytest

from pleno.domain.figures import KOSONG, addend, from_json, is_source, shown, source_label, source_order, to_json


def test_three_facts_stay_apart() -> None:
    assert [addend(figure) for figure in (None, 0, KOSONG)] == [None, 0, 0]
    assert [shown(figure) for figure in (None, 0, KOSONG, 1234)] == ["?", "0", "x", "1.234"]
    assert [from_json(to_json(figure)) for figure in (None, 0, KOSONG)] == [None, 0, KOSONG]


@pytest.mark.parametrize("value", [-1, True, False, 1.0, "1", "X", "", 10**9, [], {}])
def test_what_cannot_be_a_stored_figure_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="bukan angka"):
        from_json(value)


@pytest.mark.parametrize(
    ("source", "label"),
    [
        ("sirekap", "Sirekap"),
        ("plano", "Plano"),
        ("salinan:panwaslu", "PWS"),
        ("salinan:2", "S02"),
        ("foto", "Foto"),
        ("hitung_ulang", "Hitung ulang"),
    ],
)
def test_sources(source: str, label: str) -> None:
    assert is_source(source)
    assert source_label(source) == label


@pytest.mark.parametrize(
    "text", ["", "Sirekap", "salinan", "salinan:", "salinan:0", "salinan:01", "salinan:x", "ditetapkan"]
)
def test_what_is_no_source(text: str) -> None:
    assert not is_source(text)


def test_sources_in_the_order_of_the_screen() -> None:
    every = ["hitung_ulang", "plano", "foto", "salinan:panwaslu", "salinan:10", "salinan:2", "sirekap"]
    assert sorted(every, key=source_order) == [
        "sirekap", "salinan:2", "salinan:10", "salinan:panwaslu", "foto", "plano", "hitung_ulang",
    ]  # fmt: skip
