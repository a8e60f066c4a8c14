"""Several PDFs of the compiler as one: a set is compiled in batches and printed as one file.

Works on what typst writes: objects listed in one plain cross-reference table, none packed into streams.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

_REFERENCE: Final = re.compile(rb"\b(\d+) 0 R\b")
_COUNT: Final = re.compile(rb"/Count (\d+)")
_ENTRY: Final = 20
"""Bytes of one line of the table."""


class _Part(NamedTuple):
    """One file taken apart."""

    objects: Sequence[bytes]
    """Content of object 1 and up."""
    pages: int
    """Number of the object that is its tree of pages."""
    info: int


def join(parts: Sequence[bytes]) -> bytes:
    """All pages in order, with the title and time of the first. ValueError when a part is not as typst writes it."""
    if len(parts) == 1:
        return parts[0]
    taken = [_apart(part) for part in parts]
    objects: list[bytes] = []
    trees: list[int] = []
    for part in taken:
        base = len(objects)
        trees.append(part.pages + base)
        objects += [_moved(one, base) for one in part.objects]
    count = sum(int(_found(_COUNT, objects[tree - 1])) for tree in trees)
    top = len(objects) + 1
    for tree in trees:
        objects[tree - 1] = objects[tree - 1].replace(b"/Type/Pages", b"/Type/Pages/Parent %d 0 R" % top, 1)
    objects.append(b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, b" ".join(b"%d 0 R" % tree for tree in trees)))
    objects.append(b"<</Type/Catalog/Pages %d 0 R/Lang(id)>>" % top)
    return _written(objects, root=top + 1, info=taken[0].info)


def _apart(data: bytes) -> _Part:
    start = int(_found(re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z"), data))
    head = re.compile(rb"xref\s+0 (\d+)\s*?\n").match(data, start)
    if head is None:
        raise ValueError("PDF tanpa daftar objek")
    table, count = head.end(), int(head[1])
    offsets = [int(data[at : at + 10]) for at in range(table + _ENTRY, table + count * _ENTRY, _ENTRY)]
    ends = dict(zip(sorted(offsets), [*sorted(offsets)[1:], start], strict=True))
    trailer = data[table + count * _ENTRY :]
    root = int(_found(re.compile(rb"/Root (\d+) 0 R"), trailer))
    info = int(_found(re.compile(rb"/Info (\d+) 0 R"), trailer))
    objects = [_content(data[offset : ends[offset]]) for offset in offsets]
    return _Part(objects, int(_found(re.compile(rb"/Pages (\d+) 0 R"), objects[root - 1])), info)


def _content(raw: bytes) -> bytes:
    begin, end = raw.find(b"obj") + 3, raw.rfind(b"endobj")
    return raw[begin:end].strip(b"\r\n ")


def _moved(content: bytes, by: int) -> bytes:
    """An object whose references count from `by`; what a stream holds is left alone."""
    words, stream, data = content.partition(b"stream\n")
    return _REFERENCE.sub(lambda found: b"%d 0 R" % (int(found[1]) + by), words) + stream + data


def _written(objects: Sequence[bytes], root: int, info: int) -> bytes:
    out, offsets = bytearray(b"%PDF-1.7\n%\x80\x80\x80\x80\n"), []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start, name = len(out), hashlib.sha256(out).hexdigest()[:32].encode()
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(_lines(offsets))
    out += b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]>>\n" % (
        len(objects) + 1, root, info, name, name,
    )  # fmt: skip
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def _lines(offsets: Sequence[int]) -> Iterator[bytes]:
    return (b"%010d 00000 n \n" % offset for offset in offsets)


def _found(pattern: re.Pattern[bytes], data: bytes) -> bytes:
    if (found := pattern.search(data)) is None:
        raise ValueError("PDF tidak dikenal")
    return found[1]
