"""Two workspaces or two sets, by command."""

from __future__ import annotations

import shutil
from pathlib import Path

from cli.driver import SECOND, Run, pleno
from cli.words import no_english


def test_two_copies_are_the_same_until_one_goes_on(table: Run, table_folder: Path, tmp_path: Path) -> None:
    twin = Path(shutil.copytree(table_folder, tmp_path / "kembar"))
    said = pleno("verifikasi", table_folder, twin)
    assert (said.code, said.out.splitlines()[-1]) == (0, "Hasil: sama")
    table("sahkan", SECOND, "--dibacakan", "ppk2")
    said = pleno("verifikasi", table_folder, twin)
    assert (said.code, said.out.splitlines()[-1]) == (1, "Hasil: berbeda")
    no_english(said.out.replace("pleno.db", ""))
    told = pleno("verifikasi", table_folder, twin, "--json").json
    assert (told["sama"], told["bercabang"]) == (False, False)
    assert told["entri"][1] > told["entri"][2] == told["entri"][0]


def test_what_cannot_be_compared(tmp_path: Path) -> None:
    said = pleno("verifikasi", tmp_path / "a", tmp_path / "b")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("Tidak dapat dibandingkan\n")
