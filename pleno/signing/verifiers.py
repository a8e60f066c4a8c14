"""The programs that go with every set, so that anyone can judge it without pleno."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

PYTHON: Final = "periksa_pleno.py"
"""One file, standard library only."""
PAGE: Final = "periksa.html"
"""One page that a browser opens from disk."""


@cache
def verifiers() -> Mapping[str, bytes]:
    """File name within the set -> content."""
    here = Path(__file__).parent
    return {name: (here / name).read_bytes() for name in (PYTHON, PAGE)}
