"""Rekap: one sheet of the recap as it prints, page by page; computed, never typed (UX.md, F6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pleno.domain.compare import TpsFile, TpsState
from pleno.domain.contest import Contest
from pleno.domain.figures import HITUNG_ULANG, PLANO, Figure, addend
from pleno.domain.identities import identities
from pleno.domain.recap import DesaRecap, Margin, Recap, Sums, margin, margin_within, settled_figures
from pleno.domain.state import Desa, PembetulanKind, PembetulanState
from pleno.tui import marks
from pleno.tui.marks import Mark


class Corrected(NamedTuple):
    """A figure that is not what the paper says."""

    tps: str
    """Number of the TPS, three digits."""
    row: str
    """Canonical name."""
    figure: Figure
    written: Figure
    """What the paper says."""
    number: int
    """Of the pembetulan in the register, or of the entry of the recount."""
    mark: Mark
    """DIBETULKAN or HITUNG ULANG."""


@dataclass(frozen=True, slots=True)
class RecapColumn:
    """One column of values of a page."""

    title: str
    short: str
    """Its title where there is little room."""
    state: str
    """ "v SAH", "5/6"; empty over sums."""
    figures: Mapping[str, Figure]
    """Canonical row name to figure or sum; what is not known is left out."""
    control: int | None
    """By how much the identities of the form are off together; None while none can be tried."""
    broken: tuple[str, ...]
    """ "R20 10": the rules that are off, and by how much."""
    corrected: Mapping[str, Corrected]
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class RecapSheet:
    """One page of one sheet."""

    contest: Contest
    desa: str
    """Name of the desa; empty on the sheet of the kecamatan."""
    provisional: bool
    """Whether it shows what the plano says instead of what is SAH; KONSEP."""
    settled: int
    tps: int
    """Of this sheet."""
    all_settled: int
    all_tps: int
    """Of the kecamatan."""
    page: int
    pages: int
    columns: tuple[RecapColumn, ...]
    final: Sums
    """Sums of this sheet, SAH only."""
    all_read: Sums
    """Provisional sums of this sheet; apart from the final ones, and never between them."""
    margin: Margin | None
    within: Margin | None = None
    """The closest two candidates of one party; None in every contest without parties."""

    @property
    def corrected(self) -> list[Corrected]:
        """What differs from its paper on this page, column by column."""
        return [item for column in self.columns for item in column.corrected.values()]


def recap_of(contest: Contest, desa: Sequence[Desa], files: Sequence[TpsFile]) -> Recap:
    """The sums of the files, desa by desa; a desa without a TPS of the contest is left out."""
    by_desa: dict[str, list[TpsFile]] = {one.code: [] for one in desa}
    for file in files:
        by_desa[file.tps.desa].append(file)
    return Recap(contest, [DesaRecap(one, by_desa[one.code]) for one in desa if by_desa[one.code]])


def recap_sheet(recap: Recap, desa: str, page: int, pages: Sequence[range], *, provisional: bool) -> RecapSheet:
    """A page of the sheet of a desa, by its code, or of the kecamatan.

    `pages`: which TPS or desa stand on each printed page; carried sums come before and after them.
    """
    part = next((one for one in recap.desa if one.desa.code == desa), None)
    shown = pages[page]
    items = (
        [_desa_column(recap, recap.desa[n], provisional) for n in shown]
        if part is None
        else [_tps_column(part.files[n], provisional) for n in shown]
    )
    whole: DesaRecap | Recap = recap if part is None else part
    before = [_carried(recap, part, shown.start, provisional)] if page else []
    last = page + 1 == len(pages)
    after = (
        _sum_column(recap.contest, "JUMLAH AKHIR", "AKHIR", whole, provisional)
        if last
        else _carried(recap, part, shown.stop, provisional)
    )
    return RecapSheet(
        contest=recap.contest,
        desa="" if part is None else part.desa.name,
        provisional=provisional,
        settled=whole.settled,
        tps=recap.tps if part is None else len(part.files),
        all_settled=recap.settled,
        all_tps=recap.tps,
        page=page,
        pages=len(pages),
        columns=(*before, *items, after),
        final=whole.final,
        all_read=whole.provisional,
        margin=margin(recap),
        within=margin_within(recap),
    )


def _tps_column(file: TpsFile, provisional: bool) -> RecapColumn:
    figures = file.sementara if provisional else settled_figures(file)
    number = f"{file.tps.number:03}"
    mark = marks.TPS[file.state if file.ditetapkan or file.open_cells else TpsState.BELUM]
    found = {item.row: item for item in corrections(file)} if figures else {}
    return _column(file.contest, f"TPS {number}", number, f"{mark.symbol} {mark.word}", figures, found)


def _desa_column(recap: Recap, desa: DesaRecap, provisional: bool) -> RecapColumn:
    sums = desa.provisional if provisional else desa.final
    name = desa.desa.name.title()
    return _column(recap.contest, name, name, f"{desa.settled}/{len(desa.files)}", sums, {})


def _carried(recap: Recap, part: DesaRecap | None, items: int, provisional: bool) -> RecapColumn:
    """JUMLAH PINDAHAN: the sums of the first `items` columns of the sheet."""
    until = Recap(recap.contest, recap.desa[:items]) if part is None else DesaRecap(part.desa, part.files[:items])
    return _sum_column(recap.contest, "PINDAHAN", "PINDAH", until, provisional)


def _sum_column(contest: Contest, title: str, short: str, of: DesaRecap | Recap, provisional: bool) -> RecapColumn:
    sums = of.provisional if provisional else of.final
    return replace(_column(contest, title, short, "", sums, {}), is_sum=True)


def _column(
    contest: Contest, title: str, short: str, state: str, figures: Mapping[str, Figure], found: Mapping[str, Corrected]
) -> RecapColumn:
    apart = control(contest, figures)
    broken = tuple(f"{rule} {gap}" for rule, gap in apart.items() if gap)
    return RecapColumn(title, short, state, figures, sum(apart.values()) if apart else None, broken, found)


def control(contest: Contest, figures: Mapping[str, Figure]) -> dict[str, int]:
    """KONTROL: rule to by how much it is off; rules that lack a figure are left out."""
    apart: dict[str, int] = {}
    for rule, found in identities(contest).items():
        for one in found:
            whole, *parts = (addend(figures.get(name)) for name in (one.whole, *one.parts))
            known = [number for number in parts if number is not None]
            if whole is not None and len(known) == len(parts):
                apart[rule] = apart.get(rule, 0) + abs(whole - sum(known))
    return apart


def corrections(file: TpsFile) -> list[Corrected]:
    """Rows of a TPS whose determined figure is not what the paper says."""
    found = []
    for cell in file.cells:
        written = file.figure(PLANO, cell.row.name)
        if cell.ditetapkan is None or written is None or cell.ditetapkan == written:
            continue
        number, mark = _cause(file, cell.row.name)
        found.append(Corrected(f"{file.tps.number:03}", cell.row.name, cell.ditetapkan, written, number, mark))
    return found


def _cause(file: TpsFile, row: str) -> tuple[int, Mark]:
    """The pembetulan or the recount that decided a row."""
    if file.figure(HITUNG_ULANG, row) is not None:
        return file.readings[HITUNG_ULANG].seq, marks.HITUNG_ULANG
    confirmed = [
        item
        for item in file.pembetulan
        if (item.row, item.kind, item.state) == (row, PembetulanKind.FORMULIR, PembetulanState.DISETUJUI)
    ]
    newest = max(confirmed, key=lambda item: item.answered or 0, default=None)
    return (newest.seq if newest else 0), marks.DIBETULKAN
