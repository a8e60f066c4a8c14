"""What a power cut may leave of a folder, rebuilt from the changes that record.c wrote down.

A write that was not followed by an fsync of its file may be there, missing, or torn to sectors; a name that came,
went or changed without an fsync of its folder may stand either way. An fsync of a file makes its own creation
durable too (ext4, xfs), but not that of the folders above it.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

SECTOR: Final = 512
"""Bytes that a disk writes whole or not at all."""

_HEAD: Final = struct.Struct("<cIQQ")

Image = dict[str, bytes]
"""Every file by its path below the folder; a folder without files is not told."""
Kept = Callable[[], bool]
"""Asked of each change that was not made durable: did the disk take it?"""


class Operation(NamedTuple):
    """One recorded change."""

    verb: str
    """C file created, D folder created, W written, T truncated, S synced, U removed, R renamed, A said."""
    path: str
    offset: int
    data: bytes


def read_log(path: Path) -> Iterator[Operation]:
    """The operations that record.c wrote; the last may be cut off where the program was killed."""
    log, at = path.read_bytes(), 0
    while at + _HEAD.size <= len(log):
        verb, name_length, offset, data_length = _HEAD.unpack_from(log, at)
        at += _HEAD.size
        end = at + name_length + data_length
        if end > len(log):
            return
        yield Operation(verb.decode(), log[at : at + name_length].decode(), offset, log[at + name_length : end])
        at = end


@dataclass
class File:
    """Bytes on the disk, and the changes that no fsync followed yet."""

    durable: bytes = b""
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)
    """Offset and data; without data, truncated to the offset."""

    def sync(self) -> None:
        self.durable, self.pending = self.content(lambda: True), []

    def content(self, kept: Kept, torn: random.Random | None = None) -> bytes:
        """The bytes with those pending changes that are `kept`; `torn` keeps some of their sectors only."""
        content = bytearray(self.durable)
        for offset, data in self.pending:
            if not kept():
                continue
            if data is None:
                _resize(content, offset)
            elif torn is None or torn.random() < 0.5:
                _write(content, offset, data)
            else:
                for start, part in _sectors(offset, data):
                    if torn.random() < 0.5:
                        _write(content, start, part)
        return bytes(content)


def _resize(content: bytearray, size: int) -> None:
    del content[size:]
    content.extend(bytes(size - len(content)))


def _write(content: bytearray, offset: int, data: bytes) -> None:
    if len(content) < offset:
        _resize(content, offset)
    content[offset : offset + len(data)] = data


def _sectors(offset: int, data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        end = min(len(data), at + SECTOR - (offset + at) % SECTOR)
        yield offset + at, data[at:end]
        at = end


class Move(NamedTuple):
    """A name of a folder that came (`old` None), went (`new` None) or was changed."""

    old: str | None
    new: str | None
    node: File | Folder

    def apply(self, names: dict[str, File | Folder]) -> None:
        if self.old is not None and names.get(self.old) is self.node:
            del names[self.old]
        if self.new is not None:
            names[self.new] = self.node


@dataclass
class Folder:
    """Names on the disk, names as the program sees them, and the moves between that no fsync followed."""

    durable: dict[str, File | Folder] = field(default_factory=dict)
    live: dict[str, File | Folder] = field(default_factory=dict)
    pending: list[Move] = field(default_factory=list)

    def move(self, old: str | None, new: str | None, node: File | Folder) -> None:
        move = Move(old, new, node)
        move.apply(self.live)
        self.pending.append(move)

    def sync(self) -> None:
        self.durable, self.pending = dict(self.live), []

    def created(self, node: File) -> None:
        """An fsync of a file: its own creation is durable, and so is that an older file of that name went."""
        born = {move.new for move in self.pending if move.old is None and move.node is node}
        left = []
        for move in self.pending:
            if move.old is None and move.node is node:
                move.apply(self.durable)
            elif not (move.new is None and move.old in born):
                left.append(move)
        self.pending = left

    def image(self, kept: Kept, torn: random.Random | None, above: str = "") -> Image:
        names = dict(self.durable)
        for move in self.pending:
            if kept():
                move.apply(names)
        found: Image = {}
        for name, node in names.items():
            if isinstance(node, Folder):
                found |= node.image(kept, torn, f"{above}{name}/")
            else:
                found[above + name] = node.content(kept, torn)
        return found


class Disk:
    """A folder on a disk that may lose power."""

    def __init__(self, content: Mapping[str, bytes]) -> None:
        """`content` is there durably."""
        self.root = Folder()
        for path, data in content.items():
            folder = self.root
            for part in PurePosixPath(path).parts[:-1]:
                below = folder.live.setdefault(part, Folder())
                assert isinstance(below, Folder)
                folder.durable[part] = below
                folder = below
            folder.live[PurePosixPath(path).name] = folder.durable[PurePosixPath(path).name] = File(data)

    def apply(self, operation: Operation) -> None:
        """What the program did. KeyError where it changed something that the log never saw come."""
        verb, path, offset, data = operation
        if path == ".":
            self.root.sync()
            return
        folder, name = self._folder_of(path), PurePosixPath(path).name
        if verb in "CD":
            folder.move(None, name, File() if verb == "C" else Folder())
        elif verb == "U":
            folder.move(name, None, folder.live[name])
        elif verb == "R":
            to = data.decode()
            assert self._folder_of(to) is folder, "a rename across folders is not modelled"
            folder.move(name, PurePosixPath(to).name, folder.live[name])
        else:
            self._change(folder, folder.live[name], verb, offset, data)

    def _change(self, folder: Folder, node: File | Folder, verb: str, offset: int, data: bytes) -> None:
        if verb == "S":
            node.sync()
            if isinstance(node, File):
                folder.created(node)
        else:
            assert isinstance(node, File)
            node.pending.append((offset, data if verb == "W" else None))

    def _folder_of(self, path: str) -> Folder:
        folder = self.root
        for part in PurePosixPath(path).parts[:-1]:
            below = folder.live[part]
            assert isinstance(below, Folder)
            folder = below
        return folder

    def least(self) -> Image:
        """Only what was made durable."""
        return self.root.image(lambda: False, None)

    def most(self) -> Image:
        """Everything the program did."""
        return self.root.image(lambda: True, None)

    def some(self, rng: random.Random) -> Image:
        """Any part of what was not made durable, sectors torn."""
        return self.root.image(lambda: rng.random() < 0.6, rng)
