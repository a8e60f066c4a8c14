"""What a file's figures do to what is there already (TERMS.md, "A reading")."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pleno.domain.compare import AIDS
from pleno.domain.figures import Figure, Figures, addend
from pleno.domain.state import Reading


class Merge(NamedTuple):
    """The effect of one reading of a file."""

    changes: Mapping[str, tuple[Figure, Figure]]
    """Row -> (before, after) of every figure that is taken."""
    rivals: Mapping[str, Figure]
    """Figures that contradict what stands: kept beside it as differences to settle."""
    stale: bool
    """The whole reading is older than the one there and is ignored."""


def merge(reading: Reading, figures: Figures, ts: str | None) -> Merge:
    """How a file's figures of one paper meet the reading that stands.

    An aid (sirekap, foto) is replaced cell by cell by a newer object; of the paper and of
    copies a file only fills what nobody has read. An unread figure never erases one.
    """
    given = {row: figure for row, figure in figures.items() if figure is not None}
    standing = reading.figures
    if reading.source in AIDS:
        if ts is not None and reading.ts is not None and ts < reading.ts:
            return Merge({}, {}, stale=True)
        return Merge(
            {row: (standing.get(row), figure) for row, figure in given.items() if standing.get(row) != figure},
            {},
            False,
        )
    return Merge(
        {row: (None, figure) for row, figure in given.items() if standing.get(row) is None},
        {
            row: figure
            for row, figure in given.items()
            if standing.get(row) is not None and addend(standing.get(row)) != addend(figure)
        },
        stale=False,
    )
