"""What Banding, Rekap and Jejak show of the open workspace; they change nothing of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from pleno.domain.errors import PlenoError
from pleno.service.lists import write_list
from pleno.service.views import printed_pages
from pleno.tui.differences_view import Difference, differences, listed, since_sources
from pleno.tui.journal_reader import JournalReader
from pleno.tui.labels import contest_words
from pleno.tui.recap_view import RecapSheet, recap_of, recap_sheet

if TYPE_CHECKING:
    from pleno.tui.gateway import Pleno


class ReadingGateway:
    """Immutable views of everything that was compared, summed and noted."""

    def __init__(self, pleno: Pleno) -> None:
        self._pleno = pleno

    @cached_property
    def journal(self) -> JournalReader:
        """The journal, read a part at a time."""
        return JournalReader(self._pleno.session)

    def differences(self) -> tuple[Difference, ...]:
        """Every difference of the contest, open or settled, drafts included."""
        return differences(self._pleno.files, self._pleno.session.desa)

    def write_differences(self, lines: Sequence[Difference]) -> str:
        """Write these differences as csv; the path of the file inside the workspace."""
        header, rows = listed(lines)
        pleno = self._pleno
        path = write_list(pleno.session, pleno.contest, "banding", header, rows)
        return path.relative_to(pleno.session.folder).as_posix()

    def since(self, line: Difference) -> str:
        """Since which entry two readings differ: "#408 14:30"; "draf" where the figure is not yet in one."""
        draft = self._pleno.draft(line.tps.code)
        if draft is not None and line.row.name in draft.figures:
            return "draf"
        readings = since_sources(line, self._pleno.file(line.tps.code).readings)
        found = [self.journal.change_of(reading, line.row.name) for reading in readings if reading.seq]
        known = [entry for entry in found if entry is not None]
        if len(known) < len(found):
            return f"sebelum #{max(reading.seq for reading in readings)}"
        newest = max(known, key=lambda entry: entry.seq, default=None)
        return f"#{newest.seq} {datetime.fromisoformat(newest.stamp.at):%H:%M}" if newest else "-"

    def sheets(self) -> list[str]:
        """Codes of the desa that have a sheet, in reading order."""
        return list(dict.fromkeys(file.tps.desa for file in self._pleno.files))

    def recap(self, desa: str, page: int, *, provisional: bool) -> RecapSheet:
        """A page of the sheet of a desa, by its code, or of the kecamatan (""); beyond the last page the last."""
        pleno = self._pleno
        recap = recap_of(pleno.contest, list(pleno.session.desa.values()), pleno.files)
        items = next((len(one.files) for one in recap.desa if one.desa.code == desa), len(recap.desa))
        pages = printed_pages(pleno.session, items)
        return recap_sheet(recap, desa, min(page, len(pages) - 1), pages, provisional=provisional)

    @property
    def contests(self) -> list[str]:
        """Ids of the contests of the workspace."""
        return list(self._pleno.session.contests)

    @property
    def following_contest(self) -> str:
        """The contest after the one shown; after the last the first."""
        every = self.contests
        return every[(every.index(self._pleno.contest.id) + 1) % len(every)]

    @property
    def following_words(self) -> str:
        """ "GUBERNUR 2024": that contest for people."""
        return contest_words(self._pleno.session.contests[self.following_contest])

    def find_desa(self, text: str) -> tuple[str, str]:
        """Code and name of the desa of a name or a part of it. PlenoError when there is none or several."""
        names = {code: desa.name for code, desa in self._pleno.session.desa.items()}
        wanted = text.strip().lower()
        exact = [code for code, name in names.items() if name.lower() == wanted]
        found = exact or [code for code, name in names.items() if wanted in name.lower()]
        if len(found) != 1:
            listed = ", ".join(names[code].title() for code in found or names)
            raise PlenoError("Desa belum jelas" if found else "Desa tidak ditemukan",
                             f'"{text}" cocok dengan {len(found)} desa.', f"Pilih salah satu: {listed}.")  # fmt: skip
        return found[0], names[found[0]].title()
