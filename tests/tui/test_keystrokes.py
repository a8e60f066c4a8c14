"""The key stream of UX.md section 8, counted: 44, 90 and 59, each with `c`, `k` `0` (NIHIL) and `s`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tui.driver import DeskDriver
from tui.kecamatan import NOT_IN_SIREKAP, PAPER, PIN, TPS_004, give_pins

from pleno.domain.compare import TpsState
from pleno.domain.entry import Kind
from pleno.domain.identities import identities

TYPED = [PAPER[row] for row in NOT_IN_SIREKAP]


async def test_a_matching_tps_takes_44_keys(matching: Path) -> None:
    async with DeskDriver(matching) as desk:
        await desk.go_to_desk(TPS_004)
        head = desk.pleno.session.store.head().seq
        await desk.accept(15)
        await desk.type(*TYPED)
        await desk.accept(6)
        await desk.press("c", "k", "0", "s")
        assert (desk.keys_pressed, desk.state(TPS_004)) == (44, TpsState.SAH)
        assert [entry.kind for entry in desk.entries() if entry.seq > head and entry.source == "plano"] == [
            Kind.READING_SAVED
        ]
        paper = next(entry for entry in desk.entries() if entry.seq > head and entry.source == "plano")
        assert {change.row: change.after for change in paper.changes} == PAPER
        assert set(paper.data["samakan"]) == PAPER.keys() - set(NOT_IN_SIREKAP)
        (nihil,) = [entry for entry in desk.entries() if entry.kind is Kind.KEBERATAN_NOTED]
        assert (nihil.tps, nihil.data) == (TPS_004, {"jenis": "nihil"})


async def test_without_sirekap_it_takes_90(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(*PAPER.values())
        await desk.press("c", "k", "0", "s")
        assert (desk.keys_pressed, desk.state(TPS_004)) == (90, TpsState.SAH)


async def test_two_rows_that_differ_take_59(differing: Path) -> None:
    give_pins(differing, "ppk2", "ppk3")
    async with DeskDriver(differing) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.accept(15)
        await desk.type(*TYPED)
        await desk.accept(1)
        await desk.type(PAPER["suara.2"])
        await desk.accept(2)
        await desk.type(PAPER["suara_tidak_sah"])
        await desk.accept(1)
        await desk.press("c")
        await desk.press("b", "1", "1", "Enter", *PIN, "Enter")
        await desk.press("k", "0", "s")
        assert (desk.keys_pressed, desk.state(TPS_004)) == (59, TpsState.SAH)
        assert [item.confirmer for item in desk.pleno.file(TPS_004).pembetulan] == ["ppk2", "ppk2"]
        confirmed = [entry.data for entry in desk.entries() if entry.kind is Kind.PEMBETULAN_CONFIRMED]
        assert confirmed == [{"jenis": "sirekap", "pin": True}] * 2


async def test_the_same_keys_in_one_burst_come_out_the_same(differing: Path) -> None:
    async with DeskDriver(differing) as desk:
        await desk.go_to_desk(TPS_004)
        typed = [key for figure in TYPED for key in (*str(figure), "Enter")]
        stream = [*"=" * 15, *typed, "=", "1", "3", "7", "Enter", "=", "=", "5", "Enter", "=", "c"]
        await desk.press(*stream, "b", "1", "1", "Enter", "2", "Enter", "k", "0", "s")
        assert desk.state(TPS_004) is TpsState.SAH


async def test_a_spreadsheet_takes_more_keys_or_leaves_no_trace(differing: Path) -> None:
    """The least a spreadsheet takes: the digits of a cell and Enter, every total a formula, no key to find a cell."""
    async with DeskDriver(differing) as desk:
        contest = desk.pleno.contest
    sums = {one.whole for rule in ("R02", "R04", "R20", "R22") for one in identities(contest)[rule]}
    assert (len(sums), _cells(PAPER[row] for row in PAPER.keys() - sums), _cells(PAPER.values())) == (10, 52, 86)
    # Its formulas never test the paper's own totals. A list of corrections tells TPS, row, figures, reason and name.
    listed = [("004", "suara.2", 131, 137, "salah baca Sirekap", "Anggota PPK 2"),
              ("004", "suara_tidak_sah", 8, 5, "salah baca Sirekap", "Anggota PPK 2")]  # fmt: skip
    assert 44 < 52 < 59 < 52 + sum(map(_cells, listed))


def _cells(values: Iterable[object]) -> int:
    return sum(len(str(value)) + 1 for value in values)
