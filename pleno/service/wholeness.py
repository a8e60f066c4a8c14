"""Whether what an open workspace shows is what its journal says, asked before a sheet leaves the room."""

from __future__ import annotations

from pleno.domain.errors import Damaged
from pleno.service.session import Session, database_path
from pleno.store import inspect


def require_whole(session: Session) -> None:
    """Refuse an act that carries figures outside: PlenoError where nothing may be written, Damaged where the
    database was changed by anything but an entry (TRUST.md B11)."""
    session.store.require_writable()
    found = inspect(database_path(session.folder, session.config))
    if faults := [check.message for check in found.checks if not check.ok]:
        raise Damaged(
            "Ruang kerja tidak utuh",
            f"{'; '.join(faults)}.",
            "Berhenti, salin folder ini, panggil ketua dan Panwaslu; `pleno verifikasi` menyebut semuanya.",
        )
