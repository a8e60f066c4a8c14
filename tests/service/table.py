"""A driver that reads like what happens at the table."""

from __future__ import annotations

from pathlib import Path

from pleno.domain.compare import TpsFile
from pleno.domain.entry import Entry, Reason
from pleno.domain.figures import PLANO, SIREKAP, Figure
from pleno.domain.state import PembetulanKind
from pleno.service import correction, intake, meeting, reading, settling, views
from pleno.service.session import Session

WHOLE: dict[str, Figure] = {
    "pemilih_dpt_l": 103, "pemilih_dpt_p": 98, "pemilih_dpt_j": 201,
    "pengguna_dpt_l": 62, "pengguna_dpt_p": 73, "pengguna_dpt_j": 135,
    "pengguna_pindahan_l": 0, "pengguna_pindahan_p": 0, "pengguna_pindahan_j": 0,
    "pengguna_tambahan_l": 11, "pengguna_tambahan_p": 5, "pengguna_tambahan_j": 16,
    "pengguna_total_l": 73, "pengguna_total_p": 78, "pengguna_total_j": 151,
    "surat_diterima": 206, "surat_digunakan": 151, "surat_dikembalikan": 0, "surat_tidak_digunakan": 55,
    "pengguna_disabilitas_l": 1, "pengguna_disabilitas_p": 0, "pengguna_disabilitas_j": 1,
    "suara.1": 17, "suara.2": 124, "suara.3": 9,
    "suara_sah": 150, "suara_tidak_sah": 1, "suara_total": 151,
}  # fmt: skip
"""A paper that keeps every rule (votes: public object 9203011002010)."""

REVOTE = "putusan KPU Kabupaten 12 Desember"


class Table:
    """People, paper and laptop."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.contest = session.contest(None)
        self.codes = list(session.roster)

    def open(self) -> Table:
        meeting.open_meeting(self.session, "ppk1")
        return self

    def file(self, n: int = 0) -> TpsFile:
        return views.tps_file(self.session, self.session.roster[self.codes[n]], self.contest)

    def reads(self, n: int = 0, source: str = PLANO, by: str = "op1", note: str = "", **change: Figure) -> Entry:
        figures = {**WHOLE, **{row.replace("__", "."): figure for row, figure in change.items()}}
        return reading.record_reading(self.session, self.file(n).tps, self.contest, source, figures, by, note)

    def reads_only(self, n: int, source: str, by: str = "op1", note: str = "", **figures: Figure) -> Entry:
        rows = {row.replace("__", "."): figure for row, figure in figures.items()}
        return reading.record_reading(self.session, self.file(n).tps, self.contest, source, rows, by, note)

    def proposes(
        self, n: int, row: str, after: Figure, kind: PembetulanKind = PembetulanKind.SIREKAP,
        reason: Reason = Reason.SALAH_BACA_SIREKAP, note: str = "", by: str = "op1", source: str | None = None,
    ) -> Entry:  # fmt: skip
        return correction.propose(
            self.session, self.file(n).tps, self.contest, self.contest.find(row), after,
            kind=kind, reason=reason, note=note, by=by, source=source,
        )  # fmt: skip

    def settles(self, *n: int, by: str = "op1", read_by: str | None = None) -> settling.Settled:
        return settling.settle(self.session, [self.file(one).tps for one in n or (0,)], self.contest, by, read_by)

    def imports(self, path: Path, source: str = SIREKAP) -> intake.FileResult:
        (result,) = intake.take(self.session, [path], source, "op1")
        return result

    def revotes(
        self, *paths: Path, source: str = PLANO, by: str = "ppk2", note: str = REVOTE
    ) -> list[intake.FileResult]:
        return intake.take(self.session, paths, source, by, new_paper=True, note=note)
