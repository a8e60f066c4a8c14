"""The sheets of words in print: the workbook's own plans, turned into tables.

What a sheet says is written once (pages.py, signatures.py); here it only gets other clothes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Final

from pleno.domain.document import Document
from pleno.exporters.layout import texts
from pleno.exporters.pdf_engine import measure
from pleno.exporters.pdf_frame import Part, region
from pleno.exporters.pdf_page import Box, Line, Table, asked, body_room, body_width, pages_of
from pleno.exporters.pdf_text import MILLIMETRE
from pleno.exporters.plan import Cell, Sheet

_LOOKS: Final = {
    "text": "bare",
    "line": "bare",
    "bold": "barebold",
    "heading": "barebold",
    "para": "para",
    "head": "head",
    "section": "section",
    "cell": "cell",
    "alarm": "alarm",
    "cellnumber": "cellnumber",
    "cellmiddle": "middle",
}
"""How styles of the workbook look in print; any other is a plain cell."""
_TITLE: Final = "title"
_AROUND: Final = frozenset({_TITLE, "mark", "model"})
"""Styles of what stands around the table."""
_HAND: Final = 54.0
"""Points that a row in which somebody writes is high at most for that; the workbook says how many it wants."""
_GAP: Final = 4.0
"""Millimetres of a row the plan leaves empty."""


def words_part(
    document: Document, sheet: Sheet, paper: str, sizes: Sequence[float], paraf: bool, model: str = "kecamatan"
) -> Part:
    """A planned sheet of words as part of a PDF, in the first of these sizes that needs the fewest pages."""
    titles = [cell.text for _, cell in sorted(sheet.cells.items()) if cell.style == _TITLE and cell.text]
    label, names = texts()["label"], document.meeting.names
    said = {f"{label[key]} : {names[key]}" for key in ("kecamatan", "kabkota", "provinsi")}
    tables = [words_table(sheet, paper, size, said) for size in sizes]
    heights = measure(one for table in tables for one in asked(table))
    best = min(tables, key=lambda table: len(pages_of(table, heights, body_room(paper))))
    return Part(sheet.name, titles, region(document), [best], paraf, model)


def words_table(sheet: Sheet, paper: str, size: float, elsewhere: Set[str] = frozenset()) -> Table:
    """The rows of a plan under its repeated heads, as wide as the paper; without lines that stand elsewhere."""
    count = max(column for _, column in sheet.cells)
    widths = [sheet.widths[column] for column in range(1, count + 1)]
    scale = body_width(paper) / sum(widths)
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        if cell.style not in _AROUND and cell.text not in elsewhere:
            rows.setdefault(row, {})[column] = cell
    first, last = sheet.title_rows or (min(rows), min(rows) - 1)
    lead = [line for row in range(min(rows), first) for line in _lines(sheet, rows, row, count)]
    heads = [line for row in range(first, last + 1) for line in _lines(sheet, rows, row, count)]
    lines = [line for row in range(last + 1, max(rows) + 1) for line in _lines(sheet, rows, row, count)]
    return Table([width * scale for width in widths], heads, lines, size, lead, stretch=False)


def _lines(sheet: Sheet, rows: Mapping[int, Mapping[int, Cell]], row: int, count: int) -> list[Line]:
    """One row of the plan; a gap where it is empty, and a little one under a paragraph."""
    if row not in rows:
        return [Line([Box("", "bare", count)], _GAP)]
    styles = {cell.style for cell in rows[row].values()}
    to_write = "line" in styles or any(cell.style == "cell" and cell.text == "" for cell in rows[row].values())
    least = min(_HAND, sheet.heights.get(row, 0.0)) * MILLIMETRE if to_write else 0.0
    line = Line(_boxes(rows[row], count), least)
    return [line, Line([Box("", "bare", count)])] if "para" in styles else [line]


def _boxes(cells: Mapping[int, Cell], count: int) -> Sequence[Box]:
    """The cells of one row; a text goes on over the empty ones to its right, as in the workbook."""
    boxes: list[Box] = []
    column = 1
    while column <= count:
        cell = cells.get(column)
        look = "bare" if cell is None else _LOOKS.get(cell.style, "cell")
        end = column + 1
        while end <= count and (end not in cells or (cell is not None and cell.text and cells[end].text is None)):
            end += 1
        boxes.append(Box(cell.text or "" if cell else "", look, end - column))
        column = end
    return boxes
