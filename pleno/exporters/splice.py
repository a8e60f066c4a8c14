"""Filling a workbook by splicing values into the XML at the places an XML parser reports.

Only the cells that get a value change; every other byte of the sheet and every other member of
the zip stays as it was. The same input gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape, unescape

from pleno.domain.errors import PlenoError
from pleno.exporters.plan import Value

Values = Mapping[str, Value]
"""Cell address ("E12") to a number, a text, or "" for a formula that shows nothing."""

_TAG_END: Final = re.compile(rb"""(?:[^"'>]|"[^"]*"|'[^']*')*>""")
"""To the end of a tag, past quotes that may hold a > themselves."""
_ATTRIBUTE: Final = re.compile(rb"""\s([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def splice(workbook: bytes, values: Mapping[str, Values]) -> bytes:
    """The workbook with values put into existing cells, by sheet name and address.

    A formula keeps its formula and gets the value as its cached result. PlenoError when a sheet or
    cell is not there, or the workbook is no sound zip of XML.
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


@dataclass
class _Found:
    """Where one cell stands."""

    start: int
    end: int = 0
    formula: tuple[int, int] | None = None
    style: str = ""
    prefix: str = ""


@dataclass
class _Reader:
    """Collects the byte offsets of the wanted cells of one sheet."""

    xml: bytes
    wanted: Values
    found: dict[str, _Found] = field(default_factory=dict)
    _open: _Found | None = None
    _formula: int = 0

    def read(self) -> dict[str, _Found]:
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = lambda tag, attributes: self._start(tag, attributes, parser.CurrentByteIndex)
        parser.EndElementHandler = lambda tag: self._end(tag, parser.CurrentByteIndex)
        parser.Parse(self.xml, True)
        return self.found

    def _refuse(self, *_: object) -> None:
        raise _unknown("lembar memuat DOCTYPE")

    def _start(self, tag: str, attributes: dict[str, str], at: int) -> None:
        prefix, _, local = tag.rpartition(":")
        if local == "c" and attributes.get("r") in self.wanted:
            self._open = self.found[attributes["r"]] = _Found(
                at, style=attributes.get("s", ""), prefix=f"{prefix}:" if prefix else ""
            )
        elif local == "f" and self._open is not None:
            self._formula = at

    def _end(self, tag: str, at: int) -> None:
        if self._open is None:
            return
        local = tag.rpartition(":")[2]
        if local == "f":
            self._open.formula = (self._formula, self._element_end(self._formula, at))
        elif local == "c":
            self._open.end = self._element_end(self._open.start, at)
            self._open = None

    def _element_end(self, start: int, at: int) -> int:
        """Where an element ends whose closing tag is at `at`; what expat reports of an empty one differs by version."""
        opening = self._tag_end(start)
        return opening if self.xml[opening - 2 : opening] == b"/>" else self._tag_end(at)

    def _tag_end(self, at: int) -> int:
        matched = _TAG_END.match(self.xml, at)
        if matched is None:
            raise _unknown("XML lembar tidak utuh")
        return matched.end()


def fill_sheet(xml: bytes, values: Values, name: str) -> bytes:
    """One sheet part with values in place."""
    try:
        found = _Reader(xml, values).read()
    except expat.ExpatError as error:
        raise _unknown(f"XML lembar {name} tidak utuh") from error
    if missing := sorted(set(values) - set(found)):
        raise _unknown(f"sel {name}!{missing[0]} tidak ada")
    pieces: list[bytes] = []
    at = 0
    for ref, cell in sorted(found.items(), key=lambda item: item[1].start):
        formula = xml[slice(*cell.formula)] if cell.formula else b""
        pieces += [xml[at : cell.start], _cell(ref, cell, formula, values[ref])]
        at = cell.end
    return b"".join([*pieces, xml[at:]])


def _cell(ref: str, cell: _Found, formula: bytes, value: Value) -> bytes:
    p = cell.prefix
    opening = f'<{p}c r="{ref}"' + (f' s="{cell.style}"' if cell.style else "")
    if value is None:
        return f"{opening}/>".encode() if not formula else f"{opening}>".encode() + formula + f"</{p}c>".encode()
    if isinstance(value, int):
        return f"{opening}>".encode() + formula + f"<{p}v>{value}</{p}v></{p}c>".encode()
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
        unescape(found["name"], {"&quot;": '"', "&apos;": "'"}): _member(targets[found["r:id"]])
        for found in _tags(archive.read("xl/workbook.xml"), b"sheet")
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
