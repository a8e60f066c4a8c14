"""A small kecamatan made by `pleno siapkan` from files as an office writes them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cli.driver import CONTEST, DESA, FIRST, SECOND, SPECIAL, THIRD, Run, pleno, prepare, wide_csv


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files an office hands over."""
    folder = tmp_path_factory.mktemp("kantor")
    rows = [(FIRST, DESA), (SECOND, DESA), (THIRD, "PULAU KELAPA"), (SPECIAL, "PULAU KELAPA")]
    lines = [f"{code};{desa};{int(code[-3:])}" for code, desa in rows]
    (folder / "tps.csv").write_text("\n".join(["kode_tps;desa;nomor", *lines]) + "\n", "utf-8")
    choices = [f"{CONTEST},{n},PASLON {n},10002{4 + n}" for n in (1, 2, 3)]
    (folder / "pilihan.csv").write_text("\n".join(["kontes,nomor,nama,id_sirekap", *choices]) + "\n", "utf-8")
    return folder


@pytest.fixture(scope="session")
def made(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An official workspace as `siapkan` leaves it."""
    folder = tmp_path_factory.mktemp("dibuat") / "kec"
    assert prepare(folder, office).code == 0
    return folder


@pytest.fixture
def quiet(made: Path, tmp_path: Path) -> Path:
    """A workspace whose meeting has not begun."""
    return Path(shutil.copytree(made, tmp_path / "kec"))


@pytest.fixture(scope="session")
def begun(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the meeting open."""
    folder = Path(shutil.copytree(made, tmp_path_factory.mktemp("dibuka") / "kec"))
    assert pleno("buka", "--oleh", "ppk1", "--folder", folder).code == 0
    return folder


@pytest.fixture
def kec(begun: Path, tmp_path: Path) -> Path:
    """A workspace with the meeting open and nothing read."""
    return Path(shutil.copytree(begun, tmp_path / "rapat"))


@pytest.fixture
def run(kec: Path) -> Run:
    """Run a command on `kec`."""
    return lambda *args: pleno(*args, "--folder", kec)


@pytest.fixture(scope="session")
def compared(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sirekap and plano taken in: the first TPS differs in three cells, the second agrees."""
    folder = Path(shutil.copytree(begun, tmp_path_factory.mktemp("dibanding") / "kec"))
    wrong = {"suara.1": 71, "suara.2": 142, "suara_total": 511}
    sirekap = wide_csv(folder.parent / "sirekap.csv", **{f"_{FIRST}": wrong, f"_{SECOND}": {}})
    plano = wide_csv(folder.parent / "plano.csv", **{f"_{FIRST}": {}, f"_{SECOND}": {}})
    assert pleno("impor", sirekap, "--sumber", "sirekap", "--folder", folder).code == 0
    assert pleno("impor", plano, "--sumber", "plano", "--folder", folder).code == 0
    return folder


@pytest.fixture
def table_folder(compared: Path, tmp_path: Path) -> Path:
    """A workspace where readings differ."""
    return Path(shutil.copytree(compared, tmp_path / "banding"))


@pytest.fixture
def table(table_folder: Path) -> Run:
    """Run a command on `table_folder`."""
    return lambda *args: pleno(*args, "--folder", table_folder)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test runs in the checkout, where a command might find or leave something."""
    monkeypatch.chdir(tmp_path)
