"""Telling an older export of this workspace from the newest, by what pleno printed at the foot of its sheets."""

from __future__ import annotations

import re
from typing import Final

from pleno.domain.errors import PlenoError
from pleno.domain.state import Sheet, SheetStatus
from pleno.importers.parsed import ParsedFile, RefusedFile
from pleno.service.session import Session

_STAMP: Final = re.compile(r"ekspor ([0-9]{1,6}) [A-Z]+\s+[0-9]{6}\s+jejak #([0-9]{1,9}) ([0-9a-f]{16})")


def refused_if_older(session: Session, parsed: ParsedFile | RefusedFile) -> ParsedFile | RefusedFile:
    """The file, refused where it is an export of this workspace that a newer one of its contest has overtaken.

    Only what became BATAL is old. Foreign sheets, and those whose foot was taken away, are judged by their cells.
    """
    if isinstance(parsed, RefusedFile):
        return parsed
    for stamp in parsed.stamps:
        found = _STAMP.search(stamp)
        if found is not None and _is_ours(session, int(found[2]), found[3]):
            number = int(found[1])
            if (newer := _overtaken_by(session, number)) is not None:
                error = PlenoError(
                    "Versi lama",
                    f"{parsed.name} adalah ekspor {number} ruang kerja ini, sudah ada ekspor {newer} yang lebih baru.",
                    f"Pakai buku kerja ekspor {newer}.",
                )
                return RefusedFile(parsed.name, parsed.sha256, error)
    return parsed


def _is_ours(session: Session, seq: int, digest: str) -> bool:
    return any(entry.seq == seq and entry.hash.startswith(digest) for entry in session.store.entries())


def _overtaken_by(session: Session, number: int) -> int | None:
    sheets = list(session.state.all(Sheet))
    this = next((sheet for sheet in sheets if sheet.number == number), None)
    if this is None or this.status is not SheetStatus.BATAL:
        return None
    return max((one.number for one in sheets if one.contest == this.contest and one.number > number), default=None)
