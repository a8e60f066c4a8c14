"""The commands of Segel & ekspor: sealing, copying, writing, signing and verifying."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pleno.tui.commands import AnyCommand, Command

if TYPE_CHECKING:
    from pleno.tui.screens.closing import ClosingScreen


class MakeSeal(Command["ClosingScreen"]):
    """Segel: seorang saksi menyebut angka, dua kata ditulis di kertas, kata kedua dibaca ulang; lalu salinan."""

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


class CopyNow(Command["ClosingScreen"]):
    """Salin basis data ke setiap folder cadangan dan stik di pleno.toml, dan periksa setiap salinan."""

    id, keys, footer = "closing.copy", ("c",), "cadangan"

    def reason_disabled(self, screen: ClosingScreen) -> str | None:
        return None if screen.pleno.config.cadangan else "Tidak ada folder cadangan di pleno.toml."

    async def run(self, screen: ClosingScreen) -> None:
        screen.copy_database()


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


class PrintSheet(Command["ClosingScreen"]):
    """Cetak lembar kerja: selisih, daftar kerja Sirekap, register pembetulan; di baris set BATAL juga lembarnya."""

    id, keys, footer = "closing.sheet", ("l",), "lembar"

    async def run(self, screen: ClosingScreen) -> None:
        screen.ask_sheet()


class OpenTemplates(Command["ClosingScreen"]):
    """Templat Excel: buku kerja kantor dikenali, diuji dan diisi; buku kerja isian dibuat."""

    id, keys, footer = "closing.templates", ("x",), "Excel"

    async def run(self, screen: ClosingScreen) -> None:
        screen.open_templates()


class Sign(Command["ClosingScreen"]):
    """Tanda tangan set DITETAPKAN terakhir: siapa sudah, siapa belum, siapa menolak dan mengapa."""

    id, keys, footer = "closing.sign", ("t",), "tanda tangan"

    def reason_disabled(self, screen: ClosingScreen) -> str | None:
        return None if screen.determined else "Belum ada set DITETAPKAN kontes ini; E menulisnya."

    async def run(self, screen: ClosingScreen) -> None:
        screen.open_signing()


class OpenKeys(Command["ClosingScreen"]):
    """Kunci tanda tangan: siapa sudah punya, membuat atau mengganti, dan sidik yang dibacakan."""

    id, keys, footer = "closing.keys", ("k",), "kunci"

    async def run(self, screen: ClosingScreen) -> None:
        screen.open_keys()


class Verify(Command["ClosingScreen"]):
    """Verifikasi: ruang kerja ini dan set-setnya diperiksa utuh atau tidak."""

    id, keys, footer = "closing.verify", ("p",), "verifikasi"

    async def run(self, screen: ClosingScreen) -> None:
        screen.verify()


class GiveProof(Command["ClosingScreen"]):
    """Bukti untuk saksi: berkas kecil yang membuktikan angka satu TPS ada di rekap yang disegel."""

    id, keys = "closing.proof", ("b",)

    def reason_disabled(self, screen: ClosingScreen) -> str | None:
        return None if screen.view is not None and screen.view.seal is not None else "Belum ada segel; s membuatnya."

    async def run(self, screen: ClosingScreen) -> None:
        from pleno.tui.screens.prove import give_proof  # replays the journal, which a seal does not need

        give_proof(screen)


class OpenTask(Command["ClosingScreen"]):
    """Ke layar tempat baris daftar ini diselesaikan; di baris set: berkas-berkasnya."""

    id, keys, footer = "closing.open", ("enter", "v"), "buka"

    def reason_disabled(self, screen: ClosingScreen) -> str | None:
        task = screen.line
        if screen.chosen_set is not None:
            return None
        if task is None:
            return "Baris ini hanya keterangan; tidak ada layarnya."
        return None if screen.mode_of(task) else f"Baris ini diselesaikan di layar ini: tekan {task.key}."

    async def run(self, screen: ClosingScreen) -> None:
        screen.open_line()


CLOSING_ACTS: tuple[AnyCommand, ...] = (
    MakeSeal, ExportDraft, ExportFinal, Verify, Sign, CopyNow, PrintSheet, OpenTemplates, OpenKeys, ReadBack,
    GiveProof, OpenTask,
)  # fmt: skip
"""In the order of the line of keys."""
