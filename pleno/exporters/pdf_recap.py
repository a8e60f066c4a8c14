"""The tables of figures in print: a column for each TPS or desa, sums carried from page to page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from pleno.domain.contest import Contest, Part, Row
from pleno.domain.document import Document
from pleno.domain.errors import PlenoError
from pleno.domain.figures import Figure, addend, shown
from pleno.domain.recap import DesaRecap, Sums
from pleno.exporters.columns import Column, ColumnKind, columns
from pleno.exporters.layout import Layout, texts
from pleno.exporters.pdf_engine import PADDING, measure
from pleno.exporters.pdf_page import Box, Heights, Line, Table, asked, body_room, body_width, pages_of
from pleno.exporters.pdf_text import MILLIMETRE, ems, printable
from pleno.exporters.table import Heading

SIZES: Final = (14.0, 13.0, 12.0, 11.5, 11.0, 10.75, 10.5, 10.25, 10.0, 9.75, 9.5, 9.25, 9.0)
"""Points of the letters; the largest is taken that needs no more pages than any smaller one."""

_NUMBER, _PARTY_NUMBER, _PART = 15.0, 23.0, 9.0
"""Millimetres of the columns NO., of parties' candidates ("IV.12.A.2.10"), and LK/PR/JML."""
_LABEL, _NARROW_LABEL, _LEAST_LABEL, _MOST_LABEL = 125.0, 95.0, 60.0, 150.0
"""Wanted millimetres of URAIAN, with long names over the columns, with very many columns, and most."""
_VALUE, _LEAST_VALUE = 24.0, 9.0
"""Widest and narrowest column of a TPS or desa."""
_SUM: Final = 21.0
"""Millimetres of a column of sums: the word PINDAHAN fits."""
_HEAD: Final = 0.9
"""Size of heads beside the table's own."""
_DIGIT: Final = 0.53
"""Width of a bold digit in ems."""


class Grid(NamedTuple):
    """The figures of one sheet before they are laid out."""

    name: str
    """What people call the sheet, for the sentence that stops a wrong one."""
    contest: Contest
    headings: Sequence[Heading]
    figures: Sequence[Mapping[str, Figure]]
    """One mapping a column, by canonical row name."""
    corrected: Sequence[frozenset[str]]
    """Rows of each column whose figure was put right in the meeting."""
    sums: Sums
    """The recap's own, against which the printed ones are checked."""
    notes: Sequence[str]
    """Lines under the table."""


class Shape(NamedTuple):
    """How the sheets of one kind look."""

    size: float
    number: float
    label: float
    value: float
    per_page: int


def desa_grid(document: Document, desa: DesaRecap) -> Grid:
    """A column for each TPS of a desa."""
    label, contest = texts()["label"], document.recap.contest
    corrected = [document.corrected(file) for file in desa.files]
    notes = [texts()["keterangan"]["dibetulkan_cetak"]] if any(corrected) else []
    headings = [
        Heading(label["tps"].format(nomor=file.tps.number), label["sah" if file.settlement is not None else "belum"])
        for file in desa.files
    ]
    figures = [document.figures(file) for file in desa.files]
    notes += _unpublished(contest)
    return Grid(desa.desa.name, contest, headings, figures, corrected, document.sums(desa), notes)


def kecamatan_grid(document: Document) -> Grid:
    """A column for each desa."""
    every, contest = document.recap.desa, document.recap.contest
    headings = [Heading(desa.desa.name, f"{desa.settled} dari {len(desa.files)} TPS") for desa in every]
    figures = [document.sums(desa) for desa in every]
    corrected = [frozenset[str]()] * len(every)
    name = texts()["lembar"]["kecamatan"]
    return Grid(name, contest, headings, figures, corrected, document.sums(document.recap), _unpublished(contest))


def _unpublished(contest: Contest) -> list[str]:
    return [texts()["keterangan"]["tanpa"]] if contest.unpublished else []


def recap_tables(grids: Sequence[Grid], layout: Layout) -> list[list[Table]]:
    """For each sheet of one kind a table for each page of columns, all in one shape."""
    longest = max((len(shown(one)) for grid in grids for column in grid.figures for one in column.values()), default=1)
    items = max(len(grid.headings) for grid in grids)
    number = _PARTY_NUMBER if grids[0].contest.partai else _NUMBER
    word = max(ems(word) for grid in grids for one in grid.headings for word in printable(one.title).split())
    shapes = [_shape(number, longest, word, items, size, layout) for size in SIZES]
    bare = {shape: [_labels(grid, shape) for grid in grids] for shape in shapes}
    heights = measure(one for tables in bare.values() for table in tables for one in asked(table))
    best = min(shapes, key=lambda shape: (_sheets(grids, shape, bare[shape], heights, layout), -shape.size))
    return [_tables(grid, best) for grid in grids]


def _shape(number: float, longest: int, word: float, items: int, size: float, layout: Layout) -> Shape:
    """Columns wide enough for the longest figure, as many a page as the office wants and the paper holds.

    Where there is room, wide enough for the longest word (in ems) over a column too.
    """
    width = body_width(layout.paper) - number - _PART
    least = max(_LEAST_VALUE, longest * _DIGIT * size * MILLIMETRE + PADDING)
    most = min((width - _LEAST_LABEL - sums * _SUM) / least + sums for sums in (1, 2))
    per_page = max(3, min(layout.columns_per_page, int(most)))
    # A first page has one column of sums, one in the middle two and so one TPS or desa less.
    pages = [(min(items, per_page - 1), _SUM)] + ([(per_page - 2, 2 * _SUM)] if items >= per_page else [])

    def widest(label: float) -> float:
        return min((width - label - sums) / values for values, sums in pages)

    heading = word * _HEAD * size * MILLIMETRE + PADDING
    value = max(least, min(max(_VALUE, heading), widest(_LABEL)))
    if value < heading:
        value = max(value, min(heading, widest(_NARROW_LABEL)))
    label = width - max(values * value + sums for values, sums in pages)
    return Shape(size, number, min(_MOST_LABEL, label), value, per_page)


def _sheets(grids: Sequence[Grid], shape: Shape, bare: Sequence[Table], heights: Heights, layout: Layout) -> int:
    """Pages that all sheets take in this shape."""
    room = body_room(layout.paper)
    return sum(
        len(columns(len(grid.headings), shape.per_page)) * len(pages_of(table, heights, room))
        for grid, table in zip(grids, bare, strict=True)
    )


def _labels(grid: Grid, shape: Shape) -> Table:
    """The rows of a sheet without their figures, under all of its heads: what decides the heights."""
    every = [Column(ColumnKind.VALUE, at, at, (at, at)) for at, _ in enumerate(grid.headings)]
    total = Column(ColumnKind.TOTAL, len(every), None, (0, 0))
    widths = [*_left(shape), *[shape.value] * len(every), _SUM]
    beside = Box("", across=len(every) + 1)
    lines = [Line([*line.cells, beside], keep=line.keep) for _, line in _form_lines(grid.contest)]
    return Table(widths, _heads(grid, [*every, total]), [*lines, *_notes(grid, len(widths))], shape.size)


def _left(shape: Shape) -> list[float]:
    return [shape.number, shape.label, _PART]


def _tables(grid: Grid, shape: Shape) -> list[Table]:
    pages = columns(len(grid.headings), shape.per_page)
    held: dict[str, dict[int, Figure]] = {row.name: {} for row in grid.contest.rows}
    tables = []
    for page in pages:
        widths = [*_left(shape), *(shape.value if column.item is not None else _SUM for column in page)]
        lines = [
            _with_figures(grid, row, line, page, held[row.name])
            if row is not None
            else Line([*line.cells, Box("", "section", len(page))], keep=True)
            for row, line in _form_lines(grid.contest)
        ]
        notes = _notes(grid, len(widths))
        tables.append(Table(widths, _heads(grid, page), [*lines, *notes], shape.size))
    last = pages[-1][-1].at
    for row in grid.contest.rows:
        if (own := held[row.name].get(last)) != grid.sums.get(row.name) and row.name not in grid.contest.unpublished:
            raise PlenoError(
                "Ekspor dihentikan",
                f"{grid.name}, {row.code}: jumlah lembar {shown(own)}, jumlah rekap {grid.sums.get(row.name)}.",
                "Jangan pakai lembar ini; jalankan `pleno verifikasi` dan laporkan.",
            )
    return tables


def _with_figures(grid: Grid, row: Row, line: Line, page: Sequence[Column], held: dict[int, Figure]) -> Line:
    """A row with the figures of one page of columns; `held` keeps them for the sums of this page and the next."""
    if row.name in grid.contest.unpublished:
        return Line([*line.cells, *[_box("", "unpublished")] * len(page)], keep=line.keep)
    cells = []
    for column in page:
        if column.item is not None:
            held[column.at] = grid.figures[column.item].get(row.name)
            look = "corrected" if row.name in grid.corrected[column.item] else "figure"
        else:
            held[column.at] = _sum(held, column)
            look = "sum"
        figure = held[column.at]
        cells.append(_box("" if figure is None else shown(figure), look))
    return Line([*line.cells, *cells], keep=line.keep, counts=True, total=addend(held[page[-1].at]))


def _sum(held: Mapping[int, Figure], column: Column) -> int | None:
    first, last = column.addends
    read = [number for at in range(first, last + 1) if (number := addend(held[at])) is not None]
    return sum(read) if read else None


@lru_cache(maxsize=4096)
def _box(text: str, look: str) -> Box:
    """The same figure is one cell wherever it stands: a party contest has hundreds of thousands."""
    return Box(text, look)


def _form_lines(contest: Contest) -> Iterator[tuple[Row | None, Line]]:
    """The rows of the form with their labels; None is the heading of a section. Blocks of a party stay whole."""
    inside = {name for partai in contest.partai for name in (partai.votes, *partai.calon_rows)}
    looks = {partai.votes: "party" for partai in contest.partai} | {one.total: "total" for one in contest.partai}
    for section in contest.sections:
        if section.rows:
            yield None, Line([Box(section.code, "section"), Box(section.title, "section", 2)], keep=True)
        for row in section.rows:
            keep = row.name in inside or row.part in (Part.L, Part.P)
            yield row, Line(_label(row, looks.get(row.name, "label")), keep=keep)


def _label(row: Row, look: str) -> list[Box]:
    if row.part is None:
        return [Box(row.code, "number"), Box(row.label, look, 2)]
    part = Box(texts()["label"][row.part.value], "part")
    if row.part is not Part.L:
        return [part]
    return [Box(row.code.rpartition(".")[0], "number", down=3), Box(row.label, look, down=3), part]


def _heads(grid: Grid, page: Sequence[Column]) -> list[Line]:
    label = texts()["label"]
    names, counts, states = [], [], []
    for column in page:
        heading = grid.headings[column.item] if column.item is not None else None
        total = label["akhir"] if column.kind is ColumnKind.TOTAL else label["pindahan"]
        names.append(Box(heading.title, "head") if heading else Box(total, "sumhead"))
        counts.append(Box(f"({column.at - 2})", "count"))
        states.append(Box(heading.status if heading else "", "count"))
    heads = [
        Line([Box(label["nomor"], "head"), Box(label["uraian"], "head", 2), *names]),
        Line([Box("(1)", "count"), Box("(2)", "count", 2), *counts]),
    ]
    if all(heading.status == label["sah"] for heading in grid.headings):
        return heads
    return [*heads, Line([Box("", "count"), Box("", "count", 2), *states])]


def _notes(grid: Grid, columns_: int) -> list[Line]:
    return [Line([Box(note, "bare", columns_)]) for note in grid.notes]
