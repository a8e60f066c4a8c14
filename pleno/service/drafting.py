"""What is being typed: kept at each Enter, one journal entry when the paper is finished (UX.md section 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pleno.domain.compare import TpsFile
from pleno.domain.contest import Contest, Row
from pleno.domain.draft import Draft, KeptText, with_draft
from pleno.domain.entry import Entry
from pleno.domain.errors import PlenoError
from pleno.domain.figures import HITUNG_ULANG, PLANO, SIREKAP, Figure, Source, shown
from pleno.domain.state import PlenoState, Tps
from pleno.service import notes
from pleno.service.reading import check_figure, record_reading, require_open
from pleno.service.session import Session
from pleno.service.views import tps_file


def open_draft(session: Session, tps: Tps, contest: Contest, source: Source = PLANO) -> Draft | None:
    """What was typed of this paper since its last entry; None when nothing was."""
    return session.state.get(Draft, tps.code, contest.id, source)


def open_drafts(session: Session, source: Source = PLANO) -> list[Draft]:
    """Every paper that is being typed; more than one plano only where a meeting was suspended in between."""
    return [draft for draft in session.state.all(Draft) if draft.source == source]


def desk_file(session: Session, tps: Tps, contest: Contest) -> TpsFile:
    """One TPS as the table sees it: what is stored, with the draft of the plano over it."""
    return with_draft(tps_file(session, tps, contest), open_draft(session, tps, contest))


def offered(file: TpsFile, row: str) -> tuple[Figure, str]:
    """What `=` would take for a row and from where: the waiting plano figure, else Sirekap's; else (None, "")."""
    plano = file.readings.get(PLANO)
    if plano is not None and row in plano.waiting:
        return plano.figures.get(row), "berkas plano"
    figure = file.figure(SIREKAP, row)
    return (None, "") if figure is None else (figure, "Sirekap")


def changes_read_figure(session: Session, tps: Tps, contest: Contest, row: str, figure: Figure) -> Figure:
    """The figure an entry says was read, where `figure` would change it; None where it would not."""
    file = tps_file(session, tps, contest)
    standing = file.figure(PLANO, row)
    waits = PLANO in file.readings and row in file.readings[PLANO].waiting
    return None if waits or standing == figure else standing


def keep_figure(
    session: Session,
    tps: Tps,
    contest: Contest,
    row: Row,
    figure: Figure,
    by: str | None,
    *,
    accepted: bool = False,
    note: str = "",
) -> Draft:
    """Keep one figure of the plano, durably when this returns.

    `accepted`: taken with `=`. A figure that an entry says was read before changes only with a `note`.
    """
    session.require(PlenoState.DIBUKA)
    actor = session.actor(by)
    require_open(session, tps, contest)
    _finish_of_another(session, tps, contest, actor.id)
    if problems := check_figure(contest, row.name, figure):
        raise PlenoError("Angka tidak dicatat", f"{problems[0]}.", "Periksa kotak angka di plano.")
    before = changes_read_figure(session, tps, contest, row.name, figure)
    if before is not None and len(note.strip()) < notes.SHORTEST:
        raise PlenoError(
            "Angka yang sudah dibaca berubah",
            f"{row.code} dari {shown(before)} menjadi {shown(figure)}; perlu alasan tertulis, "
            f"paling sedikit {notes.SHORTEST} huruf.",
            "Tulis alasannya; bila kertasnya sendiri yang keliru, pakai pembetulan.",
        )
    draft = _draft(session, tps, contest, actor.id)
    reasons = [part for part in (draft.note, note.strip()) if part]
    return _keep(
        session,
        replace(
            draft,
            figures={**draft.figures, row.name: figure},
            accepted=draft.accepted | {row.name} if accepted else draft.accepted - {row.name},
            row=row.name,
            typing="",
            note=notes.note("; ".join(dict.fromkeys(reasons)), "Alasan"),
            by=actor.id,
        ),
    )


def accept(session: Session, tps: Tps, contest: Contest, row: Row, by: str | None, note: str = "") -> Draft:
    """`=`: the plano says in this row what its file, else Sirekap, says; one row at a time."""
    figure, _origin = offered(desk_file(session, tps, contest), row.name)
    if figure is None:
        raise PlenoError("Sirekap kosong", f"{row.code} tidak ada di data Sirekap.", "Ketik angka dari plano.")
    return keep_figure(session, tps, contest, row, figure, by, accepted=True, note=note)


def keep_typing(session: Session, tps: Tps, contest: Contest, row: Row, typing: str, by: str | None) -> Draft:
    """Keep digits that were typed and not entered, for the case that the power fails."""
    session.require(PlenoState.DIBUKA)
    require_open(session, tps, contest)
    actor = session.actor(by)
    _finish_of_another(session, tps, contest, actor.id)
    return _keep(session, replace(_draft(session, tps, contest, actor.id), row=row.name, typing=typing))


def keep_recount(session: Session, tps: Tps, contest: Contest, figures: Mapping[str, Figure], by: str | None) -> None:
    """Keep all that was counted again so far and is not recorded, durably when this returns; nothing drops it.

    It stays a draft until `record_recount`: a penghitungan ulang is an act only with its reason.
    """
    session.require(PlenoState.DIBUKA)
    require_open(session, tps, contest)
    actor = session.actor(by)
    kept = Draft(tps.code, contest.id, HITUNG_ULANG, figures, frozenset(), "", "", "", actor.id, "")
    if problems := [wrong for row, figure in figures.items() for wrong in check_figure(contest, row, figure)]:
        raise PlenoError("Angka tidak dicatat", f"{'; '.join(problems)}.", "Periksa hasil hitung ulang.")
    if figures:
        _keep(session, kept)
    elif standing := open_draft(session, tps, contest, HITUNG_ULANG):
        session.store.drop_draft(standing)


def keep_text(session: Session, purpose: str, text: str) -> None:
    """Keep a line that is being written in a dialog, durably when this returns; an empty one is forgotten.

    It is no act and asks for no open meeting. PlenoError where nothing can be written.
    """
    kept = KeptText(purpose, text)
    if text:
        session.store.keep_draft(kept)
    elif kept_text(session, purpose):
        session.store.drop_draft(kept)


def kept_text(session: Session, purpose: str) -> str:
    """What was written under a purpose and not used; empty where nothing was."""
    found = session.state.get(KeptText, purpose)
    return found.text if found else ""


def finish(session: Session, tps: Tps, contest: Contest) -> Entry | None:
    """Make the draft of a TPS one journal entry; None where no figure was entered."""
    draft = open_draft(session, tps, contest)
    if draft is None:
        return None
    if not draft.figures:
        session.store.drop_draft(draft)
        return None
    in_order = {row.name: draft.figures[row.name] for row in contest.rows if row.name in draft.figures}
    accepted = [row for row in in_order if row in draft.accepted]
    return record_reading(session, tps, contest, draft.source, in_order, draft.by, draft.note, accepted, draft)


def _finish_of_another(session: Session, tps: Tps, contest: Contest, by: str) -> None:
    """What somebody else typed becomes an entry under that name: four eyes count who typed which figure."""
    draft = open_draft(session, tps, contest)
    if draft is not None and draft.by != by:
        finish(session, tps, contest)


def _draft(session: Session, tps: Tps, contest: Contest, by: str) -> Draft:
    found = open_draft(session, tps, contest)
    return found or Draft(tps.code, contest.id, PLANO, {}, frozenset(), "", "", "", by, "")


def _keep(session: Session, draft: Draft) -> Draft:
    kept = replace(draft, at=session.stamp().at)
    session.store.keep_draft(kept)
    return kept
