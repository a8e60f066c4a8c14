"""Long work in front of a screen: a thread does it and only tells; the app's own thread keeps what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Any, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from pleno.domain.errors import PlenoError
from pleno.tui.screens.dialog import Dialog
from pleno.tui.text import safe_text


class Step(NamedTuple):
    """One part of the work: what the user reads, then what is done."""

    words: str
    act: Callable[[Any], Any]
    """Gets what the step before returned (None at first)."""
    counted: str = "halaman"
    """What `Working.pages` counts."""


class Stopped(Exception):
    """The user asked to stop in the middle of a step."""


class Done(NamedTuple):
    """How the work ended."""

    result: Any
    """What the last step that ran returned; None where none did."""
    stopped: bool
    """Whether the user asked to stop; then the result is not wanted."""


class Working(Dialog):
    """Progress of some steps. Esc asks to stop where the step at hand allows it; the dialog ends when the thread has.

    Answers `Done`, or the PlenoError that ended it. What goes wrong otherwise is a fault of the program.
    """

    AUTO_FOCUS = ""

    @dataclass
    class Told(Message):
        """A step begins, or is so far."""

        place: int
        done: int = 0
        of: int = 0
        """Pages, or what else the step at hand counts; 0 where it does not count any."""

    @dataclass
    class Ended(Message):
        """The thread is through."""

        answer: Done | PlenoError

    def __init__(self, title: str, steps: Sequence[Step], *, to_the_end: bool = False) -> None:
        """`to_the_end`: the work is wanted whole, and Esc does nothing."""
        super().__init__()
        self._title, self._steps, self._to_the_end = title, tuple(steps), to_the_end
        self._stop = Event()
        self._place = 0

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(safe_text(self._title, "bold"))
            yield Static("", id="step", markup=False)
            said = "Tunggu; jangan cabut stik." if self._to_the_end else "Esc batal; tidak ada yang tercatat"
            yield Static(safe_text(said), id="keys", markup=False)

    def on_mount(self) -> None:
        self._show(0)
        self.run_worker(self._work, thread=True, exit_on_error=True)

    def _work(self) -> None:
        result: Any = None
        try:
            for place, step in enumerate(self._steps):
                if self._stop.is_set():
                    break
                self._place = place
                self.post_message(self.Told(place))
                result = step.act(result)
        except Stopped:
            self.post_message(self.Ended(Done(None, True)))
            return
        except PlenoError as error:
            self.post_message(self.Ended(error))
            return
        self.post_message(self.Ended(Done(result, self._stop.is_set())))

    def pages(self, done: int, of: int) -> None:
        """What a step calls in its thread when `done` of its `of` pages are made; ends it once Esc was pressed."""
        if self._stop.is_set():
            raise Stopped
        self.post_message(self.Told(self._place, done, of))

    def _show(self, place: int, pages: int = 0, of: int = 0) -> None:
        total = len(self._steps)
        far = (place + (pages / of if of else 0)) / total
        done = "#" * int(20 * far)
        step = self._steps[place]
        counted = f": {step.counted} {pages} dari {of}" if of else ""
        said = f"[{done:.<20}] {place} dari {total}   {step.words}{counted}"
        self.query_one("#step", Static).update(safe_text(said))

    @on(Told)
    def _told(self, message: Told) -> None:
        self._show(message.place, message.done, message.of)

    @on(Ended)
    def _ended(self, message: Ended) -> None:
        answer = message.answer
        if isinstance(answer, Done) and self._stop.is_set():
            answer = answer._replace(stopped=True)
        self.dismiss(answer)

    def keys(self, event: events.Key) -> None:
        if event.key == "escape" and not self._to_the_end:
            self._stop.set()
            self.query_one("#keys", Static).update(safe_text("Berhenti sesudah langkah ini ..."))
