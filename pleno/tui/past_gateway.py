"""The past as the screens know it: the recap after an entry, and what lies between two seals; read only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from pleno.domain.figures import thousands
from pleno.domain.recap import Recap
from pleno.domain.sentences import sentence
from pleno.domain.state import Seal
from pleno.service import history
from pleno.service.views import printed_pages
from pleno.tui.labels import clock_time
from pleno.tui.recap_view import RecapSheet, recap_sheet

if TYPE_CHECKING:
    from pleno.tui.gateway import Pleno


class PastLine(NamedTuple):
    """One line of what lies between two seals."""

    number: str
    """ "#412"; empty for a sum."""
    at: str
    text: str


class PastGateway:
    """The journal of a `Pleno`, replayed up to a moment."""

    def __init__(self, pleno: Pleno) -> None:
        self._pleno = pleno

    def recap_at(self, seq: int) -> Recap:
        """The recap of the contest as it was after an entry. PlenoError when there is no such entry."""
        return history.recap_at(self._pleno.session, self._pleno.contest, seq)

    def sheet(self, recap: Recap, page: int, *, provisional: bool) -> RecapSheet:
        """A page of the sheet of the kecamatan; beyond the last page the last."""
        pages = printed_pages(self._pleno.session, len(recap.desa))
        return recap_sheet(recap, "", min(page, len(pages) - 1), pages, provisional=provisional)

    def seals(self) -> list[int]:
        """Numbers of the seals, oldest first."""
        return sorted(seal.number for seal in self._pleno.session.state.all(Seal))

    def between(self, first: int, last: int) -> tuple[str, Sequence[PastLine]]:
        """A heading, and each entry and moved sum between two seals. PlenoError where one is not there."""
        session = self._pleno.session
        found = history.between(session, first, last, list(session.contests.values()))
        names = session.names(past=True)
        lines = [
            PastLine(f"#{entry.seq}", clock_time(entry.stamp.at), sentence(entry, names)) for entry in found.entries
        ]
        for moved in found.moved:
            row = moved.contest.by_name[moved.row]
            before, after = ("-" if one is None else thousands(one) for one in (moved.before, moved.after))
            lines.append(PastLine("", "", f"{row.code} {row.label}: {before} menjadi {after}"))
        if not found.moved:
            lines.append(PastLine("", "", "Jumlah TPS yang sah tidak berubah."))
        head = (
            f"ANTARA SEGEL {first:02} (#{found.first.seq}) DAN SEGEL {last:02} (#{found.last.seq})   "
            f"{len(found.entries)} entri, {len(found.moved)} jumlah berubah"
        )
        return head, lines
