"""Every kind of entry has its word in the Jejak and its sentence."""

from __future__ import annotations

import pytest

from pleno.domain.entry import Kind
from pleno.domain.sentences import _SENTENCES
from pleno.tui.journal_view import KINDS


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_is_told(kind: Kind) -> None:
    assert KINDS[kind]
    assert kind in _SENTENCES
