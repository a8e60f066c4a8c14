"""A refusal that names a command is told with the keys of the screen."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import pleno
from pleno.tui import rooms
from pleno.tui.advice import WAYS, by_keys
from pleno.tui.commands import REGISTRY

OUTSIDE = {
    "batalkan", "dokter", "latihan", "pulihkan", "siapkan",
}  # fmt: skip
"""What the sentences of the service name and no screen does: the command is told as it is."""
TEXTS = Path(pleno.__file__).parent


@pytest.mark.parametrize("ids", sorted(set(WAYS.values())))
def test_each_way_leads_over_commands_of_the_screens(ids: tuple[str, ...]) -> None:
    assert rooms.SCREENS, "with the rooms every command is loaded"
    assert [one for one in ids if one not in REGISTRY] == []


def sentences(path: Path) -> Iterator[str]:
    """The texts of a module that are no docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            yield node.value


def test_every_command_a_sentence_names_has_a_way_or_is_known_to_have_none() -> None:
    named = {
        command
        for room in ("domain", "service", "store", "signing", "importers")
        for path in (TEXTS / room).rglob("*.py")
        for text in sentences(path)
        for command in re.findall(r"`pleno ([a-z-]+)", text)
    }
    assert named - set(WAYS) == OUTSIDE


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Buat dulu: `pleno segel --angka-saksi`.", "Buat dulu: F7 s."),
        ("Periksa dengan `pleno ekspor --konsep`, lalu `pleno ekspor`.", "Periksa dengan F7 e, lalu F7 E."),
        ("Setujui atau tolak dulu: `pleno setujui 12`.", "Setujui atau tolak dulu: F3 b."),
        ("Lihat `pleno dokter --pemberat`.", "Lihat `pleno dokter --pemberat`."),
        ("pleno segel", "pleno segel"),
    ],
)
def test_keys_stand_in_the_place_of_the_command(text: str, shown: str) -> None:
    assert by_keys(text, {}) == shown


def test_keys_of_the_workspace_are_told() -> None:
    assert by_keys("Buat: `pleno segel`.", {"closing.seal": "f9"}) == "Buat: F7 F9."
