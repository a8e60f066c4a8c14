"""Tugas latihan (bimtek): what a trainee does, done or not yet and why, with the answer afterwards or on request."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from pleno.domain.tasks import Verdict
from pleno.tui import marks
from pleno.tui.commands import Command
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.screens.lesson import StartLesson
from pleno.tui.tasks_gateway import TasksGateway
from pleno.tui.text import fit, safe_text, wrapped
from pleno.tui.widgets.grid import Cell, Column, Grid, GridRow

_COLUMNS = (
    Column("no", "no", 2, right=True),
    Column("done", "", 3),
    Column("title", "TUGAS", 40),
    Column("why", "belum, karena", 0),
)


class ShowTasks(Command[PlenoScreen]):
    """Tugas latihan (bimtek): daftar tugas, yang sudah dan yang belum."""

    id, keys = "home.tasks", ("t",)

    def reason_disabled(self, screen: PlenoScreen) -> str | None:
        return TasksGateway(screen.pleno).why_none() or None

    async def run(self, screen: PlenoScreen) -> None:
        screen.app.push_screen(TasksScreen())


class GoToTask(Command["TasksScreen"]):
    """Ke tempat tugas ini dikerjakan; F2 kembali ke daftar tugas."""

    id, keys, footer = "tasks.go", ("enter",), "kerjakan"

    async def run(self, screen: TasksScreen) -> None:
        task = screen.verdict.task
        if task.mode == "desk":
            screen.app.open_desk(task.tps)
        else:
            screen.app.go_to_itself(task.mode)


class ShowAnswer(Command["TasksScreen"]):
    """Jawaban tugas ini; pada tugas yang selesai sudah tampil."""

    id, keys, footer = "tasks.answer", ("j",), "jawaban"

    async def run(self, screen: TasksScreen) -> None:
        screen.asked.add(screen.grid.at)
        screen.redraw()


class TasksScreen(PlenoScreen):
    """The list above, the task under the cursor below it."""

    TITLE = "Tugas latihan"
    PLAIN = "pleno latihan --tugas"
    ACTS = (GoToTask, ShowAnswer, StartLesson)
    DEFAULT_CSS = """
    TasksScreen #head { height: 1; text-style: bold; }
    TasksScreen #task { height: 7; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.verdicts: Sequence[Verdict] = ()
        self.asked: set[int] = set()
        """Places of the tasks whose answers were asked for."""

    def body(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Static("", id="head", markup=False)
            yield Grid(_COLUMNS)
            yield Static("", id="task", markup=False)

    @property
    def verdict(self) -> Verdict:
        """The task under the cursor."""
        return self.verdicts[self.grid.at]

    def draw(self) -> None:
        first, self.verdicts = not self.verdicts, TasksGateway(self.pleno).verdicts()
        done = sum(one.done for one in self.verdicts)
        told = f"TUGAS LATIHAN    {done} dari {len(self.verdicts)} selesai"
        self.query_one("#head", Static).update(safe_text(fit(told, self.size.width or 80)))
        self.grid.show([_row(place, one) for place, one in enumerate(self.verdicts)])
        if first and (left := [str(place) for place, one in enumerate(self.verdicts) if not one.done]):
            self.grid.go_to(left[0])
        self._show_task()

    def _show_task(self) -> None:
        one, cells = self.verdict, (self.size.width or 80) - 2
        lines = wrapped(one.task.text, cells)
        if one.done or self.grid.at in self.asked:
            lines += wrapped(f"Jawaban: {one.task.answer}", cells)
        else:
            lines.append("j menunjukkan jawabannya.")
        self.query_one("#task", Static).update(safe_text("").append("\n".join(f" {line}" for line in lines)))

    def on_grid_moved(self) -> None:
        self._show_task()
        self.refresh_lines()

    def here(self) -> Sequence[str]:
        one = self.verdict
        return (one.task.title, *((f"Belum selesai: {one.why_not}.",) if one.why_not else ("Selesai.",)))

    def prompt(self) -> str:
        one = self.verdict
        return f"Belum: {one.why_not}. Enter kerjakan, Esc kembali" if one.why_not else "Selesai. Esc kembali"


def _row(place: int, one: Verdict) -> GridRow:
    mark = Cell("[v]") if one.done else Cell("[ ]", marks.BELUM)
    return GridRow(str(place), (Cell(str(place + 1)), mark, Cell(one.task.title), Cell(one.why_not)))
