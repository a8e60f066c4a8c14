"""Which of two exported sets of one workspace is the newer one (TRUST.md, B17)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from pleno.domain.chain import genesis_hash
from pleno.domain.entry import Kind
from pleno.domain.errors import PlenoError
from pleno.domain.state import Sheet, SheetStatus
from pleno.importers.parsed import ParsedFile, RefusedFile
from pleno.service.session import Session

_STAMP: Final = re.compile(
    r"ekspor ([0-9]{1,6}) (KONSEP|DITETAPKAN)  [0-9]{6}  jejak #[0-9]+ [0-9a-f]{16}  ruang ([0-9a-f]{16})"
)
_OLDER: Final = "Versi lama"


class Stamp(NamedTuple):
    """What stands at the foot of every sheet of an exported workbook."""

    number: int
    """Of the export."""
    status: SheetStatus
    genesis: str
    """The first 16 hex digits of h_0: which workspace wrote it."""


def stamp_of(feet: Iterable[str]) -> Stamp | None:
    """The export that sheets are from, by their feet; None for sheets that no pleno printed."""
    for foot in feet:
        if (found := _STAMP.search(foot)) is not None:
            return Stamp(int(found[1]), SheetStatus(found[2]), found[3])
    return None


def newest_of(sheets: Iterable[Sheet], number: int) -> Sheet | None:
    """The set that stands in the place of a voided one, followed from each to what replaced it; else None."""
    newer = {sheet.replaces: sheet for sheet in sheets if sheet.replaces is not None and sheet.replaces < sheet.number}
    found = None
    while number in newer:
        found = newer[number]
        number = found.number
    return found


def judged(session: Session, parsed: ParsedFile | RefusedFile) -> ParsedFile | RefusedFile:
    """The file, refused where it is a set that a newer one has replaced, here or among what was imported before."""
    if isinstance(parsed, RefusedFile) or (stamp := stamp_of(parsed.stamps)) is None:
        return parsed
    own = stamp.genesis == genesis_hash(session.store.genesis).hex()[:16]
    error = _voided_here(session, stamp, parsed) if own else _older_than_imported(session, stamp, parsed)
    return parsed if error is None else RefusedFile(parsed.name, parsed.sha256, error)


def _voided_here(session: Session, stamp: Stamp, parsed: ParsedFile) -> PlenoError | None:
    newest = newest_of(session.state.all(Sheet), stamp.number)
    if newest is None:
        return None
    return PlenoError(
        _OLDER,
        f"{parsed.name} adalah ekspor {stamp.number} ruang kerja ini, "
        f"sudah ada ekspor {newest.number} yang lebih baru.",
        f"Pakai buku kerja ekspor {newest.number}.",
    )


def _older_than_imported(session: Session, stamp: Stamp, parsed: ParsedFile) -> PlenoError | None:
    """Another workspace's set after a newer one of it; a KONSEP replaces no set that was determined."""
    contests = {reading.contest for reading in parsed.readings}
    for entry in session.store.entries_of(Kind.FILE_IMPORTED):
        told = entry.data.get("set")
        if told is None or told["ruang"] != stamp.genesis or told["no"] <= stamp.number:
            continue
        is_draft = told["status"] == SheetStatus.KONSEP and stamp.status is not SheetStatus.KONSEP
        if not is_draft and contests & {contest for _tps, contest, _ts in entry.data["bacaan"]}:
            return PlenoError(
                _OLDER,
                f"{parsed.name} adalah ekspor {stamp.number}; ekspor {told['no']} dari ruang kerja yang sama sudah "
                f"diimpor (entri {entry.seq}).",
                "Minta set yang terakhir dari ruang kerja itu.",
            )
    return None
