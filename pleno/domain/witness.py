"""What each holder of a copy says of a TPS as a whole: the same, different, not there (DOMAIN.md 4.2, step h)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from pleno.domain.compare import TpsFile
from pleno.domain.figures import PLANO, Source, addend


class Answered(StrEnum):
    """The answer of one holder about one TPS."""

    SAMA = "sama"
    BEDA = "beda"
    TIDAK_HADIR = "tidak hadir"
    BELUM = "belum"
    """In the room, and nothing noted yet."""


def answers(
    file: TpsFile, holders: Iterable[Source], present: Iterable[Source], absent: Iterable[Source] = ()
) -> Mapping[Source, Answered]:
    """Holder -> answer about this TPS. `present`: who is in the room; `absent`: who was noted as away for this TPS.

    A copy that was read says it by its figures: beda where one of them is not the plano's as it was read, sama where
    none is. Who has no copy read is tidak hadir where away or not in the room.
    """
    here, away = set(present), set(absent)
    return {source: _answer(file, source, source in here and source not in away) for source in holders}


def _answer(file: TpsFile, source: Source, here: bool) -> Answered:
    copy = file.readings.get(source)
    figures = {row: figure for row, figure in copy.figures.items() if figure is not None} if copy else {}
    if figures:
        paper = file.readings[PLANO].figures if PLANO in file.readings else {}
        differs = any(
            paper.get(row) is not None and addend(figure) != addend(paper[row]) for row, figure in figures.items()
        )
        return Answered.BEDA if differs else Answered.SAMA
    return Answered.BELUM if here else Answered.TIDAK_HADIR
