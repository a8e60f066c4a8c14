"""Where the tables of a database differ from what its journal makes of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any, Final

from pleno.domain.box import Kotak
from pleno.domain.keberatan import Keberatan, Nihil
from pleno.domain.photo import Photo
from pleno.domain.pin import Pin, PinSecret
from pleno.domain.setting import Setting
from pleno.domain.state import (
    RECORDS,
    TPS_RECORDS,
    Absence,
    Answer,
    ContestChoice,
    Desa,
    Explanation,
    File,
    Kehadiran,
    Meeting,
    MemoryState,
    Pembetulan,
    Person,
    Reading,
    Record,
    Seal,
    Settlement,
    Sheet,
    Tps,
)
from pleno.store.mapping import Cell, Mapper
from pleno.store.tables import TABLES

_WORDS: Final[dict[type[Record], str]] = {
    Meeting: "rapat", Desa: "desa", Tps: "TPS", ContestChoice: "pilihan", Person: "petugas", Kehadiran: "kehadiran",
    Reading: "bacaan", Pembetulan: "pembetulan", Answer: "jawaban saksi", Explanation: "penjelasan",
    Settlement: "pengesahan", Keberatan: "keberatan", Nihil: "nihil", Seal: "segel", Sheet: "lembar",
    File: "berkas", Pin: "PIN", Photo: "foto", Setting: "setelan", Kotak: "kotak",
    Absence: "ketidakhadiran",
}  # fmt: skip
_LONGEST: Final = 80

_ABSENT: Final = object()


def differences(connection: sqlite3.Connection, replayed: MemoryState) -> Iterator[str]:
    """Every difference as one phrase that names the table, the record, the row and both values.

    Raises sqlite3.Error when a table cannot be read.
    """
    for kind in RECORDS:
        yield from _of_kind(connection, kind, replayed)
    yield from _secrets(connection, replayed)


def _secrets(connection: sqlite3.Connection, replayed: MemoryState) -> Iterator[str]:
    """The secrets of the PINs lie outside the journal, which holds the digest of each."""
    due = {pin.person: pin for pin in replayed.all(Pin)}
    for person, salt, hash_ in connection.execute("SELECT [person], [salt], [hash] FROM pin_secret"):
        pin = due.pop(person, None)
        if pin is None:
            yield f"PIN {_text(person)}: ada di tabel, tidak pernah disetel dalam jejak"
        elif not isinstance(salt, str) or not isinstance(hash_, str) or not PinSecret(person, salt, hash_).is_of(pin):
            yield f"PIN {_text(person)}: bukan yang disetel pada entri {pin.seq}"
    for pin in due.values():
        yield f"PIN {_text(pin.person)}: disetel pada entri {pin.seq}, tidak ada di tabel"


def _of_kind(connection: sqlite3.Connection, kind: type[Record], replayed: MemoryState) -> Iterator[str]:
    mapper = Mapper(kind)
    places = [mapper.columns.index(name) for name in kind.KEY]
    try:
        due = {_key(row, places): row for row in map(mapper.encode, replayed.all(kind))}
    except (TypeError, ValueError, AttributeError):
        # A journal whose hashes fit but whose values are of no known type: apply took what no table can hold.
        yield f"{_WORDS[kind]}: isi jejak tidak dapat disimpan"
        return
    columns = ", ".join(f"[{name}]" for name in mapper.columns)  # brackets: a missing column is never read as text
    for row in connection.execute(f"SELECT {columns} FROM {TABLES[kind].name}"):
        key = _key(row, places)
        expected = due.pop(key, None)
        if expected is None:
            yield f"{_named(kind, mapper, row)}: ada di tabel, tidak ada dalam jejak"
        elif row != expected:
            yield from _cells(kind, mapper, row, expected)
    for row in due.values():
        yield f"{_named(kind, mapper, row)}: tidak ada di tabel, ada dalam jejak"


def _key(row: tuple[Any, ...], places: list[int]) -> tuple[Any, ...]:
    return tuple([row[place] for place in places])


def _named(kind: type[Record], mapper: Mapper[Record], row: tuple[Any, ...]) -> str:
    """ "bacaan sirekap TPS 3101011003008", "segel 7"."""
    values = dict(zip(mapper.columns, row, strict=True))
    words = [_WORDS[kind]]
    if kind in TPS_RECORDS:
        words += [_text(values[name]) for name in kind.KEY if name not in ("tps", "contest")]
        words.append(f"TPS {_text(values['tps'])}")
    else:
        words += [_text(values[name]) for name in kind.KEY]
    return " ".join(words)


def _cells(
    kind: type[Record], mapper: Mapper[Record], row: tuple[Any, ...], expected: tuple[Cell, ...]
) -> Iterator[str]:
    name = _named(kind, mapper, row)
    where = f" ({_text(dict(zip(mapper.columns, expected, strict=True))['contest'])})" if kind in TPS_RECORDS else ""
    for column, found, due in zip(mapper.columns, row, expected, strict=True):
        if found == due and type(found) is type(due):
            continue
        inside = list(_inside(found, due)) or [(column, found, due)]
        for part, left, right in inside:
            yield f"{name} {part}: di tabel {_text(left)}, menurut jejak {_text(right)}{where}"


def _inside(found: Any, due: Any) -> Iterator[tuple[str, Any, Any]]:
    """The members in which two JSON objects differ; none when they are no objects."""
    try:
        left, right = json.loads(found), json.loads(due)
    except (TypeError, ValueError, RecursionError):
        return
    if not isinstance(left, dict) or not isinstance(right, dict):
        return
    for member in sorted(left.keys() | right.keys()):
        values = left.get(member, _ABSENT), right.get(member, _ABSENT)
        if values[0] != values[1] or type(values[0]) is not type(values[1]):
            yield (member, *values)


def _text(value: Any) -> str:
    """A value of a file that anybody may have written, short and safe on a terminal."""
    if value is _ABSENT:
        return "tidak ada"
    if value is None:
        return "kosong"
    text = value if isinstance(value, str) else repr(value)
    shown = "".join(char if char.isprintable() else "?" for char in text[:_LONGEST])
    return f"{shown}…" if len(text) > _LONGEST else shown
