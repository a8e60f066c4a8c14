"""One person and a PIN: who settles a TPS where a PIN is set for it, who takes the keys, whose PIN is set."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from pleno.domain.errors import PlenoError
from pleno.domain.state import Person
from pleno.tui.pin_typing import PinTyping
from pleno.tui.screens.dialog import Dialog
from pleno.tui.text import packed, safe_text

if TYPE_CHECKING:
    from pleno.service.pins import Verified

_WIDTH = 74


class Recognised(NamedTuple):
    """What the dialog ends with."""

    person: str
    proof: Verified | None
    """None for somebody who has no PIN."""


class PinDialog(Dialog):
    """Keys: arrows choose the person, digits are the PIN, Enter; where the chosen one has no PIN a digit chooses."""

    AUTO_FOCUS = ""

    def __init__(
        self, title: str, text: str, people: Sequence[Person], start: str | None = None, by_pin: bool = True,
        by_key: Collection[str] = (),
    ) -> None:  # fmt: skip
        """`people`: at least one; `start` (left out: whose PIN was right last) is chosen first.

        `by_pin` False: somebody is only named, and nobody is asked for a PIN. `by_key`: ids of those who are
        recognised afterwards, by their key.
        """
        super().__init__()
        self._start, self._by_pin, self._by_key = start, by_pin, by_key
        self._title, self._text, self._people = title, text, list(people)
        self._place: int | None = None
        self._pin = PinTyping()

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(safe_text(self._title, "bold"))
            yield Static(safe_text(self._text))
            yield Static("", id="people", markup=False)
            yield Static("", id="say", markup=False)

    def on_mount(self) -> None:
        named = (place for place, one in enumerate(self._people) if one.id == self._start)
        self._place = next(named, self.pleno.pins.first(self._people))
        self._show()

    @property
    def _asked(self) -> bool:
        """Whether the chosen one must type a PIN."""
        if self._place is None or not self._by_pin:
            return False
        chosen = self._people[self._place].id
        return chosen not in self._by_key and self.pleno.pins.needs_pin(chosen)

    def _show(self, said: str = "") -> None:
        listed = [f"{n} {one.name}" for n, one in enumerate(self._people, 1)]
        marked = [f"[{one}]" if place == self._place else one for place, one in enumerate(listed)]
        lines = [safe_text(line).plain for line in packed(marked, _WIDTH)]
        if self._asked and self._place is not None:
            lines.append(safe_text(f"PIN {self._people[self._place].name}  {self._pin.shown}").plain)
        self.query_one("#people", Static).update(safe_text("").append("\n".join(lines)))
        self.query_one("#say", Static).update(safe_text(said or self._prompt(), "bold"))

    def _prompt(self) -> str:
        if self._asked:
            return "[ BATAL ] Esc    PIN 6 angka lalu Enter    panah = orang lain"
        return "[ BATAL ] Esc    " + (
            "Enter lanjut    panah = orang lain" if self._place is not None else "pilih nomor"
        )

    def keys(self, event: events.Key) -> None:
        digit = event.character if event.character is not None and event.character in "0123456789" else ""
        if event.key == "escape":
            self.dismiss(None)
        elif event.key == "enter":
            self._go_on()
        elif event.key in ("up", "down"):
            self._choose(((self._place or 0) + (-1 if event.key == "up" else 1)) % len(self._people))
        elif self._asked:
            self._pin.take(event.key, digit)
            self._show()
        elif digit and 1 <= int(digit) <= len(self._people):
            self._choose(int(digit) - 1)

    def _choose(self, place: int) -> None:
        self._place = place
        self._pin.taken()
        self._show()

    def _go_on(self) -> None:
        if self._place is None:
            self._show("Pilih dulu nomornya.")
        elif not self._asked:
            self.dismiss(Recognised(self._people[self._place].id, None))
        elif not self._pin.whole:
            self._show("PIN adalah 6 angka; ketik lengkap, lalu Enter.")
        else:
            person = self._people[self._place].id
            try:
                proof = self.pleno.pins.verify_pin(person, self._pin.taken())
            except PlenoError as error:
                self._show(self.told(error))
            else:
                self.dismiss(Recognised(person, proof))
