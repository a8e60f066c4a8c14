"""What a refusal advises, said for the screen: the service names commands (`pleno segel`), the operator has keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from pleno.tui.commands import REGISTRY, key_name

WAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "banding": ("app.differences",),
    "betulkan": ("app.desk", "desk.correct"),
    "buka": ("app.home", "home.meeting"),
    "buka-kembali": ("app.desk", "desk.reopen"),
    "cabut": ("app.keberatan", "keberatan.withdraw"),
    "cadangkan": ("app.closing", "closing.copy"),
    "catat": ("app.desk",),
    "ekspor": ("app.closing", "closing.export_final"),
    "ekspor --konsep": ("app.closing", "closing.export_draft"),
    "hadir": ("app.home", "home.attendance"),
    "hitung-ulang": ("app.desk", "desk.recount"),
    "impor": ("app.home", "home.import"),
    "foto": ("app.photos",),
    "jawab": ("app.desk", "desk.findings"),
    "jejak": ("app.journal",),
    "jelaskan": ("app.desk", "desk.findings"),
    "keberatan": ("app.keberatan",),
    "kotak": ("app.home", "home.boxes"),
    "kunci": ("app.closing", "closing.keys"),
    "lanjut": ("app.home", "home.meeting"),
    "periksa": ("app.desk", "desk.findings"),
    "pin": ("app.settings", "pins.set"),
    "sahkan": ("app.desk", "desk.settle"),
    "segel": ("app.closing", "closing.seal"),
    "setelan": ("app.settings",),
    "setujui": ("app.desk", "desk.correct"),
    "tanggapi": ("app.keberatan",),
    "templat": ("app.closing", "closing.templates"),
    "tolak": ("app.desk", "desk.correct"),
    "verifikasi": ("app.closing", "closing.verify"),
}
"""The commands that have a way on the screens, as the ids of what is pressed one after the other."""

_COMMAND: Final = re.compile(r"`pleno ([a-z-]+(?: --konsep)?)[^`]*`")


def by_keys(text: str, replaced: Mapping[str, str]) -> str:
    """A text with the keys in the place of each command that has a way on the screens.

    `replaced`: the keys of pleno.toml `[tombol]`, which stand before a command's own.
    """

    def keys(found: re.Match[str]) -> str:
        ids = WAYS.get(found[1])
        return " ".join(key_name(replaced.get(one) or REGISTRY[one].keys[0]) for one in ids) if ids else found[0]

    return _COMMAND.sub(keys, text)
