"""The application: first paint, then the workspace; modes F2 to F8; leaving, and the end after a fault."""

from __future__ import annotations

import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.command import CommandPalette, Provider
from textual.widgets import Static

from pleno.domain.errors import PlenoError
from pleno.tui.terminal import CRASHED, TerminalApp
from pleno.tui.themes import THEMES

if TYPE_CHECKING:
    from pleno.service.session import Clock
    from pleno.tui.board_gateway import BoardGateway
    from pleno.tui.commands import AnyCommand
    from pleno.tui.gateway import Pleno
    from pleno.tui.idle import Idle
    from pleno.tui.journal_sieve import JournalSieve
    from pleno.tui.widgets.lines import Said

_MOST_NOTES: Final = 500
"""How many warnings F12 remembers."""

_BOARD_EVERY: Final = 0.3
"""Seconds between two looks whether the projector must be told something new."""

_CLOCK_EVERY: Final = 10.0
"""Seconds between two looks whether the laptop's clock was set."""

_CHECKED_AFTER: Final = 2.0
"""Seconds after the opening at which the whole database is judged; the first screens come before."""

HOME: Final = "home"
DESK: Final = "desk"
JOURNAL: Final = "journal"
"""Names of the modes that the program itself goes to."""


def _palette() -> type[Provider]:
    from pleno.tui.palette import PaletteOfCommands

    return PaletteOfCommands


class PlenoApp(TerminalApp[None]):
    """The table of one workspace.

    It imports nothing that the first paint can do without: store, rules and screens come with `_open`.
    """

    COMMANDS: ClassVar = {_palette}
    BINDINGS: ClassVar = []
    ENABLE_COMMAND_PALETTE = True
    TITLE = "pleno"
    CSS = """
    Input > .input--cursor { text-style: reverse; }
    #opening { height: 2; background: $panel; }
    CommandPalette { background: $background; }
    CommandPalette SearchIcon { display: none; }
    CommandPalette #--input, CommandPalette CommandList { border: none; background: $background; }
    CommandPalette Input > .input--placeholder { color: $foreground; }
    CommandPalette CommandList { scrollbar-size: 0 0; }
    """

    common_acts: tuple[AnyCommand, ...]
    """What every screen has beside its own commands; set when `is_open`."""
    pleno: Pleno
    """The workspace; set when `is_open`."""
    board: BoardGateway
    """What the projector is shown; set when `is_open`."""
    idle: Idle
    """How long nobody has touched the keys; set when `is_open`."""

    def __init__(
        self, folder: Path, by: str | None = None, contest: str | None = None, clock: Clock | None = None
    ) -> None:
        super().__init__()
        self._folder, self._contest, self._clock = folder, contest, clock
        self.by = by
        """Who types, by id; None = the workspace says it, or the first screen asks."""
        self.is_open = False
        self.failure: PlenoError | None = None
        """Why the workspace could not be opened."""
        self.safe_until = ""
        """Up to which entry everything is saved, for the sentence after a fault."""
        self.begins_with_lesson = False
        """Whether the lesson of ten keys stands in front once the workspace is open."""
        self.said: list[tuple[str, Said]] = []
        """Warnings and refusals of this session with their hour, newest last (F12)."""
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name

    # --- opening -----------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        yield Static("pleno  membuka ruang kerja ...", id="opening", markup=False)

    def on_mount(self) -> None:
        self.call_after_refresh(self._open)
        if self._driver is not None and not self.is_headless:
            # Textual hides the terminal's own cursor; here it stands where typing goes (UX.md section 7).
            self._driver.write("\x1b[?25h")

    async def _open(self) -> None:
        """Open the workspace once something stands on the screen; the heavy imports happen here."""
        from pleno.tui.board_gateway import BoardGateway
        from pleno.tui.errands import ask_who, begin_lesson, check_whole, look_at_clock, tell_notices
        from pleno.tui.gateway import Pleno
        from pleno.tui.idle import Idle
        from pleno.tui.rooms import COMMON_ACTS, SCREENS
        from pleno.tui.saving import Saving

        try:
            self.pleno = Pleno.open(self._folder, self.by, self._contest, self._clock)
        except PlenoError as error:
            self.failure = error
            self.exit()
            return
        self.is_open = True
        self.pleno.session.store.around = partial(Saving, self)
        self.board = BoardGateway(self.pleno)
        self.set_interval(_BOARD_EVERY, self.board.publish)
        self.set_interval(_CLOCK_EVERY, partial(look_at_clock, self))
        self.idle = Idle(self)
        self.set_interval(_CLOCK_EVERY, self.idle.look)
        self.theme = self.pleno.config.tema
        self.common_acts = COMMON_ACTS
        for screen in SCREENS:
            self.add_mode(screen.MODE, screen)
        await self.switch_mode(HOME)
        if self.pleno.restored is not None:
            draft, said = self.pleno.restored
            # A row that is kept is done: its cell would take the next figure of the paper over it.
            row = draft.row if draft.typing or draft.row not in draft.figures else ""
            self.open_desk(draft.tps, row, said)
        if self.begins_with_lesson:
            begin_lesson(self)
        tell_notices(self)
        ask_who(self)
        self.set_timer(_CHECKED_AFTER, partial(check_whole, self))

    # --- going about -------------------------------------------------------------------------

    def go_to(self, mode: str) -> None:
        """Show the screen of a mode."""
        self.switch_mode(mode)

    def go_to_itself(self, mode: str) -> None:
        """Show the screen of a mode without the views that were left open over it."""
        from pleno.tui.screens.base import PlenoScreen

        self.switch_mode(mode)
        while len(self.screen_stack) > 1 and isinstance(self.screen, PlenoScreen):
            self.pop_screen()

    def open_desk(self, tps: str, row: str = "", said: str = "") -> None:
        """Show a TPS on the Meja, at a row if one is named; `said` goes to line 23."""
        self.desk_request = (tps, row, said)
        if self.current_mode == DESK:
            self.redraw()
        else:
            self.go_to_itself(DESK)

    def open_journal(self, sieve: JournalSieve) -> None:
        """Show the entries that a filter keeps."""
        self.journal_request = sieve
        self.switch_mode(JOURNAL)

    journal_request: JournalSieve | None = None
    """The filter the Jejak shall show when it comes up."""

    desk_request: tuple[str, str, str] | None = None
    """TPS, row and message the Meja shall show when it comes up."""

    def seconds(self) -> float:
        """A clock that only goes forward; tests bring their own."""
        return time.monotonic()

    def redraw(self) -> None:
        """Draw the screen in front anew; the others draw themselves when they come back."""
        from pleno.tui.screens.base import PlenoScreen

        if isinstance(self.screen, PlenoScreen):
            self.screen.redraw()

    def action_command_palette(self) -> None:
        if self.is_open and not self.screen.is_modal:
            self.push_screen(CommandPalette(placeholder="Cari perintah"))

    # --- messages and texts ------------------------------------------------------------------

    def remember(self, said: Said) -> None:
        """Keep a warning or a refusal for F12."""
        if said.severity is not None:
            self.said.append((f"{self.pleno.session.now():%H:%M:%S}", said))
            del self.said[:-_MOST_NOTES]

    async def on_event(self, event: events.Event) -> None:
        if self.is_open and isinstance(event, events.Key | events.Paste):
            self.idle.touched()
        await super().on_event(event)

    def refuse_paste(self) -> None:
        """Say it on the screen in front, or at F12 where a dialog has no line for it."""
        if self.is_open:
            from pleno.tui.errands import tell_paste_refused

            tell_paste_refused(self)

    def keep_text(self, purpose: str, text: str) -> None:
        """Keep an unfinished line of a dialog, durably; F12 says it where it cannot be."""
        said = self.pleno.texts.keep(purpose, text)
        if said is not None:
            self.remember(said)

    def kept_text(self, purpose: str) -> str:
        """What was written under a purpose and not used."""
        return self.pleno.texts.of(purpose)

    # --- leaving -----------------------------------------------------------------------------

    def ask_to_leave(self) -> None:
        """The question before leaving, once."""
        if self.is_open:
            from pleno.tui.errands import ask_to_leave

            ask_to_leave(self)
        else:
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
        """Remember up to which entry everything is saved; the workspace is left before the sentence is printed."""
        if self.fault is None:
            try:
                self.safe_until = self.pleno.last_entry() if self.is_open else ""
            except Exception:  # whatever it is, the fault above is the one to report
                self.safe_until = ""
        super()._handle_exception(error)


def run(
    folder: Path, by: str | None = None, contest: str | None = None, headless: bool = False, lesson: bool = False
) -> int:
    """Open the workspace on the terminal until the user leaves; returns the exit code.

    `lesson`: with the lesson of ten keys in front. Raises PlenoError when it cannot be opened.
    """
    app = PlenoApp(folder, by, contest)
    app.begins_with_lesson = lesson
    app.run(headless=headless)
    if app.failure is not None:
        raise app.failure
    if app.fault is not None:
        from pleno.service.crash import write_report

        try:
            told = str(write_report(app.fault, folder))
        except OSError:
            told = "tidak dapat ditulis di ruang kerja ini"
        until = f"Data aman sampai {app.safe_until}. " if app.safe_until else ""
        print(f"Program berhenti. {until}Catatan: {told}", file=sys.stderr)
        print("Jalankan `pleno` lagi; lanjut di tempat terakhir.", file=sys.stderr)
        return CRASHED
    return 0
