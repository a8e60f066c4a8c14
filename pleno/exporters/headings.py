"""What sheets of words share: titles, the banner of a sheet that is not final, table heads, rows of text."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Final

from pleno.domain.document import Document
from pleno.domain.entry import Role
from pleno.domain.state import Kehadiran
from pleno.exporters.layout import texts
from pleno.exporters.plan import Sheet
from pleno.exporters.wrapping import text_lines

DOTS: Final = "................................"

_LINE: Final = 12.6
"""Points of one more line of text in a row."""
_HIGHEST: Final = 400
"""Points; Excel knows no higher row."""


def titles(sheet: Sheet, row: int, lines: Sequence[str], document: Document, until: int) -> int:
    """Title lines from `row` on; returns the next free row."""
    profile = document.recap.contest.profile
    for line in lines:
        sheet.text(row, 1, line.format(kontes=profile.name, tahun=profile.year), "title", until=until)
        sheet.heights[row] = 20
        row += 1
    return row


def banner(sheet: Sheet, row: int, document: Document, until: int) -> int:
    """The banner of a sheet that is not final; returns the next free row."""
    if not document.mark:
        return row
    sheet.text(row, 1, f"{mark_sentence(document)} {status_line(document)}.", "mark", until=until)
    sheet.heights[row] = 26
    return row + 1


def mark_sentence(document: Document) -> str:
    """What a draft or practice sheet says of itself."""
    said = texts()["keterangan"]
    if document.voided:
        return f"{said['batal']}{' ' + said['latihan'] if document.meeting.practice else ''}"
    return str(said["latihan"] if document.meeting.practice else said["konsep"])


def status_line(document: Document) -> str:
    """ "46 dari 53 TPS sah"."""
    return str(texts()["keterangan"]["status"].format(sah=document.recap.settled, tps=document.recap.tps))


def table_heads(sheet: Sheet, row: int, heads: Sequence[str]) -> None:
    """Heads of a table in `row`, which every printed page repeats."""
    for column, head in enumerate(heads, 1):
        sheet.text(row, column, head, "head")
    sheet.heights[row] = 30
    sheet.title_rows = (row, row)


def text_row(
    sheet: Sheet, row: int, cells: Sequence[str], least: float, numbers: Set[int] = frozenset(), style: str = "cell"
) -> None:
    """A row of texts from column 1 on, high enough for the longest and at least `least` points.

    `numbers` are the columns that line up at the right.
    """
    lines = 1
    for column, text in enumerate(cells, 1):
        sheet.text(row, column, text, "cellnumber" if column in numbers else style)
        lines = max(lines, text_lines(text, sheet.widths[column]))
    sheet.heights[row] = min(_HIGHEST, max(least, _LINE * lines + 4))


def office(role: Role) -> str:
    """ "Ketua PPK"."""
    words = texts()["tanda_tangan"]
    return f"{words['ketua' if role is Role.KETUA else 'anggota']} {words['singkatan']}"


def stands_for(guest: Kehadiran) -> str:
    """Whom somebody of the meeting stands for, as the attendance list says it."""
    if guest.stands_for == "panwaslu":
        return str(texts()["tanda_tangan"]["pengawas"])
    return f"saksi nomor {int(guest.stands_for):02}"
