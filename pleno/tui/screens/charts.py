"""Grafik (`G` on Beranda, Banding and Rekap): what people would rather look at than read, with its numbers."""

from __future__ import annotations

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from pleno.domain.recap import Recap
from pleno.tui.charts import Chart, ChartLine, agreement, bar, progress, votes
from pleno.tui.commands import AnyCommand, Command, Group
from pleno.tui.labels import contest_words
from pleno.tui.recap_view import recap_of
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.text import safe_text, spread
from pleno.tui.widgets.grid import Cell, Column, Grid, GridRow

_NUMBERS: Final = 30
"""Cells of the longest figures: "44.548 dari 44.548 angka  99,9%"."""
_LABEL: Final = 22


class _ShowChart(Command[PlenoScreen]):
    """Grafik."""

    chart: ClassVar[Chart]
    keys, group = ("G",), Group.JUMP

    async def run(self, screen: PlenoScreen) -> None:
        screen.app.push_screen(ChartScreen(self.chart))


class ShowProgress(_ShowChart):
    """Grafik kemajuan: TPS yang sah per desa."""

    id, chart = "home.chart", Chart.PROGRESS


class ShowVotes(_ShowChart):
    """Grafik suara per pilihan, dari TPS yang sah."""

    id, chart = "recap.chart", Chart.VOTES


class ShowAgreement(_ShowChart):
    """Grafik kesesuaian: berapa angka tiap sumber yang sama dengan plano."""

    id, chart = "differences.chart", Chart.AGREEMENT


class _Turn(Command["ChartScreen"]):
    """Grafik lain."""

    chart: ClassVar[Chart]

    async def run(self, screen: ChartScreen) -> None:
        screen.chart = self.chart
        screen.redraw()


class TurnToProgress(_Turn):
    """Kemajuan per desa."""

    id, keys, footer, chart = "chart.progress", ("1",), "kemajuan", Chart.PROGRESS


class TurnToVotes(_Turn):
    """Suara per pilihan."""

    id, keys, footer, chart = "chart.votes", ("2",), "suara", Chart.VOTES


class TurnToAgreement(_Turn):
    """Kesesuaian sumber dengan plano."""

    id, keys, footer, chart = "chart.agreement", ("3",), "kesesuaian", Chart.AGREEMENT


class ChartScreen(PlenoScreen):
    """Bars, one to a line."""

    TITLE = "Grafik"
    PLAIN = "pleno rekap"
    ACTS: ClassVar[tuple[AnyCommand, ...]] = (TurnToProgress, TurnToVotes, TurnToAgreement)
    DEFAULT_CSS = "ChartScreen #head { height: 1; }"

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self.chart = chart

    def body(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Static("", id="head", markup=False)
            yield Grid()

    def draw(self) -> None:
        cells = self.size.width or 80
        room = max(cells - _LABEL - _NUMBERS - 3, 10)
        head = spread(f"GRAFIK  {self.chart}", contest_words(self.pleno.contest), cells)
        self.query_one("#head", Static).update(safe_text(head, "bold"))
        columns = (Column("label", "", _LABEL), Column("numbers", "", _NUMBERS, right=True), Column("bar", "", 0))
        lines = self._lines() or [ChartLine("", "belum ada angka", "", 0, 0)]
        self.grid.show([_row(line, room) for line in lines], columns)

    def _lines(self) -> list[ChartLine]:
        if self.chart is Chart.PROGRESS:
            return progress(self.pleno.day())
        if self.chart is Chart.VOTES:
            return votes(self.pleno.contest, self._recap.final)
        return agreement(self.pleno.files)

    @property
    def _recap(self) -> Recap:
        return recap_of(self.pleno.contest, list(self.pleno.session.desa.values()), self.pleno.files)

    def on_grid_moved(self) -> None:
        self.refresh_lines()

    def prompt(self) -> str:
        if self.chart is Chart.VOTES:
            recap = self._recap
            return f"hanya TPS yang SAH: {recap.settled} dari {recap.tps}; Esc kembali"
        if self.chart is Chart.AGREEMENT:
            return "dari angka yang ada di kedua sumber, yang sama; Esc kembali"
        return "TPS yang SAH dari seluruh TPS; Esc kembali"


def _row(line: ChartLine, room: int) -> GridRow:
    return GridRow(line.key, (Cell(line.label), Cell(line.numbers), Cell(bar(line.part, line.whole, room))))
