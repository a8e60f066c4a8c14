"""The commands every screen has: the screens themselves, help, leaving, and moving in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pleno.tui.commands import AnyCommand, Command, Group
from pleno.tui.errands import (
    ask_contest,
    ask_to_change_person,
    confirm_clock,
    go_to_difference,
    lock,
    show_help,
    show_notes,
    show_photos,
    show_settings,
)

if TYPE_CHECKING:
    from pleno.tui.screens.base import PlenoScreen


class _Common(Command["PlenoScreen"]):
    group = Group.GLOBAL
    palette = False


class Help(_Common):
    """Bantuan: tombol layar ini."""

    id, keys, footer = "app.help", ("f1", "question_mark"), "Bantuan"

    async def run(self, screen: PlenoScreen) -> None:
        show_help(screen.app)


class Go(_Common):
    """Awalan: g lalu 2..9 sama dengan F2..F9, g ? Bantuan, g q keluar."""

    id, keys = "app.go", ("g",)

    async def run(self, screen: PlenoScreen) -> None:
        screen.begin_prefix()


class Leave(_Common):
    """Keluar dari pleno."""

    id, keys, palette = "app.leave", ("f10", "ctrl+q", "ctrl+c"), True

    async def run(self, screen: PlenoScreen) -> None:
        screen.app.ask_to_leave()


class Notes(_Common):
    """Catatan peringatan dan penolakan sesi ini."""

    id, keys, palette = "app.notes", ("f12",), True

    async def run(self, screen: PlenoScreen) -> None:
        show_notes(screen.app)


class NextContest(_Common):
    """Ganti kontes yang dibaca."""

    id, keys, palette = "app.contest", ("K",), True

    def reason_disabled(self, screen: PlenoScreen) -> str | None:
        return None if len(screen.pleno.session.contests) > 1 else "Ruang kerja ini hanya memuat satu kontes."

    async def run(self, screen: PlenoScreen) -> None:
        ask_contest(screen.app)


class ChangePerson(_Common):
    """Ganti petugas di papan ketik; yang punya PIN mengetiknya."""

    id, keys, palette = "app.person", ("P",), True

    async def run(self, screen: PlenoScreen) -> None:
        ask_to_change_person(screen.app)


class Lock(_Common):
    """Kunci layar: semua angka tertutup sampai dibuka lagi."""

    id, keys, palette = "app.lock", ("ctrl+l",), True

    async def run(self, screen: PlenoScreen) -> None:
        lock(screen.app)


class Photos(_Common):
    """Foto plano: terkait, siap dikaitkan, berubah, dan TPS yang belum ada fotonya."""

    id, keys, palette = "app.photos", ("F",), True

    async def run(self, screen: PlenoScreen) -> None:
        show_photos(screen.app)


class Settings(_Common):
    """Pengaturan: setiap setelan yang berlaku, asalnya, dan mengubahnya."""

    id, keys, palette = "app.settings", ("f9",), True

    async def run(self, screen: PlenoScreen) -> None:
        show_settings(screen.app)


class ConfirmClock(_Common):
    """Jam laptop sudah diperiksa: terima keraguan tentang jam, satu kali, sebagai entri."""

    id, keys, palette = "app.clock", ("J",), True

    def reason_disabled(self, screen: PlenoScreen) -> str | None:
        return None if screen.pleno.session.watch.doubt else "Jam laptop tidak diragukan."

    async def run(self, screen: PlenoScreen) -> None:
        confirm_clock(screen.app)


class Palette(_Common):
    """Cari perintah."""

    id, keys = "app.palette", ("ctrl+p",)

    async def run(self, screen: PlenoScreen) -> None:
        screen.app.action_command_palette()


class Back(_Common):
    """Mundur satu layar; tidak pernah keluar dari program."""

    id, keys = "app.back", ("escape",)

    async def run(self, screen: PlenoScreen) -> None:
        if len(screen.app.screen_stack) > 1:
            screen.app.pop_screen()
        else:
            home = "F2 Beranda, " * (screen.MODE != "home")
            screen.tell("Esc tidak keluar dari program", "", f"{home}F10 keluar.")


class NextDifference(_Common):
    """Selisih terbuka berikut, di Meja."""

    id, keys = "app.next_difference", ("n",)

    def reason_disabled(self, screen: PlenoScreen) -> str | None:
        return "Kembali dulu dengan Esc." if len(screen.app.screen_stack) > 1 else None

    async def run(self, screen: PlenoScreen) -> None:
        go_to_difference(screen.app, 1)


class PreviousDifference(NextDifference):
    """Selisih terbuka sebelumnya, di Meja."""

    id, keys = "app.previous_difference", ("N",)

    async def run(self, screen: PlenoScreen) -> None:
        go_to_difference(screen.app, -1)


class _Move(Command["PlenoScreen"]):
    group = Group.MOVE
    palette = False


class Up(_Move):
    """Satu baris ke atas."""

    id, keys = "move.up", ("up",)

    async def run(self, screen: PlenoScreen) -> None:
        screen.grid.move(-1)


class Down(_Move):
    """Satu baris ke bawah."""

    id, keys = "move.down", ("down",)

    async def run(self, screen: PlenoScreen) -> None:
        screen.grid.move(1)


class PageUp(_Move):
    """Satu halaman ke atas."""

    id, keys = "move.page_up", ("pageup",)

    async def run(self, screen: PlenoScreen) -> None:
        screen.grid.page(-1)


class PageDown(_Move):
    """Satu halaman ke bawah."""

    id, keys = "move.page_down", ("pagedown",)

    async def run(self, screen: PlenoScreen) -> None:
        screen.grid.page(1)


class First(_Move):
    """Ke baris pertama."""

    id, keys = "move.first", ("home",)

    async def run(self, screen: PlenoScreen) -> None:
        screen.grid.go(0)


class Last(_Move):
    """Ke baris terakhir."""

    id, keys = "move.last", ("end",)

    async def run(self, screen: PlenoScreen) -> None:
        screen.grid.go(len(screen.grid.rows) - 1)


class Left(_Move):
    """Kolom sebelah kiri."""

    id, keys = "move.left", ("left",)

    async def run(self, screen: PlenoScreen) -> None:
        screen.grid.sideways(-1)


class Right(_Move):
    """Kolom sebelah kanan."""

    id, keys = "move.right", ("right",)

    async def run(self, screen: PlenoScreen) -> None:
        screen.grid.sideways(1)


class NextGroup(_Move):
    """Kelompok baris berikut."""

    id, keys = "move.next_group", ("tab",)

    async def run(self, screen: PlenoScreen) -> None:
        screen.grid.group(1)


class PreviousGroup(_Move):
    """Kelompok baris sebelumnya."""

    id, keys = "move.previous_group", ("shift+tab",)

    async def run(self, screen: PlenoScreen) -> None:
        screen.grid.group(-1)


class GoTo(_Common):
    """Ke layar lain."""

    mode: ClassVar[str]
    palette = True

    async def run(self, screen: PlenoScreen) -> None:
        screen.app.go_to(self.mode)


def mode_command(screen: type[PlenoScreen]) -> AnyCommand:
    """The command that shows a screen of a mode."""
    return type(
        f"GoTo{screen.__name__}",
        (GoTo,),
        {
            "__doc__": f"Ke layar {screen.TITLE}.",
            "id": f"app.{screen.MODE}",
            "keys": (screen.MODE_KEY,),
            "footer": screen.TITLE,
            "mode": screen.MODE,
        },
    )


COMMON: tuple[AnyCommand, ...] = (
    Help, Go, Leave, Notes, NextContest, ChangePerson, Lock, Photos, Settings, ConfirmClock, Palette, Back,
    NextDifference, PreviousDifference,
    Up, Down, PageUp, PageDown, First, Last, Left, Right, NextGroup, PreviousGroup,
)  # fmt: skip
"""On every screen, after its own; a screen that lists a key itself wins."""
