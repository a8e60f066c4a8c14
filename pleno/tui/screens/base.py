"""What every screen shares: the common lines, dispatch of keys through the registry, and messages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Input, Static

from pleno.domain.errors import PlenoError
from pleno.domain.rules import Severity
from pleno.tui.advice import by_keys
from pleno.tui.commands import AnyCommand, Command, Group, KeyMap, key_name
from pleno.tui.text import safe_text
from pleno.tui.widgets.grid import Grid
from pleno.tui.widgets.lines import KeyItem, KeyLine, MessageLine, Said, TopLines

if TYPE_CHECKING:
    from pleno.tui.app import PlenoApp
    from pleno.tui.gateway import Pleno

NOT_SAVED = "TIDAK TERSIMPAN"
"""Title of a refusal by the disk."""

_SECOND_WAYS: Final = {**{str(n): f"f{n}" for n in range(2, 10)}, "question_mark": "f1", "q": "f10"}
"""The key after `g` to the key it stands in for; terminals keep some for themselves."""
_UNNAMED: Final = {"9": "Pengaturan", "q": "keluar"}

LEAST: tuple[int, int] = (72, 20)
"""Columns and lines below which nothing but a sentence is shown."""


class PlenoScreen(Screen[None]):
    """A screen of the program: a body between the common lines.

    A subclass gives TITLE, ACTS and `body`, and draws from an immutable view in `draw`.
    """

    TITLE: ClassVar[str] = ""
    """Its name for people: "Meja TPS"."""
    MODE: ClassVar[str] = ""
    """Name of the mode whose first screen it is; empty for screens that are pushed."""
    MODE_KEY: ClassVar[str] = ""
    """The key of that mode: "f3"."""
    PLAIN: ClassVar[str] = ""
    """The command that says the same in plain text: "pleno banding"."""
    ACTS: ClassVar[tuple[AnyCommand, ...]] = ()
    """Its commands, before the common ones; the first ones with a footer word fill the line of keys."""
    SHOWS_MODES: ClassVar[bool] = False
    """Whether the line of keys also leads to the other screens."""
    WIDE: ClassVar[int] = 100
    """Columns from which the class `wide` puts the detail pane to the right."""
    AUTO_FOCUS = "Grid"
    DEFAULT_CSS = """
    PlenoScreen { background: $background; }
    PlenoScreen > #small { display: none; height: 1fr; }
    PlenoScreen.small > * { display: none; }
    PlenoScreen.small > #small { display: block; }
    PlenoScreen > #body { height: 1fr; }
    """

    keymap: KeyMap
    _prefix = False
    """`g` was pressed: the next key names a screen."""
    _was_covered = False
    """Another screen stood in front since it was drawn."""

    @property
    def filling(self) -> bool:
        """Whether the screen goes on by itself, step by step, until it shows all it has to."""
        return False

    @property
    def app(self) -> PlenoApp:  # type: ignore[override]  # screens of pleno run in no other application
        """The application."""
        return super().app  # type: ignore[return-value]  # same

    @property
    def pleno(self) -> Pleno:
        """The workspace; only after it was opened."""
        return self.app.pleno

    @property
    def grid(self) -> Grid:
        """The table the moving keys move in."""
        return self.query_one(Grid)

    # --- what a subclass gives ---------------------------------------------------------------

    def body(self) -> ComposeResult:
        """The widgets between line 2 and the message."""
        raise NotImplementedError

    def draw(self) -> None:
        """Show the workspace as it stands; called once it is open, at each return, and after each act."""
        raise NotImplementedError

    def prompt(self) -> str:
        """What line 23 says while there is no message."""
        return ""

    def here(self) -> Sequence[str]:
        """What F1 says first: about the row or the finding under the cursor."""
        prompt = self.prompt()
        return (prompt,) if prompt else ()

    def take_key(self, event: events.Key) -> bool:
        """Handle a key before the registry does (typing); whether it was handled."""
        return False

    def leave(self) -> bool:
        """Called before another screen or TPS is shown; False keeps the user here."""
        return True

    # --- common lines ------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        yield TopLines()
        yield from self.body()
        yield MessageLine()
        yield KeyLine()
        yield Static("", id="small", markup=False)

    def on_mount(self) -> None:
        self.keymap = KeyMap((*self.ACTS, *self.app.common_acts), self.pleno.config.tombol)
        # Before the first layout; the first resize comes after it, and the detail pane would be seen to jump.
        self.set_class(self.app.size.width >= self.WIDE, "wide")
        self.redraw()

    def redraw(self) -> None:
        """Draw everything anew."""
        self.draw()
        self.refresh_lines()

    def refresh_lines(self) -> None:
        """Draw the common lines anew."""
        self.query_one(TopLines).show(self.pleno.status())
        self.query_one(MessageLine).prompt(self.prompt())
        items, hidden = self._key_items()
        self.query_one(KeyLine).show(items, hidden)

    def _key_items(self) -> tuple[list[KeyItem], int]:
        """The line of keys, and how many own commands it leaves out."""
        here = f"app.{self.MODE}"
        own = [one for one in self.keymap.commands if one.group is not Group.MOVE and one.id != here]
        items = [
            KeyItem(command.id, self.keymap.first_key(command), command.footer, command.reason_disabled(self) is None)
            for command in own
            if command.footer and (self.SHOWS_MODES or command.group is not Group.GLOBAL or command.id == "app.help")
        ]
        help_first = sorted(items, key=lambda item: item.command != "app.help")
        silent = [command for command in own if not command.footer and command.group is not Group.GLOBAL]
        return help_first, len(silent)

    def tell(self, title: str, text: str = "", advice: str = "", severity: Severity | None = None) -> None:
        """Show a message; errors and warnings are also kept for F12."""
        keys = self.pleno.config.tombol
        said = Said(title, by_keys(text, keys), by_keys(advice, keys), severity)
        self.query_one(MessageLine).say(said)
        self.app.remember(said)

    def refuse(self, error: PlenoError, again: Callable[[], object] | None = None) -> None:
        """Show why an act was refused; where it was the disk, in front of everything, with `again` to try once more."""
        self.tell(error.title, error.message, error.advice, Severity.KERAS)
        if error.title == NOT_SAVED:
            from pleno.tui.errands import tell_not_saved  # which knows the screens that are made of this one

            tell_not_saved(self.app, error, again)

    def quiet(self) -> None:
        """Take the message away."""
        self.query_one(MessageLine).say(None)

    @property
    def message(self) -> str:
        """The words of line 23."""
        return self.query_one(MessageLine).shown

    # --- keys --------------------------------------------------------------------------------

    async def on_key(self, event: events.Key) -> None:
        """Every key passes here, one after the other, so that fast typing keeps its order."""
        if self.app.screen is not self:
            # Typed before the screen that the last key opened had drawn itself.
            event.stop()
            self.app.screen.post_message(events.Key(event.key, event.character))
            return
        if isinstance(self.focused, Input) and not _is_for_screen(event.key):
            return
        event.stop()
        event.prevent_default()
        if self.app.is_open:
            await self.press(event)

    async def press(self, event: events.Key) -> None:
        if self._prefix:
            await self._take_prefix(event.key)
            return
        if self.take_key(event):
            return
        command = self.keymap.of_key(event.key)
        if command is None:
            self.unknown_key(event)
            return
        await self.run_command(command)

    def begin_prefix(self) -> None:
        """`g` was pressed."""
        self._prefix = True
        ways = {key: command.footer for key, command in self._second_ways().items()}
        self.tell("g", "  ".join(f"{key_name(key)} {word or _UNNAMED[key]}" for key, word in ways.items()))

    def _second_ways(self) -> dict[str, Command[Any]]:
        """What the keys after `g` do."""
        common = [command for command in self.keymap.commands if command.group is Group.GLOBAL]
        by_key = {key: command for command in common for key in command.keys}
        return {second: by_key[first] for second, first in _SECOND_WAYS.items() if first in by_key}

    async def _take_prefix(self, key: str) -> None:
        self._prefix = False
        self.quiet()
        command = self._second_ways().get(key)
        if command is not None:
            await self.run_command(command)
        elif key != "escape":
            self.tell("g", "tombol sesudahnya 2..9, ? atau q.")

    def unknown_key(self, event: events.Key) -> None:
        """A key that means nothing here."""
        if event.key == "kp_begin":
            self.tell("NumLock mati", "angka dari papan angka tidak sampai.", "Tekan NumLock.", Severity.PERINGATAN)

    async def run_command(self, command: Command[Any]) -> None:
        """Run a command, or say why it cannot act now."""
        reason = command.reason_disabled(self)
        if reason is not None:
            self.tell("Belum dapat", reason, "", Severity.PERINGATAN)
            return
        self.quiet()
        try:
            await command.run(self)
        except PlenoError as error:
            self.refuse(error, lambda: self.run_command(command))
        if self.is_current:
            self.refresh_lines()

    @on(KeyLine.Chosen)
    async def _key_clicked(self, message: KeyLine.Chosen) -> None:
        for command in self.keymap.commands:
            if command.id == message.command:
                await self.run_command(command)

    # --- size and coming back ----------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        columns, lines = event.size
        self.set_class(columns >= self.WIDE, "wide")
        too_small = columns < LEAST[0] or lines < LEAST[1]
        self.set_class(too_small, "small")
        if too_small:
            instead = f"Perbesar jendela atau pakai {self.PLAIN or 'pleno --help'}."
            said = f"Layar {columns}x{lines}; perlu {LEAST[0]}x{LEAST[1]}. {instead}"
            self.query_one("#small", Static).update(safe_text(said))
        elif self.app.is_open:
            self.redraw()

    def on_screen_suspend(self) -> None:
        self._was_covered = True

    def on_screen_resume(self) -> None:
        # Textual resumes a new screen twice right after its mount has drawn it.
        if self._was_covered and self.app.is_open:
            self._was_covered = False
            self.redraw()


def _is_for_screen(key: str) -> bool:
    """Keys that mean the same in a text field as elsewhere."""
    return key == "escape" or (key[0] == "f" and key[1:].isdigit())


def joined(acts: Sequence[AnyCommand], *more: Sequence[AnyCommand]) -> tuple[AnyCommand, ...]:
    """Lists of commands one after the other."""
    return tuple(act for part in (acts, *more) for act in part)
