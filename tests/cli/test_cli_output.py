"""What leaves: nothing that steers a terminal, figures whole, one JSON document."""

from __future__ import annotations

import io
import json
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pleno.cli.output import Column, document, say, table, visible

COLUMNS = [Column("TPS"), Column("angka", right=True)]
STEERING = {"Cc", "Cf", "Cs", "Zl", "Zp"}


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_control_characters_become_signs() -> None:
    assert visible("a\x1b[2J\tb\x7f\x9b\u202e") == "a␛[2J␉b␡<U+009B><U+202E>"
    assert visible("TPS 001 [/x] ≠ é 中") == "TPS 001 [/x] ≠ é 中"


def test_a_pile_of_combining_marks_is_cut() -> None:
    assert visible("e" + "\u0301" * 200 + "\u20dd" * 9 + "n\u0303") == "e" + "\u0301" * 4 + "n\u0303"


@given(st.text())
def test_nothing_that_steers_leaves(text: str) -> None:
    assert not {unicodedata.category(char) for char in visible(text)} & STEERING


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_json_is_one_line_that_reads_back(text: str) -> None:
    stream = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", stream)
        document("uji", {"nama": text})
    written = stream.getvalue()
    assert json.loads(written) == {"versi": 1, "perintah": "uji", "nama": text}
    assert written.endswith("\n")
    assert all(ord(char) >= 0x20 and not 0x7F <= ord(char) < 0xA0 for char in written[:-1])


def test_a_piped_table_is_plain_aligned_text(capsys: pytest.CaptureFixture[str]) -> None:
    table(COLUMNS, [["[bold]X[/bold]", 7], ["[/x]\x1b", 1234567]])
    assert capsys.readouterr().out == (
        "TPS               angka\n"
        "[bold]X[/bold]        7\n"
        "[/x]␛           1234567\n"
    )  # fmt: skip


@pytest.mark.parametrize(("name", "value"), [("TERM", "dumb"), ("NO_COLOR", "1")])
def test_a_terminal_can_ask_for_plain_text(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv(name, value)
    table(COLUMNS, [["A", 7]])
    assert stream.getvalue() == "TPS  angka\nA        7\n"


def test_a_drawn_table_keeps_markup_as_text_and_figures_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "8")
    table(COLUMNS, [["[/x] [bold]nama yang panjang sekali[/bold] \x1b]52;c;x\x07", 1234567]])
    written = stream.getvalue()
    assert "1234567" in written
    assert "[/x]" in written
    assert "[/bold]" in written
    assert "\x07" not in written
    assert "\x1b]" not in written


def test_lines_go_to_their_stream(capsys: pytest.CaptureFixture[str]) -> None:
    say("satu", 2, "a\nb")
    assert capsys.readouterr().out == "satu\n2\na␊b\n"
