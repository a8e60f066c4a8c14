"""The table of a sheet: rows of the form in the order of the paper, a column for each TPS or desa."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from openpyxl.utils import get_column_letter

from pleno.domain.contest import Contest, Part, Row
from pleno.domain.contest import Section as FormSection
from pleno.domain.errors import PlenoError
from pleno.domain.figures import KOSONG
from pleno.exporters.columns import FIRST_VALUE_COLUMN, Column, ColumnKind, columns, page_ends
from pleno.exporters.kontrol import kontrol_lines
from pleno.exporters.labels import Label, labels_of
from pleno.exporters.layout import PAPERS, Layout, texts
from pleno.exporters.paging import Block, Frame, Line, Section, Starts, fitted, height_of
from pleno.exporters.plan import CODE, LABEL, NUMBER, PART, ROW_HEIGHT, Cell, Sheet, Value, addend, address
from pleno.exporters.styles import SMALL
from pleno.exporters.wrapping import BOLD, text_lines


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

    place: str
    """Of where the table is; every page repeats it."""
    headings: Sequence[Heading]
    value: Callable[[int, str], Value]
    """Figure of a cell; None = empty."""
    formula: Callable[[int, str], str | None]
    """Formula of a cell; None for a typed figure."""
    corrected: Callable[[int, str], bool]
    sums: Mapping[str, int]
    """The recap's own sums, against which the sheet's are checked."""
    notes: Sequence[str]
    """What stands under the table, one line each."""
    foot: Sequence[str]
    """What every page ends with: room for initials."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a table went."""

    rows: Mapping[str, int]
    """Canonical name -> sheet row."""
    total_column: int


def place_table(sheet: Sheet, top: int, contest: Contest, content: Content, layout: Layout) -> Placed:
    """Put the table on a sheet, its heading in row `top`, and break it into printed pages.

    Raises PlenoError naming the cell whose sum is not the recap's.
    """
    pages = columns(len(content.headings), layout.columns_per_page)
    table = _Table(sheet, contest, content, [column for page in pages for column in page])
    table.put_head(top)
    *before, last_section = table.form()
    sections = [*before, [*last_section, table.below()]]  # never on a page without a row of the form
    foot = [table.foot_line(text) for text in content.foot]
    style = texts()["gaya"]
    frame = Frame(
        width=label_width(NUMBER) + max(map(len, pages)) * style["lebar_nilai"],
        above=sum(sheet.heights.setdefault(row, ROW_HEIGHT) for row in range(1, top)),
        head=sum(sheet.heights[row] for row in range(top, top + 3)),
        foot=height_of(foot),
    )
    apart = [section.code for section in contest.sections if section.rows].index(contest.profile.choice_section)
    sheet.scale, starts = fitted(sections, PAPERS[layout.paper], frame, apart, table.again_height)
    last = _put_all(sheet, top + 3, [*table.paged(sections, starts, foot), *foot])
    widths = (9, style["lebar_nomor"], style["lebar_uraian"], style["lebar_bagian"])
    sheet.widths = dict(enumerate(widths, 1)) | {column.at: style["lebar_nilai"] for column in table.every}
    sheet.hidden_columns = (CODE,)
    sheet.title_rows, sheet.title_columns = (top, top + 2), (CODE, PART)
    sheet.freeze = address(top + 3, FIRST_VALUE_COLUMN)
    sheet.column_breaks = page_ends(pages)
    sheet.print_until = (last, table.every[-1].at)
    return Placed(table.rows, table.every[-1].at)


def _put_all(sheet: Sheet, row: int, lines: Sequence[Line | None]) -> int:
    """Write lines from `row` on; None ends a page. Returns the last row."""
    for line in lines:
        if line is None:
            sheet.row_breaks.append(row - 1)
            continue
        line.put(row)
        # Heights are fixed, so that the scale holds in every program that prints this.
        sheet.heights[row] = line.height
        row += 1
    return row - 1


@dataclass
class _Table:
    """Makes the lines of one table and remembers where its rows went."""

    sheet: Sheet
    contest: Contest
    content: Content
    every: Sequence[Column]
    rows: dict[str, int] = field(default_factory=dict)

    # --- head and foot ---

    def put_head(self, top: int) -> None:
        sheet, content, label = self.sheet, self.content, texts()["label"]
        sheet.text(top, NUMBER, label["nomor"], "head")
        sheet.text(top, LABEL, label["uraian"], "head", until=PART)
        sheet.text(top + 1, NUMBER, "(1)", "count")
        sheet.text(top + 1, LABEL, "(2)", "count", until=PART)
        sheet.text(top + 2, NUMBER, "", "status")
        sheet.text(top + 2, LABEL, content.place, "status", until=PART)
        for place, column in enumerate(self.every, 3):
            heading = content.headings[column.item] if column.item is not None else None
            total = label["akhir"] if column.kind is ColumnKind.TOTAL else label["pindahan"]
            sheet.text(top, column.at, heading.title if heading else total, "head" if heading else "sumhead")
            sheet.text(top + 1, column.at, f"({place})", "count")
            sheet.text(top + 2, column.at, heading.status if heading else "", "status")
        width = texts()["gaya"]["lebar_nilai"]
        titles = max(text_lines(one.title, width / BOLD) for one in content.headings)
        states = max(text_lines(one.status, width / SMALL) for one in content.headings)
        states = max(states, text_lines(content.place, label_width() / SMALL))
        sheet.heights |= {top: max(30, ROW_HEIGHT * titles), top + 1: ROW_HEIGHT, top + 2: ROW_HEIGHT * states}

    def foot_line(self, text: str) -> Line:
        # Initials need more room than print.
        height = 1.35 * ROW_HEIGHT * text_lines(text, label_width(NUMBER))
        return Line(height, lambda row: self.sheet.text(row, NUMBER, text, "text", until=PART))

    def again_height(self, text: str) -> float:
        return self.again(text).height if text else 0

    def again(self, text: str) -> Line:
        return self._title("", f"{text} ({texts()['label']['lanjutan']})")

    def paged(self, sections: Sequence[Section], starts: Starts, foot: Sequence[Line]) -> Iterator[Line | None]:
        """All lines in their order, with what ends a page and begins the next."""
        for s, section in enumerate(sections):
            for b, block in enumerate(section):
                for n, line in enumerate(block):
                    if (s, b, n) in starts:
                        yield from foot
                        yield None
                        if line.again:
                            yield self.again(line.again)
                    yield line

    # --- rows of the form ---

    def form(self) -> Iterator[Section]:
        labels = labels_of(self.contest)
        for section in self.contest.sections:
            if section.rows:
                yield [*self._blocks(section, labels)]

    def _blocks(self, section: FormSection, labels: Mapping[str, Label]) -> Iterator[Block]:
        lead = [self._title(section.code, section.title)]
        for _, rows in groupby(section.rows, lambda row: labels[row.name].block):
            yield [*lead, *(self._row(row, labels[row.name]) for row in rows)]
            lead = []

    def _title(self, code: str, title: str) -> Line:
        def put(row: int) -> None:
            self.sheet.text(row, NUMBER, code, "section")
            self.sheet.text(row, LABEL, title, "section", until=PART)
            for column in self.every:
                self.sheet.put(row, column.at, Cell("section"))

        return Line(ROW_HEIGHT * text_lines(title, label_width() / BOLD), put)

    def _row(self, form_row: Row, label: Label) -> Line:
        def put(row: int) -> None:
            self.rows[form_row.name] = row
            self._put_label(row, form_row, label)
            self._put_values(row, form_row)

        bold = BOLD if label.style != "label" else 1
        lines = 1 if form_row.part else text_lines(label.text, label_width() / bold)
        return Line(ROW_HEIGHT * lines, put, label.again)

    def _put_label(self, row: int, form_row: Row, label: Label) -> None:
        sheet = self.sheet
        sheet.text(row, CODE, form_row.code, "code")
        sheet.text(row, NUMBER, label.number, "number")
        if form_row.part is None:
            sheet.text(row, LABEL, label.text, label.style, until=PART)
            return
        sheet.text(row, LABEL, label.text, label.style)
        sheet.text(row, PART, texts()["label"][form_row.part.value], "part")
        if form_row.part is Part.L:
            sheet.merges += [(row, column, row + 2, column) for column in (NUMBER, LABEL)]

    def _put_values(self, row: int, form_row: Row) -> None:
        sheet, content, name = self.sheet, self.content, form_row.name
        if name in self.contest.unpublished:
            for column in self.every:
                sheet.put(row, column.at, Cell("unpublished"))
            return
        held: dict[int, Value] = {}
        for column in self.every:
            if column.item is not None:
                value, formula = content.value(column.item, name), content.formula(column.item, name)
                style = "linked" if formula else "corrected" if content.corrected(column.item, name) else "figure"
            else:
                value, formula, style = _sum(held, column), _sum_formula(row, column), "sum"
            held[column.at] = value
            # A formula that shows nothing has an empty text as its result.
            cached = "" if value is None and formula else value
            sheet.put(row, column.at, Cell(style, formula=formula, value=cached))
        _check_sum(sheet, row, self.every[-1], held[self.every[-1].at], content.sums.get(name))

    # --- what stands below ---

    def below(self) -> Block:
        """KONTROL and the notes, a little apart from the table."""
        lines = [*kontrol_lines(self.sheet, self.contest, self.every, self.rows), *map(self._note, self.content.notes)]
        return [Line(ROW_HEIGHT, lambda row: None), *lines]

    def _note(self, text: str) -> Line:
        height = ROW_HEIGHT * text_lines(text, label_width(NUMBER))
        return Line(height, lambda row: self.sheet.text(row, NUMBER, text, "text", until=PART))


def _sum(held: Mapping[int, Value], column: Column) -> Value:
    first, last = column.addends
    read = [value for at in range(first, last + 1) if (value := held[at]) is not None]
    return sum(map(addend, read)) if read else None


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
