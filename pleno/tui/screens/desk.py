"""F3 Meja TPS: one TPS, row by row, in the order of the paper; the acts on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from pleno.domain.compare import AIDS
from pleno.domain.entry import Entry
from pleno.domain.errors import Unready
from pleno.domain.figures import Figure, Source, source_label
from pleno.domain.pin import PinNeeded
from pleno.domain.rules import Severity
from pleno.domain.witness import Answered
from pleno.service.seal_due import seal_due
from pleno.tui import marks
from pleno.tui.correction_view import Decision, proposals
from pleno.tui.desk_acts import DESK_ACTS
from pleno.tui.desk_lines import copies_words
from pleno.tui.desk_view import DeskView
from pleno.tui.keberatan_gateway import KeberatanGateway
from pleno.tui.keberatan_view import Raised
from pleno.tui.reading_order import place_words
from pleno.tui.row_help import row_lines
from pleno.tui.screens.ask import Ask, AskText, Option
from pleno.tui.screens.copy import Copy, CopyDialog
from pleno.tui.screens.correction import CorrectionDialog
from pleno.tui.screens.desk_entry import REASON, DeskEntry
from pleno.tui.screens.findings import FindingsScreen
from pleno.tui.screens.keberatan_dialog import KeberatanDialog
from pleno.tui.screens.pin import PinDialog, Recognised
from pleno.tui.screens.recount import RecountDialog

if TYPE_CHECKING:
    from pleno.service.pins import Verified

    TakeBack = Callable[[str, str, Verified | None], Entry]

_BEFORE_SAH: Final = "Baca barisnya (= atau ketik), b untuk selisih, i untuk temuan; lalu s lagi."
"""What the keys of the Meja can do about what stands against SAH."""


class DeskScreen(DeskEntry):
    """Where the day is spent."""

    TITLE = "Meja TPS"
    MODE, MODE_KEY = "desk", "f3"
    PLAIN = "pleno banding"
    ACTS = DESK_ACTS

    def here(self) -> Sequence[str]:
        return row_lines(self.view, self.row)

    # --- going about -------------------------------------------------------------------------

    def neighbour(self, by: int) -> None:
        """`[` and `]`: the next TPS in reading order; the ends hold."""
        order = self.pleno.order
        place = order.index(self.tps) + by
        if 0 <= place < len(order):
            self.put_on_table(order[place])
            self.tell(self.name, place_words(self.pleno.files, self.tps))
        else:
            self.tell("Ini TPS terakhir" if by > 0 else "Ini TPS pertama")

    def go_to_difference(self, by: int) -> None:
        """`n` and `N`: the next open difference from the cursor, in this TPS or another."""
        found = self.pleno.difference_from(self.tps, self.grid.key, by)
        if found is None:
            self.tell("Tidak ada selisih terbuka ke arah ini", "", "N sebelumnya." if by > 0 else "n berikutnya.")
        elif found[0] == self.tps:
            self.grid.go_to(found[1])
        else:
            left, behind = self.name, self.view
            self.put_on_table(*found)
            self._tell_moved(left, behind)

    def _tell_moved(self, left: str, behind: DeskView) -> None:
        """That another TPS is on the table now, and what is still to do at the one before."""
        unread, apart = len(behind.file.unread), len(behind.findings)
        still = [f"{unread} baris belum dibaca"] * bool(unread) + [f"{apart} temuan terbuka"] * bool(apart)
        self.tell(f"Pindah ke {self.name}", f"{left} masih {', '.join(still)}." if still else "")

    def show_findings(self) -> None:
        """`i`."""
        self.app.push_screen(FindingsScreen(self.tps))

    # --- acts --------------------------------------------------------------------------------

    def copies_match(self) -> None:
        """`c`."""
        sources = self.pleno.copies.all_match(self.tps)
        self.show_tps()
        away = [source for source, one in self.pleno.copies.answers(self.tps).items() if one is Answered.TIDAK_HADIR]
        absent = f" Tidak hadir: {copies_words(away)}." if away else ""
        self.tell("Salinan sama", f"{copies_words(sources)} dicatat sama dengan plano.{absent}")

    def read_copy(self) -> None:
        """`w`."""
        names = {guest.stands_for: guest.name for guest in self.pleno.guests() if guest.present}
        said = self.pleno.copies.answers(self.tps)

        def named(source: Source) -> str:
            told = said.get(source, Answered.BELUM)
            answer = f": {told}" if told is not Answered.BELUM else ""
            return f"{source_label(source)} {names.get(source.partition(':')[2], '')}".strip() + answer

        def answered(copy: Copy | None) -> None:
            if copy is not None and copy.absent:
                told = f"pemegang salinan {source_label(copy.source)} tidak hadir"
                self.attempt(lambda: self.pleno.copies.absent(self.tps, copy.source), told)
            elif copy is not None:
                told = f"salinan {source_label(copy.source)}: {len(copy.differing)} baris berbeda"
                self.attempt(lambda: self.pleno.copies.one(self.tps, copy.source, copy.differing), told)

        people = [(source, named(source)) for source in self.pleno.copies.present()]
        self.app.push_screen(CopyDialog(self.name, self.tps, self.pleno.contest, people), answered)

    def count_again(self) -> None:
        """`#`."""

        tps, purpose = self.tps, f"recount:why:{self.tps}"

        def counted(figures: dict[str, Figure] | None) -> None:
            if figures:
                title = f"Mengapa {self.name} dihitung ulang?"
                ask = AskText(title, "Tercetak di lembar kejadian khusus:", purpose=purpose, least=REASON)
                self.app.push_screen(ask, lambda why: recorded(figures, why))

        def recorded(figures: dict[str, Figure], why: str | None) -> None:
            if why:
                told = f"Hitung ulang {self.name}: {len(figures)} baris"
                self.attempt(lambda: self.pleno.copies.recount(tps, figures, why), told)

        self.app.push_screen(RecountDialog(self.pleno.file(tps), self.name, self.pleno.copies), counted)

    def settle(self) -> None:
        """`s`: SAH, by the PIN of a PPK member where pleno.toml asks for one."""
        try:
            self._settle()
        except PinNeeded:
            said = "PIN anggota PPK yang mendengarkan pembacaan TPS ini."
            self.app.push_screen(PinDialog(f"Sahkan {self.name}", said, self.pleno.pins.members()), self._settle_by)

    def _settle_by(self, who: Recognised | None) -> None:
        if who is not None:
            self.guarded(lambda: self._settle(who.proof), lambda: self._settle_by(who))
            self.refresh_lines()

    def _settle(self, proof: Verified | None = None) -> None:
        """SAH, then the next TPS that is not."""
        settled = self.name
        try:
            entry = self.pleno.settle(self.tps, proof)
        except Unready as error:
            if self.view.file.unread:
                self.grid.go_to(self.view.first_unread)
            raise Unready(error.title, error.message, _BEFORE_SAH) from error
        following = self.pleno.next_unread(self.tps)
        if following is None:
            self.show_tps()
            told = "seluruh TPS sudah sah."
        else:
            self.put_on_table(following)
            told = f"berikut {self.name}, {place_words(self.pleno.files, self.tps)}"
        due = seal_due(self.pleno.session, [entry])
        self.tell(f"{settled} SAH #{entry.seq}", f"{due}: saatnya segel, F7 lalu s" if due else told)

    def reopen(self) -> None:
        """`r`."""

        def answered(note: str | None) -> None:
            if note:
                self.attempt(lambda: self.pleno.reopen(self.tps, note), f"{self.name} dibuka kembali")

        said = f"{self.name}. Lembar yang sudah terbit menjadi BATAL. Mengapa dibuka?"
        ask = AskText("Buka kembali TPS yang sah", said, purpose=f"reopen:{self.tps}", least=REASON)
        self.app.push_screen(ask, answered)

    def attempt(self, act: Callable[[], object], done: str) -> None:
        """Do what a dialog asked for, and tell how it went."""
        if self.guarded(act, lambda: self.attempt(act, done)):
            self.tell(done, self.pleno.saved())
        self.show_tps()
        self.refresh_lines()

    def correct(self) -> None:
        """`b`: the row in hand, and every other row of this TPS whose Sirekap differs."""
        items = proposals(self.view, self.row, AIDS)

        def decided(decision: Decision | None) -> None:
            if decision is not None:
                self.attempt(lambda: self.pleno.correct(self.tps, decision), decision.told)

        members = self.pleno.confirmers(self.tps)
        self.app.push_screen(CorrectionDialog(self.view, self.row, items, self.pleno.guests(), members), decided)

    def raise_keberatan(self) -> None:
        """`k`: an objection or event of this TPS; `0` in the dialog is NIHIL."""

        def answered(raised: Raised | None) -> None:
            if raised is not None:
                done = "NIHIL dicatat" if raised.kind is None else f"{raised.kind.words.capitalize()} dicatat"
                self.attempt(lambda: gateway.take(raised), f"{self.name} {done}")

        gateway = KeberatanGateway(self.pleno)
        differs = self.row.mark is marks.SELISIH
        self.app.push_screen(KeberatanDialog(gateway, self.tps, self.row.row if differs else None), answered)

    # --- taking back -------------------------------------------------------------------------

    def undo(self) -> None:
        """`z`: shown first, then taken back by a new entry."""
        if self.view.draft is not None and self.view.draft.figures:
            self.tell("Kertas ini masih draf", "belum menjadi entri.", "Ketik ulang barisnya.", Severity.PERINGATAN)
        else:
            self._take_back(self.pleno.last_reading(self.tps), "batalkan", "z", self.pleno.undo)

    def redo(self) -> None:
        """`Z`."""
        self._take_back(self.pleno.last_undone(self.tps), "ulangi", "Z", self.pleno.redo)

    def _take_back(self, entry: Entry | None, verb: str, key: str, act: TakeBack) -> None:
        if entry is None:
            self.tell(f"Tidak ada yang di{verb} di TPS ini")
            return
        said = f"{len(entry.changes)} baris plano oleh {entry.actor.id}. Entri baru menyebut yang lama."
        if len(entry.changes) > 1 and key == "z":
            said += " Satu angka saja yang salah: Esc, lalu ketik ulang di barisnya."

        title, sealed = f"{verb.capitalize()} entri #{entry.seq}?", self.pleno.sealed_since(entry)

        def answered(note: str | None, proof: Verified | None = None) -> None:
            if note is None:
                return
            if sealed and proof is None and (able := self.pleno.pins.agreeing()):
                ask = PinDialog(title, "Sesudah segel: PIN anggota PPK yang menyetujui.", able)
                self.app.push_screen(ask, lambda who: answered(note, who.proof) if who else None)
                return
            self.attempt(lambda: act(self.tps, note, proof), f"Entri #{entry.seq} di{verb}")

        if sealed:
            said += " Sesudah segel perlu alasan, dan PIN anggota PPK yang punya."
            self.app.push_screen(AskText(title, said, purpose=f"undo:{entry.seq}", least=REASON), answered)
        else:
            self.app.push_screen(Ask(title, said, [Option(key, verb, "")]), answered)
