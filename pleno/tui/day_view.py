"""The day at a glance: what Beranda and line 2 say, computed from the files of all TPS."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from pleno.domain.compare import TpsFile
from pleno.domain.contest import Contest
from pleno.domain.figures import HITUNG_ULANG, SIREKAP, addend
from pleno.domain.recap import DesaRecap, Margin, Recap, margin
from pleno.domain.state import Desa


class Stage(StrEnum):
    """Where a TPS stands in the work of the day; what nobody has read aloud is belum, whatever a file said."""

    SAH = "sah"
    BEDA = "beda"
    DIBACA = "dibaca"
    BELUM = "belum"


def stage_of(file: TpsFile) -> Stage:
    """The stage of one TPS; cocok, dibetulkan and hitung ulang count with dibaca (UX.md, Beranda)."""
    if file.settlement is not None:
        return Stage.SAH
    if file.open_cells:
        return Stage.BEDA
    return Stage.DIBACA if file.ditetapkan else Stage.BELUM


class Tally(NamedTuple):
    """How many TPS stand where."""

    tps: int
    sah: int
    beda: int
    dibaca: int
    belum: int
    sirekap: int
    """TPS with any figure of Sirekap."""
    open_rows: int
    """Rows whose difference is not settled."""
    recounts: int

    @property
    def left(self) -> int:
        return self.tps - self.sah


def tally(files: Sequence[TpsFile]) -> Tally:
    """The counts of some TPS."""
    stages = Counter(map(stage_of, files))
    return Tally(
        tps=len(files),
        sah=stages[Stage.SAH],
        beda=stages[Stage.BEDA],
        dibaca=stages[Stage.DIBACA],
        belum=stages[Stage.BELUM],
        sirekap=sum(has_sirekap(file) for file in files),
        open_rows=sum(len(file.open_cells) for file in files),
        recounts=sum(HITUNG_ULANG in file.readings for file in files),
    )


def has_sirekap(file: TpsFile) -> bool:
    return SIREKAP in file.readings and any(figure is not None for figure in file.readings[SIREKAP].figures.values())


@dataclass(frozen=True, slots=True)
class DesaLine:
    """One line of Beranda."""

    desa: Desa
    tally: Tally
    first: str
    """Code of the TPS that Enter opens: the first that is not sah, else the first."""


@dataclass(frozen=True, slots=True)
class DayView:
    """Everything Beranda shows."""

    desa: tuple[DesaLine, ...]
    total: Tally
    settled_votes: int
    """Suara sah of the TPS that are sah."""
    without_sirekap: tuple[tuple[str, tuple[int, ...]], ...]
    """Desa name and the numbers of its TPS without any figure of Sirekap."""
    margin: Margin | None
    waiting: int
    """Pembetulan nobody has confirmed yet."""


def day_view(contest: Contest, desa: Sequence[Desa], files: Sequence[TpsFile]) -> DayView:
    """The day of one contest."""
    by_desa = {one.code: [file for file in files if file.tps.desa == one.code] for one in desa}
    recap = Recap(contest, [DesaRecap(one, by_desa[one.code]) for one in desa if by_desa[one.code]])
    lines = tuple(DesaLine(part.desa, tally(part.files), _first(part.files)) for part in recap.desa)
    missing = [(part.desa.name, [f.tps.number for f in part.files if not has_sirekap(f)]) for part in recap.desa]
    return DayView(
        desa=lines,
        total=tally(files),
        settled_votes=addend(recap.final.get("suara_sah")) or 0,
        without_sirekap=tuple((name, tuple(numbers)) for name, numbers in missing if numbers),
        margin=margin(recap),
        waiting=sum(len(file.proposals) for file in files),
    )


def _first(files: Sequence[TpsFile]) -> str:
    return next((file for file in files if file.settlement is None), files[0]).tps.code
