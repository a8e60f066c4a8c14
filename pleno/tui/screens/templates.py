"""Templat Excel (`x` on Segel & ekspor): the workbooks of the office, recognised, tried and filled."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from pleno.domain.errors import PlenoError
from pleno.domain.figures import thousands
from pleno.domain.rules import Severity
from pleno.tui import marks
from pleno.tui.screens.ask import Ask, Option
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.screens.template_pages import MapScreen, TrialScreen
from pleno.tui.screens.working import Done, Step, Working
from pleno.tui.templates_acts import TEMPLATES_ACTS
from pleno.tui.templates_view import known
from pleno.tui.text import safe_text, spread, wrapped
from pleno.tui.widgets.grid import Cell, Column, Grid, GridRow

if TYPE_CHECKING:
    from pleno.service.template_list import Offer
    from pleno.service.templates import FilledFile, Template
    from pleno.tui.templates_gateway import Templates

_COLUMNS: Final = (
    Column("mark", "", 2), Column("name", "buku kerja", 0), Column("map", "peta", 18), Column("known", "dikenali", 24),
)  # fmt: skip
_MOST_REASONS: Final = 6
"""Lines below the table that say why the chosen workbook, or a part of it, is not recognised."""


def show_templates(screen: PlenoScreen) -> None:
    """Read templates_xlsx in a thread and show it. PlenoError for a map with a fault."""
    from pleno.tui.templates_gateway import Templates

    templates = Templates(screen.pleno)
    _list(screen, templates, lambda offers: screen.app.push_screen(TemplatesScreen(templates, offers)))


def _list(screen: PlenoScreen, templates: Templates, then: Callable[[list[Offer]], object]) -> None:
    read = templates.listing()
    step = Step("membaca", lambda _none: read(working.pages), "buku kerja")
    working = work(screen, "TEMPLAT EXCEL", [step], then)


def work(screen: PlenoScreen, title: str, steps: list[Step], then: Callable[[Any], object]) -> Working:
    """Do the steps in a thread, then `then` with what came of them; Esc and refusals are told and leave nothing."""

    def ended(answer: Done | PlenoError | None) -> None:
        if isinstance(answer, PlenoError):
            screen.refuse(answer)
        elif answer is None or answer.stopped:
            screen.tell("Dibatalkan", "tidak ada yang ditulis.")
        else:
            try:
                then(answer.result)
            except PlenoError as error:
                screen.refuse(error)

    working = Working(title, steps)
    screen.app.push_screen(working, ended)
    return working


class TemplatesScreen(PlenoScreen):
    """The workbooks of templates_xlsx, with or without a map, and why some are not recognised."""

    TITLE = "Templat"
    PLAIN = "pleno templat daftar"
    ACTS = TEMPLATES_ACTS
    DEFAULT_CSS = """
    TemplatesScreen #head, TemplatesScreen #why { height: auto; }
    TemplatesScreen Grid { height: 1fr; }
    """

    def __init__(self, templates: Templates, offers: list[Offer]) -> None:
        super().__init__()
        self._templates, self._offers = templates, offers

    def body(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Static("", id="head", markup=False)
            yield Grid(_COLUMNS)
            yield Static("", id="why", markup=False)

    def draw(self) -> None:
        ready = sum(bool(one.sheets) for one in self._offers)
        head = spread("TEMPLAT EXCEL", f"{len(self._offers)} buku kerja, {ready} dikenali", self.size.width or 80)
        self.query_one("#head", Static).update(safe_text(head, "bold"))
        empty = GridRow("", (Cell(), Cell("templates_xlsx masih kosong."), Cell(), Cell()))
        self.grid.show([_row(one) for one in self._offers] or [empty])
        self._show_why()

    def _show_why(self) -> None:
        said = list(self._reasons(max((self.size.width or 80) - 2, 20)))
        more = [f"   dan {len(said) - _MOST_REASONS} baris lagi: u"] if len(said) > _MOST_REASONS else []
        self.query_one("#why", Static).update(safe_text("").append("\n".join([*said[:_MOST_REASONS], *more])))

    def _reasons(self, cells: int) -> list[str]:
        if self.offer is None:
            advice = "Taruh buku kerja kantor (.xlsx) di sana: o membuka foldernya, r membacanya lagi."
            return [f" {line}" for line in wrapped(f"{advice} b membuat buku kerja isian.", cells)]
        told = (f"{one.place}: {one.message}" for one in self.offer.remarks)
        return [f" {line}" for text in told for line in wrapped(text, cells)]

    @property
    def offer(self) -> Offer | None:
        """The workbook under the cursor."""
        return next((one for one in self._offers if str(one.path) == self.grid.key), None)

    def prompt(self) -> str:
        offer = self.offer
        if offer is None:
            return "o buka folder, b buat isian, Esc kembali"
        acts = "u uji, i isi" if offer.sheets else "k usulkan petanya, u mengapa"
        return f"{offer.name}: {acts}"

    def on_grid_moved(self) -> None:
        self._show_why()
        self.refresh_lines()

    # --- the workbook under the cursor -------------------------------------------------------

    def recognise(self) -> None:
        """Propose a map and show it."""
        offer = self._chosen

        def read(template: Template) -> None:
            proposal = self._templates.propose(template)
            self.app.push_screen(MapScreen(self._templates, proposal, offer.name, written))

        def written(path: str) -> None:
            # In this screen's own turn: what the page of the map began would end with that page.
            self.call_next(self.read_again, lambda: self.tell("Peta ditulis", path, "u menguji buku kerja ini."))

        work(self, "KENALI", [self._reading(offer)], read)

    def try_it(self) -> None:
        """Show what each cell would receive."""
        trying = self._templates.trying()
        steps = [self._reading(self._chosen), Step("menghitung isi setiap sel", trying)]
        work(self, "UJI", steps, lambda tried: self.app.push_screen(TrialScreen(tried)))

    def ask_fill(self) -> None:
        """Which figures."""
        missing, options = self._templates.missing, [Option("k", "konsep, angka sementara", "k")]
        why = f" Final belum dapat: {'; '.join(missing)}." if missing else ""
        if not missing:
            options.append(Option("f", "final, angka yang ditetapkan", "f"))

        def answered(answer: str | None) -> None:
            if answer is not None:
                try:
                    self._fill(draft=answer == "k")
                except PlenoError as error:
                    self.refuse(error)

        text = f"Salinan {self._chosen.name} ditulis ke data/ekspor; buku kerjanya sendiri tidak berubah.{why}"
        self.app.push_screen(Ask("ISI TEMPLAT", text, options), answered)

    def _fill(self, draft: bool) -> None:
        filling = self._templates.filling(draft)

        def filled(made: FilledFile) -> None:
            path = self._templates.write(made.file)
            counts = f"{thousands(made.typed)} angka diisi, {thousands(made.reckoned)} rumus cocok ({made.status})"
            self.tell("Templat terisi", f"{counts}: {path}", "O membuka foldernya.")

        work(self, "ISI", [self._reading(self._chosen), Step("mengisi sel, menghitung ulang rumus", filling)], filled)

    @property
    def _chosen(self) -> Offer:
        assert self.offer is not None
        return self.offer

    def _reading(self, offer: Offer) -> Step:
        return Step("membaca buku kerja", self._templates.reading(offer.path))

    # --- the folder --------------------------------------------------------------------------

    def make_isian(self) -> None:
        """Make the isian workbook of the contest that is shown."""

        def made(file: Any) -> None:
            path = self._templates.write(file)
            self.read_again(lambda: self.tell("Isian ditulis", path, "Sesudah diketik: i di Beranda, sebagai plano."))

        work(self, "BUKU KERJA ISIAN", [Step("menulis lembar setiap desa", self._templates.isian())], made)

    def show_folder(self, of_results: bool) -> None:
        """Open the folder of the workbooks, or of what was filled. PlenoError where nothing can show it."""
        self.tell("Folder dibuka", str(self._templates.show_folder(of_results)))

    def read_again(self, then: Callable[[], None] | None = None) -> None:
        """Read the folder once more; `then` tells what was done."""

        def read(offers: list[Offer]) -> None:
            self._offers = offers
            self.redraw()
            if then is not None:
                then()

        _list(self, self._templates, read)


def _row(one: Offer) -> GridRow:
    mark = None if one.sheets else marks.FINDING[Severity.PERINGATAN]
    cells = (Cell("v" if one.sheets else "!", mark), Cell(one.name), Cell(one.map_name or "-"), Cell(known(one), mark))
    return GridRow(str(one.path), cells)
