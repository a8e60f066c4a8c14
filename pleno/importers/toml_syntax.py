"""The text of a TOML file: its encoding, its syntax, and on which line each key stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, TypeAlias

from pleno.domain.errors import PlenoError
from pleno.importers.limits import MAX_TOML, read_regular, shown_outside

KeyPath: TypeAlias = tuple[str | int, ...]
"""Where a value stands: ("bagian", 0, "kode"); a number is the place in a list."""

REFUSED: Final = "Berkas toml ditolak"
ADVICE: Final = "Perbaiki baris-baris itu dengan penyunting teks biasa."

_AS_UTF8: Final = 'Simpan ulang dengan penyandian "UTF-8" (tanpa BOM).'
_POSITION: Final = re.compile(r" \(at (?:line ([0-9]+), column [0-9]+|end of document)\)$")
_MOST_DOTS: Final = 100
"""A key of n dotted parts costs tomllib n² steps."""
_DOUBLED: Final = ("Cannot overwrite a value", "Cannot declare", "Duplicate inline table key", "Cannot mutate")
_KEY: Final = r"(?:[A-Za-z0-9_-]+|\"[^\"\n]*\"|'[^'\n]*')"
_KEYS: Final = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_HEADER: Final = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_KEYS})[ \t]*\]")
_ASSIGNMENT: Final = re.compile(rf"[ \t]*({_KEYS})[ \t]*=(.*)")


def read_toml(path: Path) -> str:
    """The text of a TOML file. PlenoError when it is too large, starts with a byte order mark or is not UTF-8."""
    data = read_regular(path, MAX_TOML)
    name = shown_outside(path.name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PlenoError(REFUSED, f"{name} baris {line} bukan UTF-8.", _AS_UTF8) from error


def toml_values(text: str, name: str) -> dict[str, Any]:
    """The values of a TOML text, fractions as Decimal; `name` is how messages call the file.

    PlenoError with the line when the text is not TOML or writes a key twice.
    """
    if text.startswith("\ufeff"):
        raise PlenoError(REFUSED, f"{name} diawali tanda urutan bita (BOM).", _AS_UTF8)
    if len(text) > MAX_TOML:
        raise PlenoError(REFUSED, f"{name} lebih dari {MAX_TOML} karakter.", "Pastikan ini berkas yang dimaksud.")
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > _MOST_DOTS:
            raise PlenoError(REFUSED, f"{name} baris {number} memuat lebih dari {_MOST_DOTS} titik.", ADVICE)
    try:
        return tomllib.loads(text, parse_float=_decimal)
    except RecursionError as error:
        raise PlenoError(REFUSED, f"{name} bersarang terlalu dalam.", "Pastikan ini berkas yang dimaksud.") from error
    except ValueError as error:  # TOMLDecodeError, and what int() says of thousands of digits
        raise _syntax_error(str(error), text, name) from error


def _decimal(text: str) -> Decimal:
    """A fraction; one whose exponent is beyond any use is as good as no number."""
    try:
        value = Decimal(text)
    except ArithmeticError:
        return Decimal("NaN")
    return value if abs(value.adjusted()) < 20 else Decimal("NaN")


def _syntax_error(message: str, text: str, name: str) -> PlenoError:
    found = _POSITION.search(message)
    if found is None:
        return PlenoError(REFUSED, f"{name} memuat angka yang terlalu panjang.", ADVICE)
    line = int(found[1]) if found[1] else text.count("\n") + 1
    wrong = "menulis kunci atau tabel yang sudah ada" if message.startswith(_DOUBLED) else "bukan TOML yang benar"
    advice = f'{ADVICE} Teks diapit tanda kutip, misalnya nama = "BUDI"; garis miring terbalik ditulis /.'
    return PlenoError(REFUSED, f"{name} baris {line} {wrong}.", advice)


def line_numbers(text: str) -> dict[KeyPath, int]:
    """Line of every key and table header. Values inside { } stand on the line of their key."""
    lines: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    quotes = ""
    for number, line in enumerate(text.split("\n"), 1):
        if quotes:  # inside a text of several lines nothing is a key
            quotes = "" if quotes in line else quotes
        elif found := _HEADER.match(line):
            path = _resolved(_split(found[2]), counts)
            if found[1] == "[[":
                lines.setdefault(path, number)
                counts[path] = counts.get(path, 0) + 1
                path = (*path, counts[path] - 1)
            lines.setdefault(path, number)
            table = path
        elif found := _ASSIGNMENT.match(line):
            names = _split(found[1])
            for end in range(1, len(names) + 1):
                lines.setdefault((*table, *names[:end]), number)
            quotes = next((mark for mark in ('"""', "'''") if found[2].count(mark) == 1), "")
    return lines


def _resolved(names: KeyPath, counts: Mapping[KeyPath, int]) -> KeyPath:
    """A header's path with the number of the list item that is open at each step but the last."""
    path: KeyPath = ()
    for index, name in enumerate(names):
        path = (*path, name)
        if index < len(names) - 1 and path in counts:
            path = (*path, counts[path] - 1)
    return path


def _split(dotted: str) -> KeyPath:
    return tuple(part.strip("\"'") for part in re.findall(_KEY, dotted))
