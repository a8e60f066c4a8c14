"""Sums from TPS to desa to kecamatan, and whether open items can still change the order.

Final sums take settled TPS only; provisional sums take whatever the plano says, and are
always shown with how many TPS are sah (TERMS.md, `sementara`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from pleno.domain.compare import TpsFile
from pleno.domain.contest import Contest
from pleno.domain.figures import Figures, addend
from pleno.domain.rules import Finding, Severity, cadangan, tps_findings
from pleno.domain.state import Desa

Sums = Mapping[str, int]
"""Canonical row name to its sum; a row no TPS has a figure for is left out."""


@dataclass(frozen=True)
class DesaRecap:
    """One desa: its TPS in the order of their numbers."""

    desa: Desa
    files: Sequence[TpsFile]

    @cached_property
    def final(self) -> Sums:
        return _sum(settled_figures(file) for file in self.files)

    @cached_property
    def provisional(self) -> Sums:
        return _sum(file.sementara for file in self.files)

    @property
    def settled(self) -> int:
        return sum(file.settlement is not None for file in self.files)


@dataclass(frozen=True)
class Recap:
    """One contest of the kecamatan."""

    contest: Contest
    desa: Sequence[DesaRecap]

    @property
    def files(self) -> list[TpsFile]:
        return [file for desa in self.desa for file in desa.files]

    @cached_property
    def final(self) -> Sums:
        return sum_of(desa.final for desa in self.desa)

    @cached_property
    def provisional(self) -> Sums:
        return sum_of(desa.provisional for desa in self.desa)

    @property
    def settled(self) -> int:
        return sum(desa.settled for desa in self.desa)

    @property
    def tps(self) -> int:
        return sum(len(desa.files) for desa in self.desa)

    @property
    def complete(self) -> bool:
        return self.settled == self.tps


def settled_figures(file: TpsFile) -> Figures:
    """What a TPS gives to final sums: its determined figures once it is sah, else nothing."""
    return file.ditetapkan if file.settlement is not None else {}


def _sum(every: Iterable[Figures]) -> dict[str, int]:
    total: dict[str, int] = {}
    for figures in every:
        for row, figure in figures.items():
            if (number := addend(figure)) is not None:
                total[row] = total.get(row, 0) + number
    return total


def sum_of(every: Iterable[Sums]) -> Sums:
    """Sums added row by row."""
    return _sum(every)


def unresolved(file: TpsFile) -> list[Finding]:
    """Findings of the determined figures that keep the TPS from being sah: hard ones that nobody resolved in
    writing, warnings that nobody acknowledged."""
    explained = {(item.rule, item.numbers) for item in file.explanations}
    return [
        finding
        for finding in tps_findings(file, file.ditetapkan)
        if finding.severity is not Severity.INFO and (finding.rule, finding.numbers) not in explained
    ]


def blocking(file: TpsFile) -> list[Finding]:
    """The hard ones among `unresolved`."""
    return [finding for finding in unresolved(file) if finding.severity is Severity.KERAS]


# --- the safety line -----------------------------------------------------------------------------

_VOTE_RULES: Final = frozenset({"R20", "R21", "R22", "R23", "R24", "R25"})
"""Rules whose breach leaves the votes of a TPS in doubt."""


class Margin(NamedTuple):
    """First against second, and the most that open items can still change between them."""

    leader: int
    """Nomor urut."""
    runner_up: int
    gap: int
    most: int
    certain: bool
    """The open items together cannot change who leads."""
    partai: int = 0
    """Party on whose list both stand as candidates; 0 = both are contestants."""


def margin(recap: Recap) -> Margin | None:
    """The safety line of the contestants by provisional sums; None while nobody has a vote.

    `most` is against the runner-up; `certain` asks every other contestant. Of parties the totals count; seats
    are not computed.
    """
    rows = dict(zip((choice.number for choice in recap.contest.contestants), recap.contest.votes, strict=True))
    return _lead(recap, _open_files(recap), rows, 0)


def margin_within(recap: Recap) -> Margin | None:
    """The closest of the safety lines between the first and the second candidate of each party.

    The nearest to being overturned by the open items, then the smallest gap. None where no party has two
    candidates of whom one has a vote.
    """
    open_files = _open_files(recap)
    every = [
        _lead(
            recap,
            open_files,
            {one.number: row for one, row in zip(partai.calon, partai.calon_rows, strict=True)},
            partai.choice.number,
        )
        for partai in recap.contest.partai
        if len(partai.calon) > 1
    ]
    return min((one for one in every if one), key=lambda one: (one.gap - one.most, one.gap, one.partai), default=None)


class _OpenTps(NamedTuple):
    """A TPS that is not sah, and whether its votes are in doubt as a whole."""

    file: TpsFile
    doubtful: bool


def _open_files(recap: Recap) -> list[_OpenTps]:
    return [
        _OpenTps(file, any(finding.rule in _VOTE_RULES for finding in blocking(file)))
        for file in recap.files
        if file.settlement is None
    ]


def _lead(recap: Recap, open_files: Sequence[_OpenTps], rows: Mapping[int, str], partai: int) -> Margin | None:
    """The safety line between those who stand in `rows`, by number."""
    sums = recap.provisional
    first, second, *others = sorted(rows, key=lambda number: (-sums.get(rows[number], 0), number))
    if not sums.get(rows[first]):
        return None
    gaps = {rival: sums[rows[first]] - sums.get(rows[rival], 0) for rival in (second, *others)}
    most = {rival: sum(_most_change(one, rows[first], rows[rival]) for one in open_files) for rival in gaps}
    certain = all(most[rival] < gaps[rival] for rival in gaps)
    return Margin(first, second, gaps[second], most[second], certain, partai)


def _most_change(open_tps: _OpenTps, leader: str, rival: str) -> int:
    """By how much a TPS that is not sah can still narrow the gap between two rows of votes.

    Every ballot of the TPS while its votes are unread or in doubt, else what the readings differ.
    """
    file = open_tps.file
    if open_tps.doubtful or leader not in file.ditetapkan or rival not in file.ditetapkan:
        ahead, behind = (addend(file.sementara.get(row)) or 0 for row in (leader, rival))
        return ahead + max(_ballots(file) - behind, 0)
    return sum(
        max(abs((addend(figure) or 0) - (addend(cell.ditetapkan) or 0)) for figure in cell.figures.values())
        for cell in file.open_cells
        if cell.row.name in (leader, rival)
    )


def _ballots(file: TpsFile) -> int:
    """All ballot papers a TPS can have had: DPT and cadangan, the profile's ceiling where no DPT is known."""
    known = addend(file.sementara.get("pemilih_dpt_j"))
    dpt = known or file.tps.dpt_j or file.contest.profile.max_voters
    return dpt + cadangan(file.contest, dpt)
