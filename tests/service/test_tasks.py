"""The tasks of the practice kecamatan: none done at first, each done by doing it, and what is wrong is told."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pleno.domain.entry import Reason
from pleno.domain.errors import PlenoError
from pleno.domain.figures import KOSONG, PLANO, SIREKAP, Figure, salinan
from pleno.domain.keberatan import KeberatanKind, KeberatanState
from pleno.domain.state import PembetulanKind
from pleno.service import copies, correction, export, keberatan, practice, reading, sealing, settling, views
from pleno.service.session import Session
from pleno.service.tasks import (
    HARAPAN_001,
    HARAPAN_006,
    KELAPA_016,
    KELAPA_903,
    PANGGANG_002,
    PANGGANG_003,
    PANGGANG_014,
    TASKS,
    verdicts,
)


class Trainee:
    """Does what the tasks ask, at the table of the practice kecamatan."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.contest = session.contest(None)

    def why(self, number: int) -> str:
        return verdicts(self.session)[number - 1].why_not

    def reads(self, code: str, **change: Figure) -> None:
        tps = self.session.roster[code]
        plano = views.tps_file(self.session, tps, self.contest).readings[PLANO].figures
        said = {row.replace("__", "."): figure for row, figure in change.items()}
        rows = {row: figure for row, figure in plano.items() if figure is not None}
        reading.record_reading(self.session, tps, self.contest, PLANO, {**rows, **said}, "op1")

    def corrects(self, code: str, row: str, after: Figure, kind: PembetulanKind, reason: Reason) -> int:
        source = PLANO if kind is PembetulanKind.FORMULIR else SIREKAP
        return correction.propose(
            self.session, self.session.roster[code], self.contest, self.contest.find(row), after,
            kind=kind, reason=reason, note="dibacakan di rapat pleno", by="op1", source=source,
        ).seq  # fmt: skip

    def settles(self, code: str) -> None:
        settling.settle(self.session, [self.session.roster[code]], self.contest, "op1")


@pytest.fixture(scope="session")
def _practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return practice.create(tmp_path_factory.mktemp("bimtek") / "latihan")


@pytest.fixture
def trainee(_practice: Path, tmp_path: Path) -> Iterator[Trainee]:
    folder = Path(shutil.copytree(_practice, tmp_path / "latihan"))
    with Session.open(folder) as session:
        yield Trainee(session)


def test_at_first_nothing_is_done_and_every_task_says_why(trainee: Trainee) -> None:
    found = verdicts(trainee.session)
    assert [one.task for one in found] == list(TASKS)
    assert all(one.why_not for one in found)


def test_a_matching_tps_is_read_and_settled(trainee: Trainee) -> None:
    assert trainee.why(1) == "21 baris belum dibaca"
    trainee.reads(PANGGANG_002)
    assert trainee.why(1) == "lengkap, belum disahkan (s)"
    trainee.settles(PANGGANG_002)
    assert trainee.why(1) == ""


def test_a_figure_of_sirekap_taken_for_the_paper_is_found(trainee: Trainee) -> None:
    trainee.reads(PANGGANG_003, suara__3=38)
    assert trainee.why(2) == "IV.03 tercatat 38, seharusnya 30"


def test_two_differences_need_somebody_who_agrees(trainee: Trainee) -> None:
    trainee.reads(PANGGANG_003)
    assert trainee.why(2) == "2 selisih belum dibetulkan"
    kind, reason = PembetulanKind.SIREKAP, Reason.SALAH_BACA_SIREKAP
    made = [
        trainee.corrects(PANGGANG_003, row, after, kind, reason) for row, after in (("I.B.1.P", 121), ("IV.03", 30))
    ]
    assert trainee.why(2) == "2 selisih belum dibetulkan"
    for number in made:
        correction.confirm(trainee.session, number, "ppk2")
    trainee.settles(PANGGANG_003)
    assert trainee.why(2) == ""


def test_a_blank_cell_is_not_zero(trainee: Trainee) -> None:
    assert trainee.why(3) == "I.B.4.L, I.B.4.P belum dibaca"
    trainee.reads(PANGGANG_014)
    assert trainee.why(3) == "I.B.4.L tercatat 0, seharusnya kosong (x)"
    reading.record_reading(
        trainee.session, trainee.session.roster[PANGGANG_014], trainee.contest, PLANO,
        {"pengguna_total_l": KOSONG, "pengguna_total_p": KOSONG}, "op1", "di kertas hanya dicoret",
    )  # fmt: skip
    assert trainee.why(3) == ""


def test_a_paper_is_corrected_by_two_people_with_the_right_figure(trainee: Trainee) -> None:
    assert trainee.why(4) == "belum ada pembetulan formulir di I.B.4.P"
    trainee.reads(HARAPAN_006)
    wrong = trainee.corrects(HARAPAN_006, "I.B.4.P", 87, PembetulanKind.FORMULIR, Reason.SALAH_JUMLAH)
    assert trainee.why(4) == "pembetulan I.B.4.P belum disetujui orang lain"
    correction.confirm(trainee.session, wrong, "ppk2")
    assert trainee.why(4) == "I.B.4.P tercatat 87, seharusnya 86"
    right = trainee.corrects(HARAPAN_006, "I.B.4.P", 86, PembetulanKind.FORMULIR, Reason.SALAH_JUMLAH)
    correction.confirm(trainee.session, right, "ppk2")
    assert trainee.why(4) == ""


def test_a_finding_that_stays_is_explained(trainee: Trainee) -> None:
    assert trainee.why(5) == "21 baris belum dibaca; temuan R24 belum dijelaskan"
    trainee.reads(KELAPA_016)
    correction.explain(
        trainee.session, trainee.session.roster[KELAPA_016], trainee.contest, "R24", "kertasnya memang begitu", "ppk2"
    )
    assert trainee.why(5) == ""


def test_a_copy_an_objection_and_its_answer(trainee: Trainee) -> None:
    session, contest, tps = trainee.session, trainee.contest, trainee.session.roster[HARAPAN_001]
    assert [trainee.why(n) for n in (6, 7, 8)] == [
        "21 baris plano belum dibaca; salinan belum diisi", "keberatan belum dicatat", "keberatan belum dicatat",
    ]  # fmt: skip
    trainee.reads(HARAPAN_001)
    copies.one_copy(session, tps, contest, salinan(2), {"suara.2": 160}, "op1")
    assert trainee.why(6) == ""

    def raises(pengaju: str) -> int:
        return keberatan.note(
            session, contest, KeberatanKind.KEBERATAN, pengaju, "salinan saksi menulis 160", "op1", tps,
            contest.find("IV.02"),
        ).seq  # fmt: skip

    raises("1")
    assert trainee.why(7) == "keberatan dicatat atas nama lain, bukan saksi nomor 2"
    number = raises("2")
    assert (trainee.why(7), trainee.why(8)) == ("", "keberatan belum dijawab rapat")
    keberatan.answer(session, number, KeberatanState.TIDAK_DITERIMA, "C.HASIL menulis 150", "ppk2")
    assert trainee.why(8) == ""


@pytest.mark.parametrize("by_dialog", [True, False], ids=["pembetulan", "hitung-ulang"])
def test_a_recount_stands_with_its_figures(trainee: Trainee, by_dialog: bool) -> None:
    trainee.reads(KELAPA_903)
    assert trainee.why(9) == "hasil hitung ulang belum dicatat"
    if by_dialog:
        kind, reason = PembetulanKind.FORMULIR, Reason.HITUNG_ULANG
        correction.confirm(trainee.session, trainee.corrects(KELAPA_903, "IV.03", 11, kind, reason), "ppk2")
    else:
        tps, why = trainee.session.roster[KELAPA_903], "suara sah tidak sama dengan rincian"
        counted: dict[str, Figure] = {"suara.1": 58, "suara.2": 46, "suara.3": 11, "suara_sah": 115}
        reading.record_recount(trainee.session, tps, trainee.contest, counted, "op1", why)
    assert trainee.why(9) == ""


def test_a_seal_counts_when_it_was_read_back_and_a_set_while_it_is_whole(trainee: Trainee) -> None:
    session = trainee.session
    assert (trainee.why(10), trainee.why(11)) == ("belum ada segel", "belum ada set yang diekspor")
    made = sealing.seal(session, "7391", "op1")
    assert trainee.why(10) == "kata segel belum dibaca ulang dari kertas"
    sealing.read_back(session, made.words.split("-")[1], "ppk3")
    written = export.export(session, trainee.contest, draft=True, by="op1")
    assert (trainee.why(10), trainee.why(11)) == ("", "")
    (written.folder / "manifest.json").write_bytes(b"{}")
    assert trainee.why(11) == "set 01 di disk tidak utuh"


def test_a_reopened_tps_is_a_task_not_done_again(trainee: Trainee) -> None:
    trainee.reads(PANGGANG_002)
    trainee.settles(PANGGANG_002)
    tps = trainee.session.roster[PANGGANG_002]
    settling.reopen(trainee.session, tps, trainee.contest, "saksi minta dibaca ulang", "op1")
    assert trainee.why(1) == "lengkap, belum disahkan (s)"


def test_another_workspace_has_no_tasks(session: Session) -> None:
    with pytest.raises(PlenoError, match="Tugas hanya ada di ruang kerja latihan"):
        verdicts(session)
