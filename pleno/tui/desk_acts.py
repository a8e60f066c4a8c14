"""The commands of the Meja (UX.md section 3): entering figures, jumping, and the acts on a TPS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pleno.tui.commands import AnyCommand, Command, Group
from pleno.tui.correction_view import why_not
from pleno.tui.desk_room_acts import CountAgain
from pleno.tui.journal_sieve import sieve_of_row
from pleno.tui.screens.photos import ShowPhotos

if TYPE_CHECKING:
    from pleno.tui.screens.desk import DeskScreen

UNTIL_SETTLED = "TPS ini sudah SAH; r membukanya kembali."


class _Entry(Command["DeskScreen"]):
    group = Group.ENTRY
    palette = False

    def reason_disabled(self, screen: DeskScreen) -> str | None:
        return screen.why_closed() or None


class _Jump(Command["DeskScreen"]):
    group = Group.JUMP


class _Act(Command["DeskScreen"]):
    group = Group.ACT


class Accept(_Entry):
    """Samakan: plano baris ini sama dengan angka berkas plano yang menunggu (%); tanpa itu, dengan Sirekap."""

    id, footer = "desk.accept", "samakan"
    keys = ("equals_sign", "equal", "plus", "add")

    def reason_disabled(self, screen: DeskScreen) -> str | None:
        closed = screen.why_closed()
        if closed:
            return closed
        if screen.row.hidden:
            return "Angka lain tertutup (tanpa_lihat); ketik angka dari plano."
        row = screen.row.row
        if screen.read_otherwise:
            return f"{row.code} sudah dibaca dari plano; bila planonya memang lain, ketik angkanya."
        nothing = screen.pleno.offered(screen.tps, row.name)[0] is None
        return f"{row.code} tidak ada di data Sirekap; ketik angka dari plano." if nothing else None

    async def run(self, screen: DeskScreen) -> None:
        screen.accept()


class JumpToRow(_Jump):
    """Lompat ke baris: 12 = nomor urut 12, 3.7 = partai 3 calon 7, b4p = I.B.4.P, va = V.A, k = temuan."""

    id = "desk.jump"
    keys = ("full_stop", "decimal", "comma", "separator")

    async def run(self, screen: DeskScreen) -> None:
        screen.ask("baris")


class Correct(_Act):
    """Pembetulan: angka Sirekap atau formulir yang keliru, dengan alasan dan persetujuan orang lain."""

    id, keys, footer = "desk.correct", ("b",), "betulkan"

    def reason_disabled(self, screen: DeskScreen) -> str | None:
        return UNTIL_SETTLED if screen.settled else why_not(screen.view, screen.row) or None

    async def run(self, screen: DeskScreen) -> None:
        screen.correct()


class NextDifference(_Jump):
    """Selisih terbuka berikut, juga di TPS lain."""

    id, keys, footer = "desk.next_difference", ("n",), "selisih"

    async def run(self, screen: DeskScreen) -> None:
        screen.go_to_difference(1)


class Settle(_Act):
    """Sahkan TPS ini; TPS berikut yang belum dibaca terbuka."""

    id, keys, footer = "desk.settle", ("s",), "sahkan"

    def reason_disabled(self, screen: DeskScreen) -> str | None:
        return UNTIL_SETTLED if screen.settled else None

    async def run(self, screen: DeskScreen) -> None:
        screen.settle()


class Blank(_Entry):
    """Sel di kertas kosong atau hanya dicoret."""

    id, keys = "desk.blank", ("x", "asterisk", "multiply")

    async def run(self, screen: DeskScreen) -> None:
        screen.blank()


class Enter(_Entry):
    """Simpan angka yang diketik dan turun; pada sel yang belum disentuh hanya turun."""

    id, keys = "desk.enter", ("enter",)

    def reason_disabled(self, screen: DeskScreen) -> str | None:
        return None

    async def run(self, screen: DeskScreen) -> None:
        screen.step()


class RowUp(Command["DeskScreen"]):
    """Satu baris ke atas."""

    id, group, palette = "desk.up", Group.MOVE, False
    keys = ("minus", "subtract")

    async def run(self, screen: DeskScreen) -> None:
        screen.step(-1)


class BringBack(_Entry):
    """Kembalikan ketikan yang dibatalkan dengan Esc."""

    id, keys = "desk.bring_back", ("u",)

    def reason_disabled(self, screen: DeskScreen) -> str | None:
        return None if screen.undone else "Tidak ada ketikan yang dibatalkan."

    async def run(self, screen: DeskScreen) -> None:
        screen.bring_back()


class ChooseTps(_Jump):
    """Pilih TPS: nomornya, atau nama desa dan nomornya."""

    id, keys, footer = "desk.choose_tps", ("slash", "divide"), "pilih TPS"

    async def run(self, screen: DeskScreen) -> None:
        screen.ask("TPS")


class NextTps(_Jump):
    """TPS berikut menurut urutan."""

    id, keys = "desk.next_tps", ("right_square_bracket",)

    async def run(self, screen: DeskScreen) -> None:
        screen.neighbour(1)


class PreviousTps(_Jump):
    """TPS sebelumnya menurut urutan."""

    id, keys = "desk.previous_tps", ("left_square_bracket",)

    async def run(self, screen: DeskScreen) -> None:
        screen.neighbour(-1)


class PreviousDifference(_Jump):
    """Selisih terbuka sebelumnya, juga di TPS lain."""

    id, keys = "desk.previous_difference", ("N",)

    async def run(self, screen: DeskScreen) -> None:
        screen.go_to_difference(-1)


class CopiesMatch(_Act):
    """Semua salinan yang hadir sama dengan plano."""

    id, keys = "desk.copies_match", ("c",)

    def reason_disabled(self, screen: DeskScreen) -> str | None:
        return UNTIL_SETTLED if screen.settled else None

    async def run(self, screen: DeskScreen) -> None:
        screen.copies_match()


class RaiseKeberatan(_Act):
    """Keberatan atau kejadian khusus TPS ini; k lalu 0 = NIHIL."""

    id, keys = "desk.keberatan", ("k",)

    async def run(self, screen: DeskScreen) -> None:
        screen.raise_keberatan()


class ReadCopy(_Act):
    """Isi salinan satu saksi: baris yang berbeda dari plano saja, lainnya sama."""

    id, keys = "desk.read_copy", ("w",)

    def reason_disabled(self, screen: DeskScreen) -> str | None:
        if screen.settled:
            return UNTIL_SETTLED
        if screen.view.file.unread:
            return f"{len(screen.view.file.unread)} baris plano belum dibaca; salinan disandingkan dengan plano."
        nobody = not screen.pleno.copies.present()
        return "Belum ada saksi atau Panwaslu yang tercatat hadir: `pleno hadir`." if nobody else None

    async def run(self, screen: DeskScreen) -> None:
        screen.read_copy()


class WidenCopies(_Act):
    """Lebarkan salinan: satu kolom untuk setiap saksi."""

    id, keys = "desk.widen", ("v",)

    def reason_disabled(self, screen: DeskScreen) -> str | None:
        return None if screen.view.sources else "Belum ada salinan yang dibaca di TPS ini."

    async def run(self, screen: DeskScreen) -> None:
        screen.wide_copies = not screen.wide_copies
        screen.show_tps()


class Explain(_Act):
    """Temuan TPS ini dengan rumusnya; di sana dijelaskan atau dijawab."""

    id, keys = "desk.findings", ("i",)

    async def run(self, screen: DeskScreen) -> None:
        screen.show_findings()


class History(_Act):
    """Riwayat baris ini: setiap entri yang menyentuhnya, di Jejak."""

    id, keys = "desk.history", ("h",)

    async def run(self, screen: DeskScreen) -> None:
        screen.app.open_journal(sieve_of_row(screen.view.file.tps, screen.view.desa, screen.row.row))


class Reopen(_Act):
    """Buka kembali TPS yang sudah sah, dengan alasan; lembar yang sudah terbit menjadi BATAL."""

    id, keys = "desk.reopen", ("r",)

    def reason_disabled(self, screen: DeskScreen) -> str | None:
        return None if screen.settled else "TPS ini belum sah."

    async def run(self, screen: DeskScreen) -> None:
        screen.reopen()


class Undo(_Act):
    """Batalkan entri bacaan terakhir TPS ini; entri baru menyebut yang lama."""

    id, keys = "desk.undo", ("z",)

    def reason_disabled(self, screen: DeskScreen) -> str | None:
        return UNTIL_SETTLED if screen.settled else None

    async def run(self, screen: DeskScreen) -> None:
        screen.undo()


class Redo(_Act):
    """Ulangi entri yang baru dibatalkan."""

    id, keys = "desk.redo", ("Z",)

    def reason_disabled(self, screen: DeskScreen) -> str | None:
        return UNTIL_SETTLED if screen.settled else None

    async def run(self, screen: DeskScreen) -> None:
        screen.redo()


DESK_ACTS: tuple[AnyCommand, ...] = (
    Accept, ChooseTps, Correct, Settle, NextDifference,
    Blank, Enter, RowUp, BringBack, JumpToRow, NextTps, PreviousTps, PreviousDifference,
    CopiesMatch, ReadCopy, RaiseKeberatan, CountAgain, WidenCopies, Explain, History, ShowPhotos, Reopen, Undo, Redo,
)  # fmt: skip
