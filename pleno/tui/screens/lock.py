"""The locked screen: no key acts until whoever locked it, or another officer, is recognised (ctrl+l, or 5 minutes).

What stood on the screen can still be read: the room follows it (TRUST.md section 7).
"""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from pleno.domain.errors import PlenoError
from pleno.tui.screens.dialog import Dialog
from pleno.tui.screens.pin import PinDialog, Recognised
from pleno.tui.text import safe_text


class LockScreen(Dialog):
    """Enter opens it; where somebody has a PIN, that PIN does."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    LockScreen { align: center bottom; background: transparent; }
    LockScreen > Static { width: 100%; border: ascii $foreground; background: $panel; padding: 0 1; }
    """

    def compose(self) -> ComposeResult:
        yield Static("", id="cover", markup=False)

    def on_mount(self) -> None:
        self._show()

    def _show(self, refused: str = "") -> None:
        how = "Enter, lalu PIN." if self._asks_pin else "Enter membuka."
        who = self.pleno.people()[self.pleno.by]
        said = f"TERKUNCI oleh {who}. {how}\nSemua tersimpan sampai {self.pleno.last_entry()}."
        cover = safe_text("").append("\n".join(safe_text(line).plain for line in [*said.split("\n"), refused]), "bold")
        self.query_one("#cover", Static).update(cover)

    @property
    def _asks_pin(self) -> bool:
        return any(self.pleno.pins.needs_pin(one.id) for one in self.pleno.config.officers)

    def keys(self, event: events.Key) -> None:
        if event.key != "enter":
            return
        if self._asks_pin:
            people = sorted(self.pleno.config.officers, key=lambda one: one.id != self.pleno.by)
            able = [one for one in people if self.pleno.pins.needs_pin(one.id)]
            self.app.push_screen(PinDialog("Layar terkunci", "PIN siapa yang membuka?", able), self._open)
        else:
            self._open(Recognised(self.pleno.by, None))

    def _open(self, who: Recognised | None) -> None:
        if who is None:
            return
        try:
            self.pleno.pins.log_in(who.person, who.proof)
        except PlenoError as error:
            self._show(self.told(error))
        else:
            self.dismiss(None)
