"""Setting a PIN (`p` on Pengaturan): whose, proved by whom, why where it was lost, and the new one learned."""

from __future__ import annotations

from pathlib import Path

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
from pleno.tui.screens.sign import SignDialog
from pleno.tui.text import safe_text


class NewPinDialog(Dialog):
    """Shows a new PIN until its owner has learned it; answers it once it was typed under stars."""

    AUTO_FOCUS = ""

    def __init__(self, name: str, pin: str) -> None:
        super().__init__()
        self._name, self._new, self._typing = name, pin, PinTyping()
        self._hidden = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(safe_text(f"PIN baru {self._name}", "bold"))
            yield Static(safe_text("Hanya pemiliknya yang melihat layar: ia menghafal PIN ini, lalu mengetiknya."))
            yield Static("", id="typed", markup=False)
            yield Static("", id="say", markup=False)

    def on_mount(self) -> None:
        self._show()

    def _show(self, said: str = "") -> None:
        line, ways = f"PIN baru  {self._new[:3]} {self._new[3:]}", "sudah hafal: Enter"
        if self._hidden:
            line, ways = (
                f"PIN baru  {self._typing.shown}",
                "PIN 6 angka lalu Enter    Backspace = lihat lagi",
            )
        self.query_one("#typed", Static).update(safe_text(line))
        self.query_one("#say", Static).update(safe_text(said or f"[ BATAL ] Esc    {ways}", "bold"))

    def keys(self, event: events.Key) -> None:
        if event.key == "escape":
            self.dismiss(None)
        elif not self._hidden:
            self._hidden = event.key == "enter"
            self._show()
        elif event.key == "enter":
            self._compare()
        elif event.key == "backspace" and self._typing.empty:
            self._hidden = False
            self._show()
        else:
            digit = event.character if event.character is not None and event.character in "0123456789" else ""
            self._typing.take(event.key, digit)
            self._show()

    def _compare(self) -> None:
        if self._typing.taken() == self._new:
            self.dismiss(self._new)
        else:
            self._show("Bukan PIN itu; ketik ulang, atau Backspace untuk melihatnya lagi.")


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
        if who is None:
            return
        setting = PinSetting(owner.id, who.proof)
        if who.person == owner.id:
            _ask_new(screen, owner, setting)
        elif owner.role is Role.KETUA:
            _ask_second(screen, owner, setting, able)
        else:
            _ask_passphrase(screen, owner, next(one for one in able if one.id == who.person))

    by_key = [one.id for one in able if one.role is Role.KETUA and one.id != owner.id]
    said = _how_to_prove(owner, alone=len(able) == 1)
    dialog = PinDialog(f"Setel PIN {owner.name}", said, able, start=owner.id, by_key=by_key)
    screen.app.push_screen(dialog, recognised)


def _how_to_prove(owner: Person, *, alone: bool) -> str:
    old, way = f"PIN lama {owner.name}. Bila lupa", "dengan alasan; tercetak DARURAT."
    if owner.role is Role.KETUA:
        if alone:
            return f"{old}, dua anggota PPK lain menyetelnya ulang, sesudah punya PIN sendiri."
        return f"{old}, panah ke PIN lain: dua anggota PPK bersama, {way}"
    if alone:
        return f"{old}, ketua menyetelnya ulang dengan sandi kuncinya, sesudah punya kunci (F7 k)."
    return f"{old}, panah ke ketua, yang membuka kuncinya, {way}"


def _ask_passphrase(screen: PlenoScreen, owner: Person, ketua: Person) -> None:
    """The lost PIN of anybody else takes the ketua's own key."""
    proven: list[PinSetting] = []

    def open_key(key_file: Path, words: str) -> str:
        proof = screen.pleno.pins.verify_passphrase(ketua.id, key_file, words)
        proven.append(PinSetting(owner.id, proof))
        return ""

    def opened(said: str | None) -> None:
        if said is not None:
            _ask_why(screen, owner, proven[-1])

    consequence = f"PIN {owner.name} disetel ulang oleh {ketua.name}; tercetak DARURAT di lembar kejadian khusus."
    dialog = SignDialog(ketua.name, consequence, open_key, "KUNCI", "t = teruskan")
    screen.app.push_screen(dialog, opened)


def _ask_second(screen: PlenoScreen, owner: Person, setting: PinSetting, able: list[Person]) -> None:
    """The lost PIN of the ketua takes two members."""

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
        screen.app.push_screen(NewPinDialog(owner.name, screen.pleno.pins.draw_pin()), typed)


def _set(screen: PlenoScreen, owner: Person, setting: PinSetting, pin: str) -> None:
    try:
        screen.pleno.pins.set_pin(setting, pin)
    except PlenoError as error:
        screen.refuse(error, lambda: _set(screen, owner, setting, pin))
    else:
        screen.redraw()
        printed = "DARURAT, tercetak di lembar kejadian khusus." if setting.is_emergency else ""
        screen.tell(f"PIN {owner.name} disetel", f"{screen.pleno.last_entry()}.", printed)
