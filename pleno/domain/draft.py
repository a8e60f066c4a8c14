"""What is being typed: the open paper, durable at each Enter, and lines of dialogs (UX.md sections 1.3 and 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pleno.domain.compare import TpsFile
from pleno.domain.figures import Figure, Source
from pleno.domain.state import Reading, Record, TpsRecord


@dataclass(frozen=True, slots=True)
class Draft(TpsRecord):
    """What was entered of one paper since its last journal entry; no part of the state that a replay makes."""

    KEY = ("tps", "contest", "source")
    source: Source
    figures: Mapping[str, Figure]
    """Canonical row name to the figure read."""
    accepted: frozenset[str]
    """Rows taken over with `=` instead of typed."""
    row: str
    """Canonical name of the row the cursor stands on."""
    typing: str
    """Digits typed in that row and not entered."""
    note: str
    """Why figures that were read before change; empty where none does."""
    by: str
    """Id of who types."""
    at: str
    """When it was last kept, ISO 8601 with offset."""


@dataclass(frozen=True, slots=True)
class KeptText(Record):
    """A line that is being written in a dialog, for whoever opens it next; no part of the state that a replay makes."""

    KEY = ("purpose",)
    purpose: str
    """Which line of which dialog, of which TPS perhaps."""
    text: str


def with_draft(file: TpsFile, draft: Draft | None) -> TpsFile:
    """The TPS as it will be once the draft has become an entry."""
    if draft is None or not draft.figures:
        return file
    standing = file.readings.get(draft.source) or Reading(draft.tps, draft.contest, draft.source, {})
    reading = replace(
        standing,
        figures={**standing.figures, **draft.figures},
        waiting=standing.waiting - draft.figures.keys(),
        rivals={row: figure for row, figure in standing.rivals.items() if row not in draft.figures},
        writers=standing.writers | {draft.by},
    )
    return replace(file, readings={**file.readings, draft.source: reading})
