"""Segel & ekspor: what is missing, the seal and its word from paper, sets written in a thread (UX.md, F7)."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from textual.worker import WorkerCancelled
from tui.cells import attributes_of, cells_of, matches_golden
from tui.driver import DeskDriver
from tui.kecamatan import PAPER, TPS, TPS_004, Ticking
from tui.settled import in_the_middle

from pleno.domain.entry import Kind
from pleno.domain.figures import PLANO
from pleno.domain.inclusion import check_proof
from pleno.domain.state import Seal, Sheet, SheetStatus
from pleno.service import export, reading, sealing, settling
from pleno.service.session import Session
from pleno.tui.big_letters import big
from pleno.tui.screens.closing import ClosingScreen
from pleno.tui.screens.desk import DeskScreen
from pleno.tui.screens.irrevocable import Irrevocable
from pleno.tui.screens.sealing import SealDialog
from pleno.tui.screens.verification import VerificationScreen
from pleno.tui.screens.working import Working

SIZES = [(80, 24), (100, 30), (160, 45)]


@pytest.fixture
def middle(bare: Path) -> Path:
    return in_the_middle(bare)


@pytest.fixture
def complete(bare: Path) -> Path:
    """Every TPS read and sah, nothing sealed."""
    with Session.open(bare, Ticking(bare).clock()) as session:
        contest = session.contest(None)
        for code in TPS:
            reading.record_reading(session, session.roster[code], contest, PLANO, PAPER, "op1")
        settling.settle(session, [session.roster[code] for code in TPS], contest, "op1")
    return bare


def closing(desk: DeskDriver) -> ClosingScreen:
    screen = desk.app.screen
    assert isinstance(screen, ClosingScreen), f"on the screen is {screen}"
    return screen


async def finished(desk: DeskDriver) -> None:
    await desk.settle()
    with suppress(WorkerCancelled):  # its dialog may go between the answer of the thread and its end
        await desk.app.workers.wait_for_complete()
    await desk.settle()


def second_word(desk: DeskDriver) -> str:
    return sealing.seal_lines(desk.pleno.session)[-1].words.split("-")[1]


async def sealed(desk: DeskDriver) -> DeskDriver:
    await desk.press("f7", "s", *"7391", "s", "Enter", "1", *"x")
    await desk.press("Backspace", *second_word(desk), "Enter")
    await finished(desk)
    return desk


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_what_is_missing(middle: Path, size: tuple[int, int]) -> None:
    async with DeskDriver(middle, size) as desk:
        await desk.press("f7")
        matches_golden(f"segel-{size[0]}x{size[1]}", cells_of(desk.app))


async def test_without_colour(middle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with DeskDriver(middle) as desk:
        await desk.press("f7")
        matches_golden("segel-80x24-tanpa-warna", attributes_of(desk.app))


async def test_enter_on_a_line_goes_where_it_is_solved(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f7", *["down"] * 3, "Enter")
        assert isinstance(desk.app.screen, DeskScreen)


# --- the seal ------------------------------------------------------------------------------


async def test_a_seal_takes_a_letter_of_its_own_and_digits_of_a_saksi(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f7", "s", *"739", "s", "Enter")
        assert not list(desk.pleno.session.state.all(Seal))
        await desk.press("1", "Enter")
        assert not list(desk.pleno.session.state.all(Seal)), "Enter never seals"
        await desk.press("s")
        (made,) = desk.pleno.session.state.all(Seal)
        assert made.angka_saksi == "7391"
        first = sealing.seal_lines(desk.pleno.session)[-1].words.split("-")[0]
        assert all(line.rstrip() in cells_of(desk.app) for line in big(first))


async def test_the_second_word_comes_from_paper(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f7", "s", *"7391", "s")
        word = second_word(desk)
        await desk.press("Enter")
        assert word not in cells_of(desk.app)
        await desk.press("1", *"salah", "Enter")
        assert "Kata tidak cocok" in cells_of(desk.app)
        await desk.press(*word, "Enter")
        await finished(desk)
        (made,) = desk.pleno.session.state.all(Seal)
        entry = next(desk.pleno.session.store.entries(made.read_back))
        assert (entry.kind, entry.actor.id) == (Kind.SEAL_READ_BACK, closing(desk).closing.members()[0].id)


async def test_a_seal_whose_word_was_not_read_back_stays_and_waits(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f7", "w")
        assert "Belum ada segel" in desk.message
        await desk.press("s", *"0007", "s", "Esc")
        await finished(desk)
        assert "belum dibaca ulang" in desk.message
        assert second_word(desk) not in cells_of(desk.app)
        await desk.press("w", "1", *second_word(desk), "Enter")
        assert "cocok dengan kertas" in desk.message
        await desk.press("w")
        assert "sudah dibaca ulang" in desk.message


async def test_a_paper_being_typed_is_an_entry_before_the_seal(matching: Path) -> None:
    async with DeskDriver(matching) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.accept(3)
        await sealed(desk)
        assert desk.pleno.draft(TPS_004) is None
        assert sealing.tail(desk.pleno.session) == 0


async def test_esc_before_the_seal_changes_nothing(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f7")
        before = desk.pleno.session.store.head()
        await desk.press("s", *"7391", "Esc")
        assert desk.pleno.session.store.head() == before
        assert not isinstance(desk.app.screen, SealDialog)


# --- sets ----------------------------------------------------------------------------------


async def test_a_draft_set_is_written_and_listed(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f7", "e")
        await finished(desk)
        assert "Ekspor selesai: set 01 KONSEP" in desk.message
        (sheet,) = desk.pleno.session.state.all(Sheet)
        assert (middle / export.OUTGOING / sheet.folder / "manifest.json").is_file()
        assert f"KONSEP  {sheet.folder}" in cells_of(desk.app)


async def test_a_cancelled_export_leaves_no_set_and_no_entry(middle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on, write = threading.Event(), export.write_set

    def slow(*args: Any) -> export.WrittenSet:
        go_on.wait(20)
        return write(*args)

    monkeypatch.setattr(export, "write_set", slow)
    async with DeskDriver(middle) as desk:
        await desk.press("f7")
        before = desk.pleno.session.store.head()
        await desk.press("e")
        assert isinstance(desk.app.screen, Working)
        await desk.press("f3", "s", "f10", "Esc")
        assert isinstance(desk.app.screen, Working), "nothing else is done meanwhile"
        go_on.set()
        await finished(desk)
        assert "Ekspor dibatalkan" in desk.message
        assert desk.pleno.session.store.head() == before
        assert list((middle / export.OUTGOING).iterdir()) == []


async def test_a_medium_that_refuses_is_told(middle: Path) -> None:
    (middle / "data" / "ekspor").write_text("no folder")
    async with DeskDriver(middle) as desk:
        await desk.press("f7", "e")
        await finished(desk)
        assert "Ekspor gagal" in desk.message
        assert not list(desk.pleno.session.state.all(Sheet))


async def test_the_final_set_is_dim_until_all_is_done(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f7", "E")
        assert "Belum dapat: 3 dari 5 TPS belum sah" in desk.message


async def test_the_final_set_asks_for_the_name(complete: Path) -> None:
    async with DeskDriver(complete) as desk:
        await sealed(desk)
        await desk.press("E")
        assert isinstance(desk.app.screen, Irrevocable)
        await desk.press("Enter")
        assert not isinstance(desk.app.screen, Irrevocable), "the focus stands on BATAL"
        await desk.press("E", "E", "Tab", *"sungai", "Enter")
        assert isinstance(desk.app.screen, Irrevocable)
        assert "Belum sama" in cells_of(desk.app)
        await desk.press(*" aren", "Enter")
        await desk.press("E")
        await finished(desk)
        (sheet,) = desk.pleno.session.state.all(Sheet)
        assert sheet.status is SheetStatus.DITETAPKAN
        assert "DITETAPKAN" in desk.message


async def test_a_saksi_takes_the_proof_for_his_tps_home(complete: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stik"
    stick.mkdir()
    async with DeskDriver(complete) as desk:
        await desk.press("f7", "b")
        assert "Belum ada segel; s membuatnya." in desk.text
        await sealed(desk)
        head = desk.pleno.session.store.head()
        await desk.press("b", *"0000", "Enter")
        assert "TPS tidak ditemukan" in desk.text
        await desk.press("Escape", "b", *["Backspace"] * 4, *TPS[1], "Enter")
        await desk.press(*str(stick), "Enter")
        file = stick / f"bukti-{TPS[1]}.json"
        assert check_proof(file.read_text("utf-8").removesuffix("\n")).tps == TPS[1]
        await desk.press("b", *TPS[1], "Enter", *str(file), "Enter")
        assert "Berkas sudah ada" in desk.text
        await desk.press("b", *TPS[1], "Enter", *["Backspace"] * 200, *"~nobody-here/x", "Enter")
        assert "Tidak ada folder rumah dengan nama itu" in desk.message.replace("\n", " ")
        assert desk.pleno.session.store.head() == head


async def test_verification_tells_each_question(complete: Path) -> None:
    async with DeskDriver(complete) as desk:
        await sealed(desk)
        await desk.press("e")
        await finished(desk)
        await desk.press("p")
        await finished(desk)
        assert isinstance(desk.app.screen, VerificationScreen)
        shown = cells_of(desk.app)
        assert "VERIFIKASI  UTUH" in shown
        assert "tabel sama dengan ulangan jejak" in shown
        assert "ekspor 01" in shown
        with pytest.raises(Exception, match="sedang dipakai"):
            Session.open(complete)  # the check did not give the lock away
