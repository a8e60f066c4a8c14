"""A penghitungan ulang at the table (`#` on the Meja): its own figures, typed row by row."""

from __future__ import annotations

from collections.abc import Mapping

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from pleno.domain.compare import TpsFile
from pleno.domain.errors import PlenoError
from pleno.domain.figures import HITUNG_ULANG, PLANO, Figure, shown
from pleno.tui.copies_gateway import CopiesGateway
from pleno.tui.labels import short_label
from pleno.tui.recount_view import RecountSheet
from pleno.tui.screens.dialog import Dialog
from pleno.tui.text import fit, safe_text, visible, wrapped

_WIDTH = 74
_SHOWN = 9
"""Rows of the paper that stand around the one in hand."""
_LONGEST = 16
"""Characters of what is typed into a row: a code, = and a figure."""
_HOW = "Enter simpan baris, kosong = lewati; panah; va=226 ke baris lain; Tab selesai; Esc batal"


class RecountDialog(Dialog):
    """Keys: figures and Enter down the paper, Tab twice when it is done; ends with canonical row to figure.

    Every key is taken in its order, so that a fast hand on the keypad never joins two figures.
    """

    AUTO_FOCUS = ""

    def __init__(self, file: TpsFile, name: str, copies: CopiesGateway) -> None:
        """`name`: of the TPS, for people; `copies` keeps each figure as it is entered."""
        super().__init__()
        self._file, self._name, self._copies = file, name, copies
        before = file.readings[HITUNG_ULANG].figures if HITUNG_ULANG in file.readings else {}
        self._sheet, self._before = RecountSheet(file.contest, before), dict(before)
        self._typed = ""
        self._sure = False
        """The last key was Tab and showed what will be recorded."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(safe_text(f"HITUNG ULANG  {self._name}", "bold"))
            yield Static("", id="rows", markup=False)
            yield Static("", id="say", markup=False)

    def on_mount(self) -> None:
        self._sheet.counted.update(self._copies.kept_recount(self._file.tps.code))
        row, _bar, self._typed = self.app.kept_text(self._purpose).rpartition("|")
        self._sheet.go(row)
        self._show(_HOW)

    @property
    def _figures(self) -> dict[str, Figure]:
        """What this recount says anew."""
        return {row: figure for row, figure in self._sheet.counted.items() if self._before.get(row) != figure}

    def _show(self, said: str) -> None:
        sheet = self._sheet
        first = min(max(sheet.at - _SHOWN // 2, 0), max(len(sheet.rows) - _SHOWN, 0))
        lines = [self._line(place) for place in range(first, min(first + _SHOWN, len(sheet.rows)))]
        self.query_one("#rows", Static).update(safe_text("").append("\n".join(lines)))
        self.query_one("#say", Static).update(safe_text("").append("\n".join(wrapped(said, _WIDTH)), "bold"))

    def _line(self, place: int) -> str:
        row, here = self._sheet.rows[place], place == self._sheet.at
        label = fit(visible(" ".join(short_label(self._file.contest, row).split())), 32)
        counted = self._sheet.counted.get(row.name)
        again = f"[{self._typed}_]" if here else "-" if counted is None else shown(counted)
        plano = shown(self._file.figure(PLANO, row.name))
        return f"{'>' if here else ' '} {row.code:<8} {label} plano {plano:>4}  ulang {again:>6}"

    @property
    def _purpose(self) -> str:
        return f"recount:{self._file.contest.id}:{self._file.tps.code}"

    def texts(self) -> Mapping[str, str]:
        return {self._purpose: f"{self._sheet.row.name}|{self._typed}" if self._typed else ""}

    def keys(self, event: events.Key) -> None:
        char = event.character or ""
        sure, self._sure = self._sure, False
        if event.key == "escape":
            self.keep_texts()
            self.dismiss(None)
        elif event.key == "backspace":
            self._typed = self._typed[:-1]
            self._show(_HOW)
        elif event.key in ("up", "down"):
            self._typed = ""
            self._sheet.move(-1 if event.key == "up" else 1)
            self._show(_HOW)
        elif event.key == "enter":
            self._take()
        elif event.key == "tab":
            self._finish(sure)
        elif char.isascii() and char.isprintable() and len(self._typed) < _LONGEST:
            self._typed += char
            self._show(_HOW)

    def _take(self) -> bool:
        """What was typed goes into its row and onto the disk; whether it could."""
        at, counted = self._sheet.at, dict(self._sheet.counted)
        try:
            self._sheet.take(self._typed)
            if self._sheet.counted != counted:
                self._copies.keep_recount(self._file.tps.code, self._figures)
        except PlenoError as error:
            self._typed, self._sheet.at, self._sheet.counted = "", at, counted
            self._show(self.told(error))
            return False
        self._typed = ""
        self.keep_texts()
        self._show(_HOW)
        return True

    def _finish(self, sure: bool) -> None:
        """The first Tab says what will be recorded, the second one ends the dialog."""
        if self._typed and not self._take():
            return
        if not self._figures:
            self._show(f"Belum ada angka hitung ulang. {_HOW}")
        elif sure:
            self.dismiss(self._figures)
        else:
            rows = self._file.contest.by_name
            listed = ", ".join(f"{rows[row].code} {shown(figure)}" for row, figure in self._figures.items())
            self._sure = True
            self._show(f"{listed}. Menggantikan angka plano. Tab sekali lagi: lanjut ke alasannya")
