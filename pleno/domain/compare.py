"""The readings of one TPS side by side (TERMS.md, "Comparison" and "States").

Each state is derived here and nowhere stored: a cell is sama, beda or belum; a TPS is the
first of TpsState that holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Final

from pleno.domain.contest import Contest, Row
from pleno.domain.diagnose import Diagnosis, diagnose
from pleno.domain.figures import (
    FOTO,
    HITUNG_ULANG,
    PLANO,
    SIREKAP,
    Figure,
    Figures,
    Source,
    addend,
    is_salinan,
    source_order,
)
from pleno.domain.keberatan import Keberatan, KeberatanKind
from pleno.domain.state import (
    Answer,
    Explanation,
    Pembetulan,
    PembetulanKind,
    PembetulanState,
    Reading,
    Settlement,
    Tps,
)

RIVAL: Final = ":berkas"
"""Ending of the name under which a file's figure stands against what was read ("plano:berkas")."""


class CellState(StrEnum):
    """Whether the readings of a cell agree."""

    SAMA = "sama"
    BEDA = "beda"
    BELUM = "belum"


class TpsState(StrEnum):
    """Where a TPS x contest stands; the first that holds."""

    SAH = "sah"
    KEBERATAN = "keberatan"
    HITUNG_ULANG = "hitung_ulang"
    DIBETULKAN = "dibetulkan"
    BEDA = "beda"
    COCOK = "cocok"
    DIBACA = "dibaca"
    BELUM = "belum"


@dataclass(frozen=True, slots=True)
class Cell:
    """One row of one TPS in all readings."""

    row: Row
    figures: Mapping[Source, Figure]
    """Only the sources that hold a figure; rivals under "<source>:berkas"."""
    ditetapkan: Figure
    """The determined figure; None until a person has read the paper."""
    reference: Figure
    """What the others are held against: ditetapkan, else the plano figure that waits."""
    waiting: bool
    """The plano figure came from a file and nobody has read it aloud."""
    open: tuple[Source, ...]
    """Sources whose difference is not settled yet."""

    @property
    def state(self) -> CellState:
        values = {addend(figure) for figure in self.figures.values()}
        if len(self.figures) < 2:
            return CellState.BELUM
        return CellState.BEDA if len(values) > 1 else CellState.SAMA


@dataclass(frozen=True)
class TpsFile:
    """Everything the state holds about one TPS x contest."""

    tps: Tps
    contest: Contest
    readings: Mapping[Source, Reading]
    pembetulan: Sequence[Pembetulan] = ()
    answers: Sequence[Answer] = ()
    explanations: Sequence[Explanation] = ()
    settlement: Settlement | None = None
    keberatan: Sequence[Keberatan] = ()
    """Kejadian khusus too; not those of the whole contest."""

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(self._cell(row) for row in self.contest.rows)

    @cached_property
    def ditetapkan(self) -> Figures:
        """Determined figures by row; rows without one are left out."""
        if not self._superseded:
            return self._plano(but=self.readings[PLANO].waiting if PLANO in self.readings else frozenset())
        return {cell.row.name: cell.ditetapkan for cell in self.cells if cell.ditetapkan is not None}

    @cached_property
    def sementara(self) -> Figures:
        """Provisional figures: determined, else read or waiting on the plano."""
        if not self._superseded:
            return self._plano()
        return {cell.row.name: cell.reference for cell in self.cells if cell.reference is not None}

    @property
    def _superseded(self) -> bool:
        """Whether something may say otherwise than the plano: a recount, a pembetulan."""
        return HITUNG_ULANG in self.readings or bool(self.pembetulan)

    def _plano(self, but: frozenset[str] = frozenset()) -> Figures:
        figures = self.readings[PLANO].figures if PLANO in self.readings else {}
        names = self.contest.by_name
        return {row: figures[row] for row in names if figures.get(row) is not None and row not in but}

    @cached_property
    def differing(self) -> tuple[Cell, ...]:
        return tuple(cell for row in self._unequal if (cell := self._cell(row)).state is CellState.BEDA)

    @property
    def _unequal(self) -> Sequence[Row]:
        """The rows of which the readings do not say one and the same; only these can differ.

        Found before any Cell is made: in a whole kecamatan nearly every row agrees.
        """
        papers = [reading.figures for reading in self.readings.values()]
        papers += [reading.rivals for reading in self.readings.values() if reading.rivals]
        apart = {row for paper in papers if paper != papers[0] for row, _figure in paper.items() ^ papers[0].items()}
        return [row for row in self.contest.rows if row.name in apart] if apart else ()

    @cached_property
    def open_cells(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.differing if cell.open)

    @cached_property
    def unread(self) -> tuple[Row, ...]:
        """Asked rows that nobody has read on the paper."""
        return tuple(row for row in self.contest.asked if row.name not in self.ditetapkan)

    @property
    def has_plano(self) -> bool:
        return any(self.figure(PLANO, row.name) is not None for row in self.contest.rows)

    def read_aloud(self) -> TpsFile:
        """This TPS as it would be once its waiting plano figures are read aloud."""
        plano = self.readings.get(PLANO)
        if plano is None or not plano.waiting:
            return self
        return replace(self, readings={**self.readings, PLANO: replace(plano, waiting=frozenset())})

    @property
    def proposals(self) -> tuple[Pembetulan, ...]:
        """Pembetulan that nobody has confirmed or refused yet."""
        return tuple(item for item in self.pembetulan if item.state is PembetulanState.MENUNGGU)

    @property
    def unanswered(self) -> tuple[Keberatan, ...]:
        """Keberatan and kejadian khusus the room has not answered yet."""
        return tuple(item for item in self.keberatan if item.is_open)

    @property
    def state(self) -> TpsState:
        if self.settlement is not None:
            return TpsState.SAH
        if any(item.kind is KeberatanKind.KEBERATAN and item.stands for item in self.keberatan):
            return TpsState.KEBERATAN
        if HITUNG_ULANG in self.readings:
            return TpsState.HITUNG_ULANG
        if self.open_cells:
            return TpsState.BEDA
        if any(item.state is PembetulanState.DISETUJUI for item in self.pembetulan):
            return TpsState.DIBETULKAN
        if self.has_plano:
            return TpsState.DIBACA if self.unread else TpsState.COCOK
        return TpsState.BELUM

    def figure(self, source: Source, row: str) -> Figure:
        reading = self.readings.get(source)
        return None if reading is None else reading.figures.get(row)

    def diagnosis(self, cell: Cell) -> Diagnosis | None:
        """What the difference of the first differing source of a cell looks like."""
        for source in sorted(self.readings, key=source_order):
            found = diagnose(self.contest, cell.row, self.readings[source].figures, self.sementara)
            if found is not None:
                return found
        return None

    def _cell(self, row: Row) -> Cell:
        plano = self.readings.get(PLANO)
        waiting = plano is not None and row.name in plano.waiting
        recount = self.figure(HITUNG_ULANG, row.name)
        corrected = self._corrected(row.name)
        read = None if waiting else self.figure(PLANO, row.name)
        ditetapkan = next((figure for figure in (recount, corrected, read) if figure is not None), None)
        reference = self.figure(PLANO, row.name) if ditetapkan is None else ditetapkan
        figures = self._figures(row.name)
        paper_decided = recount is not None or corrected is not None
        open_sources = tuple(
            source
            for source, figure in figures.items()
            if self._is_open(source, row.name, figure, reference, figures, paper_decided, recount is not None)
        )
        return Cell(row, figures, ditetapkan, reference, waiting, open_sources)

    def _corrected(self, row: str) -> Figure:
        """The figure of the newest confirmed pembetulan of the paper itself."""
        confirmed = [
            item
            for item in self.pembetulan
            if item.row == row and item.kind is PembetulanKind.FORMULIR and item.state is PembetulanState.DISETUJUI
        ]
        return max(confirmed, key=lambda item: item.answered or 0).after if confirmed else None

    def _figures(self, row: str) -> dict[Source, Figure]:
        found: dict[Source, Figure] = {}
        for source in sorted(self.readings, key=source_order):
            reading = self.readings[source]
            if (figure := reading.figures.get(row)) is not None:
                found[source] = figure
            if (rival := reading.rivals.get(row)) is not None and addend(rival) != addend(figure):
                found[source + RIVAL] = rival
        return found

    def _is_open(
        self,
        source: Source,
        row: str,
        figure: Figure,
        reference: Figure,
        figures: Mapping[Source, Figure],
        paper_decided: bool,
        recounted: bool,
    ) -> bool:
        """Whether this source's figure still has to be settled (TERMS.md, `ditetapkan`)."""
        if reference is None:
            return len({addend(other) for other in figures.values()}) > 1
        if addend(figure) == addend(reference) or source in (PLANO, HITUNG_ULANG):
            return False
        if source.endswith(RIVAL):
            return not paper_decided
        if is_salinan(source):
            objected = any(item.closes(source, row, figure) for item in self.keberatan)
            return not (recounted or objected or self._answered(source, row, figure))
        return not self._pembetulan_covers(source, row, figure, reference)

    def _answered(self, source: Source, row: str, figure: Figure) -> bool:
        return any((item.source, item.row) == (source, row) and item.figure == figure for item in self.answers)

    def _pembetulan_covers(self, source: Source, row: str, figure: Figure, reference: Figure) -> bool:
        return any(
            item.state is PembetulanState.DISETUJUI
            and item.kind is PembetulanKind.SIREKAP
            and (item.source, item.row) == (source, row)
            and addend(item.before) == addend(figure)
            and addend(item.after) == addend(reference)
            for item in self.pembetulan
        )


AIDS: Final = (SIREKAP, FOTO)
"""Sources that a pembetulan of kind sirekap may correct."""


@dataclass(frozen=True, slots=True)
class Count:
    """The numbers of a comparison (CLI.md, banding)."""

    tps: int
    tps_beda: int
    sel_beda: int
    tps_terbuka: int
    sel_terbuka: int
    tps_belum: int


def count(files: Iterable[TpsFile]) -> Count:
    every = list(files)
    return Count(
        tps=len(every),
        tps_beda=sum(bool(file.differing) for file in every),
        sel_beda=sum(len(file.differing) for file in every),
        tps_terbuka=sum(bool(file.open_cells) for file in every),
        sel_terbuka=sum(len(file.open_cells) for file in every),
        tps_belum=sum(not file.has_plano for file in every),
    )
