"""What must still be edited in Sirekap so that it says what the room determined (DOMAIN.md 4.3, case 1).

A newer Sirekap object ticks its rows off; nothing else does. Rows that no object of the contest holds are not asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from pleno.domain.compare import TpsFile
from pleno.domain.contest import Row
from pleno.domain.figures import SIREKAP, Figure, addend
from pleno.domain.recap import Recap
from pleno.domain.state import PembetulanKind, PembetulanState


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell of Sirekap."""

    file: TpsFile
    row: Row
    sirekap: Figure
    """What Sirekap says, or said before it was edited; None = empty there."""
    ditetapkan: Figure


@dataclass(frozen=True, slots=True)
class Worklist:
    """Sirekap against the determined figures of a contest, in reading order."""

    edits: Sequence[Edit]
    """What must be edited still."""
    done: Sequence[Edit]
    """Confirmed pembetulan of Sirekap that its newest object carries."""
    without_object: Sequence[TpsFile]
    """TPS of which no Sirekap object was imported."""
    unsettled: int
    """TPS that are not sah yet: more may come."""
    newest: str | None
    """Time of the newest Sirekap object."""

    @property
    def in_sync(self) -> bool:
        """Sirekap says for every TPS what was determined, and every TPS is sah."""
        return not (self.edits or self.without_object or self.unsettled)


def worklist(recap: Recap) -> Worklist:
    """The worklist of a contest as its readings stand."""
    files = recap.files
    published = {
        row
        for file in files
        if (reading := file.readings.get(SIREKAP)) is not None
        for row, figure in reading.figures.items()
        if figure is not None
    }
    times = [reading.ts for file in files if (reading := file.readings.get(SIREKAP)) is not None and reading.ts]
    return Worklist(
        edits=[edit for file in files for edit in _edits(file, published)],
        done=[edit for file in files for edit in _done(file)],
        without_object=[file for file in files if SIREKAP not in file.readings],
        unsettled=recap.tps - recap.settled,
        newest=max(times, default=None),
    )


def _edits(file: TpsFile, published: Set[str]) -> Iterator[Edit]:
    if SIREKAP not in file.readings:
        return
    for row in file.contest.asked:
        must = file.ditetapkan.get(row.name)
        if row.name in published and must is not None:
            now = file.figure(SIREKAP, row.name)
            if addend(now) != addend(must):
                yield Edit(file, row, now, must)


def _done(file: TpsFile) -> Iterator[Edit]:
    """Each row once, with what stood in Sirekap before its newest pembetulan."""
    confirmed = {
        item.row: item
        for item in sorted(file.pembetulan, key=lambda item: item.seq)
        if (item.kind, item.source, item.state) == (PembetulanKind.SIREKAP, SIREKAP, PembetulanState.DISETUJUI)
    }
    for row in file.contest.rows:
        item = confirmed.get(row.name)
        if item is not None and addend(file.figure(SIREKAP, row.name)) == addend(file.ditetapkan.get(row.name)):
            yield Edit(file, row, item.before, item.after)
