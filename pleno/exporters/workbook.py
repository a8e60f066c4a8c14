"""The D.HASIL KECAMATAN workbook of a document: planned, rendered, filled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count
from typing import Final, NamedTuple

from pleno.domain.compare import TpsFile
from pleno.domain.document import Document
from pleno.domain.errors import PlenoError
from pleno.domain.figures import to_json
from pleno.domain.recap import DesaRecap
from pleno.exporters import pages
from pleno.exporters.headings import mark_sentence, status_line
from pleno.exporters.incidents import incidents
from pleno.exporters.layout import PAPERS, Layout, texts
from pleno.exporters.plan import Sheet, Value, address
from pleno.exporters.render import render
from pleno.exporters.signatures import signatures
from pleno.exporters.splice import splice
from pleno.exporters.styles import LARGER
from pleno.exporters.table import (
    CODE,
    NUMBER,
    PART,
    ROW_HEIGHT,
    Content,
    Heading,
    Placed,
    label_width,
    place_kontrol,
    place_table,
)
from pleno.exporters.wrapping import BOLD, text_lines

_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\']+")
_LONGEST_NAME: Final = 31


class Workbook(NamedTuple):
    """A finished workbook and what its cells must read."""

    data: bytes
    values: Mapping[str, Mapping[str, Value]]
    """Sheet name -> address -> figure or cached result."""


def write_workbook(document: Document, layout: Layout) -> Workbook:
    """The workbook of a document; the same document and layout give the same bytes.

    Raises PlenoError naming the cell where a sheet's sum is not the recap's, and for a contest without TPS.
    """
    sheets = plan_workbook(document, layout)
    head = f"#{document.head_seq} {document.head_hash[:16]}"
    model = document.recap.contest.profile.models["kecamatan"]
    footer = f"{model}  ekspor {document.number} {document.status.value}  {document.meeting.kecamatan}  jejak {head}"
    template = render(sheets, layout, footer, document.mark, document.created)
    values = values_of(sheets)
    return Workbook(splice(template, values), values)


def values_of(sheets: list[Sheet]) -> Mapping[str, Mapping[str, Value]]:
    """What is spliced in: figures, and a cached result for every formula."""
    found = {
        sheet.name: {
            address(*at): cell.value for at, cell in sheet.cells.items() if cell.value is not None and cell.text is None
        }
        for sheet in sheets
    }
    return {name: cells for name, cells in found.items() if cells}


def plan_workbook(document: Document, layout: Layout) -> list[Sheet]:
    """Every sheet in the order of the workbook."""
    if not document.recap.desa:
        raise PlenoError("Ekspor dihentikan", "Tidak ada TPS untuk kontes ini.", "Periksa kolom kontes di daftar TPS.")
    names = texts()["lembar"]
    desa_sheets: list[tuple[Sheet, Placed]] = []
    taken: set[str] = set(names.values())
    for number, desa in enumerate(document.recap.desa, 1):
        name = sheet_name(names["desa"].format(nomor=number, nama=desa.desa.name), taken)
        desa_sheets.append(_desa_sheet(document, desa, name, layout))
    return [
        pages.cover(document, names["sampul"]),
        pages.minutes(document, names["berita_acara"]),
        _kecamatan_sheet(document, desa_sheets, names["kecamatan"], layout),
        signatures(document, names["tanda_tangan"]),
        *(sheet for sheet, _ in desa_sheets),
        pages.register(document, names["pembetulan"]),
        incidents(document, names["kejadian"]),
        pages.attendance(document, names["hadir"]),
    ]


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name Excel accepts that no other sheet has; it is added to `taken`."""
    plain = _NOT_IN_NAMES.sub(" ", wanted).strip()
    others = {other.casefold() for other in taken}
    for number in count(1):
        ending = "" if number == 1 else f"~{number}"
        name = _cut(plain, _LONGEST_NAME - len(ending)).rstrip() + ending
        if name.casefold() not in others:
            taken.add(name)
            return name
    raise AssertionError("count() ends never")


def _cut(text: str, units: int) -> str:
    """The beginning of a text; Excel counts a character beyond U+FFFF as two."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")


def _desa_sheet(document: Document, desa: DesaRecap, name: str, layout: Layout) -> tuple[Sheet, Placed]:
    label = texts()["label"]
    sheet = Sheet(name)
    top = _region(sheet, document, texts()["judul"]["desa"], desa)
    figures = [document.figures(file) for file in desa.files]
    corrected = [document.corrected(file) for file in desa.files]
    content = Content(
        headings=[Heading(label["tps"].format(nomor=file.tps.number), _status(file)) for file in desa.files],
        value=lambda item, row: to_json(figures[item].get(row)),
        formula=lambda item, row: None,
        corrected=lambda item, row: row in corrected[item],
        sums=document.sums(desa),
    )
    placed = place_table(sheet, top, document.recap.contest, content, layout)
    end = _under_table(sheet, document, placed, layout)
    _paraf(sheet, end + 1, len(document.ppk))
    return sheet, placed


def _status(file: TpsFile) -> str:
    label = texts()["label"]
    return str(label["sah"] if file.settlement is not None else label["belum"])


def _kecamatan_sheet(document: Document, desa_sheets: list[tuple[Sheet, Placed]], name: str, layout: Layout) -> Sheet:
    sheet = Sheet(name)
    top = _region(sheet, document, texts()["judul"]["kecamatan"], None)
    every = document.recap.desa
    sums = [document.sums(desa) for desa in every]

    def link(item: int, row: int) -> str:
        source, placed = desa_sheets[item]
        # Both sheets have the rows of one contest in one order.
        at = address(placed.first_row + row - (top + 3), placed.total_column)
        return f"IF(ISNUMBER('{source.name}'!{at}),'{source.name}'!{at},\"\")"

    content = Content(
        headings=[Heading(desa.desa.name, f"{desa.settled} dari {len(desa.files)} TPS") for desa in every],
        value=lambda item, row: sums[item].get(row),
        formula=link,
        corrected=lambda item, row: False,
        sums=document.sums(document.recap),
    )
    placed = place_table(sheet, top, document.recap.contest, content, layout)
    end = _under_table(sheet, document, placed, layout)
    _paraf(sheet, end + 1, len(document.ppk))
    return sheet


def _region(sheet: Sheet, document: Document, titles: list[str], desa: DesaRecap | None) -> int:
    """Titles, mark and region, all in the label columns that every page repeats; returns the table's first row."""
    profile, names, label = document.recap.contest.profile, document.meeting.names, texts()["label"]
    lines = [("model", f"MODEL {profile.models['kecamatan']}", "")]
    lines += [("heading", line.format(kontes=profile.name, tahun=profile.year), "") for line in titles]
    if document.mark:
        lines.append(("mark", f"{mark_sentence(document)} {status_line(document)}.", ""))
    if desa is not None:
        lines.append(("line", f"{label['desa']} : {desa.desa.name}", desa.desa.code))
    lines.append(("line", f"{label['kecamatan']} : {names['kecamatan']}", document.meeting.kecamatan))
    lines += [("line", f"{label[key]} : {names[key]}", "") for key in ("kabkota", "provinsi")]
    for row, (style, text, code) in enumerate(lines, 1):
        sheet.text(row, NUMBER, text, style, until=PART)
        scale = LARGER if style == "mark" else 1
        sheet.heights[row] = scale * ROW_HEIGHT * text_lines(text, label_width(NUMBER) / BOLD / scale)
        if code:
            sheet.text(row, CODE, code, "code")
    return len(lines) + 2


def _under_table(sheet: Sheet, document: Document, placed: Placed, layout: Layout) -> int:
    """KONTROL, legend and print shape; returns the last row used."""
    contest = document.recap.contest
    row = place_kontrol(sheet, placed.last_row + 2, contest, placed)
    said, names = texts()["keterangan"], texts()["lembar"]
    if any(document.corrected(file) for file in document.recap.files):
        sheet.text(row, NUMBER, said["dibetulkan"].format(lembar=names["pembetulan"]), "line")
        row += 1
    if contest.unpublished:
        sheet.text(row, NUMBER, said["tanpa"], "line")
        row += 1
    last = row + 3
    # Heights are fixed, so that the scale holds in every program that prints this.
    for at in range(1, last + 1):
        sheet.heights.setdefault(at, ROW_HEIGHT)
    sheet.print_until = (last, placed.total_column)
    sheet.scale = _scale(sheet, last, layout)
    return row


def _scale(sheet: Sheet, rows: int, layout: Layout) -> int:
    """Percent at which one page of columns and all rows of the table fit the paper."""
    paper, style = PAPERS[layout.paper], texts()["gaya"]
    labels = style["lebar_nomor"] + style["lebar_uraian"] + style["lebar_bagian"]
    columns = min(layout.columns_per_page, max(sheet.widths) - PART)
    millimetres = (labels + columns * style["lebar_nilai"]) * 2.0
    height = sum(sheet.heights.get(row, ROW_HEIGHT) for row in range(1, rows + 1)) * 0.36
    return max(40, min(100, int(100 * paper.width / millimetres), int(100 * paper.height / height)))


def _paraf(sheet: Sheet, row: int, members: int) -> None:
    """Room for initials in the label columns, which every page repeats."""
    boxes = "      ".join(f"{number}. ........" for number in range(1, members + 1))
    sheet.text(row, NUMBER, f"{texts()['label']['paraf']}      {boxes}", "line", until=PART)
    sheet.heights[row] = 2 * ROW_HEIGHT
