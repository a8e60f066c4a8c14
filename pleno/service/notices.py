"""What whoever opens a workspace must know before anything is typed; each line says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from pleno.domain.entry import Kind
from pleno.service.clock import doubt
from pleno.service.continuity import moved_from

if TYPE_CHECKING:
    from pleno.service.session import Session


class Notice(NamedTuple):
    """One thing to know."""

    title: str
    """A word or two: "BACA-SAJA"."""
    text: str
    advice: str = ""
    """What to do; empty where there is nothing to do."""
    misleads: bool = False
    """Whether going on without having read it may do harm: the screens put it in front of everything."""

    def __str__(self) -> str:
        return f"{self.title}: {self.text}{f' {self.advice}' if self.advice else ''}"


def notices(session: Session) -> Iterator[Notice]:
    """What is told at every opening until it is mended, accepted, or an entry says it."""
    store = session.store
    if store.read_only:
        yield Notice("BACA-SAJA", store.read_only, store.read_only_advice, session.behind is not None)
    last = store.last_of(Kind.APP_OPEN, Kind.APP_CLOSE)
    if last is not None and last.kind is Kind.APP_OPEN and last.stamp.sess != session.name:
        undone = " Penyimpanan yang terputus sudah dibatalkan." if store.hot_journal else ""
        text = f"Program berhenti tanpa menutup; semua sampai entri {store.head().seq} utuh.{undone}"
        yield Notice("DIPULIHKAN", text)
    if before := moved_from(session):
        yield Notice(
            "LAPTOP LAIN",
            f"Basis data ini terakhir ditulis di laptop lain ({before}); jejak akan mencatatnya.",
            "Jangan lanjutkan keduanya: bandingkan dengan `pleno verifikasi A B`.",
            misleads=True,
        )
    if odd := doubt(session):
        advice = "Betulkan jam laptop, atau tegaskan bahwa sudah diperiksa: `pleno dokter --jam-benar --oleh ID`."
        yield Notice("JAM", odd, advice, misleads=True)
