"""Every row of the kecamatan in which readings differ, filtered and sorted (UX.md, F4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pleno.domain.compare import RIVAL, Cell, TpsFile
from pleno.domain.contest import Row
from pleno.domain.diagnose import Label, diagnose
from pleno.domain.figures import (
    HITUNG_ULANG,
    PLANO,
    SIREKAP,
    Figure,
    Source,
    addend,
    shown,
    source_label,
    source_order,
    to_json,
)
from pleno.domain.state import Desa, Pembetulan, Reading, Tps
from pleno.tui.labels import difference_words, short_label


@dataclass(frozen=True, slots=True)
class Difference:
    """One row of one TPS in which two readings hold different figures."""

    tps: Tps
    desa: str
    """Name of the desa."""
    row: Row
    label: str
    sirekap: Figure
    plano: Figure
    """What the others are held against: recount, corrected or read figure, else the one that waits."""
    waiting: bool
    """The plano figure was not read aloud yet."""
    source: Source
    """The source the line tells of: the first that is open, else the first that differs."""
    gap: int | None
    """Plano minus that source; None while the plano holds no figure."""
    kind: str
    """What kind of slip it looks like, with the name of the source where it is not Sirekap."""
    sources: tuple[tuple[str, Figure], ...]
    """Every source of the TPS by its name on screens, plano first; None where it has no figure in this row."""
    apart: int
    """How many sources differ from the plano, or from each other while it is unread."""
    is_open: bool
    read: bool
    """A person has read this row on the paper."""
    settled: bool
    """The TPS is SAH."""
    pembetulan: Pembetulan | None
    """The newest one of this row."""
    place: int
    """In reading order, from 0."""

    @property
    def key(self) -> str:
        return f"{self.tps.code}/{self.row.name}"


def differences(files: Sequence[TpsFile], desa: Mapping[str, Desa]) -> tuple[Difference, ...]:
    """Every difference, open or settled, in reading order."""
    cells = ((file, cell) for file in files for cell in file.differing)
    return tuple(_difference(file, cell, desa[file.tps.desa].name, place) for place, (file, cell) in enumerate(cells))


def _difference(file: TpsFile, cell: Cell, desa: str, place: int) -> Difference:
    row, reference = cell.row, cell.reference
    apart = _apart(cell)
    source = (*cell.open, *apart)[0]
    own = [item for item in file.pembetulan if item.row == row.name]
    return Difference(
        tps=file.tps,
        desa=desa,
        row=row,
        label=short_label(file.contest, row),
        sirekap=file.figure(SIREKAP, row.name),
        plano=reference,
        waiting=cell.waiting,
        source=source,
        gap=None if reference is None else (addend(reference) or 0) - (addend(cell.figures[source]) or 0),
        kind=_kind(file, cell, source),
        sources=_sources(file, cell),
        apart=len(apart),
        is_open=bool(cell.open),
        read=cell.ditetapkan is not None,
        settled=file.settlement is not None,
        pembetulan=max(own, key=lambda item: item.seq, default=None),
        place=place,
    )


def _apart(cell: Cell) -> list[Source]:
    """Sources whose figure is not the plano's; all but the first group while it is unread."""
    against = cell.reference if cell.reference is not None else next(iter(cell.figures.values()))
    return [source for source, figure in cell.figures.items() if addend(figure) != addend(against)]


def _kind(file: TpsFile, cell: Cell, source: Source) -> str:
    """ "DIGIT TERTUKAR", "S02 SATU DIGIT", "plano belum ada"."""
    if cell.reference is None:
        return "plano belum ada"
    reading = file.readings.get(source)
    aid = reading.figures if reading is not None else {cell.row.name: cell.figures[source]}
    found = diagnose(file.contest, cell.row, aid, file.sementara)
    name = source_words(source)
    words = difference_words(found, name, cell.reference)
    told_by_itself = source == SIREKAP or found is None or found.label is Label.KOSONG
    return words if told_by_itself else f"{name} {words}"


def source_words(source: str) -> str:
    """ "plano", "S02", "berkas" for a file's figure against what was read."""
    if source.endswith(RIVAL):
        return "berkas" if source == PLANO + RIVAL else f"{source_words(source.removesuffix(RIVAL))} berkas"
    return "plano" if source == PLANO else source_label(source)


def _sources(file: TpsFile, cell: Cell) -> tuple[tuple[str, Figure], ...]:
    paper = [source for source in (HITUNG_ULANG, PLANO) if source in file.readings]
    known: list[Source] = [*paper, *sorted(set(file.readings).difference(paper), key=source_order)]
    rivals = [source for source in cell.figures if source.endswith(RIVAL)]
    return tuple((source_words(source), cell.figures.get(source)) for source in [*known, *rivals])


# --- what is shown, in which order ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sieve:
    """Which differences are shown; it knows its own words."""

    only_open: bool = True
    desa: str = ""
    """Code of the only desa; empty = all."""
    desa_name: str = ""

    def keeps(self, line: Difference) -> bool:
        return (line.is_open or not self.only_open) and self.desa in ("", line.tps.desa)

    @property
    def words(self) -> str:
        state = "terbuka" if self.only_open else "semua"
        return f"{state}, {self.desa_name}" if self.desa else state


class Order(StrEnum):
    """In which order, named as on the screen."""

    SIZE = "selisih terbesar"
    READING = "urutan bacaan"
    KIND = "jenis"

    @property
    def following(self) -> Order:
        every = list(Order)
        return every[(every.index(self) + 1) % len(every)]


_SORT_KEYS: Final[dict[Order, Callable[[Difference], tuple[object, ...]]]] = {
    Order.SIZE: lambda line: (line.gap is None, -abs(line.gap or 0), line.place),
    Order.READING: lambda line: (line.place,),
    Order.KIND: lambda line: (line.kind, line.place),
}


def chosen(lines: Iterable[Difference], sieve: Sieve, order: Order) -> tuple[Difference, ...]:
    """The differences a sieve keeps, in an order."""
    return tuple(sorted(filter(sieve.keeps, lines), key=_SORT_KEYS[order]))


def onward(lines: Sequence[Difference], place: int, by: int) -> Difference | None:
    """The nearest open difference after (1) or before (-1) a place of the list; None at its end."""
    rest = lines[place + 1 :] if by > 0 else lines[: max(place, 0)][::-1]
    return next((line for line in rest if line.is_open), None)


def listed(lines: Sequence[Difference]) -> tuple[tuple[str, ...], list[list[str | int | None]]]:
    """The lines as a table for a file: its heading, and one row of words and numbers for each."""
    sources = tuple(dict.fromkeys(name for line in lines for name, _figure in line.sources))
    header = ("kode_tps", "desa", "tps", "baris", "uraian", *sources, "selisih", "jenis", "keadaan")
    return header, [_listed(line, sources) for line in lines]


def _listed(line: Difference, sources: Sequence[str]) -> list[str | int | None]:
    figures = dict(line.sources)
    state = "terbuka" if line.is_open else "selesai"
    where: list[str | int | None] = [
        line.tps.code, line.desa.title(), line.tps.number, line.row.code, line.label,
    ]  # fmt: skip
    return [*where, *(to_json(figures.get(source)) for source in sources), line.gap, line.kind, state]


# --- the detail ------------------------------------------------------------------------------------


def agreement(line: Difference) -> str:
    """ "plano = foto = S01; Sirekap dan S02 masing-masing berbeda": who says the same."""
    groups: dict[int, list[str]] = {}
    for name, figure in line.sources:
        number = addend(figure)
        if number is not None:
            groups.setdefault(number, []).append(name)
    first, *others = groups.values()
    same = " = ".join(first)
    if len(others) == 1:
        return f"{' = '.join(others[0])} berbeda dari {same}"
    told = [" = ".join(names) for names in others]
    return f"{same}; {', '.join(told[:-1])} dan {told[-1]} masing-masing berbeda"


def figures_words(line: Difference) -> str:
    """ "plano 137 | S01 137 | S02 147 | PWS -": every source of the TPS."""
    return " | ".join(f"{name} {'-' if figure is None else shown(figure)}" for name, figure in line.sources)


def since_sources(line: Difference, readings: Mapping[Source, Reading]) -> list[Reading]:
    """The readings whose figures make the difference: the paper's and the other one's."""
    wanted = {HITUNG_ULANG, PLANO, line.source.removesuffix(RIVAL)}
    return [reading for source, reading in readings.items() if source in wanted]
