"""F5 Keberatan & kejadian khusus: the sheet of the contest, and what the room makes of each line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from pleno.domain.errors import PlenoError
from pleno.domain.keberatan import KeberatanState
from pleno.domain.pin import PinNeeded
from pleno.tui.commands import Command
from pleno.tui.keberatan_gateway import KeberatanGateway
from pleno.tui.keberatan_lines import (
    DETAIL_LINES,
    DETAIL_WIDTH,
    columns_for,
    detail,
    fact_rows,
    full,
    grid_rows,
    head_line,
)
from pleno.tui.keberatan_view import Raised, SheetLine, SheetView
from pleno.tui.screens.ask import Ask, AskText, Option
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.screens.keberatan_dialog import KeberatanDialog
from pleno.tui.screens.pin import PinDialog, Recognised
from pleno.tui.text import safe_text
from pleno.tui.widgets.grid import Column, Grid

_REASON = 10


class AddLine(Command["KeberatanScreen"]):
    """Tambah keberatan atau kejadian khusus; TPS, pengaju, baris dan uraiannya ditanyakan."""

    id, keys, footer = "keberatan.add", ("t",), "tambah"

    async def run(self, screen: KeberatanScreen) -> None:
        screen.add()


class _OnLine(Command["KeberatanScreen"]):
    def reason_disabled(self, screen: KeberatanScreen) -> str | None:
        return None if screen.line is not None else "Belum ada yang dicatat di lembar ini."


class OpenLine(_OnLine):
    """Rincian baris ini: seluruh uraian dan penyelesaiannya."""

    id, keys, footer = "keberatan.open", ("enter",), "rincian"

    async def run(self, screen: KeberatanScreen) -> None:
        if screen.line is not None:
            screen.app.push_screen(KeberatanDetail(screen.line))


class _Answer(_OnLine):
    outcome: ClassVar[KeberatanState]

    def reason_disabled(self, screen: KeberatanScreen) -> str | None:
        line = screen.line
        if line is not None and not line.item.stands:
            return f"Nomor {line.item.seq} sudah dibatalkan."
        return super().reason_disabled(screen)

    async def run(self, screen: KeberatanScreen) -> None:
        screen.answer(self.outcome)


class AnswerAccepted(_Answer):
    """Diterima: kertasnya dibetulkan atau dihitung ulang, dan tercatat sebagai kejadian khusus."""

    id, keys, footer, outcome = "keberatan.accept", ("1",), "diterima", KeberatanState.DITERIMA


class AnswerRefused(_Answer):
    """Tidak diterima: tercatat sebagai keberatan saksi, ditandatangani pengajunya."""

    id, keys, outcome = "keberatan.refuse", ("2",), KeberatanState.TIDAK_DITERIMA


class AnswerPassedOn(_Answer):
    """Diteruskan ke rapat pleno kabupaten/kota."""

    id, keys, outcome = "keberatan.pass_on", ("3",), KeberatanState.DITERUSKAN


class SheetNihil(Command["KeberatanScreen"]):
    """NIHIL untuk seluruh lembar kontes ini; hanya bila tidak ada yang tercatat."""

    id, keys, footer = "keberatan.nihil", ("0",), "NIHIL"

    async def run(self, screen: KeberatanScreen) -> None:
        screen.take(Raised(None, None))


class WithdrawLine(_Answer):
    """Cabut baris yang ditarik pengajunya atau salah catat; tetap tercetak sebagai dibatalkan."""

    id, keys, outcome = "keberatan.withdraw", ("z",), KeberatanState.DIBATALKAN


class KeberatanScreen(PlenoScreen):
    """One sheet for each contest, the newest line first."""

    TITLE = "Keberatan"
    MODE, MODE_KEY = "keberatan", "f5"
    PLAIN = "pleno keberatan"
    WIDE = 120
    ACTS = (AddLine, OpenLine, AnswerAccepted, SheetNihil, AnswerRefused, AnswerPassedOn, WithdrawLine)
    DEFAULT_CSS = f"""
    KeberatanScreen #head {{ height: 1; }}
    KeberatanScreen #sides {{ layout: vertical; height: 1fr; }}
    KeberatanScreen Grid {{ height: 1fr; }}
    KeberatanScreen #detail {{ height: {DETAIL_LINES}; }}
    KeberatanScreen.wide #sides {{ layout: horizontal; }}
    KeberatanScreen.wide Grid {{ width: 1fr; }}
    KeberatanScreen.wide #detail {{ width: {DETAIL_WIDTH}; height: 1fr; padding: 0 0 0 1; }}
    """

    view: SheetView | None = None

    @property
    def gateway(self) -> KeberatanGateway:
        """The sheet and its acts."""
        return KeberatanGateway(self.pleno)

    def body(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Static("", id="head", markup=False)
            with Vertical(id="sides"):
                yield Grid()
                yield Static("", id="detail", markup=False)

    def on_mount(self) -> None:
        # Before the first layout, as on Banding.
        self.set_class(self.app.size.width >= self.WIDE, "wide")

    # --- drawing -----------------------------------------------------------------------------

    def draw(self) -> None:
        self.view = view = self.gateway.view()
        cells = self.size.width or 80
        self.query_one("#head", Static).update(safe_text(head_line(view, cells), "bold"))
        table = cells - DETAIL_WIDTH if self.has_class("wide") else cells
        self.grid.show(grid_rows(view, table), columns_for(table))
        self._draw_detail()

    def _draw_detail(self) -> None:
        line, pane = self.line, self.has_class("wide")
        cells = DETAIL_WIDTH - 1 if pane else self.size.width or 80
        told = detail(line, cells, pane=pane) if line else ["t menambah; 0 NIHIL bila tidak ada."]
        self.query_one("#detail", Static).update(safe_text("").append("\n".join(told)))

    @property
    def line(self) -> SheetLine | None:
        """The line under the cursor."""
        lines = self.view.lines if self.view else ()
        return next((line for line in lines if str(line.item.seq) == self.grid.key), None)

    def on_grid_moved(self) -> None:
        self._draw_detail()
        self.refresh_lines()

    def prompt(self) -> str:
        return f"no {self.line.item.seq}: {self.line.item.note}" if self.line else "t tambah, 0 NIHIL"

    # --- acts --------------------------------------------------------------------------------

    def add(self) -> None:
        """`t`."""

        def answered(raised: Raised | None) -> None:
            if raised is not None:
                self.take(raised)

        self.app.push_screen(KeberatanDialog(self.gateway), answered)

    def take(self, raised: Raised) -> None:
        """Note what the dialog gathered, or NIHIL."""
        if self._do(lambda: self.gateway.take(raised), "NIHIL dicatat" if raised.kind is None else "Tercatat"):
            self.grid.go(0)

    def answer(self, outcome: KeberatanState) -> None:
        """`1` to `3`, and `z`: who answers for it, then the words."""
        line = self.line
        if line is None:
            return
        options = [Option(str(n), one.name, one.id) for n, one in enumerate(self.gateway.members(), 1)]

        def chosen(by: str | None) -> None:
            if by:
                self._ask_words(line, outcome, by)

        title = f"No {line.item.seq} {outcome.words}: siapa anggota PPK yang menyatakan?"
        self.app.push_screen(Ask(title, line.item.note, options), chosen)

    def _ask_words(self, line: SheetLine, outcome: KeberatanState, by: str) -> None:
        def written(words: str | None) -> None:
            if words:
                self._conclude(line, outcome, words, Recognised(by, None))

        purpose = f"keberatan:{line.item.seq}:{outcome}"
        said = f"{line.item.note}. Mengapa {outcome.words}? Tertulis di lembar."
        self.app.push_screen(AskText("Penyelesaian", said, purpose=purpose, least=_REASON), written)

    def _conclude(self, line: SheetLine, outcome: KeberatanState, words: str, who: Recognised) -> None:
        """With the PIN of whoever has one, asked when everything else stands well."""

        def recognised(shown: Recognised | None) -> None:
            if shown is not None:
                self._conclude(line, outcome, words, shown)

        title = f"No {line.item.seq} {outcome.words}"
        try:
            self._do(lambda: self.gateway.conclude(line.item, outcome, words, who.person, who.proof), title)
        except PinNeeded:
            member = [one for one in self.gateway.members() if one.id == who.person]
            self.app.push_screen(PinDialog(title, words, member), recognised)

    def _do(self, act: Callable[[], object], done: str) -> bool:
        """Do what was asked for and tell how it went; whether it was done. PinNeeded where it waits for one."""
        try:
            act()
        except PinNeeded:
            raise
        except PlenoError as error:
            self.refuse(error)
            return False
        finally:
            self.redraw()
        self.tell(done, self.pleno.saved())
        return True


class KeberatanDetail(PlenoScreen):
    """One line of the sheet in full."""

    TITLE = "Rincian keberatan"
    PLAIN = "pleno keberatan"

    def __init__(self, line: SheetLine) -> None:
        super().__init__()
        self._line = line

    def body(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Grid([Column("name", "", 9), Column("text", "RINCIAN", 0)])

    def draw(self) -> None:
        self.grid.show(fact_rows(full(self._line), max((self.size.width or 80) - 12, 20)))

    def here(self) -> Sequence[str]:
        return (self._line.item.note,)

    def prompt(self) -> str:
        return f"no {self._line.item.seq}   Esc kembali"
