"""Every record is a row and back, also through a real database."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store.samples import CONTEST, DESA, GENESIS, TPS, created

from pleno.domain.figures import KOSONG, MAX_STORED, Figure
from pleno.domain.state import RECORDS, MemoryState, Reading, Record
from pleno.store import Occupant, Store
from pleno.store.mapping import Mapper, codec_of
from pleno.store.state import SqlState

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=8)
FIGURE: st.SearchStrategy[Figure] = st.none() | st.just(KOSONG) | st.integers(0, MAX_STORED)
NUMBER = st.integers(1, 2**53)
HEX = st.text("0123456789abcdef", min_size=64, max_size=64)
BY_NAME: Mapping[str, st.SearchStrategy[Any]] = {
    "tps": st.sampled_from(TPS),
    "desa": st.sampled_from(DESA),
    "kecamatan": st.text("0123456789", min_size=6, max_size=6),
    "contest": st.just(CONTEST),
    "sha256": HEX,
    "manifest_sha256": HEX,
    "digest": HEX,
    "angka_saksi": st.text("0123456789", min_size=4, max_size=6),
    "names": st.dictionaries(TEXT, TEXT | st.none() | st.integers(-5, 5) | st.lists(TEXT, max_size=2), max_size=3),
}
"""Fields with a CHECK of their own."""
CODES = {
    "Desa": st.text("0123456789", min_size=10, max_size=10),
    "Tps": st.text("0123456789", min_size=13, max_size=13),
}
BY_TYPE: Mapping[str, st.SearchStrategy[Any]] = {
    str(str): TEXT,
    str(int): NUMBER,
    str(bool): st.booleans(),
    str(str | None): st.none() | TEXT,
    str(int | None): st.none() | NUMBER,
    str(Figure): FIGURE,
    str(frozenset[str]): st.frozensets(TEXT, max_size=3),
    str(tuple[str, ...]): st.lists(TEXT, max_size=3).map(tuple),
    str(Mapping[str, Figure]): st.dictionaries(TEXT, FIGURE, max_size=4),
}


def records(kind: type[Record]) -> st.SearchStrategy[Record]:
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: _values(kind, field.name, hints) for field in dataclasses.fields(kind)})


def _values(kind: type[Record], name: str, hints: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    if name == "code":
        return CODES[kind.__name__]
    if name in BY_NAME:
        return BY_NAME[name]
    if str(hints[name]) in BY_TYPE:
        return BY_TYPE[str(hints[name])]
    return st.sampled_from(list(hints[name]))


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlState]:
    """Tables without durable saves in between: the round trip is asked here, not the disk."""
    path: Path = tmp_path_factory.mktemp("mapping") / "pleno.db"
    with Store.create(path, GENESIS, Occupant("op1", os.getpid(), "14:30:12")) as store:
        store.append(created())
        yield store.state


@pytest.mark.parametrize("kind", RECORDS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_record_comes_back_as_it_was_put(state: SqlState, kind: type[Record], data: st.DataObject) -> None:
    record = data.draw(records(kind))
    state.put(record)
    found = state.get(kind, *record.key())
    assert found == record
    assert [type(getattr(found, field.name)) for field in dataclasses.fields(kind)] == [
        type(getattr(record, field.name)) for field in dataclasses.fields(kind)
    ]
    assert record in list(state.all(kind))
    state.drop(record)
    assert state.get(kind, *record.key()) is None


@given(st.data())
def test_equal_records_are_equal_rows(data: st.DataObject) -> None:
    figures = data.draw(st.dictionaries(TEXT, FIGURE, max_size=5))
    turned = dict(reversed(figures.items()))
    mapper = Mapper(Reading)
    left, right = (Reading(TPS[0], CONTEST, "plano", one, frozenset(one)) for one in (figures, turned))
    assert mapper.encode(left) == mapper.encode(right)


def test_a_reading_is_json_that_people_can_read(store: Store) -> None:
    row = Mapper(Reading).encode(
        Reading(TPS[0], CONTEST, "plano", {"suara.2": None, "suara.1": 71, "suara.3": KOSONG}, frozenset({"b", "a"}))
    )
    assert row[3:7] == ('{"suara.1":71,"suara.2":null,"suara.3":"x"}', '["a","b"]', "{}", "[]")


def test_both_states_order_alike(state: SqlState) -> None:
    memory = MemoryState()
    for source in ("sirekap", "plano", "salinan:2", "salinan:10", "é", "Z"):
        for tps in (TPS[3], TPS[0]):
            for kept in (state, memory):
                kept.put(Reading(tps, CONTEST, source, {}))
    assert list(state.all(Reading)) == list(memory.all(Reading))
    assert list(state.of_tps(Reading, TPS[0], CONTEST)) == list(memory.of_tps(Reading, TPS[0], CONTEST))
    assert len(list(state.of_tps(Reading, TPS[0], CONTEST))) == 6
    other = Reading(TPS[0], "pemilu2024-pdpr", "plano", {})
    for kept in (state, memory):
        kept.put(other)
    assert list(state.of_contest(Reading, CONTEST)) == list(memory.of_contest(Reading, CONTEST))
    assert len(list(state.of_contest(Reading, CONTEST))) == 12
    assert list(state.of_contest(Reading, other.contest)) == [other]


def test_a_field_of_an_unknown_type_is_noticed() -> None:
    with pytest.raises(TypeError, match="float"):
        codec_of(float)
