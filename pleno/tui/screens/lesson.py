"""Latihan sepuluh tombol: the Meja of a practice, with one line that names the next key and waits until it was used.

Each step is judged by what happened on the Meja; nothing is stored, and no step stands in the way of another key.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from pleno.domain.figures import PLANO
from pleno.domain.state import PembetulanState
from pleno.tui.commands import Command
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.screens.desk import DeskScreen
from pleno.tui.tasks_gateway import TasksGateway
from pleno.tui.text import safe_text, wrapped

TPS: Final = "3101011003008"
"""008 Pulau Harapan: Sirekap read 71 for the 149 of the paper."""
_ROW: Final = "suara.1"
_PAPER: Final = 149
_READ_FIRST: Final = 3


class Step(NamedTuple):
    """One key."""

    key: str
    what: str
    """What it does, and what to press."""
    done: Callable[[LessonScreen], bool]


def _ran(command: str) -> Callable[[LessonScreen], bool]:
    return lambda screen: command in screen.ran


def _read(screen: LessonScreen) -> bool:
    return len(screen.view.rows) - len(screen.view.file.unread) - _not_asked(screen) >= _READ_FIRST


def _not_asked(screen: LessonScreen) -> int:
    return sum(not row.asked for row in screen.view.rows)


def _typed(screen: LessonScreen) -> bool:
    plano = screen.view.file.readings.get(PLANO)
    return plano is not None and _ROW not in plano.waiting and plano.figures.get(_ROW) == _PAPER


def _corrected(screen: LessonScreen) -> bool:
    made = [one for one in screen.view.file.pembetulan if one.row == _ROW]
    return any(one.state is PembetulanState.DISETUJUI for one in made)


STEPS: Final = (
    Step("/", "memilih TPS. Tekan / lalu ketik harapan 8 dan Enter.", lambda screen: screen.tps == TPS),
    Step("=", "menerima angka plano yang menunggu (%) sesudah dibacakan. Tekan = tiga kali.", _read),
    Step("-", "satu baris ke atas; panah bawah atau Enter turun. Tekan -", _ran("desk.up")),
    Step(".", "melompat ke baris. Tekan . lalu 1 dan Enter: nomor urut 01.", lambda screen: screen.grid.key == _ROW),
    Step("0-9", "mengetik angka kertas. Pembaca menyebut 149: ketik 149 lalu Enter.", _typed),
    Step("n", "ke selisih terbuka berikut, juga di TPS lain. Tekan n", _ran("desk.next_difference")),
    Step("i", "menjelaskan temuan TPS ini. Tekan i, baca, lalu Esc.", _ran("desk.findings")),
    Step("b", "membetulkan. Tekan . 1 Enter, lalu b, 1 (alasan), Enter, 2 (yang setuju), Enter.", _corrected),
    Step("F1", "menerangkan baris ini dan semua tombol. Tekan F1 atau ?, lalu Esc.", _ran("app.help")),
    Step("s", "mengesahkan; bila belum dapat, dikatakan sebabnya. Tekan s", _ran("desk.settle")),
)
"""In the order of a first TPS."""


class StartLesson(Command[PlenoScreen]):
    """Latihan dua menit: sepuluh tombol Meja, satu demi satu."""

    id, keys, footer = "tasks.lesson", ("l",), "latihan tombol"

    def reason_disabled(self, screen: PlenoScreen) -> str | None:
        return TasksGateway(screen.pleno).why_none() or None

    async def run(self, screen: PlenoScreen) -> None:
        screen.app.push_screen(LessonScreen())


class LessonScreen(DeskScreen):
    """The Meja itself, every key of it, with the lesson above line 23."""

    TITLE = "Latihan tombol"
    MODE, MODE_KEY = "", ""
    DEFAULT_CSS = """
    LessonScreen #lesson { height: auto; background: $panel; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.place = 0
        """The step in hand; len(STEPS) once all were done."""
        self.ran: set[str] = set()
        """Commands that ran since the step began."""

    def body(self) -> ComposeResult:
        yield from super().body()
        yield Static("", id="lesson", markup=False)

    def refresh_lines(self) -> None:
        super().refresh_lines()
        self._advance()

    async def press(self, event: events.Key) -> None:
        await super().press(event)
        self._advance()

    async def run_command(self, command: Command[Any]) -> None:
        if command.reason_disabled(self) is None:
            self.ran.add(command.id)
        await super().run_command(command)

    def _advance(self) -> None:
        """To the first step that is not done, and show it."""
        while self.place < len(STEPS) and STEPS[self.place].done(self):
            self.place += 1
            self.ran.clear()
        self.query_one("#lesson", Static).update(safe_text("").append("\n".join(self._lines()), "bold reverse"))

    def _lines(self) -> list[str]:
        cells = self.size.width or 80
        if self.place == len(STEPS):
            told = ("LATIHAN selesai: sepuluh tombol Meja.", "Esc kembali; tugas latihan lainnya: t di Beranda.")
        else:
            step = STEPS[self.place]
            told = (f"LATIHAN {self.place + 1} dari {len(STEPS)}   tombol {step.key}", step.what)
        return [f" {line:<{cells - 1}}" for part in told for line in wrapped(part, cells - 2)]
