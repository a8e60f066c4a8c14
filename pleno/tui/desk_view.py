"""One TPS on the Meja: rows in the order of the paper, the control line and what is open (UX.md, F3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pleno.domain.compare import RIVAL, Cell, CellState, TpsFile
from pleno.domain.contest import Row
from pleno.domain.draft import Draft
from pleno.domain.figures import (
    KOSONG,
    PLANO,
    SIREKAP,
    Figure,
    Source,
    addend,
    is_salinan,
    shown,
    source_label,
    source_order,
)
from pleno.domain.recap import unresolved
from pleno.domain.rules import Balance, Finding, Severity, balance, tps_findings
from pleno.domain.state import PembetulanState
from pleno.tui import marks
from pleno.tui.labels import difference_words, formula_words, group_of, short_label
from pleno.tui.marks import Mark


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One row of the paper with everything that is known about it."""

    row: Row
    label: str
    group: str
    mark: Mark
    sirekap: Figure
    copies: tuple[tuple[Source, Figure], ...]
    """Every copy that was read, by number."""
    plano: Figure
    waiting: bool
    """The plano figure came from a file and waits to be read aloud."""
    ditetapkan: Figure
    reference: Figure
    """What the other sources are held against: the determined figure, else the one that waits."""
    asked: bool
    """False where this workspace never asks the row."""
    note: str
    """Column ket: what differs, or from where the figure is."""
    hidden: bool = False
    """Blind view: what the other sources say is not shown until the row is read."""


@dataclass(frozen=True, slots=True)
class DeskFinding:
    """One open line of TEMUAN."""

    severity: Severity
    row: str
    """Canonical name of the row to go to."""
    text: str
    rule: str = ""
    """Id of the broken rule; empty for a difference of sources."""
    source: Source = ""
    """Which source differs; empty for a rule."""
    told: str = ""
    """The whole sentence of a rule, with the official words."""


@dataclass(frozen=True, slots=True)
class DeskView:
    """One TPS as the Meja shows it."""

    file: TpsFile
    """With the draft over what is stored."""
    desa: str
    rows: tuple[DeskRow, ...]
    sources: tuple[Source, ...]
    """Copies that hold a figure, by number."""
    read: int
    asked: int
    balance: Balance
    findings: tuple[DeskFinding, ...]
    reader: str
    """Who types."""
    draft: Draft | None

    @property
    def first_unread(self) -> str:
        """Where the cursor starts: the first unread row, else the first row."""
        unread = self.file.unread
        return (unread[0] if unread else self.rows[0].row).name

    def of(self, name: str) -> DeskRow:
        """The row of a canonical name."""
        return next(row for row in self.rows if row.row.name == name)


def desk_view(
    file: TpsFile,
    desa: str,
    draft: Draft | None,
    reader: str,
    *,
    blind: bool = False,
    beside: Sequence[Finding] = (),
) -> DeskView:
    """The view of one TPS. What depends on a row is silent until that row was read.

    `blind`: what other sources say of a row is hidden until then too. `beside`: what stands open against its papers
    for other contests.
    """
    sections = {row.name: section for section in file.contest.sections for row in section.rows}
    asked = {row.name for row in file.contest.asked}
    copies = sorted((source for source in file.readings if is_salinan(source)), key=source_order)
    rows = tuple(_row(file, cell, group_of(sections[cell.row.name], cell.row), asked, copies) for cell in file.cells)
    if blind:
        rows = tuple(_hidden(row) if row.asked and row.ditetapkan is None else row for row in rows)
    return DeskView(
        file=file,
        desa=desa,
        rows=rows,
        sources=tuple(copies),
        read=len(asked) - len(file.unread),
        asked=len(asked),
        balance=balance(file.contest, file.ditetapkan),
        findings=tuple(_findings(file, beside)),
        reader=reader,
        draft=draft,
    )


def _hidden(row: DeskRow) -> DeskRow:
    return replace(row, hidden=True, mark=marks.MENUNGGU if row.waiting else marks.BELUM)


def _row(file: TpsFile, cell: Cell, group: str, asked: set[str], copies: list[Source]) -> DeskRow:
    name = cell.row.name
    return DeskRow(
        row=cell.row,
        label=short_label(file.contest, cell.row),
        group=group,
        mark=_mark(file, cell, name in asked),
        sirekap=file.figure(SIREKAP, name),
        copies=tuple((source, file.figure(source, name)) for source in copies),
        plano=file.figure(PLANO, name),
        waiting=cell.waiting,
        ditetapkan=cell.ditetapkan,
        reference=cell.reference,
        asked=name in asked,
        note=_note(file, cell),
    )


def _mark(file: TpsFile, cell: Cell, asked: bool) -> Mark:
    if not asked:
        return marks.TIDAK_ADA
    if cell.ditetapkan is None and not cell.waiting:
        return marks.BELUM
    if "hitung_ulang" in cell.figures:
        return marks.HITUNG_ULANG
    if cell.open and cell.state is CellState.BEDA:
        return marks.SELISIH
    if cell.ditetapkan is None:
        return marks.MENUNGGU
    if any(p.row == cell.row.name and p.state is PembetulanState.DISETUJUI for p in file.pembetulan):
        return marks.DIBETULKAN
    return marks.KOSONG if file.figure(PLANO, cell.row.name) is KOSONG else marks.COCOK


def _note(file: TpsFile, cell: Cell) -> str:
    """What the column ket says of a row that was read."""
    if cell.ditetapkan is None:
        return "menunggu" if cell.waiting else ""
    proposals = [p for p in file.proposals if p.row == cell.row.name]
    if proposals:
        return f"usul #{proposals[-1].seq}"
    wrong = [p for p in file.pembetulan if p.row == cell.row.name and p.state is PembetulanState.DISETUJUI]
    if wrong:
        return f"{_word(wrong[-1].source)} {shown(wrong[-1].before)}"
    others = [source for source in cell.open if is_salinan(source) or source.endswith(RIVAL)]
    return f"{_word(others[0])} {shown(cell.figures[others[0]])}" if others else ""


def _word(source: Source) -> str:
    base = source.removesuffix(RIVAL)
    return "berkas" if source.endswith(RIVAL) else {PLANO: "plano", SIREKAP: "Sirekap"}.get(base, source_label(base))


def _findings(file: TpsFile, beside: Sequence[Finding]) -> list[DeskFinding]:
    """Everything open, hard rules first, then differences of sources, then what only informs."""
    standing = {*unresolved(file), *beside}
    broken = [
        DeskFinding(
            finding.severity,
            finding.rows[0],
            f"{finding.rule} {formula_words(finding.numbers)}",
            finding.rule,
            told=finding.message,
        )
        for finding in (*tps_findings(file, file.ditetapkan), *beside)
        if finding.severity is Severity.INFO or finding in standing
    ]
    apart = [found for cell in file.open_cells if cell.ditetapkan is not None for found in _apart(file, cell)]
    return [
        *(finding for finding in broken if finding.severity is Severity.KERAS),
        *apart,
        *(finding for finding in broken if finding.severity is not Severity.KERAS),
    ]


def _apart(file: TpsFile, cell: Cell) -> list[DeskFinding]:
    paper = addend(cell.reference) or 0
    diagnosis = file.diagnosis(cell)
    found = []
    for source in cell.open:
        figure = cell.figures[source]
        gap = paper - (addend(figure) or 0)
        name = _word(source) if not is_salinan(source) else f"salinan {_word(source)}"
        kind = difference_words(diagnosis, name, cell.reference) if source == SIREKAP else ""
        text = f"{name} {shown(figure)}, plano {shown(cell.reference)}, selisih {gap:+}"
        found.append(
            DeskFinding(Severity.PERINGATAN, cell.row.name, f"{text}: {kind}" if kind else text, source=source)
        )
    return found
