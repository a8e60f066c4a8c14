"""A new workspace as a person types it, field by field: all that is wrong at once, before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, TypeVar

from pleno.domain.errors import PlenoError, os_words
from pleno.importers.place import find_workspace
from pleno.importers.regions import region_names
from pleno.importers.roster import read_roster
from pleno.service.forms import forms_named
from pleno.service.setup import checked_choices, create_workspace, require_contests, require_free
from pleno.service.typed_path import typed_path

T = TypeVar("T")


class Field(StrEnum):
    """What is asked, in this order."""

    FOLDER = "folder"
    PROFIL = "profil"
    WILAYAH = "wilayah"
    TPS = "tps"
    PILIHAN = "pilihan"


class Proposal(NamedTuple):
    """What was typed, as it was typed."""

    folder: str
    profiles: str
    """Ids or files, with commas between them."""
    kecamatan: str
    roster: str
    choices: str


class Examined(NamedTuple):
    """What came of each field."""

    refused: dict[str, PlenoError]
    """By Field."""
    told: dict[str, str]
    """What a field was read as: names of contests, of the kecamatan, how many TPS; by Field."""


def examine(proposal: Proposal) -> Examined:
    """Look at every field; one that needs another is only judged where that one stands."""
    found = Examined({}, {})

    def field(name: Field, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except PlenoError as error:
            found.refused[name] = error
        except OSError as error:
            found.refused[name] = PlenoError("Tidak dapat dibuka", f"{os_words(error)}.", "Periksa nama dan izinnya.")
        return None

    field(Field.FOLDER, lambda: require_free(typed_path(proposal.folder)))
    forms = field(Field.PROFIL, lambda: forms_named(_names(proposal.profiles)))
    region = field(Field.WILAYAH, lambda: region_names(_code(proposal.kecamatan)))
    roster = field(Field.TPS, lambda: _existing(proposal.roster))
    choices = field(Field.PILIHAN, lambda: _existing(proposal.choices))
    if forms is not None:
        found.told[Field.PROFIL] = ", ".join(one.name for one in forms.profiles.values())
    if region is not None:
        found.told[Field.WILAYAH] = f"{region.kecamatan}, {region.kabkota}, {region.provinsi}"
    if roster is not None and region is not None:
        listed = field(Field.TPS, lambda: read_roster(roster, region.code))
        if listed is not None:
            found.told[Field.TPS] = f"{len(listed[1])} TPS di {len(listed[0])} desa"
            if forms is not None:
                field(Field.TPS, lambda: require_contests(forms.profiles, listed[1]))
    if choices is not None and forms is not None:
        named = field(Field.PILIHAN, lambda: checked_choices(forms.profiles, choices))
        if named is not None:
            found.told[Field.PILIHAN] = f"{sum(map(len, named.values()))} nama"
    return found


def make(proposal: Proposal) -> Path:
    """The workspace, as `pleno siapkan` makes it. PlenoError when something is wrong."""
    return create_workspace(
        typed_path(proposal.folder), _names(proposal.profiles), _code(proposal.kecamatan),
        _existing(proposal.roster), _existing(proposal.choices),
    )  # fmt: skip


def _names(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    if not names:
        raise PlenoError("Belum diisi", "Profil kontes belum disebut.", "Misalnya pilkada2024-bupati.")
    return names


def _code(text: str) -> str:
    code = text.strip()
    if len(code) == 10:
        raise PlenoError("Kode wilayah ditolak", f'"{code}" kode desa.', "Pakai 6 angka pertamanya: kode kecamatan.")
    return code


def _existing(text: str) -> Path:
    path = typed_path(text)
    if not path.is_file():
        raise PlenoError("Berkas tidak ditemukan", f"Tidak ada berkas {path.name}.", "Periksa nama dan foldernya.")
    return path


def opened_at(text: str) -> Path:
    """The workspace in or above a folder that was typed. PlenoError when there is none."""
    path = typed_path(text)
    try:
        if not path.is_dir():
            raise PlenoError("Folder tidak ditemukan", f"Tidak ada folder {path.name}.", "Periksa namanya.")
        return find_workspace(path)
    except OSError as error:
        raise PlenoError("Tidak dapat dibuka", f"{os_words(error)}.", "Periksa nama dan izinnya.") from error
