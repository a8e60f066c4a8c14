"""Zips that are in order; the others are in test_bad_zip.py."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from importers.border_samples import SIREKAP_OBJECTS, zip_of

from pleno.domain.errors import PlenoError
from pleno.importers.archive import read_members

names = st.lists(
    st.text("abcXYZ 019-_é", min_size=1, max_size=12).map(lambda text: f"{text.strip() or 'a'}.json"),
    unique_by=str.casefold,
    max_size=6,
)


@given(names, st.lists(st.binary(max_size=300).map(lambda data: b"{" + data), min_size=6, max_size=6))
def test_members_come_as_they_were_packed(members: list[str], contents: list[bytes]) -> None:
    packed = list(zip(members, contents, strict=False))
    assert list(read_members(zip_of([*packed]), "a.zip")) == packed


def test_a_real_zip() -> None:
    data = (SIREKAP_OBJECTS / "kep_seribu_utara_2024-02-16.zip").read_bytes()
    with zipfile.ZipFile(SIREKAP_OBJECTS / "kep_seribu_utara_2024-02-16.zip") as archive:
        expected = {name: archive.read(name) for name in archive.namelist()}
    assert dict(read_members(data, "a.zip")) == expected
    assert len(expected) == 53


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert list(read_members(zip_of({"a/b.json": b"1"}), "a.zip")) == [("a/b.json", b"1")]
    assert list(tmp_path.iterdir()) == []


GOOD = zip_of({"a.json": b'{"chart": null}' * 40, "b.csv": b"kode_tps;suara.1\n" * 20})


@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_one_changed_byte_never_changes_what_is_read(place: int, change: int) -> None:
    """A changed byte is refused, or lies where it says nothing (dates, versions, attributes, names of files)."""
    data = bytearray(GOOD)
    data[place] ^= change
    try:
        members = list(read_members(bytes(data), "a.zip"))
    except PlenoError as error:
        assert str(error).isprintable()  # noqa: PT017  # either outcome is right; both are judged
        return
    assert [content for _, content in members] == [content for _, content in read_members(GOOD, "a.zip")]


@given(st.integers(0, len(GOOD) - 1))
def test_a_cut_zip_is_refused(place: int) -> None:
    with pytest.raises(PlenoError):
        list(read_members(GOOD[:place], "a.zip"))
