"""The boxes of one desa (`o` on Beranda): received, opened, broken seals, and how the Sirekap data came."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from pleno.domain.box import BoxStep, Route
from pleno.domain.compare import TpsState
from pleno.domain.errors import PlenoError
from pleno.domain.state import PlenoState
from pleno.service.boxes import Seen
from pleno.service.notes import SHORTEST
from pleno.tui import marks
from pleno.tui.boxes_gateway import BoxesGateway, BoxLine
from pleno.tui.commands import Command, Group
from pleno.tui.screens.ask import Ask, AskText, Option
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.text import safe_text, spread
from pleno.tui.widgets.grid import Cell, Column, Grid, GridRow

_COLUMNS = (
    Column("mark", "", 1),
    Column("tps", "TPS", 4),
    Column("box", "kotak", 9),
    Column("seal", "segel", 6),
    Column("route", "jalur Sirekap", 18),
    Column("note", "catatan", 0),
)


class _OnBox(Command["BoxesScreen"]):
    opens = False
    """Whether it may only be done while the meeting is open."""

    def reason_disabled(self, screen: BoxesScreen) -> str | None:
        state = screen.pleno.session.meeting.state
        allowed = (PlenoState.DIBUKA,) if self.opens else (PlenoState.PERSIAPAN, PlenoState.DIBUKA)
        return None if state in allowed else f"Rapat {state}; p di Beranda mengubahnya."


class _OnKnown(_OnBox):
    def reason_disabled(self, screen: BoxesScreen) -> str | None:
        known = screen.line is not None and screen.line.box is not None
        return super().reason_disabled(screen) if known else "Kotak ini belum tercatat diterima; t menerimanya."


class OpenBox(_OnBox):
    """Kotak TPS ini dibuka di rapat; dengan itu juga tercatat diterima."""

    id, keys, footer, opens = "boxes.open", ("o",), "buka", True

    async def run(self, screen: BoxesScreen) -> None:
        screen.note(BoxStep.DIBUKA)


class Receive(_OnBox):
    """Kotak TPS ini diterima, segel dan gemboknya utuh."""

    id, keys, footer = "boxes.receive", ("t",), "terima"

    async def run(self, screen: BoxesScreen) -> None:
        screen.note(BoxStep.DITERIMA)


class ReceiveAll(_OnBox):
    """Seluruh kotak desa ini diterima; yang sudah tercatat tetap seperti tercatat."""

    id, keys, footer = "boxes.receive_all", ("T",), "terima semua"

    async def run(self, screen: BoxesScreen) -> None:
        screen.receive_all()


class BrokenSeal(_OnBox):
    """Segel atau gembok kotak ini rusak: apa yang rusak ditulis, dan tercetak di lembar kejadian khusus."""

    id, keys, footer = "boxes.broken", ("r",), "segel rusak"

    async def run(self, screen: BoxesScreen) -> None:
        screen.ask_broken()


class ChooseRoute(_OnBox):
    """Jalur data Sirekap TPS ini: daring, luring, luring lalu daring, atau di kecamatan."""

    id, keys = "boxes.route", ("j",)

    async def run(self, screen: BoxesScreen) -> None:
        screen.ask_route()


class TakeBack(_OnKnown):
    """Batalkan catatan kotak ini karena keliru, dengan alasannya."""

    id, keys = "boxes.take_back", ("z",)

    async def run(self, screen: BoxesScreen) -> None:
        screen.ask_back()


class NextDesa(Command["BoxesScreen"]):
    """Kotak desa berikut."""

    id, keys, footer, group = "boxes.next_desa", ("right_square_bracket",), "desa berikut", Group.JUMP

    async def run(self, screen: BoxesScreen) -> None:
        screen.other_desa(1)


class PreviousDesa(Command["BoxesScreen"]):
    """Kotak desa sebelumnya."""

    id, keys, group = "boxes.previous_desa", ("left_square_bracket",), Group.JUMP

    async def run(self, screen: BoxesScreen) -> None:
        screen.other_desa(-1)


class BoxesScreen(PlenoScreen):
    """One line a TPS of one desa, one key a box."""

    TITLE = "Kotak"
    PLAIN = "pleno kotak"
    ACTS = (OpenBox, Receive, ReceiveAll, BrokenSeal, NextDesa, ChooseRoute, TakeBack, PreviousDesa)
    DEFAULT_CSS = "BoxesScreen #head { height: 1; }"

    def __init__(self, desa: str) -> None:
        """`desa`: code of the desa to begin with."""
        super().__init__()
        self._desa = desa
        self._lines: list[BoxLine] = []

    @property
    def gateway(self) -> BoxesGateway:
        return BoxesGateway(self.pleno)

    def body(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Static("", id="head", markup=False)
            yield Grid(_COLUMNS)

    def draw(self) -> None:
        self._lines = lines = self.gateway.of_desa(self._desa)
        came = [line.box for line in lines if line.box is not None]
        name = self.pleno.session.desa[self._desa].name
        count = f"diterima {len(came)}/{len(lines)}   dibuka {sum(box.opened for box in came)}/{len(lines)}"
        head = spread(f"KOTAK  DESA {name.upper()}", count, self.size.width or 80)
        self.query_one("#head", Static).update(safe_text(head, "bold"))
        self.grid.show([_row(line) for line in lines])

    def prompt(self) -> str:
        line = self.line
        if line is None:
            return "Esc kembali"
        where = f"TPS {line.tps.number:03}"
        if line.box is None:
            return f"{where}: t diterima utuh, r segel rusak, o langsung dibuka"
        if line.box.opened:
            return f"{where}: sudah dibuka{f'; {line.box.note}' if line.box.note else ''}"
        return f"{where}: o dibuka{f'; {line.box.note}' if line.box.note else ''}"

    def here(self) -> Sequence[str]:
        return (self.prompt(), "Kotak yang belum sampai dan segel yang rusak terlihat di Beranda dan di set rekap.")

    def on_grid_moved(self) -> None:
        self.refresh_lines()

    @property
    def line(self) -> BoxLine | None:
        """The box under the cursor."""
        return next((line for line in self._lines if line.tps.code == self.grid.key), None)

    # --- acts --------------------------------------------------------------------------------

    def note(self, step: BoxStep, seen: Seen | None = None, told: str = "") -> None:
        """Note the box under the cursor, and go to the next. PlenoError as the service says."""
        if self.line is not None:
            tps = self.line.tps
            self.gateway.note([tps], step, seen)
            self.redraw()
            self.grid.move(1)
            self.tell(f"Kotak TPS {tps.number:03} {told or step}", self.pleno.saved())

    def receive_all(self) -> None:
        """`T`."""
        count = self.gateway.note([line.tps for line in self._lines], BoxStep.DITERIMA)
        self.redraw()
        self.tell(f"{count} kotak diterima", self.pleno.saved())

    def ask_broken(self) -> None:
        """`r`."""
        said = "Apa yang rusak? Tercetak di lembar kejadian khusus."
        self._ask("Segel rusak", said, BoxStep.DITERIMA, "segel rusak dicatat", intact=False)

    def ask_back(self) -> None:
        """`z`."""
        said = "Mengapa keliru? Kotaknya kembali belum dicatat."
        self._ask("Batalkan catatan kotak", said, BoxStep.BATAL, "kembali belum dicatat")

    def _ask(self, title: str, said: str, step: BoxStep, done: str, intact: bool | None = None) -> None:
        line = self.line
        if line is None:
            return

        def answered(words: str | None) -> None:
            if words:
                self._do(lambda: self.note(step, Seen(intact, words), done))

        where = f"TPS {line.tps.number:03}"
        ask = AskText(f"{title}  {where}", said, purpose=f"kotak:{step}:{line.tps.code}", least=SHORTEST)
        self.app.push_screen(ask, answered)

    def ask_route(self) -> None:
        """`j`."""
        line = self.line
        if line is None:
            return
        options = [Option(str(n), route.words, route.value) for n, route in enumerate(Route, 1)]

        def answered(route: str | None) -> None:
            if route is not None:
                seen = Seen(route=Route(route))
                self._do(lambda: self.note(BoxStep.DITERIMA, seen, f"jalur {Route(route).words}"))

        said = "Bagaimana data TPS ini sampai di Sirekap?"
        self.app.push_screen(Ask(f"Jalur Sirekap  TPS {line.tps.number:03}", said, options), answered)

    def _do(self, act: Callable[[], None]) -> None:
        try:
            act()
        except PlenoError as error:
            self.refuse(error)

    def other_desa(self, by: int) -> None:
        """`[` and `]`; the ends hold."""
        order = self.gateway.desa()
        place = order.index(self._desa) + by
        if not 0 <= place < len(order):
            self.tell("Ini desa terakhir" if by > 0 else "Ini desa pertama")
            return
        self._desa = order[place]
        self.redraw()
        self.grid.go(0)


def _row(line: BoxLine) -> GridRow:
    box = line.box
    number = f"{line.tps.number:03}"
    if box is None:
        mark = marks.BELUM
        return GridRow(line.tps.code, (Cell("?", mark), Cell(number), Cell("belum", mark), *[Cell("")] * 3))
    mark = marks.TPS[TpsState.SAH if box.opened else TpsState.DIBACA]
    cells = (
        Cell(mark.symbol, mark),
        Cell(number),
        Cell("dibuka" if box.opened else "diterima", mark),
        Cell("utuh") if box.intact else Cell("RUSAK", marks.SELISIH),
        Cell(Route(box.route).words if box.route else "-"),
        Cell(box.note),
    )
    return GridRow(line.tps.code, cells)
