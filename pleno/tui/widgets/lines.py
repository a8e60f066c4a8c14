"""The lines every screen shares: state and what is left on top, message and keys below (UX.md section 2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from pleno.domain.rules import Severity
from pleno.tui.marks import DIBETULKAN, FINDING, SELISIH, Mark, style_of
from pleno.tui.text import cut, fit, safe_text, spread, visible, width, wrapped

MOST_KEYS: Final = 6
"""Items the line of keys may hold."""
_MOST_MESSAGE_LINES: Final = 5


class Status(NamedTuple):
    """What lines 1 and 2 say."""

    kecamatan: str
    """ "Kec. Sungai Aren"; cut where the line is full."""
    what: str
    """ "BUPATI 2024  KONSEP  op1"."""
    saved: str
    """ "tersimpan #412 14:32:07": the last durable save, never before it."""
    left: str
    """ "SISA 12 TPS  ? 10 belum ..."."""
    seal: str
    """ "segel 06+28": the last seal and the entries since."""
    alarm: str = ""
    """LATIHAN, BACA-SAJA, DISKORS ...; shown in front, in reverse."""


class TopLines(Widget):
    """Lines 1 and 2."""

    DEFAULT_CSS = "TopLines { height: 2; background: $panel; }"

    def __init__(self) -> None:
        super().__init__()
        self._status = Status("", "", "membuka ruang kerja ...", "", "")

    def show(self, status: Status) -> None:
        if status != self._status:
            self._status = status
            self.refresh()

    def render_line(self, y: int) -> Strip:
        status, cells, base = self._status, self.size.width, self.rich_style
        if y == 1:
            return Strip([Segment(spread(status.left, status.seal, cells), base)])
        name = "pleno  "
        alarm = f" {status.alarm} " if status.alarm else ""
        room = max(cells - len(name) - width(alarm), 0)
        for_name = room - width(status.saved) - width(visible(status.what)) - 5
        place = cut(visible(status.kecamatan), max(for_name, 4))
        rest = spread(f"{' ' * bool(alarm)}{place}  {status.what}", status.saved, room)
        reverse = Style.parse("bold reverse")
        return Strip(
            [Segment(name, base + Style(bold=True)), Segment(alarm, base + reverse), Segment(rest, base)]
        ).adjust_cell_length(cells, base)


@dataclass(frozen=True, slots=True)
class Said:
    """One message: what, which figures and where, and what to do (UX.md section 6)."""

    title: str
    text: str
    advice: str = ""
    severity: Severity | None = None
    """None = plain information."""


class MessageLine(Static):
    """Line 23: the message, else the prompt; a long refusal takes up to five lines for as long as it stands."""

    DEFAULT_CSS = f"MessageLine {{ height: auto; max-height: {_MOST_MESSAGE_LINES}; background: $panel; }}"

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self.said: Said | None = None
        """The message that stands; None while the prompt is shown."""
        self._prompt = ""

    def prompt(self, text: str) -> None:
        """What the focused place expects; a message that stands is drawn anew, in the theme of now."""
        self._prompt = text
        self._draw()

    def say(self, said: Said | None) -> None:
        """Show a message instead of the prompt; None takes it away."""
        if said != self.said:
            self.said = said
            self._draw()

    @property
    def shown(self) -> str:
        """The words that stand there."""
        return self.content.plain if isinstance(self.content, Text) else str(self.content)

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        cells = self.size.width or self.app.size.width or 80
        if self.said is None:
            self.update(safe_text(fit(self._prompt, cells)))
            return
        said = self.said
        mark = _MARKS.get(said.severity)
        style = style_of(mark, self.app.current_theme) if mark else Style()
        more = " ".join(part for part in (said.text, said.advice) if part)
        lines = wrapped(": ".join(part for part in (said.title, more) if part), cells)
        if len(lines) > _MOST_MESSAGE_LINES:
            last = _MOST_MESSAGE_LINES - 1
            lines = [*lines[:last], fit(" ".join(lines[last:]), cells)]
        self.update(safe_text("").append("\n".join(lines), style))


_MARKS: Final[dict[Severity | None, Mark]] = {
    Severity.KERAS: FINDING[Severity.KERAS],
    Severity.PERINGATAN: SELISIH,
    Severity.INFO: DIBETULKAN,
}


class KeyItem(NamedTuple):
    """One item of the line of keys."""

    command: str
    """Id of the command."""
    key: str
    word: str
    enabled: bool


class KeyLine(Widget):
    """Line 24: at most six keys, and how many more F1 explains."""

    DEFAULT_CSS = "KeyLine { height: 1; background: $panel; }"

    @dataclass
    class Chosen(Message):
        """An item was clicked."""

        command: str

    def __init__(self) -> None:
        super().__init__()
        self._items: tuple[KeyItem, ...] = ()
        self._more = 0

    def show(self, items: Sequence[KeyItem], hidden: int) -> None:
        """Show the first items that fit; the others count as hidden."""
        if (tuple(items), hidden) != (self._items, self._more):
            self._items, self._more = tuple(items), hidden
            self.refresh()

    def _fitting(self) -> tuple[list[KeyItem], str]:
        shown = list(self._items[:MOST_KEYS])
        while True:
            more = self._more + len(self._items) - len(shown)
            end = f"F1: {more} tombol lain" if more else ""
            taken = sum(len(item.key) + 1 + len(item.word) + 2 for item in shown)
            if taken + len(end) <= self.size.width or not shown:
                return shown, end
            shown.pop()

    def render_line(self, y: int) -> Strip:
        base = self.rich_style
        shown, end = self._fitting()
        segments: list[Segment] = []
        for item in shown:
            dim = Style(dim=not item.enabled)
            segments.append(Segment(item.key, base + Style(bold=item.enabled) + dim))
            segments.append(Segment(f" {item.word}  ", base + dim))
        room = self.size.width - sum(segment.cell_length for segment in segments)
        return Strip([*segments, Segment(fit(end, room, right=True), base)])

    def on_click(self, event: events.Click) -> None:
        start = 0
        for item in self._fitting()[0]:
            end = start + len(item.key) + 1 + len(item.word)
            if start <= event.x < end:
                self.post_message(self.Chosen(item.command))
            start = end + 2
