"""The copies that saksi and Panwaslu hold, compared with the plano in the room."""

from __future__ import annotations

from collections.abc import Mapping

from pleno.domain.compare import TpsFile
from pleno.domain.contest import Contest
from pleno.domain.entry import Change, Entry, Kind
from pleno.domain.errors import PlenoError
from pleno.domain.figures import PLANO, SALINAN_PANWASLU, Figure, Source, salinan, source_label
from pleno.domain.papers import reading_of
from pleno.domain.state import Absence, Kehadiran, PlenoState, Tps
from pleno.service.meeting import PANWASLU
from pleno.service.reading import record_reading, require_open
from pleno.service.session import Session
from pleno.service.views import tps_file


def present_copies(session: Session, contest: Contest) -> list[Source]:
    """The copies in the room: of every saksi and of the Panwaslu noted as present, in order of number."""
    numbers = {choice.number for choice in contest.contestants}
    present = [guest.stands_for for guest in session.state.all(Kehadiran) if guest.present]
    saksi = sorted({int(one) for one in present if one.isascii() and one.isdigit()} & numbers)
    return [*map(salinan, saksi), *([SALINAN_PANWASLU] if PANWASLU in present else [])]


def all_match(session: Session, tps: Tps, contest: Contest, by: str | None) -> tuple[Entry, ...]:
    """Everybody present says that their copy is the same as the plano: one reading for each copy.

    Who was noted as away for this TPS says nothing.
    A figure that a copy was read with before stays as it is. PlenoError when rows of the plano
    are unread, when nobody is present, or when nothing is left to note.
    """
    session.require(PlenoState.DIBUKA)
    actor = session.actor(by)
    require_open(session, tps, contest)
    file = tps_file(session, tps, contest)
    _require_read(file)
    entries = []
    for source in present_copies(session, contest):
        if session.state.get(Absence, tps.code, contest.id, source) is not None:
            continue
        standing = reading_of(session.state, tps.code, contest.id, source).figures
        changes = tuple(
            Change(tps.code, row.name, None, file.figure(PLANO, row.name))
            for row in contest.asked
            if standing.get(row.name) is None and file.figure(PLANO, row.name) is not None
        )
        if changes:
            entries.append(
                session.entry(
                    Kind.READING_SAVED, actor, contest=contest.id, tps=tps.code, source=source, changes=changes,
                    data={"samakan": [change.row for change in changes]},
                )
            )  # fmt: skip
    if not entries:
        raise PlenoError(
            "Tidak ada salinan yang dicatat",
            "Belum ada saksi atau Panwaslu yang tercatat hadir, atau salinannya sudah dicatat.",
            "Catat kehadiran dengan `pleno hadir`, atau lanjut tanpa salinan.",
        )
    return session.commit(*entries)


def one_copy(
    session: Session, tps: Tps, contest: Contest, source: Source, differing: Mapping[str, Figure], by: str | None
) -> Entry:
    """One copy was read aloud against the plano: it says the same, but for `differing` (canonical row to figure).

    A figure that this copy was read with before is not changed. PlenoError when rows of the plano are unread, when
    nobody in the room holds that copy, or when a row was read before with another figure.
    """
    if source not in present_copies(session, contest):
        raise PlenoError(
            "Salinan tidak di ruangan",
            f"{source_label(source)} tidak tercatat hadir.",
            "Catat kehadiran dengan `pleno hadir`.",
        )
    file = tps_file(session, tps, contest)
    _require_read(file)
    standing = reading_of(session.state, tps.code, contest.id, source).figures
    same = {
        row.name: file.figure(PLANO, row.name)
        for row in contest.asked
        if row.name not in differing and standing.get(row.name) is None and file.figure(PLANO, row.name) is not None
    }
    return record_reading(session, tps, contest, source, {**same, **differing}, by, accepted=list(same))


def _require_read(file: TpsFile) -> None:
    if file.unread:
        codes = ", ".join(row.code for row in file.unread[:4])
        raise PlenoError(
            "Plano belum selesai dibaca",
            f"{len(file.unread)} baris belum dibaca: {codes}.",
            "Baca dulu planonya; salinan disamakan dengan plano.",
        )
