"""A TOML file read key by key: every key checked, every fault named with its line, all faults at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from pleno.importers.limits import MAX_TEXT, BadCell, clean_text, nearest, refusal, shown_outside
from pleno.importers.toml_syntax import ADVICE, REFUSED, KeyPath, line_numbers, toml_values

_LISTED: Final = 12
"""Possible values spelled out in one message."""
_KINDS: Final = {str: "teks", bool: "true/false", int: "angka bulat", Decimal: "pecahan", list: "daftar", dict: "tabel"}


class TomlTable:
    """One table of a TOML file.

    Each method below takes one key. A value that is missing or wrong becomes a finding of the file
    and a harmless stand-in, so that reading goes on; `done` of the root raises all findings.
    """

    def __init__(self, file: _File, path: KeyPath, values: Mapping[str, Any]) -> None:
        self._file = file
        self._path = path
        self._values = values
        self._known: list[str] = []
        file.tables.append(self)

    def problem(self, key: str, message: str) -> None:
        """Add a finding at `key`, which the caller found; one Indonesian sentence."""
        self._file.add(self._at(key), shown_outside(key), message)

    def line(self, key: str) -> int:
        """The line that `key` stands on, or its table where the key is missing."""
        return self._file.line(self._at(key))

    def has(self, key: str) -> bool:
        return key in self._values

    def skip(self, key: str) -> None:
        """Ask nothing more of a key, whose finding the caller has made."""
        self._known.append(key)

    def is_table(self, key: str) -> bool:
        return isinstance(self._values.get(key), dict)

    def text(
        self,
        key: str,
        default: str | None = None,
        *,
        pattern: re.Pattern[str] | None = None,
        among: Collection[str] = (),
        limit: int = MAX_TEXT,
        shape: str = "",
    ) -> str:
        """A text that is not empty, cleaned; required unless there is a default.

        `among` lists what it may be; `pattern` is matched whole, and `shape` says it in Indonesian.
        """
        value = self._get(key, str, required=default is None)
        return (default or "") if value is None else self._text(key, value, pattern, among, limit, shape)

    def _text(
        self,
        key: str,
        value: str,
        pattern: re.Pattern[str] | None = None,
        among: Collection[str] = (),
        limit: int = MAX_TEXT,
        shape: str = "",
    ) -> str:
        try:
            cleaned = clean_text(value, key, limit)
        except BadCell as bad:
            self.problem(key, bad.message)
            return ""
        if not cleaned:
            self.problem(key, "kosong.")
        elif among and cleaned not in among:
            listed = f" Pilihannya: {', '.join(sorted(among))}." if len(among) <= _LISTED else ""
            wrong = f'berisi "{shown_outside(cleaned, 40)}", yang tidak dikenal.'
            self.problem(key, f"{wrong}{nearest(cleaned, among) or listed}")
        elif pattern is not None and not pattern.fullmatch(cleaned):
            self.problem(key, f'berisi "{shown_outside(cleaned, 40)}", seharusnya {shape}.')
        else:
            return cleaned
        return ""

    def texts(self, key: str, default: tuple[str, ...] | None = None, limit: int = MAX_TEXT) -> tuple[str, ...]:
        """A list of texts, none empty and none twice."""
        value = self._get(key, list, required=default is None)
        if value is None:
            return default or ()
        if wrong := next((item for item in value if not isinstance(item, str)), None):
            self.problem(key, f"memuat {_kind(wrong)}, seharusnya daftar teks.")
            return ()
        cleaned = [text for item in value if (text := self._text(key, item, limit=limit))]
        if doubled := sorted(text for text, times in Counter(cleaned).items() if times > 1):
            self.problem(key, f"memuat {', '.join(map(shown_outside, doubled[:_LISTED]))} lebih dari sekali.")
        return tuple(cleaned)

    def integer(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number from `low` to `high`."""
        value = self._get(key, int, required=default is None)
        if value is None:
            return low if default is None else default
        if not low <= value <= high:
            self.problem(key, f"di luar {low} sampai {high}.")
            return low
        return int(value)

    def permille(self, key: str, high: int) -> int:
        """A percentage such as 2.5 in thousandths (25), at most `high` thousandths."""
        value = self._get(key, Decimal, int, required=True)
        if value is None:
            return 0
        scaled = Decimal(value) * 10 if Decimal(value).is_finite() else Decimal(-1)
        if not (0 <= scaled <= high and scaled == int(scaled)):
            self.problem(key, f"harus persen dari 0 sampai {high // 10} dengan paling banyak satu desimal.")
            return 0
        return int(scaled)

    def flag(self, key: str, default: bool) -> bool:
        """true or false."""
        value = self._get(key, bool, required=False)
        return default if value is None else bool(value)

    def table(self, key: str, *, required: bool = True) -> TomlTable:
        """A table; an empty one where it may be missing."""
        return TomlTable(self._file, self._at(key), self._get(key, dict, required=required) or {})

    def tables(self, key: str, *, required: bool = True) -> tuple[TomlTable, ...]:
        """A list of tables, in the order of the file."""
        value = self._get(key, list, required=required) or []
        if wrong := next((item for item in value if not isinstance(item, dict)), None):
            self.problem(key, f"memuat {_kind(wrong)}, seharusnya daftar tabel.")
            return ()
        return tuple(TomlTable(self._file, (*self._at(key), index), item) for index, item in enumerate(value))

    def keys(self) -> tuple[str, ...]:
        """The keys that stand here, for tables whose keys are data; a key of more than MAX_TEXT
        characters or with forbidden ones becomes a finding."""
        sound = []
        for key in self._values:
            try:
                if clean_text(key, key) == key and key:
                    sound.append(key)
                    continue
                self.problem(key, "bukan nama kunci yang rapi.")
            except BadCell as bad:
                self.problem(key, bad.message)
            self._known.append(key)
        return tuple(sound)

    def done(self) -> None:
        """Raise PlenoError with every finding of the file, unknown keys included."""
        self._file.done()

    def unknown(self) -> Iterator[str]:
        """Keys nobody asked for."""
        return (key for key in self._values if key not in self._known)

    def meant(self, key: str) -> str:
        """A sentence end that names the key which was perhaps meant by an unknown one."""
        return nearest(key[:MAX_TEXT], self._known)

    def _at(self, key: str) -> KeyPath:
        return (*self._path, key)

    def _get(self, key: str, *kinds: type, required: bool) -> Any:
        """The value if it is one of `kinds`, else None and a finding."""
        self._known.append(key)
        if key not in self._values:
            if required:
                self.problem(key, "tidak ada.")
            return None
        value = self._values[key]
        if type(value) in kinds:
            return value
        self.problem(key, f"berisi {_kind(value)}, seharusnya {_KINDS[kinds[0]]}.")
        return None


class _Text(NamedTuple):
    """Where the keys of one TOML text stand."""

    name: str
    keys: frozenset[str]
    """At its top."""
    lines: Mapping[KeyPath, int]


class _File:
    """What the tables of one file share; of several texts laid over each other, which key stands in which."""

    def __init__(self, texts: Sequence[_Text]) -> None:
        self._texts = texts
        self.tables: list[TomlTable] = []
        self.findings: list[tuple[int, int, str, str]] = []
        """Number of the text, line, key and sentence."""

    def line(self, path: KeyPath) -> int:
        return self._place(path)[1]

    def add(self, path: KeyPath, key: str, message: str) -> None:
        self.findings.append((*self._place(path), key, message))

    def _place(self, path: KeyPath) -> tuple[int, int]:
        """Number of the text that `path` stands in, the first where it is missing, and its line."""
        number = next((n for n, text in enumerate(self._texts) if path and path[0] in text.keys), 0)
        lines = self._texts[number].lines
        while path and path not in lines:
            path = path[:-1]
        return number, lines.get(path, 1)

    def done(self) -> None:
        for table in self.tables:
            for key in table.unknown():
                # Comparing names is slow; nobody reads twenty guesses.
                table.problem(key, f"tidak dikenal.{table.meant(key) if len(self.findings) < 20 else ''}")
        if self.findings:
            bad = [
                BadCell(f"{self._texts[number].name} baris {line}, kunci {key}", text)
                for number, line, key, text in sorted(self.findings)
            ]
            raise refusal(REFUSED, bad, ADVICE)


def parse_toml(text: str, name: str, under: tuple[str, str] | None = None) -> TomlTable:
    """The root table of a TOML text; `name` is how messages call the file.

    `under` is the text and the name of another file, whose keys count where this one has none; a key at the top
    that stands in both counts whole as it is here. PlenoError with the line when a text is not TOML or writes a
    key twice.
    """
    layers = [(name, text), *([(under[1], under[0])] if under else [])]
    values: dict[str, Any] = {}
    texts: list[_Text] = []
    for called, content in layers:
        found = toml_values(content, called)
        texts.append(_Text(called, frozenset(found), line_numbers(content)))
        values = found | values
    return TomlTable(_File(texts), (), values)


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "tanggal atau jam")
