"""Why something cannot go on, in words a person at the table can act on."""

from __future__ import annotations

import errno
from typing import Final

NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT)
"""What a system answers where a file finds no room."""

_OS_WORDS: Final = {
    errno.ENOSPC: "disk penuh",
    errno.EDQUOT: "kuota disk habis",
    errno.EFBIG: "berkas melampaui batas ukuran",
    errno.EACCES: "tidak ada izin",
    errno.EPERM: "tidak ada izin",
    errno.EROFS: "hanya dapat dibaca",
    errno.ENOENT: "tidak ada",
    errno.ENOTDIR: "bukan folder",
    errno.EISDIR: "adalah folder",
    errno.EEXIST: "sudah ada",
    errno.ENOTEMPTY: "tidak kosong",
    errno.ENAMETOOLONG: "namanya terlalu panjang",
    errno.EIO: "kesalahan baca-tulis; disk atau stik mungkin rusak atau tercabut",
    errno.ENODEV: "perangkat sudah tidak ada",
    errno.ENXIO: "perangkat sudah tidak ada",
}


def os_words(error: OSError) -> str:
    """What the system said, in Indonesian; for what has no words here its number."""
    return _OS_WORDS.get(error.errno or 0, f"kesalahan sistem {error.errno}")


class PlenoError(Exception):
    """An act that was refused; nothing was changed.

    All three texts are Indonesian and shown as they are (UX.md section 6).
    """

    title: str
    """What happened, a few words ("Berkas ditolak")."""
    message: str
    """Which figures or which place, and how far apart."""
    advice: str
    """What to do next; empty when there is nothing to do."""

    def __init__(self, title: str, message: str, advice: str = "") -> None:
        super().__init__(title, message, advice)
        self.title = title
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return " ".join(part for part in (f"{self.title}: {self.message}", self.advice) if part)


class Damaged(PlenoError):
    """What was written earlier is no longer whole: a journal, a database, a bundle."""


class DiskFull(PlenoError):
    """The disk had no room for an act; once there is room the same act goes through."""


class Unready(PlenoError):
    """What still stands against an act; the message lists all of it."""


class NewerVersion(PlenoError):
    """Written by a later version of pleno; it cannot be judged here, and is not damage."""
