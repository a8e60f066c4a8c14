"""The isian workbook: what an office types TPS by TPS where the laptop with pleno is not (DOMAIN.md 5.1, 5.6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final

from pleno.domain.document import Document
from pleno.domain.errors import PlenoError
from pleno.domain.recap import DesaRecap
from pleno.exporters.columns import ColumnKind, columns
from pleno.exporters.layout import Layout, in_its_words, texts
from pleno.exporters.plan import ROW_HEIGHT, Sheet, address
from pleno.exporters.render import render
from pleno.exporters.splice import splice
from pleno.exporters.table import Content, Heading, place_table
from pleno.exporters.workbook import region, sheet_name, values_of
from pleno.exporters.wrapping import BOLD, text_lines

_WIDTH: Final = 95.0
"""Of the one column of the instructions, in digits."""


def isian_name(document: Document) -> str:
    """File name of the workbook of a contest and kecamatan."""
    return f"isian-{document.recap.contest.id}-{document.meeting.kecamatan}.xlsx"


@in_its_words
def write_isian(document: Document, layout: Layout) -> bytes:
    """An empty working workbook: a sheet a desa, a column a TPS, every row of the form.

    Totals of the paper are typed and checked by formulas below; sums over TPS reckon themselves. The same document
    and layout give the same bytes. PlenoError for a contest without TPS.
    """
    if not document.recap.desa:
        raise PlenoError("Isian tidak dibuat", "Tidak ada TPS untuk kontes ini.", "Periksa kolom kontes di daftar TPS.")
    names = texts()["lembar"]
    taken = {texts()["isian"]["petunjuk"]}
    sheets = [_instructions(document)]
    for number, desa in enumerate(document.recap.desa, 1):
        name = sheet_name(names["desa"].format(nomor=number, nama=desa.desa.name), taken)
        sheets.append(_desa_sheet(document, desa, name, layout))
    profile = document.recap.contest.profile
    footer = f"{profile.models['kecamatan']}  isian  {document.meeting.kecamatan}"
    template = render(sheets, layout, footer, texts()["isian"]["tanda"], document.created)
    return splice(template, values_of(sheets))


def _instructions(document: Document) -> Sheet:
    said, contest, names = texts()["isian"], document.recap.contest, document.meeting.names
    sheet = Sheet(said["petunjuk"], widths={1: _WIDTH}, landscape=False)
    lines = [(title, "title") for title in said["judul"]]
    lines += [(f"{texts()['label'][key]} : {names[key]}", "text") for key in ("kecamatan", "kabkota", "provinsi")]
    lines += [(line, "text") for line in said["cara"]]
    words = {
        "kontes": contest.profile.name,
        "tahun": contest.profile.year,
        "model": contest.profile.models["tps"],
        "berkas": isian_name(document),
    }
    for row, (line, style) in enumerate(lines, 1):
        text = line.format(**words) if style == "title" or line in said["cara"] else line
        sheet.text(row, 1, text, style)
        letters = 1.15 * BOLD if style == "title" else 1
        sheet.heights[row] = letters * ROW_HEIGHT * text_lines(text, _WIDTH / letters) + 4
    return sheet


def _desa_sheet(document: Document, desa: DesaRecap, name: str, layout: Layout) -> Sheet:
    contest, label = document.recap.contest, texts()["label"]
    sheet = Sheet(name, largest=10**contest.profile.digits - 1)
    top = region(sheet, document, texts()["isian"]["judul"], desa, texts()["isian"]["tanda"])
    content = Content(
        place=f"{label['desa']} {desa.desa.name}, {document.meeting.names['kecamatan']}",
        headings=[Heading(label["tps"].format(nomor=file.tps.number), "") for file in desa.files],
        value=lambda item, row: None,
        formula=lambda item, row: None,
        corrected=lambda item, row: False,
        sums={},
        notes=[],
        foot=[],
    )
    placed = place_table(sheet, top, contest, content, layout)
    asked = {row: at for row, at in placed.rows.items() if row not in contest.unpublished}
    sheet.typed = _typed(asked, len(desa.files), layout)
    return sheet


def _typed(rows: Mapping[str, int], tps: int, layout: Layout) -> list[str]:
    """The cells that people type into, as ranges."""
    every = [column.at for page in columns(tps, layout.columns_per_page) for column in page
             if column.kind is ColumnKind.VALUE]  # fmt: skip
    return [
        f"{address(top, left)}:{address(bottom, right)}"
        for left, right in _runs(every)
        for top, bottom in _runs(sorted(rows.values()))
    ]


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of every run of numbers without a gap."""
    runs = [[number for _, number in run] for _, run in groupby(enumerate(numbers), lambda item: item[1] - item[0])]
    return [(run[0], run[-1]) for run in runs]
