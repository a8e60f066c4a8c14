"""What the laptop, its clock and the last session left is told before anything is typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from tui.driver import DeskDriver
from tui.kecamatan import TPS_004, Ticking

from pleno.domain.entry import Kind
from pleno.service import machine, meeting
from pleno.service.session import Session


def later(folder: Path, hours: int) -> Ticking:
    """Somebody is noted as present while the clock is some hours ahead."""
    ticking = Ticking()
    ticking._at += timedelta(hours=hours)
    with Session.open(folder, ticking.clock()) as session:
        meeting.note_presence(session, "saksi-09", "Tono", "1", "", True, "op1")
    return ticking


@pytest.fixture
def always_half_past_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of the driver starts where it always does, whatever the workspace holds."""
    monkeypatch.setattr("tui.driver.Ticking", lambda _folder: Ticking())


def words(desk: DeskDriver) -> str:
    return " ".join(desk.text.replace("|", " ").split())


@pytest.mark.usefixtures("always_half_past_two")
async def test_a_clock_behind_the_last_entry_stands_in_front_and_is_confirmed_once(bare: Path) -> None:
    later(bare, 3)
    async with DeskDriver(bare) as desk:
        assert "SEBELUM MULAI" in desk.text
        assert "Jam laptop mundur 3 jam: 2024-11-30 17:30:" in words(desk)
        assert "urutan entri tidak bergantung pada jam" in words(desk)
        await desk.press("5", "Enter")
        assert "JAM?" in desk.lines[0]
        await desk.go_to_desk(TPS_004)
        await desk.type(150)
        await desk.press("]", "f2")
        kinds = [entry.kind for entry in desk.pleno.session.store.entries()]
        assert kinds.count(Kind.CLOCK_JUMP) == 1
        await desk.press("J")
        assert "JAM?" not in desk.lines[0]
        assert desk.pleno.session.store.last_of(Kind.CLOCK_CONFIRMED) is not None
        await desk.press("J")
        assert "Jam laptop tidak diragukan" in desk.message


@pytest.mark.usefixtures("always_half_past_two")
async def test_the_dialog_confirms_too(bare: Path) -> None:
    later(bare, 3)
    async with DeskDriver(bare) as desk:
        await desk.press("j")
        assert "SEBELUM MULAI" not in desk.text
        kinds = [entry.kind for entry in desk.pleno.session.store.entries()][-2:]
        assert kinds == [Kind.CLOCK_JUMP, Kind.CLOCK_CONFIRMED]


async def test_a_clock_set_while_the_program_runs_is_said_on_line_1(bare: Path) -> None:
    from pleno.tui.errands import look_at_clock

    async with DeskDriver(bare) as desk:
        ticking = desk.app._clock.now.__self__  # type: ignore[union-attr]  # the clock of this driver
        look_at_clock(desk.app)
        assert "JAM?" not in desk.lines[0]
        ticking._at += timedelta(hours=2)
        look_at_clock(desk.app)
        await desk.settle()
        assert "JAM?" in desk.lines[0]
        assert "melompat maju 2 jam" in desk.message.replace("\n", " ")


async def test_the_copy_of_the_morning_put_back_is_read_only_and_says_so(bare: Path) -> None:
    database = bare / "data" / "pleno.db"
    morning = database.read_bytes()
    later(bare, 0)
    database.write_bytes(morning)
    async with DeskDriver(bare) as desk:
        assert "SEBELUM MULAI" in desk.text
        assert "SALINAN LAMA?" in words(desk)
        assert "pleno pulihkan data/pleno.db --oleh KETUA" in words(desk)
        await desk.press("Esc")
        assert "BACA-SAJA" in desk.lines[0]
        await desk.go_to_desk(TPS_004)
        await desk.press("1", "5", "0", "Enter")
        assert "SALINAN LAMA?" in words(desk)
        await desk.press("Esc")
        assert desk.figure("pemilih_dpt_l") is None
    assert database.read_bytes() == morning


async def test_another_laptop_is_told(bare: Path, sit_at: Callable[[str], Path]) -> None:
    sit_at("2B07-9D41")
    async with DeskDriver(bare) as desk:
        assert "LAPTOP LAIN" in desk.text
        assert "terakhir ditulis di laptop lain (7C1F-22A0)" in words(desk)
        await desk.press("k")
        assert desk.app._exit


async def test_after_a_sudden_end_the_next_start_says_up_to_which_entry_all_is_there(bare: Path) -> None:
    session = Session.open(bare, Ticking(bare).clock())
    upto = meeting.note_presence(session, "saksi-09", "Tono", "1", "", True, "op1").seq
    session.store.close()  # as after a fault: no closing entry
    async with DeskDriver(bare) as desk:
        assert f"DIPULIHKAN: Program berhenti tanpa menutup; semua sampai entri {upto} utuh." in desk.message


async def test_a_workspace_on_a_stick_is_shown_and_takes_no_entry(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "medium", lambda _folder: machine.Medium.REMOVABLE)
    async with DeskDriver(bare) as desk:
        assert "BACA-SAJA" in desk.lines[0]
        assert "Basis data di media lepas: medianya dapat terlepas" in words(desk)
        assert "pindahkan seluruh folder ruang kerja ke disk laptop sendiri" in words(desk)
        before = desk.pleno.session.store.head()
        await desk.go_to_desk(TPS_004)
        await desk.type(150)
        await desk.press("f2")
        assert desk.pleno.session.store.head() == before
