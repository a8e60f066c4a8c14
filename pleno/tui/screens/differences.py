"""F4 Banding: every difference of the kecamatan."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from pleno.domain.compare import AIDS
from pleno.domain.errors import PlenoError
from pleno.tui.commands import Command, Group
from pleno.tui.correction_view import Decision, proposals
from pleno.tui.desk_acts import UNTIL_SETTLED
from pleno.tui.differences_lines import DETAIL_LINES, DETAIL_WIDTH, columns_for, detail, grid_rows, head_line
from pleno.tui.differences_view import Difference, Order, Sieve, chosen, onward
from pleno.tui.errands import choose_contest
from pleno.tui.labels import code_cells
from pleno.tui.screens.ask import Ask, AskText, Option
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.screens.charts import ShowAgreement
from pleno.tui.screens.correction import CorrectionDialog
from pleno.tui.text import safe_text
from pleno.tui.widgets.grid import Grid

_NOTHING = "Tidak ada selisih di daftar ini."


class _OnLine(Command["DifferencesScreen"]):
    def reason_disabled(self, screen: DifferencesScreen) -> str | None:
        return None if screen.line is not None else _NOTHING


class OpenRow(_OnLine):
    """Buka baris ini di Meja TPS."""

    id, keys, footer = "differences.open", ("enter",), "buka"

    async def run(self, screen: DifferencesScreen) -> None:
        if screen.line is not None:
            screen.app.open_desk(screen.line.tps.code, screen.line.row.name)


class CorrectRow(_OnLine):
    """Pembetulan baris ini, dan baris lain TPS yang sama yang Sirekapnya berbeda."""

    id, keys, footer = "differences.correct", ("b",), "betulkan"

    def reason_disabled(self, screen: DifferencesScreen) -> str | None:
        line = screen.line
        if line is None:
            return _NOTHING
        if line.settled:
            return UNTIL_SETTLED
        return None if line.read else f"{line.row.code} belum dibaca dari plano; Enter membuka barisnya."

    async def run(self, screen: DifferencesScreen) -> None:
        screen.correct()


class NextOpen(_OnLine):
    """Selisih terbuka berikut di daftar ini."""

    id, keys, footer, group = "differences.next", ("n",), "berikut", Group.JUMP

    async def run(self, screen: DifferencesScreen) -> None:
        screen.go_onward(1)


class PreviousOpen(_OnLine):
    """Selisih terbuka sebelumnya di daftar ini."""

    id, keys, group = "differences.previous", ("N",), Group.JUMP

    async def run(self, screen: DifferencesScreen) -> None:
        screen.go_onward(-1)


class ChooseSieve(Command["DifferencesScreen"]):
    """Saring: yang terbuka saja, semua, satu desa, atau kontes lain."""

    id, keys, footer = "differences.filter", ("f",), "saring"

    async def run(self, screen: DifferencesScreen) -> None:
        screen.ask_sieve()


class ChooseOrder(Command["DifferencesScreen"]):
    """Urutkan menurut selisih terbesar, urutan bacaan, atau jenis."""

    id, keys, footer = "differences.order", ("o",), "urut"

    async def run(self, screen: DifferencesScreen) -> None:
        screen.order = screen.order.following
        screen.draw()


class ExportList(_OnLine):
    """Ekspor daftar ini, seperti disaring dan diurutkan, ke berkas csv di data/ekspor."""

    id, keys, footer = "differences.export", ("e",), "ekspor daftar"

    async def run(self, screen: DifferencesScreen) -> None:
        path = screen.pleno.reading.write_differences(screen.lines)
        screen.tell("Daftar ditulis", f"{len(screen.lines)} selisih di {path}")


class DifferencesScreen(PlenoScreen):
    """Every row in which readings differ; filter and place survive an edit."""

    TITLE = "Banding"
    MODE, MODE_KEY = "differences", "f4"
    PLAIN = "pleno banding"
    ACTS = (OpenRow, CorrectRow, NextOpen, ChooseSieve, ChooseOrder, ExportList, ShowAgreement, PreviousOpen)
    DEFAULT_CSS = f"""
    DifferencesScreen #head {{ height: 1; }}
    DifferencesScreen #sides {{ layout: vertical; height: 1fr; }}
    DifferencesScreen Grid {{ height: 1fr; }}
    DifferencesScreen #detail {{ height: {DETAIL_LINES}; }}
    DifferencesScreen.wide #sides {{ layout: horizontal; }}
    DifferencesScreen.wide Grid {{ width: 1fr; }}
    DifferencesScreen.wide #detail {{ width: {DETAIL_WIDTH}; height: 1fr; padding: 0 0 0 1; }}
    """

    sieve: Sieve = Sieve()
    order: Order = Order.SIZE
    lines: tuple[Difference, ...] = ()
    """What the sieve keeps, in their order."""

    def body(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Static("", id="head", markup=False)
            with Vertical(id="sides"):
                yield Grid()
                yield Static("", id="detail", markup=False)

    # --- drawing -----------------------------------------------------------------------------

    def draw(self) -> None:
        every = self.pleno.reading.differences()
        self.lines = chosen(every, self.sieve, self.order)
        cells = self.size.width or 80
        self.query_one("#head", Static).update(safe_text(head_line(every, self.sieve, self.order, cells), "bold"))
        table = cells - DETAIL_WIDTH if self.has_class("wide") else cells
        columns = columns_for(table, code_cells(self.pleno.contest))
        self.grid.show(grid_rows(self.lines, columns), columns)
        self._draw_detail()

    def _draw_detail(self) -> None:
        line, pane = self.line, self.has_class("wide")
        if line is None:
            told = safe_text("Tidak ada selisih yang cocok dengan saringan; f mengubahnya.")
        else:
            cells = DETAIL_WIDTH - 1 if pane else self.size.width or 80
            told = detail(line, self.pleno.reading.since(line), cells, self.app.current_theme, pane=pane)
        self.query_one("#detail", Static).update(told)

    @property
    def line(self) -> Difference | None:
        """The difference under the cursor."""
        return self.lines[self.grid.at] if self.grid.at < len(self.lines) else None

    def on_grid_moved(self) -> None:
        self._draw_detail()
        self.refresh_lines()

    def prompt(self) -> str:
        line = self.line
        if line is None:
            return "f saring"
        return f"{line.row.code} {line.row.label}: {line.kind}" if line.kind else f"{line.row.code} {line.row.label}"

    # --- acts --------------------------------------------------------------------------------

    def go_onward(self, by: int) -> None:
        """The next open difference of the list; the ends hold."""
        found = onward(self.lines, self.grid.at, by)
        if found is None:
            self.tell("Tidak ada selisih terbuka", "ke arah ini.")
        else:
            self.grid.go_to(found.key)

    def correct(self) -> None:
        """`b`: as on the Meja, from the list."""
        line = self.line
        if line is None:
            return
        view = self.pleno.desk(line.tps.code)
        here = view.of(line.row.name)

        def decided(decision: Decision | None) -> None:
            if decision is not None:
                self._save(line, decision)

        members = self.pleno.confirmers(line.tps.code)
        dialog = CorrectionDialog(view, here, proposals(view, here, AIDS), self.pleno.guests(), members)
        self.app.push_screen(dialog, decided)

    def _save(self, line: Difference, decision: Decision) -> None:
        try:
            self.pleno.correct(line.tps.code, decision)
        except PlenoError as error:
            self.refuse(error)
        else:
            self.tell(decision.told, self.pleno.saved())
        self.redraw()

    def ask_sieve(self) -> None:
        """`f`."""
        options = [Option("t", "terbuka", "open"), Option("s", "semua", "every"), Option("d", "desa", "desa")]
        if len(self.pleno.reading.contests) > 1:
            options.append(Option("k", self.pleno.reading.following_words, "contest"))
        said = f"Sekarang: {self.sieve.words}; kontes {self.pleno.contest.profile.name}."
        self.app.push_screen(Ask("Saring selisih", said, options), self._sieve_chosen)

    def _sieve_chosen(self, answer: str | None) -> None:
        if answer in ("open", "every"):
            self._sift(Sieve(answer == "open", self.sieve.desa, self.sieve.desa_name))
        elif answer == "desa":
            ask = AskText(
                "Saring desa", "Nama desa atau sebagian namanya; kosong = semua desa.", purpose="differences.desa"
            )
            self.app.push_screen(ask, self._desa_named)
        elif answer == "contest":
            choose_contest(self.app, self.pleno.reading.following_contest)

    def _desa_named(self, text: str | None) -> None:
        if text is None:
            return
        try:
            code, name = self.pleno.reading.find_desa(text) if text else ("", "")
        except PlenoError as error:
            self.refuse(error)
            return
        self._sift(Sieve(self.sieve.only_open, code, name))

    def _sift(self, sieve: Sieve) -> None:
        self.sieve = sieve
        self.redraw()
