"""Cells and states of TERMS.md, "Comparison" and "States"."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pleno.domain.compare import Cell, CellState, TpsFile, TpsState, count
from pleno.domain.contest import Contest
from pleno.domain.figures import HITUNG_ULANG, KOSONG, PLANO, SIREKAP, Figure
from pleno.domain.state import Answer, Pembetulan, PembetulanKind, PembetulanState, Reading, Settlement, Tps


class Desk:
    """One TPS, built up like at the table."""

    def __init__(self, tps: Tps, contest: Contest) -> None:
        self.file = TpsFile(tps, contest, {})

    def reads(self, source: str, waiting: tuple[str, ...] = (), **figures: Figure) -> Desk:
        rows = {name.replace("__", "."): figure for name, figure in figures.items()}
        reading = Reading(
            self.file.tps.code, self.file.contest.id, source, rows,
            waiting=frozenset(name.replace("__", ".") for name in waiting),
        )  # fmt: skip
        self.file = replace(self.file, readings={**self.file.readings, source: reading})
        return self

    def rival(self, source: str, row: str, figure: Figure) -> Desk:
        reading = replace(self.file.readings[source], rivals={row: figure})
        self.file = replace(self.file, readings={**self.file.readings, source: reading})
        return self

    def corrects(
        self, kind: PembetulanKind, row: str, before: int, after: int,
        source: str = SIREKAP, state: PembetulanState = PembetulanState.DISETUJUI,
    ) -> Desk:  # fmt: skip
        number = 10 + len(self.file.pembetulan)
        item = Pembetulan(
            self.file.tps.code, self.file.contest.id, number, row, kind, source, before, after,
            "LAIN", "", "op1", (), state, "ppk2", number + 1,
        )  # fmt: skip
        self.file = replace(self.file, pembetulan=(*self.file.pembetulan, item))
        return self

    def answers(self, source: str, row: str, figure: int) -> Desk:
        item = Answer(self.file.tps.code, self.file.contest.id, source, row, figure, "saksi menerima", 20)
        self.file = replace(self.file, answers=(*self.file.answers, item))
        return self

    def cell(self, row: str) -> Cell:
        return next(cell for cell in self.file.cells if cell.row.name == row)


@pytest.fixture
def desk(tps: Tps, contest: Contest) -> Desk:
    return Desk(tps, contest)


@pytest.mark.parametrize(
    ("sirekap", "plano", "state"),
    [
        (5, 5, CellState.SAMA),
        (5, 6, CellState.BEDA),
        (0, 6, CellState.BEDA),
        (0, KOSONG, CellState.SAMA),
        (None, 6, CellState.BELUM),
        (5, None, CellState.BELUM),
        (None, None, CellState.BELUM),
    ],
)
def test_state_of_a_cell(desk: Desk, sirekap: Figure, plano: Figure, state: CellState) -> None:
    assert desk.reads(SIREKAP, suara__1=sirekap).reads(PLANO, suara__1=plano).cell("suara.1").state is state


def test_two_copies_that_differ_are_beda_before_the_plano_is_read(desk: Desk) -> None:
    cell = desk.reads("salinan:1", suara__1=5).reads("salinan:2", suara__1=6).cell("suara.1")
    assert (cell.state, cell.open) == (CellState.BEDA, ("salinan:1", "salinan:2"))


def test_what_waits_is_provisional_and_determines_nothing(desk: Desk) -> None:
    desk.reads(SIREKAP, suara__1=71).reads(PLANO, waiting=("suara__1",), suara__1=149)
    cell = desk.cell("suara.1")
    assert (cell.ditetapkan, cell.reference, cell.waiting, cell.open) == (None, 149, True, (SIREKAP,))
    assert desk.file.sementara["suara.1"] == 149
    assert "suara.1" not in desk.file.ditetapkan
    assert desk.file.read_aloud().ditetapkan["suara.1"] == 149


def test_pembetulan_sirekap_settles_but_rewrites_nothing(desk: Desk) -> None:
    desk.reads(SIREKAP, suara__1=71).reads(PLANO, suara__1=149)
    assert desk.cell("suara.1").open == (SIREKAP,)
    cell = desk.corrects(PembetulanKind.SIREKAP, "suara.1", 71, 149).cell("suara.1")
    assert (cell.state, cell.open, cell.ditetapkan, cell.figures[SIREKAP]) == (CellState.BEDA, (), 149, 71)


def test_another_sirekap_figure_opens_the_difference_again(desk: Desk) -> None:
    desk.reads(PLANO, suara__1=149).corrects(PembetulanKind.SIREKAP, "suara.1", 71, 149)
    assert desk.reads(SIREKAP, suara__1=72).cell("suara.1").open == (SIREKAP,)


@pytest.mark.parametrize("state", [PembetulanState.MENUNGGU, PembetulanState.DITOLAK, PembetulanState.DIBATALKAN])
def test_a_pembetulan_that_nobody_confirmed_settles_nothing(desk: Desk, state: PembetulanState) -> None:
    desk.reads(SIREKAP, suara__1=71).reads(PLANO, suara__1=149)
    assert desk.corrects(PembetulanKind.SIREKAP, "suara.1", 71, 149, state=state).cell("suara.1").open == (SIREKAP,)


def test_pembetulan_formulir_determines_and_leaves_sirekap_to_be_edited(desk: Desk) -> None:
    desk.reads(SIREKAP, suara__1=150).reads(PLANO, suara__1=150)
    cell = desk.corrects(PembetulanKind.FORMULIR, "suara.1", 150, 149, source=PLANO).cell("suara.1")
    assert (cell.ditetapkan, cell.open) == (149, (SIREKAP,))
    assert desk.corrects(PembetulanKind.SIREKAP, "suara.1", 150, 149).cell("suara.1").open == ()


def test_recount_outranks_everything_and_closes_copies(desk: Desk) -> None:
    desk.reads(PLANO, suara__1=150).reads("salinan:2", suara__1=151)
    desk.corrects(PembetulanKind.FORMULIR, "suara.1", 150, 149, source=PLANO)
    assert desk.cell("suara.1").open == ("salinan:2",)
    cell = desk.reads(HITUNG_ULANG, suara__1=148).cell("suara.1")
    assert (cell.ditetapkan, cell.open) == (148, ())


def test_a_copy_is_closed_by_its_holders_answer_about_that_figure(desk: Desk) -> None:
    desk.reads(PLANO, suara__2=137).reads("salinan:2", suara__2=147)
    assert desk.cell("suara.2").open == ("salinan:2",)
    assert desk.answers("salinan:2", "suara.2", 147).cell("suara.2").open == ()
    assert desk.reads("salinan:2", suara__2=146).cell("suara.2").open == ("salinan:2",)


def test_a_file_against_what_was_read_is_a_difference_to_settle(desk: Desk) -> None:
    desk.reads(PLANO, suara__1=150).rival(PLANO, "suara.1", 105)
    cell = desk.cell("suara.1")
    assert (cell.state, cell.ditetapkan, cell.open) == (CellState.BEDA, 150, ("plano:berkas",))
    assert desk.corrects(PembetulanKind.FORMULIR, "suara.1", 150, 105, source=PLANO).cell("suara.1").open == ()


def test_states_of_a_tps_in_their_order(desk: Desk, contest: Contest) -> None:
    assert desk.file.state is TpsState.BELUM
    assert desk.reads(PLANO, suara__1=5).file.state is TpsState.DIBACA
    desk.reads(PLANO, **{row.name.replace(".", "__"): 0 for row in contest.rows})
    assert desk.file.state is TpsState.COCOK
    assert desk.reads(SIREKAP, suara__1=4).file.state is TpsState.BEDA
    assert desk.corrects(PembetulanKind.SIREKAP, "suara.1", 4, 0).file.state is TpsState.DIBETULKAN
    assert desk.reads(HITUNG_ULANG, suara__1=0).file.state is TpsState.HITUNG_ULANG
    settled = replace(desk.file, settlement=Settlement(desk.file.tps.code, contest.id, None, "op1", 30))
    assert settled.state is TpsState.SAH


def test_counts_do_not_fall_when_a_difference_is_settled(desk: Desk) -> None:
    desk.reads(SIREKAP, suara__1=71, suara__2=9).reads(PLANO, suara__1=149, suara__2=8)
    desk.corrects(PembetulanKind.SIREKAP, "suara.1", 71, 149)
    found = count([desk.file])
    assert (found.tps_beda, found.sel_beda, found.tps_terbuka, found.sel_terbuka, found.tps_belum) == (1, 2, 1, 1, 0)
    assert count([Desk(desk.file.tps, desk.file.contest).file]).tps_belum == 1
