"""Line mode, reading a paper: one row, one question, one line typed; nothing is drawn (UX.md section 7)."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from pleno.cli.output import say, visible
from pleno.domain.errors import PlenoError
from pleno.domain.figures import KOSONG, Figure, shown, source_label
from pleno.domain.state import Person
from pleno.tui.jump import row_of_code

if TYPE_CHECKING:
    from pleno.tui.desk_view import DeskRow, DeskView
    from pleno.tui.gateway import Pleno

LONGEST: Final = 1000
"""Characters of one line; a longer one is not taken."""
REASON: Final = 10
"""Characters of a reason."""
_FIGURE: Final = re.compile("[0-9]{1,6}")


def ask(question: str) -> str:
    """One typed line, without the spaces around it; one that is too long is asked anew, never cut.

    EOFError where nobody types any more.
    """
    while True:
        sys.stdout.write(visible(question))
        sys.stdout.flush()
        line = sys.stdin.readline(LONGEST)
        if not line:
            raise EOFError
        if line.endswith("\n") or len(line) < LONGEST:
            return line.strip()
        while (rest := sys.stdin.readline(LONGEST)) and not rest.endswith("\n"):
            pass
        say(f"Baris itu lebih dari {LONGEST} huruf dan tidak diambil. Ketik ulang.")


def ask_reason(question: str) -> str:
    """A reason in words; empty where the person leaves it."""
    while True:
        typed = ask(f"{question} (paling sedikit {REASON} huruf; kosong = batal): ")
        if not typed or len(typed) >= REASON:
            return typed
        say(f"Baru {len(typed)} huruf.")


def ask_number(question: str, most: int) -> int | None:
    """A number from 1 to `most`, asked until it is one; None where the person leaves it."""
    while typed := ask(f"{question} (nomor; kosong = batal): "):
        if typed.isascii() and typed.isdigit() and 0 < int(typed) <= most:
            return int(typed)
        say(f'"{typed}" bukan nomor di daftar itu: 1 sampai {most}.')
    return None


def pick(question: str, names: Sequence[str]) -> int | None:
    """The place of one of some names, by its number; None where the person leaves it."""
    for number, name in enumerate(names, 1):
        say(f"{number}. {name}")
    chosen = ask_number(question, len(names))
    return None if chosen is None else chosen - 1


def choose(question: str, people: Sequence[Person]) -> Person | None:
    """One of some people by number; None where the person leaves it."""
    place = pick(question, [one.name for one in people])
    return None if place is None else people[place]


class PlainRows:
    """The paper on the table, row by row; figures go through the same draft as on the Meja."""

    def __init__(self, pleno: Pleno) -> None:
        self.pleno = pleno
        self.tps = ""
        """Code of the TPS on the table; empty = none."""
        self.row = ""
        """Canonical name of the row that is asked; empty while a word is."""

    @property
    def view(self) -> DeskView:
        return self.pleno.desk(self.tps)

    @property
    def place(self) -> str:
        """ "TPS 008 PULAU HARAPAN"."""
        return self.pleno.session.tps_name(self.pleno.session.roster[self.tps])

    def put_on_table(self, tps: str, row: str = "") -> None:
        """Ask the rows of a TPS from its first unread one, or from `row`."""
        self.tps = tps
        view = self.view
        if view.file.settlement is not None:
            self.row = ""
            say(f"{self.place} sudah SAH.")
            return
        self.row = row or view.first_unread
        say(f"{self.place}: {view.read} dari {view.asked} baris dibaca.")

    def question(self) -> str:
        """The row in hand and what is known of it: "IV.01 01 Hasan - Lina, Sirekap 82: "."""
        row = self.view.of(self.row)
        known = [f"{row.row.code} {' '.join(row.label.split())}"]
        if not row.hidden:
            known += [f"Sirekap {shown(row.sirekap)}"] * (row.sirekap is not None)
            known += [f"{source_label(source)} {shown(figure)}" for source, figure in row.copies if figure is not None]
        if row.plano is not None and not (row.hidden and row.waiting):
            known.append(f"{'berkas plano' if row.waiting else 'sudah dibaca'} {shown(row.plano)}")
        return f"{', '.join(known)}: "

    def take(self, typed: str) -> bool:
        """Do what was typed at a row; False where it is no entry but a word."""
        row = self.view.of(self.row)
        if not typed:
            self.step(1)
        elif typed == "-":
            self.step(-1)
        elif typed[0] in ".,":
            self.row = row_of_code(self.pleno.contest, typed[1:]).name
        elif typed in ("=", "+"):
            self._accept(row)
        elif typed in ("x", "*"):
            self._keep(row, KOSONG)
        elif _FIGURE.fullmatch(typed):
            self._keep(row, int(typed))
        else:
            return False
        return True

    def step(self, by: int) -> None:
        """The next row that is asked; the ends hold."""
        rows = [row.row.name for row in self.view.rows if row.asked]
        place = rows.index(self.row) + by if self.row in rows else 0
        self.row = rows[min(max(place, 0), len(rows) - 1)]

    def _accept(self, row: DeskRow) -> None:
        if row.hidden:
            raise PlenoError("Angka lain tertutup", "Setelan tanpa_lihat berlaku.", "Ketik angka dari plano.")
        figure, _origin = self.pleno.offered(self.tps, row.row.name)
        self._write(row, figure, lambda note: self.pleno.accept(self.tps, row.row, note))

    def _keep(self, row: DeskRow, figure: Figure) -> None:
        self._write(row, figure, lambda note: self.pleno.keep(self.tps, row.row, figure, note))

    def _write(self, row: DeskRow, figure: Figure, act: Callable[[str], None]) -> None:
        """Keep one figure durably; one that an entry holds changes only with a reason."""
        note = ""
        before = self.pleno.changes_read_figure(self.tps, row.row.name, figure)
        if before is not None:
            note = ask_reason(f"{row.row.code} dari {shown(before)} menjadi {shown(figure)}. Mengapa")
            if not note:
                say("Tidak berubah.")
                return
        act(note)
        if self.pleno.file(self.tps).unread:
            self.step(1)
            return
        self.finish()

    def finish(self) -> None:
        """Make what was typed one entry, and say what is open."""
        entry = self.pleno.finish(self.tps)
        self.row = ""
        if entry is not None:
            say(f"{self.place} tersimpan {self.pleno.last_entry()}.")
        self.tell_findings()

    def tell_findings(self) -> None:
        """What stands open at this TPS."""
        findings = self.view.findings
        say(f"{self.place}: {len(findings)} temuan terbuka." if findings else f"{self.place}: tidak ada temuan.")
        for number, finding in enumerate(findings, 1):
            say(f"{number}. {self.view.of(finding.row).row.code} {finding.severity}: {finding.told or finding.text}")
