"""The seal: a saksi's digits, the words large, and the second word typed back from paper (`s` on Segel & ekspor)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum, auto
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from pleno.domain.errors import PlenoError
from pleno.domain.figures import thousands
from pleno.domain.state import Person
from pleno.tui.big_letters import big
from pleno.tui.closing_view import ClosingView, SealView
from pleno.tui.screens.dialog import Dialog
from pleno.tui.text import safe_text, wrapped

if TYPE_CHECKING:
    from pleno.tui.closing_gateway import Closing

_LEAST_DIGITS, _MOST_DIGITS = 4, 6
_LONGEST_WORD = 12
_WIDTH = 74


class Stage(Enum):
    """Where the dialog stands."""

    DIGITS = auto()
    WORDS = auto()
    WHO = auto()
    WORD = auto()


class SealDialog(Dialog):
    """Four steps, one after the other; Esc leaves, and a seal once made stays made.

    Nothing else can be saved while it is open. Answers the sentence that says what was done, None for nothing.
    """

    AUTO_FOCUS = ""

    def __init__(self, closing: Closing, view: ClosingView, read_back: bool = False) -> None:
        """`read_back`: begin with reading the newest seal back."""
        super().__init__()
        self._acts, self._view = closing, view
        self._members: Sequence[Person] = closing.members()
        self._seal: SealView | None = view.seal if read_back else None
        self._stage = Stage.WHO if read_back else Stage.DIGITS
        self._typed = ""
        self._by: Person | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static("", id="title", markup=False)
            yield Static("", id="text", markup=False)
            yield Static("", id="said", markup=False)
            yield Static("", id="keys", markup=False)

    def on_mount(self) -> None:
        self._show()

    # --- what it shows -----------------------------------------------------------------------

    def _show(self, said: str = "") -> None:
        title, lines, keys = _PAGES[self._stage](self)
        folded = [part for line in lines for part in (wrapped(line, _WIDTH) if len(line) > _WIDTH else [line])]
        self.query_one("#title", Static).update(safe_text(title, "bold"))
        self.query_one("#text", Static).update(safe_text("").append("\n".join(safe_text(one).plain for one in folded)))
        self.query_one("#said", Static).update(safe_text(said, "bold"))
        self.query_one("#keys", Static).update(safe_text(keys))

    def _digits_page(self) -> tuple[str, list[str], str]:
        view = self._view
        number = view.seals + 1
        return (
            f"SEGEL {number:02}",
            [
                f"Menyegel entri 1 sampai {view.entries}: {view.settled} dari {view.tps} TPS sah, "
                f"{thousands(view.votes)} suara sah.",
                f"Kepala jejak: {view.head}",
                "",
                "Minta seorang saksi menyebut 4 sampai 6 angka yang belum diketahui siapa pun.",
                "",
                f"  angka saksi: [{self._typed}_]",
                "",
            ],
            "[ BATAL ] Esc    s = segel (tidak dapat dibatalkan)",
        )

    def _words_page(self) -> tuple[str, list[str], str]:
        seal = self._made()
        first, second = seal.words.split("-")
        return (
            f"SEGEL {seal.number:02}   entri {seal.seq}   tulis kedua kata di setiap salinan",
            ["", *(f"    {line}" for line in big(first)), "", *(f"    {line}" for line in big(second)), "", seal.line],
            "Sudah di kertas: Enter, lalu kata kedua dibaca ulang.   Esc nanti saja",
        )

    def _who_page(self) -> tuple[str, list[str], str]:
        return (
            f"SEGEL {self._made().number:02}   siapa yang membaca ulang dari kertas?",
            ["", *(f"  {place} = {one.name}" for place, one in enumerate(self._members, 1)), ""],
            "Angka memilih anggota PPK.   Esc nanti saja",
        )

    def _word_page(self) -> tuple[str, list[str], str]:
        by = self._by.name if self._by else ""
        return (
            f"SEGEL {self._made().number:02}   dibaca ulang {by}",
            ["", "Ketik kata kedua seperti tertulis di kertas.", "", f"  kata kedua: [{self._typed}_]", ""],
            "Enter cocokkan.   Esc nanti saja",
        )

    def _made(self) -> SealView:
        assert self._seal is not None
        return self._seal

    # --- keys --------------------------------------------------------------------------------

    def keys(self, event: events.Key) -> None:
        letter = event.character or ""
        if event.key == "escape":
            self._leave()
        elif event.key == "backspace":
            self._typed = self._typed[:-1]
            self._show()
        elif self._stage is Stage.DIGITS:
            self._take_digit(event.key, letter)
        elif self._stage is Stage.WORDS:
            if event.key == "enter":
                self._go(Stage.WHO)
        elif self._stage is Stage.WHO:
            self._take_member(letter)
        elif event.key == "enter":
            self._read_back()
        elif letter.isascii() and letter.isalpha() and len(self._typed) < _LONGEST_WORD:
            self._typed += letter.lower()
            self._show()

    def _leave(self) -> None:
        if self._stage is Stage.DIGITS:
            self.dismiss(None)
        else:
            self.dismiss(f"Segel {self._made().number:02} tersimpan; kata kedua belum dibaca ulang, w membacanya.")

    def _go(self, stage: Stage) -> None:
        self._stage, self._typed = stage, ""
        self._show()

    def _take_digit(self, key: str, letter: str) -> None:
        if letter and letter in "0123456789":
            if len(self._typed) < _MOST_DIGITS:
                self._typed += letter
            self._show()
        elif key == "s" and len(self._typed) >= _LEAST_DIGITS:
            self._make()
        elif key in ("s", "enter"):
            enough = len(self._typed) >= _LEAST_DIGITS
            self._show("Enter tidak menyegel: tekan s." if enough else "Ketik dulu 4 sampai 6 angka dari saksi.")

    def _make(self) -> None:
        try:
            self._seal = self._acts.seal(self._typed)
        except PlenoError as error:
            self._show(self.told(error))
        else:
            self._go(Stage.WORDS)

    def _take_member(self, letter: str) -> None:
        if letter and letter in "123456789" and int(letter) <= len(self._members):
            self._by = self._members[int(letter) - 1]
            self._go(Stage.WORD)

    def _read_back(self) -> None:
        assert self._by is not None
        try:
            self._acts.read_back(self._typed, self._by.id)
        except PlenoError as error:
            self._typed = ""
            self._show(self.told(error))
        else:
            self.dismiss(f"Segel {self._made().number:02} tersimpan dan cocok dengan kertas.")


_PAGES: dict[Stage, Callable[[SealDialog], tuple[str, list[str], str]]] = {
    Stage.DIGITS: SealDialog._digits_page,
    Stage.WORDS: SealDialog._words_page,
    Stage.WHO: SealDialog._who_page,
    Stage.WORD: SealDialog._word_page,
}
