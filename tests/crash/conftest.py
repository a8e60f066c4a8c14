"""A workspace that was worked in, on a medium of its own where the system lends one."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from crash.media import NoMedium, small_disk
from crash.work import carry_on, make_workspace


@pytest.fixture(scope="session")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve acts of a pleno, then closed tidily."""
    office = tmp_path_factory.mktemp("kantor-uji")
    folder = make_workspace(office, office)
    carry_on(folder, office, 5, 12, False, lambda _line: None)
    return folder


@pytest.fixture
def lent(tmp_path: Path) -> Iterator[ExitStack]:
    """What is borrowed of the system for one test."""
    with ExitStack() as lent:
        yield lent


@pytest.fixture
def on_a_stick(worked: Path, tmp_path: Path, lent: ExitStack) -> Path:
    """A copy of the workspace on a medium that can be made unwritable."""
    place = tmp_path / "stik"
    if sys.platform != "win32" and os.geteuid() != 0:
        place.mkdir()
    else:
        try:
            lent.enter_context(small_disk(place, "30m"))
        except NoMedium as why:
            pytest.skip(str(why))
    return Path(shutil.copytree(worked, place / "kec"))
