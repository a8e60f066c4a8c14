"""F3 Meja TPS: one TPS, row by row, in the order of the paper."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.timer import Timer
from textual.widgets import Static

from pleno.domain.compare import AIDS
from pleno.domain.contest import Row
from pleno.domain.entry import Entry
from pleno.domain.errors import PlenoError
from pleno.domain.figures import KOSONG, Figure, shown
from pleno.domain.rules import Severity
from pleno.tui.correction_view import proposals
from pleno.tui.desk_acts import DESK_ACTS
from pleno.tui.desk_lines import columns_for, control_line, copies_words, finding_lines, grid_rows, head_line
from pleno.tui.desk_view import DeskRow, DeskView
from pleno.tui.jump import find_tps, row_of_code
from pleno.tui.screens.ask import Ask, AskText, Option
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.screens.correction import CorrectionDialog, Decision
from pleno.tui.screens.findings import FindingsScreen
from pleno.tui.text import safe_text
from pleno.tui.widgets.grid import Grid

IDLE_SECONDS = 1.0
"""After this long without a key, digits typed and not entered are kept too."""
LONGEST_TYPING = 6
"""Digits the cell takes before it stops listening; what is too large is told at Enter."""
REASON = 10
"""Characters a reason must have."""


class DeskScreen(PlenoScreen):
    """Where the day is spent."""

    TITLE = "Meja TPS"
    MODE, MODE_KEY = "desk", "f3"
    PLAIN = "pleno banding"
    ACTS = DESK_ACTS
    CSS = """
    DeskScreen .rule, DeskScreen #head, DeskScreen #control { height: 1; }
    DeskScreen #sides { layout: vertical; height: 1fr; }
    DeskScreen #paper { height: 1fr; }
    DeskScreen #detail { height: 4; }
    DeskScreen.wide #sides { layout: horizontal; }
    DeskScreen.wide #paper { width: 1fr; height: 1fr; }
    DeskScreen.wide #detail { width: 36; height: 1fr; border-left: ascii $foreground-muted; }
    """

    tps: str = ""
    """Code of the TPS on the table."""
    view: DeskView
    wide_copies: bool = False
    """`v`: every copy in a column of its own."""
    undone: tuple[str, str] | None = None
    """Row and digits that Esc took away, for `u`."""
    accepted_at: float = 0.0
    """When `=` was last taken, in the app's own seconds."""
    _idle: Timer | None = None
    _asking: str = ""
    """ "baris" or "TPS" while line 23 asks for one."""
    _answer: str = ""

    def body(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Static("", classes="rule", id="rule", markup=False)
            yield Static("", id="head", markup=False)
            with Vertical(id="sides"):
                with Vertical(id="paper"):
                    yield Grid(entry="plano", pointer=False)
                    yield Static("", id="control", markup=False)
                yield Static("", id="detail", markup=False)

    # --- which TPS ---------------------------------------------------------------------------

    def draw(self) -> None:
        if not self.tps:
            self._begin()
        elif self.app.desk_request is not None:
            self.take_request()
        self.show_tps()

    def _begin(self) -> None:
        """The TPS asked for, else the first that is not finished."""
        if self.app.desk_request is not None:
            self.take_request()
            return
        order = self.pleno.order
        self.put_on_table(self.pleno.next_unread(order[-1]) or order[0])

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
            draft = self.pleno.draft(tps)
            self.tell(said, severity=Severity.INFO)
            if draft is not None and draft.typing:
                self.grid.put_buffer(draft.typing)
        self.refresh_lines()

    def put_on_table(self, tps: str, row: str = "") -> None:
        """Take another TPS; the paper that was there becomes an entry."""
        if self.tps and self.tps != tps:
            self.finish_paper()
        self.tps = tps
        self.undone = None
        self.show_tps()
        self.grid.go_to(row or self.view.first_unread)

    def finish_paper(self) -> None:
        """The paper on the table is put aside: what was typed becomes one entry."""
        try:
            self.pleno.finish(self.tps)
        except PlenoError as error:
            self.refuse(error)

    # --- drawing -----------------------------------------------------------------------------

    def show_tps(self) -> None:
        """Draw the TPS on the table as it stands."""
        self.view = view = self.pleno.desk(self.tps)
        cells = self.size.width or 80
        self.query_one("#rule", Static).update(safe_text("-" * cells))
        self.query_one("#head", Static).update(safe_text(head_line(view, cells), "bold"))
        self.grid.show(grid_rows(view, cells, self.wide_copies), columns_for(view, cells, self.wide_copies))
        paper = cells - 36 if self.has_class("wide") else cells
        self.query_one("#control", Static).update(control_line(view, paper, self.app.current_theme))
        detail = (36 - 2, self.size.height) if self.has_class("wide") else (cells, 3)
        self.query_one("#detail", Static).update(finding_lines(view, *detail, self.app.current_theme))

    @property
    def row(self) -> DeskRow:
        """The row under the cursor."""
        return self.view.of(self.grid.key)

    @property
    def settled(self) -> bool:
        return self.view.file.settlement is not None

    def on_grid_moved(self) -> None:
        self.refresh_lines()

    def prompt(self) -> str:
        if self._asking:
            return f"{self._asking}: {self._answer}_"
        row = self.row
        if not row.asked:
            return f"{row.row.code} {row.row.label}: tidak diisi di ruang kerja ini"
        if self.settled:
            return f"{row.row.code} {row.row.label}: {shown(row.ditetapkan)}   TPS ini SAH, r buka kembali"
        figure, origin = self.pleno.offered(self.tps, row.row.name)
        same = f", = samakan {origin} {shown(figure)}" if figure is not None else ""
        return f"{row.row.code} {row.row.label}: ketik lalu Enter{same}"

    # --- typing ------------------------------------------------------------------------------

    def take_key(self, event: events.Key) -> bool:
        if self._asking:
            self._take_answer(event)
            return True
        digit = event.character if event.character is not None and event.character in "0123456789" else ""
        if self.grid.buffer:
            self._take_typing(event.key, digit)
            return True
        if digit:
            self._start_typing(digit)
        return bool(digit)

    def _start_typing(self, digit: str) -> None:
        reason = self.why_closed()
        if reason:
            self.tell("Tidak dapat diketik", reason, "", Severity.PERINGATAN)
            return
        self.quiet()
        self._type(digit)

    def why_closed(self) -> str:
        """Why the row under the cursor takes no figure; empty when it does."""
        if self.settled:
            return "TPS ini sudah SAH; r membukanya kembali."
        if not self.row.asked:
            return f"{self.row.row.code} tidak diisi di ruang kerja latihan ini."
        return ""

    def _take_typing(self, key: str, digit: str) -> None:
        """While a value is typed only digits, Backspace, Enter, Tab and Esc act (UX.md section 3)."""
        buffer = self.grid.buffer
        if digit and len(buffer) < LONGEST_TYPING:
            self.quiet()
            self._type(buffer + digit)
        elif key == "backspace":
            self._type(buffer[:-1])
        elif key in ("enter", "tab"):
            self.enter_typed(by_group=key == "tab")
        elif key == "escape":
            self.undone = (self.row.row.name, buffer)
            self._type("")
            self._forget_typing()
            self.tell("Ketikan dibatalkan", "", f'u mengembalikan "{buffer}".')
        else:
            self.tell(f'Ketikan "{buffer}" belum disimpan', "Enter simpan, Esc batal", "", Severity.PERINGATAN)

    def _type(self, buffer: str) -> None:
        self.grid.put_buffer(buffer)
        if self._idle is not None:
            self._idle.stop()
        self._idle = self.set_timer(IDLE_SECONDS, self.keep_typing) if buffer else None

    def keep_typing(self) -> None:
        """Keep the digits typed and not entered."""
        if self.app.is_open and self.grid.buffer and not self.settled:
            self._guarded(lambda: self.pleno.keep_typing(self.tps, self.row.row, self.grid.buffer))

    def _forget_typing(self) -> None:
        """Drop digits that were kept and are not wanted."""
        draft = self.pleno.draft(self.tps)
        if draft is not None and draft.typing:
            self._guarded(lambda: self.pleno.keep_typing(self.tps, self.row.row, ""))

    def _guarded(self, act: object) -> None:
        try:
            act()  # type: ignore[operator]  # a plain function without arguments
        except PlenoError as error:
            self.refuse(error)
        self.refresh_lines()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        text = event.text[:20]
        if not self.grid.buffer and text.isascii() and text.isdigit() and len(text) <= LONGEST_TYPING:
            self._start_typing(text)
        else:
            self.tell("Bukan angka", "yang ditempel bukan satu angka 0-9.", "Ketik angkanya.", Severity.PERINGATAN)

    def enter_typed(self, by_group: bool) -> None:
        """Save what was typed, then go down; a figure that is refused stays where it is."""
        self.save(self.row.row, int(self.grid.buffer), by_group)

    def save(self, row: Row, figure: Figure, by_group: bool = False, note: str = "", accepted: bool = False) -> None:
        """Keep a figure, durably before the cursor moves."""
        before = self.pleno.changes_read_figure(self.tps, row.name, figure)
        if before is not None and not note:
            self._ask_why(row, before, figure, by_group, accepted)
            return
        try:
            if accepted:
                self.pleno.accept(self.tps, row, note)
            else:
                self.pleno.keep(self.tps, row, figure, note)
        except PlenoError as error:
            self.refuse(error)
            return
        self._type("")
        self.undone = None
        if not self.pleno.file(self.tps).unread:
            self.finish_paper()
        self.show_tps()
        if by_group:
            self.grid.group(1)
        else:
            self.grid.move(1)
        self.refresh_lines()

    def _ask_why(self, row: Row, before: Figure, figure: Figure, by_group: bool, accepted: bool) -> None:
        def answered(note: str | None) -> None:
            if note:
                self.save(row, figure, by_group, note, accepted)

        said = f"{row.code} {row.label}: dari {shown(before)} menjadi {shown(figure)}. Mengapa berubah?"
        advice = "Bila kertasnya sendiri yang keliru, pakai b pembetulan."
        purpose = f"why:{self.tps}:{row.name}"
        ask = AskText("Angka yang sudah dibaca berubah", said, purpose=purpose, least=REASON, advice=advice)
        self.app.push_screen(ask, answered)

    def accept(self) -> None:
        """`=`: one press, one row; a key that repeats by itself is not a press (UX.md section 4.5)."""
        now = self.app.seconds()
        too_fast, self.accepted_at = now - self.accepted_at < 0.12, now
        if too_fast:
            return
        figure, _origin = self.pleno.offered(self.tps, self.row.row.name)
        if figure is None:
            self.pleno.accept(self.tps, self.row.row)  # tells why there is nothing to take
        self.save(self.row.row, figure, accepted=True)

    def blank(self) -> None:
        """`x`: blank or only crossed on the paper."""
        self.save(self.row.row, KOSONG)

    # --- asking for a row or a TPS in line 23 --------------------------------------------------

    def ask(self, what: str) -> None:
        """Let line 23 ask for a "baris" or a "TPS"."""
        self._asking, self._answer = what, ""
        self.quiet()

    def _take_answer(self, event: events.Key) -> None:
        if event.key == "escape":
            self._asking = ""
        elif event.key == "backspace":
            self._answer = self._answer[:-1]
        elif event.key == "enter":
            asked, self._asking = self._asking, ""
            try:
                self._go_to_answer(asked)
            except PlenoError as error:
                self.refuse(error)
        elif event.character is not None and event.character.isprintable() and len(self._answer) < 40:
            self._answer += event.character
        self.refresh_lines()

    def _go_to_answer(self, asked: str) -> None:
        if asked == "TPS":
            self.put_on_table(find_tps(self.pleno.session, self._answer, self.tps))
            view = self.view
            dpt = view.of("pemilih_dpt_j").ditetapkan if "pemilih_dpt_j" in view.file.contest.by_name else None
            self.tell(f"TPS {view.file.tps.number:03} {view.desa}", f"DPT {shown(dpt or view.file.tps.dpt_j)}")
        elif self._answer.strip().lower() == "k":
            self.go_to_failed_check()
        else:
            self.grid.go_to(row_of_code(self.view.file.contest, self._answer).name)

    def go_to_failed_check(self) -> None:
        """The first row of the first open finding."""
        if not self.view.findings:
            self.tell("Tidak ada temuan terbuka")
        else:
            self.grid.go_to(self.view.findings[0].row)

    # --- acts on the TPS -----------------------------------------------------------------------

    def bring_back(self) -> None:
        """`u`: the digits that Esc took away, in the row they were typed in."""
        if self.undone is not None:
            row, buffer = self.undone
            self.undone = None
            self.grid.go_to(row)
            self._type(buffer)

    def neighbour(self, by: int) -> None:
        """The next TPS in reading order; the ends hold."""
        order = self.pleno.order
        place = order.index(self.tps) + by
        if 0 <= place < len(order):
            self.put_on_table(order[place])
        else:
            self.tell("Ini TPS terakhir" if by > 0 else "Ini TPS pertama")

    def go_to_difference(self, by: int) -> None:
        """The next open difference after the cursor, in this TPS or another."""
        found = self.pleno.difference_from(self.tps, self.grid.key, by)
        if found is None:
            self.tell("Tidak ada selisih terbuka", "ke arah ini.")
        else:
            self.put_on_table(found[0], found[1]) if found[0] != self.tps else self.grid.go_to(found[1])

    def copies_match(self) -> None:
        """`c`."""
        self.finish_paper()
        sources = self.pleno.copies_match(self.tps)
        self.show_tps()
        self.tell("Salinan sama", f"{copies_words(sources)} dicatat sama dengan plano.")

    def settle(self) -> None:
        """`s`: SAH, then the next TPS that is not."""
        name = f"TPS {self.view.file.tps.number:03} {self.view.desa}"
        entry = self.pleno.settle(self.tps)
        following = self.pleno.next_unread(self.tps)
        if following is None:
            self.show_tps()
            self.tell(f"{name} SAH", f"#{entry.seq}. Seluruh TPS sudah sah.")
            return
        self.put_on_table(following)
        self.tell(f"{name} SAH #{entry.seq}", f"berikut TPS {self.view.file.tps.number:03} {self.view.desa}")

    def reopen(self) -> None:
        """`r`."""

        def answered(note: str | None) -> None:
            if note:
                self.attempt(lambda: self.pleno.reopen(self.tps, note), "TPS dibuka kembali")

        said = f"TPS {self.view.file.tps.number:03} {self.view.desa}. Lembar yang sudah terbit menjadi BATAL. Mengapa?"
        ask = AskText("Buka kembali TPS yang sah", said, purpose=f"reopen:{self.tps}", least=REASON)
        self.app.push_screen(ask, answered)

    def attempt(self, act: Callable[[], object], done: str) -> None:
        """Do what a dialog asked for, and tell how it went."""
        try:
            act()
        except PlenoError as error:
            self.refuse(error)
        else:
            if done:
                self.tell(done, self.pleno.saved())
        self.show_tps()
        self.refresh_lines()

    def correct(self) -> None:
        """`b`: the row in hand, and every other row of this TPS whose Sirekap differs."""
        items = proposals(self.view, self.row, AIDS)

        def decided(decision: Decision | None) -> None:
            if decision is not None:
                self.attempt(lambda: self._save_correction(decision), "")

        members = self.pleno.confirmers(self.tps)
        self.app.push_screen(CorrectionDialog(self.view, items, self.pleno.guests(), members), decided)

    def _save_correction(self, decision: Decision) -> None:
        numbers = self.pleno.correct(self.tps, decision.proposals, decision.confirmer)
        listed = ", ".join(f"nomor {number}" for number in numbers)
        state = "disetujui" if decision.confirmer else "menunggu disetujui"
        self.tell(f"Pembetulan {state}", f"{listed}. {self.pleno.saved()}")

    def show_findings(self) -> None:
        """`i`."""
        self.app.push_screen(FindingsScreen(self.tps))

    def undo(self) -> None:
        """`z`: shown first, then taken back by a new entry."""
        if self.view.draft is not None and self.view.draft.figures:
            self.tell("Kertas ini masih draf", "belum menjadi entri.", "Ketik ulang barisnya.", Severity.PERINGATAN)
            return
        entry = self.pleno.last_reading(self.tps)
        self._take_back(entry, "Batalkan", "z", self.pleno.undo)

    def redo(self) -> None:
        """`Z`."""
        entry = self.pleno.last_undone(self.tps)
        self._take_back(entry, "Ulangi", "Z", self.pleno.redo)

    def _take_back(self, entry: Entry | None, verb: str, key: str, act: Callable[[str, str], Entry]) -> None:
        if entry is None:
            self.tell(f"Tidak ada yang dapat di{verb.lower()}", "di TPS ini.")
            return
        said = f"{len(entry.changes)} baris plano oleh {entry.actor.id}. Entri baru menyebut yang lama."

        def answered(note: str | None) -> None:
            if note is not None:
                self.attempt(lambda: act(self.tps, note), f"Entri #{entry.seq}: {verb.lower()} selesai")

        title = f"{verb} entri #{entry.seq}?"
        if self.pleno.sealed_since(entry):
            ask = AskText(title, f"{said} Sesudah segel perlu alasan.", purpose=f"undo:{entry.seq}", least=REASON)
            self.app.push_screen(ask, answered)
        else:
            self.app.push_screen(Ask(title, said, [Option(key, verb.lower(), "")]), answered)
