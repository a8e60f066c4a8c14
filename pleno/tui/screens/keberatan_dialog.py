"""What is raised about a TPS or the whole contest, or NIHIL (`k` on the Meja, `t` on Keberatan)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from pleno.domain.contest import Row
from pleno.domain.errors import PlenoError
from pleno.domain.keberatan import KeberatanKind, pengaju_words
from pleno.tui.jump import find_tps, row_of_code
from pleno.tui.keberatan_view import Raised
from pleno.tui.labels import short_label
from pleno.tui.screens.dialog import Dialog, TextLine
from pleno.tui.text import packed, safe_text

if TYPE_CHECKING:
    from pleno.tui.keberatan_gateway import KeberatanGateway

_SHORTEST: Final = 10
"""Characters below which the words tell nothing."""
_WIDTH: Final = 74
_KINDS: Final = {"1": KeberatanKind.KEBERATAN, "2": KeberatanKind.KEJADIAN_KHUSUS}
_OFFICES: Final = {"p": "panwaslu", "s": "pps", "k": "ppk"}


class _Step(IntEnum):
    """What is asked, in this order."""

    TPS = 0
    KIND = 1
    PENGAJU = 2
    ROW = 3
    WORDS = 4


_PROMPTS: Final = {
    _Step.TPS: "TPS mana? nomor, atau desa dan nomor; kosong = seluruh kecamatan. Enter lanjut",
    _Step.KIND: "[ BATAL ] Esc    0 NIHIL    1 keberatan    2 kejadian khusus",
    _Step.PENGAJU: "[ BATAL ] Esc    nomor saksi lalu Enter    p Panwaslu    s PPS    k PPK",
    _Step.ROW: "Baris: kodenya, misalnya va atau 2; kosong = seluruh TPS. Enter lanjut",
    _Step.WORDS: "Tulis seperti yang dibacakan. Enter simpan",
}


class KeberatanDialog(Dialog):
    """Keys: `0` NIHIL at once; else 1 or 2, who raised it, the row, the words. Answers `Raised`."""

    DEFAULT_CSS = "KeberatanDialog Horizontal { height: 1; } KeberatanDialog .name { width: 10; }"
    AUTO_FOCUS = ""

    def __init__(self, gateway: KeberatanGateway, tps: str | None = None, row: Row | None = None) -> None:
        """`tps`: code; None = it is asked first. `row`: what is offered as the row."""
        super().__init__()
        self._gateway, self._tps, self._offered = gateway, tps, row
        self._first = _Step.KIND if tps else _Step.TPS
        self._step = self._first
        self._kind: KeberatanKind | None = None
        self._pengaju = ""
        self._typing = ""
        self._row: Row | None = None

    def compose(self) -> ComposeResult:
        offered = self._offered.code if self._offered else ""
        with Vertical(classes="box"):
            yield Static("", id="where", markup=False)
            yield from self._asked("TPS", "tps", "")
            yield Static("", id="facts", markup=False)
            yield from self._asked("Baris", "row", offered)
            yield from self._asked("Uraian", "words", self.app.kept_text(self._purpose))
            yield Static("", id="say", markup=False)

    def _asked(self, name: str, field: str, value: str) -> ComposeResult:
        with Horizontal(id=f"line-{field}"):
            yield Static(safe_text(name), classes="name")
            # What is offered as the row gives way to the first key; words that were kept do not.
            yield TextLine(value, id=field, max_length=400, compact=True, select_on_focus=field == "row")

    def on_mount(self) -> None:
        self.query_one(".box").border_title = "KEBERATAN & KEJADIAN KHUSUS"
        self._show()

    @property
    def _purpose(self) -> str:
        return f"keberatan:{self.pleno.contest.id}:{self._tps or ''}"

    def texts(self) -> Mapping[str, str]:
        return {self._purpose: self.query_one("#words", Input).value}

    def _show(self, said: str = "") -> None:
        session = self.pleno.session
        where = session.tps_name(session.roster[self._tps]) if self._tps else "seluruh kecamatan"
        asks_tps = self._step is _Step.TPS
        self.query_one("#where", Static).update(safe_text("" if asks_tps else where, "bold"))
        self.query_one("#line-tps").display = asks_tps
        self.query_one("#line-row").display = self._step >= _Step.ROW and self._tps is not None
        self.query_one("#line-words").display = self._step is _Step.WORDS
        self.query_one("#facts", Static).update(safe_text("").append("\n".join(self._facts())))
        self.query_one("#say", Static).update(safe_text(said or _PROMPTS[self._step], "bold"))
        field = {_Step.TPS: "#tps", _Step.ROW: "#row", _Step.WORDS: "#words"}.get(self._step)
        self.set_focus(self.query_one(field, Input) if field else None)

    def _facts(self) -> list[str]:
        """What was answered so far, and who is there to raise something."""
        if self._kind is None or self._step <= _Step.KIND:
            return []
        lines = [f"Jenis     {self._kind.words}"]
        if self._step is _Step.PENGAJU:
            present = [
                f"{'PWS' if not one.stands_for.isdigit() else f'S{int(one.stands_for):02}'} {one.name}"
                for one in self.pleno.guests()
                if one.present
            ]
            lines.append(f"Pengaju   [{self._typing}_]")
            lines += [f"          {line}" for line in packed(present, _WIDTH - 10)]
        elif self._pengaju:
            lines.append(f"Pengaju   {pengaju_words(self._pengaju)}")
        if self._row is not None:
            lines.append(f"          {self._row.code} {short_label(self.pleno.contest, self._row)}")
        return [safe_text(line).plain for line in lines]

    # --- keys --------------------------------------------------------------------------------

    def keys(self, event: events.Key) -> None:
        if event.key == "escape":
            self.keep_texts()
            self.dismiss(None)
        elif event.key == "shift+tab" and self._step > self._first:
            self._go(_Step(self._step - 1))
        elif event.key in ("enter", "tab"):
            self._enter()
        elif self._step is _Step.KIND:
            self._take_kind(event.character or "")
        elif self._step is _Step.PENGAJU:
            self._take_pengaju(event)

    def _take_kind(self, key: str) -> None:
        if key == "0":
            self.dismiss(Raised(self._tps, None))
        elif key in _KINDS:
            self._kind = _KINDS[key]
            self._go(_Step.PENGAJU)

    def _take_pengaju(self, event: events.Key) -> None:
        char = event.character or ""
        if char in _OFFICES and not self._typing:
            self._pengaju = _OFFICES[char]
            self._go(_Step.ROW)
        elif char and char in "0123456789" and len(self._typing) < 3:
            self._typing += char
            self._show()
        elif event.key == "backspace":
            self._typing = self._typing[:-1]
            self._show()

    def _enter(self) -> None:
        """Take what was typed and go on; what is refused is said, and stays."""
        try:
            if self._step is _Step.TPS:
                text = self.query_one("#tps", Input).value.strip()
                self._take_tps(find_tps(self.pleno.session, text, self.pleno.order[0]) if text else None)
                self._go(_Step.KIND)
            elif self._step is _Step.PENGAJU:
                self._pengaju = self._gateway.pengaju(self._typing)
                self._go(_Step.ROW)
            elif self._step is _Step.ROW:
                text = self.query_one("#row", Input).value.strip()
                self._row = row_of_code(self.pleno.contest, text) if text else None
                self._go(_Step.WORDS)
            elif self._step is _Step.WORDS:
                self._save()
        except PlenoError as error:
            self._show(self.told(error))

    def _take_tps(self, tps: str | None) -> None:
        """The TPS is known; words that were kept of it are offered where none stand."""
        self._tps = tps
        words = self.query_one("#words", Input)
        words.value = words.value or self.app.kept_text(self._purpose)

    def _save(self) -> None:
        words = self.query_one("#words", Input).value.strip()
        if len(words) < _SHORTEST:
            self._show(f"Baru {len(words)} huruf; paling sedikit {_SHORTEST}.")
            return
        self.app.keep_text(self._purpose, "")
        self.dismiss(Raised(self._tps, self._kind, self._pengaju, self._row, words))

    def _go(self, step: _Step) -> None:
        """To another question; the row is not asked of the whole contest."""
        if step is _Step.ROW and self._tps is None:
            step = _Step.WORDS if step > self._step else _Step.PENGAJU
        self._step, self._typing = step, ""
        self._show()
