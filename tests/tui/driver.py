"""A driver of the screens that reads like what an operator does, and counts the keys."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from textual import events
from textual.pilot import Pilot
from tui.kecamatan import Ticking

from pleno.domain.compare import TpsState
from pleno.domain.figures import Figure, to_json
from pleno.tui.app import PlenoApp
from pleno.tui.gateway import Pleno
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.screens.desk import DeskScreen

KEYS = {
    "=": "equals_sign", "+": "plus", "*": "asterisk", "/": "slash", ".": "full_stop", ",": "comma", "-": "minus",
    "[": "left_square_bracket", "]": "right_square_bracket", "?": "question_mark", "Enter": "enter", "Esc": "escape",
    "#": "number_sign", "Tab": "tab", "Backspace": "backspace", " ": "space",
}  # fmt: skip


class SteadyApp(PlenoApp):
    """The app with a clock that gives every key a second of its own."""

    steady = True
    _seconds = 0.0

    def seconds(self) -> float:
        self._seconds += 1.0 if self.steady else 0.05
        return self._seconds


class DeskDriver:
    """The operator's hands and eyes."""

    waits = True
    """Look only once a screen that fills itself step by step has filled."""

    def __init__(self, folder: Path, size: tuple[int, int] = (80, 24), by: str | None = None) -> None:
        self.app = SteadyApp(folder, by, clock=Ticking(folder).clock())
        self.keys_pressed = 0
        self._running = self.app.run_test(size=size)

    async def __aenter__(self) -> Self:
        self.pilot: Pilot[None] = await self._running.__aenter__()
        await self.settle()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._running.__aexit__(kind, error, trace)

    async def settle(self) -> None:
        """Wait until everything pressed has been drawn: no message left and nothing unpainted, three looks in a row."""
        quiet = 0
        while quiet < 3:
            await asyncio.sleep(0.004)
            pumps = [self.app, *self.app.screen_stack, *self.app.screen.walk_children()]
            waiting = any(not pump._message_queue.empty() or pump._next_callbacks for pump in pumps)
            waiting |= self._unpainted() or (not self.app.is_open and self.app.failure is None)
            quiet = 0 if waiting else quiet + 1

    def _unpainted(self) -> bool:
        """Whether the screen will still paint, of itself or when its timer comes round, unless the app has ended."""
        screen = self.app.screen
        filling = self.waits and isinstance(screen, PlenoScreen) and screen.filling
        unlaid = bool(self.app._batch_count) or screen._layout_required
        return not self.app._exit and (filling or unlaid or screen._update_timer._active.is_set())

    # --- hands -------------------------------------------------------------------------------

    async def press(self, *keys: str) -> DeskDriver:
        """Press keys by what is printed on them, as fast as a terminal hands them over."""
        self.keys_pressed += len(keys)
        for key in keys:
            self.app.post_message(events.Key(KEYS.get(key, key), key if len(key) == 1 else None))
        await self.settle()
        return self

    async def go_to_desk(self, tps: str = "") -> DeskDriver:
        """Open the Meja, and a TPS there, without counting."""
        await self.press("f3")
        if tps:
            self.app.open_desk(tps)
            await self.settle()
        self.keys_pressed = 0
        return self

    async def accept(self, rows: int = 1) -> DeskDriver:
        """`=` at one row after the other."""
        return await self.press(*["="] * rows)

    async def type(self, *figures: Figure) -> DeskDriver:
        """Figures, each with Enter."""
        return await self.press(*(key for figure in figures for key in (*str(to_json(figure)), "Enter")))

    async def write(self, text: str) -> DeskDriver:
        """Words into a text field."""
        return await self.press(*text)

    # --- eyes --------------------------------------------------------------------------------

    @property
    def pleno(self) -> Pleno:
        return self.app.pleno

    @property
    def desk(self) -> DeskScreen:
        screen = self.app.screen
        assert isinstance(screen, DeskScreen), f"on the screen is {screen}"
        return screen

    @property
    def message(self) -> str:
        """Line 23."""
        assert isinstance(self.app.screen, PlenoScreen)
        return self.app.screen.message

    @property
    def row(self) -> str:
        """Code of the row under the cursor."""
        return self.desk.row.row.code

    @property
    def buffer(self) -> str:
        return self.desk.grid.buffer

    def figure(self, row: str) -> Figure:
        """What the plano of the TPS on the table says, drafts included."""
        return self.pleno.file(self.desk.tps).figure("plano", row)

    def state(self, tps: str) -> TpsState:
        return self.pleno.file(tps).state

    def entries(self, choose: Callable[[object], bool] = lambda _entry: True) -> list[object]:
        return [entry for entry in self.pleno.session.store.entries() if choose(entry)]

    @property
    def lines(self) -> list[str]:
        """What stands on the terminal."""
        strips = self.app.screen._compositor.render_strips(self.app.size)
        return [strip.text.rstrip() for strip in strips]

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"
