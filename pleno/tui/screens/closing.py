"""F7 Segel & ekspor: the closing list, the newest seal, and the sets that were written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from pleno.domain.errors import PlenoError
from pleno.domain.figures import thousands
from pleno.domain.rules import Severity
from pleno.tui import marks
from pleno.tui.closing_view import ClosingView, SealView, SetView, Task
from pleno.tui.commands import Command
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.screens.final_export import FinalExport
from pleno.tui.screens.sealing import SealDialog
from pleno.tui.screens.verification import VerificationScreen
from pleno.tui.screens.working import Done, Step, Working
from pleno.tui.text import cut, safe_text, spread, visible
from pleno.tui.widgets.grid import Cell, Column, Grid, GridRow

if TYPE_CHECKING:
    from pleno.tui.closing_gateway import Closing

_COLUMNS = (
    Column("mark", "", 3),
    Column("text", "PENUTUPAN", 0),
    Column("count", "", 19, right=True),
    Column("key", "", 4, right=True),
)
_SET = "ekspor:"


class MakeSeal(Command["ClosingScreen"]):
    """Segel: seorang saksi menyebut angka, dua kata ditulis di kertas, kata kedua dibaca ulang."""

    id, keys, footer = "closing.seal", ("s",), "segel"

    async def run(self, screen: ClosingScreen) -> None:
        screen.make_seal()


class ReadBack(Command["ClosingScreen"]):
    """Baca ulang kata kedua segel terakhir dari kertas."""

    id, keys, footer = "closing.read_back", ("w",), "baca ulang"

    def reason_disabled(self, screen: ClosingScreen) -> str | None:
        seal = screen.view.seal if screen.view else None
        if seal is None:
            return "Belum ada segel; s membuatnya."
        return f"Segel {seal.number:02} sudah dibaca ulang." if seal.read_back else None

    async def run(self, screen: ClosingScreen) -> None:
        screen.make_seal(read_back=True)


class ExportDraft(Command["ClosingScreen"]):
    """Ekspor konsep: set rekap dengan angka sementara, boleh kapan saja."""

    id, keys, footer = "closing.export_draft", ("e",), "konsep"

    async def run(self, screen: ClosingScreen) -> None:
        screen.export(draft=True)


class ExportFinal(Command["ClosingScreen"]):
    """Ekspor final: set yang ditetapkan, sesudah semua TPS sah dan disegel."""

    id, keys, footer = "closing.export_final", ("E",), "final"

    def reason_disabled(self, screen: ClosingScreen) -> str | None:
        missing = screen.view.missing if screen.view else ()
        return f"{'; '.join(missing)}." if missing else None

    async def run(self, screen: ClosingScreen) -> None:
        screen.export_final()


class Verify(Command["ClosingScreen"]):
    """Verifikasi: ruang kerja ini dan set-setnya diperiksa utuh atau tidak."""

    id, keys, footer = "closing.verify", ("p",), "verifikasi"

    async def run(self, screen: ClosingScreen) -> None:
        screen.verify()


class OpenTask(Command["ClosingScreen"]):
    """Ke layar tempat baris daftar ini diselesaikan."""

    id, keys, footer = "closing.open", ("enter",), "buka"

    def reason_disabled(self, screen: ClosingScreen) -> str | None:
        task = screen.line
        if task is None:
            return "Baris ini tidak mempunyai layar sendiri."
        return None if screen.mode_of(task) else f"{task.words}: dikerjakan di layar ini." if task.key else task.words

    async def run(self, screen: ClosingScreen) -> None:
        if screen.line is not None:
            screen.app.go_to(screen.mode_of(screen.line))


class ClosingScreen(PlenoScreen):
    """What is still missing, and the acts that end the day."""

    TITLE = "Segel & ekspor"
    MODE, MODE_KEY = "closing", "f7"
    PLAIN = "pleno segel"
    ACTS = (MakeSeal, ExportDraft, ExportFinal, Verify, ReadBack, OpenTask)
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
            yield Grid(_COLUMNS)
            yield Static("", id="final", markup=False)

    def draw(self) -> None:
        self.view = view = self.closing.view()
        cells = self.size.width or 80
        head = spread("SEGEL & EKSPOR", f"{len(view.sets)} set ditulis   rapat {view.meeting}", cells)
        self.query_one("#head", Static).update(safe_text(head, "bold"))
        seal = "\n".join(cut(visible(line), cells) for line in _seal_lines(view.seal))
        self.query_one("#seal", Static).update(safe_text("").append(seal))
        self.grid.show(_rows(view))
        final = f" EKSPOR FINAL belum dapat: {'; '.join(view.missing)}" if view.missing else " EKSPOR FINAL dapat: E"
        self.query_one("#final", Static).update(safe_text(final, "bold"))

    def prompt(self) -> str:
        task = self.line
        if task is None:
            return "s segel, e ekspor konsep, p verifikasi"
        if task.done:
            return f"{task.words}: selesai"
        where = {"s": "tekan s", "w": "tekan w", "": "`pleno buka`"}.get(task.key, f"selesaikan di {task.key}")
        return f"{task.words}: {where}"

    def on_grid_moved(self) -> None:
        self.refresh_lines()

    @property
    def line(self) -> Task | None:
        """The line of the closing list under the cursor."""
        key = self.grid.key
        return next((task for task in (self.view.tasks if self.view else ()) if task.words == key), None)

    def mode_of(self, task: Task) -> str:
        """The mode whose screen solves a line; empty where it is solved here or elsewhere."""
        key = task.key.lower()
        return next((one.mode for one in self.app.common_acts if key in one.keys and hasattr(one, "mode")), "")

    # --- acts --------------------------------------------------------------------------------

    def make_seal(self, read_back: bool = False) -> None:
        """The dialog of the seal."""
        assert self.view is not None

        def ended(said: str | None) -> None:
            self.redraw()
            if said:
                self.tell("Segel", said)

        self.app.push_screen(SealDialog(self.closing, self.closing.view(), read_back), ended)

    def export_final(self) -> None:
        """Ask for the final set."""
        assert self.view is not None

        def answered(sure: bool | None) -> None:
            if sure:
                self._guarded(lambda: self.export(draft=False))

        self.app.push_screen(FinalExport(self.view), answered)

    def export(self, draft: bool) -> None:
        """Write a set in a thread; it counts once its entry is written here."""
        closing, prepared = self.closing, self.closing.prepare(draft)

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

        step = Step("menulis lembar dan data, lalu membaca ulang", lambda _none: closing.write(prepared, working.pages))
        working = Working(f"EKSPOR {prepared.document.status}", [step])
        self.app.push_screen(working, ended)

    def _written(self, prepared: Any, written: Any) -> None:
        made = self.closing.remember(prepared, written)
        where = made.folder.relative_to(self.pleno.session.folder)
        self.tell(
            "Ekspor selesai", f"set {made.number:02} {made.status}, {len(made.files)} berkas dibaca ulang: {where}"
        )

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


def _seal_lines(seal: SealView | None) -> list[str]:
    if seal is None:
        return [" SEGEL      belum ada; s membuatnya"]
    first, second = seal.words.split("-")
    words = f"{first} - {second}" if seal.read_back else f"{first} - ........   w: kata kedua dibaca dari kertas"
    return [
        f" SEGEL {seal.number:02}   entri {seal.seq}   {seal.at}   {seal.after} entri sesudahnya",
        f"            {words}",
    ]


def _rows(view: ClosingView) -> list[GridRow]:
    rows = [_task_row(task) for task in view.tasks]
    votes = f"{thousands(view.votes)} suara"
    rows.append(GridRow("sah", (Cell(""), Cell(f"suara di {view.settled} TPS yang sah"), Cell(votes), Cell("F6"))))
    if view.sets:
        rows.append(GridRow("sets", (Cell(""), Cell("SET REKAP"), Cell("sidik manifes"), Cell("")), group=_SET))
    return [*rows, *map(_set_row, view.sets)]


def _task_row(task: Task) -> GridRow:
    mark = None if task.done else marks.SELISIH
    cells = (Cell("[v]" if task.done else "[ ]", mark), Cell(task.words), Cell(task.amount), Cell(task.key))
    return GridRow(task.words, cells)


def _set_row(one: SetView) -> GridRow:
    gone = "" if one.here else "  (tidak ada di sini)"
    cancelled = one.status == "BATAL"
    cells = (
        Cell(f"{one.number:02}"),
        Cell(f"{one.status}{' perlu cetak ulang' * cancelled}  {one.folder}{gone}"),
        Cell(one.fingerprint),
        Cell(""),
    )
    return GridRow(f"{_SET}{one.number}", cells, marks.FINDING[Severity.KERAS] if cancelled else None, group=_SET)
