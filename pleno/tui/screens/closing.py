"""F7 Segel & ekspor: the closing list, the newest seal, its copies, and the sets that were written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from pleno.domain.errors import PlenoError
from pleno.domain.figures import thousands
from pleno.domain.rules import Severity
from pleno.tui.closing_acts import CLOSING_ACTS
from pleno.tui.closing_lines import COLUMNS, SET, closing_rows, seal_lines
from pleno.tui.closing_view import ClosingView, SetView, Task
from pleno.tui.screens.ask import Ask, Option
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.screens.irrevocable import Irrevocable
from pleno.tui.screens.page_signing import ask_page_sign
from pleno.tui.screens.sealing import SealDialog
from pleno.tui.screens.set_files import SetFilesScreen
from pleno.tui.screens.verification import VerificationScreen
from pleno.tui.screens.working import Done, Step, Working
from pleno.tui.text import cut, listed, safe_text, spread, visible
from pleno.tui.widgets.grid import Grid

if TYPE_CHECKING:
    from pleno.tui.closing_gateway import Closing

_SHEETS: Final = (
    Option("1", "lembar selisih, untuk saksi", "selisih"),
    Option("2", "daftar kerja Sirekap", "sirekap"),
    Option("3", "register pembetulan", "pembetulan"),
)
_VOIDED: Final = "BATAL"
"""Status of a set that no longer counts."""
_NAMES: Final = 90
"""Cells for the names of the PDFs of a set in its message."""


class ClosingScreen(PlenoScreen):
    """What is still missing, and the acts that end the day."""

    TITLE = "Segel & ekspor"
    MODE, MODE_KEY = "closing", "f7"
    PLAIN = "pleno segel"
    ACTS = CLOSING_ACTS
    DEFAULT_CSS = """
    ClosingScreen #head, ClosingScreen #seal, ClosingScreen #final { height: auto; }
    ClosingScreen Grid { height: 1fr; }
    """

    view: ClosingView | None = None
    _end: Closing | None = None

    @property
    def closing(self) -> Closing:
        """The acts of this screen; made when the workspace is open."""
        if self._end is None:
            from pleno.tui.closing_gateway import Closing

            self._end = Closing(self.pleno)
        return self._end

    def body(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Static("", id="head", markup=False)
            yield Static("", id="seal", markup=False)
            yield Grid(COLUMNS)
            yield Static("", id="final", markup=False)

    def draw(self) -> None:
        self.view = view = self.closing.view()
        cells = self.size.width or 80
        head = spread("SEGEL & EKSPOR", f"{len(view.sets)} set ditulis   rapat {view.meeting}", cells)
        self.query_one("#head", Static).update(safe_text(head, "bold"))
        seal = "\n".join(cut(visible(line), cells) for line in seal_lines(view.seal))
        self.query_one("#seal", Static).update(safe_text("").append(seal))
        self.grid.show(closing_rows(view))
        final = f" EKSPOR FINAL belum dapat: {'; '.join(view.missing)}" if view.missing else " EKSPOR FINAL dapat: E"
        self.query_one("#final", Static).update(safe_text(final, "bold"))

    def prompt(self) -> str:
        task = self.line
        if self.chosen_set is not None:
            return f"set {self.chosen_set.number:02}: Enter berkas-berkasnya"
        if task is None:
            places = self.view.copies.places if self.view else ()
            faults = [one.fault for one in places if one.folder == self.grid.key and one.fault]
            return faults[0] if faults else "s segel, e ekspor konsep, p verifikasi"
        if task.done:
            return f"{task.words}: selesai"
        return f"{task.words}: {f'selesaikan di {task.key}' if self.mode_of(task) else f'tekan {task.key}'}"

    def on_grid_moved(self) -> None:
        self.refresh_lines()

    @property
    def line(self) -> Task | None:
        """The line of the closing list under the cursor."""
        key = self.grid.key
        return next((task for task in (self.view.tasks if self.view else ()) if task.words == key), None)

    @property
    def chosen_set(self) -> SetView | None:
        """The set under the cursor."""
        key = self.grid.key
        return next((one for one in (self.view.sets if self.view else ()) if f"{SET}{one.number}" == key), None)

    @property
    def determined(self) -> bool:
        """Whether there is a set to sign."""
        return self.closing.determined is not None

    def mode_of(self, task: Task) -> str:
        """The mode whose screen solves a line; empty where it is solved here."""
        key = task.key.lower()
        return next((one.mode for one in self.app.common_acts if key in one.keys and hasattr(one, "mode")), "")

    # --- the seal and its copies -------------------------------------------------------------

    def make_seal(self, read_back: bool = False) -> None:
        """The dialog of the seal; copies of the database follow a new one."""

        def ended(said: str | None) -> None:
            self.redraw()
            if said and not read_back:
                self.copy_database(said)
            elif said:
                self.tell("Segel", said)

        self.app.push_screen(SealDialog(self.closing, self.closing.view(), read_back), ended)

    def copy_database(self, told: str = "") -> None:
        """Copy the database to its places, each copy judged; `told` is said before, whatever becomes of them."""
        copies = self.closing.copies
        try:
            prepared = copies.prepare()
        except PlenoError as error:
            self.tell("Salinan gagal", f"{told} {error.message}".strip(), error.advice, Severity.PERINGATAN)
            return

        def ended(answer: Done | PlenoError | None) -> None:
            assert isinstance(answer, Done)
            self._guarded(lambda: self._copied(told, copies.remember(prepared, answer.result), len(answer.result)))

        step = Step("menulis dan memeriksa setiap salinan", lambda _none: copies.write(prepared))
        self.app.push_screen(Working(f"SALINAN CADANGAN {prepared.name}", [step], to_the_end=True), ended)

    def _copied(self, told: str, faults: list[str], places: int) -> None:
        self.redraw()
        if faults:
            said = f"{told} {' '.join(faults)}".strip()
            good = f"{places - len(faults)} dari {places} salinan utuh."
            self.tell("Salinan belum lengkap", f"{said} {good}", "Pasang stiknya, lalu c.", Severity.PERINGATAN)
        else:
            self.tell("Salinan", f"{told} {places} salinan ditulis, dibaca ulang dan utuh.".strip())

    # --- sets and sheets ---------------------------------------------------------------------

    def export_final(self) -> None:
        """Ask for the final set."""
        assert self.view is not None
        view = self.view
        said = (
            f"Set DITETAPKAN dari {view.tps} TPS, {thousands(view.votes)} suara sah, entri 1 sampai {view.entries}. "
            "Tidak dapat ditarik kembali: TPS yang sesudahnya dibuka kembali membuat set ini BATAL."
        )

        def answered(sure: bool | None) -> None:
            if sure:
                ask_page_sign(self, lambda sign: self._guarded(lambda: self.export(draft=False, sign=sign)))

        self.app.push_screen(Irrevocable("EKSPOR FINAL", said, view.kecamatan, "E", "ekspor final"), answered)

    def export(self, draft: bool, sign: Any = None) -> None:
        """Write a set in a thread; it counts once its entry is written here. `sign` signs the codes of its pages."""
        closing, prepared = self.closing, self.closing.prepare(draft)._replace(sign=sign)

        def ended(answer: Done | PlenoError | None) -> None:
            if isinstance(answer, PlenoError):
                self.refuse(answer)
            elif answer is not None and answer.stopped:
                if answer.result is not None:
                    closing.discard(answer.result)
                self.tell("Ekspor dibatalkan", "tidak ada yang tercatat.")
            elif answer is not None:
                self._guarded(lambda: self._written(prepared, answer.result))
            self.redraw()
            if answer is not None and self.view is not None and self.view.sets:
                self.grid.go_to(f"{SET}{self.view.sets[0].number}")

        step = Step("menulis lembar dan data, lalu membaca ulang", lambda _none: closing.write(prepared, working.pages))
        working = Working(f"EKSPOR {prepared.document.status}", [step])
        self.app.push_screen(working, ended)

    def _written(self, prepared: Any, written: Any) -> None:
        made = self.closing.remember(prepared, written)
        where = made.folder.relative_to(self.pleno.session.folder).as_posix()
        printed = [name for name in made.files if name.endswith(".pdf")]
        signed = ", kode QR bertanda tangan ketua" if prepared.sign is not None else ""
        pdfs = f"; cetak {listed(printed, 'PDF', _NAMES)}" if printed else ""
        self.tell(
            "Ekspor selesai",
            f"set {made.number:02} {made.status}, {len(made.files)} berkas dibaca ulang{signed}: {where}{pdfs}",
        )

    def ask_sheet(self) -> None:
        """Which working sheet."""

        one, options = self.chosen_set, list(_SHEETS)
        if one is not None and one.status == _VOIDED:
            options.append(Option("4", f"set {one.number:02}, BATAL di setiap halaman", _VOIDED))

        def answered(kind: str | None) -> None:
            if kind == _VOIDED and one is not None:
                self._guarded(lambda: self.print_voided(one.number))
            elif kind is not None:
                self._guarded(lambda: self.print_sheet(kind))

        text = "Boleh kapan saja; tidak ada angka yang berubah. PDF dan csv di data/ekspor."
        self.app.push_screen(Ask("LEMBAR KERJA", text, options), answered)

    def print_sheet(self, kind: str) -> None:
        """Write a working sheet in a thread and tell its files."""
        closing, prepared = self.closing, self.closing.prepare_sheet(kind)

        def ended(answer: Done | PlenoError | None) -> None:
            if isinstance(answer, PlenoError):
                self.refuse(answer)
            elif answer is not None:
                pdf, csv = answer.result
                where = pdf.parent.relative_to(self.pleno.session.folder).as_posix()
                self.tell(f"Lembar {kind}", f"{where}: {pdf.name} dan {csv.name}")

        step = Step("menulis PDF dan csv", lambda _none: closing.write_sheet(prepared))
        self.app.push_screen(Working(f"LEMBAR {kind.upper()}", [step], to_the_end=True), ended)

    def print_voided(self, number: int) -> None:
        """Write the sheets of a set that is BATAL once more, under that word, in a thread."""
        closing, prepared = self.closing, self.closing.prepare_voided(number)

        def ended(answer: Done | PlenoError | None) -> None:
            if isinstance(answer, PlenoError):
                self.refuse(answer)
            elif answer is not None:
                path = answer.result.relative_to(self.pleno.session.folder).as_posix()
                self.tell(f"Lembar BATAL set {number:02}", path)

        step = Step("menulis PDF", lambda _none: closing.write_voided(prepared))
        self.app.push_screen(Working("LEMBAR BATAL", [step], to_the_end=True), ended)

    # --- looking -----------------------------------------------------------------------------

    def open_line(self) -> None:
        """Where the line under the cursor leads."""
        if self.chosen_set is not None:
            self.app.push_screen(SetFilesScreen(self.chosen_set, self.closing.files(self.chosen_set.folder)))
        elif self.line is not None:
            self.app.go_to(self.mode_of(self.line))

    def open_templates(self) -> None:
        """The workbooks of templates_xlsx."""
        from pleno.tui.screens.templates import show_templates  # loads what reads workbooks, which a seal does not need

        show_templates(self)

    def open_keys(self) -> None:
        """Who has a signing key."""
        from pleno.tui.screens.keys import KeysScreen  # loads the keys, which a seal does not need

        self.app.push_screen(KeysScreen())

    def open_signing(self) -> None:
        """Who signed the newest determined set."""
        from pleno.tui.screens.signing import SigningScreen  # loads the keys, which a seal does not need

        sheet = self.closing.determined
        assert sheet is not None
        self.app.push_screen(SigningScreen(self.pleno, sheet))

    def verify(self) -> None:
        """Check the workspace and its sets in a thread."""
        check = self.closing.verification()

        def ended(answer: Done | PlenoError | None) -> None:
            if isinstance(answer, PlenoError):
                self.refuse(answer)
            elif answer is not None and not answer.stopped:
                self.app.push_screen(VerificationScreen(answer.result))

        self.app.push_screen(Working("VERIFIKASI", [Step("mengulang jejak dan membaca set", lambda _: check())]), ended)

    def _guarded(self, act: Any) -> None:
        try:
            act()
        except PlenoError as error:
            self.refuse(error)
