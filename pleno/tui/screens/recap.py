"""F6 Rekap: the sheets of the desa and of the kecamatan, paged as they print."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from pleno.tui.commands import Command, Group
from pleno.tui.recap_lines import FIXED, KONTROL, STATE, below_lines, columns_for, control_words, grid_rows, head_line
from pleno.tui.recap_view import RecapSheet
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.screens.charts import ShowVotes
from pleno.tui.text import safe_text
from pleno.tui.widgets.grid import Grid


class NextDesa(Command["RecapScreen"]):
    """Lembar desa berikut; kolomnya TPS."""

    id, keys, footer = "recap.desa", ("d",), "desa"

    def reason_disabled(self, screen: RecapScreen) -> str | None:
        return None if screen.neighbour(1) else "Ini desa terakhir; k kecamatan, D desa sebelumnya."

    async def run(self, screen: RecapScreen) -> None:
        screen.show_sheet(screen.neighbour(1))


class Kecamatan(Command["RecapScreen"]):
    """Lembar kecamatan; kolomnya desa."""

    id, keys, footer = "recap.kecamatan", ("k",), "kecamatan"

    def reason_disabled(self, screen: RecapScreen) -> str | None:
        return None if screen.desa else "Ini sudah lembar kecamatan."

    async def run(self, screen: RecapScreen) -> None:
        screen.show_sheet("")


class PreviousDesa(Command["RecapScreen"]):
    """Lembar desa sebelumnya."""

    id, keys = "recap.previous_desa", ("D",)

    def reason_disabled(self, screen: RecapScreen) -> str | None:
        return None if screen.neighbour(-1) else "Tidak ada desa sebelumnya."

    async def run(self, screen: RecapScreen) -> None:
        screen.show_sheet(screen.neighbour(-1))


class NextPage(Command["RecapScreen"]):
    """Halaman berikut lembar ini, seperti dicetak."""

    id, keys, footer, group = "recap.next_page", ("pagedown",), "halaman", Group.JUMP

    def reason_disabled(self, screen: RecapScreen) -> str | None:
        if screen.view is None or screen.view.page + 1 < screen.view.pages:
            return None
        return f"Ini halaman terakhir dari {screen.view.pages}."

    async def run(self, screen: RecapScreen) -> None:
        screen.turn(1)


class PreviousPage(Command["RecapScreen"]):
    """Halaman sebelumnya lembar ini."""

    id, keys, group = "recap.previous_page", ("pageup",), Group.JUMP

    def reason_disabled(self, screen: RecapScreen) -> str | None:
        return "Ini halaman pertama." if screen.page == 0 else None

    async def run(self, screen: RecapScreen) -> None:
        screen.turn(-1)


class Provisional(Command["RecapScreen"]):
    """Tampilkan angka sementara semua TPS, atau kembali hanya yang SAH."""

    id, keys, footer = "recap.provisional", ("t",), "sementara"

    async def run(self, screen: RecapScreen) -> None:
        screen.provisional = not screen.provisional
        screen.draw()


class RecapScreen(PlenoScreen):
    """Sums computed from what is SAH; what is provisional is shown apart, and says so."""

    TITLE = "Rekap"
    MODE, MODE_KEY = "recap", "f6"
    PLAIN = "pleno rekap"
    ACTS = (NextDesa, Kecamatan, NextPage, Provisional, ShowVotes, PreviousDesa, PreviousPage)
    DEFAULT_CSS = """
    RecapScreen #head { height: 1; }
    RecapScreen Grid { height: 1fr; }
    RecapScreen #below { height: auto; }
    """

    desa: str = ""
    """Code of the desa whose sheet is shown; empty = the kecamatan."""
    page: int = 0
    provisional: bool = False
    view: RecapSheet | None = None

    def body(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Static("", id="head", markup=False)
            yield Grid(fixed=FIXED)
            yield Static("", id="below", markup=False)

    # --- which sheet -------------------------------------------------------------------------

    def neighbour(self, by: int) -> str:
        """Code of the next (1) or previous (-1) desa sheet; empty beyond the ends."""
        every = self.pleno.reading.sheets()
        place = every.index(self.desa) + by if self.desa in every else (0 if by > 0 else -1)
        return every[place] if 0 <= place < len(every) else ""

    def show_sheet(self, desa: str) -> None:
        """Show the first page of another sheet; the cursor stays on its row."""
        self.desa, self.page = desa, 0
        self.draw()

    def turn(self, by: int) -> None:
        """Another page of this sheet."""
        self.page += by
        self.draw()

    # --- drawing -----------------------------------------------------------------------------

    def draw(self) -> None:
        if self.desa not in ("", *self.pleno.reading.sheets()):
            self.desa = ""  # another contest is shown, which is not read in this desa
        self.view = view = self.pleno.reading.recap(self.desa, self.page, provisional=self.provisional)
        self.page = view.page
        cells = self.size.width or 80
        kecamatan = str(self.pleno.session.meeting.names["kecamatan"])
        self.query_one("#head", Static).update(safe_text(head_line(view, kecamatan, cells), "bold"))
        self.grid.show(grid_rows(view), columns_for(view, cells))
        self._draw_below()

    def _draw_below(self) -> None:
        if self.view is not None:
            lines = below_lines(self.view, self.grid.key, self.size.width or 80)
            self.query_one("#below", Static).update(safe_text("").append("\n".join(lines)))

    def on_grid_moved(self) -> None:
        self._draw_below()
        self.refresh_lines()

    def prompt(self) -> str:
        view, key = self.view, self.grid.key
        if view is None:
            return ""
        if key == KONTROL:
            return control_words(view)
        if key == STATE:
            return "keadaan setiap kolom; hanya TPS yang SAH dihitung, t angka sementara"
        row = view.contest.by_name[key]
        return f"{row.code} {row.label}"
