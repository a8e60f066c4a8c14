"""Bars that never say more than their numbers, and the screen that shows them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tui.cells import cells_of, matches_golden
from tui.driver import DeskDriver
from tui.kecamatan import PAPER, TPS_004, example_tps

from pleno.domain.figures import PLANO, SIREKAP, salinan
from pleno.tui.charts import agreement, bar, percent, votes


@pytest.mark.parametrize(
    ("part", "whole", "drawn"),
    [
        (0, 9, "[........]"), (9, 9, "[########]"), (1, 999, "[#.......]"), (998, 999, "[#######.]"),
        (1, 2, "[####....]"), (0, 0, "[........]"),
    ],
)  # fmt: skip
def test_a_bar(part: int, whole: int, drawn: str) -> None:
    assert bar(part, whole, 10) == drawn


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.integers(4, 200))
def test_a_bar_is_full_or_empty_only_where_that_is_true(part: int, rest: int, cells: int) -> None:
    drawn = bar(part, part + rest, cells)
    assert (len(drawn), drawn.isascii()) == (cells, True)
    assert ("." not in drawn) == (part > 0 and rest == 0)
    assert ("#" not in drawn) == (part == 0)


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(1, 3, "33,3%"), (999, 1000, "99,9%"), (9999, 10000, "99,9%"), (5, 5, "100,0%"), (0, 0, "-")],
)
def test_a_percentage_is_never_rounded_up(part: int, whole: int, said: str) -> None:
    assert percent(part, whole) == said


async def test_votes_and_agreement_count_what_they_say(differing: Path) -> None:
    example_tps(differing, PLANO)
    example_tps(differing, salinan(2), **{"suara.2": 147})
    async with DeskDriver(differing) as desk:
        lines = {line.key: line for line in agreement(desk.pleno.files)}
        assert (lines[SIREKAP].part, lines[SIREKAP].whole) == (19, 21)
        assert (lines[salinan(2)].part, lines[salinan(2)].whole) == (20, 21)
        assert lines[SIREKAP].numbers == "19 dari 21 angka  90,4%"
        shown = votes(desk.pleno.contest, {"suara.1": 82, "suara.2": 137, "suara.3": 7})
        assert [(line.label, line.numbers) for line in shown] == [
            ("01 Hasan - Lina", "82  36,2%"), ("02 Rahmat - Dewi", "137  60,6%"), ("03 Umar - Sri", "7  3,0%"),
        ]  # fmt: skip


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 45)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_three_charts(matching: Path, size: tuple[int, int]) -> None:
    async with DeskDriver(matching, size) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(*PAPER.values())
        await desk.press("c", "k", "0", "s")
        for mode, name in (("f2", "kemajuan"), ("f6", "suara"), ("f4", "kesesuaian")):
            await desk.press(mode, "G")
            matches_golden(f"grafik-{name}-{size[0]}x{size[1]}", cells_of(desk.app))
            await desk.press("Esc")


async def test_votes_of_a_tps_that_is_not_sah_are_in_no_chart(matching: Path) -> None:
    async with DeskDriver(matching) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(*PAPER.values())
        await desk.press("f6", "G")
        assert "hanya TPS yang SAH: 0 dari 5" in desk.message
        assert "#" not in desk.text.replace("#", "", 1)  # the number of the last entry stands in line 1
        await desk.press("1")
        assert "kemajuan per desa" in desk.text
        await desk.press("3")
        assert "Sirekap" in desk.text
