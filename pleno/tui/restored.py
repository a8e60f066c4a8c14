"""What a session that ended without closing left half typed (UX.md section 4.10)."""

from __future__ import annotations

from pleno.domain.contest import Contest
from pleno.domain.draft import Draft
from pleno.domain.figures import HITUNG_ULANG
from pleno.service import drafting
from pleno.service.session import Session


def left_drafts(session: Session) -> list[Draft]:
    """The papers and the recounts that are half typed, the one to go on with last."""
    papers, recounts = drafting.open_drafts(session), drafting.open_drafts(session, HITUNG_ULANG)
    return [draft for drafts in (recounts, papers) for draft in sorted(drafts, key=lambda draft: draft.at)]


def restored(session: Session, contest: Contest, last_entry: str) -> tuple[Draft, str] | None:
    """What to go on with in this contest and the sentence that says so; None where nothing was left.

    `last_entry`: "#412 14:32:07". The sentence names the newest paper and the newest recount.
    """
    newest = {draft.source: draft for draft in left_drafts(session) if draft.contest == contest.id}
    if not newest:
        return None
    drafts = sorted(newest.values(), key=lambda draft: draft.source == HITUNG_ULANG)
    said = f"DIPULIHKAN sampai {last_entry} dan {' dan '.join(_told(session, draft) for draft in drafts)}"
    if drafts[-1].source == HITUNG_ULANG:
        said += "; # melanjutkan hitung ulang"
    if drafts[0].typing:
        row = contest.by_name[drafts[0].row].code
        said += f'; ketikan "{drafts[0].typing}" di {row} belum tersimpan - Enter simpan, Esc buang'
    return drafts[0], said


def _told(session: Session, draft: Draft) -> str:
    what = "hitung ulang" if draft.source == HITUNG_ULANG else "draf"
    return f"{what} {session.tps_name(session.roster[draft.tps])} ({len(draft.figures)} baris)"
