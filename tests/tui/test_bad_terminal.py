"""N01-N03, U01 and U02 of TRUST.md section 8: names that are code elsewhere, and a stuck key on the keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.driver import pleno
from textual import events
from tui.driver import DeskDriver
from tui.kecamatan import TPS_004, made

from pleno.domain.entry import Kind


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("[red]Budi[/red]", id="bad_N01 colour"),
        pytest.param("TPS [/]", id="bad_N01 end of nothing"),
        pytest.param("Budi [/b] S.Pd", id="bad_N01 title"),
        pytest.param("[link=file:///x]y[/link]", id="bad_N02 link"),
        pytest.param("[@click=app.quit]Budi[/]", id="bad_N03 click"),
    ],
)
async def test_a_name_is_shown_as_it_is_written(tmp_path: Path, name: str) -> None:
    folder = made(tmp_path, names={2: name}, desa={"9901011002": name}, people={"op1": name})
    said = pleno("rekap", "--folder", folder)
    assert (said.code, name in said.out) == (0, True), said
    async with DeskDriver(folder, (160, 45)) as desk:
        assert name in desk.text
        await desk.go_to_desk(TPS_004)
        assert name in desk.text
        for line, text in enumerate(desk.lines):
            if name in text:
                await desk.pilot.click(offset=(text.index(name) + len(name) // 2, line))
        assert desk.app.is_open


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("7" * 1_000_000, id="bad_U01 digits"),
        pytest.param("\x1b[2J\x1b]52;c;eA==\x07" * 50_000, id="bad_U01 escapes"),
        pytest.param("12\n13\n", id="bad_U01 lines"),
    ],
)
async def test_what_is_pasted_is_cut_at_the_limit(bare: Path, text: str) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        before = len(desk.entries())
        desk.app.screen.post_message(events.Paste(text))
        await desk.settle()
        assert desk.buffer == ""
        assert "Bukan angka" in desk.message
        assert desk.message.replace("\n", " ").isprintable()
        assert len(desk.entries()) == before


async def test_bad_U01_a_million_characters_for_a_question_are_refused(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("/")
        desk.app.screen.post_message(events.Paste("9" * 1_000_000))
        await desk.settle()
        await desk.press("Esc")
        assert desk.app.is_open


async def test_bad_U01_a_paste_without_brackets_is_keys(bare: Path) -> None:
    """A terminal without bracketed paste types it: digits beyond the width of the cell change nothing."""
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        before = len(desk.entries())
        for _ in range(20_000):
            desk.app.screen.post_message(events.Key("7", "7"))
        await desk.settle()
        assert desk.buffer == "777777"
        assert len(desk.entries()) == before


async def test_bad_U02_enter_held_down_saves_nothing_twice(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        row = desk.desk.grid.key
        await desk.press("5")
        for _ in range(120):
            desk.app.screen.post_message(events.Key("enter", "\r"))
        await desk.settle()
        draft = desk.pleno.draft(TPS_004)
        assert draft is not None
        assert draft.figures == {row: 5}
        await desk.press("]")
        assert len(desk.entries(lambda entry: entry.kind is Kind.READING_SAVED)) == 1


async def test_bad_U02_a_window_of_ten_by_three_and_back(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("5")
        for size, key in (((10, 3), "Enter"), ((1, 1), "-"), ((300, 100), "-"), ((80, 24), "-")):
            await desk.pilot.resize_terminal(*size)
            await desk.settle()
            await desk.press(key)
        assert desk.app.is_open
        draft = desk.pleno.draft(TPS_004)
        assert draft is not None
        assert list(draft.figures.values()) == [5]
