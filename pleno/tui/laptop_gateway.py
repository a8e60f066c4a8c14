"""The laptop under the workspace as the screens know it: what must be told at the opening, and its clock."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pleno.service import clock, wholeness
from pleno.service.notices import Notice, notices
from pleno.tui.labels import MEETING

if TYPE_CHECKING:
    from pleno.tui.gateway import Pleno


class LaptopGateway:
    """The laptop of a `Pleno`."""

    def __init__(self, pleno: Pleno) -> None:
        self._pleno = pleno
        self._session = pleno.session

    def alarms(self) -> str:
        """What line 1 shows in front: "LATIHAN DISKORS BACA-SAJA JAM?"."""
        meeting = self._session.meeting
        found = (
            "LATIHAN" * meeting.practice,
            MEETING[meeting.state],
            "BACA-SAJA" * bool(self._session.store.read_only),
            "JAM?" * bool(self._session.watch.doubt),
        )
        return " ".join(filter(None, found))

    def notices(self) -> list[Notice]:
        """What is told at the opening."""
        return list(notices(self._session))

    def judging(self) -> Callable[[], list[str]] | None:
        """What finds the faults of the database as it is now, in any thread; None where nothing is written anyway."""
        return None if self._session.store.read_only else wholeness.judging(self._session)

    def hold(self, faults: list[str]) -> Notice:
        """Write nothing more; what to say about it."""
        return wholeness.hold(self._session, faults)

    @property
    def doubt(self) -> str:
        """What is odd about the clock and not yet confirmed; empty where all is well."""
        return clock.doubt(self._session)

    def look_at_clock(self) -> bool:
        """See what the clock says; whether it is doubted now and was not before."""
        before = self._session.watch.doubt
        self._session.watch.look(self._session.stamp())
        return bool(self._session.watch.doubt) and not before

    def confirm_clock(self) -> None:
        """Whoever sits at the keys has looked at the clock. PlenoError where it cannot be kept."""
        clock.confirm(self._session, self._pleno.by)
