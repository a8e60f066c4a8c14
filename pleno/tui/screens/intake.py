"""Impor: which file as what, then a preview; nothing is written before `t` (`i` on Beranda)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from pleno.domain.errors import PlenoError
from pleno.domain.figures import thousands
from pleno.domain.rules import Severity
from pleno.service.typed_path import typed_path
from pleno.tui import marks
from pleno.tui.commands import Command
from pleno.tui.intake_view import IntakeLine, IntakeView, SourceChoice, source_choices
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.screens.dialog import Dialog, TextLine
from pleno.tui.screens.working import Done, Step, Working
from pleno.tui.text import cut, safe_text, visible, width, wrapped
from pleno.tui.widgets.grid import Cell, Column, Grid, GridRow

if TYPE_CHECKING:
    from pleno.tui.intake_gateway import Intake

_PURPOSE = "import"
_LONGEST_PATH = 1000
_PLACE = 24


class OpenIntake(Command[PlenoScreen]):
    """Impor berkas Sirekap, csv atau buku kerja; dilihat dulu, baru diterima."""

    id, keys, footer = "home.import", ("i",), "impor"

    async def run(self, screen: PlenoScreen) -> None:
        ask_import(screen)


class Asked(NamedTuple):
    """Which file, and what its figures are."""

    path: Path
    choice: SourceChoice


class AskFile(Dialog):
    """A path, Enter, then the number of the source; answers `Asked`, None for Esc."""

    def __init__(self, choices: Sequence[SourceChoice]) -> None:
        super().__init__()
        self._choices = tuple(choices)

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(safe_text("IMPOR", "bold"))
            yield Static(safe_text("Berkas, folder atau zip; ketik letaknya, atau seret ke jendela ini:"))
            yield TextLine(self.app.kept_text(_PURPOSE), max_length=_LONGEST_PATH, compact=True)
            yield Static(safe_text(""))
            yield Static(safe_text("Asal angkanya:"))
            for place, choice in enumerate(self._choices, 1):
                yield Static(safe_text(f"  {place} = {choice.words}"))
            yield Static("", id="said", markup=False)
            yield Static("", id="keys", markup=False)

    def on_mount(self) -> None:
        self._say("", "Enter lanjut   Esc batal; tulisan disimpan")

    def _say(self, said: str, keys: str) -> None:
        self.query_one("#said", Static).update(safe_text(said, "bold"))
        self.query_one("#keys", Static).update(safe_text(keys))

    @property
    def path(self) -> Path:
        """What was typed. PlenoError where that is no path."""
        return typed_path(self.query_one(Input).value)

    def texts(self) -> Mapping[str, str]:
        return {_PURPOSE: self.query_one(Input).value}

    def keys(self, event: events.Key) -> None:
        letter = event.character or ""
        if event.key == "escape":
            self.keep_texts()
            self.dismiss(None)
        elif isinstance(self.focused, Input):
            if event.key in ("enter", "tab"):
                self._take_path()
        elif event.key in ("tab", "shift+tab", "up"):
            self.set_focus(self.query_one(Input))
        elif letter and letter in "123456789" and int(letter) <= len(self._choices):
            self.keep_texts()
            self.dismiss(Asked(self.path, self._choices[int(letter) - 1]))

    def _take_path(self) -> None:
        try:
            there = self.path.exists()
        except (OSError, PlenoError):
            there = False
        if there:
            self.set_focus(None)
            self._say(f"Angka 1 sampai {len(self._choices)} memilih asalnya.", "Tab kembali ke nama berkas   Esc batal")
        else:
            self._say("Tidak ada berkas atau folder di situ. Periksa letaknya.", "Enter lanjut   Esc batal")


def ask_import(screen: PlenoScreen) -> None:
    """Ask what to import, read it in a thread, and show the preview."""
    choices = source_choices(screen.pleno.contest)

    def asked(answer: Asked | None) -> None:
        if answer is not None:
            _read(screen, answer)

    screen.app.push_screen(AskFile(choices), asked)


def _read(screen: PlenoScreen, asked: Asked) -> None:
    from pleno.tui.intake_gateway import Intake

    intake = Intake(screen.pleno, [asked.path], asked.choice.source)
    try:
        parse = intake.parsing()
    except PlenoError as error:
        screen.refuse(error)
        return

    def ended(answer: Done | PlenoError | None) -> None:
        if isinstance(answer, PlenoError):
            screen.refuse(answer)
        elif answer is None or answer.stopped:
            screen.tell("Impor dibatalkan", "tidak ada yang diubah.")
        else:
            preview = intake.preview(answer.result)
            screen.app.push_screen(IntakeScreen(intake, preview, asked.choice.words))

    steps = [Step(f"membaca {asked.path.name}", lambda _none: parse())]
    screen.app.push_screen(Working("IMPOR", steps), ended)


class Accept(Command["IntakeScreen"]):
    """Terima: yang akan masuk ditulis sebagai satu entri untuk setiap berkas."""

    id, keys, footer = "import.accept", ("t",), "terima"

    def reason_disabled(self, screen: IntakeScreen) -> str | None:
        if screen.taken:
            return "Sudah diterima."
        return None if screen.view.taken else "Tidak ada TPS yang dapat diterima dari berkas ini."

    async def run(self, screen: IntakeScreen) -> None:
        screen.accept()


class IntakeScreen(PlenoScreen):
    """The preview of an import."""

    TITLE = "Impor"
    PLAIN = "pleno impor"
    ACTS = (Accept,)
    DEFAULT_CSS = "IntakeScreen #head { height: auto; }"

    def __init__(self, intake: Intake, view: IntakeView, source: str) -> None:
        super().__init__()
        self._intake, self.view, self._source = intake, view, source
        self.taken = False
        """Whether `t` was pressed."""

    def body(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Static("", id="head", markup=False)
            yield Grid([Column("kind", "", 8), Column("place", "tempat", _PLACE), Column("text", "", 0)])

    def draw(self) -> None:
        view, cells = self.view, self.size.width or 80
        name = view.names[0] if len(view.names) == 1 else f"{len(view.names)} berkas"
        mark = f"   sidik {view.fingerprint}" if view.fingerprint else ""
        head = (
            f"IMPOR  {name}{mark}   dikenali: {view.formats}   sebagai {self._source}",
            f"AKAN MASUK {view.taken} TPS, {thousands(view.figures)} angka    DITOLAK {view.refused}    "
            f"DILEWATI {view.ignored}",
        )
        lines = "\n".join(cut(visible(line), cells) for line in head)
        self.query_one("#head", Static).update(safe_text("").append(lines, "bold"))
        rows = _rows(view.lines, max(cells - _PLACE - 12, 20))
        self.grid.show(rows or [GridRow("", (Cell(), Cell(), Cell("Tidak ada yang dibaca.")))])

    def prompt(self) -> str:
        if self.taken:
            return "Esc kembali ke Beranda"
        line = self.line
        place = f"{line.place}   " if line is not None and width(line.place) > _PLACE else ""
        accept = f"{place}t = terima {self.view.taken} TPS, " if self.view.taken else place
        return f"{accept}Esc batal; belum ada yang ditulis"

    @property
    def line(self) -> IntakeLine | None:
        """The line of the preview under the cursor."""
        place = self.grid.key.partition(".")[0]
        return self.view.lines[int(place)] if place else None

    def on_grid_moved(self) -> None:
        self.refresh_lines()

    def accept(self) -> None:
        """Take it, once the line that says so stands on the screen."""
        self.taken = True
        self.tell("Menyimpan ...", f"{self.view.taken} TPS")
        self.call_after_refresh(self._take)

    def _take(self) -> None:
        try:
            done = self._intake.take()
        except PlenoError as error:
            self.taken = False
            self.refuse(error)
        else:
            self.tell("Diterima", f"{done}.", "Esc kembali ke Beranda.")
        self.refresh_lines()


_KINDS = {"ditolak": marks.FINDING[Severity.KERAS], "catatan": marks.SELISIH, "hilang": marks.SELISIH}


def _rows(lines: Sequence[IntakeLine], room: int) -> list[GridRow]:
    rows: list[GridRow] = []
    for place, line in enumerate(lines):
        for part, words in enumerate(wrapped(line.text, room)):
            first = (Cell(line.kind, _KINDS.get(line.kind)), Cell(line.place))
            cells = (*(first if part == 0 else (Cell(), Cell())), Cell(words))
            rows.append(GridRow(f"{place}.{part}", cells, group=line.kind))
    return rows
