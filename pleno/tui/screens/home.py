"""F2 Beranda: the day at a glance."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from pleno.domain.compare import TpsState
from pleno.domain.entry import Role
from pleno.domain.errors import PlenoError
from pleno.domain.figures import thousands
from pleno.domain.state import PlenoState
from pleno.domain.words import ranges
from pleno.tui import marks
from pleno.tui.backup_gateway import BackupGateway
from pleno.tui.boxes_gateway import BoxesGateway, BoxView
from pleno.tui.charts import bar
from pleno.tui.commands import Command, Group
from pleno.tui.day_view import DayView, DesaLine, Tally
from pleno.tui.jump import find_tps
from pleno.tui.keberatan_gateway import KeberatanGateway
from pleno.tui.labels import desa_in
from pleno.tui.meeting_gateway import MeetingGateway
from pleno.tui.screens.ask import AskText
from pleno.tui.screens.attendance import AttendanceScreen
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.screens.boxes import BoxesScreen
from pleno.tui.screens.charts import ShowProgress
from pleno.tui.screens.intake import OpenIntake
from pleno.tui.screens.meeting import change_meeting
from pleno.tui.screens.tasks import ShowTasks
from pleno.tui.text import cut, listed, packed, safe_text, spread, visible
from pleno.tui.widgets.grid import Cell, Column, Grid, GridRow

_COLUMNS = (
    Column("no", "", 2, right=True),
    Column("desa", "desa", 0),
    Column("tps", "TPS", 4, right=True),
    Column("sah", "v sah", 6, right=True),
    Column("beda", "! beda", 6, right=True),
    Column("dibaca", "> dibaca", 8, right=True),
    Column("belum", "? belum", 7, right=True),
    Column("sirekap", "Sirekap", 9, right=True),
    Column("boxes", "kotak", 9, right=True),
)
_FACT = 12
"""Cells before what is told of the day."""
_BAR = Column("bar", "kemajuan", 18)


class OpenDesa(Command["HomeScreen"]):
    """Buka TPS pertama desa ini yang belum sah."""

    id, keys, footer = "home.open", ("enter",), "buka"

    def reason_disabled(self, screen: HomeScreen) -> str | None:
        return None if screen.line is not None else "Pilih satu desa."

    async def run(self, screen: HomeScreen) -> None:
        if screen.line is not None:
            screen.app.open_desk(screen.line.first)


class ChooseTps(Command["HomeScreen"]):
    """Pilih TPS: nomornya di desa ini, atau nama desa dan nomornya."""

    id, keys, footer, group = "home.choose_tps", ("slash", "divide"), "pilih TPS", Group.JUMP

    async def run(self, screen: HomeScreen) -> None:
        screen.choose_tps()


class ChangeMeeting(Command["HomeScreen"]):
    """Rapat: buka, skors, lanjutkan atau tutup; dicatat di jejak atas nama ketua atau anggota PPK."""

    id, keys = "home.meeting", ("p",)

    async def run(self, screen: HomeScreen) -> None:
        change_meeting(screen)


class OpenBoxes(Command["HomeScreen"]):
    """Kotak TPS desa ini: diterima, dibuka, segel rusak, jalur data Sirekap."""

    id, keys = "home.boxes", ("o",)

    async def run(self, screen: HomeScreen) -> None:
        first = screen.view.desa[0] if screen.view and screen.view.desa else None
        line = screen.line or first
        if line is not None:
            screen.app.push_screen(BoxesScreen(line.desa.code))


class OpenAttendance(Command["HomeScreen"]):
    """Daftar hadir: PPK, saksi dengan surat mandatnya, dan Panwaslu; datang dan pulang."""

    id, keys = "home.attendance", ("a",)

    async def run(self, screen: HomeScreen) -> None:
        screen.app.push_screen(AttendanceScreen())


class HomeScreen(PlenoScreen):
    """Every desa with what is left of it, and whether the order can still change."""

    TITLE = "Beranda"
    MODE, MODE_KEY = "home", "f2"
    PLAIN = "pleno rekap"
    ACTS = (OpenDesa, ChooseTps, OpenIntake, ChangeMeeting, OpenBoxes, OpenAttendance, ShowProgress, ShowTasks)
    SHOWS_MODES = True
    DEFAULT_CSS = """
    HomeScreen #head, HomeScreen #facts { height: auto; }
    HomeScreen Grid { height: 1fr; }
    """

    view: DayView | None = None
    _boxes: BoxView | None = None

    def body(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Static("", id="head", markup=False)
            yield Grid(_COLUMNS)
            yield Static("", id="facts", markup=False)

    @property
    def line(self) -> DesaLine | None:
        """The desa under the cursor."""
        lines = self.view.desa if self.view else ()
        return next((line for line in lines if line.desa.code == self.grid.key), None)

    def draw(self) -> None:
        self.view = view = self.pleno.day()
        self._boxes = boxes = BoxesGateway(self.pleno).view()
        cells = self.size.width
        self.query_one("#head", Static).update(safe_text(self._head(cells), "bold"))
        lines = [_row(n, line, boxes.opened[line.desa.code]) for n, line in enumerate(view.desa, 1)]
        columns = (*_COLUMNS, _BAR) if cells >= self.WIDE else _COLUMNS
        self.grid.show([*lines, _total(view.total, boxes.opened.total())], columns)
        self.query_one("#facts", Static).update(safe_text("").append("\n".join(self._facts(view, cells))))

    def prompt(self) -> str:
        state = self.pleno.session.meeting.state
        if state is PlenoState.PERSIAPAN:
            return "rapat persiapan: o kotak diterima, a daftar hadir, p membukanya"
        if state is not PlenoState.DIBUKA:
            return f"rapat {state}: p {'melanjutkannya' if state is PlenoState.DISKORS else 'membukanya'}"
        if self.line is None:
            return "panah atas: pilih desa, Enter membuka TPS-nya; / pilih TPS"
        keys = f"Enter TPS berikut, / pilih; o kotak, a hadir, p rapat{', t tugas' * self.pleno.session.practice}"
        return f"{cut(visible(self.line.desa.name), (self.size.width or 80) - len(keys) - 2)}: {keys}"

    def on_grid_moved(self) -> None:
        self.refresh_lines()

    def choose_tps(self) -> None:
        """`/`."""
        near = self.line or (self.view.desa[0] if self.view else None)

        def answered(text: str | None) -> None:
            if text and near is not None:
                try:
                    self.app.open_desk(find_tps(self.pleno.session, text, near.first))
                except PlenoError as error:
                    self.refuse(error)

        said = f"Nomor TPS di {near.desa.name.title() if near else 'desa ini'}, atau nama desa dan nomor: harapan 8"
        self.app.push_screen(AskText("TPS mana?", said, purpose="home.tps"), answered)

    def _head(self, cells: int) -> str:
        ketua = next(one.name for one in self.pleno.config.officers if one.role is Role.KETUA)
        state = MeetingGateway(self.pleno).state
        return spread(f"BERANDA    {state}    ketua: {ketua}", str(self.pleno.contest.profile.name), cells)

    def _facts(self, view: DayView, cells: int) -> list[str]:
        total = view.total
        still = KeberatanGateway(self.pleno).still
        unsettled = [f"{total.open_rows} selisih F4", f"{total.recounts} hitung ulang"]
        unsettled += [f"{view.waiting} pembetulan menunggu F3"] * bool(view.waiting)
        unsettled += [f"{still} kejadian/keberatan F5"] * bool(still)
        lines = [
            f" {bar(total.sah, total.tps, 22)} {total.sah} dari {total.tps} TPS    "
            f"{thousands(view.settled_votes)} suara di TPS yang sah",
            *_headed(" TERBUKA", packed(unsettled, cells - _FACT)),
        ]
        lines[1:1] = self._missing(view, cells)
        if late := BackupGateway(self.pleno).overdue():
            lines.insert(0, f" CADANGAN   {late}; F7 lalu c menyalin basis data")
        return [cut(visible(line), cells) for line in [*lines, *_margin_lines(view)]]

    def _missing(self, view: DayView, cells: int) -> list[str]:
        """BELUM ADA: boxes and Sirekap data; and the ways by which these came, where somebody noted one."""
        boxes = self._boxes
        found: list[tuple[str, Sequence[tuple[str, Sequence[int]]]]] = [("Sirekap", view.without_sirekap)]
        if boxes is not None:
            found.insert(0, ("kotak", boxes.missing))
        lines: list[str] = []
        for what, places in found:
            head = f" {'' if lines else 'BELUM ADA':<9}  {what}: "
            missing = [f"{desa_in(name.title(), 12)} {ranges(numbers)}" for name, numbers in places]
            lines += [head + listed(missing, "desa", cells - len(head))] if missing else []
        return [*lines, f" JALUR      {boxes.route_words}"] if boxes is not None and boxes.routes else lines


def _headed(head: str, lines: Sequence[str]) -> list[str]:
    """Lines under one another, the first behind its heading."""
    return [f"{head if place == 0 else '':<{_FACT}}{line}" for place, line in enumerate(lines)]


def _margin_lines(view: DayView) -> list[str]:
    found = view.margin
    if found is None:
        return [" JARAK      belum ada suara"]
    told = "urutan TIDAK DAPAT BERUBAH" if found.certain else "urutan BELUM PASTI: tunggu seluruh TPS sah"
    told = f"{view.total.left} TPS belum sah; {told}" if view.total.left else told
    provisional = " sementara" * bool(view.total.left)
    return [
        f" JARAK      {found.leader:02}-{found.runner_up:02} = {thousands(found.gap)}{provisional}   "
        f"terbuka paling banyak {thousands(found.most)}",
        f"            {told}",
    ]


def _row(number: int, line: DesaLine, opened: int) -> GridRow:
    return GridRow(line.desa.code, (Cell(str(number)), Cell(line.desa.name), *_counts(line.tally, opened)))


def _total(tally: Tally, opened: int) -> GridRow:
    return GridRow("jumlah", (Cell(""), Cell("JUMLAH"), *_counts(tally, opened)), marks.TPS[TpsState.SAH])


def _counts(tally: Tally, opened: int) -> tuple[Cell, ...]:
    beda = Cell(_dot(tally.beda), marks.SELISIH if tally.beda else None)
    return (
        Cell(str(tally.tps)),
        Cell(_dot(tally.sah)),
        beda,
        Cell(_dot(tally.dibaca)),
        Cell(_dot(tally.belum)),
        Cell(f"{tally.sirekap}/{tally.tps}"),
        Cell(f"{opened}/{tally.tps}"),
        Cell(bar(tally.sah, tally.tps, _BAR.width)),
    )


def _dot(number: int) -> str:
    """A zero is a dot, so that what is left stands out."""
    return str(number) if number else "."
