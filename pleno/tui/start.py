"""`pleno` where there is no workspace yet: open one, make one, or practise (UX.md, F2 "First start").

A small application of its own, which loads the service when a form is finished. It ends with the folder to open; a new
workspace is made by the same service as by `pleno siapkan`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Input, Static

from pleno.domain.errors import PlenoError
from pleno.tui.screens.ask import Ask, Option
from pleno.tui.terminal import TerminalApp
from pleno.tui.text import safe_text, wrapped
from pleno.tui.themes import THEMES

if TYPE_CHECKING:
    from pleno.service.proposal import Examined, Proposal

PRACTICE: Final = ""
"""What is chosen instead of a folder: the practice kecamatan."""

_WAYS: Final = (
    ("1", "Buka", "ruang kerja yang sudah ada: sebut foldernya"),
    ("2", "Buat baru", "profil kontes, kode wilayah, daftar TPS, pilihan"),
    ("3", "Latihan 2 menit", "sepuluh tombol Meja, dengan angka nyata 2024"),
)
_LEAVE: Final = ("f10", "ctrl+q", "ctrl+c")


class Asked(NamedTuple):
    """One line of a form."""

    field: str
    """Of service.proposal.Field."""
    name: str
    hint: str


_FOLDER: Final = Asked("folder", "Folder", "folder yang memuat pleno.toml, atau folder di dalamnya")
_NEW: Final = (
    Asked("folder", "Folder", "folder baru, misalnya pleno-sungai-aren"),
    Asked("profil", "Profil", "misalnya pilkada2024-bupati; beberapa dipisah koma; berkas .toml kantor juga boleh"),
    Asked("wilayah", "Wilayah", "kode KPU kecamatan, 6 angka"),
    Asked("tps", "Daftar TPS", "berkas csv atau xlsx: kode_tps, desa, nomor"),
    Asked("pilihan", "Pilihan", "berkas csv atau xlsx: kontes, partai, nomor, nama"),
)


class StartApp(TerminalApp[str]):
    """Ends with the folder of a workspace, with PRACTICE, or with nothing where the user left."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = []
    TITLE = "pleno"
    CSS = "Input > .input--cursor { text-style: reverse; }"

    def __init__(self) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self.typed: dict[str, dict[str, str]] = {}
        """What was typed into each form, by its title; Esc keeps it."""

    def on_mount(self) -> None:
        self.push_screen(StartScreen())

    async def action_quit(self) -> None:
        """Textual's own ctrl+q."""
        self.exit()

    def action_help_quit(self) -> None:
        """Textual's own ctrl+c."""
        self.exit()


class _StartScreen(Screen[None]):
    """A title on top, what can be pressed below."""

    DEFAULT_CSS = """
    _StartScreen { background: $background; color: $foreground; }
    _StartScreen .title { height: 1; background: $panel; text-style: bold; }
    _StartScreen #keys { dock: bottom; height: 1; background: $panel; }
    _StartScreen Input { height: 1; border: none; padding: 0; background: $boost; }
    _StartScreen .line { layout: horizontal; height: 1; }
    _StartScreen .name { width: 12; }
    _StartScreen .told { height: auto; padding: 0 0 0 12; }
    """

    @property
    def start(self) -> StartApp:
        """The application."""
        assert isinstance(self.app, StartApp)
        return self.app


class StartScreen(_StartScreen):
    """Three ways to a workspace."""

    def compose(self) -> ComposeResult:
        yield Static(safe_text(" pleno  belum ada ruang kerja di folder ini"), classes="title")
        yield Static(safe_text("").append("\n" + "\n".join(self._lines())))
        yield Static(safe_text(" 1 Buka  2 Buat baru  3 Latihan 2 menit  q keluar"), id="keys")

    @staticmethod
    def _lines() -> list[str]:
        ways = [f"   {key}  {word:<17} {told}" for key, word, told in _WAYS]
        return [
            " Meja PPK: setiap TPS dibaca, yang berbeda terlihat, dibetulkan secara terbuka.", "", *ways, "",
            " Tekan 1, 2 atau 3. Baru pertama kali? 3: tidak ada yang dapat rusak.",
        ]  # fmt: skip

    def on_key(self, event: events.Key) -> None:
        if event.key == "1":
            self.app.push_screen(OpenForm())
        elif event.key == "2":
            self.app.push_screen(NewForm())
        elif event.key == "3":
            self.start.exit(PRACTICE)
        elif event.key in ("q", *_LEAVE):
            self.app.exit()


class _Form(_StartScreen):
    """Lines to be filled in; what is refused is said below its line, all of it at once."""

    HEAD: ClassVar[str]
    ASKED: ClassVar[Sequence[Asked]]

    def compose(self) -> ComposeResult:
        typed = self.start.typed.get(self.HEAD, {})
        yield Static(safe_text(f" {self.HEAD}"), classes="title")
        with VerticalScroll(can_focus=False):
            for asked in self.ASKED:
                with Vertical(classes="line"):
                    yield Static(safe_text(f" {asked.name}"), classes="name")
                    yield Input(
                        typed.get(asked.field, ""), id=asked.field, max_length=400, compact=True, select_on_focus=False
                    )
                yield Static(safe_text(asked.hint), id=f"told-{asked.field}", classes="told")
        yield Static(safe_text(" Enter lanjut  Tab, panah: baris lain  Esc kembali  F10 keluar"), id="keys")

    def values(self) -> dict[str, str]:
        """What stands in the lines."""
        return {asked.field: self.query_one(f"#{asked.field}", Input).value for asked in self.ASKED}

    def finish(self) -> None:
        """The last line was entered."""
        raise NotImplementedError

    def say(self, refused: Mapping[str, PlenoError], told: Mapping[str, str]) -> None:
        """Tell every line how it was read; the cursor goes to the first one refused."""
        room = max(self.size.width - 13, 20)
        for asked in self.ASKED:
            error = refused.get(asked.field)
            text = f"{error.title}: {error.message} {error.advice}".strip() if error else told.get(asked.field)
            shown = [f"[!!] {text}" if error else text or asked.hint]
            lines = "\n".join(line for part in shown for line in wrapped(part, room))
            style = "bold" if error else ""
            self.query_one(f"#told-{asked.field}", Static).update(safe_text("").append(lines, style))
        if refused:
            self.query_one(f"#{next(one.field for one in self.ASKED if one.field in refused)}", Input).focus()

    @on(Input.Submitted)
    def _entered(self, message: Input.Submitted) -> None:
        fields = [asked.field for asked in self.ASKED]
        place = fields.index(str(message.input.id)) + 1
        if place < len(fields):
            self.query_one(f"#{fields[place]}", Input).focus()
        else:
            self.finish()

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            self.start.typed[self.HEAD] = self.values()
            self.app.pop_screen()
        elif event.key in ("down", "up"):
            self.focus_next() if event.key == "down" else self.focus_previous()
        elif event.key in _LEAVE:
            self.app.exit()


class OpenForm(_Form):
    """`1`: a workspace that exists."""

    HEAD = "BUKA RUANG KERJA"
    ASKED = (_FOLDER,)

    def finish(self) -> None:
        from pleno.service.proposal import opened_at

        try:
            self.start.exit(str(opened_at(self.values()["folder"])))
        except PlenoError as error:
            self.say({"folder": error}, {})


class NewForm(_Form):
    """`2`: a new workspace."""

    HEAD = "RUANG KERJA BARU"
    ASKED = _NEW

    def finish(self) -> None:
        from pleno.service.proposal import Proposal, examine

        proposal = Proposal(*self.values().values())
        found = examine(proposal)
        self.say(found.refused, found.told)
        if not found.refused:
            self.app.push_screen(_confirmation(proposal, found), lambda answer: self._make(answer, proposal))

    def _make(self, answer: Any, proposal: Proposal) -> None:
        if answer is None:
            return
        from pleno.service.proposal import make

        try:
            self.start.exit(str(make(proposal)))
        except PlenoError as error:
            self.say({"folder": error}, {})


def _confirmation(proposal: Proposal, found: Examined) -> Ask:
    told = "; ".join(found.told[asked.field] for asked in _NEW if asked.field in found.told)
    after = "Nama PPK dan operator di pleno.toml masih contoh: isi sebelum rapat dibuka."
    return Ask(f"Buat ruang kerja di {proposal.folder.strip()}?", f"{told}. {after}", [Option("t", "buat", "t")])
