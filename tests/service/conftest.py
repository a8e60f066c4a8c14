"""A small kecamatan of two desa and four TPS, built by `siapkan` from files as an office writes them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from service.table import Table

from pleno.service.session import Session
from pleno.service.setup import create_workspace

TPS = ("3101011001001", "3101011001002", "3101011002001", "3101011002901")


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files an office hands over."""
    folder = tmp_path_factory.mktemp("kantor")
    lines = [f"{code};;{int(code[-3:])}" for code in TPS]
    (folder / "tps.csv").write_text("\n".join(["kode_tps;desa;nomor", *lines]) + "\n", "utf-8")
    choices = [f"pemilu2024-ppwp,{n},PASLON {n},10002{4 + n}" for n in (1, 2, 3)]
    (folder / "pilihan.csv").write_text("\n".join(["kontes,nomor,nama,id_sirekap", *choices]) + "\n", "utf-8")
    return folder


@pytest.fixture
def folder(office: Path, tmp_path: Path) -> Path:
    return create_workspace(tmp_path / "kec", ["pemilu2024-ppwp"], "310101", office / "tps.csv", office / "pilihan.csv")


@pytest.fixture
def session(folder: Path) -> Iterator[Session]:
    with Session.open(folder) as session:
        yield session


@pytest.fixture
def table(session: Session) -> Table:
    """The table with the meeting open."""
    return Table(session).open()
