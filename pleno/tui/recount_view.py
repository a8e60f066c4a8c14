"""A recount while it is typed: which row is in hand, and what was counted so far."""

from __future__ import annotations

from collections.abc import Mapping

from pleno.domain.contest import Contest, Row
from pleno.domain.errors import PlenoError
from pleno.domain.figures import KOSONG, Figure
from pleno.tui.jump import row_of_code

_ADVICE = 'Ketik angkanya saja, atau baris=angka: "va=226"; x berarti kosong.'


class RecountSheet:
    """The rows of the paper in their order, from the first row of votes on, and the figures counted again."""

    def __init__(self, contest: Contest, counted: Mapping[str, Figure]) -> None:
        """`counted`: what an earlier recount of this TPS says."""
        self.contest = contest
        self.rows = contest.asked
        self.counted: dict[str, Figure] = dict(counted)
        votes = [place for place, row in enumerate(self.rows) if row.name in contest.votes]
        self.at = votes[0] if votes else 0

    @property
    def row(self) -> Row:
        """The row in hand."""
        return self.rows[self.at]

    def move(self, by: int) -> None:
        """Down or up; the ends hold."""
        self.at = min(max(self.at + by, 0), len(self.rows) - 1)

    def go(self, name: str) -> None:
        """To a row of this name; stays where the paper has none."""
        self.at = next((place for place, row in enumerate(self.rows) if row.name == name), self.at)

    def take(self, text: str) -> None:
        """What was typed: nothing passes the row over, a figure fills it, `va=226` fills another one and goes there.

        PlenoError for anything else.
        """
        code, equals, typed = text.strip().rpartition("=")
        if equals:
            row = row_of_code(self.contest, code)
            if row not in self.rows:
                raise PlenoError("Belum jelas", f"{row.code} tidak diisi di ruang kerja ini.", _ADVICE)
            self.at = self.rows.index(row)
        if typed:
            self.counted[self.row.name] = self._figure(typed)
        self.move(1)

    def _figure(self, typed: str) -> Figure:
        if typed == KOSONG.value:
            return KOSONG
        if not (typed.isascii() and typed.isdigit() and len(typed) <= self.contest.profile.digits):
            raise PlenoError("Bukan angka", f'"{typed}" bukan angka untuk {self.row.code}.', _ADVICE)
        return int(typed)
