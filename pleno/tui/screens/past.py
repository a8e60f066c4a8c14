"""Jejak looking back: the recap after one entry (`p`), and everything between two seals (`a`); read only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from pleno.domain.recap import Recap
from pleno.tui.commands import Command, Group
from pleno.tui.recap_lines import FIXED, below_lines, columns_for, grid_rows, head_line
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.text import safe_text, wrapped
from pleno.tui.widgets.grid import Cell, Column, Grid, GridRow

if TYPE_CHECKING:
    from pleno.tui.past_gateway import PastGateway, PastLine


class PastProvisional(Command["PastRecapScreen"]):
    """Tampilkan angka sementara semua TPS waktu itu, atau kembali hanya yang SAH."""

    id, keys, footer = "past.provisional", ("t",), "sementara"

    async def run(self, screen: PastRecapScreen) -> None:
        screen.provisional = not screen.provisional
        screen.draw()


class PastPage(Command["PastRecapScreen"]):
    """Halaman berikut; sesudah yang terakhir kembali ke yang pertama."""

    id, keys, footer, group = "past.page", ("pagedown",), "halaman", Group.JUMP

    def reason_disabled(self, screen: PastRecapScreen) -> str | None:
        return None if screen.pages > 1 else "Hanya satu halaman."

    async def run(self, screen: PastRecapScreen) -> None:
        screen.page = (screen.page + 1) % screen.pages
        screen.draw()


class PastRecapScreen(PlenoScreen):
    """The sheet of the kecamatan as it was after an entry."""

    TITLE = "Rekap waktu itu"
    PLAIN = "pleno jejak --pada"
    ACTS = (PastProvisional, PastPage)
    DEFAULT_CSS = """
    PastRecapScreen #head { height: 2; }
    PastRecapScreen Grid { height: 1fr; }
    PastRecapScreen #below { height: 4; }
    """

    def __init__(self, past: PastGateway, recap: Recap, seq: int) -> None:
        super().__init__()
        self._past, self._recap, self._seq = past, recap, seq
        self.provisional = False
        self.page, self.pages = 0, 1

    def body(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Static("", id="head", markup=False)
            yield Grid(fixed=FIXED)
            yield Static("", id="below", markup=False)

    def draw(self) -> None:
        view = self._past.sheet(self._recap, self.page, provisional=self.provisional)
        self.page, self.pages = view.page, view.pages
        cells = self.size.width or 80
        kecamatan = str(self.pleno.session.meeting.names["kecamatan"])
        said = f"SEPERTI SESUDAH ENTRI #{self._seq}, bukan keadaan sekarang\n{head_line(view, kecamatan, cells)}"
        self.query_one("#head", Static).update(safe_text("", "bold").append(said))
        self.grid.show(grid_rows(view), columns_for(view, cells))
        lines = below_lines(view, self.grid.key, cells)
        self.query_one("#below", Static).update(safe_text("").append("\n".join(lines)))

    def on_grid_moved(self) -> None:
        self.redraw()

    def prompt(self) -> str:
        return "hanya dibaca; Esc kembali ke jejak"


class BetweenScreen(PlenoScreen):
    """Every entry between two seals, and the sums they moved."""

    TITLE = "Antara dua segel"
    PLAIN = "pleno jejak --antara"
    DEFAULT_CSS = "BetweenScreen #head { height: auto; }"

    def __init__(self, head: str, lines: Sequence[PastLine]) -> None:
        super().__init__()
        self._head, self._lines = head, lines

    def body(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Static("", id="head", markup=False)
            yield Grid([Column("no", "no", 6, right=True), Column("at", "waktu", 8), Column("text", "isi", 0)])

    def draw(self) -> None:
        self.query_one("#head", Static).update(safe_text(self._head, "bold"))
        room = max((self.size.width or 80) - 18, 20)
        rows: list[GridRow] = []
        for place, line in enumerate(self._lines):
            for part, text in enumerate(wrapped(line.text, room)):
                first = (Cell(line.number), Cell(line.at)) if part == 0 else (Cell(), Cell())
                rows.append(GridRow(f"{place}.{part}", (*first, Cell(text)), group=str(place)))
        self.grid.show(rows)

    def prompt(self) -> str:
        return "hanya dibaca; Tab entri berikut, Esc kembali ke jejak"
