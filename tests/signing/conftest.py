"""One signed set for all tests of this folder; whoever changes something copies it first."""

from __future__ import annotations

import pytest
from signing.ceremony import Ceremony, held


@pytest.fixture(scope="session")
def ceremony(tmp_path_factory: pytest.TempPathFactory) -> Ceremony:
    return held(tmp_path_factory.mktemp("upacara"))
