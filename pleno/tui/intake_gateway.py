"""Importing as the screens know it: parsed in any thread, previewed, and taken exactly as it was previewed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from pleno.domain.figures import Source
from pleno.service import intake
from pleno.tui.gateway import Pleno
from pleno.tui.intake_view import IntakeView, intake_view


class Intake:
    """One import of some files as readings of one source."""

    def __init__(self, pleno: Pleno, paths: Sequence[Path], source: Source) -> None:
        self._pleno, self._paths = pleno, tuple(paths)
        self.source = source
        self._parsed: Sequence[intake.Parsed] = ()

    def parsing(self) -> Callable[[], Sequence[intake.Parsed]]:
        """Reading the files, to be run in any thread. PlenoError for a source no file has."""
        session, pleno = self._pleno.session, self._pleno
        contest = pleno.contest if len(session.contests) > 1 else None
        target = intake.target(session, self.source, contest)
        return lambda: intake.parse(self._paths, target)

    def preview(self, parsed: Sequence[intake.Parsed]) -> IntakeView:
        """What taking them would do; nothing is changed."""
        self._parsed = parsed
        session = self._pleno.session
        desa = {code: one.name for code, one in session.desa.items()}
        return intake_view(intake.results(session, parsed, self.source), session.roster, desa)

    def take(self) -> str:
        """Take what was previewed; says what was done. PlenoError when the meeting does not allow it."""
        results = intake.take_parsed(self._pleno.session, self._parsed, self.source, self._pleno.by)
        self._pleno.reload_all()
        entries = ", ".join(f"#{result.entry.seq}" for result in results if result.entry)
        taken, changed = sum(len(one.taken) for one in results), sum(one.changed for one in results)
        return f"{taken} TPS, {changed} angka, entri {entries}"
