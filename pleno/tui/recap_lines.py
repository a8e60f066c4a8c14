"""Rekap as lines: columns that fit, cells, and what stands below the table."""

from __future__ import annotations

from typing import Final, NamedTuple

from pleno.domain.compare import TpsState
from pleno.domain.contest import Row
from pleno.domain.figures import Figure, shown, thousands
from pleno.domain.recap import Margin
from pleno.tui import marks
from pleno.tui.labels import code_cells, desa_in, group_of, short_label
from pleno.tui.recap_view import Corrected, RecapColumn, RecapSheet
from pleno.tui.text import cut, spread, visible
from pleno.tui.widgets.grid import Cell, Column, GridRow

STATE = "#keadaan"
"""Key of the first line of the table: where each TPS or desa stands."""
KONTROL = "#kontrol"
"""Key of its last line: the identities of the form, column by column."""
FIXED = 2
"""Columns that stay when the others are scrolled."""


class Room(NamedTuple):
    """How wide the columns of a page are."""

    label: int
    value: int
    total: int
    short: bool
    """Whether columns of TPS are headed "001" instead of "TPS 001"."""


_OF_TPS: Final = (
    Room(23, 8, 12, False),
    Room(15, 7, 12, False),
    Room(23, 5, 8, True),
    Room(15, 4, 6, True),
    Room(8, 4, 6, True),
)
_OF_DESA: Final = (Room(23, 14, 12, False), Room(23, 10, 12, False), Room(15, 8, 12, False), Room(13, 7, 7, True))
"""Widths from roomy to narrow; where even the last does not fit, the columns are scrolled."""


def room_for(sheet: RecapSheet, cells: int) -> Room:
    """The first widths with which the page fits."""
    widths = _OF_TPS if sheet.desa else _OF_DESA
    return next((room for room in widths if _taken(sheet, room) <= cells), widths[-1])


def _taken(sheet: RecapSheet, room: Room) -> int:
    sums = sum(column.is_sum for column in sheet.columns)
    values = len(sheet.columns) - sums
    return 1 + code_cells(sheet.contest) + 1 + room.label + values * (room.value + 1) + sums * (room.total + 1)


def columns_for(sheet: RecapSheet, cells: int) -> list[Column]:
    """The columns of the page at this width of the terminal."""
    room = room_for(sheet, cells)
    values = [
        Column(
            f"{place}",
            _title(column, room),
            room.total if column.is_sum else room.value,
            right=True,
        )
        for place, column in enumerate(sheet.columns)
    ]
    return [Column("code", "kode", code_cells(sheet.contest)), Column("label", "uraian", room.label), *values]


def _title(column: RecapColumn, room: Room) -> str:
    if column.is_sum or column.title != column.short:
        return column.short if room.short else column.title
    return desa_in(column.title, room.value)


def grid_rows(sheet: RecapSheet) -> list[GridRow]:
    """Every row of the form, between where the columns stand and KONTROL."""
    asked = {row.name for row in sheet.contest.asked}
    rows = [
        _row(sheet, row, group_of(section, row), row.name in asked)
        for section in sheet.contest.sections
        for row in section.rows
    ]
    return [_states(sheet), *rows, _control(sheet)]


def _states(sheet: RecapSheet) -> GridRow:
    # A column of four cells has room for the symbol alone: "v", "!", "5/6".
    cells = [Cell(column.state if sheet.desa == "" else _symbol(column.state)) for column in sheet.columns]
    return GridRow(STATE, (Cell(""), Cell("keadaan"), *cells), group=STATE)


def _symbol(state: str) -> str:
    return state.partition(" ")[0]


def _row(sheet: RecapSheet, row: Row, group: str, asked: bool) -> GridRow:
    cells = [_cell(column, row, asked) for column in sheet.columns]
    # The code already ends in L, P or J.
    label = short_label(sheet.contest, row)
    label = label.removesuffix(row.part.upper()).rstrip() if row.part else label
    return GridRow(row.name, (Cell(row.code), Cell(label), *cells), group=group)


def _cell(column: RecapColumn, row: Row, asked: bool) -> Cell:
    if not asked:
        return Cell("-", marks.TIDAK_ADA)
    found = column.corrected.get(row.name)
    text = _figure(column.figures.get(row.name))
    if found is not None:
        return Cell(f"{found.mark.symbol}{text}", found.mark)
    return Cell(text, marks.TPS[TpsState.SAH] if column.is_sum else None)


def _figure(figure: Figure) -> str:
    return "" if figure is None else shown(figure)


def _control(sheet: RecapSheet) -> GridRow:
    cells = [
        Cell("" if column.control is None else thousands(column.control), marks.SELISIH if column.control else None)
        for column in sheet.columns
    ]
    return GridRow(KONTROL, (Cell("KONTROL"), Cell("harus 0"), *cells), group=KONTROL)


# --- around the table ------------------------------------------------------------------------------


def head_line(sheet: RecapSheet, kecamatan: str, cells: int) -> str:
    """ "REKAP  DESA AREN HILIR    5 dari 5 TPS sah    halaman 1 dari 1"."""
    place = f"DESA {sheet.desa.upper()}" if sheet.desa else f"KECAMATAN {kecamatan.upper()}"
    what = "    SEMENTARA" if sheet.provisional else ""
    left = f"REKAP  {place}    {sheet.settled} dari {sheet.tps} TPS sah{what}"
    more = "" if _taken(sheet, room_for(sheet, cells)) <= cells else ", panah kanan"
    return spread(left, f"halaman {sheet.page + 1} dari {sheet.pages}{more}", cells)


def below_lines(sheet: RecapSheet, row: str, cells: int) -> list[str]:
    """What was corrected, what is still provisional, KONTROL, and whether the order can still change."""
    lines = [_corrected_line(sheet, row), _apart_line(sheet, row), control_words(sheet), *margin_lines(sheet)]
    return [cut(visible(f" {line}"), cells) for line in lines]


def _corrected_line(sheet: RecapSheet, row: str) -> str:
    """ "*5 = TPS 003 V.B dibetulkan, tertulis 6 (#233)"; the row in hand first."""
    if not sheet.settled and not sheet.provisional:
        return "Belum ada TPS yang SAH di lembar ini; t menampilkan angka sementara (KONSEP)."
    every = sorted(sheet.corrected, key=lambda item: item.row != row)
    return "; ".join(corrected_words(sheet, item) for item in every) or "tidak ada angka yang dibetulkan di halaman ini"


def corrected_words(sheet: RecapSheet, item: Corrected) -> str:
    """One figure that is not what its paper says, with its number in the register."""
    word = "hitung ulang" if item.mark is marks.HITUNG_ULANG else "dibetulkan"
    code = sheet.contest.by_name[item.row].code
    number = f" (#{item.number})" if item.number else ""
    return (
        f"{item.mark.symbol}{shown(item.figure)} = TPS {item.tps} {code} {word}, tertulis {shown(item.written)}{number}"
    )


def _apart_line(sheet: RecapSheet, row: str) -> str:
    """The provisional sum beside the final one, never mixed, and how much of the whole is sah."""
    name = row if row in sheet.contest.by_name else "suara_sah"
    code = sheet.contest.by_name[name].code
    status = "DITETAPKAN" if sheet.all_settled == sheet.all_tps else "KONSEP"
    return (
        f"{status}, {sheet.all_settled} dari {sheet.all_tps} TPS    {code}: sah {thousands(sheet.final.get(name, 0))}, "
        f"sementara {thousands(sheet.all_read.get(name, 0))}"
    )


def control_words(sheet: RecapSheet) -> str:
    """ "KONTROL 0 di setiap kolom"; else which rules are off where."""
    known = [column for column in sheet.columns if column.control is not None]
    off = [f"{column.title} ({', '.join(column.broken)})" for column in known if column.broken and not column.is_sum]
    if off:
        return f"KONTROL tidak 0: {'; '.join(off)}"
    if any(column.broken for column in known):
        return "KONTROL tidak 0 di halaman lain dari lembar ini"
    return "KONTROL 0 di setiap kolom" if known else "KONTROL belum ada angka"


def margin_lines(sheet: RecapSheet) -> list[str]:
    """The safety line, arithmetic and no forecast: of the contestants, and of the closest candidates of a party."""
    if sheet.margin is None:
        return ["JARAK belum ada suara"]
    within = [_margin_words(sheet, sheet.within, f"PARTAI {sheet.within.partai:02} ")] if sheet.within else []
    return [_margin_words(sheet, sheet.margin), *within]


def _margin_words(sheet: RecapSheet, found: Margin, where: str = "") -> str:
    told = "TIDAK DAPAT BERUBAH" if found.certain else "BELUM PASTI"
    provisional = " sementara" * (sheet.all_settled < sheet.all_tps and not where)
    return (
        f"JARAK {where}{found.leader:02}-{found.runner_up:02} = {thousands(found.gap)}{provisional}, "
        f"terbuka paling banyak {thousands(found.most)}: urutan {told}"
    )
