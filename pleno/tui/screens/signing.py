"""Who signs the newest determined set (`t` on Segel & ekspor): by key and passphrase, or refusing with a reason."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from pleno.domain.errors import PlenoError
from pleno.domain.state import Sheet
from pleno.service.notes import SHORTEST
from pleno.tui import marks
from pleno.tui.commands import Command
from pleno.tui.screens.ask import Ask, AskText, Option
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.screens.sign import SignDialog
from pleno.tui.signing_gateway import SignerLine, SigningGateway, SigningView
from pleno.tui.text import safe_text
from pleno.tui.widgets.grid import Cell, Column, Grid, GridRow

if TYPE_CHECKING:
    from pleno.tui.gateway import Pleno

_COLUMNS = (
    Column("name", "nama", 24),
    Column("role", "sebagai", 9),
    Column("key", "kunci", 16),
    Column("signed", "tanda tangan", 0),
)


class SignSet(Command["SigningScreen"]):
    """Tanda tangan orang ini: berkas kunci di stiknya, lalu sandinya; saksi dan Panwaslu boleh ikut."""

    id, keys, footer = "signing.sign", ("t",), "tanda tangan"

    def reason_disabled(self, screen: SigningScreen) -> str | None:
        one = screen.line
        if one is not None and one.no_key:
            made = "k di F7 membuatnya, lalu segel dan ekspor lagi."
            return f"Kunci {one.name}: {one.no_key}; {made}"
        return screen.why_not()

    async def run(self, screen: SigningScreen) -> None:
        screen.sign()


class RefuseToSign(Command["SigningScreen"]):
    """Menolak: orang ini tidak mau menandatangani; alasannya dicatat dan tercetak."""

    id, keys, footer = "signing.refuse", ("m",), "menolak"

    def reason_disabled(self, screen: SigningScreen) -> str | None:
        return screen.why_not()

    async def run(self, screen: SigningScreen) -> None:
        screen.ask_why()


class SigningScreen(PlenoScreen):
    """Everybody who may sign, with the key that the set names and what each did."""

    TITLE = "Tanda tangan"
    PLAIN = "pleno tandatangani"
    ACTS = (SignSet, RefuseToSign)
    DEFAULT_CSS = "SigningScreen #head, SigningScreen #rule { height: auto; }"

    def __init__(self, pleno: Pleno, sheet: Sheet) -> None:
        """PlenoError where the set is not there to be signed."""
        super().__init__()
        self._gate = SigningGateway(pleno, sheet)
        self.view: SigningView = self._gate.view()

    def body(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Static("", id="head", markup=False)
            yield Grid(_COLUMNS)
            yield Static("", id="rule", markup=False)

    def draw(self) -> None:
        view = self.view
        head = f"TANDA TANGAN  set {view.number:02} {view.status}   {view.folder}"
        self.query_one("#head", Static).update(safe_text(head, "bold"))
        self.grid.show([_row(line) for line in view.lines])
        rule = f" Masih kurang {view.missing}." if view.missing else " Syarat tanda tangan terpenuhi."
        legal = " Ini bukan tanda tangan BSrE; tanda tangan basah di D.HASIL tetap yang berlaku."
        self.query_one("#rule", Static).update(safe_text(rule, "bold").append(f"\n{legal}"))

    def prompt(self) -> str:
        one = self.line
        if one is None:
            return "Esc kembali"
        told = f"menolak: {one.refused}" if one.refused else "sudah menandatangani" if one.signed else "belum"
        return f"{one.name}: {told}"

    def on_grid_moved(self) -> None:
        self.refresh_lines()

    @property
    def line(self) -> SignerLine | None:
        """Whose line the cursor stands on."""
        return next((one for one in self.view.lines if one.id == self.grid.key), None)

    def why_not(self) -> str | None:
        """Why the one under the cursor can neither sign nor refuse."""
        one = self.line
        if one is None:
            return "Belum ada yang boleh menandatangani."
        return f"{one.name} sudah menandatangani set ini." if one.signed else self.view.closed or None

    # --- acts --------------------------------------------------------------------------------

    def sign(self) -> None:
        """Key file, passphrase, and the letter of its own."""
        one = self.line
        assert one is not None

        def ended(missing: str | None) -> None:
            self._look()
            if missing is not None:
                left = f"masih kurang {missing}." if missing else "set ini DITANDATANGANI."
                self.tell(f"{one.name} menandatangani", left)

        view = self.view
        missing = f"masih kurang {view.missing}" if view.missing else "syarat sudah terpenuhi"
        consequence = (
            f"Set {view.number:02} {view.status} ditandatangani dengan kunci {one.key} ...; sebelum ini {missing}. "
            "Set yang ditandatangani tidak dapat diubah; perbaikan berarti set baru."
        )
        sign = SignDialog(f"{one.name} ({one.role})", consequence, partial(self._gate.sign, one.id))
        self.app.push_screen(sign, ended)

    def ask_why(self) -> None:
        """The reason of a refusal."""
        one = self.line
        assert one is not None

        def answered(reason: str | None) -> None:
            if reason:
                self._ask_to_refuse(one, reason)

        ask = AskText(
            f"{one.name} menolak menandatangani",
            "Alasannya, seperti dikatakan di rapat; tercetak di lembar kejadian khusus.",
            purpose=f"signing.refuse.{one.id}",
            least=SHORTEST,
        )
        self.app.push_screen(ask, answered)

    def _ask_to_refuse(self, one: SignerLine, reason: str) -> None:
        def answered(sure: str | None) -> None:
            if sure is None:
                self.app.keep_text(f"signing.refuse.{one.id}", reason)
                return
            try:
                self._gate.refuse(one.id, reason)
            except PlenoError as error:
                self.refuse(error)
            else:
                self._look()
                self.tell("Penolakan tercatat", f"{one.name}: {reason}")

        said = f'{one.name} ({one.role}), set {self.view.number:02}: "{reason}". Tetap tercatat di jejak.'
        self.app.push_screen(Ask("CATAT PENOLAKAN", said, [Option("m", "catat penolakan", "m")]), answered)

    def _look(self) -> None:
        """See what the journal and the folder say."""
        try:
            self.view = self._gate.view()
        except PlenoError as error:
            self.refuse(error)
        self.redraw()


def _row(one: SignerLine) -> GridRow:
    told = f"sudah {one.signed}" if one.signed else f"MENOLAK: {one.refused}" if one.refused else one.here or "belum"
    mark = marks.SELISIH if one.refused else None
    key = one.key or one.no_key
    return GridRow(one.id, (Cell(one.name), Cell(one.role), Cell(key), Cell(told, mark)))
