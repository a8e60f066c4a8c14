"""The report of a fault: where it happened, and nothing of what was being worked on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from service.table import Table
from textual.worker import WorkerFailed

from pleno.domain.errors import PlenoError
from pleno.service import reading
from pleno.service.crash import write_report

LINE = re.compile(
    r"pleno [0-9.]+|Python [0-9.]+ [a-z0-9]+ [A-Za-z0-9_]+|[a-z]+ ([0-9.]+|-)"  # versions
    r"|[A-Za-z0-9_.]+"  # kind of error
    r"|  [A-Za-z0-9_.]+:[0-9]+ [A-Za-z0-9_.<>]+"  # module, line, function
)
NAME, PIN = "Ratna Sari Dewi", "739164"


def report(error: BaseException, folder: Path) -> list[str]:
    """The lines; each is a version, a kind of error or a place in the program."""
    lines = write_report(error, folder).read_text("utf-8").splitlines()
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    assert not any(told in line for line in lines for told in (NAME, PIN, "Ratna", str(folder)))
    return lines


def caught(error: BaseException) -> BaseException:
    """As it comes out of a function with names and a PIN in its variables."""
    name, pin = NAME, PIN
    try:
        raise error
    except type(error) as raised:
        assert name, pin
        return raised


def test_a_fault_amid_figures_and_pins_tells_places_only(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*words: object) -> None:
        raise KeyError(NAME, PIN, words)

    monkeypatch.setattr(reading, "require_open", broken)
    with pytest.raises(KeyError) as fault:
        table.reads(0)
    lines = report(fault.value, table.session.folder)
    assert "builtins.KeyError" in lines
    assert any(line.startswith("  pleno.service.reading:") for line in lines)


@pytest.mark.parametrize(
    "error",
    [
        PlenoError(NAME, PIN, NAME),
        UnicodeDecodeError("utf-8", NAME.encode(), 0, 1, PIN),
        FileNotFoundError(2, "tidak ada", f"/media/{NAME}"),
        type("ExceptionGroup", (Exception,), {})(NAME, [ValueError(PIN)]),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_an_error_carries_is_not_told(error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = report(caught(error), tmp_path)
    assert any(line.endswith(f".{type(error).__name__}") for line in lines)


def test_the_places_of_a_thread_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = report(WorkerFailed(caught(ValueError(NAME))), tmp_path)
    assert lines.index("textual.worker.WorkerFailed") < lines.index("builtins.ValueError")
    assert any(line.endswith(" caught") for line in lines)


def test_errors_that_name_each_other_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    first, second = ValueError(NAME), OSError(PIN)
    first.__context__, second.__context__ = second, first
    assert report(first, tmp_path)[-2:] == ["builtins.ValueError", "builtins.OSError"]


def test_a_report_is_as_long_as_the_fault_is_deep_and_no_longer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    def deeper() -> None:
        deeper()

    with pytest.raises(RecursionError) as fault:
        deeper()
    assert len(report(fault.value, tmp_path)) < 2_000
