"""A kecamatan in the middle of its day: two TPS sah, one of them corrected on the form, one with three differences."""

from __future__ import annotations

from pathlib import Path

from tui.kecamatan import NOT_IN_SIREKAP, PAPER, TPS, TPS_004, Ticking

from pleno.domain.entry import Reason
from pleno.domain.figures import PLANO, SIREKAP, Figure, salinan
from pleno.domain.state import PembetulanKind
from pleno.service import correction, reading, settling
from pleno.service.session import Session

TPS_001, TPS_003 = TPS[0], TPS[2]


def in_the_middle(folder: Path) -> Path:
    """001 sah; 003 sah, its V.B written 6 and corrected to 5; 004 read, Sirekap and S02 differ."""
    with Session.open(folder, Ticking(folder).clock()) as session:
        contest = session.contest(None)

        def read(tps: str, source: str, **change: Figure) -> None:
            rows = {row: figure for row, figure in PAPER.items() if source == PLANO or row not in NOT_IN_SIREKAP}
            reading.record_reading(session, session.roster[tps], contest, source, {**rows, **change}, "op1")

        read(TPS_001, PLANO)
        read(TPS_003, PLANO, suara_tidak_sah=6)
        proposed = correction.propose(
            session, session.roster[TPS_003], contest, contest.find("V.B"), 5, kind=PembetulanKind.FORMULIR,
            reason=Reason.SALAH_TULIS, note="angka dicoret di plano", by="op1", source=PLANO,
        )  # fmt: skip
        correction.confirm(session, proposed.seq, "ppk2")
        settling.settle(session, [session.roster[TPS_001], session.roster[TPS_003]], contest, "op1")
        read(TPS_004, PLANO)
        read(TPS_004, SIREKAP, **{"suara.2": 173, "suara_tidak_sah": 6})
        read(TPS_004, salinan(2), **{"suara.2": 147})
    return folder
