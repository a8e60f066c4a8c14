"""A kecamatan that was worked in and closed, copied for each test that spoils it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cli.driver import WHOLE, pleno
from signing.ceremony import TPS, workspace
from signing.fixtures import ceremony, others

__all__ = ["ceremony", "kec", "made", "others"]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A paper read, a copy made, and the workspace closed tidily."""
    folder = workspace(tmp_path_factory.mktemp("batas"))
    assert pleno("buka", "--oleh", "ppk1", "--folder", folder).code == 0
    figures = [f"{row}={figure}" for row, figure in WHOLE.items()]
    assert pleno("catat", TPS[0], *figures, "--oleh", "op1", "--folder", folder).code == 0
    assert pleno("cadangkan", "--oleh", "op1", "--folder", folder).code == 0
    return folder


@pytest.fixture
def kec(made: Path, tmp_path: Path) -> Path:
    """A copy to spoil."""
    return Path(shutil.copytree(made, tmp_path / "kec"))
