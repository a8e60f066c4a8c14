"""What Templat and its pages show, as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from pleno.domain.figures import thousands

if TYPE_CHECKING:
    from pleno.service.template_list import Offer
    from pleno.service.templates import Proposal, Receiving, Tried


class Line(NamedTuple):
    """One line of what was found, by sheet and cell."""

    kind: str
    """ "halangan", "catatan", "dikenali", "belum"."""
    place: str
    text: str


class TrialPage(NamedTuple):
    """One sheet of a workbook that was tried; the first page, without cells, says what was found."""

    title: str
    cells: Sequence[Receiving]
    lines: Sequence[Line]


def known(offer: Offer) -> str:
    """ "3 lembar, 1.204 sel angka", or that it is not recognised."""
    return f"{offer.sheets} lembar, {thousands(offer.cells)} sel" if offer.sheets else "tidak dikenali"


def trial_pages(tried: Tried) -> list[TrialPage]:
    """What was found, if anything was, then a page a sheet."""
    lines = [
        *(Line("halangan", one.place, one.message) for one in tried.faults),
        *(Line("catatan", one.place, one.message) for one in tried.remarks),
    ]
    pages = [TrialPage("TEMUAN", (), lines)] if lines or not tried.cells else []
    by_sheet: dict[str, list[Receiving]] = {}
    for one in tried.cells:
        by_sheet.setdefault(one.sheet, []).append(one)
    return [*pages, *(TrialPage(f"lembar {sheet}", cells, ()) for sheet, cells in by_sheet.items())]


def trial_words(tried: Tried) -> str:
    """What filling would do, in one line."""
    if tried.faults:
        return f"PENGISIAN AKAN DIHENTIKAN: {len(tried.faults)} halangan"
    formulas = sum(one.is_formula for one in tried.cells)
    return f"{thousands(len(tried.cells) - formulas)} sel menerima angka, {thousands(formulas)} rumus diperiksa"


def map_lines(proposal: Proposal) -> list[Line]:
    """The proposed map in plain words."""
    nothing = Line("belum", "", "Tidak ada lembar yang dikenali; yang ditulis adalah kerangka peta untuk dilengkapi.")
    return [
        *([Line("dikenali", one.place, one.message) for one in proposal.told] or [nothing]),
        *(Line("belum", one.place, one.message) for one in proposal.remarks),
    ]
