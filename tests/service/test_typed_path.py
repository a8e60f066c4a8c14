"""A path as a person says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pleno.domain.errors import PlenoError
from pleno.service.typed_path import typed_path


def test_a_path_is_taken_as_a_terminal_drops_it() -> None:
    assert typed_path(" '/media/usb/daftar tps.csv' ") == Path("/media/usb/daftar tps.csv")
    assert typed_path("~/x") == Path.home() / "x"


@pytest.mark.parametrize(
    ("typed", "why"), [(" ", "belum diisi"), ("a\x00b", "tidak terlihat"), ("~nobody-here/x", "folder rumah")]
)
def test_what_is_no_path_is_refused(typed: str, why: str) -> None:
    with pytest.raises(PlenoError, match=why):
        typed_path(typed)
