"""The meeting as a stateful model: random people do random things, sums and replay stay true."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from service.table import WHOLE, Table

from pleno.domain.compare import TpsState
from pleno.domain.errors import PlenoError
from pleno.domain.figures import PLANO, SIREKAP, addend
from pleno.domain.keberatan import ANSWERS, KeberatanKind, KeberatanState
from pleno.domain.state import Pembetulan, PembetulanKind, PembetulanState, PlenoState
from pleno.service import correction, keberatan, meeting, sealing, settling, views
from pleno.service.session import Session
from pleno.service.setup import create_workspace
from pleno.store import inspect

PEOPLE = st.sampled_from(["op1", "ppk1", "ppk2", "ppk3"])
N = st.integers(0, 3)
ROWS = st.sampled_from(["suara.1", "suara.2", "suara_sah", "pengguna_total_j"])


class Meeting(RuleBasedStateMachine):
    """Everything a table may try; the model knows who counts by its own, simpler bookkeeping."""

    @initialize()
    def prepare(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        codes = ("3101011001001", "3101011001002", "3101011002001", "3101011002901")
        (self.folder / "tps.csv").write_text(
            "\n".join(["kode_tps;desa;nomor", *(f"{c};;{int(c[-3:])}" for c in codes)])
        )
        (self.folder / "pilihan.csv").write_text(
            "\n".join(["kontes,nomor,nama", *(f"pemilu2024-ppwp,{n},PASLON {n}" for n in (1, 2, 3))])
        )
        made = create_workspace(
            self.folder / "kec", ["pemilu2024-ppwp"], "310101", self.folder / "tps.csv", self.folder / "pilihan.csv"
        )
        self.session = Session.open(made)
        self.table = Table(self.session).open()
        self.settled: dict[int, dict[str, int]] = {}
        self.unanswered: dict[int, set[int]] = {}

    @rule(n=N, by=PEOPLE, votes=st.integers(0, 151))
    def read_a_whole_paper(self, n: int, by: str, votes: int) -> None:
        change = {"suara__1": votes, "suara__2": 150 - votes if votes <= 150 else 0, "suara__3": 0}
        with suppress(PlenoError):
            self.table.reads(n, by=by, note="dibaca ulang dari awal", **change)

    @rule(n=N, row=ROWS, figure=st.integers(0, 999))
    def sirekap_says(self, n: int, row: str, figure: int) -> None:
        with suppress(PlenoError):
            self.table.reads_only(n, SIREKAP, note="angka Sirekap Web berubah", **{row.replace(".", "__"): figure})

    @rule(n=N, row=ROWS, by=PEOPLE, figure=st.integers(0, 200), kind=st.sampled_from(PembetulanKind))
    def propose(self, n: int, row: str, by: str, figure: int, kind: PembetulanKind) -> None:
        cell = next(cell for cell in self.table.file(n).cells if cell.row.name == row)
        after = cell.reference if kind is PembetulanKind.SIREKAP else figure
        with suppress(PlenoError):
            self.table.proposes(n, row, after, kind, note="dicocokkan bersama saksi", by=by)

    @rule(by=PEOPLE, deed=st.sampled_from(["setuju", "tolak", "batal"]), which=st.integers(0, 5))
    def answer(self, by: str, deed: str, which: int) -> None:
        every = list(self.session.state.all(Pembetulan))
        if not every:
            return
        item = every[which % len(every)]
        with suppress(PlenoError):
            if deed == "setuju":
                correction.confirm(self.session, item.seq, by)
                writers = self.table.file(self.table.codes.index(item.tps)).readings[PLANO].writers
                assert by not in {item.proposer, *writers, "op1"}
            elif deed == "tolak":
                correction.reject(self.session, item.seq, by, "angkanya belum disepakati")
            else:
                correction.withdraw(self.session, item.seq, by, "usulan keliru, dibatalkan")

    @rule(n=N, by=PEOPLE)
    def settle(self, n: int, by: str) -> None:
        file = self.table.file(n)
        try:
            self.table.settles(n, by=by)
        except PlenoError:
            return
        assert len(file.ditetapkan) == len(WHOLE)
        assert not file.open_cells
        assert not self.unanswered.get(n)
        self.settled[n] = {row: addend(figure) or 0 for row, figure in file.ditetapkan.items()}

    @rule(n=N)
    def reopen(self, n: int) -> None:
        try:
            settling.reopen(self.session, self.table.file(n).tps, self.table.contest, "ada keberatan saksi", "ppk1")
        except PlenoError:
            return
        del self.settled[n]

    @rule(n=N, row=st.none() | ROWS, kind=st.sampled_from(KeberatanKind), pengaju=st.sampled_from(["1", "2", "pps"]))
    def object(self, n: int, row: str | None, kind: KeberatanKind, pengaju: str) -> None:
        tps, form = self.table.file(n).tps, self.table.contest
        about = form.find(row) if row else None
        noted = keberatan.note(self.session, form, kind, pengaju, "dicatat dari rapat", "op1", tps, about)
        self.unanswered.setdefault(n, set()).add(noted.seq)
        try:
            keberatan.nihil(self.session, form, "op1", tps)
        except PlenoError:
            pass
        else:
            raise AssertionError("NIHIL padahal ada keberatan")

    @rule(by=PEOPLE, which=st.integers(0, 5), new=st.sampled_from([*ANSWERS, None]))
    def answer_an_objection(self, by: str, which: int, new: KeberatanState | None) -> None:
        every = keberatan.listed(self.session, self.table.contest)
        if not every:
            return
        item = every[which % len(every)]
        with suppress(PlenoError):
            if new is None:
                keberatan.withdraw(self.session, item.seq, "dicabut oleh pengajunya", by)
            else:
                keberatan.answer(self.session, item.seq, new, "dijawab di dalam rapat", by)
            assert by != "op1"
            self.unanswered[self.table.codes.index(item.tps)].discard(item.seq)

    @rule()
    def suspend_and_resume(self) -> None:
        meeting.suspend(self.session, "ppk1", "istirahat")
        try:
            self.table.reads(0)
        except PlenoError:
            pass
        else:
            raise AssertionError("membaca saat diskors")
        meeting.resume(self.session, "ppk1")

    @rule(digits=st.integers(0, 9999))
    def seal(self, digits: int) -> None:
        sealing.seal(self.session, f"{digits:04}", "op1")
        assert sealing.tail(self.session) == 0

    @invariant()
    def final_sums_are_those_of_the_settled_papers(self) -> None:
        if not hasattr(self, "session"):
            return
        final = views.recap(self.session, self.table.contest).final
        expected = {row: sum(paper[row] for paper in self.settled.values()) for row in WHOLE} if self.settled else {}
        assert final == expected
        assert {n for n in range(4) if self.table.file(n).state is TpsState.SAH} == set(self.settled)

    @invariant()
    def nobody_confirmed_their_own(self) -> None:
        if hasattr(self, "session"):
            for item in self.session.state.all(Pembetulan):
                assert item.state is not PembetulanState.DISETUJUI or item.confirmer != item.proposer

    def teardown(self) -> None:
        if hasattr(self, "session"):
            assert self.session.meeting.state is PlenoState.DIBUKA
            self.session.close()
            seen = inspect(self.session.folder / "data" / "pleno.db")
            assert not seen.damaged, seen.checks
            shutil.rmtree(self.folder)


TestMeeting = Meeting.TestCase
TestMeeting.settings = settings(
    max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
