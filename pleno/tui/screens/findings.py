"""Temuan of one TPS: every open one with its formula, explained or answered from here (`i` on the Meja)."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical

from pleno.domain.entry import Role
from pleno.domain.errors import PlenoError
from pleno.domain.figures import is_salinan
from pleno.domain.rules import Severity
from pleno.tui import marks
from pleno.tui.commands import Command
from pleno.tui.desk_view import DeskFinding, DeskView
from pleno.tui.screens.ask import Ask, AskText, Option
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.text import wrapped
from pleno.tui.widgets.grid import Cell, Column, Grid, GridRow

_REASON = 10


class Resolve(Command["FindingsScreen"]):
    """Jelaskan temuan dengan catatan, atau catat jawaban saksi atas salinan yang keliru."""

    id, keys, footer = "findings.resolve", ("enter",), "jelaskan"

    def reason_disabled(self, screen: FindingsScreen) -> str | None:
        finding = screen.finding
        if finding is None:
            return "Tidak ada temuan di baris ini."
        if finding.rule:
            return None if finding.severity is not Severity.INFO else "Keterangan cukup dilihat."
        return None if is_salinan(finding.source) else "Selisih Sirekap diselesaikan dengan b di Meja."

    async def run(self, screen: FindingsScreen) -> None:
        screen.resolve()


class FindingsScreen(PlenoScreen):
    """Every open finding of the TPS on the table."""

    TITLE = "Temuan"
    PLAIN = "pleno periksa"
    ACTS = (Resolve,)

    view: DeskView

    def __init__(self, tps: str) -> None:
        super().__init__()
        self._tps = tps

    def body(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Grid([Column("mark", "", 4), Column("code", "baris", 12), Column("text", "TEMUAN", 0)])

    def draw(self) -> None:
        self.view = self.pleno.desk(self._tps)
        room = max((self.size.width or 80) - 16, 20)
        rows: list[GridRow] = []
        for place, finding in enumerate(self.view.findings):
            mark = marks.FINDING[finding.severity]
            code = self.view.of(finding.row).row.code
            for line, part in enumerate(wrapped(". ".join(filter(None, (finding.text, finding.told))), room)):
                cells = (Cell(mark.symbol, mark), Cell(code), Cell(part)) if line == 0 else (Cell(), Cell(), Cell(part))
                rows.append(GridRow(f"{place}.{line}", cells, group=str(place)))
        self.grid.show(rows or [GridRow("", (Cell(), Cell(), Cell("Tidak ada temuan terbuka.")))])

    @property
    def finding(self) -> DeskFinding | None:
        """The finding under the cursor."""
        place = self.grid.key.partition(".")[0]
        return self.view.findings[int(place)] if place.isdigit() and int(place) < len(self.view.findings) else None

    def on_grid_moved(self) -> None:
        self.refresh_lines()

    def here(self) -> Sequence[str]:
        finding = self.finding
        return (finding.told or finding.text,) if finding else ()

    def prompt(self) -> str:
        tps = self.view.file.tps
        return f"TPS {tps.number:03} {self.view.desa}   Enter jelaskan, Esc kembali"

    def resolve(self) -> None:
        """Ask who explains, then the words; or the saksi's answer."""
        finding = self.finding
        if finding is None:
            return
        if not finding.rule:
            self._ask_answer(finding)
            return
        members = [one for one in self.pleno.config.officers if one.role in (Role.PPK, Role.KETUA)][:9]
        options = [Option(str(n), one.name, one.id) for n, one in enumerate(members, 1)]

        def chosen(by: str | None) -> None:
            if by:
                self._ask_note(finding, by)

        self.app.push_screen(Ask("Siapa anggota PPK yang menjelaskan?", finding.text, options), chosen)

    def _ask_note(self, finding: DeskFinding, by: str) -> None:
        def written(note: str | None) -> None:
            if note:
                self._do(lambda: self.pleno.explain(self._tps, finding.rule, note, by))

        purpose = f"explain:{self._tps}:{finding.rule}"
        self.app.push_screen(AskText("Penjelasan temuan", finding.text, purpose=purpose, least=_REASON), written)

    def _ask_answer(self, finding: DeskFinding) -> None:
        def written(note: str | None) -> None:
            if note:
                row = self.view.of(finding.row).row
                self._do(lambda: self.pleno.answer(self._tps, row, finding.source, note))

        purpose = f"answer:{self._tps}:{finding.source}:{finding.row}"
        said = f"{finding.text}. Apa jawaban saksi? Salinannya dicatat keliru."
        self.app.push_screen(AskText("Jawaban saksi", said, purpose=purpose, least=_REASON), written)

    def _do(self, act: object) -> None:
        try:
            act()  # type: ignore[operator]  # a plain function without arguments
        except PlenoError as error:
            self.refuse(error)
        else:
            self.tell("Tercatat", self.pleno.saved())
        self.redraw()
