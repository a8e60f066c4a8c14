"""The commands of Templat and of the pages it opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pleno.tui.commands import AnyCommand, Command, Group

if TYPE_CHECKING:
    from pleno.tui.screens.template_pages import MapScreen, TrialScreen
    from pleno.tui.screens.templates import TemplatesScreen

_NO_WORKBOOK = "Tidak ada buku kerja di baris ini; o membuka folder tempatnya."


class Recognise(Command["TemplatesScreen"]):
    """Kenali: peta buku kerja ini diusulkan, dilihat dulu, baru ditulis."""

    id, keys, footer = "templates.recognise", ("k",), "kenali"

    def reason_disabled(self, screen: TemplatesScreen) -> str | None:
        offer = screen.offer
        if offer is None:
            return _NO_WORKBOOK
        return f"Peta {offer.map_name} sudah ada; ubah dengan Notepad, lalu r." if offer.map_name else None

    async def run(self, screen: TemplatesScreen) -> None:
        screen.recognise()


class Try(Command["TemplatesScreen"]):
    """Uji: apa yang diterima setiap sel, dan apa yang menghalangi; tidak ada yang ditulis."""

    id, keys, footer = "templates.try", ("u", "enter"), "uji"

    def reason_disabled(self, screen: TemplatesScreen) -> str | None:
        return None if screen.offer else _NO_WORKBOOK

    async def run(self, screen: TemplatesScreen) -> None:
        screen.try_it()


class Fill(Command["TemplatesScreen"]):
    """Isi: salinan buku kerja ini berisi angka ditulis ke data/ekspor; hanya sel angkanya yang berubah."""

    id, keys, footer = "templates.fill", ("i",), "isi"

    def reason_disabled(self, screen: TemplatesScreen) -> str | None:
        offer = screen.offer
        if offer is None:
            return _NO_WORKBOOK
        return None if offer.sheets else f"{offer.name} tidak dikenali; k mengusulkan petanya."

    async def run(self, screen: TemplatesScreen) -> None:
        screen.ask_fill()


class MakeIsian(Command["TemplatesScreen"]):
    """Buat buku kerja isian: kosong, untuk diketik TPS demi TPS, sesuai desa, TPS dan pilihan ruang kerja."""

    id, keys, footer = "templates.isian", ("b",), "buat isian"

    async def run(self, screen: TemplatesScreen) -> None:
        screen.make_isian()


class ShowFolder(Command["TemplatesScreen"]):
    """Buka folder templates_xlsx di pengelola berkas laptop ini."""

    id, keys, footer = "templates.folder", ("o",), "folder"

    async def run(self, screen: TemplatesScreen) -> None:
        screen.show_folder(of_results=False)


class ShowResults(Command["TemplatesScreen"]):
    """Buka folder hasil, data/ekspor, di pengelola berkas laptop ini."""

    id, keys = "templates.results", ("O",)

    async def run(self, screen: TemplatesScreen) -> None:
        screen.show_folder(of_results=True)


class ReadAgain(Command["TemplatesScreen"]):
    """Baca ulang folder templates_xlsx, sesudah buku kerja atau petanya diubah."""

    id, keys, footer = "templates.again", ("r",), "baca ulang"

    async def run(self, screen: TemplatesScreen) -> None:
        screen.read_again()


class WriteMap(Command["MapScreen"]):
    """Tulis peta yang diusulkan ke templates_xlsx."""

    id, keys, footer = "template_map.write", ("t",), "tulis peta"

    async def run(self, screen: MapScreen) -> None:
        screen.write()


class NextSheet(Command["TrialScreen"]):
    """Lembar berikut."""

    id, keys, footer, group = "template_trial.next", ("right_square_bracket", "tab"), "lembar berikut", Group.JUMP
    palette = False

    async def run(self, screen: TrialScreen) -> None:
        screen.turn(1)


class PreviousSheet(Command["TrialScreen"]):
    """Lembar sebelumnya."""

    id, keys, footer, group = "template_trial.previous", ("left_square_bracket", "shift+tab"), "sebelumnya", Group.JUMP
    palette = False

    async def run(self, screen: TrialScreen) -> None:
        screen.turn(-1)


TEMPLATES_ACTS: tuple[AnyCommand, ...] = (
    Try, Fill, Recognise, MakeIsian, ShowFolder, ReadAgain, ShowResults,
)  # fmt: skip
"""In the order of the line of keys."""
