"""A set being written on the screen: its pages are counted, and Esc ends it between two of them."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Static
from tui.driver import DeskDriver
from tui.test_closing_screen import finished, middle

from pleno.domain.state import Sheet
from pleno.exporters.pdf_engine import Tell
from pleno.service import export
from pleno.tui.screens.working import Stopped, Working

__all__ = ["middle"]


async def test_pages_are_counted_and_esc_ends_the_work(middle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told, go_on = threading.Event(), threading.Event()
    ends: list[type[BaseException]] = []

    def slow(_document: Any, _layout: Any, _parent: Any, _beside: Any, tell: Tell, _sign: Any) -> export.WrittenSet:
        tell(12, 85)
        told.set()
        go_on.wait(20)
        try:
            tell(24, 85)
        except Stopped:
            ends.append(Stopped)
            raise
        raise AssertionError("Esc was pressed before")

    monkeypatch.setattr(export, "write_set", slow)
    async with DeskDriver(middle) as desk:
        await desk.press("f7", "e")
        assert told.wait(20)
        await desk.press("f3")
        working = desk.app.screen
        assert isinstance(working, Working)
        assert "halaman 12 dari 85" in str(working.query_one("#step", Static).render())
        await desk.press("Esc")
        go_on.set()
        await finished(desk)
        assert ends == [Stopped]
        assert "Ekspor dibatalkan" in desk.message
        assert not list(desk.pleno.session.state.all(Sheet))
