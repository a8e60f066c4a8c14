"""The map of an office's workbook: which cell holds which row of which TPS (FORMATS.md, "Workbook map").

A map stands beside the workbook in `templates_xlsx/` of the workspace. It says only what the layout does not say of
itself; every key is checked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from pleno.domain.contest import Contest, Row
from pleno.domain.figures import KOSONG, Figure
from pleno.importers.profile import PROFILE_ID
from pleno.importers.toml_syntax import read_toml
from pleno.importers.toml_table import TomlTable, parse_toml
from pleno.importers.workbook_grid import column_number
from pleno.importers.workbook_rows import label_key, words

_LAST_ROW: Final = 20_000
_COLUMN: Final = re.compile("[A-Z]{1,3}")
_ADDRESS: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,5})")
_ADDRESS_SHAPE: Final = "alamat sel seperti C4"
_PLACES: Final = ("desa", "kecamatan", "kabkota", "provinsi")
_MEANINGS: Final[Mapping[str, Figure]] = {"nol": 0, "kosong": KOSONG}
_NUMBER: Final = re.compile(r"\{nomor(?::0[1-3])?\}")
_HEADINGS: Final = 64
"""Sheets of one map."""


class SheetKind(StrEnum):
    """What the columns of a sheet are."""

    DESA = "desa"
    """TPS of one desa."""
    KECAMATAN = "kecamatan"
    """Desa of the kecamatan."""


@dataclass(frozen=True, slots=True)
class SheetMap:
    """What a map says of the sheets with one pattern of names; without a map nothing is said."""

    names: str = "*"
    """Pattern of tab names: "DESA_*"."""
    kind: SheetKind | None = None
    head_row: int = 0
    """Row of the headings; 0 finds every one."""
    heading: re.Pattern[str] | None = None
    """Of a TPS, in words; group 1 is the number."""
    total: str = "JUMLAH AKHIR"
    carried: str = "JUMLAH PINDAHAN"
    labels: tuple[int, ...] = ()
    """Columns the labels stand in; empty: up to four before the first figures."""
    cells: Mapping[str, tuple[int, int]] | None = None
    """desa, kecamatan, kabkota, provinsi -> row and column of the cell that names it."""
    meanings: Mapping[str, Figure] | None = None
    """Texts that stand for a figure in this office's sheets."""
    zero_ending: bool = False
    """Whether this office's text figures end in ".0": "15.0" is 15."""
    rows: Mapping[int, str] | None = None
    """Sheet row -> canonical row, where the label does not say it."""
    columns: Mapping[int, str] | None = None
    """Column -> TPS number or desa name, where the heading does not say it."""
    wordings: Mapping[str, str] | None = None
    """Label of this office -> canonical row, or what the three rows of one label share."""

    def wording_of(self, contest: Contest) -> Contest:
        """The contest with this office's labels added to the wordings of its rows."""
        more: dict[str, list[str]] = {}
        for label, name in (self.wordings or {}).items():
            more.setdefault(name, []).append(label)
        if not more:
            return contest

        def worded(row: Row) -> Row:
            stem = row.name.removesuffix(f"_{row.part.value}") if row.part else row.name
            extra = [*more.get(row.name, ()), *(more.get(stem, ()) if stem != row.name else ())]
            return replace(row, alias=(*row.alias, *extra)) if extra else row

        sections = tuple(replace(one, rows=tuple(map(worded, one.rows))) for one in contest.profile.sections)
        return replace(contest, profile=replace(contest.profile, sections=sections))

    def unknown_rows(self, contest: Contest) -> list[str]:
        """Names of rows it speaks of that the form does not have."""
        stems = {row.name.removesuffix(f"_{row.part.value}") for row in contest.rows if row.part}
        worded = [name for name in (self.wordings or {}).values() if name not in stems]
        choices = contest.ballot_rows
        return [
            *(name for name in (self.rows or {}).values() if name not in contest.by_name),
            *(name for name in worded if name not in contest.by_name or name in choices),
        ]


UNMAPPED: Final = SheetMap()


@dataclass(frozen=True, slots=True)
class WorkbookMap:
    """One map file."""

    name: str
    """Of the map file."""
    file: str
    """Pattern of the workbooks' names, in small letters."""
    profiles: tuple[str, ...]
    """Contests it is for; empty = any."""
    sheets: tuple[SheetMap, ...]

    def sheet(self, name: str) -> SheetMap:
        """What it says of a sheet."""
        return next((one for one in self.sheets if fnmatchcase(name.casefold(), one.names.casefold())), UNMAPPED)


NO_MAP: Final = WorkbookMap("", "*", (), ())


def map_for(maps: Sequence[WorkbookMap], file: str) -> WorkbookMap:
    """The map of a workbook by its file name; NO_MAP where there is none."""
    return next((one for one in maps if fnmatchcase(file.casefold(), one.file)), NO_MAP)


def read_maps(folder: Path) -> tuple[WorkbookMap, ...]:
    """The maps of a folder, by name; none where there is no folder. PlenoError names every wrong key of one."""
    if not folder.is_dir():
        return ()
    return tuple(parse_map(read_toml(path), path.name) for path in sorted(folder.glob("*.toml")))


def parse_map(text: str, name: str) -> WorkbookMap:
    """The map of one TOML text. PlenoError names every wrong key with its line."""
    root = parse_toml(text, name)
    file = root.text("berkas")
    profiles = root.texts("profil", default=())
    for profile in profiles:
        if not PROFILE_ID.fullmatch(profile):
            root.problem("profil", f'memuat "{profile}", yang bukan nama profil.')
    tables = root.tables("lembar")
    if not 1 <= len(tables) <= _HEADINGS and root.has("lembar"):
        root.problem("lembar", f"harus 1 sampai {_HEADINGS}.")
    sheets = tuple(_sheet(table) for table in tables[:_HEADINGS])
    root.done()
    return WorkbookMap(name, file.casefold(), profiles, sheets)


def _sheet(table: TomlTable) -> SheetMap:
    head = table.table("kepala", required=False)
    pattern = head.text("pola", "")
    columns = _named_columns(table.table("kolom", required=False))
    head_row = head.integer("baris", 0, _LAST_ROW, default=0)
    if columns and not head_row:
        table.problem("kolom", "memerlukan kepala.baris.")
    if pattern and len(_NUMBER.findall(pattern)) != 1:
        head.problem("pola", "harus memuat {nomor} satu kali, misalnya TPS {nomor:03}.")
        pattern = ""
    return SheetMap(
        names=table.text("nama"),
        kind=SheetKind(kind) if (kind := table.text("isi", "", among=[*SheetKind])) else None,
        head_row=head_row,
        heading=_heading(pattern) if pattern else None,
        total=words(head.text("jumlah", UNMAPPED.total)),
        carried=words(head.text("pindahan", UNMAPPED.carried)),
        labels=_columns(table),
        cells=_cells(table.table("sel", required=False)),
        meanings=_meanings(table.table("arti", required=False)),
        zero_ending=table.flag("akhiran_nol", False),
        rows=_rows(table.table("baris", required=False)),
        columns=columns,
        wordings=_wordings(table.table("sebutan", required=False)),
    )


def _heading(pattern: str) -> re.Pattern[str]:
    """A pattern of headings as it is found in words: "TPS {nomor:03}" finds "TPS 4" and "TPS. 004"."""
    before, _, after = _NUMBER.sub("\0", pattern).partition("\0")
    parts = [re.escape(words(part)) for part in (before, after)]
    return re.compile(rf"{parts[0]} ?0*([1-9][0-9]{{0,2}}) ?{parts[1]}")


def _columns(table: TomlTable) -> tuple[int, ...]:
    letters = table.texts("label", default=())
    for one in letters:
        if not _COLUMN.fullmatch(one):
            table.problem("label", f'memuat "{one}", seharusnya huruf kolom seperti B.')
    return tuple(column_number(one) for one in letters if _COLUMN.fullmatch(one))


def _cells(table: TomlTable) -> Mapping[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for key in _PLACES:
        if table.has(key) and (text := table.text(key, pattern=_ADDRESS, shape=_ADDRESS_SHAPE)):
            at = _ADDRESS.fullmatch(text)
            assert at is not None
            found[key] = (int(at[2]), column_number(at[1]))
    return found


def _meanings(table: TomlTable) -> Mapping[str, Figure]:
    names = table.keys()
    return {key: _MEANINGS[text] for key in names if (text := table.text(key, among=tuple(_MEANINGS)))}


def _rows(table: TomlTable) -> Mapping[int, str]:
    found: dict[int, str] = {}
    names = table.keys()
    for key in names:
        if number := table.integer(key, 1, _LAST_ROW):
            if number in found:
                table.problem(key, f"baris {number} sudah dipakai {found[number]}.")
            found[number] = key
    return found


def _named_columns(table: TomlTable) -> Mapping[int, str]:
    found: dict[int, str] = {}
    names = table.keys()
    for key in names:
        text = table.text(key)
        if not _COLUMN.fullmatch(key):
            table.problem(key, "bukan huruf kolom.")
        else:
            found[column_number(key)] = text
    return found


def _wordings(table: TomlTable) -> Mapping[str, str]:
    found: dict[str, str] = {}
    names = table.keys()
    for key in names:
        if not label_key(key):
            table.problem(key, "tidak memuat kata.")
        found[key] = table.text(key)
    return found
