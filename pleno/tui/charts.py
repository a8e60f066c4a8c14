"""Bars of a chart in plain characters, the numbers always beside them (UX.md section 7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pleno.domain.compare import TpsFile
from pleno.domain.contest import Contest
from pleno.domain.figures import PLANO, Source, addend, source_label, source_order, thousands
from pleno.domain.recap import Sums
from pleno.tui.day_view import DayView


class Chart(StrEnum):
    """What a chart shows."""

    PROGRESS = "kemajuan per desa"
    VOTES = "suara per pilihan"
    AGREEMENT = "kesesuaian sumber dengan plano"


@dataclass(frozen=True, slots=True)
class ChartLine:
    """One bar."""

    key: str
    label: str
    numbers: str
    """The same in figures."""
    part: int
    whole: int
    """0 where there is nothing to measure."""


def bar(part: int, whole: int, cells: int) -> str:
    """ "[####......]" in `cells` cells: full only where nothing is missing, empty only where there is nothing."""
    room = cells - 2
    filled = room * part // whole if whole else 0
    if 0 < part < whole:
        filled = min(max(filled, 1), room - 1)
    return f"[{'#' * filled:.<{room}}]"


def percent(part: int, whole: int) -> str:
    """ "44,2%", rounded down so that 100,0% is all of it; "-" of nothing."""
    if not whole:
        return "-"
    tenths = 1000 * part // whole
    return f"{tenths // 10},{tenths % 10}%"


def progress(view: DayView) -> list[ChartLine]:
    """TPS that are sah, by desa and together."""
    tallies = [(one.desa.code, one.desa.name, one.tally) for one in view.desa]
    return [
        ChartLine(key, name, f"{tally.sah} dari {tally.tps} TPS", tally.sah, tally.tps)
        for key, name, tally in (*tallies, ("jumlah", "JUMLAH", view.total))
    ]


def votes(contest: Contest, final: Sums) -> list[ChartLine]:
    """Votes by choice in the TPS that are sah, as shares of all votes of choices."""
    shares = [final.get(row, 0) for row in contest.votes]
    whole = sum(shares)
    return [
        ChartLine(row, f"{choice.number:02} {choice.name}", f"{thousands(part)}  {percent(part, whole)}", part, whole)
        for choice, row, part in zip(contest.contestants, contest.votes, shares, strict=True)
    ]


def agreement(files: Sequence[TpsFile]) -> list[ChartLine]:
    """For each source beside the plano: of the figures that both hold, how many are the same."""
    same: Counter[Source] = Counter()
    both: Counter[Source] = Counter()
    for file in files:
        plano = file.readings[PLANO].figures if PLANO in file.readings else {}
        read = {row: addend(figure) for row, figure in plano.items() if figure is not None}
        for source, reading in file.readings.items():
            held = {row: addend(figure) for row, figure in reading.figures.items() if figure is not None}
            if source != PLANO and (rows := held.keys() & read.keys()):
                both[source] += len(rows)
                same[source] += sum(held[row] == read[row] for row in rows)
    return [
        ChartLine(
            source, source_label(source),
            f"{thousands(same[source])} dari {thousands(both[source])} angka  {percent(same[source], both[source])}",
            same[source], both[source],
        )
        for source in sorted(both, key=source_order)
    ]  # fmt: skip
