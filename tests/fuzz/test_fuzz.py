"""Every reader of foreign bytes, given what once broke it, and mutations of what it accepts.

The long form is `make fuzz` (long.py), which steers by the code it reaches.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from fuzz.targets import FINDINGS, TARGETS, Target
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SLOW = {"set": 60, "bukti": 15, "lembar": 40, "templat": 40, "basis-data": 20}
"""Tries of targets that take tens of milliseconds each."""
TOKENS = (
    b"\0", b"\xff", b"\xef\xbb\xbf", b'"', b"'", b",", b";", b"\n", b"\r", b"{", b"}", b"[", b"]", b"<", b"&", b"-",
    b"0", b"9" * 20, b"1e9", b"null", b"NaN", b"true", b"\x1b[2J", "‮é\u200b".encode(), b"PK\x03\x04", b"\x30\x80",
    b"<!DOCTYPE a>", b"../", b"a" * 2_000, b"\xed\xa0\x80", b'\\ud800', b"=1+1", b"#REF!",
)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn, target: Target) -> bytes:
    """What the target accepts, with a few places cut, doubled, overwritten or filled with what has a meaning."""
    data = bytearray(draw(st.sampled_from(target.seeds())))
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.sampled_from((0, 1, 1, 2, 8, 60, 900))))
        piece = bytes(data[start:end])
        data[start:end] = draw(
            st.sampled_from((b"", piece * 2, piece[::-1])) | st.sampled_from(TOKENS) | st.binary(max_size=8)
        )
    return bytes(data)


@pytest.mark.parametrize("name", TARGETS)
def test_what_it_accepts_it_still_accepts(name: str) -> None:
    """A target whose seeds are all refused would try nothing."""
    target = TARGETS[name]
    assert any(target.feed(seed) for seed in target.seeds()) or name == "kunci"


@pytest.mark.parametrize("name", TARGETS)
def test_mutations_are_taken_or_refused(name: str) -> None:
    target = TARGETS[name]

    @settings(max_examples=SLOW.get(name, 300), deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(mutated(target))
    def tried(data: bytes) -> None:
        target.feed(data)

    tried()


@pytest.mark.parametrize("path", sorted(FINDINGS.rglob("*-*")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_once_broke_it_does_not_any_more(path: Path) -> None:
    TARGETS[path.parent.name].feed(path.read_bytes())


def test_findings_stay_small() -> None:
    assert all(path.parent.name in TARGETS for path in FINDINGS.rglob("*-*"))
    assert sum(path.stat().st_size for path in FINDINGS.rglob("*-*")) < 500_000
