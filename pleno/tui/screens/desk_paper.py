"""The Meja as a sheet of paper: which TPS lies on the table, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from pleno.domain.errors import PlenoError
from pleno.domain.figures import shown
from pleno.domain.rules import Severity
from pleno.tui.desk_lines import (
    COPIES_FROM,
    DETAIL_WIDTH,
    columns_for,
    control_line,
    finding_lines,
    grid_rows,
    head_line,
)
from pleno.tui.desk_view import DeskRow, DeskView
from pleno.tui.marks import DRAF, SELISIH
from pleno.tui.screens.base import NOT_SAVED, PlenoScreen
from pleno.tui.text import cut, safe_text, visible, width
from pleno.tui.widgets.grid import Grid


class DeskPaper(PlenoScreen):
    """One TPS on the table, and how it is exchanged for another."""

    DEFAULT_CSS = f"""
    DeskPaper .rule, DeskPaper #head, DeskPaper #control {{ height: 1; }}
    DeskPaper #sides {{ layout: vertical; height: 1fr; }}
    DeskPaper #paper {{ height: 1fr; }}
    DeskPaper #detail {{ height: 4; }}
    DeskPaper.wide #sides {{ layout: horizontal; }}
    DeskPaper.wide #paper {{ width: 1fr; height: 1fr; }}
    DeskPaper.wide #detail {{ width: {DETAIL_WIDTH}; height: 1fr; padding: 0 0 0 1; }}
    """

    tps: str = ""
    """Code of the TPS on the table."""
    view: DeskView
    wide_copies: bool = False
    """`v`: every copy in a column of its own."""
    undone: tuple[str, str] | None = None
    """Row and digits that Esc took away, for `u`."""

    def body(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Static("", classes="rule", id="rule", markup=False)
            yield Static("", id="head", markup=False)
            with Vertical(id="sides"):
                with Vertical(id="paper"):
                    yield Grid(entry="plano", typing=DRAF, pointer=False)
                    yield Static("", id="control", markup=False)
                yield Static("", id="detail", markup=False)

    # --- which TPS ---------------------------------------------------------------------------

    def draw(self) -> None:
        if self.tps and self.tps not in self.pleno.order:
            self.tps = ""  # another contest, which is not read in that TPS
        if self.app.desk_request is not None:
            self.take_request()
        elif not self.tps:
            order = self.pleno.order
            self.put_on_table(self.pleno.next_unread(order[-1]) or order[0])
        self.show_tps()

    def take_request(self) -> None:
        """Show what another screen asked for."""
        request, self.app.desk_request = self.app.desk_request, None
        if request is None:
            return
        tps, row, said = request
        if tps != self.tps:
            self.put_on_table(tps, row)
        elif row:
            self.grid.go_to(row)
        if said:
            self.tell(said, severity=Severity.INFO)
            draft = self.pleno.draft(tps)
            if draft is not None:
                self.grid.put_buffer(draft.typing)
        self.refresh_lines()

    def put_on_table(self, tps: str, row: str = "") -> None:
        """Take another TPS; the paper that was there becomes an entry, and stays where the disk refuses that."""
        if self.tps and self.tps != tps and not self.finish_paper(lambda: self.put_on_table(tps, row)):
            return
        self.tps = tps
        self.undone = None
        self.show_tps()
        self.grid.go_to(row or self.view.first_unread)

    def finish_paper(self, again: Callable[[], object] | None = None) -> bool:
        """The paper on the table is read, or put aside: what was typed becomes one entry.

        False where the disk refused; `again` is what is tried once it has room. Where the meeting does not allow an
        entry what was typed stays a draft, and another paper may be taken.
        """
        try:
            self.pleno.finish(self.tps)
        except PlenoError as error:
            self.refuse(error, again or self.finish_paper)
            return error.title != NOT_SAVED
        return True

    # --- drawing -----------------------------------------------------------------------------

    def show_tps(self) -> None:
        """Draw the TPS on the table as it stands."""
        self.view = view = self.pleno.desk(self.tps)
        cells, theme = self.size.width or 80, self.app.current_theme
        wide = self.has_class("wide")
        paper = cells - DETAIL_WIDTH if wide else cells
        detail = (DETAIL_WIDTH - 1, max(self.size.height - 7, 3)) if wide else (cells, 3)
        self.query_one("#rule", Static).update(safe_text("-" * cells))
        self.query_one("#head", Static).update(safe_text(head_line(view, cells), "bold"))
        columns = columns_for(view, paper, self.wide_copies or cells >= COPIES_FROM)
        self.grid.show(grid_rows(view, columns), columns)
        self.query_one("#control", Static).update(control_line(view, paper, theme))
        self.query_one("#detail", Static).update(
            finding_lines(view, *detail, theme, self.pleno.copies.answers(self.tps))
        )

    @property
    def row(self) -> DeskRow:
        """The row under the cursor."""
        return self.view.of(self.grid.key)

    @property
    def settled(self) -> bool:
        return self.view.file.settlement is not None

    @property
    def name(self) -> str:
        """The TPS on the table: "TPS 004 Aren Hulu"."""
        return f"TPS {self.view.file.tps.number:03} {self.view.desa.title()}"

    def step(self, by: int = 1) -> None:
        """To the next row that is asked; rows a practice never asks are passed over."""
        place = self.grid.at + by
        while 0 <= place < len(self.view.rows) and not self.view.rows[place].asked:
            place += by
        if 0 <= place < len(self.view.rows):
            self.grid.go(place)

    def why_closed(self) -> str:
        """Why the row under the cursor takes no figure; empty when it does."""
        if self.settled:
            return "TPS ini sudah SAH; r membukanya kembali."
        if not self.row.asked:
            return f"{self.row.row.code} tidak diisi di ruang kerja latihan ini."
        return ""

    @property
    def read_otherwise(self) -> bool:
        """Whether the row under the cursor was read, with another figure than `=` would take."""
        row = self.row
        figure, _origin = self.pleno.offered(self.tps, row.row.name)
        return row.plano is not None and not row.waiting and figure not in (None, row.plano)

    def on_grid_moved(self) -> None:
        self.app.board.look_at(self.tps, self.grid.key)
        self.refresh_lines()

    def prompt(self) -> str:
        row = self.row
        todo = self._todo(row)
        room = (self.size.width or 80) - width(todo) - 2
        return f"{cut(visible(f'{row.row.code} {row.row.label}'), room)}: {todo}"

    def _todo(self, row: DeskRow) -> str:
        """What can be done at a row, in few words."""
        if not row.asked:
            return "tidak diisi di ruang kerja ini"
        if self.settled:
            return "TPS ini SAH, r buka kembali"
        if self.grid.buffer:
            return "Enter simpan, Esc batal"
        if not self.view.file.unread:
            left = len(self.view.findings)
            return f"lengkap; {left} temuan, i atau b" if left else "lengkap: s sahkan"
        if row.ditetapkan is not None:
            first = self.view.of(self.view.first_unread).row.code
            told = f"{len(self.view.file.unread)} baris belum dibaca, mulai {first}"
            return f"selisih, b betulkan; {told}" if row.mark is SELISIH else f"sudah dibaca; {told}"
        figure, origin = self.pleno.offered(self.tps, row.row.name)
        if row.hidden:
            return "ketik lalu Enter"
        if row.waiting:
            return f"%{shown(figure)} dari berkas, belum dibacakan: = terima, atau ketik"
        same = f", = samakan {origin} {shown(figure)}" if figure is not None and not self.read_otherwise else ""
        return f"ketik lalu Enter{same}"
