"""The application: first paint, then the workspace; modes F2 to F8; leaving, and the end after a fault."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.app import App
from textual.command import CommandPalette

from pleno.domain.errors import PlenoError
from pleno.tui.commands import AnyCommand, keys_page
from pleno.tui.common import COMMON, mode_command
from pleno.tui.journal_sieve import JournalSieve
from pleno.tui.labels import contest_words
from pleno.tui.marks import THEMES
from pleno.tui.palette import PaletteOfCommands
from pleno.tui.screens.ask import Ask, Option
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.screens.closing import ClosingScreen
from pleno.tui.screens.desk import DeskScreen
from pleno.tui.screens.differences import DifferencesScreen
from pleno.tui.screens.findings import FindingsScreen
from pleno.tui.screens.help import HelpScreen
from pleno.tui.screens.home import HomeScreen
from pleno.tui.screens.intake import IntakeScreen
from pleno.tui.screens.journal import JournalScreen
from pleno.tui.screens.notes import NotesScreen
from pleno.tui.screens.recap import RecapScreen
from pleno.tui.screens.verification import VerificationScreen
from pleno.tui.widgets.lines import Said

if TYPE_CHECKING:
    from pleno.service.session import Clock
    from pleno.tui.gateway import Pleno

SCREENS: Final[tuple[type[PlenoScreen], ...]] = (
    HomeScreen, DeskScreen, DifferencesScreen, RecapScreen, ClosingScreen, JournalScreen,
)  # fmt: skip
"""The screens of the modes, in the order of their keys."""

COMMON_ACTS: Final[tuple[AnyCommand, ...]] = (*map(mode_command, SCREENS), *COMMON)
"""What every screen has beside its own commands."""

_MOST_NOTES: Final = 500
"""How many warnings F12 remembers."""

CRASHED: Final = 70
"""Exit code after a fault of the program (TERMS.md)."""


class PlenoApp(App[None]):
    """The table of one workspace."""

    MODES: ClassVar = {screen.MODE: screen for screen in SCREENS}
    DEFAULT_MODE = HomeScreen.MODE
    COMMANDS: ClassVar = {PaletteOfCommands}
    BINDINGS: ClassVar = []
    ENABLE_COMMAND_PALETTE = True
    TITLE = "pleno"
    CSS = "Input > .input--cursor { text-style: reverse; }"

    common_acts = COMMON_ACTS
    pleno: Pleno
    """The workspace; set when `is_open`."""

    def __init__(
        self, folder: Path, by: str | None = None, contest: str | None = None, clock: Clock | None = None
    ) -> None:
        super().__init__()
        self._folder, self._by, self._contest, self._clock = folder, by, contest, clock
        self.is_open = False
        self.failure: PlenoError | None = None
        """Why the workspace could not be opened."""
        self.fault: Exception | None = None
        """What went wrong inside the program."""
        self.safe_until = ""
        """Up to which entry everything is saved, for the sentence after a fault."""
        self.said: list[tuple[str, Said]] = []
        """Warnings and refusals of this session with their hour, newest last (F12)."""
        self._texts: dict[str, str] = {}
        self._prefix = False
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name

    # --- opening -----------------------------------------------------------------------------

    def on_mount(self) -> None:
        self.call_after_refresh(self._open)
        if self._driver is not None and not self.is_headless:
            # Textual hides the terminal's own cursor; here it stands where typing goes (UX.md section 7).
            self._driver.write("\x1b[?25h")

    def _open(self) -> None:
        """Open the workspace once something stands on the screen; the heavy imports happen here."""
        from pleno.tui.gateway import Pleno

        try:
            self.pleno = Pleno.open(self._folder, self._by, self._contest, self._clock)
        except PlenoError as error:
            self.failure = error
            self.exit()
            return
        self.is_open = True
        if self.pleno.config.tema in self.available_themes:
            self.theme = self.pleno.config.tema
        screen = self.screen
        if isinstance(screen, PlenoScreen):
            screen.opened()
        if self.pleno.restored is not None:
            draft, said = self.pleno.restored
            self.open_desk(draft.tps, draft.row, said)
        self.ask_who()

    # --- going about -------------------------------------------------------------------------

    def go_to(self, mode: str) -> None:
        """Show the screen of a mode."""
        self.switch_mode(mode)

    def open_desk(self, tps: str, row: str = "", said: str = "") -> None:
        """Show a TPS on the Meja, at a row if one is named; `said` goes to line 23."""
        self.desk_request = (tps, row, said)
        if self.current_mode == DeskScreen.MODE and isinstance(self.screen, DeskScreen):
            self.screen.take_request()
        else:
            self.switch_mode(DeskScreen.MODE)

    def open_journal(self, sieve: JournalSieve) -> None:
        """Show the entries that a filter keeps."""
        self.journal_request = sieve
        self.switch_mode(JournalScreen.MODE)

    journal_request: JournalSieve | None = None
    """The filter the Jejak shall show when it comes up."""

    desk_request: tuple[str, str, str] | None = None
    """TPS, row and message the Meja shall show when it comes up."""

    def seconds(self) -> float:
        """A clock that only goes forward; tests bring their own."""
        return time.monotonic()

    def begin_prefix(self, screen: PlenoScreen) -> None:
        """`g` was pressed: the next key names a screen."""
        self._prefix = True
        named = "  ".join(f"{one.MODE_KEY[1:]} {one.TITLE}" for one in SCREENS)
        screen.tell("g", f"{named}  ? Bantuan  q keluar")

    def take_prefix(self, screen: PlenoScreen, event: events.Key) -> bool:
        """The key after `g`; whether it was one."""
        if not self._prefix:
            return False
        self._prefix = False
        screen.quiet()
        modes = {one.MODE_KEY[1:]: one.MODE for one in SCREENS}
        if event.key in modes:
            self.go_to(modes[event.key])
        elif event.key == "question_mark":
            self.show_help()
        elif event.key == "q":
            self.ask_to_leave()
        elif event.key != "escape":
            screen.tell("g", "tombol sesudahnya 2..8, ? atau q.")
        return True

    def show_help(self) -> None:
        """F1."""
        screen = self.screen
        if isinstance(screen, PlenoScreen) and not isinstance(screen, HelpScreen):
            self.push_screen(HelpScreen(screen))

    def show_notes(self) -> None:
        """F12."""
        if not isinstance(self.screen, NotesScreen):
            self.push_screen(NotesScreen())

    def ask_contest(self) -> None:
        """Which contest of the workspace is read from now on."""
        named = list(self.pleno.session.contests.values())[:9]
        options = [Option(str(n), contest_words(one), one.id) for n, one in enumerate(named, 1)]

        def chosen(contest: str | None) -> None:
            if contest is not None:
                self.pleno.finish_all()
                self.pleno.choose(contest)
                self.refresh_screens()

        self.push_screen(Ask("Kontes mana?", "Yang sedang diketik tersimpan.", options), chosen)

    def ask_who(self) -> None:
        """Who types: asked once where pleno.toml names several operators, since every entry names its person."""
        officers = self.pleno.operators()
        if self._by is not None or len(officers) < 2:
            return
        options = [Option(str(n), one.name, one.id) for n, one in enumerate(officers[:9], 1)]

        def chosen(person: str | None) -> None:
            if person is None:
                self.ask_who()
            else:
                self.pleno.by = person
                self.refresh_screens()

        self.push_screen(Ask("Siapa yang mengetik?", "Setiap entri menyebut namanya.", options), chosen)

    def tell_not_saved(self, error: PlenoError) -> None:
        """Say that the disk refused; what was typed stays in its cell."""
        if not isinstance(self.screen, Ask):
            safe = f"Yang aman: sampai {self.pleno.last_entry()}."
            self.push_screen(Ask(error.title, f"{error.message} {error.advice} {safe}", ()))

    def refresh_screens(self) -> None:
        """Draw the screen in front anew; the others draw themselves when they come back."""
        if isinstance(self.screen, PlenoScreen):
            self.screen.redraw()

    def action_command_palette(self) -> None:
        if self.is_open and not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder="Cari perintah"))

    # --- messages and texts ------------------------------------------------------------------

    def remember(self, said: Said) -> None:
        """Keep a warning or a refusal for F12."""
        if said.severity is not None:
            self.said.append((f"{self.pleno.session.now():%H:%M:%S}", said))
            del self.said[:-_MOST_NOTES]

    def keep_text(self, purpose: str, text: str) -> None:
        """Keep an unfinished text of a dialog."""
        self._texts[purpose] = text

    def kept_text(self, purpose: str) -> str:
        return self._texts.get(purpose, "")

    # --- leaving -----------------------------------------------------------------------------

    def ask_to_leave(self) -> None:
        """The question before leaving, once."""
        if not self.is_open:
            self.exit()
            return
        if any(isinstance(screen, Ask) for screen in self.screen_stack):
            return
        said = f"Semua tersimpan sampai {self.pleno.last_entry()}."
        if self.pleno.saved().startswith("draf"):
            said += " Draf yang terbuka menjadi entri."
        self.push_screen(Ask("Keluar?", said, [Option("k", "keluar", "k")]), self._leave)

    def _leave(self, answer: str | None) -> None:
        if answer == "k":
            self.exit()

    async def action_quit(self) -> None:
        """Textual's own ctrl+q."""
        self.ask_to_leave()

    def action_help_quit(self) -> None:
        """Textual's own ctrl+c."""
        self.ask_to_leave()

    def close_workspace(self) -> None:
        """Leave the workspace tidily; after a fault only the lock is given up."""
        if self.is_open:
            self.is_open = False
            if self.fault is None:
                self.pleno.close()
            else:
                self.pleno.session.store.close()

    async def on_unmount(self) -> None:
        self.close_workspace()

    # --- faults ------------------------------------------------------------------------------

    def _handle_exception(self, error: Exception) -> None:
        """End without Textual's own traceback, which prints names and figures (UX.md section 10)."""
        self._return_code = CRASHED
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        if self.fault is None:
            self.fault = error
            try:
                self.safe_until = self.pleno.last_entry() if self.is_open else ""
            except Exception:  # whatever it is, the fault above is the one to report
                self.safe_until = ""
        self._close_messages_no_wait()


def run(folder: Path, by: str | None = None, contest: str | None = None, headless: bool = False) -> int:
    """Open the workspace on the terminal until the user leaves; returns the exit code.

    Raises PlenoError when it cannot be opened.
    """
    app = PlenoApp(folder, by, contest)
    app.run(headless=headless)
    if app.failure is not None:
        raise app.failure
    if app.fault is not None:
        from pleno.service.crash import write_report

        told = write_report(app.fault, folder)
        until = f"Data aman sampai {app.safe_until}. " if app.safe_until else ""
        print(f"Program berhenti. {until}Catatan: {told}", file=sys.stderr)
        print("Jalankan `pleno` lagi; lanjut di tempat terakhir.", file=sys.stderr)
        return CRASHED
    return 0


def tombol_md() -> str:
    """docs/tombol.md."""
    screens: list[type[PlenoScreen]] = [*SCREENS, FindingsScreen, IntakeScreen, VerificationScreen]
    return keys_page([(screen.TITLE, (*screen.ACTS, *COMMON_ACTS)) for screen in screens])
