"""A plan as the workspace's template workbook: everything but figures and cached values (openpyxl)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from copy import copy
from datetime import datetime
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.pagebreak import Break, ColBreak, RowBreak
from openpyxl.worksheet.worksheet import Worksheet

from pleno.exporters.layout import PAPERS, Layout, texts
from pleno.exporters.plan import ROW_HEIGHT, Sheet, address
from pleno.exporters.styles import Look, looks

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The oldest time a zip can hold: the same plan gives the same bytes."""
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_NOT_ZERO: Final = PatternFill("solid", bgColor="F3B0A2")


def render(sheets: list[Sheet], layout: Layout, footer: str, header: str, created: datetime) -> bytes:
    """The template workbook; `header` is printed across the top of every page, `footer` below it."""
    book = Workbook()
    del book[book.sheetnames[0]]
    book.properties.created = created.replace(tzinfo=None)
    book.properties.creator = book.properties.lastModifiedBy = "pleno"
    styles = looks()
    _widths_by(book, styles["text"].font)
    for plan in sheets:
        sheet = book.create_sheet(plan.name)
        _cells(sheet, plan, styles)
        _shape(sheet, plan)
        _print_setup(sheet, plan, layout, footer, header)
    raw = io.BytesIO()
    book.save(raw)
    return _timeless(raw.getvalue(), created)


def _widths_by(book: Workbook, font: Font) -> None:
    """Make `font` the workbook's own, whose digits are the unit of column widths.

    openpyxl's Calibri is replaced by a wider font where it is not installed, and pages would overflow.
    """
    book._fonts = IndexedList([font])  # type: ignore[attr-defined]  # openpyxl offers no other way
    book._named_styles["Normal"].font = font  # type: ignore[attr-defined]  # likewise


def _cells(sheet: Worksheet, plan: Sheet, styles: Mapping[str, Look]) -> None:
    done: dict[str, StyleArray] = {}
    for (row, column), planned in plan.cells.items():
        cell = sheet.cell(row, column)
        if planned.style not in done:
            _dress(cell, styles[planned.style])
            done[planned.style] = cell._style  # type: ignore[union-attr]  # as below
        # openpyxl looks a style up by all its parts, which for 200,000 cells takes a minute.
        cell._style = copy(done[planned.style])  # type: ignore[union-attr]  # it offers no other way
        if planned.formula is not None:
            cell.value = f"={planned.formula}"
        elif planned.text:
            cell.value = planned.text
            # A name that begins with = or looks like an error stays the text it is.
            cell.data_type = "s"
            cell.quotePrefix = planned.text[:1] in "=+-@"


def _dress(cell: Cell | MergedCell, look: Look) -> None:
    cell.font, cell.alignment, cell.protection = look.font, look.alignment, look.protection
    cell.number_format = look.number_format
    if look.fill is not None:
        cell.fill = look.fill
    if look.border is not None:
        cell.border = look.border


def _shape(sheet: Worksheet, plan: Sheet) -> None:
    for top, left, bottom, right in plan.merges:
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    for column, width in plan.widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = width
    # Every height is said: LibreOffice reckons the others only after it has made the pages.
    for row in range(1, max(row for row, _ in plan.cells) + 1):
        sheet.row_dimensions[row].height = plan.heights.get(row, ROW_HEIGHT)
    for column in plan.hidden_columns:
        sheet.column_dimensions[get_column_letter(column)].hidden = True
    sheet.freeze_panes = plan.freeze
    sheet.protection.sheet = True
    for watched in plan.watched:
        corner = watched.split(":")[0]
        rule = FormulaRule(formula=[f"AND(ISNUMBER({corner}),{corner}<>0)"], fill=_NOT_ZERO)  # type: ignore[no-untyped-call]  # its stub has none
        sheet.conditional_formatting.add(watched, rule)
    if plan.largest:
        sheet.add_data_validation(_only_figures(plan))


def _only_figures(plan: Sheet) -> DataValidation:
    """Refuses everything but whole numbers in the cells that people type into."""
    said = texts()["isian"]
    return DataValidation(
        type="whole",
        operator="between",
        formula1="0",
        formula2=str(plan.largest),
        allow_blank=True,
        showErrorMessage=True,
        errorTitle=said["salah_judul"],
        error=said["salah"].format(terbesar=plan.largest),
        sqref=" ".join(plan.typed),
    )


def _print_setup(sheet: Worksheet, plan: Sheet, layout: Layout, footer: str, header: str) -> None:
    setup = sheet.page_setup
    setup.paperSize = PAPERS[layout.paper].code
    setup.orientation = "landscape" if plan.landscape else "portrait"
    width = sum(plan.widths.values())
    setup.scale = plan.scale or PAPERS[layout.paper].scale(width, landscape=plan.landscape)
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.6, 0.25, 0.25
    if plan.title_rows:
        sheet.print_title_rows = "{}:{}".format(*plan.title_rows)
    if plan.title_columns:
        sheet.print_title_cols = ":".join(map(get_column_letter, plan.title_columns))
    if plan.print_until:
        sheet.print_area = f"A1:{address(*plan.print_until)}"
    if plan.column_breaks:
        sheet.col_breaks = ColBreak(brk=[Break(id=at, max=16383) for at in plan.column_breaks])
    if plan.row_breaks:
        sheet.row_breaks = RowBreak(brk=[Break(id=at, max=16383) for at in plan.row_breaks])
    sheet.oddHeader = HeaderFooterItem(center=_HeaderFooterPart(_plain(header), f"{texts()['gaya']['huruf']},Bold", 12))
    sheet.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(_plain(footer), size=7), right=_HeaderFooterPart("Halaman &P dari &N", size=8)
    )


def _plain(text: str) -> str:
    """An ampersand begins a code in headers and footers; a digit after a size code would join it."""
    return f" {text.replace('&', '&&')}" if text else ""


def _timeless(workbook: bytes, created: datetime) -> bytes:
    """The same members with one fixed time, and `created` where openpyxl wrote the present."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            member = zipfile.ZipInfo(info.filename, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            data = old.read(info)
            if info.filename == "docProps/core.xml":
                data = _MODIFIED.sub(rf"\g<1>{created:%Y-%m-%dT%H:%M:%S}Z\g<2>".encode(), data)
            new.writestr(member, data)
    return out.getvalue()
