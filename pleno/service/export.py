"""Writing a recap set: what may be written when, and the entry that remembers it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from pleno.domain.contest import Contest
from pleno.domain.document import Document
from pleno.domain.entry import Kind
from pleno.domain.errors import PlenoError
from pleno.domain.recap import Recap
from pleno.domain.state import Pembetulan, PembetulanState, PlenoState, Seal, Sheet, SheetStatus
from pleno.exporters.atomic import make_folder
from pleno.exporters.bundle import WrittenSet as WrittenSet  # the screens name its type through here
from pleno.exporters.bundle import copy_set, medium_refused, set_name, write_set
from pleno.exporters.layout import Layout
from pleno.exporters.pdf_engine import Tell, tell_nobody
from pleno.exporters.pdf_qr import PageSign
from pleno.service import aside, backup, machine, wholeness
from pleno.service.documents import document_of
from pleno.service.keberatan import unanswered
from pleno.service.sealing import tail
from pleno.service.session import Session
from pleno.service.views import recap
from pleno.signing.verifiers import verifiers

OUTGOING: Final = Path("data/ekspor")
"""Where sets are written, below the workspace."""


class Exported(NamedTuple):
    """A set that was written, read back and remembered."""

    number: int
    status: SheetStatus
    folder: Path
    files: tuple[str, ...]
    manifest_sha256: str
    signed: bool
    """Whether the ketua signed the codes of its pages."""
    copied_to: Path | None = None


class Prepared(NamedTuple):
    """A set that may be written, complete before the first file is: no thread that writes it asks the session."""

    document: Document
    layout: Layout
    parent: Path
    """Folder of sets of the workspace."""
    sign: PageSign | None = None
    """Signs the codes of its pages."""


def export(
    session: Session,
    contest: Contest,
    draft: bool,
    by: str | None,
    target: Path | None = None,
    tell: Tell = tell_nobody,
    signer: Callable[[], PageSign] | None = None,
) -> Exported:
    """Write the recap set of one contest; `target` also gets a copy that was read back, `tell` as `write_set`.

    A draft (KONSEP) may be written at any time. A determined set needs every TPS settled,
    no pembetulan waiting and a seal after the last change; PlenoError lists what is missing. Only then `signer` is
    asked for what signs the codes of its pages; those of a draft are never signed.
    """
    session.actor(by)
    if draft and signer is not None:
        raise PlenoError("KONSEP tidak ditandatangani", "Kode QR set KONSEP tanpa tanda tangan.", "Hapus --kunci.")
    prepared = prepare(session, contest, draft)
    if signer is not None:
        prepared = prepared._replace(sign=signer())
    written = write(prepared, tell)
    try:
        exported = remember(session, prepared, written, by)
    except PlenoError:
        discard(written)
        raise
    return exported if target is None else exported._replace(copied_to=_to_medium(session, exported.folder, target))


def _to_medium(session: Session, folder: Path, target: Path) -> Path:
    """The copy of a set that stands by now, whatever becomes of the medium it is meant for."""
    own, stands = backup.own_disks(session.folder), f"Ekspor sendiri utuh di {folder}"
    if not target.is_relative_to(session.folder) and backup.is_out(target, own, backup.known_sticks(session)):
        raise PlenoError(
            "Salinan gagal", f"Stik untuk {target} tidak terpasang.", f"{stands}; pasang stiknya, lalu salin lagi."
        )
    if machine.disk_of(target) in own:
        return copy_set(folder, target)
    try:
        return aside.call(copy_set, folder, target, seconds=backup.PATIENCE)
    except TimeoutError:
        raise PlenoError(
            "Salinan gagal", f"{target} tidak menjawab.", f"{stands}; pasang stik lain, lalu salin lagi."
        ) from None


def prepare(session: Session, contest: Contest, draft: bool) -> Prepared:
    """Everything a set says. PlenoError as `export`, Damaged as `require_whole`."""
    wholeness.require_whole(session)
    sums = recap(session, contest)
    if not draft and (missing := missing_for_final(session, sums)):
        raise PlenoError(
            "Ekspor final belum dapat",
            f"{'; '.join(missing)}.",
            "Selesaikan dulu, lalu `pleno segel`; untuk diperiksa sekarang pakai `pleno ekspor --konsep`.",
        )
    status = SheetStatus.KONSEP if draft else SheetStatus.DITETAPKAN
    sheets = list(session.state.all(Sheet))
    replaced = _replaced(session, sheets, contest, draft)
    document = document_of(session, sums, 1 + max((s.number for s in sheets), default=0), replaced, status)
    layout = Layout(session.config.kertas, session.config.kolom_per_halaman)
    return Prepared(document, layout, session.folder / OUTGOING)


def write(prepared: Prepared, tell: Tell = tell_nobody) -> WrittenSet:
    """Write a prepared set and read it back, in any thread; `tell` as `write_set`. PlenoError if the medium refuses."""
    try:
        make_folder(prepared.parent)
        _set_aside(prepared.parent / set_name(prepared.document))
    except OSError as error:
        raise medium_refused(error, prepared.parent.name) from error
    return write_set(prepared.document, prepared.layout, prepared.parent, verifiers(), tell, prepared.sign)


def discard(written: WrittenSet) -> None:
    """Take a set away that no entry speaks of; in any thread."""
    shutil.rmtree(written.folder, ignore_errors=True)


def remember(session: Session, prepared: Prepared, written: WrittenSet, by: str | None) -> Exported:
    """The entry that a set was written; only now it counts."""
    document = prepared.document
    data = {
        "no": document.number,
        "folder": written.folder.name,
        "manifest_sha256": written.manifest_sha256,
        "status": document.status.value,
        "ganti": document.replaces,
    }
    session.commit(session.entry(Kind.EXPORT, session.actor(by), contest=document.recap.contest.id, data=data))
    signed = prepared.sign is not None
    return Exported(document.number, document.status, written.folder, written.files, written.manifest_sha256, signed)


def _set_aside(folder: Path) -> None:
    """Move away a set under this document's number: a crash left it before the journal knew of it."""
    if folder.exists():
        number = next(n for n in range(1, 1000) if not folder.with_name(f"{folder.name}.tanpa-entri{n}").exists())
        folder.rename(folder.with_name(f"{folder.name}.tanpa-entri{number}"))


def _replaced(session: Session, sheets: Sequence[Sheet], contest: Contest, draft: bool) -> int | None:
    """The newest set of a contest that nothing stands for yet, by number; a draft replaces standing drafts only.

    A determined set names the determined one before it, also where a reopened TPS made that one BATAL meanwhile.
    """
    own = [sheet for sheet in sheets if sheet.contest == contest.id]
    drafts = [sheet.number for sheet in own if sheet.status is SheetStatus.KONSEP]
    exports = session.store.entries_of(Kind.EXPORT)
    final = {entry.data["no"] for entry in exports if entry.data["status"] != SheetStatus.KONSEP}
    final -= {sheet.replaces for sheet in own}
    determined = [sheet.number for sheet in own if sheet.number in final]
    found = drafts if draft else determined or drafts
    return found[-1] if found else None


def missing_for_final(session: Session, sums: Recap) -> list[str]:
    """What stands in the way of a determined set, each as words; empty when nothing does."""
    missing: list[str] = []
    if session.meeting.state is PlenoState.DISKORS:
        missing.append("rapat sedang diskors")
    if not sums.complete:
        missing.append(f"{sums.tps - sums.settled} dari {sums.tps} TPS belum sah")
    if late := [file for file in sums.files if file.settlement is not None and file.open_cells]:
        names = ", ".join(session.tps_name(file.tps) for file in late[:4])
        more = f" dan {len(late) - 4} lagi" if len(late) > 4 else ""
        missing.append(f"selisih yang masuk sesudah sah belum diselesaikan di {names}{more}")
    if waiting := [item for item in session.state.all(Pembetulan) if item.state is PembetulanState.MENUNGGU]:
        missing.append(f"{len(waiting)} pembetulan menunggu disetujui")
    if objected := unanswered(session, sums.contest):
        missing.append(f"{len(objected)} keberatan/kejadian belum dijawab")
    if changed := tail(session):
        sealed = any(session.state.all(Seal))
        missing.append(f"{changed} entri sesudah segel terakhir" if sealed else "belum ada segel")
    return missing
