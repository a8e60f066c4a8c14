"""The set that is signed: which one lies in a folder, whether it is whole, and whose signature it holds."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pleno.domain.entry import Kind
from pleno.domain.errors import PlenoError, os_words
from pleno.domain.signers import Signer
from pleno.domain.state import Sheet, SheetStatus
from pleno.exporters.bundle import CERTIFICATES, MANIFEST, certificate_name, signature_name
from pleno.exporters.check import Bundle, check_bundle
from pleno.service.export import OUTGOING
from pleno.service.session import Session
from pleno.service.signatures import judge


def sheet_in(session: Session, folder: Path) -> Sheet:
    """The set of this workspace that lies in a folder, told by its manifest. PlenoError for any other."""
    manifest = folder / MANIFEST
    try:
        found = hashlib.sha256(manifest.read_bytes()).hexdigest()
    except OSError as error:
        raise PlenoError(
            "Bukan set rekap", f"{manifest}: {os_words(error)}.", "Sebut folder set di data/ekspor."
        ) from error
    for sheet in session.state.all(Sheet):
        if sheet.manifest_sha256 == found:
            return sheet
    raise PlenoError(
        "Set tidak dikenal",
        f"manifest.json di {folder.name} bukan yang dicatat jejak ruang kerja ini.",
        "Sebut folder set di data/ekspor ruang kerja ini, atau ekspor lagi.",
    )


def whole_set(session: Session, folder: Path) -> tuple[Sheet, Path, Bundle]:
    """The set, its own folder in the workspace, and what lies there. PlenoError unless it is whole and stands."""
    sheet = sheet_in(session, folder)
    if sheet.status in (SheetStatus.KONSEP, SheetStatus.BATAL):
        raise PlenoError(
            f"Set {sheet.status} tidak ditandatangani",
            f"Ekspor {sheet.number} berstatus {sheet.status}.",
            "Tandatangani set DITETAPKAN yang terakhir.",
        )
    own = session.folder / OUTGOING / sheet.folder
    _drop_halves(session, sheet, own)
    bundle = check_bundle(own)
    faults = [
        check.message
        for check in (*bundle.checks, *judge(bundle, {}).checks)
        if check.name == "berkas" and not check.ok
    ]
    if faults or bundle.manifest is None or not all(check.ok for check in bundle.checks):
        told = "; ".join(faults or [check.message for check in bundle.checks if not check.ok])
        raise PlenoError("Set tidak utuh", f"{sheet.folder}: {told}.", "Jangan tandatangani; ekspor lagi.")
    return sheet, own, bundle


def _numbers(session: Session, sheet: Sheet) -> set[int]:
    """Numbers of the signatures of a set that the journal tells of."""
    signed = session.store.entries_of(Kind.EXPORT_SIGNED)
    return {entry.data["n"] for entry in signed if entry.data["no"] == sheet.number}


def signed_by(session: Session, sheet: Sheet, bundle: Bundle) -> tuple[Signer, ...]:
    """Whose signature holds and is in the journal; after a crash between the two it is made anew."""
    told = _numbers(session, sheet)
    return tuple(one for one in judge(bundle, {}).valid if one.n in told)


def _drop_halves(session: Session, sheet: Sheet, own: Path) -> None:
    """Take away the first file of a signature whose second one a crash prevented."""
    told = _numbers(session, sheet)
    for path in own.glob(f"{CERTIFICATES}/*.crt"):
        number = int(path.stem) if path.stem.isascii() and path.stem.isdigit() else 0
        if (
            number not in told
            and path == own / certificate_name(number)
            and not (own / signature_name(number)).exists()
        ):
            path.unlink()
