"""The table of a sheet: rows of the form in the order of the paper, a column for each TPS or desa."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from pleno.domain.contest import Contest, Part, Row
from pleno.domain.errors import PlenoError
from pleno.domain.figures import KOSONG
from pleno.domain.identities import Identity, identities
from pleno.exporters.columns import FIRST_VALUE_COLUMN, Column, ColumnKind, columns, page_ends
from pleno.exporters.layout import Layout, texts
from pleno.exporters.plan import Cell, Sheet, Value, address
from pleno.exporters.styles import SMALL
from pleno.exporters.wrapping import BOLD, text_lines

CODE, NUMBER, LABEL, PART = 1, 2, 3, 4
"""Columns before the values."""

ROW_HEIGHT = 13.8
"""Points of a row with one line of text."""


def label_width(first: int = LABEL) -> float:
    """Width of the columns before the values, from `first` on."""
    style = texts()["gaya"]
    widths = {NUMBER: style["lebar_nomor"], LABEL: style["lebar_uraian"], PART: style["lebar_bagian"]}
    return float(sum(width for column, width in widths.items() if column >= first))


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over a column."""

    title: str
    """ "TPS 004", or a desa's name."""
    status: str
    """ "sah", "belum sah", "5 dari 6"."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a table shows; the callables take the item's number and a canonical row name."""

    headings: Sequence[Heading]
    value: Callable[[int, str], Value]
    """Figure of a cell; None = empty."""
    formula: Callable[[int, int], str | None]
    """Formula of a cell by item and sheet row; None for a typed figure."""
    corrected: Callable[[int, str], bool]
    sums: Mapping[str, int]
    """The recap's own sums, against which the sheet's are checked."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a table went."""

    rows: Mapping[str, int]
    """Canonical name -> sheet row."""
    total_column: int
    first_row: int
    last_row: int
    pages: Sequence[Sequence[Column]]


def place_table(sheet: Sheet, top: int, contest: Contest, content: Content, layout: Layout) -> Placed:
    """Put the table on a sheet, its heading in row `top`.

    Raises PlenoError naming the cell whose sum is not the recap's.
    """
    pages = columns(len(content.headings), layout.columns_per_page)
    every = [column for page in pages for column in page]
    _head(sheet, top, content, every)
    row, rows = top + 3, {}
    for section in contest.sections:
        if not section.rows:
            continue
        sheet.text(row, NUMBER, section.code, "section")
        sheet.text(row, LABEL, section.title, "section", until=PART)
        sheet.heights[row] = ROW_HEIGHT * text_lines(section.title, label_width() / BOLD)
        for column in every:
            sheet.put(row, column.at, Cell("section"))
        row += 1
        for form_row in section.rows:
            rows[form_row.name] = row
            _label(sheet, row, form_row)
            _values(sheet, row, form_row, contest, content, every)
            row += 1
    style = texts()["gaya"]
    widths = (9, style["lebar_nomor"], style["lebar_uraian"], style["lebar_bagian"])
    sheet.widths = dict(enumerate(widths, 1)) | {column.at: style["lebar_nilai"] for column in every}
    sheet.hidden_columns = (CODE,)
    sheet.title_rows, sheet.title_columns = (top, top + 2), (CODE, PART)
    sheet.freeze = address(top + 3, FIRST_VALUE_COLUMN)
    sheet.column_breaks = page_ends(pages)
    return Placed(rows, every[-1].at, top + 3, row - 1, pages)


def _head(sheet: Sheet, top: int, content: Content, every: Sequence[Column]) -> None:
    label = texts()["label"]
    sheet.text(top, NUMBER, label["nomor"], "head")
    sheet.text(top, LABEL, label["uraian"], "head", until=PART)
    sheet.text(top + 1, NUMBER, "(1)", "count")
    sheet.text(top + 1, LABEL, "(2)", "count", until=PART)
    sheet.text(top + 2, NUMBER, "", "status")
    sheet.text(top + 2, LABEL, "", "status", until=PART)
    for place, column in enumerate(every, 3):
        heading = content.headings[column.item] if column.item is not None else None
        total = label["akhir"] if column.kind is ColumnKind.TOTAL else label["pindahan"]
        sheet.text(top, column.at, heading.title if heading else total, "head" if heading else "sumhead")
        sheet.text(top + 1, column.at, f"({place})", "count")
        sheet.text(top + 2, column.at, heading.status if heading else "", "status")
    width = texts()["gaya"]["lebar_nilai"]
    titles = max(text_lines(one.title, width / BOLD) for one in content.headings)
    states = max(text_lines(one.status, width / SMALL) for one in content.headings)
    sheet.heights |= {top: max(30, ROW_HEIGHT * titles), top + 2: ROW_HEIGHT * states}


def _label(sheet: Sheet, row: int, form_row: Row) -> None:
    sheet.text(row, CODE, form_row.code, "code")
    first = form_row.part in (None, Part.L)
    number = form_row.code if form_row.part is None else form_row.code.rpartition(".")[0]
    sheet.text(row, NUMBER, number if first else "", "number")
    if form_row.part is None:
        sheet.text(row, LABEL, form_row.label, "label", until=PART)
        sheet.heights[row] = ROW_HEIGHT * text_lines(form_row.label, label_width())
        return
    sheet.text(row, LABEL, form_row.label if first else "", "label")
    sheet.text(row, PART, texts()["label"][form_row.part.value], "part")
    if first:
        sheet.merges += [(row, column, row + 2, column) for column in (NUMBER, LABEL)]


def _values(sheet: Sheet, row: int, form_row: Row, contest: Contest, content: Content, every: Sequence[Column]) -> None:
    unpublished = form_row.name in contest.unpublished
    held: dict[int, Value] = {}
    for column in every:
        if unpublished:
            sheet.put(row, column.at, Cell("unpublished"))
        elif column.item is not None:
            held[column.at] = content.value(column.item, form_row.name)
            formula = content.formula(column.item, row)
            style = "linked" if formula else "corrected" if content.corrected(column.item, form_row.name) else "figure"
            sheet.put(row, column.at, Cell(style, formula=formula, value=_cached(held[column.at], formula)))
        else:
            held[column.at] = _sum(held, column)
            sheet.put(
                row, column.at, Cell("sum", formula=_sum_formula(row, column), value=_cached(held[column.at], "sum"))
            )
    if not unpublished:
        _check_sum(sheet, row, every[-1], held[every[-1].at], content.sums.get(form_row.name))


def _cached(value: Value, formula: str | None) -> Value:
    """A formula that shows nothing has an empty text as its result."""
    return "" if value is None and formula else value


def _sum(held: Mapping[int, Value], column: Column) -> Value:
    first, last = column.addends
    read = [value for at in range(first, last + 1) if (value := held[at]) is not None]
    return sum(map(_addend, read)) if read else None


def _addend(value: Value) -> int:
    """A cell that is blank on the paper was read, and counts 0."""
    return value if isinstance(value, int) else 0


def _sum_formula(row: int, column: Column) -> str:
    first, last = (f"{get_column_letter(at)}{row}" for at in column.addends)
    if column.kind is ColumnKind.CARRIED_IN:
        return f'IF(ISNUMBER({first}),{first},"")'
    return f'IF(COUNT({first}:{last})+COUNTIF({first}:{last},"{KOSONG.value}")=0,"",SUM({first}:{last}))'


def _check_sum(sheet: Sheet, row: int, column: Column, own: Value, recap: int | None) -> None:
    if own != recap:
        raise PlenoError(
            "Ekspor dihentikan",
            f"{sheet.name}!{address(row, column.at)}: jumlah lembar {own}, jumlah rekap {recap}.",
            "Jangan pakai lembar ini; jalankan `pleno verifikasi` dan laporkan.",
        )


def place_kontrol(sheet: Sheet, top: int, contest: Contest, placed: Placed) -> int:
    """Put the KONTROL block under a table: one line an identity, 0 where the paper adds up. Returns the next row."""
    named = texts()["kontrol"]
    every = [column for page in placed.pages for column in page]
    sheet.text(top, NUMBER, texts()["label"]["kontrol"], "section", until=PART)
    for column in every:
        sheet.put(top, column.at, Cell("section"))
    row = top + 1
    for rule, found in identities(contest).items():
        if any(name in contest.unpublished for one in found for name in (one.whole, *one.parts)):
            found = [one for one in found if not {one.whole, *one.parts} & contest.unpublished]
        if not found:
            continue
        sheet.text(row, NUMBER, rule, "number")
        sheet.text(row, LABEL, named[rule], "label", until=PART)
        for column in every:
            sheet.put(row, column.at, _kontrol_cell(sheet, column.at, found, placed.rows))
        row += 1
    if row > top + 1:
        sheet.watched.append(f"{address(top + 1, every[0].at)}:{address(row - 1, every[-1].at)}")
    return row


def _kontrol_cell(sheet: Sheet, at: int, found: Sequence[Identity], rows: Mapping[str, int]) -> Cell:
    names = list(dict.fromkeys(name for one in found for name in (one.whole, *one.parts)))
    held = {name: sheet.cells[rows[name], at].value for name in names}
    cells = {name: address(rows[name], at) for name in names}
    # N() and SUM() take a cell that is blank on the paper for 0, as the rules do.
    terms = "+".join(f"ABS(N({cells[one.whole]})-SUM({','.join(cells[part] for part in one.parts)}))" for one in found)
    unread = ",".join(f'{cell}=""' for cell in cells.values())
    formula = f'IF(OR({unread}),"",{terms})'
    if any(value in (None, "") for value in held.values()):
        return Cell("kontrol", formula=formula, value="")
    numbers = {name: _addend(value) for name, value in held.items()}
    apart = sum(abs(numbers[one.whole] - sum(numbers[part] for part in one.parts)) for one in found)
    return Cell("kontrol", formula=formula, value=apart)
