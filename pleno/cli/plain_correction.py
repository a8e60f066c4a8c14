"""Line mode, settling what a paper leaves open: pembetulan and explanations, with the person who answers for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pleno.cli.output import say
from pleno.cli.pins import ask_pin
from pleno.cli.plain_rows import PlainRows, ask, ask_number, ask_reason, choose
from pleno.domain.compare import AIDS
from pleno.domain.entry import Reason, Role
from pleno.domain.errors import PlenoError
from pleno.domain.figures import KOSONG, shown

if TYPE_CHECKING:
    from pleno.domain.state import Person
    from pleno.service.pins import Verified
    from pleno.tui.correction_view import Proposal


class PlainCorrection(PlainRows):
    """The words with which a difference or a finding is settled."""

    def correct(self, rest: str) -> None:
        """pembetulan selisih TPS ini dengan alasan dan persetujuan; dengan kode hanya baris itu"""
        from pleno.tui.correction_view import Decision, proposals, why_not
        from pleno.tui.jump import row_of_code

        self.require_tps()
        view = self.view
        wanted = row_of_code(self.pleno.contest, rest).name if rest else self.row or view.first_unread
        if reason := why_not(view, view.of(wanted)):
            raise PlenoError("Belum dapat dibetulkan", reason, "Baca barisnya dulu: = atau angkanya.")
        items = proposals(view, view.of(wanted), AIDS)
        items = [one for one in items if one.row.row.name == wanted] or items if rest else items
        if not all(map(self._decide, items)):
            say("Pembetulan dibatalkan.")
            return
        confirmer = choose("Disetujui anggota PPK", self.pleno.confirmers(self.tps))
        proof = self.proof(confirmer) if confirmer is not None else None
        decision = Decision(tuple(items), confirmer.id if confirmer is not None else None, proof)
        self.pleno.correct(self.tps, decision)
        say(f"{decision.told}, {self.pleno.saved()}.")

    def _decide(self, item: Proposal) -> bool:
        """Ask what one pembetulan still needs; whether the person goes on."""
        from pleno.tui.correction_view import REASONS, aloud, effect

        if item.after is None:
            typed = ask(f"{item.row.row.code} tertulis {shown(item.before)}, seharusnya (angka; kosong = batal): ")
            if typed == "x":
                item.after = KOSONG
            elif typed.isascii() and typed.isdigit() and len(typed) <= 6:
                item.after = int(typed)
            else:
                return False
        say(aloud(self.view, item), effect(item))
        for number, reason in enumerate(REASONS, 1):
            say(f"{number}. {reason.words}")
        chosen = ask_number("Alasan", len(REASONS))
        if chosen is None:
            return False
        item.reason = REASONS[chosen - 1]
        if item.reason is not Reason.SALAH_BACA_SIREKAP:
            item.note = ask_reason("Catatan")
        return item.reason is Reason.SALAH_BACA_SIREKAP or bool(item.note)

    def explain(self, rest: str) -> None:
        """jelaskan temuan TPS ini, misalnya: jelaskan R24"""
        self.require_tps()
        members = [one for one in self.pleno.config.officers if one.role in (Role.PPK, Role.KETUA)]
        who = choose(f"Siapa anggota PPK yang menjelaskan {rest}?", members)
        note = ask_reason("Penjelasan") if who is not None else ""
        if who is None or not note:
            say("Tidak dijelaskan.")
            return
        self.pleno.explain(self.tps, rest.upper(), note, who.id)
        say(f"Dijelaskan, {self.pleno.saved()}.")

    # --- helpers ---------------------------------------------------------------------------------

    def require_tps(self) -> None:
        """Refuse an act that needs a paper while none is on the table."""
        if not self.tps:
            raise PlenoError("Belum ada TPS", "Belum ada TPS yang dibuka.", "Ketik baca, atau baca dan namanya.")

    def proof(self, person: Person) -> Verified | None:
        """Who a person is, by PIN; None where this person needs none."""
        if not self.pleno.pins.needs_pin(person.id):
            return None
        return self.pleno.pins.verify_pin(person.id, ask_pin(f"PIN {person.name}", False))
