"""Setting a PIN (`p` on Pengaturan): whose, by whose PIN, why where it was lost, and the new one typed twice."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from pleno.domain.entry import Role
from pleno.domain.errors import PlenoError
from pleno.domain.pin import PinNeeded
from pleno.domain.state import Person
from pleno.service.notes import SHORTEST
from pleno.tui.pin_gateway import PinSetting
from pleno.tui.pin_typing import PinTyping
from pleno.tui.screens.ask import AskText
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.screens.dialog import Dialog
from pleno.tui.screens.pin import PinDialog, Recognised
from pleno.tui.text import safe_text


class NewPinDialog(Dialog):
    """Answers a new PIN typed twice; one that is guessed at once is refused before it is typed again."""

    AUTO_FOCUS = ""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name, self._pin, self._new = name, PinTyping(), ""

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(safe_text(f"PIN baru {self._name}", "bold"))
            yield Static(safe_text("6 angka yang tidak dilihat orang lain; bukan tanggal atau angka berurutan."))
            yield Static("", id="typed", markup=False)
            yield Static("", id="say", markup=False)

    def on_mount(self) -> None:
        self._show()

    def _show(self, said: str = "") -> None:
        lines = [f"PIN baru  {self._pin.shown}"]
        ways = "PIN 6 angka lalu Enter"
        if self._new:
            lines = [f"PIN baru  [{'*' * len(self._new)}]", f"ulangi    {self._pin.shown}"]
            ways = "PIN yang sama lalu Enter"
        self.query_one("#typed", Static).update(safe_text("").append("\n".join(lines)))
        self.query_one("#say", Static).update(safe_text(said or f"[ BATAL ] Esc    {ways}", "bold"))

    def keys(self, event: events.Key) -> None:
        if event.key == "escape":
            self.dismiss(None)
        elif event.key == "enter":
            self._go_on()
        else:
            digit = event.character if event.character is not None and event.character in "0123456789" else ""
            self._pin.take(event.key, digit)
            self._show()

    def _go_on(self) -> None:
        if not self._pin.whole:
            self._show("PIN adalah 6 angka; ketik lengkap, lalu Enter.")
        elif not self._new:
            self._take(self._pin.taken())
        elif self._pin.taken() == self._new:
            self.dismiss(self._new)
        else:
            self._new = ""
            self._show("Kedua ketikan berbeda; ketik PIN baru dari awal.")

    def _take(self, pin: str) -> None:
        try:
            self.pleno.pins.require_good(pin)
        except PlenoError as error:
            self._show(self.told(error))
        else:
            self._new = pin
            self._show()


def set_pin(screen: PlenoScreen) -> None:
    """Ask step by step; nothing is set unless every question was answered."""
    people = {one.id: one for one in screen.pleno.config.officers}

    def chosen(who: Recognised | None) -> None:
        if who is not None:
            _ask_proof(screen, people[who.person])

    with_one = [one.name for one in people.values() if screen.pleno.pins.needs_pin(one.id)]
    said = f"Sudah punya PIN: {', '.join(with_one) or 'belum seorang pun'}."
    ask = PinDialog("PIN siapa yang disetel?", said, list(people.values()), screen.pleno.by, by_pin=False)
    screen.app.push_screen(ask, chosen)


def _ask_proof(screen: PlenoScreen, owner: Person) -> None:
    """The first PIN is free; another one takes the old one, a lost one that of others."""
    try:
        screen.pleno.pins.require_settable(PinSetting(owner.id))
    except PinNeeded:
        able = screen.pleno.pins.provers(owner)
    except PlenoError as error:
        screen.refuse(error)
        return
    else:
        _ask_new(screen, owner, PinSetting(owner.id))
        return

    def recognised(who: Recognised | None) -> None:
        if who is not None:
            setting = PinSetting(owner.id, who.proof)
            _ask_second(screen, owner, setting, able) if setting.is_emergency else _ask_new(screen, owner, setting)

    dialog = PinDialog(f"Setel PIN {owner.name}", _how_to_prove(owner, alone=len(able) == 1), able, start=owner.id)
    screen.app.push_screen(dialog, recognised)


def _how_to_prove(owner: Person, *, alone: bool) -> str:
    of_ketua = owner.role is Role.KETUA
    if alone:
        who = "dua anggota PPK lain" if of_ketua else "ketua"
        return f"PIN lama {owner.name}. Bila lupa, {who} menyetelnya ulang, sesudah punya PIN sendiri."
    who = "dua anggota PPK bersama" if of_ketua else "ketua"
    return f"PIN lama {owner.name}. Bila lupa, panah ke PIN lain: {who}, dengan alasan; tercetak DARURAT."


def _ask_second(screen: PlenoScreen, owner: Person, setting: PinSetting, able: list[Person]) -> None:
    """The lost PIN of the ketua takes two members."""
    if owner.role is not Role.KETUA:
        _ask_why(screen, owner, setting)
        return

    def recognised(who: Recognised | None) -> None:
        if who is not None:
            _ask_why(screen, owner, setting._replace(second=who.proof))

    others = [one for one in able if one.id not in (owner.id, setting.by)]
    said = "PIN anggota PPK kedua: PIN ketua yang hilang disetel dua anggota bersama-sama."
    screen.app.push_screen(PinDialog(f"Setel PIN {owner.name}", said, others), recognised)


def _ask_why(screen: PlenoScreen, owner: Person, setting: PinSetting) -> None:
    def written(note: str | None) -> None:
        if note is not None:
            _ask_new(screen, owner, setting._replace(reason=note))

    said = f"Mengapa PIN {owner.name} disetel orang lain? Tercetak di lembar kejadian khusus."
    ask = AskText("Alasan penyetelan PIN", said, purpose=f"pin-why:{owner.id}", least=SHORTEST)
    screen.app.push_screen(ask, written)


def _ask_new(screen: PlenoScreen, owner: Person, setting: PinSetting) -> None:
    """The new PIN, once it is sure that it may be set."""

    def typed(pin: str | None) -> None:
        if pin is not None:
            _set(screen, owner, setting, pin)

    try:
        screen.pleno.pins.require_settable(setting)
    except PlenoError as error:
        screen.refuse(error)
    else:
        screen.app.push_screen(NewPinDialog(owner.name), typed)


def _set(screen: PlenoScreen, owner: Person, setting: PinSetting, pin: str) -> None:
    try:
        screen.pleno.pins.set_pin(setting, pin)
    except PlenoError as error:
        screen.refuse(error, lambda: _set(screen, owner, setting, pin))
    else:
        screen.redraw()
        printed = "DARURAT, tercetak di lembar kejadian khusus." if setting.is_emergency else ""
        screen.tell(f"PIN {owner.name} disetel", f"{screen.pleno.last_entry()}.", printed)
