"""Whether what an open workspace shows is what its journal says: before a sheet leaves the room, and after opening."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from pleno.domain.errors import Damaged, PlenoError
from pleno.service import aside
from pleno.service.backup import last_copy
from pleno.service.notices import Notice
from pleno.service.session import Session, database_path
from pleno.store import inspect
from pleno.store.evidence import private_copy

_STOP: Final = "Berhenti, salin folder ini, panggil ketua dan Panwaslu; `pleno verifikasi` menyebut semuanya."
_PATIENCE: Final = 120.0
"""Seconds; the largest workspace is judged in a few."""
_NAMED: Final = 3
"""Faults that the desk names; the verification names more."""


def faults(database: Path) -> list[str]:
    """What does not hold in a database, a sentence each; empty where it is whole. PlenoError as `inspect`."""
    return [check.message for check in inspect(database).checks if not check.ok]


def require_whole(session: Session) -> None:
    """Refuse an act that carries figures outside: PlenoError where nothing may be written, Damaged where the
    database was changed by anything but an entry (TRUST.md B11)."""
    session.store.require_writable()
    if found := faults(database_path(session.folder, session.config)):
        raise Damaged("Ruang kerja tidak utuh", f"{'; '.join(found)}.", _STOP)


def hold_if_damaged(session: Session) -> None:
    """Judge the database at once, seconds where it is large; a damaged one is held. PlenoError as `inspect`."""
    if not session.store.read_only and (found := faults(database_path(session.folder, session.config))):
        hold(session, found)


def judging(session: Session) -> Callable[[], list[str]]:
    """Copy the database as it is now; what is returned finds the `faults` of that copy, once, in any thread.

    A process of its own does it, so that no key waits. PlenoError where there is no room for the copy; the judging
    raises it where no verdict came.
    """
    with ExitStack() as stack:
        copy = stack.enter_context(private_copy(database_path(session.folder, session.config)))
        kept = stack.pop_all()

    def judge() -> list[str]:
        with kept:
            try:
                return aside.call(faults, copy, seconds=_PATIENCE)
            except TimeoutError:
                raise PlenoError(
                    "Belum diperiksa", "Pemeriksaan basis data tidak selesai.", "Jalankan `pleno verifikasi`."
                ) from None

    return judge


def hold(session: Session, found: list[str]) -> Notice:
    """Let nothing more be written into a database that is not whole, and say which copy is (TRUST.md section 10)."""
    newest = last_copy(session)
    copy = f" Salinan utuh terakhir: sampai #{newest.seq}, di {newest.folders[0]}." if newest else ""
    first, *others = "; ".join(found).split("; ", _NAMED)
    told = "; ".join([first, *others[: _NAMED - 1], *["dan yang lain"] * (len(others) == _NAMED)])
    session.store.read_only = f"Basis data tidak utuh: {told}."
    session.store.read_only_advice = f"{_STOP}{copy}"
    return Notice("BACA-SAJA", session.store.read_only, session.store.read_only_advice, misleads=True)
