"""The copies that saksi and Panwaslu hold and the ballots counted again, as the Meja notes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pleno.domain.figures import HITUNG_ULANG, Figure, Source
from pleno.domain.witness import Answered
from pleno.service import copies, drafting, reading, witnesses

if TYPE_CHECKING:
    from pleno.tui.gateway import Pleno


class CopiesGateway:
    """The copies of the contest that a `Pleno` shows."""

    def __init__(self, pleno: Pleno) -> None:
        self._pleno = pleno

    def present(self) -> Sequence[Source]:
        """Copies in the room, in order of number."""
        return copies.present_copies(self._pleno.session, self._pleno.contest)

    def all_match(self, tps: str) -> tuple[Source, ...]:
        """`c`: every copy that is in the room says what the plano says."""
        pleno = self._pleno
        pleno.finish(tps)
        entries = copies.all_match(pleno.session, pleno.session.roster[tps], pleno.contest, pleno.by)
        pleno.reload(tps)
        return tuple(entry.source or "" for entry in entries)

    def answers(self, tps: str) -> Mapping[Source, Answered]:
        """What each holder says of a TPS as things stand; empty while nobody is on the attendance list."""
        pleno = self._pleno
        return witnesses.answers_of(pleno.session, pleno.contest, [pleno.file(tps)]).get(tps, {})

    def absent(self, tps: str, source: Source) -> None:
        """The holder of a copy was not there when this TPS was read."""
        pleno = self._pleno
        witnesses.note_absence(pleno.session, pleno.session.roster[tps], pleno.contest, source, "", pleno.by)

    def keep_recount(self, tps: str, figures: Mapping[str, Figure]) -> None:
        """Keep what was counted again so far, durably; nothing drops it. PlenoError where it cannot be kept."""
        pleno = self._pleno
        drafting.keep_recount(pleno.session, pleno.session.roster[tps], pleno.contest, figures, pleno.by)

    def kept_recount(self, tps: str) -> Mapping[str, Figure]:
        """What was counted again of a TPS and is not recorded, by canonical row name."""
        pleno = self._pleno
        draft = drafting.open_draft(pleno.session, pleno.session.roster[tps], pleno.contest, HITUNG_ULANG)
        return draft.figures if draft else {}

    def recount(self, tps: str, figures: Mapping[str, Figure], note: str) -> None:
        """The ballots of a TPS were counted again; what is typed of its paper becomes an entry first."""
        pleno = self._pleno
        pleno.finish(tps)
        reading.record_recount(pleno.session, pleno.session.roster[tps], pleno.contest, figures, pleno.by, note)
        pleno.reload(tps)

    def one(self, tps: str, source: Source, differing: Mapping[str, Figure]) -> None:
        """`w`: one copy says what the plano says, but for some rows."""
        pleno = self._pleno
        pleno.finish(tps)
        copies.one_copy(pleno.session, pleno.session.roster[tps], pleno.contest, source, differing, pleno.by)
        pleno.reload(tps)
