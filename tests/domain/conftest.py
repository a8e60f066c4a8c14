"""A contest of the shipped 2024 profile with three paslon, and forms that keep every rule."""

from __future__ import annotations

import pytest

from pleno.domain.contest import Choice, Contest
from pleno.domain.state import Tps
from pleno.importers.profile import load_profile


@pytest.fixture(scope="session")
def contest() -> Contest:
    choices = tuple(Choice(number, f"PASLON {number}", f"10002{4 + number}") for number in (1, 2, 3))
    return Contest(load_profile("pemilu2024-ppwp"), choices)


@pytest.fixture(scope="session")
def tps() -> Tps:
    return Tps("3101011001001", "3101011001", 1)
