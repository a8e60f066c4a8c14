"""Filling a workbook by splicing values into the XML at the places an XML parser reports.

Only the cells that get a value change; every other byte of the sheet and every other member of
the zip stays as it was. The same input gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape, unescape

from pleno.domain.errors import PlenoError
from pleno.domain.formula import column_of
from pleno.domain.formula_values import Fault, Value

Values = Mapping[str, Value]
"""Cell address ("E12") to a number, a text, or "" for a formula that shows nothing; None empties a cell."""

_TAG_END: Final = re.compile(rb"""[^"'>]*(?:(?:"[^"]*"|'[^']*')[^"'>]*)*>""")
"""To the end of a tag, past quotes that may hold a > themselves."""
_ATTRIBUTE: Final = re.compile(rb"""\s([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def splice(workbook: bytes, values: Mapping[str, Values]) -> bytes:
    """The workbook with values put into its cells, by sheet name and address.

    A formula keeps its formula and gets the value as its cached result; a cell that is not there yet is put where it
    belongs. PlenoError when a sheet is not there, or the workbook is no sound zip of XML.
    """
    try:
        return _spliced(workbook, values)
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError, zlib.error) as error:
        raise _unknown("isinya bukan buku kerja xlsx yang utuh") from error


def _spliced(workbook: bytes, values: Mapping[str, Values]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w") as new:
        parts = _sheet_parts(old)
        if missing := sorted(set(values) - set(parts)):
            raise _unknown(f"lembar {', '.join(missing)} tidak ada")
        filled = {parts[name]: (name, cells) for name, cells in values.items()}
        for info in old.infolist():
            data = old.read(info)
            if info.filename in filled:
                name, cells = filled[info.filename]
                data = fill_sheet(data, cells, name)
            member = zipfile.ZipInfo(info.filename, info.date_time)
            member.compress_type, member.external_attr = info.compress_type, info.external_attr
            new.writestr(member, data)
    return out.getvalue()


@dataclass(slots=True)
class _Found:
    """Where one cell stands."""

    start: int
    end: int = 0
    formula: tuple[int, int] | None = None
    style: str = ""
    prefix: str = ""


@dataclass(slots=True)
class _Row:
    """Where one row stands, and what cells it has."""

    start: int
    end: int = 0
    """Where its closing tag begins; its own end for an empty one."""
    cells: list[tuple[str, int]] = field(default_factory=list)
    """Address and offset, in order."""


@dataclass(slots=True)
class _Reader:
    """Collects the byte offsets of the wanted cells of one sheet."""

    xml: bytes
    wanted: Values
    found: dict[str, _Found] = field(default_factory=dict)
    rows: dict[int, _Row] = field(default_factory=dict)
    after: int = 0
    """Where the rows end."""
    prefix: str = ""
    _row: _Row | None = None
    _open: _Found | None = None
    _formula: int = 0
    _parser: expat.XMLParserType = field(default_factory=expat.ParserCreate)

    def read(self) -> None:
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.Parse(self.xml, True)

    def _refuse(self, *_: object) -> None:
        raise _unknown("lembar memuat DOCTYPE")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        prefix, colon, local = tag.rpartition(":")
        if local == "c":
            at, ref = self._parser.CurrentByteIndex, attributes.get("r", "")
            if ref in self.wanted:
                self._open = self.found[ref] = _Found(at, style=attributes.get("s", ""), prefix=prefix + colon)
            if self._row is not None:
                self._row.cells.append((ref, at))
        elif local == "f":
            self._formula = self._parser.CurrentByteIndex
        elif local == "row":
            self._row = self.rows[int(attributes.get("r", "0"))] = _Row(self._parser.CurrentByteIndex)
        elif local == "sheetData":
            self.prefix = prefix + colon

    def _end(self, tag: str) -> None:
        local = tag.rpartition(":")[2]
        if local == "c" and self._open is not None:
            self._open.end = self._element_end(self._open.start, self._parser.CurrentByteIndex)
            self._open = None
        elif local == "f" and self._open is not None:
            self._open.formula = (self._formula, self._element_end(self._formula, self._parser.CurrentByteIndex))
        elif local == "row" and self._row is not None:
            opening = self.tag_end(self._row.start)
            is_empty = self.xml[opening - 2 : opening] == b"/>"
            self._row.end = opening if is_empty else self._parser.CurrentByteIndex
        elif local == "sheetData":
            self.after = self._parser.CurrentByteIndex

    def _element_end(self, start: int, at: int) -> int:
        """Where an element ends whose closing tag is at `at`; what expat reports of an empty one differs by version."""
        opening = self.tag_end(start)
        return opening if self.xml[opening - 2 : opening] == b"/>" else self.tag_end(at)

    def tag_end(self, at: int) -> int:
        matched = _TAG_END.match(self.xml, at)
        if matched is None:
            raise _unknown("XML lembar tidak utuh")
        return matched.end()


def fill_sheet(xml: bytes, values: Values, name: str) -> bytes:
    """One sheet part with values in place."""
    reader = _Reader(xml, values)
    try:
        reader.read()
    except expat.ExpatError as error:
        raise _unknown(f"XML lembar {name} tidak utuh") from error
    pieces: list[bytes] = []
    at = 0
    for start, end, data in sorted(_changes(reader, values, name), key=lambda change: change[:2]):
        pieces += [xml[at:start], data]
        at = end
    return b"".join([*pieces, xml[at:]])


def _changes(reader: _Reader, values: Values, name: str) -> Iterator[tuple[int, int, bytes]]:
    """From where to where what is put instead; equal offsets stay in their order."""
    for ref, cell in reader.found.items():
        formula = reader.xml[slice(*cell.formula)] if cell.formula else b""
        yield cell.start, cell.end, _cell(ref, cell, formula, values[ref])
    absent: dict[int, list[str]] = {}
    for ref in set(values) - set(reader.found):
        if values[ref] is not None:
            absent.setdefault(_row(ref), []).append(ref)
    if absent and not reader.rows:
        raise _unknown(f"sel {name}!{min(ref for refs in absent.values() for ref in refs)} tidak ada")
    for number in sorted(absent):
        refs = sorted(absent[number], key=_column)
        cells = [(_column(ref), _cell(ref, _Found(0, prefix=reader.prefix), b"", values[ref])) for ref in refs]
        yield from _inserted(reader, number, cells)


def _inserted(reader: _Reader, number: int, cells: list[tuple[int, bytes]]) -> Iterator[tuple[int, int, bytes]]:
    """Cells that are not there yet, in their row or in one of their own."""
    p = reader.prefix.encode()
    row = reader.rows.get(number)
    if row is None:
        later = min((held.start for other, held in reader.rows.items() if other > number), default=reader.after)
        data = b"".join(data for _, data in cells)
        yield later, later, b'<%srow r="%d">%s</%srow>' % (p, number, data, p)
    elif row.end == reader.tag_end(row.start) and reader.xml[row.end - 2 : row.end] == b"/>":
        yield row.end - 2, row.end, b">" + b"".join(data for _, data in cells) + b"</%srow>" % p
    else:
        places: dict[int, bytes] = {}
        for column, data in cells:
            at = next((start for other, start in row.cells if _column(other) > column), row.end)
            places[at] = places.get(at, b"") + data
        yield from ((at, at, data) for at, data in places.items())


def _column(ref: str) -> int:
    return column_of(ref.rstrip("0123456789"))


def _row(ref: str) -> int:
    return int(ref.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def _cell(ref: str, cell: _Found, formula: bytes, value: Value) -> bytes:
    p = cell.prefix
    opening = f'<{p}c r="{ref}"' + (f' s="{cell.style}"' if cell.style else "")
    if value is None:
        return f"{opening}/>".encode() if not formula else f"{opening}>".encode() + formula + f"</{p}c>".encode()
    if isinstance(value, bool | Fault):
        kind, said = ("e", value.code) if isinstance(value, Fault) else ("b", str(int(value)))
        return f'{opening} t="{kind}">'.encode() + formula + f"<{p}v>{escape(said)}</{p}v></{p}c>".encode()
    if isinstance(value, int | float):
        return f"{opening}>{formula.decode()}<{p}v>{value}</{p}v></{p}c>".encode()
    text = escape(value)
    if formula:
        return f'{opening} t="str">'.encode() + formula + f"<{p}v>{text}</{p}v></{p}c>".encode()
    return f'{opening} t="inlineStr"><{p}is><{p}t xml:space="preserve">{text}</{p}t></{p}is></{p}c>'.encode()


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name -> member of the zip."""
    targets = {
        found["Id"]: found["Target"] for found in _tags(archive.read("xl/_rels/workbook.xml.rels"), b"Relationship")
    }
    return {
        unescape(found["name"], {"&quot;": '"', "&apos;": "'"}): _member(targets[relation])
        for found in _tags(archive.read("xl/workbook.xml"), b"sheet")
        if (relation := next((found[key] for key in found if key.endswith(":id")), "")) in targets
    }


def _tags(xml: bytes, name: bytes) -> list[dict[str, str]]:
    found = []
    for start in re.finditer(rb"<(?:\w+:)?" + name + rb"(?=[\s/>])", xml):
        matched = _TAG_END.match(xml, start.start())
        tag = matched[0] if matched else b""
        found.append({key.decode(): (double or single).decode() for key, double, single in _ATTRIBUTE.findall(tag)})
    return found


def _member(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _unknown(what: str) -> PlenoError:
    return PlenoError(
        "Buku kerja tidak dapat diisi", f"{what[0].upper()}{what[1:]}.", "Buat ulang dengan `pleno ekspor`."
    )
