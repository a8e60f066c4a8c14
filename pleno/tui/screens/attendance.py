"""The attendance list (`a` on Beranda): who is in the room for whom, with which mandate, since when."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from pleno.domain.errors import PlenoError
from pleno.domain.state import PlenoState
from pleno.tui import marks
from pleno.tui.attendance_gateway import AttendanceGateway, Seat
from pleno.tui.commands import Command
from pleno.tui.screens.ask import AskText
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.text import safe_text, spread
from pleno.tui.widgets.grid import Cell, Column, Grid, GridRow

_COLUMNS = (
    Column("mark", "", 1),
    Column("name", "nama", 20),
    Column("stands", "mewakili", 0),
    Column("mandate", "surat mandat", 13),
    Column("times", "hadir pukul", 19),
)
_LONGEST = 60
"""Cells of a name or a mandate number."""


class _OnSeat(Command["AttendanceScreen"]):
    def reason_disabled(self, screen: AttendanceScreen) -> str | None:
        state = screen.pleno.session.meeting.state
        if state not in (PlenoState.PERSIAPAN, PlenoState.DIBUKA):
            return f"Rapat {state}; p di Beranda mengubahnya."
        return None if screen.seat is not None else "Pilih satu baris."


class Come(_OnSeat):
    """Hadir: orang di baris ini datang; di baris kosong nama dan surat mandatnya ditanyakan."""

    id, keys, footer = "attendance.come", ("h",), "hadir"

    async def run(self, screen: AttendanceScreen) -> None:
        screen.come()


class Go(_OnSeat):
    """Pulang: orang di baris ini meninggalkan rapat."""

    id, keys, footer = "attendance.go", ("p",), "pulang"

    def reason_disabled(self, screen: AttendanceScreen) -> str | None:
        seat = screen.seat
        here = seat is not None and seat.who is not None and seat.who.present
        return super().reason_disabled(screen) if here else "Yang di baris ini tidak tercatat hadir."

    async def run(self, screen: AttendanceScreen) -> None:
        screen.go()


class _OnGuest(_OnSeat):
    def reason_disabled(self, screen: AttendanceScreen) -> str | None:
        if screen.seat is not None and screen.seat.is_officer:
            return "Petugas PPK berasal dari pleno.toml."
        return super().reason_disabled(screen)


class Another(_OnGuest):
    """Orang lain yang mewakili peserta yang sama, misalnya saksi pengganti."""

    id, keys, footer = "attendance.another", ("t",), "tambah orang"

    async def run(self, screen: AttendanceScreen) -> None:
        screen.ask_name()


class Mandate(_OnGuest):
    """Nomor surat mandat orang di baris ini."""

    id, keys, footer = "attendance.mandate", ("m",), "mandat"

    def reason_disabled(self, screen: AttendanceScreen) -> str | None:
        nobody = screen.seat is None or screen.seat.who is None
        return "Belum ada orang di baris ini; h mencatatnya." if nobody else super().reason_disabled(screen)

    async def run(self, screen: AttendanceScreen) -> None:
        screen.ask_mandate()


class AttendanceScreen(PlenoScreen):
    """The PPK, a place for each contestant's saksi, and the Panwaslu."""

    TITLE = "Daftar hadir"
    PLAIN = "pleno petugas"
    ACTS = (Come, Go, Another, Mandate)
    DEFAULT_CSS = "AttendanceScreen #head { height: 1; }"

    _seats: Sequence[Seat] = ()

    @property
    def gateway(self) -> AttendanceGateway:
        return AttendanceGateway(self.pleno)

    def body(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Static("", id="head", markup=False)
            yield Grid(_COLUMNS)

    def draw(self) -> None:
        self._seats = self.gateway.seats()
        here = [seat for seat in self._seats if seat.who is not None and seat.who.present]
        saksi = len({seat.stands_for for seat in here if seat.stands_for.isdigit()})
        of = len({seat.stands_for for seat in self._seats if seat.stands_for.isdigit()})
        ppk = sum(seat.is_officer for seat in here)
        count = f"hadir: PPK {ppk}, saksi {saksi} dari {of} peserta, Panwaslu {len(here) - ppk - _guests(here)}"
        self.query_one("#head", Static).update(safe_text(spread("DAFTAR HADIR", count, self.size.width or 80), "bold"))
        self.grid.show([self._row(seat) for seat in self._seats])

    def _row(self, seat: Seat) -> GridRow:
        who = seat.who
        name = who.name if who is not None else self.gateway.officer_name(seat)
        here = who is not None and who.present
        mark = marks.COCOK if here else marks.BELUM if who is None else marks.TIDAK_ADA
        symbol = "v" if here else "." if who is None else "-"
        cells = (
            Cell(symbol, mark),
            Cell(name or "belum ada", None if name else marks.BELUM),
            Cell(seat.words),
            Cell(who.mandate or "-" if who is not None and not seat.is_officer else ""),
            Cell(seat.times),
        )
        return GridRow(seat.key, cells)

    def prompt(self) -> str:
        seat = self.seat
        if seat is None:
            return "Esc kembali"
        if seat.who is None:
            return (
                f"{self._called(seat)}, {seat.words}: h hadir"
                if seat.is_officer
                else f"{seat.words}: belum ada; h lalu nama dan mandat"
            )
        left = "p pulang" if seat.who.present else "tidak di ruangan; h hadir lagi"
        return f"{seat.who.name}, {seat.words}: {left}"

    def on_grid_moved(self) -> None:
        self.refresh_lines()

    @property
    def seat(self) -> Seat | None:
        """The line under the cursor."""
        return next((seat for seat in self._seats if seat.key == self.grid.key), None)

    # --- acts --------------------------------------------------------------------------------

    def come(self) -> None:
        """`h`."""
        seat = self.seat
        if seat is not None and seat.who is None and not seat.is_officer:
            self.ask_name()
        elif seat is not None:
            self._do(lambda: self.gateway.come(seat, True), f"{self._called(seat)} hadir")

    def go(self) -> None:
        """`p`."""
        seat = self.seat
        if seat is not None:
            self._do(lambda: self.gateway.come(seat, False), f"{self._called(seat)} pulang")

    def ask_name(self) -> None:
        """A new name for the line, then the mandate."""
        seat = self.seat
        if seat is None:
            return

        def named(name: str | None) -> None:
            if name:
                self._ask_number(f"Surat mandat {name}", f"hadir:mandat:{seat.stands_for}", lambda n: added(name, n))

        def added(name: str, mandate: str) -> None:
            self._do(lambda: self.gateway.add(seat, name, mandate), f"{name} hadir")

        ask = AskText(f"Nama  {seat.words}", "Nama lengkap menurut surat mandat:", purpose=f"hadir:{seat.stands_for}",
                      least=2)  # fmt: skip
        self.app.push_screen(ask, named)

    def ask_mandate(self) -> None:
        """`m`."""
        seat = self.seat
        if seat is not None:
            done = f"Surat mandat {self._called(seat)} dicatat"
            self._ask_number(
                f"Surat mandat {self._called(seat)}", f"mandat:{seat.key}",
                lambda number: self._do(lambda: self.gateway.mandate(seat, number), done),
            )  # fmt: skip

    def _ask_number(self, title: str, purpose: str, go_on: Callable[[str], None]) -> None:
        def answered(number: str | None) -> None:
            if number is not None:
                go_on(number)

        self.app.push_screen(AskText(title, "Nomor surat mandat; kosong bila tidak ada:", purpose=purpose), answered)

    def _called(self, seat: Seat) -> str:
        return seat.who.name if seat.who is not None else self.gateway.officer_name(seat)

    def _do(self, act: Callable[[], None], done: str) -> None:
        """Do what was asked for, go to the next line, and tell how it went."""
        before = self.grid.at
        try:
            act()
        except PlenoError as error:
            self.refuse(error)
            return
        self.redraw()
        self.grid.go(before + 1)
        self.tell(done, self.pleno.saved())


def _guests(here: Sequence[Seat]) -> int:
    """How many of them are saksi."""
    return sum(seat.stands_for.isdigit() for seat in here)
