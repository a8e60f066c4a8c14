"""The whole database is judged behind the desk after opening; a damaged one takes no more (TRUST.md section 10)."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tui.driver import DeskDriver
from tui.kecamatan import TPS_004, Ticking

from pleno.domain.errors import PlenoError
from pleno.service import backup, wholeness
from pleno.service.session import Session
from pleno.tui import errands


@pytest.fixture
def changed(differing: Path) -> Path:
    """A figure changed by another program, in the middle of a journal whose end is whole."""
    with Session.open(differing, Ticking(differing).clock()) as session:
        stick = differing / "stik"
        backup.back_up(session, "op1", stick)
    with closing(sqlite3.connect(differing / "data" / "pleno.db")) as database, database:
        figures = """replace(figures, '"suara.2":173', '"suara.2":137')"""
        found = database.execute(f"UPDATE reading SET figures = {figures} WHERE tps = ?", (TPS_004,))
        assert found.rowcount
    return differing


async def judged(desk: DeskDriver) -> None:
    errands.check_whole(desk.app)
    await desk.app.workers.wait_for_complete()
    await desk.settle()


async def test_a_whole_one_is_not_mentioned(differing: Path) -> None:
    async with DeskDriver(differing) as desk:
        before = desk.text
        await judged(desk)
        assert desk.text == before
        assert desk.app.said == []


async def test_a_figure_changed_outside_stops_the_desk(changed: Path) -> None:
    async with DeskDriver(changed) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("1", "5")
        await judged(desk)
        said = " ".join(desk.text.replace("|", " ").split())
        assert "BACA-SAJA: Basis data tidak utuh:" in said
        assert "Salinan utuh terakhir: sampai #" in said
        assert "panggil ketua dan Panwaslu" in said
        await desk.press("Esc")
        assert "BACA-SAJA" in desk.lines[0]
        assert desk.buffer == "15"
        entries = desk.entries()
        await desk.press("0", "Enter")
        assert "TIDAK TERSIMPAN" in desk.text
        assert desk.entries() == entries


async def test_many_faults_leave_room_for_what_to_do(differing: Path) -> None:
    with closing(sqlite3.connect(differing / "data" / "pleno.db")) as database, database:
        database.execute("UPDATE reading SET figures = replace(figures, ':1', ':2')")
    async with DeskDriver(differing) as desk:
        await judged(desk)
        assert "; dan yang lain. Berhenti" in " ".join(desk.text.replace("|", " ").split())
        assert "[ baca lalu lanjut ] Esc" in desk.text


async def test_it_begins_by_itself(changed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pleno.tui.app._CHECKED_AFTER", 0.001)
    async with DeskDriver(changed) as desk:
        while "Basis data tidak utuh" not in desk.text:
            await asyncio.sleep(0.01)


async def test_no_verdict_is_told(differing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wholeness, "_PATIENCE", 0.0)
    async with DeskDriver(differing) as desk:
        await judged(desk)
        ((_hour, said),) = desk.app.said
        assert (said.title, said.advice) == ("Belum diperiksa", "Jalankan `pleno verifikasi`.")


async def test_no_room_for_the_copy_is_told(differing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path) -> None:
        raise PlenoError("Tidak dapat diperiksa", "Disk penuh.", "Kosongkan.")

    async with DeskDriver(differing) as desk:
        monkeypatch.setattr(wholeness, "private_copy", full)
        await judged(desk)
        assert desk.app.said[0][1].title == "Tidak dapat diperiksa"
