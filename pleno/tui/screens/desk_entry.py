"""Typing on the Meja: digits, `=`, `x`, and what line 23 asks for (UX.md sections 3 and 4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from textual import events
from textual.timer import Timer

from pleno.domain.contest import Row
from pleno.domain.errors import PlenoError
from pleno.domain.figures import KOSONG, Figure, addend, shown
from pleno.domain.rules import Severity
from pleno.tui.jump import find_tps, row_of_code
from pleno.tui.screens.ask import AskText
from pleno.tui.screens.desk_paper import DeskPaper

IDLE_SECONDS: Final = 1.0
"""After this long without a key, digits typed and not entered are kept too."""
REASON: Final = 10
"""Characters a reason must have."""
_LONGEST: Final = 6
"""Digits the cell takes before it stops listening; what is too large is told at Enter."""
_POINTS: Final = ("full_stop", "decimal", "comma", "separator")
_HINTS: Final = {
    "baris": "kode (IV.02, va), nomor calon, atau k = temuan; Enter, Esc",
    "TPS": "nomor, atau nama desa dan nomor; Enter, Esc",
}
"""What line 23 takes while it asks."""
_REPEAT_SECONDS: Final = 0.12
"""A `=` that follows the last one faster is a key held down, not a press."""


class DeskEntry(DeskPaper):
    """Takes figures for the row under the cursor."""

    _idle: Timer | None = None
    _accepted_at: float = float("-inf")
    _asking: str = ""
    """ "baris" or "TPS" while line 23 asks for one."""
    _answer: str = ""

    def prompt(self) -> str:
        if not self._asking:
            return super().prompt()
        return f"{self._asking}: {self._answer}_{'' if self._answer else '    ' + _HINTS[self._asking]}"

    def take_key(self, event: events.Key) -> bool:
        if self._asking:
            self._take_answer(event)
            return True
        digit = event.character if event.character is not None and event.character in "0123456789" else ""
        if typed := self.grid.buffer:
            self._take_typing(event.key, digit)
            if self.grid.buffer != typed:  # what a terminal pastes as keys is soon over: the cell is full
                self.refresh_lines()
            return True
        if digit:
            self._start_typing(digit)
            self.refresh_lines()
        return bool(digit)

    # --- a value -----------------------------------------------------------------------------

    def _start_typing(self, digits: str) -> None:
        reason = self.why_closed()
        if reason:
            self.tell("Tidak dapat diketik", reason, "", Severity.PERINGATAN)
            return
        self.quiet()
        self.type(digits)

    def _take_typing(self, key: str, digit: str) -> None:
        """While a value is typed only digits, Backspace, Enter, Tab and Esc act."""
        buffer = self.grid.buffer
        self.quiet()
        if digit:
            if len(buffer) == _LONGEST:
                return
            self.type(buffer + digit)
        elif key == "backspace":
            self.type(buffer[:-1])
        elif key in ("enter", "tab"):
            self.save(self.row.row, int(buffer), by_group=key == "tab")
        elif key == "escape":
            self.undone = (self.row.row.name, buffer)
            self.type("")
            self.tell("Ketikan dibatalkan", "", f'u mengembalikan "{buffer}".')
        else:
            self.tell(f'Ketikan "{buffer}" belum disimpan', "Enter simpan, Esc batal", "", Severity.PERINGATAN)

    def type(self, buffer: str) -> None:
        """Show what is being typed; after a second without a key it is kept."""
        self.grid.put_buffer(buffer)
        if self._idle is not None:
            self._idle.stop()
        self._idle = self.set_timer(IDLE_SECONDS, self.keep_typing) if buffer else None
        draft = self.pleno.draft(self.tps)
        if not buffer and draft is not None and draft.typing:
            self.keep_typing()

    def keep_typing(self) -> None:
        """Keep the digits typed and not entered, or that there are none any more."""
        if self.app.is_open and not self.settled:
            self.guarded(lambda: self.pleno.keep_typing(self.tps, self.row.row, self.grid.buffer), self.keep_typing)
            self.refresh_lines()

    def guarded(self, act: Callable[[], object], again: Callable[[], object] | None = None) -> bool:
        """Do something that may be refused; whether it was done. `again` tries it once more, with what follows."""
        try:
            act()
        except PlenoError as error:
            self.refuse(error, again)
            return False
        return True

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        text = event.text[: _LONGEST + 1]
        if not self.grid.buffer and text.isascii() and text.isdigit() and len(text) <= _LONGEST and not self._asking:
            self._start_typing(text)
        else:
            self.tell("Bukan angka", "yang ditempel bukan satu angka 0-9.", "Ketik angkanya.", Severity.PERINGATAN)

    def save(self, row: Row, figure: Figure, by_group: bool = False, note: str = "", accepted: bool = False) -> None:
        """Keep a figure durably, then move; what is refused stays where it is."""
        row_before = self.view.of(row.name)
        before = self.pleno.changes_read_figure(self.tps, row.name, figure)
        if before is not None and not note:
            self._ask_why(row, before, figure, by_group, accepted)
            return
        kept = self.guarded(
            lambda: (
                self.pleno.accept(self.tps, row, note) if accepted else self.pleno.keep(self.tps, row, figure, note)
            ),
            lambda: self.save(row, figure, by_group, note, accepted),
        )
        if not kept:
            return
        # What is typed is in the draft by now: the operator reads the cursor's move as a promise.
        self.type("")
        self.undone = None
        if not self.pleno.file(self.tps).unread:
            self.finish_paper()
        self.show_tps()
        if by_group:
            self.grid.group(1)
        else:
            self.step()
        if row_before.waiting and addend(row_before.plano) != addend(figure):
            told = f"berkas menulis {shown(row_before.plano)}."
            self.tell(f"{row.code} dibaca {shown(figure)}", told, "Bila salah ketik: ketik ulang di barisnya.")
        self.refresh_lines()

    def _ask_why(self, row: Row, before: Figure, figure: Figure, by_group: bool, accepted: bool) -> None:
        """A figure that an entry holds changes only with a reason."""

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
        too_fast, self._accepted_at = now - self._accepted_at < _REPEAT_SECONDS, now
        if too_fast:
            return
        row = self.row.row
        figure, _origin = self.pleno.offered(self.tps, row.name)
        self.save(row, figure, accepted=True)

    def blank(self) -> None:
        """`x`: blank or only crossed on the paper."""
        self.save(self.row.row, KOSONG)

    def bring_back(self) -> None:
        """`u`: the digits that Esc took away, in the row they were typed in."""
        if self.undone is not None:
            (row, buffer), self.undone = self.undone, None
            self.grid.go_to(row)
            self.type(buffer)

    # --- asking for a row or a TPS in line 23 --------------------------------------------------

    def ask(self, what: str) -> None:
        """Let line 23 ask for a "baris" or a "TPS"."""
        self._asking, self._answer = what, ""
        self.quiet()

    def _take_answer(self, event: events.Key) -> None:
        # The keypad's point and comma come without a character from some terminals.
        char = "." if event.key in _POINTS else event.character if event.is_printable else None
        if event.key == "escape":
            self._asking = ""
        elif event.key == "backspace":
            self._answer = self._answer[:-1]
        elif event.key == "enter":
            asked, self._asking = self._asking, ""
            self.guarded(self._go_to_tps if asked == "TPS" else self._go_to_row)
        elif char is not None and len(self._answer) < 40:
            self._answer += char
        self.refresh_lines()

    def _go_to_tps(self) -> None:
        self.put_on_table(find_tps(self.pleno.session, self._answer, self.tps))
        dpt = self.pleno.file(self.tps).ditetapkan.get("pemilih_dpt_j", self.view.file.tps.dpt_j)
        self.tell(self.name, f"DPT {shown(dpt)}")

    def _go_to_row(self) -> None:
        if self._answer.strip().lower() == "k":
            self.go_to_failed_check()
        else:
            self.grid.go_to(row_of_code(self.view.file.contest, self._answer).name)

    def go_to_failed_check(self) -> None:
        """The first row of the first open finding."""
        if self.view.findings:
            self.grid.go_to(self.view.findings[0].row)
        else:
            self.tell("Tidak ada temuan terbuka")
