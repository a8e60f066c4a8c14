"""What the lines above a sheet's figures say: of which contest, kecamatan and desa it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, NamedTuple

from pleno.domain.contest import Contest
from pleno.domain.errors import PlenoError
from pleno.importers.limits import TPS_CODE, BadCell, shown_outside
from pleno.importers.parsed import OtherKecamatan, Target
from pleno.importers.regions import all_names, region_names
from pleno.importers.workbook_grid import Cell, Grid
from pleno.importers.workbook_layout import Header, SheetFault
from pleno.importers.workbook_map import UNMAPPED, SheetMap
from pleno.importers.workbook_rows import LONGEST_LABEL, name_key, words

_PROFILE: Final = re.compile(r"(?:pemilu|pilkada)20[0-9]{2}-[a-z]+")
_YEAR: Final = re.compile(r"\b(?:PEMILU|PEMILIHAN|PILKADA)\b.*\b(20[0-9]{2})\b")
_OFFICES: Final = {
    "presiden": re.compile(r"\b(?:PRESIDEN|PPWP)\b"),
    "gubernur": re.compile(r"\bGUBERNUR\b"),
    "bupati": re.compile(r"\bBUPATI\b"),
    "walikota": re.compile(r"\bWALI ?KOTA\b"),
    "dpd": re.compile(r"\b(?:DPD|DEWAN PERWAKILAN DAERAH)\b"),
    "dprd provinsi": re.compile(r"\b(?:(?:DPRD|DEWAN PERWAKILAN RAKYAT DAERAH) PROV(?:INSI)?|DPRA|DPRP[A-Z]{0,2})\b"),
    "dprd kabupaten": re.compile(r"\b(?:(?:DPRD|DEWAN PERWAKILAN RAKYAT DAERAH) (?:KAB(?:UPATEN)?|KOTA)|DPRK)\b"),
    "dpr": re.compile(r"\b(?:DPR|DEWAN PERWAKILAN RAKYAT)\b(?! DAERAH)"),
}
"""Words by which a title names what is elected."""
_DESA_CODE: Final = re.compile(r"[0-9]{10}")
_KECAMATAN_CODE: Final = re.compile(r"[0-9]{6}")
_DESA_LABEL: Final = re.compile(r"(?:NAMA )?(?:DESA|KELURAHAN|DESA KELURAHAN|KELURAHAN DESA)(?: ATAU SEBUTAN LAIN)?")
_KECAMATAN_LABEL: Final = re.compile(r"(?:KODE )?(?:KECAMATAN|DISTRIK|KECAMATAN DISTRIK)")
_DESA_BEFORE: Final = re.compile(r"(?:DESA|KELURAHAN|DESA KELURAHAN|KELURAHAN DESA) ")
_TAB_NUMBER: Final = re.compile(r"^[0-9]{1,3} ")


class TitleCell(NamedTuple):
    """One filled cell above the first TPS heading."""

    row: int
    column: int
    text: str


def title_of(grid: Grid, found: list[Header], rules: SheetMap = UNMAPPED) -> list[TitleCell]:
    """The filled cells above the first heading that names a TPS, in reading order; first those that a map names."""
    first = min(header.row for header in found if header.tps)
    mapped = [
        TitleCell(row, column, f"{what} : {_text(cell)}")
        for what, (row, column) in (rules.cells or {}).items()
        if (cell := grid.rows.get(row, {}).get(column)) is not None
    ]
    return mapped + [
        TitleCell(row, column, _text(cell))
        for row in sorted(grid.rows)
        if row < first
        for column, cell in grid.rows[row].items()
        if _text(cell)
    ]


def _text(cell: Cell) -> str:
    """What a title cell says, without the colon that forms print before a value."""
    return cell.text.lstrip(": \u00a0").strip() if cell.kind in ("s", "n") and len(cell.text) <= LONGEST_LABEL else ""


# --- contest -------------------------------------------------------------------------------


def contests_of(grid: Grid, title: list[TitleCell], target: Target) -> tuple[Contest, ...]:
    """The contests of the workspace a sheet may belong to; more than one where its title names none.

    PlenoError when the title names another election than those of the workspace.
    """
    wanted = target.only_contest()
    candidates = (wanted,) if wanted is not None else target.contests
    fitting = tuple(contest for contest in candidates if all(_fits(cell.text, contest) for cell in title))
    if fitting:
        return fitting
    names = ", ".join(f"{contest.profile.name} {contest.profile.year}" for contest in candidates)
    odd = next(cell for cell in title if not all(_fits(cell.text, contest) for contest in candidates))
    raise PlenoError(
        "Berkas ditolak",
        f'{grid.place(odd.row, odd.column)} "{shown_outside(odd.text, 80)}" bukan {names}.',
        "Pilih berkas kontes dan tahun yang benar.",
    )


def _fits(text: str, contest: Contest) -> bool:
    """Whether nothing in a title cell speaks against a contest."""
    if _PROFILE.fullmatch(text):
        return text == contest.id
    said = words(text)
    year = _YEAR.search(said)
    if year is not None and int(year[1]) != contest.profile.year:
        return False
    offices, own = _offices(said), _offices(words(contest.profile.name))
    return not offices or not own or bool(offices & own)


def _offices(said: str) -> set[str]:
    return {office for office, pattern in _OFFICES.items() if pattern.search(said)}


# --- kecamatan and desa --------------------------------------------------------------------


def check_kecamatan(grid: Grid, title: list[TitleCell], found: list[Header], target: Target) -> None:
    """OtherKecamatan when a code of the title or of a TPS heading, or a name of the title, is of another one."""
    codes = [(cell.row, cell.column, cell.text[:6]) for cell in title if _DESA_CODE.fullmatch(cell.text)]
    codes += [
        (column.row, column.column, column.tps[:6])
        for header in found
        for column in header.tps.values()
        if TPS_CODE.fullmatch(column.tps)
    ]
    codes += [(cell.row, cell.column, cell.text) for cell in _kecamatan_codes(title)]
    for row, column, code in codes:
        if code != target.kecamatan:
            raise OtherKecamatan(
                "Berkas ditolak",
                f"{grid.place(row, column)} menyebut kecamatan {code}, bukan {target.kecamatan}.",
                "Pilih berkas kecamatan ini.",
            )
    check_region_names(grid, title, target)


_REGIONS: Final = (
    (2, "provinsi", re.compile(r"(?:NAMA )?PROVINSI")),
    (4, "kabupaten/kota", re.compile(r"(?:NAMA )?(?:KABUPATEN|KOTA|KABUPATEN KOTA|KAB KOTA|KABKOTA)")),
    (6, "kecamatan", re.compile(r"(?:NAMA )?(?:KECAMATAN|DISTRIK|KECAMATAN DISTRIK)")),
)
"""Digits of the code of a region, what it is, and what stands before its name."""
_KIND: Final = re.compile(r"^(?:KABUPATEN|KAB|KOTA|PROVINSI|PROV|KECAMATAN|DISTRIK) ")


def check_region_names(grid: Grid, title: list[TitleCell], target: Target) -> None:
    """OtherKecamatan when the title names another provinsi, kabupaten/kota or kecamatan that there is.

    A name that is none of any region is taken for a way of writing; it is the codes that decide.
    """
    own = region_names(target.kecamatan)
    for (digits, level, label), name in zip(_REGIONS, (own.provinsi, own.kabkota, own.kecamatan), strict=True):
        for cell, said in _named(title, label):
            if _bare(said) and _bare(said) != _bare(name) and _bare(said) in _others(digits):
                raise OtherKecamatan(
                    "Berkas ditolak",
                    f'{grid.place(cell.row, cell.column)} menyebut {level} "{shown_outside(said, 60)}", bukan {name}.',
                    "Pilih berkas kecamatan ini; kecamatan bernama sama ada juga di kabupaten lain.",
                )


@cache
def _others(digits: int) -> frozenset[str]:
    return frozenset(map(_bare, all_names(digits).values()))


def _bare(name: str) -> str:
    return name_key(_KIND.sub("", words(name)))


def _named(title: list[TitleCell], label: re.Pattern[str]) -> Iterator[tuple[TitleCell, str]]:
    """What stands beside a label, or after it in the same cell."""
    for index, cell in enumerate(title):
        before, colon, value = cell.text.partition(":")
        if not label.fullmatch(words(before)):
            continue
        beside = [near.text for near in title[index + 1 :] if near.row == cell.row]
        for text in [value.strip()] if colon and value.strip() else beside[:1]:
            if not text.isdigit():
                yield cell, text


def _kecamatan_codes(title: list[TitleCell]) -> Iterator[TitleCell]:
    """Six digits beside the label KECAMATAN or KODE KECAMATAN, or after it in the same cell."""
    for index, cell in enumerate(title):
        label, colon, value = cell.text.partition(":")
        if colon and _KECAMATAN_LABEL.fullmatch(words(label)) and _KECAMATAN_CODE.fullmatch(value.strip()):
            yield TitleCell(cell.row, cell.column, value.strip())
        elif _KECAMATAN_CODE.fullmatch(cell.text):
            before = (near for near in title[:index] if near.row == cell.row)
            if any(_KECAMATAN_LABEL.fullmatch(words(near.text)) for near in before):
                yield cell


def desa_of(grid: Grid, title: list[TitleCell], found: list[Header], target: Target) -> str:
    """The 10-digit code of the desa a sheet is of.

    Codes, the name beside DESA/KELURAHAN and the tab's name must not contradict each other.
    Raises SheetFault when they do, or when none names a desa of this kecamatan.
    """
    codes = {cell.text for cell in title if _DESA_CODE.fullmatch(cell.text)}
    codes |= {column.tps[:10] for header in found for column in header.tps.values() if len(column.tps) == 13}
    said = list(_desa_names(title))
    named = [_by_name(target, [name]) for name in said]
    if codes - target.desa.keys():
        raise _unsure(grid, f"kode desa {', '.join(sorted(codes - target.desa.keys()))} tidak ada dalam daftar TPS.")
    if any(not desa for desa in named) and not codes:
        raise _unsure(grid, f'desa "{shown_outside(", ".join(said), 60)}" tidak ada dalam daftar TPS.')
    tab = _by_name(target, _tab_names(grid.sheet))
    possible = [evidence for evidence in (codes, *named, tab) if evidence]
    if not possible:
        raise _unsure(grid, "tidak menyebut desa mana; isi DESA/KELURAHAN atau kode desa di kepala lembar.")
    agreed = set.intersection(*map(set, possible))
    if len(agreed) != 1:
        listed = ", ".join(f"{code} {target.desa[code]}" for code in sorted(set().union(*possible)))
        raise _unsure(grid, f"desanya tidak pasti: {listed}.")
    return agreed.pop()


def _unsure(grid: Grid, message: str) -> SheetFault:
    return SheetFault([BadCell(f"lembar {grid.sheet}", message)])


def _desa_names(title: list[TitleCell]) -> Iterator[str]:
    """Names beside the label DESA/KELURAHAN, or after it in the same cell."""
    for index, cell in enumerate(title):
        label, colon, value = cell.text.partition(":")
        if not _DESA_LABEL.fullmatch(words(label)):
            continue
        beside = [near.text for near in title[index + 1 :] if near.row == cell.row]
        for text in [value.strip()] if colon and value.strip() else beside:
            if name_key(text) and not _DESA_CODE.fullmatch(text):
                yield text
                break


def _tab_names(sheet: str) -> list[str]:
    """Readings of a tab's name: "DESA_01_AREN HULU" may be AREN HULU."""
    said = words(sheet.replace("_", " "))
    without = _DESA_BEFORE.sub("", said, count=1)
    return [said, without, _TAB_NUMBER.sub("", without), _TAB_NUMBER.sub("", said)]


def _by_name(target: Target, names: Iterable[str]) -> set[str]:
    """Codes of the desa with one of these names."""
    wanted = {name_key(name) for name in names}
    return {code for code, name in target.desa.items() if name_key(name) in wanted}
