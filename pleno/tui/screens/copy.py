"""One saksi's copy: read aloud, only the rows that differ from the plano are typed (`w` on the Meja)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from pleno.domain.contest import Contest
from pleno.domain.errors import PlenoError
from pleno.domain.figures import Figure, Source, shown
from pleno.tui.copy_view import differing_rows
from pleno.tui.screens.dialog import Dialog, TextLine
from pleno.tui.text import packed, safe_text, wrapped

_WIDTH = 74


class Copy(NamedTuple):
    """What the dialog ends with."""

    source: Source
    differing: dict[str, Figure]
    """Canonical row to what the copy says there; every other row is the plano's."""
    absent: bool = False
    """Its holder was not there when this TPS was read; then nothing differs."""


class CopyDialog(Dialog):
    """Keys: a number chooses whose copy; then the rows that differ and Enter twice, or Tab for a holder who is away."""

    AUTO_FOCUS = ""

    def __init__(self, name: str, tps: str, contest: Contest, people: Sequence[tuple[Source, str]]) -> None:
        """`name`: of the TPS, for people; `people`: each copy in the room with the name of who holds it."""
        super().__init__()
        self._title, self._tps = f"SALINAN SATU SAKSI  {name}", tps
        self._contest, self._people = contest, list(people)
        self._copy: Copy | None = None
        self._place: int | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(safe_text(self._title, "bold"))
            yield Static("", id="people", markup=False)
            yield TextLine(max_length=400, compact=True, select_on_focus=False)
            yield Static("", id="say", markup=False)

    def on_mount(self) -> None:
        if self._many:
            self.set_focus(self.query_one(Input))
        self._show(f"[ BATAL ] Esc    {'ketik nomor lalu Enter' if self._many else 'pilih nomor'}: salinan siapa?")

    def _show(self, said: str) -> None:
        named = [f"{n} {name}" for n, (_source, name) in enumerate(self._people, 1)]
        marked = [f"[{name}]" if place == self._place else name for place, name in enumerate(named)]
        self.query_one("#people", Static).update(safe_text("").append("\n".join(packed(marked, _WIDTH))))
        self.query_one("#say", Static).update(safe_text("").append("\n".join(wrapped(said, _WIDTH)), "bold"))

    def _purpose(self, place: int) -> str:
        return f"copy:{self._contest.id}:{self._tps}:{self._people[place][0]}"

    def texts(self) -> Mapping[str, str]:
        return {} if self._place is None else {self._purpose(self._place): self.query_one(Input).value}

    def keys(self, event: events.Key) -> None:
        char = event.character or ""
        if event.key == "escape":
            self.keep_texts()
            self.dismiss(None)
        elif event.key == "enter" and self._place is not None:
            self._take()
        elif event.key == "enter" and self._many:
            self._choose_typed(self.query_one(Input).value)
        elif event.key == "tab" and self._place is not None:
            self.dismiss(Copy(self._people[self._place][0], {}, absent=True))
        elif self._place is None and char.isascii() and char.isdigit() and 1 <= int(char) <= len(self._people):
            self._choose(int(char) - 1)

    @property
    def _many(self) -> bool:
        """Whether there are more people than digits, so that a number is typed."""
        return len(self._people) > len("123456789")

    def _choose_typed(self, text: str) -> None:
        if text.isascii() and text.isdigit() and 1 <= int(text) <= len(self._people):
            self._choose(int(text) - 1)
        else:
            self._show(f'"{text}" bukan nomor 1 sampai {len(self._people)}. Ketik nomornya, Enter')

    def _choose(self, place: int) -> None:
        self._place = place
        self.query_one(Input).value = self.app.kept_text(self._purpose(place))
        self.set_focus(self.query_one(Input))
        self._show('Baris yang berbeda, misalnya "2=147 vb=6"; kosong: semua sama. Enter lanjut, Tab tidak hadir')

    def _take(self) -> None:
        """The first Enter says what will be noted; the second one of the same words notes it."""
        assert self._place is not None
        try:
            rows = differing_rows(self._contest, self.query_one(Input).value)
        except PlenoError as error:
            self._copy = None
            self._show(self.told(error))
            return
        copy = Copy(self._people[self._place][0], {row.name: figure for row, figure in rows})
        if copy == self._copy:
            self.app.keep_text(self._purpose(self._place), "")
            self.dismiss(copy)
            return
        self._copy = copy
        said = ", ".join(f"{row.code} {row.label} = {shown(figure)}" for row, figure in rows) or "semua baris"
        self._show(f"{'Berbeda' if rows else 'Sama'}: {said}. Enter sekali lagi mencatat, Esc batal")
