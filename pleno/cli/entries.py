"""Entries of the journal as people and programs read them; the answer of every act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pleno.cli.output import document, say
from pleno.domain.entry import Change, Entry
from pleno.domain.figures import JsonFigure, to_json
from pleno.domain.sentences import Names, sentence

if TYPE_CHECKING:
    from pleno.service.session import Session


def entry_json(entry: Entry, names: Names) -> dict[str, object]:
    """One entry with the fields of CLI.md (jejak), its sentence last."""
    return {
        "nomor": entry.seq,
        "jenis": entry.kind.value,
        "waktu": entry.stamp.at,
        "oleh": entry.actor.id,
        "kontes": entry.contest,
        "tps": entry.tps,
        "sumber": entry.source,
        "perubahan": [_change(change) for change in entry.changes],
        "alasan": entry.reason,
        "catatan": entry.note,
        "saksi": list(entry.witness),
        "acuan": entry.refers,
        "hash": entry.hash,
        "kalimat": sentence(entry, names),
    }


def _change(change: Change) -> list[JsonFigure]:
    """[tps, isian, dari, menjadi], and the contest where an entry covers several."""
    cell: list[JsonFigure] = [change.tps, change.row, to_json(change.before), to_json(change.after)]
    return cell if change.contest is None else [*cell, change.contest]


def done(
    session: Session,
    command: str,
    entries: Sequence[Entry],
    as_json: bool,
    more: Mapping[str, object] | None = None,
    hint: str = "",
) -> None:
    """Answer an act with the entries it made; `hint` tells people what comes next."""
    names = session.names()
    if as_json:
        document(command, {**(more or {}), "entri": [entry_json(entry, names) for entry in entries]})
        return
    say(*(f"#{entry.seq} {sentence(entry, names)}" for entry in entries))
    if hint:
        say(hint)
    from pleno.service.seal_due import seal_due  # heavy rooms are loaded where they are used

    if due := seal_due(session, entries):
        say(f"{due}: saatnya segel, `pleno segel --angka-saksi N`.")
