"""What was being written in a dialog when the power failed is offered again (UX.md sections 3 and 4.10)."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from tui.driver import DeskDriver
from tui.kecamatan import PAPER, TPS_004

from pleno.domain.draft import KeptText
from pleno.domain.entry import Reason

WORDS = "saksi 02 keberatan"


def kept(desk: DeskDriver) -> list[str]:
    """Every line that stands on the disk."""
    return [one.text for one in desk.pleno.session.state.all(KeptText)]


async def crash(desk: DeskDriver, *lines: str) -> None:
    """The power fails once these lines, and no others, have been kept by themselves."""
    for _look in range(2_000):
        if kept(desk) == list(lines):
            break
        await asyncio.sleep(0.01)
    assert kept(desk) == list(lines)
    desk.pleno.session.store.close()
    desk.app.is_open = False


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pause after which a line is kept is over at once."""
    monkeypatch.setattr("pleno.tui.screens.dialog.KEPT_AFTER", 0.001)


KEBERATAN = ("k", "1", "p", *"va", "Enter")
COPY = ("w", "1")
REASON = ("b", "6")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("keys", [KEBERATAN, REASON], ids=["keberatan", "catatan"])
async def test_words_of_a_dialog_survive_the_power(differing: Path, keys: tuple[str, ...]) -> None:
    async with DeskDriver(differing) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(*PAPER.values())
        await desk.press(*keys, *WORDS)
        await crash(desk, WORDS if keys == KEBERATAN else f"|{WORDS}")
    async with DeskDriver(differing) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press(*keys)
        assert WORDS in desk.text
        await desk.press("Enter")
        if keys == REASON:
            await desk.press("1", "Enter", "1", "Enter")
            assert desk.pleno.file(TPS_004).pembetulan[0].note == WORDS
        assert kept(desk) == []


@pytest.mark.usefixtures("quick")
async def test_the_rows_of_a_copy_survive_it(differing: Path) -> None:
    async with DeskDriver(differing) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(*PAPER.values())
        await desk.press(*COPY, *"2=147 vb=6")
        await crash(desk, "2=147 vb=6")
    async with DeskDriver(differing) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press(*COPY)
        assert "2=147 vb=6" in desk.text
        await desk.press("Enter", "Enter")
        assert "2 baris berbeda" in desk.message
        assert kept(desk) == []


@pytest.mark.usefixtures("quick")
async def test_digits_of_a_recount_survive_it_in_their_row(differing: Path) -> None:
    async with DeskDriver(differing) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(*PAPER.values())
        await desk.press("#", *"98", "Enter", *"12")
        await crash(desk, "suara.2|12")
    async with DeskDriver(differing) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("#")
        assert "[12_]" in next(line for line in desk.lines if "IV.02" in line)
        await desk.press("7", "Enter")
        assert desk.pleno.copies.kept_recount(TPS_004) == {"suara.1": 98, "suara.2": 127}
        assert kept(desk) == []


async def test_reasons_chosen_before_esc_stand_when_the_dialog_comes_back(differing: Path) -> None:
    async with DeskDriver(differing) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(*PAPER.values())
        await desk.press("b", "3", *"coretan tanpa paraf", "Enter", "2", "Esc")
        await desk.press("b")
        assert "2 dari 2" in desk.text
        assert "Alasan yang tadi dipilih masih berdiri" in desk.text
        await desk.press("left")
        assert "coretan tanpa paraf" in desk.text
        await desk.press("Enter", "1", "Enter", "1", "Enter")
        first, second = desk.pleno.file(TPS_004).pembetulan
        assert (first.reason, first.note) == (Reason.SALAH_TULIS, "coretan tanpa paraf")
        assert (second.reason, second.note) == (Reason.SALAH_BACA_SIREKAP, "")
        assert kept(desk) == []


async def test_a_reason_stands_only_for_the_figures_it_was_chosen_for(differing: Path) -> None:
    async with DeskDriver(differing) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(*PAPER.values())
        await desk.press("b", "1", "Esc", ".", *"2", "Enter", *"136", "Enter", *"salah dengar angka", "Enter", "b")
        assert "136" in desk.text
        assert "Alasan yang tadi" not in desk.text


async def test_a_disk_that_is_full_is_told_and_the_line_stays(differing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with DeskDriver(differing) as desk:
        await desk.go_to_desk(TPS_004)

        def full(*_record: object) -> None:
            from pleno.domain.errors import PlenoError

            raise PlenoError("TIDAK TERSIMPAN", "Disk penuh.", "Kosongkan.")

        monkeypatch.setattr(type(desk.pleno.session.store), "keep_draft", full)
        await desk.press(*KEBERATAN, *WORDS, "Esc", *KEBERATAN)
        assert WORDS in desk.text
        await desk.press("Esc", "f12")
        assert "Disk penuh" in desk.text
