"""The command registry: every act of every screen, with its keys, its words, and why it cannot act now.

A screen lists its commands (`PlenoScreen.ACTS`); dispatch, the line of keys, F1, the palette and
docs/tombol.md are all derived from these classes (STYLE.md section 9).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, ClassVar, Final, Generic, TypeVar

S = TypeVar("S", contravariant=True)


class Group(StrEnum):
    """Headings under which commands are explained."""

    GLOBAL = "Di mana saja"
    MOVE = "Gerak"
    ENTRY = "Mengetik angka"
    JUMP = "Melompat"
    ACT = "Tindakan"


class Command(Generic[S]):
    """One act of a screen of type S. The first line of the docstring of a subclass is its Indonesian text."""

    id: ClassVar[str]
    """Stable name, "desk.settle"; pleno.toml `[tombol]` speaks of it."""
    keys: ClassVar[tuple[str, ...]]
    """Textual's names of the keys, the one shown in the line of keys first."""
    footer: ClassVar[str] = ""
    """Its word in the line of keys; empty = only in F1."""
    group: ClassVar[Group] = Group.ACT
    palette: ClassVar[bool] = True
    """Whether ctrl+p offers it; moving and typing are not looked for there."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "id" in cls.__dict__ and REGISTRY.setdefault(cls.id, cls) is not cls:
            raise TypeError(f"two commands are called {cls.id}")

    @classmethod
    def text(cls) -> str:
        """What it does, one Indonesian sentence."""
        return (cls.__doc__ or "").strip().splitlines()[0]

    def reason_disabled(self, screen: S) -> str | None:
        """Why it cannot act now, an Indonesian sentence; None when it can."""
        return None

    async def run(self, screen: S) -> None:
        """Do it."""
        raise NotImplementedError


AnyCommand = type[Command[Any]]

REGISTRY: Final[dict[str, AnyCommand]] = {}
"""Every command by its id."""

KEY_NAMES: Final = {
    "equals_sign": "=", "equal": "=", "plus": "+", "add": "+", "minus": "-", "subtract": "-",
    "asterisk": "*", "multiply": "*", "slash": "/", "divide": "/", "full_stop": ".", "decimal": ".",
    "comma": ",", "separator": ",", "question_mark": "?", "left_square_bracket": "[",
    "right_square_bracket": "]", "enter": "Enter", "escape": "Esc", "backspace": "Backspace", "tab": "Tab",
    "shift+tab": "Shift+Tab", "up": "panah atas", "down": "panah bawah", "left": "panah kiri",
    "right": "panah kanan", "pageup": "PgUp", "pagedown": "PgDn", "home": "Home", "end": "End",
    "number_sign": "#", "space": "Spasi", "kp_begin": "5 tanpa NumLock",
}  # fmt: skip
"""Textual's key names as people read them; the keypad's second names count as the same key."""


def key_name(key: str) -> str:
    """ "equals_sign" -> "="; "f1" -> "F1"; "ctrl+p" stays."""
    if key in KEY_NAMES:
        return KEY_NAMES[key]
    return key.upper() if key[0] == "f" and key[1:].isdigit() else key


def key_names(keys: Iterable[str]) -> str:
    """The keys of a command for people, each once: "= atau +"."""
    return " atau ".join(dict.fromkeys(map(key_name, keys)))


class KeyMap:
    """The commands of one screen by key; keys of pleno.toml replace a command's own."""

    def __init__(self, acts: Sequence[AnyCommand], replaced: Mapping[str, str]) -> None:
        self.commands: tuple[Command[Any], ...] = tuple(act() for act in acts)
        self._keys = {
            command.id: (replaced[command.id],) if command.id in replaced else command.keys for command in self.commands
        }
        self._by_key = {key: command for command in reversed(self.commands) for key in self._keys[command.id]}

    def of_key(self, key: str) -> Command[Any] | None:
        """The command a key starts; where two claim it, the one the screen lists first."""
        return self._by_key.get(key)

    def keys_of(self, command: Command[Any]) -> tuple[str, ...]:
        return self._keys[command.id]

    def first_key(self, command: Command[Any]) -> str:
        """The key the line of keys shows."""
        keys = self._keys[command.id]
        return key_name(keys[0]) if keys else ""


def keys_page(screens: Sequence[tuple[str, Sequence[AnyCommand]]]) -> str:
    """docs/tombol.md: every key by screen, as Markdown.

    `screens`: the title of a screen and its commands; what every screen has stands once, first.
    """
    common = [act for act in screens[0][1] if all(act in acts for _title, acts in screens)]
    lines = [
        "# Tombol",
        "",
        "Dihasilkan dari daftar perintah program; jangan diubah dengan tangan.",
        "Tombol dapat diganti di pleno.toml, `[tombol]`: nama perintah = tombolnya.",
    ]
    for title, acts in [("Semua layar", common), *screens]:
        own = acts if title == "Semua layar" else [act for act in acts if act not in common]
        if own:
            lines += ["", f"## {title}", "", "| tombol | guna | nama perintah |", "|---|---|---|"]
            lines += [f"| {_cell(key_names(act.keys))} | {_cell(act.text())} | `{act.id}` |" for act in own]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("*", "\\*")
