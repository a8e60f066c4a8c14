"""Pengaturan (F9): every setting in force, where it comes from, and changing one by an entry."""

from __future__ import annotations

from typing import Final

from textual.app import ComposeResult
from textual.containers import Vertical

from pleno.domain.errors import PlenoError
from pleno.service.pins import Verified
from pleno.service.settings import SettingLine
from pleno.tui.commands import Command
from pleno.tui.screens.ask import Ask, AskText, Option
from pleno.tui.screens.base import PlenoScreen
from pleno.tui.screens.new_pin import set_pin
from pleno.tui.screens.pin import PinDialog, Recognised
from pleno.tui.settings_gateway import SettingsGateway
from pleno.tui.widgets.grid import Cell, Column, Grid, GridRow

_REASON: Final = 10
_MOST_OPTIONS: Final = 5
"""Values offered by keys of their own; where there are more, one is typed."""
_COLUMNS: Final = (
    Column("label", "setelan", 33),
    Column("value", "nilai", 0),
    Column("who", "diubah", 7),
    Column("origin", "asal", 22),
)


class ChangeSetting(Command["SettingsScreen"]):
    """Ubah setelan ini; setelan ketua dengan PIN ketua dan alasan."""

    id, keys, footer = "settings.change", ("enter",), "ubah"

    def reason_disabled(self, screen: SettingsScreen) -> str | None:
        line = screen.line
        if line is None or line.who:
            return None
        return "Hanya diubah di pleno.toml; berlaku saat ruang kerja dibuka lagi."

    async def run(self, screen: SettingsScreen) -> None:
        screen.change()


class SetPin(Command["SettingsScreen"]):
    """Setel PIN seorang petugas: yang pertama, ganti, atau ulang karena hilang."""

    id, keys, footer = "pins.set", ("p",), "PIN"

    def reason_disabled(self, screen: SettingsScreen) -> str | None:
        return screen.pleno.pins.practice_asks_none()

    async def run(self, screen: SettingsScreen) -> None:
        set_pin(screen)


class SettingsScreen(PlenoScreen):
    """What is in force; an entry tells every change and who made it."""

    TITLE = "Pengaturan"
    PLAIN = "pleno setelan"
    ACTS = (ChangeSetting, SetPin)

    lines: list[SettingLine]

    def body(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Grid(_COLUMNS)

    def draw(self) -> None:
        self.lines = SettingsGateway(self.pleno).lines()
        self.grid.show([_row(line) for line in self.lines])

    @property
    def line(self) -> SettingLine | None:
        """The setting under the cursor."""
        return next((line for line in self.lines if line.name == self.grid.key), None)

    def on_grid_moved(self) -> None:
        self.refresh_lines()

    def prompt(self) -> str:
        line = self.line
        return f"{line.name} = {line.value}   ({line.origin})" if line is not None else ""

    # --- changing one ------------------------------------------------------------------------

    def change(self) -> None:
        """Ask for the value, then for the ketua where the setting is the ketua's."""
        line = self.line
        if line is None:
            return
        rule = SettingsGateway(self.pleno).rule(line.name)

        def answered(value: str | None) -> None:
            if value is not None:
                self._ask_who(line, value)

        said = f"{line.name}, sekarang {line.value}"
        if 0 < len(rule.values) <= _MOST_OPTIONS:
            options = [Option(str(n), value, value) for n, value in enumerate(rule.values, 1) if value != line.value]
            self.app.push_screen(Ask(f"Ubah {line.label}", said, options), answered)
        else:
            shown = f", {rule.values[0]} sampai {rule.values[-1]}" if rule.values else ""
            ask = AskText(f"Ubah {line.label}", f"{said}{shown}", purpose=f"setting:{line.name}", least=1)
            self.app.push_screen(ask, answered)

    def _ask_who(self, line: SettingLine, value: str) -> None:
        if line.who != "ketua":
            self._do(line, value)
            return

        def recognised(who: Recognised | None) -> None:
            if who is not None:
                self._ask_why(line, value, who)

        ketua = SettingsGateway(self.pleno).ketua()
        said = f"{line.label}: dari {line.value} menjadi {value}."
        self.app.push_screen(PinDialog("Setelan ini diubah ketua", said, [ketua]), recognised)

    def _ask_why(self, line: SettingLine, value: str, who: Recognised) -> None:
        def written(note: str | None) -> None:
            if note:
                self._do(line, value, who.person, note, who.proof)

        said = f"{line.label}: dari {line.value} menjadi {value}. Mengapa?"
        ask = AskText("Alasan perubahan setelan", said, purpose=f"setting-why:{line.name}", least=_REASON)
        self.app.push_screen(ask, written)

    def _do(
        self, line: SettingLine, value: str, by: str | None = None, note: str = "", proof: Verified | None = None
    ) -> None:
        try:
            SettingsGateway(self.pleno).change(line.name, value, by, note, proof)
        except PlenoError as error:
            self.refuse(error)
            return
        self.app.theme = self.pleno.config.tema
        self.redraw()
        self.tell(f"{line.label}: {value}", self.pleno.saved())


def _row(line: SettingLine) -> GridRow:
    cells = (Cell(line.label), Cell(line.value), Cell(line.who or "-"), Cell(line.origin))
    return GridRow(line.name, cells, group="tetap" if not line.who else line.name.partition(".")[0])
