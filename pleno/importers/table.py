"""A csv file as a table: encoding, delimiter, quotes and shape settled, cells untouched."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple, TypeAlias

from pleno.domain.errors import PlenoError
from pleno.domain.figures import thousands
from pleno.importers.limits import (
    MAX_CSV,
    MAX_CSV_COLUMNS,
    MAX_CSV_ROWS,
    MAX_FIELD,
    MAX_LINE,
    BadCell,
    clean_text,
    refusal,
    shown_outside,
    too_large,
)

DELIMITERS: Final = (";", ",", "\t")

_TITLE: Final = "Berkas csv ditolak"
_AS_UTF8: Final = 'Buka di Excel, lalu simpan ulang dengan jenis "CSV UTF-8".'
_QUOTED: Final = {
    delimiter: re.compile(rf'(?:"((?:[^"]|"")*)"|([^"{re.escape(delimiter)}]*))({re.escape(delimiter)}|\Z)')
    for delimiter in DELIMITERS
}


class CsvTable(NamedTuple):
    """The cells of a csv file."""

    header: tuple[str, ...]
    """Column names as written, spaces cleaned; no two are equal when case is ignored."""
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    """Line number (the first line is 1) and the raw cells, as many as the header; blank rows are left out."""


MayBeShort: TypeAlias = Callable[[tuple[str, ...], tuple[str, ...]], bool]
"""Whether a line with fewer cells than the header is right as it is; given the header and the cells."""


def read_csv(data: bytes, name: str, may_be_short: MayBeShort = lambda header, cells: False) -> CsvTable:
    """The table of a csv file in UTF-8 or UTF-16 with a byte order mark, separated by `;` `,` or tab.

    The delimiter is decided by the header alone (or a first line `sep=;`). PlenoError names every
    line that does not fit, and refuses what is above the limits or not text. A short line that is right
    as it is gets empty cells at its end.
    """
    if len(data) > MAX_CSV:
        raise too_large(name, len(data), MAX_CSV)
    text = _decoded(data, name).replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > MAX_CSV_ROWS:
        raise PlenoError(_TITLE, f"{name} lebih dari {thousands(MAX_CSV_ROWS)} baris.", "Bagi menjadi beberapa berkas.")
    lines = text.split("\n")
    first, delimiter = _delimiter(lines, name)
    records = _records(lines, first, delimiter, name)
    number, cells = next(records, (0, ()))
    if not cells:
        raise PlenoError(_TITLE, f"{name} tidak mempunyai baris judul.", "Baris pertama harus berisi nama-nama kolom.")
    header = _header(cells, number)
    return CsvTable(header, _rows(records, header, may_be_short))


def _decoded(data: bytes, name: str) -> str:
    encoding = "utf-8-sig"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif b"\0" in data:
        raise PlenoError(_TITLE, f"{name} memuat bita NUL; ini bukan teks UTF-8.", _AS_UTF8)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _other_encoding(data, name, error) from error
    if "\0" in text:
        raise PlenoError(_TITLE, f"{name} memuat karakter NUL.", _AS_UTF8)
    if not text.strip():
        raise PlenoError(_TITLE, f"{name} kosong.", "Pilih berkas yang berisi.")
    return text


def _other_encoding(data: bytes, name: str, error: UnicodeDecodeError) -> PlenoError:
    line = data.count(b"\n", 0, error.start) + 1
    before = re.split(rb"[\r\n]", data[max(0, error.start - 12) : error.start])[-1]
    after = re.split(rb"[\r\n]", data[error.start : error.start + 12])[0]
    sample = shown_outside((before + after).decode("cp1252", "replace"))
    return PlenoError(
        _TITLE,
        f'{name} baris {line} bukan UTF-8; bila Windows-1252, tulisannya "{sample}".',
        f"{_AS_UTF8} Periksa sesudahnya apakah tulisan itu benar.",
    )


def _delimiter(lines: list[str], name: str) -> tuple[int, str]:
    """Index of the header line, and what separates the columns."""
    first = next(index for index, line in enumerate(lines) if line.strip())
    declared = lines[first].strip(" ").strip('"').lower()
    if declared.startswith("sep="):
        if declared[4:] not in DELIMITERS:
            raise PlenoError(_TITLE, f"{name} baris {first + 1} menyebut pemisah yang tidak dikenal.", _AS_UTF8)
        return first + 1, declared[4:]
    unquoted = re.sub(r'"[^"]*"', "", lines[first][:MAX_LINE])
    delimiter = max(DELIMITERS, key=unquoted.count)
    if delimiter not in unquoted:
        raise PlenoError(
            _TITLE,
            f"{name} baris {first + 1} tidak mempunyai pemisah kolom (titik koma, koma atau tab).",
            "Baris pertama harus berisi nama-nama kolom.",
        )
    return first, delimiter


def _records(lines: list[str], first: int, delimiter: str, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Line number and cells of each record that is not blank; a quoted cell may hold line ends."""
    shared: dict[str, str] = {}
    index = first
    while index < len(lines):
        number, record = index + 1, lines[index]
        index += 1
        if record.count('"') % 2:
            parts, size = [record], len(record)
            while index < len(lines) and size <= MAX_LINE:
                parts.append(lines[index])
                size += len(lines[index]) + 1
                index += 1
                if parts[-1].count('"') % 2:
                    break
            record = "\n".join(parts)
        if len(record) > MAX_LINE:
            raise PlenoError(
                _TITLE, f"{name} baris {number} terlalu panjang, atau tanda kutipnya tidak ditutup.", _AS_UTF8
            )
        cells = _quoted_cells(record, delimiter, number) if '"' in record else record.split(delimiter)
        if any(cell.strip() for cell in cells):
            # Codes and figures repeat by the thousand; one object each keeps a large file small.
            yield number, tuple(shared.setdefault(cell, cell) for cell in cells)


def _quoted_cells(record: str, delimiter: str, number: int) -> list[str]:
    cells: list[str] = []
    pattern, position = _QUOTED[delimiter], 0
    while True:
        found = pattern.match(record, position)
        if found is None:
            raise PlenoError(_TITLE, f"Baris {number} memuat tanda kutip yang tidak berpasangan.", _AS_UTF8)
        quoted, plain, end = found.groups()
        cells.append(plain if quoted is None else quoted.replace('""', '"'))
        if not end:
            return cells
        position = found.end()


def _header(cells: tuple[str, ...], number: int) -> tuple[str, ...]:
    if len(cells) > MAX_CSV_COLUMNS:
        raise PlenoError(
            _TITLE,
            f"Baris {number} mempunyai lebih dari {thousands(MAX_CSV_COLUMNS)} kolom.",
            "Periksa pemisah kolomnya.",
        )
    findings: list[BadCell] = []
    header: list[str] = []
    seen: set[str] = set()
    for column, cell in enumerate(cells, 1):
        place = f"Baris {number}, kolom ke-{column}"
        try:
            header.append(clean_text(cell, place))
        except BadCell as bad:
            findings.append(bad)
            continue
        if not header[-1]:
            findings.append(BadCell(place, "tidak bernama."))
        elif header[-1].casefold() in seen:
            findings.append(BadCell(place, f'bernama "{header[-1]}" seperti kolom sebelumnya.'))
        seen.add(header[-1].casefold())
    if findings:
        raise refusal(_TITLE, findings, "Perbaiki nama kolom di baris itu.")
    return tuple(header)


def _rows(
    records: Iterator[tuple[int, tuple[str, ...]]], header: tuple[str, ...], may_be_short: MayBeShort
) -> tuple[tuple[int, tuple[str, ...]], ...]:
    findings: list[BadCell] = []
    rows: list[tuple[int, tuple[str, ...]]] = []
    for number, found in records:
        missing = len(header) - len(found)
        cells = (*found, *[""] * missing) if missing > 0 and may_be_short(header, found) else found
        if len(cells) != len(header):
            kind = "lebih pendek" if len(cells) < len(header) else "lebih panjang"
            message = f"{kind} dari baris judul ({len(cells)} sel, seharusnya {len(header)})."
            findings.append(BadCell(f"Baris {number}", message))
        elif tuple(cell.strip() for cell in cells) == header:
            findings.append(BadCell(f"Baris {number}", "mengulang baris judul."))
        elif max(map(len, cells)) > MAX_FIELD:
            findings.append(BadCell(f"Baris {number}", f"memuat sel lebih dari {thousands(MAX_FIELD)} karakter."))
        else:
            rows.append((number, cells))
    if findings:
        raise refusal(_TITLE, findings, "Perbaiki baris-baris itu lalu impor lagi.")
    return tuple(rows)
