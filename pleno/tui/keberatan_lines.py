"""The sheet of keberatan as lines: columns by width, cells, the head, and one line of it in full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pleno.domain.keberatan import OFFICES, KeberatanKind, KeberatanState
from pleno.tui.keberatan_view import SheetLine, SheetView
from pleno.tui.labels import desa_in
from pleno.tui.marks import Mark
from pleno.tui.text import fit, spread, wrapped
from pleno.tui.themes import Tone
from pleno.tui.widgets.grid import Cell, Column, GridRow

DETAIL_WIDTH: Final = 36
"""Columns of the detail pane where it stands to the right, the space before it included."""
DETAIL_LINES: Final = 4
_ROOMY_FROM: Final = 90
_ANSWER: Final = "1 diterima  2 tidak diterima  3 diteruskan ke kab/kota"

STATES: Final = {
    KeberatanState.TERBUKA: Mark("k", "terbuka", Tone.KUNING, "bold"),
    KeberatanState.DITERIMA: Mark("v", "diterima", Tone.TEKS),
    KeberatanState.TIDAK_DITERIMA: Mark("-", "tidak diterima", Tone.TEKS),
    KeberatanState.DITERUSKAN: Mark(">", "diteruskan", Tone.BIRU),
    KeberatanState.DIBATALKAN: Mark("x", "dibatalkan", Tone.ABU),
}
"""How each state is shown."""


def columns_for(cells: int) -> list[Column]:
    """The columns in a table of this width."""
    roomy = cells >= _ROOMY_FROM
    return [
        Column("no", "no", 4, right=True),
        Column("at", "waktu", 5),
        Column("desa", "desa", 16 if roomy else 10),
        Column("tps", "TPS", 3),
        Column("kind", "jenis", 15 if roomy else 9),
        Column("pengaju", "pengaju", 8),
        Column("note", "uraian", 0),
        Column("state", "keadaan", 14),
    ]


def grid_rows(view: SheetView, cells: int) -> list[GridRow]:
    """A row for each line; one that says so where there is none."""
    if not view.lines:
        told = f"NIHIL, dicatat #{view.nihil}" if view.nihil else "belum ada yang dicatat"
        return [GridRow("", (*(Cell() for _ in range(6)), Cell(told), Cell()))]
    roomy = cells >= _ROOMY_FROM
    return [_row(line, roomy) for line in view.lines]


def _row(line: SheetLine, roomy: bool) -> GridRow:
    item, mark = line.item, STATES[line.item.state]
    kind = item.kind.words if roomy or item.kind is KeberatanKind.KEBERATAN else "kejadian"
    cells = (
        Cell(str(item.seq)),
        Cell(line.at),
        Cell(desa_in(line.desa.title(), 16 if roomy else 10) if line.tps else "kecamatan"),
        Cell(f"{line.tps.number:03}" if line.tps else "-"),
        Cell(kind),
        Cell(OFFICES.get(item.pengaju, f"saksi {item.pengaju.zfill(2)}")),
        Cell(item.note),
        Cell(mark.word, mark),
    )
    return GridRow(str(item.seq), cells)


def head_line(view: SheetView, cells: int) -> str:
    """ "KEBERATAN & KEJADIAN KHUSUS    2 terbuka dari 3                lembar: 3 baris"."""
    sheet = f"lembar: {len(view.lines)} baris" if view.lines else "lembar: NIHIL" if view.nihil else "lembar kosong"
    left = f"KEBERATAN & KEJADIAN KHUSUS    {view.still} terbuka dari {len(view.lines)}"
    return spread(left, f"NIHIL: {view.nihil_tps} TPS    {sheet}", cells)


def detail(line: SheetLine, cells: int, *, pane: bool) -> list[str]:
    """One line of the sheet: as a column to the right (`pane`), else in DETAIL_LINES lines."""
    prompt = f"Penyelesaian no {line.item.seq}: {_ANSWER}" if line.item.is_open else _answered(line)
    first = f"{line.place}  dari {line.pengaju}{f'  {line.about}' if line.about else ''}"
    if pane:
        parts = [f"no {line.item.seq}  {line.item.kind.words}", first, "", line.item.note, "", prompt]
        return [piece for part in parts for piece in wrapped(part, cells)]
    return [fit(part, cells) for part in (first, *_two(line.item.note, cells), prompt)]


def _two(text: str, cells: int) -> tuple[str, str]:
    """A text in two lines; Enter shows what is left out."""
    first, *more = wrapped(text, cells)
    return first, " ".join(more)


def _answered(line: SheetLine) -> str:
    words = f": {line.item.answer}" if line.item.answer else ""
    return f"{line.item.state.words} ({line.answerer}){words}"


def full(line: SheetLine) -> list[tuple[str, str]]:
    """Everything about one line: heading and text."""
    item = line.item
    facts = [
        ("nomor", f"{item.seq}, {line.at}"),
        ("tempat", line.place),
        ("jenis", item.kind.words),
        ("pengaju", line.pengaju),
        ("baris", line.about),
        ("uraian", item.note),
        ("keadaan", item.state.words),
        ("kata-kata", item.answer),
        ("oleh", f"{line.answerer}, entri #{item.answered}" if item.answered else ""),
    ]
    return [fact for fact in facts if fact[1]]


def fact_rows(lines: Sequence[tuple[str, str]], cells: int) -> list[GridRow]:
    """Those facts as rows of a grid, long ones over several."""
    rows: list[GridRow] = []
    for place, (heading, text) in enumerate(lines):
        for part, piece in enumerate(wrapped(text, cells)):
            row = (Cell("" if part else heading), Cell(piece))
            rows.append(GridRow(f"{place}.{part}", row, group=str(place)))
    return rows
