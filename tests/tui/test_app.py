"""The application around the screens: opening, who types, which contest, and its end after a fault."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from textual.widgets import Input
from tui.driver import DeskDriver
from tui.kecamatan import CONTEST, PAPER, TPS_004, made

from pleno.domain.entry import Kind
from pleno.domain.errors import PlenoError
from pleno.service.session import Session
from pleno.tui.app import PlenoApp, run
from pleno.tui.errands import ask_contest


async def test_the_first_paint_stands_before_the_database_is_opened(bare: Path) -> None:
    seen: list[str] = []

    class Watched(PlenoApp):
        async def _open(self) -> None:
            strips = self.screen._compositor.render_strips(self.size)
            seen.append("\n".join(strip.text for strip in strips))
            assert not self.is_open
            await super()._open()

    app = Watched(bare)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.is_open
    assert "membuka ruang kerja" in seen[0]


_LIGHT = """
import sys
from pathlib import Path
from pleno.tui.app import PlenoApp

class First(PlenoApp):
    async def _open(self):
        ours = {name for name in sys.modules if name.startswith("pleno.")}
        others = {name.partition(".")[0] for name in sys.modules}
        assert ours == {"pleno.domain", "pleno.domain.errors", "pleno.tui", "pleno.tui.app", "pleno.tui.themes"}, ours
        assert not others & {"sqlmodel", "sqlalchemy", "sqlite3", "openpyxl", "typer", "pydantic", "tomllib"}, others
        self.exit()

First(Path()).run(headless=True, size=(80, 24))
"""


def test_the_first_paint_needs_neither_screens_nor_rules_nor_database() -> None:
    subprocess.run([sys.executable, "-c", _LIGHT], check=True, cwd=Path(__file__).parents[2])


def test_a_workspace_that_cannot_be_opened_is_told_as_every_command_tells_it(tmp_path: Path) -> None:
    with pytest.raises(PlenoError):
        run(tmp_path / "kosong", headless=True)


async def test_several_operators_are_asked_who_types(tmp_path: Path) -> None:
    folder = made(tmp_path, people={"op2": "Bayu"})
    async with DeskDriver(folder) as desk:
        assert "Siapa yang mengetik?" in desk.text
        await desk.press("Esc")
        assert "Siapa yang mengetik?" in desk.text
        await desk.press("2")
        await desk.go_to_desk(TPS_004)
        assert "pembaca: Bayu" in desk.text
        await desk.type(150)
        await desk.press("]")
        assert desk.entries()[-1].actor.id == "op2"


async def test_another_contest_of_the_same_workspace(tmp_path: Path) -> None:
    folder = made(tmp_path, contests=(CONTEST, "pilkada2024-gubernur"))
    async with DeskDriver(folder) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(150)
        ask_contest(desk.app)
        await desk.settle()
        await desk.press("2")
        assert "GUBERNUR 2024" in desk.lines[0]
        assert desk.figure("pemilih_dpt_l") is None
        await desk.type(155)
        await desk.press("]")
        kept = [entry.contest for entry in desk.entries() if entry.kind is Kind.READING_SAVED]
        assert kept == [CONTEST, "pilkada2024-gubernur"]


async def test_what_the_disk_refuses_stays_in_its_cell_and_is_told_in_front(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(150)

        def full(*_args: object) -> None:
            raise PlenoError("TIDAK TERSIMPAN", "Disk penuh; tidak ada yang berubah.", "Kosongkan ruang disk.")

        with monkeypatch.context() as broken:
            broken.setattr(desk.pleno.session.store, "keep_draft", full)
            await desk.press("1", "5", "5", "Enter")
            assert "Disk penuh" in desk.text
            assert "Yang aman: sampai #" in " ".join(desk.text.replace("|", " ").split())
            await desk.press("Esc")
            assert (desk.buffer, desk.figure("pemilih_dpt_p")) == ("155", None)
        await desk.press("Enter")
        assert desk.figure("pemilih_dpt_p") == 155


async def test_f12_remembers_what_was_refused(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("=", "b", "r")
        await desk.press("f12")
        assert "TPS ini belum sah" in desk.text
        assert "I.A.1.L tidak ada di data Sirekap" in desk.text
        await desk.press("Esc")
        assert desk.row == "I.A.1.L"


async def test_too_small_a_terminal_says_what_it_needs(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("1", "2")
        await desk.pilot.resize_terminal(60, 18)
        await desk.settle()
        assert "Layar 60x18; perlu 72x20." in desk.text
        await desk.pilot.resize_terminal(10, 3)
        await desk.pilot.resize_terminal(80, 24)
        await desk.settle()
        assert desk.buffer == "12"
        assert "[12_]" in desk.text


async def test_a_settled_paper_is_told_by_its_numbers(matching: Path) -> None:
    async with DeskDriver(matching) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(*PAPER.values())
        assert "SEIMBANG" in desk.text
        await desk.press("s")
        assert "TPS 004 Aren Hulu SAH #" in desk.message
        await desk.press("f2")
        assert "226 suara di TPS yang sah" in desk.text


_FAULT = """
import sys
from pathlib import Path
from pleno.tui.app import run
from pleno.tui.screens.desk import DeskScreen

def broken(self):
    rahasia = "RATNA 173"
    raise RuntimeError("RATNA 173")

DeskScreen.show_findings = broken
sys.exit(run(Path(sys.argv[1])))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo terminal")
def test_a_fault_ends_with_70_a_report_and_no_name_in_it(matching: Path) -> None:
    import pty

    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", COLUMNS="80", LINES="24", PYTHONPATH=str(Path(__file__).parents[2]))
        os.execv(sys.executable, [sys.executable, "-c", _FAULT, str(matching)])
    seen, end = b"", time.monotonic() + 20
    pressed = 0
    while time.monotonic() < end:
        if not select.select([terminal], [], [], 0.5)[0]:
            continue
        try:
            seen += os.read(terminal, 65536)
        except OSError:
            break
        if pressed == 0 and b"BERANDA" in seen:
            os.write(terminal, b"\x1bOR")
            pressed = 1
        elif pressed == 1 and b"TEMUAN" in seen:
            os.write(terminal, b"i")
            pressed = 2
    if time.monotonic() >= end:
        os.kill(pid, signal.SIGKILL)
    _pid, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 70
    said = seen[-2000:].decode(errors="replace")
    assert "Program berhenti. Data aman sampai #" in said
    assert "Traceback" not in said
    (report,) = (matching / "data" / "log").glob("galat-*.txt")
    written = report.read_text("utf-8")
    assert "pleno.tui.screens.base" in written
    assert "RATNA" not in written + said
    with Session.open(matching):
        pass


async def test_what_is_typed_before_a_dialog_stands_there_arrives_once(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.press("/", *"harapan 8")
        assert desk.app.screen.query_one(Input).value == "harapan 8"
