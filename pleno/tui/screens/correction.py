"""Pembetulan: one reason for each row, then the PPK member who agrees (`b` on the Meja)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from pleno.domain.entry import Reason
from pleno.domain.errors import PlenoError
from pleno.domain.figures import shown
from pleno.domain.state import Kehadiran, PembetulanKind, Person
from pleno.tui.correction_view import (
    REASONS,
    WITNESS_KEYS,
    Decision,
    Proposal,
    lower_lines,
    paper_proposal,
    upper_lines,
)
from pleno.tui.desk_view import DeskRow, DeskView
from pleno.tui.pin_typing import PinTyping
from pleno.tui.screens.dialog import Dialog, TextLine
from pleno.tui.text import packed, safe_text

if TYPE_CHECKING:
    from pleno.service.pins import Verified

_SHORTEST_NOTE = 10
_WIDTH = 74


_STANDING = "Alasan yang tadi dipilih masih berdiri; panah kiri memeriksanya."
_NOBODY = "0"
"""Chosen instead of a member: the correction waits for somebody."""
_STEPS = {"up": -1, "minus": -1, "subtract": -1, "down": 1, "plus": 1, "add": 1}


class CorrectionDialog(Dialog):
    """Keys: 1-6 the reason; Enter goes on; then who agrees, and Enter saves.

    Who agrees types a PIN: the one whose PIN was right last is asked first, arrows ask another. Whoever has none is
    chosen by number, and nobody is chosen beforehand.
    """

    DEFAULT_CSS = "CorrectionDialog Horizontal { height: 1; } CorrectionDialog .name { width: 8; }"
    AUTO_FOCUS = ""

    def __init__(
        self,
        view: DeskView,
        here: DeskRow,
        proposals: Sequence[Proposal],
        guests: Sequence[Kehadiran],
        members: Sequence[Person],
    ) -> None:
        """`here`: the row in hand, which `f` corrects on the paper itself."""
        super().__init__()
        self._view, self._proposals = view, list(proposals)
        self._here = here
        self._guests, self._members = {guest: guest.present for guest in guests}, list(members)
        self._at = 0
        self._agreeing = False
        self._chosen = ""
        self._typing = ""
        self._pin = PinTyping()

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static("", id="upper", markup=False)
            with Horizontal():
                yield Static("Catatan", classes="name", markup=False)
                yield TextLine(max_length=200, compact=True, select_on_focus=False)
            yield Static("", id="lower", markup=False)
            yield Static("", id="say", markup=False)

    def on_mount(self) -> None:
        for item in self._proposals:
            number, _bar, note = self.app.kept_text(self._purpose_of(item)).partition("|")
            item.reason, item.note = (REASONS[int(number) - 1], note) if number else (None, "")
        explained = [item.reason is not None for item in self._proposals]
        self._stand_at(explained.index(False) if False in explained else len(explained))
        self._show(_STANDING if any(explained) else "")

    @property
    def item(self) -> Proposal:
        """The row in hand."""
        return self._proposals[self._at]

    def _purpose_of(self, item: Proposal) -> str:
        file, figures = self._view.file, f"{shown(item.before)}:{shown(item.after)}"
        return f"correct:{file.contest.id}:{file.tps.code}:{item.row.row.name}:{item.source}:{figures}"

    @property
    def _note(self) -> str:
        """What is written of the note of the row in hand."""
        return self.item.note or self.app.kept_text(self._purpose_of(self.item)).rpartition("|")[2]

    def texts(self) -> Mapping[str, str]:
        """What explains each row, as "1|" or "3|coretan"; a reason that waits for its note is not yet given."""
        texts = {}
        for item in self._proposals:
            explained = item.reason is not None and (item.note or not self._needs_note(item))
            texts[self._purpose_of(item)] = f"{REASONS.index(item.reason) + 1}|{item.note}" if explained else ""
        if isinstance(self.focused, Input):
            texts[self._purpose_of(self.item)] = f"|{self.query_one(Input).value}"
        return texts

    def _show(self, said: str = "") -> None:
        title = f"PEMBETULAN  {self._at + 1} dari {len(self._proposals)}"
        self.query_one(".box").border_title = safe_text(title).plain
        upper = upper_lines(self._view, self.item, self._typing, _WIDTH)
        pin = self._pin.shown if self._asked else ""
        members = self._members if self._agreeing else None
        lower = lower_lines(self._view, self.item, self._guests, members, self._chosen, pin, _WIDTH)
        self.query_one("#upper", Static).update(safe_text("").append(_joined(upper)))
        self.query_one("#lower", Static).update(safe_text("").append(_joined(lower)))
        self.query_one("#say", Static).update(safe_text(said or self._prompt(), "bold"))

    def _prompt(self) -> str:
        if self.item.after is None:
            return "[ BATAL ] Esc    ketik angka yang benar, Enter"
        if self._asked:
            return "[ BATAL ] Esc    PIN lalu Enter [ SIMPAN ]    panah = orang lain"
        if self._agreeing:
            save = "Enter [ SIMPAN ]" if self._chosen else "pilih nomor yang menyetujui"
            return f"[ BATAL ] Esc    {save}"
        keys = ["[ BATAL ] Esc", "Enter lanjut" if self.item.reason else "1-6 alasan"]
        keys += ["f formulir keliru"] * (self.item.kind is PembetulanKind.SIREKAP)
        keys += ["panah kiri = sebelumnya"] * bool(self._at)
        return "\n".join(packed(keys, _WIDTH))

    # --- keys --------------------------------------------------------------------------------

    def keys(self, event: events.Key) -> None:
        digit = event.character if event.character is not None and event.character in "0123456789" else ""
        if event.key == "escape":
            self._back()
        elif isinstance(self.focused, Input):
            if event.key in ("enter", "tab"):
                self._take_note()
        elif self.item.after is None:
            self._take_figure(event.key, digit)
        elif event.key == "enter":
            self._go_on()
        elif event.key in ("left", "pageup", "shift+tab"):
            self._agreeing = False
            self._stand_at(self._at - 1)
            self._choose("")
        elif event.key == "f" and self._here.ditetapkan is not None:
            self._proposals, self._at, self._agreeing = [paper_proposal(self._view, self._here)], 0, False
            self._choose("")
        elif event.key in tuple(WITNESS_KEYS[: len(self._guests)]):
            self._tick(list(self._guests)[WITNESS_KEYS.index(event.key)])
        elif self._agreeing:
            self._take_person(event.key, digit)
        elif digit in tuple("123456"):
            self._take_reason(REASONS[int(digit) - 1])

    def _back(self) -> None:
        """Esc closes (UX.md section 3); what was chosen and written is kept."""
        self.keep_texts()
        self.dismiss(None)

    def _tick(self, guest: Kehadiran) -> None:
        """Whether somebody who is in the room sees this correction."""
        if guest.present:
            self._guests[guest] = not self._guests[guest]
            self._show()
        else:
            self._show(f"{guest.name} tidak tercatat hadir; catat dengan `pleno hadir`.")

    def _take_figure(self, key: str, digit: str) -> None:
        """Kind formulir: what the paper should say."""
        most = self._view.file.contest.profile.digits
        if digit and len(self._typing) < most:
            self._typing += digit
        elif key == "backspace":
            self._typing = self._typing[:-1]
        elif key == "enter" and self._typing:
            self.item.after = int(self._typing)
            self._typing = ""
            self._stand_at(self._at)
        self._show()

    def _take_reason(self, reason: Reason) -> None:
        self.item.reason = reason
        if not self._needs_note(self.item):
            self._next_row()
        else:
            self.set_focus(self.query_one(Input))
            self._show(f"Tulis catatannya, paling sedikit {_SHORTEST_NOTE} huruf, lalu Enter; Esc menutup")

    def _take_note(self) -> None:
        note = self.query_one(Input).value.strip()
        if len(note) < _SHORTEST_NOTE:
            self._show(f"Catatan baru {len(note)} huruf; paling sedikit {_SHORTEST_NOTE}.")
            return
        self.item.note = note
        self.set_focus(None)
        self._next_row()

    def _needs_note(self, item: Proposal) -> bool:
        return item.reason is not Reason.SALAH_BACA_SIREKAP or item.kind is not PembetulanKind.SIREKAP

    def _next_row(self) -> None:
        """The next row without a reason; the last one stays in view."""
        self._stand_at(self._at + 1)
        self._show()

    def _stand_at(self, place: int) -> None:
        """Take a row in hand, with its own note; the ends hold."""
        self._at = min(max(place, 0), len(self._proposals) - 1)
        self.query_one(Input).value = self._note

    def _go_on(self) -> None:
        """Enter: to whoever agrees; with a choice made there, save."""
        unexplained = [place for place, one in enumerate(self._proposals) if one.reason is None]
        if unexplained:
            self._stand_at(unexplained[0])
            self._show("Pilih dulu alasannya, 1-6.")
        elif not self._agreeing:
            self._agreeing = True
            first = self.pleno.pins.first(self._members)
            self._choose("" if first is None else str(first + 1))
        elif not self._chosen:
            self._show("Pilih nomor yang menyetujui; 0 bila belum ada orangnya.")
        elif not self._asked:
            self._end_without_pin()
        elif not self._pin.whole:
            self._show("PIN adalah 6 angka; ketik lengkap, lalu Enter.")
        else:
            self._verify()

    # --- who agrees --------------------------------------------------------------------------

    @property
    def _confirmer(self) -> str | None:
        """Id of the member who is chosen; None for nobody."""
        return self._members[int(self._chosen) - 1].id if self._chosen not in ("", _NOBODY) else None

    @property
    def _asked(self) -> bool:
        """Whether the chosen member must type a PIN."""
        return self._confirmer is not None and self.pleno.pins.needs_pin(self._confirmer)

    def _take_person(self, key: str, digit: str) -> None:
        if key in _STEPS:
            numbers = [*(str(place) for place, _one in enumerate(self._members, 1)), _NOBODY]
            now = numbers.index(self._chosen) if self._chosen else -1
            self._choose(numbers[(now + _STEPS[key]) % len(numbers)])
        elif self._asked:
            self._pin.take(key, digit)
            self._show()
        elif digit and int(digit) <= len(self._members):
            self._choose(digit)

    def _choose(self, number: str) -> None:
        self._chosen = number
        self._pin.taken()
        self._show()

    def _verify(self) -> None:
        assert self._confirmer is not None
        try:
            proof = self.pleno.pins.verify_pin(self._confirmer, self._pin.taken())
        except PlenoError as error:
            self._show(self.told(error))
        else:
            self._end(proof)

    def _end_without_pin(self) -> None:
        """Nobody agrees yet, or somebody of whom no PIN is asked."""
        try:
            if self._confirmer is not None:
                self.pleno.pins.require_pin_made(self._confirmer)
        except PlenoError as error:
            self._show(self.told(error))
        else:
            self._end(None)

    def _end(self, proof: Verified | None) -> None:
        for item in self._proposals:
            self.app.keep_text(self._purpose_of(item), "")
        seen = tuple(guest.id for guest, sees in self._guests.items() if sees)
        self.dismiss(Decision(tuple(self._proposals), self._confirmer, proof, seen))


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(safe_text(line).plain for line in lines)
