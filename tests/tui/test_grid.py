"""The grid: cursor, groups, width, size and speed's shape (UX.md section 10)."""

from __future__ import annotations

import asyncio

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Offset
from tui.cells import cells_of

from pleno.importers.workspace import THEMES as NAMES
from pleno.tui import marks
from pleno.tui.marks import FINDING, TPS, Mark
from pleno.tui.themes import THEMES, Tone
from pleno.tui.widgets.grid import Cell, Column, Grid, GridRow

COLUMNS = [
    Column("n", "no", 4, right=True),
    Column("name", "nama", 8),
    *(Column(f"c{i}", f"c{i}", 6, True) for i in range(28)),
]


def rows(count: int) -> list[GridRow]:
    return [
        GridRow(str(n), (Cell(str(n)), Cell(f"TPS {n:03}"), *(Cell(str(n * i)) for i in range(28))), group=str(n // 10))
        for n in range(count)
    ]


class Shown(App[None]):
    """An app with one grid."""

    def __init__(self, grid: Grid, table: list[GridRow]) -> None:
        super().__init__()
        self.grid, self.table = grid, table
        self.moved: list[str] = []
        self.register_theme(THEMES[0])
        self.theme = "gelap"

    def compose(self) -> ComposeResult:
        yield self.grid

    def on_mount(self) -> None:
        self.grid.show(self.table)

    def on_grid_moved(self, message: Grid.Moved) -> None:
        self.moved.append(message.row.key)


async def test_the_cursor_holds_at_the_ends_and_stays_in_view() -> None:
    app = Shown(Grid(COLUMNS, fixed=2), rows(1600))
    async with app.run_test(size=(80, 24)) as pilot:
        grid = app.grid
        grid.move(-1)
        assert grid.key == "0"
        for step in (1, 22, 1, 700, 5000, -1, -30, -5000):
            grid.move(step)
            await pilot.pause()
            pointed = [line for line in cells_of(app).splitlines() if line.startswith(">")]
            assert [line.split()[1] if line[1] == " " else line[1:].split()[0] for line in pointed] == [grid.key]
        assert grid.key == "0"
        grid.page(1)
        assert grid.key == "22"


async def test_a_new_table_keeps_the_cursor_on_its_row_and_the_buffer() -> None:
    app = Shown(Grid(COLUMNS, fixed=2, entry="c0"), rows(100))
    async with app.run_test(size=(80, 24)) as pilot:
        app.grid.go_to("40")
        app.grid.put_buffer("12")
        app.grid.show(rows(100)[10:])
        await pilot.pause()
        assert (app.grid.key, app.grid.buffer) == ("40", "12")
        assert "[12_]" in cells_of(app)
        app.grid.show(rows(5))
        assert app.grid.key == "4"
        app.grid.show([])
        assert (app.grid.key, app.grid.row) == ("", None)
        app.grid.move(3)


async def test_a_resize_keeps_cursor_and_buffer() -> None:
    app = Shown(Grid(COLUMNS, fixed=2, entry="c0"), rows(100))
    async with app.run_test(size=(80, 24)) as pilot:
        app.grid.go_to("60")
        app.grid.put_buffer("7")
        for size in ((10, 3), (72, 20), (160, 45)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert (app.grid.key, app.grid.buffer) == ("60", "7")
        assert ">  60 TPS 060" in cells_of(app)


async def test_groups_and_columns() -> None:
    app = Shown(Grid(COLUMNS, fixed=2), rows(35))
    async with app.run_test(size=(80, 24)) as pilot:
        app.grid.group(1)
        app.grid.group(1)
        assert app.grid.key == "20"
        app.grid.group(-1)
        assert app.grid.key == "10"
        assert "c0" in cells_of(app)
        for _ in range(60):
            app.grid.sideways(1)
        await pilot.pause()
        head = cells_of(app).splitlines()[0]
        assert "nama" in head
        assert "c27" in head
        assert "c0 " not in head


async def test_the_real_cursor_stands_where_the_next_digit_goes() -> None:
    columns = [Column("mark", "", 1), Column("plano", "Plano", 6, right=True)]
    app = Shown(Grid(columns, entry="plano", pointer=False), [GridRow("a", (Cell("?"), Cell("1")))])
    async with app.run_test(size=(80, 24)) as pilot:
        app.grid.put_buffer("23")
        await pilot.pause()
        assert cells_of(app).splitlines()[1] == "?  [23_]"
        assert app.cursor_position == Offset(6, 1)


async def test_names_are_cut_by_cells_and_never_break_the_line() -> None:
    names = ["漢字" * 20, "a" * 90, "e" + "\u0301" * 200, "\x1b[2Jx", "[red]x[/red] [/]", "\u202eabc", "tab\there\nand"]
    columns = [Column("name", "nama", 12), Column("end", "akhir", 5)]
    table = [GridRow(str(n), (Cell(name), Cell("AKHIR"))) for n, name in enumerate(names)]
    app = Shown(Grid(columns), table)
    async with app.run_test(size=(72, 20)) as pilot:
        await pilot.pause()
        strips = app.screen._compositor.render_strips(app.size)
        for strip in strips:
            assert strip.cell_length == 72
        text = cells_of(app)
        assert text.count("AKHIR") == len(names)
        assert "[red]x[/red.." in text or "[red]x[/re.." in text
        assert r"\x1b[2Jx" in text
        assert r"\u202eabc" in text
        assert not {char for char in text if ord(char) < 32 and char != "\n"}


async def test_every_mark_is_told_by_more_than_its_colour() -> None:
    kinds = [marks.BELUM, marks.MENUNGGU, marks.DRAF, marks.COCOK, marks.SELISIH, marks.DIBETULKAN,
             marks.HITUNG_ULANG, marks.KOSONG, marks.TIDAK_ADA]  # fmt: skip
    for known in (kinds, list(marks.TPS.values()), list(marks.FINDING.values())):
        assert len({mark.symbol for mark in known}) == len(known)
        assert len({mark.word for mark in known}) == len(known)


async def test_a_key_redraws_two_lines_and_not_the_table() -> None:
    class Counting(Grid):
        drawn = 0

        def render_line(self, y: int):  # type: ignore[no-untyped-def]
            self.drawn += 1
            return super().render_line(y)

    grid = Counting(COLUMNS, fixed=2)
    app = Shown(grid, rows(1600))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        grid.drawn = 0
        grid.move(1)
        await pilot.pause()
        await asyncio.sleep(0.05)
        assert grid.drawn <= 4


def contrast(one: str, other: str) -> float:
    """WCAG contrast of two colours "#rrggbb"."""

    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_colour_can_be_read_on_its_ground() -> None:
    assert tuple(theme.name for theme in THEMES) == NAMES
    for theme in THEMES:
        least = 7 if theme.name.startswith("kontras") else 4.5
        for tone in Tone:
            for ground in (theme.background, theme.panel, theme.boost):
                assert contrast(theme.variables[f"tone-{tone}"], ground or "") >= least, (theme.name, tone, ground)


_OF_ROWS = tuple(mark for mark in vars(marks).values() if isinstance(mark, Mark))


@pytest.mark.parametrize(
    "kind", [_OF_ROWS, tuple(TPS.values()), tuple(FINDING.values())], ids=["row", "tps", "finding"]
)
def test_no_two_states_of_a_kind_are_told_apart_by_colour_alone(kind: tuple[Mark, ...]) -> None:
    """Whoever sees no colours at all, or only some, has the symbol on the screen and the word in F1."""
    assert len({mark.symbol for mark in kind}) == len({mark.word for mark in kind}) == len(kind)
    assert all(mark.symbol.strip() and mark.word.isupper() for mark in kind)
