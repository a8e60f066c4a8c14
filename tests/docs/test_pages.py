"""The documentation says what the program does: made pages are fresh, the manual's commands run as printed."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any, Final

import generate
import manual
import pytest
from typer.main import get_command

from pleno.cli.commands import app
from pleno.importers.profile import shipped_profiles

ROOT: Final = Path(__file__).parents[2]
DOCS: Final = ROOT / "docs"
PAGES: Final = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
PROGRAM: Final[Any] = get_command(app)


def text_of(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


@pytest.mark.parametrize("name", generate.PAGES)
def test_a_made_page_is_fresh(name: str) -> None:
    assert generate.PAGES[name]() == text_of(name), "stale: run `make docs` and read the difference"


@pytest.mark.parametrize("command", PROGRAM.commands)
def test_every_command_is_in_the_manual(command: str) -> None:
    assert re.search(rf"\bpleno {command}\b", text_of("panduan-operator.md"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_that_is_written_exists(path: Path) -> None:
    for command, *args in mentioned(path.read_text("utf-8")):
        assert command in PROGRAM.commands, f"pleno {command}"
        options = {option for param in PROGRAM.commands[command].params for option in param.opts} | {"--help"}
        assert [arg for arg in args if arg.startswith("--") and arg.partition("=")[0] not in options] == []


def mentioned(text: str) -> list[list[str]]:
    """The words after `pleno` of every command in backticks or typed in a block."""
    typed = re.findall(r"(?:`|^\$ )pleno ([a-z][^`\n]*)", text, re.MULTILINE)
    return [shlex.split(words.replace("\\", "/")) for words in typed]


def test_mentions_are_found() -> None:
    assert mentioned("x `pleno impor A --uji` y\n$ pleno banding\npleno rekap, seluruh pleno di meja") == [
        ["impor", "A", "--uji"],
        ["banding"],
    ]


@pytest.mark.parametrize("profile", shipped_profiles())
def test_every_profile_is_named(profile: str) -> None:
    assert f"`{profile}`" in text_of("isian.md")
    assert f"`{profile}`" in text_of("format.md")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_inside_the_house_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_replay_notices_another_answer() -> None:
    shown = "```console\n$ pleno siapkan\nPerintah selesai\n```\n"
    assert "Perintah belum lengkap" in manual.replayed(shown)


def test_the_replay_keeps_an_answer_that_only_differs_in_its_moment() -> None:
    first = manual.replayed(text_of("panduan-operator.md").partition("## 2.")[0] + "```console\n$ pleno jejak\n```\n")
    later = re.sub(r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d", "2031-01-01 00:00:00", first)
    assert first != later
    assert manual.replayed(later) == later
