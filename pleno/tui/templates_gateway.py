"""Workbooks of the office as the screens know them: read in any thread, written here once they are whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pleno.service import isian, template_list, templates
from pleno.service.documents import working_document
from pleno.service.export import OUTGOING, missing_for_final
from pleno.service.file_manager import open_folder
from pleno.service.intake import TEMPLATES
from pleno.service.new_file import NewFile, write_new
from pleno.service.views import recap

if TYPE_CHECKING:
    from pleno.tui.gateway import Pleno


class Templates:
    """Recognising, trying and filling workbooks for the contest that is shown."""

    def __init__(self, pleno: Pleno) -> None:
        self._pleno = pleno
        self._session = pleno.session

    def listing(self) -> Callable[[template_list.Tell], list[template_list.Offer]]:
        """Reading every workbook of templates_xlsx, to be run in any thread. PlenoError for a map with a fault."""
        return template_list.lister(self._session, self._pleno.contest)

    def reading(self, path: Path) -> Callable[[object], templates.Template]:
        """Reading one workbook, to be run in any thread. PlenoError for a map with a fault."""
        read = templates.reader(self._session, self._pleno.contest)
        return lambda _none: read(path)

    def propose(self, template: templates.Template) -> templates.Proposal:
        """The map of a workbook that was read; nothing is written."""
        return templates.proposal(self._session, template)

    def trying(self) -> Callable[[templates.Template], templates.Tried]:
        """What each cell of a workbook that was read would receive, to be found in any thread."""
        document = working_document(self._session, self._pleno.contest)
        return lambda template: templates.trial(template, document)

    @property
    def missing(self) -> list[str]:
        """What stands in the way of final figures."""
        return missing_for_final(self._session, recap(self._session, self._pleno.contest))

    def filling(self, draft: bool) -> Callable[[templates.Template], templates.FilledFile]:
        """A workbook that was read with its figures, to be made in any thread. PlenoError names what is missing."""
        prepared = templates.prepare_fill(self._session, self._pleno.contest, draft)
        return lambda template: templates.fill(prepared, template)

    def isian(self) -> Callable[[object], NewFile]:
        """The isian workbook, to be made in any thread. PlenoError when it is there already."""
        prepared = isian.prepare_isian(self._session, self._pleno.contest)
        return lambda _none: isian.build_isian(prepared)

    def write(self, file: NewFile) -> str:
        """Write a file that was made; returns its path inside the workspace. PlenoError when the medium refuses."""
        return write_new(file).relative_to(self._session.folder).as_posix()

    def show_folder(self, of_results: bool) -> Path:
        """Open templates_xlsx, or data/ekspor, in the file manager. PlenoError where there is none."""
        folder = self._session.folder / (OUTGOING if of_results else TEMPLATES)
        open_folder(folder.absolute())
        return folder
