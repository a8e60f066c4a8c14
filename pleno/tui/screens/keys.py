"""Who has a signing key (`k` on Segel & ekspor): making one, replacing a lost one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from pleno.domain.errors import PlenoError
from pleno.service.notes import SHORTEST
from pleno.service.typed_path import typed_path
from pleno.tui.commands import Command
from pleno.tui.keys_gateway import KeyLine, KeysGateway, MadeKey
from pleno.tui.screens.ask import AskText
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.screens.new_key import NewKeyDialog
from pleno.tui.screens.pin import PinDialog, Recognised
from pleno.tui.screens.sign import SignDialog
from pleno.tui.text import safe_text
from pleno.tui.widgets.grid import Cell, Column, Grid, GridRow

_COLUMNS: Final = (Column("name", "nama", 24), Column("role", "sebagai", 9), Column("key", "sidik kunci", 0))
_FOLDER: Final = "keys.folder"


class MakeKey(Command["KeysScreen"]):
    """Buat kunci orang ini di stiknya; sandinya ditampilkan satu kali, sidiknya dibacakan."""

    id, keys, footer = "keys.make", ("b",), "buat"

    def reason_disabled(self, screen: KeysScreen) -> str | None:
        one = screen.line
        return f"{one.name} sudah punya kunci; r menggantinya." if one is not None and one.fingerprint else None

    async def run(self, screen: KeysScreen) -> None:
        screen.make()


class ReplaceKey(Command["KeysScreen"]):
    """Ganti kunci yang hilang: anggota PPK menanggungnya dengan alasan; yang sudah ditandatangani tetap sah."""

    id, keys, footer = "keys.replace", ("r",), "ganti"

    def reason_disabled(self, screen: KeysScreen) -> str | None:
        one = screen.line
        return f"{one.name} belum punya kunci; b membuatnya." if one is not None and not one.fingerprint else None

    async def run(self, screen: KeysScreen) -> None:
        screen.replace()


class SignSeal(Command["KeysScreen"]):
    """Tanda tangani berkas segel terakhir dengan kunci orang ini; ikut di setiap salinan berikutnya."""

    id, keys, footer = "keys.sign_seal", ("t",), "teken segel"

    def reason_disabled(self, screen: KeysScreen) -> str | None:
        one = screen.line
        if one is not None and not one.fingerprint:
            return f"{one.name} belum punya kunci; b membuatnya."
        return None if screen.seal else "Belum ada segel; s di F7 membuatnya."

    async def run(self, screen: KeysScreen) -> None:
        screen.sign_seal()


class KeysScreen(PlenoScreen):
    """Everybody who may sign; the fingerprints are what a verifier trusts."""

    TITLE = "Kunci tanda tangan"
    PLAIN = "pleno kunci daftar"
    ACTS = (MakeKey, ReplaceKey, SignSeal)
    DEFAULT_CSS = "KeysScreen #head, KeysScreen #full { height: auto; }"

    def body(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Static("", id="head", markup=False)
            yield Grid(_COLUMNS)
            yield Static("", id="full", markup=False)

    def on_mount(self) -> None:
        self._gate = KeysGateway(self.pleno)
        self._lines: list[KeyLine] = []

    def draw(self) -> None:
        self._lines = self._gate.lines()
        having = sum(bool(one.fingerprint) for one in self._lines)
        head = f"KUNCI TANDA TANGAN  {having} dari {len(self._lines)} orang punya kunci"
        self.query_one("#head", Static).update(safe_text(head, "bold"))
        self.grid.show([_row(one) for one in self._lines])
        self._show_full()

    def _show_full(self) -> None:
        """The whole fingerprint of the one under the cursor, to be read aloud."""
        one = self.line
        digits = one.fingerprint if one is not None else ""
        half = len(digits) // 2
        told = f" {digits[:half].strip()}\n {digits[half:].strip()}" if digits else " Belum ada kunci.\n"
        self.query_one("#full", Static).update(safe_text("").append(told))

    def prompt(self) -> str:
        one = self.line
        if one is None:
            return "Esc kembali"
        return f"{one.name}: {'sidiknya dibacakan seperti di bawah' if one.fingerprint else 'b membuat kunci'}"

    def on_grid_moved(self) -> None:
        self._show_full()
        self.refresh_lines()

    @property
    def line(self) -> KeyLine | None:
        """Whose line the cursor stands on."""
        return next((one for one in self._lines if one.id == self.grid.key), None)

    @property
    def seal(self) -> int:
        """Number of the newest seal; 0 while there is none."""
        return self._gate.seal

    # --- acts --------------------------------------------------------------------------------

    def make(self) -> None:
        """The PIN of an owner who has one, where the key file goes, then the key."""
        one = self.line
        if one is None:
            return

        def recognised(who: Recognised | None) -> None:
            if who is not None:
                ask(who)

        def ask(who: Recognised | None = None) -> None:
            self._ask_folder(one, lambda folder: self._do(one, lambda: self._gate.make(one.id, folder, who)))

        if owner := self._gate.owner(one.id):
            said = "Kunci menandatangani atas namanya; ia sendiri yang membuatnya."
            self.app.push_screen(PinDialog(f"Buat kunci {one.name}", said, owner, one.id), recognised)
        else:
            ask()

    def sign_seal(self) -> None:
        """Key file, passphrase, and the letter of its own."""
        one = self.line
        if one is None:
            return

        def ended(written: str | None) -> None:
            if written is not None:
                self.tell(f"Segel {self.seal:02} ditandatangani", f"{one.name}: {written}", "c di F7 menyalinnya.")

        said = f"Berkas segel {self.seal:02} ditandatangani dan ikut di setiap salinan; kertas tetap jangkarnya."
        sign = SignDialog(f"{one.name} ({one.role})", said, partial(self._gate.sign_seal, one.id))
        self.app.push_screen(sign, ended)

    def replace(self) -> None:
        """Who answers for it, why, where to, then the key."""
        one = self.line
        if one is None:
            return

        def recognised(who: Recognised | None) -> None:
            if who is not None:
                self._ask_why(one, who)

        said = "Kunci lama tidak lagi dipakai; anggota PPK mana yang menanggungnya?"
        self.app.push_screen(PinDialog(f"Ganti kunci {one.name}", said, self._gate.members(one.id)), recognised)

    def _ask_why(self, one: KeyLine, who: Recognised) -> None:
        def answered(reason: str | None) -> None:
            if not reason:
                return

            def make(folder: Path) -> None:
                self._do(one, lambda: self._gate.replace(one.id, folder, reason, who.person, who.proof))

            self._ask_folder(one, make)

        ask = AskText(
            f"Ganti kunci {one.name}", "Mengapa? Tercatat di jejak:", purpose=f"keys.why.{one.id}", least=SHORTEST
        )
        self.app.push_screen(ask, answered)

    def _ask_folder(self, one: KeyLine, then: Callable[[Path], None]) -> None:
        def answered(folder: str | None) -> None:
            if not folder:
                return
            self.app.keep_text(_FOLDER, folder)
            try:
                then(typed_path(folder))
            except PlenoError as error:
                self.refuse(error)

        said = "Colok stik pemiliknya. Folder di stik itu, di luar ruang kerja:"
        self.app.push_screen(AskText(f"Kunci {one.name}", said, purpose=_FOLDER, least=1), answered)

    def _do(self, one: KeyLine, act: Callable[[], MadeKey]) -> None:
        try:
            made = act()
        except PlenoError as error:
            self.refuse(error)
            return
        finally:
            self.redraw()

        def written(_done: bool | None) -> None:
            self.tell(f"Kunci {one.name} dibuat", "bacakan sidiknya;", "set berikutnya menyebut kunci ini.")

        self.app.push_screen(NewKeyDialog(one, made), written)


def _row(one: KeyLine) -> GridRow:
    return GridRow(one.id, (Cell(one.name), Cell(one.role), Cell(one.fingerprint[:9] or "belum ada")))
