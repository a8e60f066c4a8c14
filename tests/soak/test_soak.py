"""The short form of `make soak`: an hour's worth of papers at the desk."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from soak.long import lost
from soak.pleno_day import Day, growth

from pleno.service.verify import Outcome, verify_workspace


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_a_short_day_loses_nothing(tmp_path: Path) -> None:
    day = Day(tmp_path, 4)
    day.work()
    assert day.counts["sah"] == 12
    assert day.counts["segel"] == 1
    assert len(day.promised) == 16
    assert lost(day) == []
    assert verify_workspace(tmp_path / "kec").outcome is Outcome.UTUH


def test_a_loss_would_be_noticed(tmp_path: Path) -> None:
    day = Day(tmp_path, 2)
    day.work()
    last = max(day.promised)
    day.promised[last + 99] = "00" * 32
    day.promised[last] = "ff" * 32
    assert lost(day) == [last, last + 99]


def test_growth_is_measured_after_the_warm_up() -> None:
    assert growth([50, 100, 100, 100, 100, 100, 100, 100]) == 0
    assert growth([50, 50, 100, 100, 110, 120, 130, 150]) == pytest.approx(0.5)
