"""Help pages: complete, Indonesian, made from the commands."""

from __future__ import annotations

import re

import pytest
from cli.driver import pleno
from cli.words import no_english

import pleno as package
from pleno.cli.commands import COMMANDS

NAMES = [name for commands in COMMANDS.values() for name in commands]
ACTS = {
    "hadir", "buka", "skors", "lanjut", "tutup", "impor", "catat", "hitung-ulang", "betulkan", "setujui", "tolak",
    "batalkan", "jawab", "jelaskan", "sahkan", "buka-kembali", "segel", "ekspor",
}  # fmt: skip


def test_the_page_of_the_program_lists_every_command_under_its_phase() -> None:
    said = pleno("--help")
    assert (said.code, said.err) == (0, "")
    assert re.findall(r"(?m)^  ([a-z-]+)  ", said.out)[: len(NAMES)] == NAMES
    for phase in COMMANDS:
        assert f"\n{phase}:\n" in said.out
    no_english(said.out)


@pytest.mark.parametrize("name", NAMES)
def test_the_page_of_a_command(name: str) -> None:
    said = pleno(name, "--help")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"Pakai: pleno {name} ")
    for option in ("--folder DIR", "--json", "--kontes KONTES", "--help"):
        assert f"\n  {option} " in said.out
    assert ("--oleh ID" in said.out) or name not in ACTS
    assert all(len(line) <= 100 for line in said.out.splitlines())
    no_english(said.out)
    assert pleno(name, "-h").out == said.out


def test_the_version() -> None:
    assert pleno("--version").out == f"pleno {package.__version__}\n"
