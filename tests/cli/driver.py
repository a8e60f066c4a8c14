"""A driver for the commands and the papers of a small kecamatan."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from pleno.cli.commands import app

CONTEST = "pemilu2024-ppwp"
FIRST, SECOND, THIRD, SPECIAL = "3101011001001", "3101011001002", "3101011002001", "3101011002901"
DESA = "[/x] [bold]DESA[/bold]"
"""Rich would end the program on the first tag and swallow the second."""

WHOLE: dict[str, int] = {
    "pemilih_dpt_l": 103, "pemilih_dpt_p": 98, "pemilih_dpt_j": 201,
    "pengguna_dpt_l": 62, "pengguna_dpt_p": 73, "pengguna_dpt_j": 135,
    "pengguna_pindahan_l": 0, "pengguna_pindahan_p": 0, "pengguna_pindahan_j": 0,
    "pengguna_tambahan_l": 11, "pengguna_tambahan_p": 5, "pengguna_tambahan_j": 16,
    "pengguna_total_l": 73, "pengguna_total_p": 78, "pengguna_total_j": 151,
    "surat_diterima": 206, "surat_digunakan": 151, "surat_dikembalikan": 0, "surat_tidak_digunakan": 55,
    "pengguna_disabilitas_l": 1, "pengguna_disabilitas_p": 0, "pengguna_disabilitas_j": 1,
    "suara.1": 17, "suara.2": 124, "suara.3": 9,
    "suara_sah": 150, "suara_tidak_sah": 1, "suara_total": 151,
}  # fmt: skip
"""A paper that keeps every rule (votes: public object 9203011002010)."""


class Said(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer as a document; fails unless it is exactly one, on standard output alone."""
        assert self.err == ""
        return json.loads(self.out)


_COMMAND = get_command(app)
"""Made once: making it takes as long as half the commands here."""


def pleno(*args: object, typed: str | bytes = "") -> Said:
    """Run `pleno` in this process; `typed` is its standard input."""
    with CliRunner().isolation(typed) as (out, err, _both):
        with pytest.raises(SystemExit) as end:
            _COMMAND.main([str(arg) for arg in args])
        sys.stdout.flush()
        sys.stderr.flush()
        return Said(int(end.value.code or 0), out.getvalue().decode(), err.getvalue().decode())


Run = Callable[..., Said]


def wide_csv(path: Path, **papers: dict[str, int | str]) -> Path:
    """A csv of whole papers; the names are TPS codes with a leading underscore."""
    lines = [",".join(["kode_tps", *WHOLE])]
    for code, change in papers.items():
        lines.append(",".join([code[1:], *(str({**WHOLE, **change}[row]) for row in WHOLE)]))
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def prepare(folder: Path, office: Path, *options: str) -> Said:
    return pleno(
        "siapkan", folder, "--profil", CONTEST, "--wilayah", "310101",
        "--tps", office / "tps.csv", "--pilihan", office / "pilihan.csv", *options,
    )  # fmt: skip
