"""F8 Jejak: the journal, read only; a part of it in memory at a time."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.timer import Timer
from textual.widgets import Static

from pleno.domain.errors import PlenoError
from pleno.domain.rules import Severity
from pleno.tui.commands import Command, Group
from pleno.tui.journal_lines import JournalRows, columns_for, head_line
from pleno.tui.journal_sieve import ADVICE, JournalSieve, sieve_of
from pleno.tui.journal_view import JournalLine
from pleno.tui.past_gateway import PastGateway
from pleno.tui.screens.ask import AskText
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.screens.entry import EntryScreen
from pleno.tui.screens.past import BetweenScreen, PastRecapScreen
from pleno.tui.text import safe_text
from pleno.tui.widgets.grid import Grid

_PAUSE = 0.01
"""Seconds between two steps of a search, in which keys act."""
_AHEAD = 40
"""Rows loaded beyond those that are seen."""


class OpenEntry(Command["JournalScreen"]):
    """Seluruh entri: kalimatnya, sidiknya, setiap angka."""

    id, keys, footer = "journal.open", ("enter",), "rincian"

    def reason_disabled(self, screen: JournalScreen) -> str | None:
        return None if screen.grid.key else "Tidak ada entri di daftar ini."

    async def run(self, screen: JournalScreen) -> None:
        screen.app.push_screen(EntryScreen(int(screen.grid.key)))


class AskSieve(Command["JournalScreen"]):
    """Saring menurut desa, TPS, baris, pelaku, jenis, waktu; #233 melompat ke entri itu."""

    id, keys, footer = "journal.filter", ("slash", "divide"), "saring"

    async def run(self, screen: JournalScreen) -> None:
        screen.ask_sieve()


class DropSieve(Command["JournalScreen"]):
    """Tampilkan semua entri lagi."""

    id, keys, footer = "journal.all", ("s",), "semua"

    def reason_disabled(self, screen: JournalScreen) -> str | None:
        return "Semua entri sudah tampil." if screen.sieve.is_empty else None

    async def run(self, screen: JournalScreen) -> None:
        screen.sift(JournalSieve())


class PastRecap(Command["JournalScreen"]):
    """Rekap seperti keadaannya sesudah entri ini."""

    id, keys, footer = "journal.recap", ("p",), "rekap saat itu"

    def reason_disabled(self, screen: JournalScreen) -> str | None:
        return None if screen.grid.key else "Tidak ada entri di daftar ini."

    async def run(self, screen: JournalScreen) -> None:
        past, seq = PastGateway(screen.pleno), int(screen.grid.key)
        screen.app.push_screen(PastRecapScreen(past, past.recap_at(seq), seq))


class BetweenSeals(Command["JournalScreen"]):
    """Yang terjadi antara dua segel: setiap entri, dan jumlah yang berubah."""

    id, keys, footer = "journal.between", ("a",), "antara segel"

    def reason_disabled(self, screen: JournalScreen) -> str | None:
        found = len(PastGateway(screen.pleno).seals())
        return None if found > 1 else f"Baru {found} segel; perlu dua."

    async def run(self, screen: JournalScreen) -> None:
        screen.ask_seals()


class NoGroups(Command["JournalScreen"]):
    """Jejak tidak berkelompok; PgUp, PgDn, Home dan End bergerak."""

    id, keys, group, palette = "journal.groups", ("tab", "shift+tab"), Group.MOVE, False

    def reason_disabled(self, screen: JournalScreen) -> str | None:
        return "Jejak tidak berkelompok; pakai PgUp, PgDn, Home, End."


class JournalScreen(PlenoScreen):
    """Every entry, newest first."""

    TITLE = "Jejak"
    MODE, MODE_KEY = "journal", "f8"
    PLAIN = "pleno jejak"
    ACTS = (OpenEntry, AskSieve, DropSieve, PastRecap, BetweenSeals, NoGroups)
    DEFAULT_CSS = """
    JournalScreen #head { height: 1; }
    JournalScreen Grid { height: 1fr; }
    """

    sieve: JournalSieve = JournalSieve()
    rows: JournalRows | None = None
    _head: int = 0
    """Newest entry when the list was made."""
    _next: int = 0
    """Entries below this one are still to be searched; 0 once all were."""
    _timer: Timer | None = None

    def body(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Static("", id="head", markup=False)
            yield Grid()

    # --- what is listed ----------------------------------------------------------------------

    def draw(self) -> None:
        if self.app.journal_request is not None:
            self.sieve, self.rows, self.app.journal_request = self.app.journal_request, None, None
        journal = self.pleno.reading.journal
        cells = self.size.width or self.app.size.width
        stands_on = int(self.grid.key or 0) if self.rows is not None and self.grid.at else 0
        if self.rows is None or self._head != journal.head:
            self._begin()
        self._list(self._numbers, stands_on, cells)
        self._go_on()

    def _begin(self) -> None:
        """List the journal as it stands; with a sieve step by step."""
        self._head = self.pleno.reading.journal.head
        self._numbers: Sequence[int] = range(self._head, 0, -1) if self.sieve.is_empty else []
        self._next = 0 if self.sieve.is_empty else self._head + 1

    def _list(self, numbers: Sequence[int], stands_on: int, cells: int, found: Sequence[JournalLine] = ()) -> None:
        """Show entries, the cursor on one of them; 0 = the newest. `found`: lines of some that are at hand."""
        self.rows = JournalRows(numbers, self.pleno.reading.journal.lines, cells, self.rows)
        self.rows.learn(found)
        place = self.rows.place_of(stands_on) if stands_on else 0
        # Set before show, which would look for the row by its key through a whole journal.
        self.grid.rows, self.grid.at = self.rows, max(min(place, len(self.rows) - 1), 0)
        self.grid.show(self.rows, columns_for(cells))
        self._draw_head()

    def _load_seen(self) -> bool:
        """One step towards the rows on the screen and then some around them; whether there was one to take."""
        if self.rows is None:
            return False
        top = min(self.grid.scroll_offset.y, self.grid.at)
        last = max(top + (self.size.height or self.app.size.height), self.grid.at)
        return self.rows.load(top, last) or self.rows.load(top - _AHEAD, last + _AHEAD)

    def _draw_head(self) -> None:
        journal = self.pleno.reading.journal
        chain = (
            f"RUSAK mulai #{journal.broken}"
            if journal.broken
            else "utuh"
            if journal.checked >= self._head
            else f"diperiksa {journal.checked * 100 // max(self._head, 1)}%"
        )
        searching = max(self._next - 1, 0)
        head = head_line(self._head, chain, self.sieve, len(self._numbers), searching, self.size.width or 80)
        self.query_one("#head", Static).update(safe_text(head, "bold"))

    # --- what takes long goes in steps -------------------------------------------------------

    @property
    def filling(self) -> bool:
        return self._timer is not None

    def _go_on(self) -> None:
        """Search and check on in a while, as long as the screen is in front."""
        if self._timer is None:
            self._timer = self.set_timer(_PAUSE, self._step)

    def _step(self) -> None:
        self._timer = None
        if not self.app.is_open or not self.is_current:
            return
        loading = self._load_seen()
        self.grid.refresh()
        self.refresh_lines()
        if loading:
            self._go_on()
            return
        if not self._next:
            more = self._check_on()
            self._draw_head()
            if more:
                self._go_on()
            return
        if found := self._search_on():
            stands_on = int(self.grid.key or 0) if self.grid.at else 0
            self._list(self._numbers, stands_on, self.size.width or 80, found)
            self.refresh_lines()
        self._draw_head()
        self._go_on()

    def _check_on(self) -> bool:
        """One step along the chain; whether more are left."""
        journal = self.pleno.reading.journal
        was_broken = journal.broken
        more = journal.check_on()
        if journal.broken and not was_broken:
            self.tell("Jejak rusak", f"mulai entri #{journal.broken}.", "Jalankan `pleno verifikasi`.", Severity.KERAS)
        return more

    def _search_on(self) -> list[JournalLine]:
        """One step of a search; what it found."""
        journal = self.pleno.reading.journal
        try:
            found, self._next = journal.search(self.sieve, self._next)
        except PlenoError as error:
            self.refuse(error)
            found, self._next = [], 0
        self._numbers = [*self._numbers, *(line.seq for line in found)]
        return found

    # --- moving and asking -------------------------------------------------------------------

    def on_grid_moved(self) -> None:
        if self._load_seen():
            self._go_on()
        self.grid.refresh()
        self.refresh_lines()

    def prompt(self) -> str:
        if not self.grid.key:
            return "Tidak ada entri yang cocok; / saring, s semua"
        row = self.grid.row
        return f"#{self.grid.key}  {row.cells[-1].text}" if row else ""

    def ask_sieve(self) -> None:
        """`/`."""
        self.app.keep_text("journal.filter", self.sieve.words)
        ask = AskText(
            "Saring jejak", "Desa, TPS, baris, pelaku, jenis, waktu.", purpose="journal.filter", advice=ADVICE
        )
        self.app.push_screen(ask, self._asked)

    def _asked(self, text: str | None) -> None:
        if text is None:
            return
        try:
            if text.startswith("#") and text[1:].isascii() and text[1:].isdigit():
                self.go_to_entry(int(text[1:]))
            else:
                self.sift(sieve_of(text, self.pleno.reading.journal.vocabulary(self.pleno.contest)))
        except PlenoError as error:
            self.refuse(error)

    def ask_seals(self) -> None:
        """`a`."""
        past = PastGateway(self.pleno)
        newest = past.seals()[-2:]
        self.app.keep_text("journal.seals", " ".join(map(str, newest)))

        def answered(text: str | None) -> None:
            numbers = (text or "").split()
            if text is None:
                return
            if len(numbers) != 2 or not all(one.isascii() and one.isdigit() for one in numbers):
                self.tell("Segel belum jelas", f'"{text}" bukan dua nomor.', "Contoh: 1 3.", Severity.PERINGATAN)
                return
            try:
                self.app.push_screen(BetweenScreen(*past.between(*map(int, numbers))))
            except PlenoError as error:
                self.refuse(error)

        said = "Dua nomor segel, yang lama lebih dahulu:"
        self.app.push_screen(AskText("ANTARA DUA SEGEL", said, purpose="journal.seals"), answered)

    def go_to_entry(self, seq: int) -> None:
        """Put the cursor on an entry, all entries shown."""
        self.pleno.reading.journal.entry(seq)  # tells if there is none
        self.sift(JournalSieve())
        if self.rows is not None:
            self.grid.go(self.rows.place_of(seq))

    def sift(self, sieve: JournalSieve) -> None:
        """Show only what a sieve keeps; the cursor goes to the newest."""
        self.sieve, self.rows = sieve, None
        self.redraw()
