"""Names that are code elsewhere are text here, in every place a name is shown (TRUST.md N01 to N10)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.widgets import Input
from tui.driver import DeskDriver
from tui.kecamatan import PAPER, TPS_004, example_tps, made

from pleno.tui.text import cut, fit, packed, safe_text, spread, visible, width, wrapped

MARKUP = ["[/x]", "[@click=app.quit]x[/]", "[red]Budi[/red]", "Budi [/b] S.Pd", "[link=file:///x]y[/link]", "$tone-abu"]
HOSTILE = st.text(st.characters(codec="utf-16", exclude_categories=())) | st.sampled_from(
    ["\x1b[2J", "\x1b]52;c;eA==\a", "\x9b31m", "\u202eabc", "a\u200bb", "e\u0301" * 200, "漢字" * 40, "\r\n\t\0\x7f"]
)


@given(HOSTILE)
def test_nothing_that_a_terminal_acts_upon_is_shown(text: str) -> None:
    shown = visible(text)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]", shown)
    assert safe_text(text).plain == shown
    assert safe_text(text).spans == []


@given(HOSTILE, st.integers(1, 30), st.booleans())
def test_a_text_takes_exactly_its_cells(text: str, cells: int, right: bool) -> None:
    assert width(fit(text, cells, right)) == cells
    assert width(cut(visible(text), cells)) <= cells
    assert width(spread(text, "kanan", cells)) == cells
    assert all(width(line) <= max(cells, 2) for line in (*wrapped(text, max(cells, 2)), *packed([text, text], cells)))


def test_what_is_cut_says_so() -> None:
    assert cut("Pulau Kelapa", 8) == "Pulau .."
    assert fit("漢字漢字", 5) == "漢.. "


@pytest.mark.parametrize("name", MARKUP)
async def test_a_name_like_markup_is_shown_literally_everywhere(tmp_path: Path, name: str) -> None:
    folder = made(
        tmp_path, names={2: name}, desa={"9901011002": name}, people={"ppk1": name, "ppk2": name, "op1": name}
    )
    example_tps(folder, "sirekap", **{"suara.2": 173})
    async with DeskDriver(folder, (160, 45)) as desk:
        assert desk.text.count(name) >= 2
        await desk.go_to_desk(TPS_004)
        await desk.type(*list(PAPER.values())[:-1])
        assert f"DESA {name.upper()}" in desk.text
        assert f"02 {name}" in desk.text
        await desk.press("-", "-", "-", "-")
        assert f"02 {name}" in desk.message
        await desk.press("b", "1", "Enter")
        assert f"1 {name}" in desk.text
        await desk.press("Esc")
        await desk.press("i")
        assert name in desk.text
        await desk.press("Esc")
        await desk.pilot.click("Grid", offset=(5, 3))
        assert desk.app.is_open


async def test_a_hostile_file_name_of_tps_asked_for_is_text(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("/", *"[red]", "Enter")
        assert '"[red]"' in desk.message


def test_no_widget_is_given_a_plain_string() -> None:
    """Static and Label take markup from a str; everything goes through safe_text or Text."""
    folder = Path(__file__).parents[2] / "pleno" / "tui"
    for path in folder.rglob("*.py"):
        code = path.read_text("utf-8")
        for call in re.finditer(r"(?:Static|Label|Button|Markdown|DataTable)\(([^\n]*)|\.notify\(", code):
            argument = (call[1] or "").lstrip()
            assert argument.startswith(('"",', '""', "safe_text(", "Text(", ")")) or "markup=False" in call[0], (
                path.name,
                call[0],
            )


@pytest.mark.parametrize("text", ["\x1b]52;c;eA==\x07", "\x1b[2Jx", "\u202eabc", "a\tb", "a\x9b31m"])
async def test_what_no_key_types_is_not_pasted_into_a_text_field(bare: Path, text: str) -> None:
    async with DeskDriver(bare) as desk:
        await desk.press("/")
        desk.app.post_message(events.Paste(text))
        await desk.settle()
        assert desk.app.screen.query_one(Input).value == ""
        await desk.press("Esc", "f12")
        assert "Tempelan ditolak" in desk.text


async def test_nothing_is_handed_to_the_clipboard_of_the_terminal(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with DeskDriver(bare) as desk:
        written: list[str] = []
        monkeypatch.setattr(desk.app._driver, "write", written.append)
        desk.app.copy_to_clipboard("\x1b[2J")
        assert written == []
        assert desk.app.clipboard == "\x1b[2J"


async def test_a_text_that_a_field_is_filled_with_is_drawn_visible(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        desk.app.keep_text("journal.filter", "\x1b[?1049l Aren\x9b31m")
        assert desk.app.kept_text("journal.filter") == "\\x1b[?1049l Aren\\x9b31m"
