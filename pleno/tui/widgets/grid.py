"""The grid: every table of the program, drawn line by line so that 1,600 rows cost what 20 do (UX.md section 10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from pleno.tui.marks import Mark, style_of
from pleno.tui.text import fit, visible
from pleno.tui.widgets.rows import Cell as Cell  # tables are made of these, and speak of them through here
from pleno.tui.widgets.rows import Column as Column
from pleno.tui.widgets.rows import GridRow as GridRow


class Grid(ScrollView, can_focus=True):
    """A table with a cursor that moves by rows, and one column in which figures may be typed.

    The grid holds what is typed (`buffer`) but decides nothing: keys reach it through the
    commands of its screen, one after the other.
    """

    COMPONENT_CLASSES: ClassVar = {"grid--head", "grid--cursor", "grid--entry", "grid--edge"}
    DEFAULT_CSS = """
    Grid { height: 1fr; background: $background; color: $foreground; scrollbar-size: 0 0; }
    Grid > .grid--head { background: $panel; text-style: bold; }
    Grid > .grid--cursor { background: $boost; }
    Grid > .grid--entry { background: $boost; text-style: bold; }
    Grid > .grid--edge { color: $foreground-muted; }
    """

    @dataclass
    class Moved(Message):
        """The cursor stands on another row."""

        grid: Grid
        row: GridRow

    @dataclass
    class Clicked(Message):
        """A row was clicked."""

        grid: Grid
        row: GridRow

    def __init__(
        self,
        columns: Sequence[Column] = (),
        *,
        fixed: int = 0,
        entry: str = "",
        typing: Mark | None = None,
        pointer: bool = True,
        id: str | None = None,
    ) -> None:
        """`fixed`: how many columns stay when the others are scrolled; `entry`: key of the column one types in;
        `typing`: the mark that the first column shows while a value is typed in its row;
        `pointer`: whether ">" marks the row of the cursor, for eyes and terminals without colour."""
        super().__init__(id=id)
        self.columns: tuple[Column, ...] = tuple(columns)
        self.rows: Sequence[GridRow] = ()
        self.buffer = ""
        """Digits typed and not entered."""
        self.at = 0
        """Row of the cursor."""
        self.across = 0
        """First of the columns behind the fixed ones that is shown."""
        self._fixed = fixed
        self._entry = entry
        self._typing = typing
        self._pointer = 1 if pointer else 0
        self._widths: tuple[int, ...] = tuple(max(column.width, 4) for column in self.columns)

    # --- what it shows -----------------------------------------------------------------------

    def show(self, rows: Sequence[GridRow], columns: Sequence[Column] | None = None) -> None:
        """Show another state of the table; the cursor stays on its row, the buffer stays."""
        key = self.key
        if columns is not None and tuple(columns) != self.columns:
            self.columns, self.across = tuple(columns), 0
            self._measure()
        same = not self.rows or (len(rows) > self.at and rows[self.at].key == key)
        self.rows = rows
        if not same:
            found = next((place for place, row in enumerate(rows) if row.key == key), None)
            self.at = min(self.at, max(len(rows) - 1, 0)) if found is None else found
        self.virtual_size = Size(self.size.width, len(rows) + 1)
        self._reveal()
        self.refresh()

    @property
    def row(self) -> GridRow | None:
        """The row under the cursor."""
        return self.rows[self.at] if 0 <= self.at < len(self.rows) else None

    @property
    def key(self) -> str:
        """Key of the row under the cursor; empty in an empty table."""
        return self.row.key if self.row else ""

    @property
    def below(self) -> int:
        """How many rows stand below those that are shown."""
        return max(len(self.rows) - self.scroll_offset.y - self._visible_rows(), 0)

    def put_buffer(self, text: str) -> None:
        """Show what is being typed in the cell of the cursor."""
        self.buffer = text
        self._refresh_row(self.at)
        self._place_terminal_cursor()

    # --- moving ------------------------------------------------------------------------------

    def move(self, by: int) -> None:
        """Go down (or up, below 0); the ends hold, nothing wraps around."""
        self.go(self.at + by)

    def page(self, by: int) -> None:
        self.move(by * max(self._visible_rows() - 1, 1))

    def go(self, place: int) -> None:
        """Go to a row by its place; beyond the ends to the end."""
        place = min(max(place, 0), len(self.rows) - 1)
        if place < 0 or place == self.at:
            return
        before, self.at = self.at, place
        if not self._reveal():
            self._refresh_row(before)
            self._refresh_row(place)
        self._place_terminal_cursor()
        self.post_message(self.Moved(self, self.rows[place]))

    def go_to(self, key: str) -> bool:
        """Go to the row of this key; False when there is none."""
        for place, row in enumerate(self.rows):
            if row.key == key:
                self.go(place)
                return True
        return False

    def group(self, by: int) -> None:
        """Go to the first row of the next group (1), or of this one, then of the one before (-1)."""
        starts = [p for p, row in enumerate(self.rows) if p == 0 or row.group != self.rows[p - 1].group]
        onward = [p for p in starts if p > self.at] if by > 0 else [p for p in reversed(starts) if p < self.at]
        if onward:
            self.go(onward[0])

    def sideways(self, by: int) -> None:
        """Scroll the columns behind the fixed ones."""
        last = max(len(self.columns) - 1, self._fixed)
        across = min(max(self.across + by, 0), last - self._fixed)
        total = sum(self._widths[self._fixed + self.across :]) + len(self._widths)
        if across > self.across and total + sum(self._widths[: self._fixed]) <= self.size.width:
            return
        if across != self.across:
            self.across = across
            self.refresh()

    # --- drawing -----------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        place = self.scroll_offset.y + y - 1
        if y == 0:
            return self._line([Cell(column.label) for column in self.columns], self._part("grid--head"), None)
        if place >= len(self.rows):
            return Strip.blank(self.size.width, self.rich_style)
        row = self.rows[place]
        is_cursor = place == self.at
        base = self._part("grid--cursor") if is_cursor else self.rich_style
        if row.mark is not None:
            base += style_of(row.mark, self.app.current_theme)
        return self._line(row.cells, base, self.buffer if is_cursor else None)

    def _line(self, cells: Sequence[Cell], base: Style, buffer: str | None) -> Strip:
        """One line; `buffer` is None away from the cursor."""
        segments: list[Segment] = []
        if self._pointer:
            segments.append(Segment(" " if buffer is None else ">", base))
        used = self._pointer
        first = True
        for place in self._shown_columns():
            column, cell, room = self.columns[place], cells[place], self._widths[place]
            style = base if cell.mark is None else base + style_of(cell.mark, self.app.current_theme)
            if buffer and self._typing is not None and first:
                text, style = self._typing.symbol, base + style_of(self._typing, self.app.current_theme)
            elif buffer is not None and column.key == self._entry:
                text, style = self._entry_text(cell, column, room, buffer), base + self._part("grid--entry")
                style += Style(underline=bool(buffer))
            else:
                text = fit(cell.text, room, column.right)
            if not first:
                segments.append(Segment(" ", base))
            first = False
            segments.append(Segment(text, style))
            used += room + 1
            if used >= self.size.width:
                break
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def _entry_text(self, cell: Cell, column: Column, room: int, buffer: str) -> str:
        """The cell one types in: "[23_]" while typing, "[137]" before."""
        inner = f"{buffer}_" if buffer else visible(cell.text)
        return fit(f"[{inner}]", room, column.right)

    def _shown_columns(self) -> list[int]:
        return [p for p in range(len(self.columns)) if p < self._fixed or p >= self._fixed + self.across]

    def _part(self, name: str) -> Style:
        return self.get_component_rich_style(name)

    def _measure(self) -> None:
        """Give the column without a width what the others leave."""
        taken = sum(column.width for column in self.columns) + len(self.columns) - 1 + self._pointer
        rest = max(self.size.width - taken, 4)
        self._widths = tuple(column.width or rest for column in self.columns)

    def _visible_rows(self) -> int:
        return max(self.size.height - 1, 1)

    def _reveal(self) -> bool:
        """Scroll until the cursor is seen; whether that redrew everything."""
        if not self.size.height:
            return False
        top, seen = self.scroll_offset.y, self._visible_rows()
        wanted = min(max(top, self.at - seen + 1), self.at)
        wanted = max(min(wanted, max(len(self.rows) - seen, 0)), 0)
        if wanted == top:
            return False
        self.scroll_to(y=wanted, animate=False, immediate=True, force=True)
        self.refresh()
        return True

    def _refresh_row(self, place: int) -> None:
        y = place - self.scroll_offset.y + 1
        if 0 < y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def _place_terminal_cursor(self) -> None:
        """Let the real cursor of the terminal stand where typing goes, for screen readers and the eye."""
        if self.has_focus and self.columns:
            self.app.cursor_position = self.cell_offset()

    def cell_offset(self) -> Offset:
        """Where on the screen the next typed digit appears; the start of the row where nothing is typed."""
        y = self.content_region.y + self.at - self.scroll_offset.y + 1
        x = self.content_region.x + self._pointer
        for place in self._shown_columns():
            column = self.columns[place]
            if column.key == self._entry:
                return Offset(x + self._widths[place] - (2 if column.right else 0), y)
            x += self._widths[place] + 1
        return Offset(self.content_region.x, y)

    # --- what Textual tells ------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        self._measure()
        self.virtual_size = Size(self.size.width, len(self.rows) + 1)
        self._reveal()
        self.refresh()
        self.call_after_refresh(self._place_terminal_cursor)

    def on_focus(self) -> None:
        self._place_terminal_cursor()

    def on_click(self, event: events.Click) -> None:
        place = self.scroll_offset.y + event.y - 1
        if event.y > 0 and place < len(self.rows) and not self.buffer:
            self.go(place)
            self.post_message(self.Clicked(self, self.rows[place]))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        if not self.buffer:
            self.move(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        if not self.buffer:
            self.move(-1)
