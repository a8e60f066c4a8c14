from __future__ import annotations

import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pleno.domain.chain import canonical, link, parse_canonical, parse_objects, seal_words
from pleno.domain.errors import Damaged

TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=8).map(
    lambda text: unicodedata.normalize("NFC", text)
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
)


def test_vector_of_a_link() -> None:
    body = canonical({"v": 1, "kind": "app.open", "note": "é"})
    assert body == '{"kind":"app.open","note":"é","v":1}'
    assert link(bytes(32), 1, body).hex() == "87a5e74e5d0c69a61028f569308eaf09f1f554cd62ae3df434b941c67be2c0a5"


def test_vector_of_seal_words() -> None:
    assert seal_words(hashlib.sha256(b"x").digest(), 1234, "7391") == "gocicuru-mufifeju"


def test_leading_zeros_of_the_angka_saksi_count() -> None:
    seal = hashlib.sha256(b"x").digest()
    assert seal_words(seal, 1, "0417") != seal_words(seal, 1, "417")


@given(JSON)
def test_canonical_text_reads_back(value: object) -> None:
    assert parse_canonical(canonical(value)) == value


@pytest.mark.parametrize(
    "value", [1.5, float("nan"), 2**53 + 1, "e\u0301", "a\nb", "a\x1b", "\ud800", {1: 2}, {"a": {3}}, b"x"], ids=repr
)
def test_what_has_no_canonical_text_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        canonical(value)


@pytest.mark.parametrize(
    "text",
    [
        '{"a":1,"a":2}',
        '{"b":1,"a":2}',
        '{"a": 1}',
        "NaN",
        '{"a":1.0}',
        "[1,]",
        '"\\u00e9"',
        "",
        "[" * 100_000,
        '{"a":"b\\nc"}',
        '{"a":"e\u0301"}',
    ],
    ids=lambda text: text[:12],
)
def test_a_stored_text_that_is_not_canonical_is_damage(text: str) -> None:
    with pytest.raises(Damaged):
        parse_canonical(text)


@pytest.mark.parametrize(
    "texts",
    [
        ['{"a":1},{"b":2', '"c":3}'],
        ['{"a":1}', ' {"b":2}'],
        ['{"a":1} ', '{"b":2}'],
        ['{"b":1,"a":2}', '{"a":1}'],
        ['{"a":1}', "[1]"],
        ['{"a":1}', '{"a":1,"a":1}'],
        ['{"a":1}', '{"a":1.0}'],
    ],
)
def test_objects_parsed_together_are_held_as_strictly_as_each_by_itself(texts: list[str]) -> None:
    with pytest.raises(Damaged):
        parse_objects(texts)


def test_objects_parsed_together_are_those_of_each_text() -> None:
    texts = ['{"a":1}', "{}", '{"a":"é","b":[null,"x"]}']
    assert parse_objects(texts) == [parse_canonical(text) for text in texts]
