"""A small kecamatan for the screens; coroutine tests run on an event loop of their own."""

from __future__ import annotations

import asyncio
import inspect
import shutil
from pathlib import Path

import pytest
from tui.kecamatan import CONTEST, example_tps, made

from pleno.domain.figures import SIREKAP


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    wanted = inspect.signature(pyfuncitem.obj).parameters
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in wanted}))
    return True


@pytest.fixture(autouse=True)
def _colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """The developer's own terminal settings stay out of the tests."""
    for name in ("NO_COLOR", "TEXTUAL_THEME", "COLORTERM", "TEXTUAL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _no_timers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow machine must not keep a draft or a picture for the board, and so look at the clock, more often."""
    monkeypatch.setattr("pleno.tui.screens.desk_entry.IDLE_SECONDS", 3600.0)
    monkeypatch.setattr("pleno.tui.screens.dialog.KEPT_AFTER", 3600.0)
    monkeypatch.setattr("pleno.tui.app._CHECKED_AFTER", 3600.0)
    monkeypatch.setattr("pleno.tui.app._BOARD_EVERY", 3600.0)
    monkeypatch.setattr("pleno.tui.app._CLOCK_EVERY", 3600.0)


@pytest.fixture(scope="session")
def _bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("kantor"))


@pytest.fixture(scope="session")
def _matching(tmp_path_factory: pytest.TempPathFactory, _bare: Path) -> Path:
    folder = tmp_path_factory.mktemp("cocok") / "kec"
    shutil.copytree(_bare, folder)
    example_tps(folder, SIREKAP)
    return folder


@pytest.fixture(scope="session")
def _differing(tmp_path_factory: pytest.TempPathFactory, _bare: Path) -> Path:
    folder = tmp_path_factory.mktemp("beda") / "kec"
    shutil.copytree(_bare, folder)
    example_tps(folder, SIREKAP, **{"suara.2": 173, "suara_tidak_sah": 6})
    return folder


@pytest.fixture
def bare(_bare: Path, tmp_path: Path) -> Path:
    """Five TPS of two desa, the meeting open, nothing read."""
    return Path(shutil.copytree(_bare, tmp_path / "kec"))


@pytest.fixture
def matching(_matching: Path, tmp_path: Path) -> Path:
    """Sirekap of TPS 004 says what the paper says."""
    return Path(shutil.copytree(_matching, tmp_path / "kec"))


@pytest.fixture
def differing(_differing: Path, tmp_path: Path) -> Path:
    """Sirekap of TPS 004 read 173 for 137, and 6 for 5."""
    return Path(shutil.copytree(_differing, tmp_path / "kec"))


__all__ = ["CONTEST"]
