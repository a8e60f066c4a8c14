"""Files of data/foto: which there are, which TPS a name speaks of, and what one holds. Content is never drawn here."""

from __future__ import annotations

import hashlib
import os
import re
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from pleno.domain.errors import PlenoError, os_words
from pleno.importers.limits import MB, BadCell, clean_text, read_regular, shown_outside

MAX_PHOTO: Final = 20 * MB
MAX_PHOTOS: Final = 30_000
"""The largest kecamatan has 1,591 TPS, five contests and three pages of each."""
MAX_NAME: Final = 200
_MOST_STARS: Final = 3
_LITTER: Final = frozenset({"thumbs.db", "desktop.ini"})

_SUFFIXES: Final = {
    ".jpg": (b"\xff\xd8\xff", "JPEG"),
    ".jpeg": (b"\xff\xd8\xff", "JPEG"),
    ".png": (b"\x89PNG\r\n\x1a\n", "PNG"),
    ".pdf": (b"%PDF-", "PDF"),
}
"""The system opens a file by the end of its name, so name and content must agree."""
_FIELDS: Final = {
    "kode_tps": "(?<![0-9])[0-9]{13}(?![0-9])",
    "desa": ".+?",
    "nomor": "[0-9]{1,3}",
    "kontes": "[A-Za-z0-9-]+",
    "halaman": "[0-9]{1,2}",
}
_PART: Final = re.compile(r"\{([a-z_]+)\}|(\*)|([^{}*/\\]+)|(.)", re.DOTALL)
_PAGE: Final = re.compile(r"(?:^|[ _.-])(?:halaman|hal|hlm|h|p)?[ _.-]?0*([1-9][0-9]?)$")
_WORDS: Final = re.compile("[^a-z0-9]+")


class Named(NamedTuple):
    """What the name of a file says."""

    code: str
    """13 digits; empty where the name gives desa and number instead."""
    desa: str
    number: str
    words: frozenset[str]
    """Everything else in the name, in small letters: a contest may be among it."""
    page: int | None


class PhotoRule:
    """How names of photos are read (`[foto] pola`): * stands for anything, {kode_tps} for the code of a TPS.

    {desa} and {nomor} together may stand in its place; {kontes} and {halaman} are optional.
    """

    def __init__(self, pola: str) -> None:
        """ValueError, with an Indonesian sentence end, for a pattern that names no TPS."""
        expression, fields, stars = "", [], 0
        for field, star, plain, wrong in _PART.findall(pola):
            if wrong or (field and field not in _FIELDS):
                known = ", ".join(f"{{{name}}}" for name in _FIELDS)
                raise ValueError(f"hanya mengenal {known} dan *, tanpa folder.")
            if field in fields:
                raise ValueError(f"menyebut {{{field}}} lebih dari sekali.")
            stars += bool(star)
            fields += [field] if field else []
            group = f"(?P<{field}>{_FIELDS[field]})" if field else f"(?P<rest{stars}>.*)" if star else ""
            expression += group or re.escape(plain)
        if not ({"kode_tps"} <= set(fields) or {"desa", "nomor"} <= set(fields)) or stars > _MOST_STARS:
            raise ValueError(f"harus memuat {{kode_tps}}, atau {{desa}} dan {{nomor}}; paling banyak {_MOST_STARS} *.")
        self._expression = re.compile(expression, re.IGNORECASE)

    def read(self, name: str) -> Named | None:
        """What a file name says; None where it does not follow the pattern."""
        stem = Path(name).stem
        found = self._expression.fullmatch(stem) or self._expression.fullmatch(name)
        if found is None:
            return None
        given = {field: text for field, text in found.groupdict().items() if text}
        rest = " ".join(text for field, text in given.items() if field.startswith("rest") or field == "kontes").lower()
        rest = rest.removesuffix(Path(name).suffix.lower())
        page = given.get("halaman") or next(iter(_PAGE.findall(rest)), None)
        return Named(
            given.get("kode_tps", ""),
            given.get("desa", "").replace("_", " ").strip(),
            given.get("nomor", ""),
            frozenset(_WORDS.split(rest)) | {given.get("kontes", "").lower()},
            int(page) or None if page else None,
        )


class PhotoFile(NamedTuple):
    """The content of one file."""

    size: int
    """Bytes."""
    sha256: str


def photo_names(folder: Path) -> list[str]:
    """Names of everything in data/foto but what systems leave there, in order; none where there is no such folder.

    PlenoError where it is a link, cannot be listed, or holds more than MAX_PHOTOS.
    """
    if folder.is_symlink():
        raise PlenoError(
            "Folder foto ditolak", f"{folder.name} adalah tautan, bukan folder.", "Taruh fotonya di data/foto."
        )
    try:
        names = [one.name for one in islice(os.scandir(folder), MAX_PHOTOS + 1)]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise PlenoError(
            "Folder foto ditolak", f"data/foto: {os_words(error)}.", "Periksa folder itu dan izinnya."
        ) from error
    if len(names) > MAX_PHOTOS:
        raise PlenoError(
            "Folder foto ditolak", f"data/foto berisi lebih dari {MAX_PHOTOS} berkas.", "Sisakan foto kecamatan ini."
        )
    return sorted(name for name in names if not name.startswith(".") and name.casefold() not in _LITTER)


def unfit(name: str) -> str:
    """Why a name cannot be that of a photo, an Indonesian sentence end; empty when it can."""
    try:
        plain = clean_text(name, "namanya", MAX_NAME)
    except BadCell as bad:
        return f"namanya {bad.message}"
    if plain != name:
        return "namanya memuat spasi atau huruf yang tidak biasa; ganti namanya."
    if Path(name).suffix.lower() not in _SUFFIXES:
        return "bukan .jpg, .png atau .pdf."
    return ""


def read_photo(folder: Path, name: str) -> PhotoFile:
    """Read a photo to its end. PlenoError for a link, a name or content that is none, and above MAX_PHOTO."""
    shown = shown_outside(name)
    if why := unfit(name) or ("" if Path(name).name == name else "harus berada langsung di data/foto."):
        raise PlenoError("Foto ditolak", f"{shown}: {why}", "Taruh foto JPEG, PNG atau PDF di data/foto.")
    data = read_regular(folder / name, MAX_PHOTO)
    magic, kind = _SUFFIXES[Path(name).suffix.lower()]
    if not data.startswith(magic):
        held = "kosong" if not data else f"isinya bukan {kind}"
        raise PlenoError("Foto ditolak", f"{shown} {held}.", "Salin ulang fotonya dari ponsel atau kamera.")
    return PhotoFile(len(data), hashlib.sha256(data).hexdigest())
