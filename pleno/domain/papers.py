"""What entries do to the readings of papers: files taken in, figures read at the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from pleno.domain.entry import Change, Entry, Kind
from pleno.domain.errors import Damaged
from pleno.domain.figures import HITUNG_ULANG, PLANO, Figures, from_json
from pleno.domain.state import TPS_RECORDS, File, Reading, State


def file_imported(state: State, entry: Entry) -> None:
    """data: nama, format, bacaan [[tps, contest, ts]], psu (true: those TPS start a new paper),
    saingan [[tps, contest, row, figure]] (figures that stand against what is there already)."""
    data, source = entry.data, required(entry.source)
    cells = sorted(entry.changes, key=lambda change: (change.tps, change.contest or ""))
    grouped = {key: list(group) for key, group in groupby(cells, key=lambda c: (c.tps, c.contest or entry.contest))}
    rivals: dict[tuple[str, str], list[Change]] = {}
    for tps, contest, row, figure in data.get("saingan", ()):
        rivals.setdefault((tps, contest), []).append(Change(tps, row, None, from_json(figure)))
    for tps, contest, ts in data["bacaan"]:
        if data.get("psu"):
            _open_new_paper(state, tps, contest)
        reading = reading_of(state, tps, contest, source)
        changes = grouped.get((tps, contest), [])
        waiting = {change.row for change in changes} if source == PLANO else set()
        state.put(
            replace(
                reading,
                figures=_changed(reading, changes, entry),
                waiting=reading.waiting | waiting,
                rivals={**reading.rivals, **{rival.row: rival.after for rival in rivals.get((tps, contest), [])}},
                ts=max(filter(None, (reading.ts, ts)), default=None),
                seq=entry.seq,
            )
        )
    for contest in {contest for _tps, contest, _ts in data["bacaan"]}:
        state.put(File(required(entry.src_sha256), source, data["nama"], contest, data["format"], entry.seq))


def _open_new_paper(state: State, tps: str, contest: str) -> None:
    """A re-voted TPS: what was read of the old paper leaves the comparison; the journal keeps it."""
    for kind in TPS_RECORDS:
        for record in list(state.of_tps(kind, tps, contest)):
            state.drop(record)


def reading_saved(state: State, entry: Entry) -> None:
    """data: samakan [row] (taken with `=`). Also recount.recorded.

    An entry that takes an earlier one back (batal: its number) carries what stood before it: menunggu
    [row] (waits again), saingan [[row, figure]]. One that brings it again carries ulang: its number.
    """
    # Written out and built rather than replaced: this is what a replay does most.
    tps, contest = entry.tps, entry.contest
    source = HITUNG_ULANG if entry.kind is Kind.RECOUNT_RECORDED else entry.source
    if tps is None or contest is None or source is None:
        raise ValueError("isian wajib kosong")
    reading = reading_of(state, tps, contest, source)
    state.put(
        Reading(
            tps,
            contest,
            source,
            _changed(reading, entry.changes, entry),
            _waiting(reading, entry),
            _rivals(reading, entry),
            reading.writers if entry.actor.id in reading.writers else reading.writers | {entry.actor.id},
            reading.ts,
            entry.seq,
        )
    )


def _waiting(reading: Reading, entry: Entry) -> frozenset[str]:
    waiting = reading.waiting
    if waiting:
        waiting = waiting.difference(change.row for change in entry.changes)
    again = entry.data.get("menunggu")
    return waiting.union(again) if again else waiting


def _rivals(reading: Reading, entry: Entry) -> Figures:
    rivals, again = reading.rivals, entry.data.get("saingan")
    if not rivals and not again:
        return rivals
    read = {change.row for change in entry.changes}
    kept = {row: figure for row, figure in rivals.items() if row not in read}
    return {**kept, **{row: from_json(figure) for row, figure in again or ()}}


def _changed(reading: Reading, changes: Sequence[Change], entry: Entry) -> Figures:
    figures = dict(reading.figures)
    for tps, row, before, after, _contest in changes:
        if figures.get(row) != before:
            raise Damaged(
                "Jejak tidak sesuai keadaan",
                f"Entri {entry.seq}: {tps} {row} dicatat semula {before}, padahal {figures.get(row)}.",
            )
        figures[row] = after
    return figures


def reading_of(state: State, tps: str, contest: str, source: str) -> Reading:
    """The reading as it stands; an empty one where nothing was read."""
    return state.get(Reading, tps, contest, source) or Reading(tps, contest, source, {})


def required(value: str | None) -> str:
    if value is None:
        raise ValueError("isian wajib kosong")
    return value
