"""The holders of copies and what each says of a TPS: sama, beda, tidak hadir (DOMAIN.md 4.2, step h)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pleno.domain.compare import TpsFile
from pleno.domain.contest import Contest
from pleno.domain.entry import Entry, Kind
from pleno.domain.errors import PlenoError
from pleno.domain.figures import SALINAN_PANWASLU, Source, salinan, source_label
from pleno.domain.state import Absence, Kehadiran, PlenoState, Tps
from pleno.domain.witness import Answered, answers
from pleno.service import notes
from pleno.service.copies import present_copies
from pleno.service.reading import require_choice, require_open
from pleno.service.session import Session
from pleno.service.views import tps_file


def holders(contest: Contest) -> list[Source]:
    """Whose copies there may be: a saksi's for each contestant that has one, by number, then the Panwaslu's."""
    numbers = sorted(choice.number for choice in contest.contestants if not choice.is_kolom_kosong)
    return [*map(salinan, numbers), SALINAN_PANWASLU]


def answers_of(session: Session, contest: Contest, files: Iterable[TpsFile]) -> dict[str, Mapping[Source, Answered]]:
    """Code of each TPS -> holder -> answer as things stand; empty while nobody was noted on the attendance list."""
    if not any(one.is_guest for one in session.state.all(Kehadiran)):
        return {}
    held, present = holders(contest), present_copies(session, contest)
    away: dict[str, list[Source]] = {}
    every = list(files)
    only = every[0].tps.code if len(every) == 1 else None
    state = session.state
    noted = state.of_tps(Absence, only, contest.id) if only else state.of_contest(Absence, contest.id)
    for one in noted:
        away.setdefault(one.tps, []).append(one.source)
    return {file.tps.code: answers(file, held, present, away.get(file.tps.code, ())) for file in every}


def note_absence(session: Session, tps: Tps, contest: Contest, source: Source, note: str, by: str | None) -> Entry:
    """Note that the holder of a copy was not there, or had none, when this TPS was read; the note may be empty.

    PlenoError for a copy that was read, and where it was noted before.
    """
    session.require(PlenoState.DIBUKA)
    actor = session.actor(by)
    require_open(session, tps, contest)
    require_choice(contest, source)
    where = f"{source_label(source)} di {session.tps_name(tps)}"
    if source not in holders(contest):
        raise PlenoError("Jawaban ditolak", f"{source_label(source)} bukan salinan.", "Pakai salinan:<nomor>.")
    if source in tps_file(session, tps, contest).readings:
        raise PlenoError(
            "Jawaban ditolak", f"Salinan {where} sudah dibaca; pemegangnya hadir.", "Yang keliru dibatalkan dengan `z`."
        )
    if session.state.get(Absence, tps.code, contest.id, source) is not None:
        raise PlenoError("Jawaban sudah dicatat", f"{where} sudah dicatat tidak hadir.", "")
    people = tuple(one.id for one in session.state.all(Kehadiran) if one.stands_for == source.partition(":")[2])
    entry = session.entry(
        Kind.SAKSI_ANSWERED, actor, contest=contest.id, tps=tps.code, source=source, witness=people,
        note=notes.note(note, "Catatan") or None, data={"jawaban": Answered.TIDAK_HADIR.value},
    )  # fmt: skip
    return session.commit(entry)[0]
