"""Segel & ekspor as lines: the closing list, where copies lie, the sets that were written."""

from __future__ import annotations

from typing import Final

from pleno.domain.figures import thousands
from pleno.domain.rules import Severity
from pleno.tui import marks
from pleno.tui.closing_view import ClosingView, PlaceView, SealView, SetView, Task
from pleno.tui.widgets.grid import Cell, Column, GridRow

COLUMNS: Final = (
    Column("mark", "", 3),
    Column("text", "PENUTUPAN", 0),
    Column("count", "", 22, right=True),
    Column("key", "", 4, right=True),
)
SET: Final = "ekspor:"
"""Beginning of the key of a line that shows a set; its number follows."""
_WHERE: Final = {False: "utuh", True: "TIDAK ADA"}
"""Whether a copy lies at a place."""


def seal_lines(seal: SealView | None) -> list[str]:
    """The newest seal; its second word only once it was read back from paper."""
    if seal is None:
        return [" SEGEL      belum ada; s membuatnya"]
    first, second = seal.words.split("-")
    words = f"{first} - {second}" if seal.read_back else f"{first} - ........   w: kata kedua dibaca dari kertas"
    return [
        f" SEGEL {seal.number:02}   entri {seal.seq}   {seal.at}   {seal.after} entri sesudahnya",
        f"            {words}",
    ]


def closing_rows(view: ClosingView) -> list[GridRow]:
    """What is missing, what was copied, what was written."""
    rows = [*map(_task_row, view.tasks), *map(_place_row, view.copies.places)]
    votes = f"{thousands(view.votes)} suara"
    rows.append(GridRow("sah", (Cell(""), Cell(f"suara di {view.settled} TPS yang sah"), Cell(votes), Cell("F6"))))
    if view.sets:
        rows.append(GridRow("sets", (Cell(""), Cell("SET REKAP"), Cell("sidik manifes"), Cell("")), group=SET))
    return [*rows, *map(_set_row, view.sets)]


def _task_row(task: Task) -> GridRow:
    mark = None if task.done else marks.SELISIH
    cells = (Cell("[v]" if task.done else "[ ]", mark), Cell(task.words), Cell(task.amount), Cell(task.key))
    return GridRow(task.words, cells)


def _place_row(place: PlaceView) -> GridRow:
    mark = marks.SELISIH if place.fault else None
    cells = (Cell("!" if place.fault else "", mark), Cell(f"  {place.folder}"), Cell(_WHERE[bool(place.fault)], mark))
    return GridRow(place.folder, (*cells, Cell("c" if place.fault else "")), mark)


def _set_row(one: SetView) -> GridRow:
    gone = "" if one.here else "  (tidak ada di sini)"
    cancelled = one.status == "BATAL"
    cells = (
        Cell(f"{one.number:02}"),
        Cell(f"{one.status}{' perlu cetak ulang' * cancelled}  {one.folder}{gone}"),
        Cell(one.fingerprint),
        Cell(""),
    )
    return GridRow(f"{SET}{one.number}", cells, marks.FINDING[Severity.KERAS] if cancelled else None, group=SET)
