"""The picture for the projector: what lies in its place never stops the desk, nor ends the board."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pleno.service.board import Board, ReadNow, publish, read_board
from pleno.tui.board_lines import board_lines

NOW = ReadNow("AREN HULU", 4, "IV.02", "02 Rahmat - Dewi", "1.137", (("Sirekap", "173"),), -36, "belum dibetulkan")
SHOWN = Board(
    "SUNGAI AREN", "BUPATI 2024", "dibuka", False, "14:32", 11, 23, NOW, (("01 Hasan - Lina", 456),),
    4, 1, 2, "SEGEL 06 #384",
)  # fmt: skip
WHOLE = json.loads(json.dumps(asdict(SHOWN)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "papan.json"


@pytest.mark.parametrize(
    "board", [SHOWN, replace(SHOWN, now=None), replace(SHOWN, now=replace(NOW, plano="x", gap=None))]
)
def test_what_the_desk_leaves_is_what_the_board_reads(path: Path, board: Board) -> None:
    assert publish(path, board)
    assert read_board(path) == board
    assert list(path.parent.iterdir()) == [path]


def changed(*at: str | int, to: Any) -> bytes:
    """A picture in which one thing is another."""
    told = json.loads(json.dumps(WHOLE))
    place = told
    for step in at[:-1]:
        place = place[step]
    place[at[-1]] = to
    return json.dumps(told).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\x00" * 50, b"[]", b"null", b'{"now": 1}', json.dumps(WHOLE).encode()[:-9], b"[" * 100_000, b"\xff\xfe",
        json.dumps(WHOLE).encode() + b" " * 1_000_000,
        changed("kecamatan", to=5), changed("sah", to="11"), changed("practice", to=1), changed("tps", to=-1),
        changed("open_cells", to=10**30), changed("seal", to=None), changed("now", to=[]),
        changed("now", "tps", to="4"),
        changed("now", "plano", to="137a"), changed("now", "plano", to="1" * 99), changed("now", "gap", to=""),
        changed("now", "others", to=[["Sirekap"]]), changed("now", "others", to=[[1, 2]]), changed("sums", to=[[1, 2]]),
        changed("sums", to=[["a", True]]), changed("lain", to=1),
    ],
)  # fmt: skip
def test_a_picture_that_cannot_be_drawn_is_none(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    assert read_board(path) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from([(name,) for name in WHOLE] + [("now", name) for name in WHOLE["now"]]), JSON)
def test_whatever_is_read_can_be_drawn(tmp_path_factory: pytest.TempPathFactory, at: tuple[str, ...], to: Any) -> None:
    path = tmp_path_factory.getbasetemp() / "gambar.json"
    path.write_bytes(changed(*at, to=to))
    found = read_board(path)
    if found is not None:
        assert len(board_lines(found, 80, 24, stale=False)) == 24


def nothing(_path: Path) -> None: ...


PLACES = [nothing, Path.mkdir, *([] if sys.platform == "win32" else [os.mkfifo])]


@pytest.mark.parametrize("make", PLACES, ids=lambda make: make.__name__)
@pytest.mark.parametrize("name", ["papan.json", ".papan.json"])
def test_neither_side_waits_for_what_lies_in_its_place(path: Path, name: str, make: Callable[[Path], None]) -> None:
    make(path.with_name(name))
    assert read_board(path) is None
    left = publish(path, SHOWN)
    assert read_board(path) == (SHOWN if left else None)
    assert left == (make is not Path.mkdir)


@pytest.mark.skipif(sys.platform == "win32", reason="links of Windows need a right of their own")
@pytest.mark.parametrize("name", ["papan.json", ".papan.json"])
def test_a_link_is_replaced_and_what_it_points_to_stays(path: Path, name: str) -> None:
    other = path.with_name("pleno.db")
    other.write_bytes(b"utuh")
    path.with_name(name).symlink_to(other)
    assert read_board(path) is None
    assert publish(path, SHOWN)
    assert (other.read_bytes(), read_board(path)) == (b"utuh", SHOWN)
