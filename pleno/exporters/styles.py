"""How each kind of cell looks."""

from __future__ import annotations

from typing import Final, NamedTuple

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

from pleno.exporters.layout import texts

_THIN: Final = Side(style="thin", color="000000")
_BOX: Final = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_NUMBER: Final = "#,##0"

SMALL, LARGE, LARGER = 0.8, 1.1, 1.2
"""Sizes of letters beside the template's own."""


class Look(NamedTuple):
    """One look in openpyxl's terms."""

    font: Font
    alignment: Alignment
    fill: PatternFill | None = None
    border: Border | None = None
    number_format: str = "General"
    locked: bool = True

    @property
    def protection(self) -> Protection:
        return Protection(locked=self.locked)


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


def looks() -> dict[str, Look]:
    """Style name -> look; built for each workbook, since openpyxl keeps what it is given."""
    name, size = texts()["gaya"]["huruf"], texts()["gaya"]["ukuran"]

    def font(bold: bool = False, scale: float = 1, colour: str = "000000") -> Font:
        return Font(name=name, size=round(size * scale, 1), bold=bold, color=colour)

    left = Alignment(vertical="center", wrap_text=True)
    middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
    right = Alignment(horizontal="right", vertical="center")
    top = Alignment(vertical="top", wrap_text=True)
    return {
        "text": Look(font(), left),
        "bold": Look(font(bold=True), left),
        "title": Look(font(bold=True, scale=1.15), middle),
        "heading": Look(font(bold=True), left),
        "model": Look(font(bold=True), middle, border=_BOX),
        "mark": Look(font(bold=True, scale=LARGER, colour="9A3412"), middle, _fill("FFEDD5"), _BOX),
        "line": Look(font(), Alignment(vertical="center")),
        "head": Look(font(bold=True), middle, _fill("E5E7EB"), _BOX),
        "sumhead": Look(font(bold=True), middle, _fill("D1D5DB"), _BOX),
        "count": Look(font(scale=SMALL), middle, None, _BOX),
        "status": Look(font(scale=SMALL), middle, None, _BOX),
        "section": Look(font(bold=True), left, _fill("F3F4F6"), _BOX),
        "code": Look(font(scale=SMALL), left),
        "number": Look(font(), middle, None, _BOX),
        "label": Look(font(), left, None, _BOX),
        "party": Look(font(bold=True), left, _fill("E5E7EB"), _BOX),
        "total": Look(font(bold=True), left, None, _BOX),
        "part": Look(font(), middle, None, _BOX),
        "figure": Look(font(), right, None, _BOX, _NUMBER, locked=False),
        "corrected": Look(font(bold=True), right, _fill("FEF08A"), _BOX, f'"*"{_NUMBER}', locked=False),
        "unpublished": Look(font(), right, _fill("D4D4D8"), _BOX),
        "linked": Look(font(), right, None, _BOX, _NUMBER),
        "sum": Look(font(bold=True), right, _fill("F3F4F6"), _BOX, _NUMBER),
        "kontrol": Look(font(), right, None, _BOX, _NUMBER),
        "cell": Look(font(), top, None, _BOX),
        "alarm": Look(font(bold=True, colour="B91C1C"), top, None, _BOX),
        "cellnumber": Look(font(), Alignment(horizontal="right", vertical="top", indent=1), None, _BOX),
        "cellmiddle": Look(font(), middle, None, _BOX),
        "para": Look(font(scale=LARGE), Alignment(vertical="top", wrap_text=True, horizontal="justify")),
    }
