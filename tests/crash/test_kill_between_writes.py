"""kill -9 of the real command before each of its writes leaves all of the act or nothing (TRUST.md B02)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from service.table import WHOLE, Table

from pleno.domain.entry import Kind
from pleno.domain.figures import SIREKAP
from pleno.service.session import Session
from pleno.service.setup import create_workspace

ACT = ("--oleh", "op1", "--folder", "{ws}")
HERE = Path(__file__).parent
pytestmark = pytest.mark.skipif(sys.platform != "linux" or shutil.which("cc") is None, reason="perlu Linux dan cc")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("killat") / "killat.so"
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-w", "-o", str(made), str(HERE / "killat.c"), "-ldl"], check=True)
    return made


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    codes = ("3101011001001", "3101011001002", "3101011002001")
    (tmp_path / "tps.csv").write_text("\n".join(["kode_tps;desa;nomor", *(f"{c};;{int(c[-3:])}" for c in codes)]))
    choices = [f"pemilu2024-ppwp,{n},PASLON {n}" for n in (1, 2, 3)]
    (tmp_path / "pilihan.csv").write_text("\n".join(["kontes,nomor,nama", *choices]))
    made = create_workspace(
        tmp_path / "kec", ["pemilu2024-ppwp"], "310101", tmp_path / "tps.csv", tmp_path / "pilihan.csv"
    )
    rows = [",".join([code, *map(str, WHOLE.values())]) for code in codes]
    (tmp_path / "impor.csv").write_text("\n".join([",".join(["kode_tps", *WHOLE]), *rows]))
    with Session.open(made) as session:
        table = Table(session).open()
        table.reads(0, source=SIREKAP, suara__2=142)
        table.reads(0)
    return made


def _kill_everywhere(library: Path, workspace: Path, scratch: Path, *command: str) -> dict:
    ended = subprocess.run(
        [sys.executable, str(HERE / "every_kill.py"), str(library), str(workspace), str(scratch), *command],
        env={**os.environ, "LD_PRELOAD": str(library)}, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return json.loads(ended.stdout)


def _last_entry(workspace: Path) -> int:
    with Session.open(workspace) as session:
        return session.store.head().seq


@pytest.mark.parametrize(
    ("kind", "command"),
    [
        (Kind.FILE_IMPORTED, ("impor", "{ws}/../../impor.csv", "--sumber", "plano", *ACT)),
        (
            Kind.PEMBETULAN_PROPOSED,
            ("betulkan", "3101011001001", "IV.02=124", "--jenis", "sirekap", "--alasan", "SALAH_BACA_SIREKAP", *ACT),
        ),
    ],
    ids=["impor", "betulkan"],
)  # fmt: skip
def test_all_or_nothing(library: Path, workspace: Path, tmp_path: Path, kind: Kind, command: tuple[str, ...]) -> None:
    before = _last_entry(workspace)
    scratch = tmp_path / "coba"
    scratch.mkdir()
    seen = _kill_everywhere(library, workspace, scratch, *command)
    assert seen["changes"] > 8
    assert [kill["faults"] for kill in seen["kills"]] == [""] * seen["changes"]
    # app.open (and what it recovers), the act, app.close: each stands whole or not at all, in this order.
    entries = [kill["entries"] for kill in seen["kills"]]
    assert entries == sorted(entries)
    assert entries[0] == before
    assert entries[-1] >= before + 2
