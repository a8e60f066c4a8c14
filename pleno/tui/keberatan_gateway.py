"""Keberatan and kejadian khusus as the screens know them: the sheet of the contest out, acts in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pleno.domain.entry import Entry, Role
from pleno.domain.figures import shown, source_label
from pleno.domain.keberatan import WHOLE, Keberatan, KeberatanState, Nihil
from pleno.domain.sentences import Names, keberatan_from
from pleno.domain.state import Person
from pleno.service import keberatan
from pleno.service.pins import Verified
from pleno.tui.keberatan_view import Raised, SheetLine, SheetView
from pleno.tui.labels import clock_time, short_label

if TYPE_CHECKING:
    from pleno.tui.gateway import Pleno


class KeberatanGateway:
    """The sheet of the contest that a `Pleno` shows."""

    def __init__(self, pleno: Pleno) -> None:
        self._pleno = pleno
        self._session = pleno.session

    def view(self) -> SheetView:
        """The whole sheet."""
        contest = self._pleno.contest
        names = self._session.names(past=True)
        items = keberatan.listed(self._session, contest)
        empty = {one.tps: one.seq for one in self._session.state.all(Nihil) if one.contest == contest.id}
        return SheetView(
            lines=tuple(self._line(item, names) for item in reversed(items)),
            still=sum(item.is_open for item in items),
            nihil=empty.get(WHOLE),
            nihil_tps=len(empty.keys() - {WHOLE}),
        )

    def _line(self, item: Keberatan, names: Names) -> SheetLine:
        entry = next(self._session.store.entries(item.seq, item.seq))
        tps = self._session.roster.get(item.tps)
        return SheetLine(
            item=item,
            at=clock_time(entry.stamp.at)[:5],
            desa=self._pleno.desa_name(tps) if tps else "",
            tps=tps,
            about=self._about(item, entry),
            pengaju=keberatan_from(entry, names),
            answerer=names.called(item.answerer, item.answered or 0) if item.answerer else "",
        )

    def _about(self, item: Keberatan, entry: Entry) -> str:
        """ "IV.02 02 Rahmat - Dewi: S02 147, plano 137"."""
        if not item.row:
            return ""
        contest = self._pleno.contest
        row = contest.by_name[item.row]
        told = f"{row.code} {' '.join(short_label(contest, row).split())}"
        if not entry.changes:
            return told
        return f"{told}: {source_label(item.source)} {shown(item.figure)}, plano {shown(entry.changes[0].after)}"

    @property
    def still(self) -> int:
        """How many nobody has answered."""
        return len(keberatan.unanswered(self._session, self._pleno.contest))

    def members(self) -> list[Person]:
        """PPK members, who answer for what the room says; at most nine, one key each."""
        return [one for one in self._pleno.config.officers if one.role in (Role.PPK, Role.KETUA)][:9]

    def pengaju(self, text: str) -> str:
        """A pengaju as it is kept. PlenoError when no such saksi or office exists here."""
        return keberatan.checked_pengaju(self._pleno.contest, text)

    def take(self, raised: Raised) -> Entry:
        """Note what the dialog gathered; what is typed of that paper becomes an entry first, but not for NIHIL."""
        pleno, contest = self._pleno, self._pleno.contest
        tps = self._session.roster[raised.tps] if raised.tps else None
        if raised.kind is None:
            entry = keberatan.nihil(self._session, contest, pleno.by, tps)
        else:
            if tps is not None:
                pleno.finish(tps.code)
            entry = keberatan.note(
                self._session, contest, raised.kind, raised.pengaju, raised.words, pleno.by, tps, raised.row
            )
        self._reload(tps.code if tps else WHOLE)
        return entry

    def conclude(
        self, item: Keberatan, new: KeberatanState, words: str, by: str, proof: Verified | None = None
    ) -> None:
        """What the room made of it, or (DIBATALKAN) that it was withdrawn."""
        if new is KeberatanState.DIBATALKAN:
            keberatan.withdraw(self._session, item.seq, words, by, proof)
        else:
            keberatan.answer(self._session, item.seq, new, words, by, proof)
        self._reload(item.tps)

    def _reload(self, tps: str) -> None:
        if tps != WHOLE:
            self._pleno.reload(tps)
