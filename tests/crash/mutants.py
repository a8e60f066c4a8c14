"""Programs broken on purpose: the sensitivity rule says that the harness must catch each (TRUST.md section 11).

Each function breaks the process it is called in, which is a child that ends with the test.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from pleno.domain.apply import apply
from pleno.domain.draft import Draft
from pleno.domain.entry import Entry
from pleno.exporters import atomic, bundle
from pleno.service import backup
from pleno.store import Store
from pleno.store.database import Database
from pleno.store.journal import Head, Journal

Say = Callable[[str], None]


def _settings(*pragmas: str) -> Callable[[Say], None]:
    """A database with other settings than the chosen ones."""

    def settle(self: Database) -> None:
        for pragma in pragmas:
            self._driver.execute(f"PRAGMA {pragma}")

    def break_(_say: Say) -> None:
        Database._settle = settle  # type: ignore[method-assign]

    return break_


def two_transactions(_say: Say) -> None:
    """The journal and the state it makes are not one act."""

    def append(self: Store, *entries: Entry, **_also: Any) -> tuple[Entry, ...]:
        appended = []
        with self._database.transaction():
            head = self._journal.head()
            for entry in entries:
                head, numbered = self._journal.add(head, entry)
                appended.append(numbered)
        with self._database.transaction():
            for entry in appended:
                apply(self.state, entry)
        return tuple(appended)

    Store.append = append  # type: ignore[method-assign]


def acknowledged_early(say: Say) -> None:
    """ "tersimpan" is said before COMMIT."""
    add = Journal.add

    def announced(self: Journal, head: Head, entry: Entry) -> tuple[Head, Entry]:
        added = add(self, head, entry)
        say(f"tersimpan {added[0].seq} {added[0].hash.hex()}")
        return added

    Journal.add = announced  # type: ignore[method-assign]


def draft_said_early(say: Say) -> None:
    """`draf HH:MM:SS` is shown before the figure is kept."""
    keep = Store.keep_draft

    def announced(self: Store, draft: Draft) -> None:
        for row, figure in draft.figures.items():
            say(f"draf {draft.tps} {row} {figure}")
        keep(self, draft)

    Store.keep_draft = announced  # type: ignore[method-assign]


def _writer(sync_file: bool, sync_folder: bool) -> Callable[[Say], None]:
    """`atomic.write_bytes` without one of its two syncs."""

    def write_bytes(path: Path, data: bytes) -> None:
        temporary = path.with_name(f".{secrets.token_hex(6)}.sementara")
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            if sync_file:
                os.fsync(file.fileno())
        temporary.replace(path)
        if sync_folder:
            atomic.sync_folder(path.parent)

    def break_(_say: Say) -> None:
        bundle.write_bytes = write_bytes
        if not sync_folder:
            bundle.sync_folder = lambda _folder: None

    return break_


def plain_export(_say: Say) -> None:
    """open and write, and nothing else."""

    def write_bytes(path: Path, data: bytes) -> None:
        path.write_bytes(data)

    bundle.write_bytes = write_bytes
    bundle.sync_folder = lambda _folder: None


def copy_without_fsync(_say: Say) -> None:
    """A copy of the database that is renamed before it is on the disk."""

    def durable_copy(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes())

    backup.durable_copy = durable_copy


def nothing(_say: Say) -> None:
    """The program as it is."""


CHOSEN: Final = "setelan pleno"
"""The name of the program as it is."""

OF_THE_DATABASE: Final[dict[str, Callable[[Say], None]]] = {
    "DELETE + FULL tanpa EXCLUSIVE": _settings("locking_mode = NORMAL", "journal_mode = DELETE", "synchronous = FULL"),
    "WAL + NORMAL": _settings("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = NORMAL"),
    "synchronous OFF": _settings("locking_mode = EXCLUSIVE", "journal_mode = TRUNCATE", "synchronous = OFF"),
    "tanpa jurnal": _settings("locking_mode = EXCLUSIVE", "journal_mode = OFF", "synchronous = EXTRA"),
    "entri dan angka dua transaksi": two_transactions,
    "tersimpan sebelum COMMIT": acknowledged_early,
    "draf sebelum COMMIT": draft_said_early,
    "salinan tanpa fsync": copy_without_fsync,
}
OF_EXPORTS: Final[dict[str, Callable[[Say], None]]] = {
    "ekspor tanpa fsync": _writer(False, True),
    "ekspor tanpa fsync folder": _writer(True, False),
    "ekspor tulis langsung": plain_export,
}
MUTANTS: Final[dict[str, Callable[[Say], None]]] = {CHOSEN: nothing, **OF_THE_DATABASE, **OF_EXPORTS}
