"""The guarded border for xlsx bytes: which kind of file, within which limits, and its XML parts (TRUST.md section 8).

Nothing is unpacked before the limits hold, nothing is unpacked to disk, and no part with a DOCTYPE is read.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import Final
from xml.parsers import expat

from pleno.domain.errors import PlenoError
from pleno.domain.figures import thousands
from pleno.importers.archive import open_zip
from pleno.importers.limits import (
    MAX_RATIO,
    MAX_SHEET_CELLS,
    MAX_SHEETS,
    MAX_XLSX,
    MAX_XLSX_MEMBERS,
    MAX_XLSX_UNPACKED,
    RATIO_FROM,
    shown_outside,
)

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
"""Namespace of workbook parts as expat writes it before each name, with the separating space."""

MOST_TAGS: Final = 4 * MAX_SHEET_CELLS
"""Tags in all parts that are read: a cell and its value have four. Bounds the time a flood of elements takes."""

_OFFICE_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_RELATION: Final = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"
_CONTENT_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types "
_WORKBOOK_TYPES: Final = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
)
_MACROS: Final = ("macroenabled", "vbaproject", "macrosheet")
_OBJECTS: Final = ("oleobject", "activex", "/embeddings/", "officedocument.package")
_STRICT: Final = "http://purl.oclc.org/ooxml/"
_OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_CHUNK: Final = 65_536
_BROKEN_ZIP: Final = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError, OSError,
    NotImplementedError, RuntimeError, ValueError, LookupError, OverflowError,
)  # fmt: skip
"""Everything zipfile was seen to raise for damaged bytes."""

_SAVE_AS: Final = "Buka di Excel atau LibreOffice, lalu simpan ulang sebagai Excel Workbook (.xlsx)."
_COPY_AGAIN: Final = "Salin ulang berkas dari sumbernya."

StartHandler = Callable[[str, dict[str, str]], None]
EndHandler = Callable[[str], None]
TextHandler = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One worksheet of a workbook."""

    name: str
    """The tab's name, safe to show."""
    part: str
    """Zip member."""
    hidden: bool


def refuse(name: str, message: str, advice: str) -> PlenoError:
    """The refusal of a whole workbook."""
    return PlenoError("Berkas ditolak", f"{name}: {message}", advice)


class Package:
    """An xlsx file that keeps the limits; its XML parts are read through `parse`.

    Raises PlenoError for everything that is not a plain, whole xlsx workbook.
    """

    name: str
    """File name for messages."""
    sheets: tuple[SheetPart, ...]
    """Worksheets in the order of the tabs; chart sheets are left out."""
    has_external_links: bool
    """Links to other workbooks, which are never followed."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._tags = 0
        self._zip = _opened(data, name)
        self._members = {member.filename: member for member in self._zip.infolist()}
        self._types = self._content_types()
        self._main = self._main_part()
        self._refuse_active_content()
        self._relations = self._related(self._main)
        self.sheets = self._sheets()
        self.has_external_links = self._external_links()
        self._refuse_doctypes()

    def part_of(self, kind: str) -> str | None:
        """The workbook's part of a relationship kind ("styles", "sharedStrings"), if it is there."""
        wanted = f"{_OFFICE_RELATION}/{kind}"
        return next((part for relation, part in self._relations.values() if relation == wanted), None)

    def parse(
        self,
        part: str,
        start: StartHandler | None = None,
        end: EndHandler | None = None,
        text: TextHandler | None = None,
    ) -> None:
        """Read one XML part through the handlers; names come as "namespace local".

        PlenoError for a DOCTYPE, for what is no XML, and for a damaged zip member. A PlenoError
        that a handler raises goes through.
        """
        if part not in self._members:
            raise refuse(self.name, f"bagian {_shown(part)} tidak ada.", _COPY_AGAIN)
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype(part)
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        with self._whole(part), self._zip.open(self._members[part]) as stream:
            while chunk := stream.read(_CHUNK):
                self._tags += chunk.count(b"<") if start else 0
                if self._tags > MOST_TAGS:
                    raise refuse(self.name, "memuat terlalu banyak unsur XML.", _SAVE_AS)
                parser.Parse(chunk, False)
            parser.Parse(b"", True)

    def _doctype(self, part: str) -> Callable[..., None]:
        def found(*_: object) -> None:
            raise refuse(self.name, f"bagian {_shown(part)} memuat DOCTYPE, yang tidak pernah ditulis Excel.", _SAVE_AS)

        return found

    @contextmanager
    def _whole(self, part: str) -> Iterator[None]:
        try:
            yield
        except expat.ExpatError as error:
            raise refuse(self.name, f"bagian {_shown(part)} bukan XML yang utuh.", _COPY_AGAIN) from error
        except _BROKEN_ZIP as error:
            raise refuse(self.name, f"berkas tidak utuh (bagian {_shown(part)} rusak).", _COPY_AGAIN) from error

    def _content_types(self) -> Mapping[str, str]:
        """Lower-case content type by member."""
        defaults: dict[str, str] = {}
        overrides: dict[str, str] = {}

        def start(tag: str, attrs: dict[str, str]) -> None:
            kind = attrs.get("ContentType", "").lower()
            if tag == f"{_CONTENT_TYPES}Default":
                defaults[attrs.get("Extension", "").lower()] = kind
            elif tag == f"{_CONTENT_TYPES}Override":
                overrides[attrs.get("PartName", "").lstrip("/").lower()] = kind

        if "[Content_Types].xml" not in self._members:
            raise refuse(self.name, "bukan xlsx.", _SAVE_AS)
        self.parse("[Content_Types].xml", start)
        return {
            member: overrides.get(member.lower(), defaults.get(member.rpartition(".")[2].lower(), ""))
            for member in self._members
        }

    def _main_part(self) -> str:
        main = next((part for kind, part in self._related("").values() if kind.endswith("/officeDocument")), "")
        kind = self._types.get(main, "")
        if any(word in kind for word in _MACROS):
            raise self._macros()
        if kind not in _WORKBOOK_TYPES:
            raise refuse(self.name, "bukan xlsx.", _SAVE_AS)
        return main

    def _macros(self) -> PlenoError:
        return refuse(self.name, "memuat makro.", "Simpan ulang sebagai Excel Workbook (.xlsx) tanpa makro.")

    def _refuse_active_content(self) -> None:
        for member, kind in self._types.items():
            described = f"{kind} /{member.lower()}"
            if any(word in described for word in _MACROS):
                raise self._macros()
            if any(word in described for word in _OBJECTS):
                raise refuse(
                    self.name,
                    f"memuat objek tertanam ({_shown(member)}).",
                    "Hapus objek itu, lalu simpan ulang sebagai .xlsx.",
                )

    def _related(self, part: str) -> dict[str, tuple[str, str]]:
        """Relationship id -> (type, member) of a part, inside the file only."""
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, attrs: dict[str, str]) -> None:
            if tag != _PACKAGE_RELATION or attrs.get("TargetMode") == "External":
                return
            kind, target = attrs.get("Type", ""), attrs.get("Target", "")
            if kind.startswith(_STRICT):
                raise refuse(self.name, "berformat Strict Open XML.", _SAVE_AS)
            inside = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))
            found[attrs.get("Id", "")] = (kind, inside)

        folder, _, base = part.rpartition("/")
        relations = join(folder, "_rels", f"{base}.rels")
        if relations in self._members:
            self.parse(relations, start)
        return found

    def _sheets(self) -> tuple[SheetPart, ...]:
        found: list[SheetPart] = []
        roots: list[str] = []

        def start(tag: str, attrs: dict[str, str]) -> None:
            if not roots:
                roots.append(tag)
            if tag == f"{MAIN}sheet":
                kind, part = self._relations.get(attrs.get(f"{_OFFICE_RELATION} id", ""), ("", ""))
                if kind.endswith("/worksheet"):
                    hidden = attrs.get("state", "visible") != "visible"
                    found.append(SheetPart(shown_outside(attrs.get("name", ""), 40), part, hidden))

        self.parse(self._main, start)
        if roots != [f"{MAIN}workbook"]:
            raise refuse(self.name, "bukan buku kerja Excel biasa.", _SAVE_AS)
        if not found:
            raise refuse(self.name, "tidak mempunyai lembar.", _COPY_AGAIN)
        if len(found) > MAX_SHEETS:
            message = f"{len(found)} lembar, paling banyak {MAX_SHEETS}."
            raise refuse(self.name, message, "Bagi menjadi beberapa berkas.")
        parts, names = {sheet.part for sheet in found}, {sheet.name.upper() for sheet in found}
        if min(len(parts), len(names)) < len(found):
            raise refuse(self.name, "dua lembar bernama atau berisi sama.", _SAVE_AS)
        return tuple(found)

    def _external_links(self) -> bool:
        """Whether there are links to other workbooks. DDE and OLE links run programs and are refused."""

        def start(tag: str, _: dict[str, str]) -> None:
            if tag in (f"{MAIN}ddeLink", f"{MAIN}oleLink"):
                raise refuse(self.name, "memuat sambungan DDE atau OLE.", "Hapus sambungan itu, lalu simpan ulang.")

        links = [member for member in self._members if "/externallinks/" in f"/{member.lower()}"]
        for member in links:
            if member.lower().endswith(".xml"):
                self.parse(member, start)
        return bool(links)

    def _refuse_doctypes(self) -> None:
        """Every XML part is looked through, also those nobody reads; the sheets are while they are read."""
        read_later = {sheet.part for sheet in self.sheets}
        for member in self._members:
            if member.lower().endswith((".xml", ".rels")) and member not in read_later:
                self.parse(member)


def _opened(data: bytes, name: str) -> zipfile.ZipFile:
    """The zip behind the bytes, once its directory keeps the limits."""
    if not data:
        raise refuse(name, "berkas kosong (0 bita).", _COPY_AGAIN)
    if data.startswith(_OLE_MAGIC):
        if _ENCRYPTED in data:
            raise refuse(name, "terkunci sandi.", "Buka di Excel, hapus sandinya, lalu simpan ulang.")
        raise refuse(name, "bukan xlsx, melainkan Excel lama (.xls) atau dokumen lain.", _SAVE_AS)
    if not data.startswith(b"PK"):
        raise refuse(name, "bukan xlsx.", _SAVE_AS)
    opened = open_zip(data, name, MAX_XLSX)
    _check_directory(opened.infolist(), name)
    return opened


def _check_directory(members: list[zipfile.ZipInfo], name: str) -> None:
    if len(members) > MAX_XLSX_MEMBERS:
        raise refuse(name, f"{thousands(len(members))} bagian, paling banyak {thousands(MAX_XLSX_MEMBERS)}.", _SAVE_AS)
    if len({member.filename.lower() for member in members}) < len(members):
        raise refuse(name, "satu bagian ada dua kali.", _SAVE_AS)
    for member in members:
        if member.flag_bits & 0x1:
            raise refuse(name, "terkunci sandi.", "Hapus sandinya, lalu simpan ulang.")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refuse(name, f"bagian {_shown(member.filename)} dimampatkan dengan cara lain.", _SAVE_AS)
        if member.file_size > RATIO_FROM and member.file_size > MAX_RATIO * member.compress_size:
            raise refuse(
                name, f"bagian {_shown(member.filename)} mengembang lebih dari {MAX_RATIO} kali.", "Jangan dipakai."
            )
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_XLSX_UNPACKED:
        raise refuse(
            name,
            f"menjadi {thousands(unpacked)} bita bila dibuka, paling banyak {thousands(MAX_XLSX_UNPACKED)}.",
            "Bagi menjadi beberapa berkas.",
        )


def _shown(part: str) -> str:
    return shown_outside(part, 60)
