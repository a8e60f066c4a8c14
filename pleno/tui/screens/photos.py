"""Foto: every photo of a plano, tied or not, and the TPS that have none (`F`; `f` on the Meja shows those of a TPS)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.app import ComposeResult
from textual.containers import Vertical

from pleno.domain.errors import PlenoError
from pleno.domain.rules import Severity
from pleno.domain.words import ranges
from pleno.service.photos import FOLDER, Album, PhotoLine, Standing
from pleno.tui import marks
from pleno.tui.commands import Command
from pleno.tui.labels import contest_words
from pleno.tui.photos_gateway import PhotosGateway
from pleno.tui.screens.ask import Ask, AskText, Option
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.text import wrapped
from pleno.tui.widgets.grid import Cell, Column, Grid, GridRow

if TYPE_CHECKING:
    from pleno.tui.screens.desk import DeskScreen

_REASON: Final = 10
_COLUMNS: Final = (
    Column("standing", "keadaan", 8),
    Column("tps", "TPS", 24),
    Column("page", "hal", 3, right=True),
    Column("name", "berkas di data/foto", 0),
)
_MARKS: Final = {
    Standing.TERKAIT: marks.COCOK,
    Standing.SIAP: marks.MENUNGGU,
    Standing.BERUBAH: marks.SELISIH,
    Standing.HILANG: marks.SELISIH,
    Standing.DITOLAK: marks.FINDING[Severity.KERAS],
}


class ShowPhotos(Command["DeskScreen"]):
    """Foto plano TPS ini, dibuka dengan penampil gambar sistem."""

    id, keys = "desk.photo", ("f",)

    async def run(self, screen: DeskScreen) -> None:
        gateway = PhotosGateway(screen.pleno)
        found = gateway.of(screen.tps)
        if not found:
            screen.tell("Belum ada foto TPS ini", "", f"Taruh fotonya di {FOLDER.as_posix()}, lalu F dan t.")
        elif len(found) == 1:
            gateway.open(found[0].name)
            screen.tell("Foto dibuka", found[0].name)
        else:
            options = [Option(str(n), one.page_words or one.name, one.name) for n, one in enumerate(found[:9], 1)]
            screen.app.push_screen(
                Ask("Foto yang mana?", screen.name or "", options), lambda name: _shown(screen, name)
            )


def _shown(screen: PlenoScreen, name: str | None) -> None:
    if name is None:
        return
    try:
        PhotosGateway(screen.pleno).open(name)
    except PlenoError as error:
        screen.refuse(error)
    else:
        screen.tell("Foto dibuka", name)


class OpenPhoto(Command["PhotosScreen"]):
    """Buka foto ini dengan penampil gambar sistem."""

    id, keys, footer = "photos.open", ("enter",), "buka"

    def reason_disabled(self, screen: PhotosScreen) -> str | None:
        line = screen.line
        return None if line is not None and line.standing is Standing.TERKAIT else "Hanya foto terkait yang dibuka."

    async def run(self, screen: PhotosScreen) -> None:
        if screen.line is not None:
            _shown(screen, screen.line.name)


class LinkAll(Command["PhotosScreen"]):
    """Kaitkan semua berkas yang namanya menyebut TPS-nya."""

    id, keys, footer = "photos.link_all", ("t",), "kaitkan semua"

    def reason_disabled(self, screen: PhotosScreen) -> str | None:
        return None if screen.album.of(Standing.SIAP) else "Tidak ada berkas yang siap dikaitkan."

    async def run(self, screen: PhotosScreen) -> None:
        done, refused = screen.gateway.link_all()
        screen.draw()
        why = f"{refused[0].name}: {refused[0].why}" if refused else ""
        screen.tell(f"{done} foto dikaitkan, {len(refused)} tidak", why)


class LinkOne(Command["PhotosScreen"]):
    """Kaitkan berkas ini dengan satu TPS, apa pun namanya."""

    id, keys, footer = "photos.link", ("k",), "kaitkan satu"

    def reason_disabled(self, screen: PhotosScreen) -> str | None:
        line = screen.line
        ready = line is not None and line.standing in (Standing.SIAP, Standing.DITOLAK)
        return None if ready else "Pilih berkas yang belum terkait."

    async def run(self, screen: PhotosScreen) -> None:
        screen.ask_link()


class Unlink(Command["PhotosScreen"]):
    """Lepaskan foto ini dari TPS-nya, dengan alasan; berkasnya tetap."""

    id, keys, footer = "photos.unlink", ("l",), "lepaskan"

    def reason_disabled(self, screen: PhotosScreen) -> str | None:
        line = screen.line
        tied = line is not None and line.standing in (Standing.TERKAIT, Standing.BERUBAH, Standing.HILANG)
        return None if tied else "Foto ini tidak terkait."

    async def run(self, screen: PhotosScreen) -> None:
        screen.ask_unlink()


class PhotosScreen(PlenoScreen):
    """What is tied, ready, changed, gone or refused; below it the TPS without a photo, contest by contest."""

    TITLE = "Foto"
    PLAIN = "pleno foto"
    ACTS = (OpenPhoto, LinkAll, LinkOne, Unlink)

    album: Album

    @property
    def gateway(self) -> PhotosGateway:
        return PhotosGateway(self.pleno)

    def body(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Grid(_COLUMNS)

    def draw(self) -> None:
        try:
            self.album = self.gateway.album()
        except PlenoError as error:
            self.album = Album((), ())
            self.refuse(error)
        rows = [self._row(place, line) for place, line in enumerate(self.album.lines)]
        self.grid.show([*rows, *self._missing()])

    def _row(self, place: int, line: PhotoLine) -> GridRow:
        mark = _MARKS[line.standing]
        where = self.pleno.session.tps_name(line.tps) if line.tps is not None else ""
        cells = (Cell(line.standing.value, mark), Cell(where), Cell(str(line.page or "")), Cell(line.name))
        return GridRow(str(place), cells, group=line.standing.value)

    def _missing(self) -> list[GridRow]:
        rows: list[GridRow] = []
        for contest, missing in self.album.without:
            desa: dict[str, list[int]] = {}
            for tps in missing:
                desa.setdefault(tps.desa, []).append(tps.number)
            head = f"{contest_words(contest)}: {len(missing)} TPS tanpa foto"
            rows.append(GridRow(f"tanpa:{contest.id}", (Cell(), Cell(), Cell(), Cell(head)), group=contest.id))
            for code, numbers in desa.items():
                name = self.pleno.session.desa[code].name
                for n, part in enumerate(wrapped(ranges(numbers), max((self.size.width or 80) - 42, 20))):
                    cells = (Cell("belum", marks.BELUM), Cell(name if not n else ""), Cell(), Cell(part))
                    rows.append(GridRow(f"{contest.id}:{code}:{n}", cells, group=contest.id))
        return rows

    @property
    def line(self) -> PhotoLine | None:
        """The file under the cursor."""
        key = self.grid.key
        return self.album.lines[int(key)] if key.isdigit() and int(key) < len(self.album.lines) else None

    def on_grid_moved(self) -> None:
        self.refresh_lines()

    def prompt(self) -> str:
        line = self.line
        if line is None:
            return f"foto JPEG, PNG atau PDF di {FOLDER.as_posix()}; namanya menurut {self.pleno.config.pola}"
        return f"{line.name}: {line.why}" if line.why else line.name

    def ask_link(self) -> None:
        """`k`: to which TPS."""
        line = self.line
        if line is None:
            return

        def answered(where: str | None) -> None:
            if where:
                self._do(lambda: self.gateway.link(line.name, where), f"{line.name} dikaitkan")

        said = f"{line.name}. TPS mana? Nama desa dan nomor: harapan 8"
        self.app.push_screen(AskText("Kaitkan foto", said, purpose=f"photo:{line.name}"), answered)

    def ask_unlink(self) -> None:
        """`l`: why."""
        line = self.line
        if line is None:
            return

        def answered(note: str | None) -> None:
            if note:
                self._do(lambda: self.gateway.unlink(line.name, note), f"{line.name} dilepas")

        said = f"{line.name}. Mengapa dilepas?"
        self.app.push_screen(AskText("Lepaskan foto", said, purpose=f"unlink:{line.name}", least=_REASON), answered)

    def _do(self, act: object, done: str) -> None:
        try:
            act()  # type: ignore[operator]  # a plain function without arguments
        except PlenoError as error:
            self.redraw()
            self.refuse(error)
        else:
            self.redraw()
            self.tell(done, self.pleno.saved())
