"""The small kecamatan of the service's tests, for what only a whole workspace shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from service.table import Table

from pleno.service.session import Session
from pleno.service.setup import create_workspace

TPS = ("3101011001001", "3101011001002", "3101011002001", "3101011002901")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An official workspace of two desa and four TPS."""
    lines = ["kode_tps;desa;nomor", *(f"{code};;{int(code[-3:])}" for code in TPS)]
    (tmp_path / "tps.csv").write_text("\n".join(lines) + "\n", "utf-8")
    choices = ["kontes,nomor,nama", *(f"pemilu2024-ppwp,{n},PASLON {n}" for n in (1, 2, 3))]
    (tmp_path / "pilihan.csv").write_text("\n".join(choices) + "\n", "utf-8")
    files = (tmp_path / "tps.csv", tmp_path / "pilihan.csv")
    return create_workspace(tmp_path / "kec", ["pemilu2024-ppwp"], "310101", *files)


@pytest.fixture
def table(folder: Path) -> Iterator[Table]:
    """The table with the meeting open."""
    with Session.open(folder) as session:
        yield Table(session).open()
