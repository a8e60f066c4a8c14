"""What stands on the screens is Indonesian, and no line of keys is cut."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest
import textual
from tui.cells import GOLDEN

import pleno
from pleno.tui.commands import REGISTRY, key_name
from pleno.tui.rooms import SCREENS  # noqa: F401  # importing every screen fills the registry

ROOT: Final = Path(pleno.__file__).parents[1]
FRAMEWORK: Final = Path(textual.__file__).parent
FRAMEWORK_TEXTS: Final = (
    "app.py",
    "command.py",
    "screen.py",
    "validation.py",
    "system_commands.py",
    "widgets/_input.py",
)
"""Modules of Textual whose sentences could reach a user."""
SHORTEST: Final = 3
ALSO_INDONESIAN: Final = frozenset([
    "beda", "data", "digit", "ditetapkan", "draf", "file", "folder", "format", "hitung", "kehadiran", "ket", "mode",
    "model", "panel", "sahkan", "status", "sub", "total", "tulis", "zip",
    # Names: of sources and files, of a desa in the goldens, of keys.
    "csv", "json", "manifest", "ocr", "plano", "sirekap", "sqlite", "sums", "xlsx", "aren", "ctrl", "end", "home",
    "harapan", "kelapa", "panggang",
])  # fmt: skip
"""Words of the screens that the Indonesian pages happen not to use in their sentences."""


def words_of(text: str) -> set[str]:
    """The whole words of a text; what was cut off with ".." is none."""
    return {word.lower() for word in re.findall(r"[A-Za-z]+\b(?!\.\.)", text) if len(word) >= SHORTEST}


def identifiers(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name


def sentences(path: Path) -> Iterator[str]:
    """Texts of several words in a module, docstrings too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            yield node.value


def prose(path: Path) -> str:
    """A page without its blocks and without what stands in backticks."""
    return re.sub(r"^```.*?^```|`[^`]*`", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)


@cache
def english() -> frozenset[str]:
    """Words of the code's own names and of the framework's texts that are no Indonesian words."""
    found: set[str] = set()
    for path in (ROOT / "pleno").rglob("*.py"):
        for name in identifiers(path):
            found |= words_of(re.sub("([a-z])([A-Z])", r"\1 \2", name).replace("_", " "))
    for name in FRAMEWORK_TEXTS:
        for text in sentences(FRAMEWORK / name):
            found |= words_of(text)
    indonesian = set(ALSO_INDONESIAN)
    for page in ("docs/panduan-operator.md", "docs/format.md", "docs/aturan.md", "docs/isian.md", "CHANGELOG.md"):
        indonesian |= words_of(prose(ROOT / page))
    return frozenset(found - indonesian)


def screens() -> dict[str, str]:
    """Every golden, and every screen of the manual."""
    found = {path.name: path.read_text("utf-8") for path in sorted(GOLDEN.glob("*.txt"))}
    manual = (ROOT / "docs" / "panduan-operator.md").read_text("utf-8")
    for name, text in re.findall(r"^```layar (\w+)\n(.*?)^```$", manual, re.MULTILINE | re.DOTALL):
        found[f"panduan: {name}"] = text
    return found


SHOWN: Final = screens()


def test_the_list_knows_english() -> None:
    assert {"screen", "settle", "figure", "quit", "search", "cancel", "command", "must", "the"} <= english()
    assert {"suara", "pembetulan", "selisih", "batal", "terbuka", "dan"} & english() == set()


@pytest.mark.parametrize("name", SHOWN)
def test_no_english_on_the_screens(name: str) -> None:
    assert words_of(SHOWN[name]) & english() == set()


def test_no_english_in_what_the_commands_say() -> None:
    said = {command.id: words_of(f"{command.text()} {command.footer}") & english() for command in REGISTRY.values()}
    assert {name: words for name, words in said.items() if words} == {}


@pytest.mark.parametrize("name", [name for name in SHOWN if "F1 Bantuan" in SHOWN[name]])
def test_no_line_of_keys_is_cut(name: str) -> None:
    last = next(line for line in reversed(SHOWN[name].splitlines()) if "F1 Bantuan" in line).rstrip()
    keys, more = re.fullmatch(r"(.*?)(?:\s+F1: (\d+) tombol lain)?", last).groups()  # type: ignore[union-attr]
    known = {
        f"{key_name(key)} {command.footer}" for command in REGISTRY.values() for key in command.keys if command.footer
    }
    items = re.split(r"\s{2,}", keys.strip())
    assert items[0] == "F1 Bantuan"
    assert len(items) <= 6
    assert [item for item in items if item not in known] == []
    assert more is None or int(more) > 0


def test_every_key_has_a_name_as_it_is_printed() -> None:
    shown = {key: key_name(key) for command in REGISTRY.values() for key in command.keys}
    assert {key: name for key, name in shown.items() if "_" in name} == {}
