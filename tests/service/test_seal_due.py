"""When the room is told to seal (TRUST.md section 5)."""

from __future__ import annotations

from service.table import Table

from pleno.domain.state import Settlement
from pleno.service import meeting, settling
from pleno.service.seal_due import seal_due


def test_a_desa_that_is_complete_a_pause_and_the_end_are_moments_for_a_seal(table: Table) -> None:
    session, contest = table.session, table.contest
    first = next(iter(session.roster.values()))
    desa = [one for one in session.roster.values() if one.desa == first.desa]
    said = []
    for place in range(len(desa)):
        table.reads(place)
        settled = settling.settle(session, [desa[place]], contest, "op1")
        said.append(seal_due(session, settled.entries))
    assert said == [*[""] * (len(desa) - 1), f"Desa {session.desa[first.desa].name} selesai"]
    assert session.state.get(Settlement, desa[-1].code, contest.id)
    assert seal_due(session, [meeting.suspend(session, "ppk2")]) == "Rapat diskors"
    assert seal_due(session, [meeting.resume(session, "ppk2")]) == ""
    assert seal_due(session, [meeting.close_meeting(session, "ppk1")]) == "Rapat ditutup"
