"""`pleno --polos`: the table of a workspace in lines of plain text, for screen readers and braille.

One word or one figure is typed at a time and one line answers; everything goes through the same gateway and the
same drafts as the screens, so that a session that is cut off goes on in either.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pleno.cli.output import heard, say
from pleno.cli.plain_commands import is_command, run_command
from pleno.cli.plain_correction import PlainCorrection
from pleno.cli.plain_rows import ask, choose, pick
from pleno.cli.results import print_recap
from pleno.domain.entry import Role
from pleno.domain.errors import PlenoError
from pleno.domain.figures import shown, source_label
from pleno.domain.pin import PinNeeded

if TYPE_CHECKING:
    from pleno.tui.board_gateway import BoardGateway
    from pleno.tui.gateway import Pleno

_MOST: Final = 100
"""TPS or differences said at once."""
_ROW_HELP: Final = (
    "Di baris: angka lalu Enter; = sama dengan berkas plano atau Sirekap; x kosong di kertas; Enter saja turun; "
    "- naik; .kode lompat ke baris, misalnya .va atau .2."
)

_COMMANDS_HELP: Final = (
    "Setiap perintah pleno juga di sini, misalnya: pleno ekspor --konsep, pleno jejak, pleno hadir --help; "
    "pleno betulkan, pleno rekap dan pleno segel dengan kata pleno di depan."
)


def run(folder: Path, by: str | None, contest: str | None) -> int:
    """Work on a workspace line by line until `keluar` or the end of the input; returns the exit code."""
    from pleno.tui.board_gateway import BoardGateway
    from pleno.tui.gateway import Pleno

    pleno = Pleno.open(folder, by, contest)
    try:
        with heard():
            Plain(pleno, BoardGateway(pleno)).run()
    except EOFError:
        say("", "Masukan berakhir; semua tersimpan.")
    except KeyboardInterrupt:
        say("", "Dihentikan; semua tersimpan.")
        raise
    finally:
        pleno.close()
    return 0


class Plain(PlainCorrection):
    """The words of line mode; WORDS lists them."""

    def __init__(self, pleno: Pleno, board: BoardGateway) -> None:
        super().__init__(pleno)
        self._board = board

    def run(self) -> None:
        """Answer line after line."""
        self._greet()
        while True:
            self._board.look_at(self.tps, self.row)
            self._board.publish()
            typed = ask(self.question() if self.row else "> ")
            try:
                if not (self.row and self.take(typed)) and self._word(typed):
                    return
            except PlenoError as error:
                say(error)

    def _greet(self) -> None:
        from pleno.service.notices import notices
        from pleno.service.wholeness import hold_if_damaged

        self.standing("")
        hold_if_damaged(self.pleno.session)
        say(*(notice for notice in notices(self.pleno.session) if notice.title != "DIPULIHKAN"))
        say("Ketik bantuan untuk daftar kata, keluar untuk selesai.")
        operators = self.pleno.operators()
        if len(operators) > 1 and (who := choose("Siapa yang mengetik?", operators)) is not None:
            self.pleno.by = who.id
        if self.pleno.restored is not None:
            draft, told = self.pleno.restored
            say(told.partition(";")[0] + ".")
            self.put_on_table(draft.tps, draft.row)

    def _word(self, typed: str) -> bool:
        """Do what a word says; whether the session ends."""
        word, _space, rest = typed.partition(" ")
        if word.lower() == "keluar":
            say("Selesai; semua tersimpan.")
            return True
        act = WORDS.get(word.lower())
        if act is not None:
            act[0](self, rest.strip())
        elif is_command(word):
            self._command(typed)
        elif typed:
            say(f'"{typed}" tidak dikenal. {_ROW_HELP if self.row else "Ketik bantuan."}')
        return False

    def _command(self, line: str) -> None:
        """What was typed so far becomes an entry first; afterwards the paper lies where it lay."""
        row = self.row
        self._leave_paper()
        try:
            run_command(self.pleno.session, line)
        finally:
            self.pleno.choose(self.pleno.contest.id)
        if row and self.view.file.settlement is None:
            self.row = row

    # --- what is shown -------------------------------------------------------------------------

    def help(self, _rest: str) -> None:
        """daftar kata ini"""
        for word, (act, shape) in WORDS.items():
            say(f"{f'{word} {shape}'.strip()}: {act.__doc__}")
        say("keluar: selesai", _ROW_HELP, _COMMANDS_HELP)

    def standing(self, _rest: str) -> None:
        """keadaan ruang kerja dan apa yang tersisa"""
        status, total = self.pleno.status(), self.pleno.day().total
        say(f"{status.alarm} {status.kecamatan} {' '.join(status.what.split())}".strip())
        say(
            f"{total.tps} TPS: {total.sah} sah, {total.beda} beda, {total.dibaca} dibaca, {total.belum} belum; "
            f"{total.open_rows} selisih terbuka; {status.seal}; {status.saved}"
        )

    def list_tps(self, rest: str) -> None:
        """TPS yang belum sah; dengan nama desa hanya desa itu"""
        session = self.pleno.session
        wanted = [
            file
            for file in self.pleno.files
            if rest.lower() in session.desa[file.tps.desa].name.lower() and file.settlement is None
        ]
        for number, file in enumerate(wanted[:_MOST], 1):
            say(f"{number}. {session.tps_name(file.tps)}, {file.state}, {len(file.unread)} baris belum dibaca")
        say(f"{len(wanted)} TPS belum sah" + (f", {_MOST} disebut." if len(wanted) > _MOST else "."))

    def differences(self, _rest: str) -> None:
        """setiap selisih terbuka di kecamatan"""
        found = [(file, cell) for file in self.pleno.files for cell in file.open_cells]
        for number, (file, cell) in enumerate(found[:_MOST], 1):
            figures = ", ".join(f"{source_label(one)} {shown(figure)}" for one, figure in cell.figures.items())
            say(f"{number}. {self.pleno.session.tps_name(file.tps)} {cell.row.code}: {figures}")
        say(f"{len(found)} selisih terbuka.")

    def findings(self, _rest: str) -> None:
        """temuan TPS yang sedang dibaca"""
        self.require_tps()
        self.tell_findings()

    def recap(self, _rest: str) -> None:
        """jumlah TPS yang sah"""
        from pleno.tui.recap_view import recap_of

        print_recap(recap_of(self.pleno.contest, list(self.pleno.session.desa.values()), self.pleno.files))

    # --- acts ----------------------------------------------------------------------------------

    def read(self, rest: str) -> None:
        """baca TPS: nomornya, atau nama desa dan nomor; tanpa itu TPS berikut yang belum sah"""
        from pleno.tui.jump import find_tps

        here = self.tps or self.pleno.order[0]
        self._leave_paper()
        following = self.pleno.next_unread(self.tps or self.pleno.order[-1])
        chosen = find_tps(self.pleno.session, rest, here) if rest else following
        if chosen is None:
            say("Seluruh TPS sudah sah.")
        else:
            self.put_on_table(chosen)

    def done(self, _rest: str) -> None:
        """selesai membaca TPS ini untuk sementara; yang diketik menjadi satu entri"""
        self.require_tps()
        self.finish()

    def copies(self, _rest: str) -> None:
        """semua salinan yang hadir sama dengan plano TPS ini"""
        self.require_tps()
        sources = self.pleno.copies.all_match(self.tps)
        say(f"{', '.join(map(source_label, sources))} dicatat sama dengan plano.")

    def nihil(self, _rest: str) -> None:
        """tidak ada keberatan dan kejadian khusus di TPS ini"""
        from pleno.service import keberatan

        self.require_tps()
        session = self.pleno.session
        keberatan.nihil(session, self.pleno.contest, self.pleno.by, session.roster[self.tps])
        self.pleno.reload(self.tps)
        say(f"NIHIL dicatat, {self.pleno.saved()}.")

    def settle(self, _rest: str) -> None:
        """sahkan TPS ini"""
        self.require_tps()
        try:
            entry = self.pleno.settle(self.tps)
        except PinNeeded:
            who = choose("PIN anggota PPK yang mendengarkan pembacaan", self.pleno.pins.members())
            if who is None:
                say("Belum disahkan.")
                return
            entry = self.pleno.settle(self.tps, self.proof(who))
        self.row = ""
        say(f"{self.place} SAH #{entry.seq}. Ketik baca untuk TPS berikut.")

    def seal(self, rest: str) -> None:
        """segel semua entri dengan 4 sampai 6 angka yang disebut saksi"""
        from pleno.service import backup, sealing

        self._leave_paper()
        sealed = sealing.seal(self.pleno.session, rest, self.pleno.by)
        copied = backup.copy_seal(self.pleno.session, self.pleno.by)
        say(sealed.line, f"{len(copied)} folder salinan diperiksa. Ketik kata KATA sesudah ditulis di kertas.")

    def read_back(self, rest: str) -> None:
        """cocokkan kata kedua segel terakhir, dibaca anggota PPK dari kertas"""
        from pleno.service import sealing

        members = [one for one in self.pleno.config.officers if one.role in (Role.PPK, Role.KETUA)]
        who = choose("Siapa anggota PPK yang membacanya?", members)
        if who is None:
            say("Tidak dicocokkan.")
            return
        entry = sealing.read_back(self.pleno.session, rest, who.id)
        say(f"Kata segel cocok, tercatat #{entry.seq}.")

    def change_contest(self, _rest: str) -> None:
        """pindah ke kontes lain; yang diketik menjadi satu entri"""
        from pleno.tui.labels import contest_words

        contests = list(self.pleno.session.contests.values())
        place = pick("Kontes mana?", [contest_words(one) for one in contests])
        if place is not None:
            self._leave_paper()
            self.tps = ""
            self.pleno.choose(contests[place].id)
            self.standing("")

    def change_person(self, _rest: str) -> None:
        """ganti yang mengetik, dengan PIN bila ia punya; setiap entri menyebut namanya"""
        who = choose("Siapa di papan ketik?", [one for one in self.pleno.config.officers if one.id != self.pleno.by])
        if who is not None:
            self.pleno.pins.log_in(who.id, self.proof(who))
            say(f"Di papan ketik: {who.name}.")

    # --- helpers -------------------------------------------------------------------------------

    def _leave_paper(self) -> None:
        """What was typed so far becomes an entry, as when the Meja is left."""
        if self.tps and self.view.file.settlement is None:
            self.pleno.finish(self.tps)
        self.row = ""


WORDS: Final[dict[str, tuple[Callable[[Plain, str], None], str]]] = {
    "bantuan": (Plain.help, ""),
    "keadaan": (Plain.standing, ""),
    "tps": (Plain.list_tps, "[DESA]"),
    "baca": (Plain.read, "[TPS]"),
    "simpan": (Plain.done, ""),
    "selisih": (Plain.differences, ""),
    "temuan": (Plain.findings, ""),
    "betulkan": (Plain.correct, "[KODE]"),
    "jelaskan": (Plain.explain, "ATURAN"),
    "salinan": (Plain.copies, ""),
    "nihil": (Plain.nihil, ""),
    "sahkan": (Plain.settle, ""),
    "rekap": (Plain.recap, ""),
    "segel": (Plain.seal, "ANGKA"),
    "kata": (Plain.read_back, "KATA"),
    "kontes": (Plain.change_contest, ""),
    "siapa": (Plain.change_person, ""),
}
"""What may be typed, and what follows it; the docstring of each is its help."""
