"""A list that an office writes by hand (TPS, choices), from csv or xlsx: lines of named text cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple

from pleno.domain.errors import PlenoError
from pleno.domain.figures import thousands
from pleno.importers.limits import MAX_FIELD, MAX_INPUT, BadCell, nearest, read_regular, refusal, shown_outside
from pleno.importers.ooxml import Package
from pleno.importers.sniff import Format, sniff
from pleno.importers.table import read_csv
from pleno.importers.workbook_cells import CellReader
from pleno.importers.workbook_grid import Cell, Grid

_ADVICE: Final = "Perbaiki baris-baris itu, lalu ulangi."
_MOST_LINES: Final = 20_000
"""The largest kecamatan has 1,591 TPS."""
_LARGEST: Final = Decimal(10**15)
"""Above it Excel itself no longer keeps every digit."""

NO_ALIASES: Final[Mapping[str, str]] = {}


class Line(NamedTuple):
    """One line of a list."""

    number: int
    """Line of the csv file or row of the sheet, from 1."""
    cells: Mapping[str, str]
    """Column name to text without outer spaces; empty cells and columns that are not there are "". """


class MasterTable(NamedTuple):
    """A list as read."""

    name: str
    """File name, safe to show."""
    columns: frozenset[str]
    """Names of the columns that are there."""
    lines: tuple[Line, ...]


def read_master(
    path: Path,
    title: str,
    required: tuple[str, ...],
    optional: tuple[str, ...],
    instead: tuple[str, ...] = (),
    aliases: Mapping[str, str] = NO_ALIASES,
) -> MasterTable:
    """The lines of a csv or xlsx list whose columns are found by name.

    Columns `instead` do where the required ones are missing; `aliases` are other names of columns, in small letters,
    and those with an empty name are passed over. PlenoError with `title` names every unknown or missing column and
    every cell that is not plain.
    """
    data = read_regular(path, MAX_INPUT)
    name = shown_outside(path.name)
    kind = sniff(data, name)
    findings: list[BadCell] = []
    if kind is Format.CSV:
        table = read_csv(data, name)
        header, rows = table.header, table.rows
    elif kind is Format.XLSX:
        header, rows = _sheet(data, name, (required[:1], instead), aliases, findings)
    else:
        raise PlenoError(title, f"{name} bukan csv atau xlsx.", "Simpan daftarnya sebagai csv atau xlsx.")
    columns = tuple(_called(cell, aliases) for cell in header)
    known = (*required, *optional)
    for column in columns:
        if column and column not in known:
            findings.append(
                BadCell(name, f'kolom "{shown_outside(column, 40)}" tidak dikenal.{nearest(column, known)}')
            )
    if not instead or not set(instead) <= set(columns):
        findings.extend(BadCell(name, f"kolom {column} tidak ada.") for column in required if column not in columns)
    findings.extend(BadCell(name, f"kolom {column} ada lebih dari sekali.") for column in _doubled(columns))
    if not rows and not findings:
        findings.append(BadCell(name, "tidak memuat satu baris pun di bawah judul."))
    if len(rows) > _MOST_LINES:
        findings.append(BadCell(name, f"lebih dari {thousands(_MOST_LINES)} baris."))
    if findings:
        raise refusal(title, findings, _ADVICE)
    empty = dict.fromkeys(known, "")
    lines = (Line(row, {**empty, **dict(zip(columns, map(_trimmed, cells), strict=True))}) for row, cells in rows)
    return MasterTable(name, frozenset(columns) - {""}, tuple(lines))


def _called(header: str, aliases: Mapping[str, str]) -> str:
    """Our name of a column; "" for one to pass over."""
    said = header.strip().casefold()
    return aliases.get(said, said)


def _trimmed(cell: str) -> str:
    return cell.strip(" \u00a0")


def _doubled(columns: tuple[str, ...]) -> list[str]:
    return sorted({column for column in columns if column and columns.count(column) > 1})


def _sheet(
    data: bytes,
    name: str,
    keys: Sequence[tuple[str, ...]],
    aliases: Mapping[str, str],
    findings: list[BadCell],
) -> tuple[tuple[str, ...], tuple[tuple[int, tuple[str, ...]], ...]]:
    """Header and rows of the one sheet whose first filled row names all columns of one of the keys."""
    package = Package(data, name)
    reader = CellReader(package)
    grids = [reader.read(sheet) for sheet in package.sheets]
    named = [{_called(text, aliases) for text in _first_row(grid).values()} for grid in grids]
    meant = [grid for grid, columns in zip(grids, named, strict=True) if any(key and {*key} <= columns for key in keys)]
    if len(meant) != 1:
        listed = ", ".join(grid.sheet for grid in meant or grids)
        problem = "lebih dari satu lembar memuat" if meant else "tidak ada lembar yang baris pertamanya memuat"
        message = f"{name}: {problem} kolom {keys[0][0]} ({listed})."
        raise PlenoError("Daftar ditolak", message, "Sisakan satu lembar daftar, dengan nama kolom di baris pertama.")
    grid = meant[0]
    header = _first_row(grid)
    for area in grid.merged:
        findings.append(BadCell(grid.place(area.top, area.left), "sel gabungan; pisahkan dahulu."))
    if grid.outside:
        findings.append(BadCell(grid.sheet, f"{grid.outside} sel berisi berada terlalu jauh di bawah atau di kanan."))
    rows = []
    for number in sorted(grid.rows)[1:]:
        texts = {
            column: _text(cell, grid.place(number, column), findings) for column, cell in grid.rows[number].items()
        }
        for column in texts.keys() - header.keys():
            if texts[column].strip():
                findings.append(BadCell(grid.place(number, column), "berisi, tetapi kolomnya tanpa judul."))
        cells = tuple(texts.get(column, "") for column in header)
        if any(map(_trimmed, cells)):
            rows.append((number, cells))
    return tuple(header.values()), tuple(rows)


def _first_row(grid: Grid) -> Mapping[int, str]:
    """Column number to the text of the first filled row."""
    first = grid.rows[min(grid.rows)] if grid.rows else {}
    return {
        column: cell.text.strip() for column, cell in sorted(first.items()) if cell.kind == "s" and cell.text.strip()
    }


def _text(cell: Cell, place: str, findings: list[BadCell]) -> str:
    """What a cell says; a number without its decimal point, so that a code of digits stays a code."""
    if cell.formula:
        findings.append(BadCell(place, "berisi rumus; tempel sebagai nilai."))
    elif cell.kind == "n" and cell.fault is None:
        number = Decimal(cell.text)
        if number == number.to_integral_value() and 0 <= number < _LARGEST:
            return str(int(number))
        findings.append(BadCell(place, f'"{shown_outside(cell.text, 20)}" bukan angka bulat.'))
    elif cell.kind != "s":
        findings.append(BadCell(place, "berisi tanggal, persen, benar/salah atau galat; ketik sebagai teks."))
    elif len(cell.text) > MAX_FIELD:
        findings.append(BadCell(place, "terlalu panjang."))
    else:
        return cell.text
    return ""
