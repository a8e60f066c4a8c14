"""Copies of the database on other media (TRUST.md section 10).

A copy counts only after it was judged like any database: schema, chain and state.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from pleno.domain.chain import Json, seal_words
from pleno.domain.checkpoint import checkpoint_name, read_checkpoint
from pleno.domain.entry import Entry, Kind
from pleno.domain.errors import Damaged, PlenoError, os_words
from pleno.exporters.atomic import sync_folder, write_bytes
from pleno.service import aside, machine
from pleno.service.seal_signing import signed_files
from pleno.service.sealing import checkpoint, tail
from pleno.service.session import Session, database_path
from pleno.store import Head, inspect
from pleno.store.database import new_file

_STOP: Final = "Berhenti, salin folder ini, lalu `pleno verifikasi`."
_REFUSED: Final = "Salinan ditolak"
_ROLLBACK: Final = "-journal"
PATIENCE: Final = 20.0
"""Seconds that a stick or a network drive may be silent before its copy is given up."""
_SLOWEST: Final = 1_000_000
"""Bytes a second of the slowest stick; written once and read once."""
OLD: Final = timedelta(hours=2)
"""Age above which too much would be lost with this laptop."""


class Copied(NamedTuple):
    """One place a copy was meant for."""

    folder: Path
    name: str
    """Of the file."""
    fault: str
    """Why there is none, an Indonesian sentence; empty where it was written and judged whole."""
    apart: bool = False
    """Whether the place lies on another disk than the workspace and the system."""


class LastCopy(NamedTuple):
    """The newest good copy."""

    seq: int
    """The last entry in it."""
    at: datetime
    folders: tuple[str, ...]


class Prepared(NamedTuple):
    """A snapshot of the database that waits to be taken to other places."""

    snapshot: Path
    name: str
    head: Head
    folders: tuple[Path, ...]
    checkpoint: str
    """The file of the newest seal, for those places too; empty while there is none."""
    signatures: Mapping[str, bytes]
    """Signatures on that file and their certificates, by file name."""
    home: Path
    """The workspace; what lies in it is on no stick."""
    disks: frozenset[str]
    """Of the laptop itself: the one of the workspace and the one of the system."""
    sticks: frozenset[Path]
    """Places that lay on another disk when a copy was last taken to them."""


def prepare(session: Session, folder: Path | None = None) -> Prepared:
    """Take a snapshot for `folder`, else for each folder of pleno.toml. PlenoError when this disk refuses it."""
    folders = [folder] if folder else [session.folder / one for one in session.config.cadangan]
    name, head = _file_name(session), session.store.head()
    snapshot = temporary_name(database_path(session.folder, session.config).parent)
    try:
        session.store.back_up(snapshot)
    except PlenoError:
        forget(snapshot)
        raise
    return Prepared(
        snapshot, name, head, tuple(folders), checkpoint(session), signed_files(session), session.folder,
        own_disks(session.folder), known_sticks(session),
    )  # fmt: skip


def own_disks(workspace: Path) -> frozenset[str]:
    """The disks that no stick is: the one of the workspace and the one that the system runs from."""
    return frozenset((machine.disk_of(workspace), machine.disk_of(Path(Path(sys.executable).anchor))))


def known_sticks(session: Session) -> frozenset[Path]:
    """Places that lay on another disk than the laptop's own when a copy was taken to them, as the journal says."""
    return frozenset(
        Path(one) for entry in session.store.entries_of(Kind.BACKUP) for one in entry.data.get("lepas", ())
    )


def is_out(place: Path, own: Collection[str], sticks: Collection[Path]) -> bool:
    """Whether the stick that belongs to a place is not there, and the name now means a folder of the laptop's disk.

    `own`, `sticks`: as in Prepared. Where no copy was taken yet, a place where systems let sticks appear is one.
    """
    return machine.disk_of(place) in own and (place in sticks or machine.place_of_sticks(place))


def write(prepared: Prepared) -> tuple[Copied, ...]:
    """Take the snapshot to its places and judge each copy; in any thread, since a stick may be slow."""
    try:
        return tuple(_copy(prepared, folder) for folder in prepared.folders)
    finally:
        forget(prepared.snapshot)


def remember(session: Session, prepared: Prepared, copied: Sequence[Copied], by: str | None = None) -> Entry | None:
    """The entry of the copies that were written; None where there are none."""
    good = [str(one.folder) for one in copied if not one.fault]
    if not good:
        return None
    data: dict[str, Json] = {"berkas": prepared.name, "folder": good, "sampai": prepared.head.seq}
    if apart := [str(one.folder) for one in copied if one.apart and not one.fault]:
        data["lepas"] = apart
    return session.commit(session.entry(Kind.BACKUP, session.actor(by), data=data))[0]


def back_up(session: Session, by: str | None = None, folder: Path | None = None) -> tuple[Copied, ...]:
    """All three steps. PlenoError when no copy could be made at all."""
    session.actor(by)
    prepared = prepare(session, folder)
    copied = write(prepared)
    if remember(session, prepared, copied, by) is None:
        raise PlenoError(
            "Salinan gagal",
            " ".join(one.fault for one in copied) or "Tidak ada folder cadangan di pleno.toml.",
            "Pasang stik USB atau sebut folder lain: `pleno cadangkan DIR`. Data di laptop ini utuh.",
        )
    return copied


def copy_seal(session: Session, by: str | None = None) -> tuple[Copied, ...]:
    """The copies that follow a seal: the seal stands whether or not a stick takes one."""
    try:
        prepared = prepare(session)
    except PlenoError as error:
        return (Copied(session.folder, "", f"{error.message} {error.advice}"),)
    copied = write(prepared)
    remember(session, prepared, copied, by)
    return copied


def last_copy(session: Session) -> LastCopy | None:
    """The newest copy that was judged whole; None while there is none."""
    entry = session.store.last_of(Kind.BACKUP)
    if entry is None:
        return None
    return LastCopy(entry.data["sampai"], datetime.fromisoformat(entry.stamp.at), tuple(entry.data["folder"]))


def age(session: Session) -> timedelta | None:
    """How old the newest good copy is by the clock; None while there is none."""
    newest = last_copy(session)
    return None if newest is None else session.now() - newest.at


def _file_name(session: Session) -> str:
    """ "pleno-630214-segel07-gocicuru.db" while nothing has changed since a seal, else "pleno-630214-entri412.db"."""
    head, seal = session.store.head(), session.store.last_of(Kind.SEAL)
    what = f"entri{head.seq}"
    if seal is not None and not tail(session):
        words = seal_words(bytes.fromhex(seal.hash), seal.seq, seal.data["angka_saksi"])
        what = f"segel{seal.data['no']:02}-{words.partition('-')[0]}"
    return f"pleno-{session.config.kode}-{what}.db"


def _copy(prepared: Prepared, folder: Path) -> Copied:
    """One place; another disk than the laptop's own is left to a process that may hang without the desk."""
    disk = machine.disk_of(folder)
    apart = disk not in prepared.disks

    def failed(why: str) -> Copied:
        return Copied(folder, prepared.name, why)

    if not folder.is_relative_to(prepared.home) and is_out(folder, prepared.disks, prepared.sticks):
        return failed(f"Stik untuk {folder} tidak terpasang; nama itu kini folder di disk laptop ini.")
    try:
        if apart:
            aside.call(_write_copy, prepared, folder, seconds=_patience(prepared.snapshot))
        else:
            _write_copy(prepared, folder)
    except TimeoutError:
        return failed(f"{folder} tidak menjawab; salinan di sana ditinggalkan. Cabut stiknya, atau lepas jaringannya.")
    except PlenoError as error:
        return failed(f"{error.message} {error.advice}")
    except OSError as error:
        return failed(f"{folder} tidak dapat ditulis ({os_words(error)}).")
    if machine.disk_of(folder) != disk:
        return failed(f"Stik untuk {folder} tercabut sewaktu disalin.")
    return Copied(folder, prepared.name, "", apart)


def _patience(snapshot: Path) -> float:
    """Seconds that a medium may take for a copy: those of the slowest stick, and some for its start."""
    return PATIENCE + 2 * snapshot.stat().st_size / _SLOWEST


def _write_copy(prepared: Prepared, folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir()
        sync_folder(folder.parent)
    copy = temporary_name(folder)
    try:
        durable_copy(prepared.snapshot, copy)
        judged = inspect(copy)
        if judged.damaged or judged.head != prepared.head:
            if copy.read_bytes() == prepared.snapshot.read_bytes():
                raise Damaged("Salinan gagal", "Basis data ruang kerja ini sendiri tidak utuh.", _STOP)
            raise PlenoError("Salinan gagal", f"Salinan di {folder} terbaca lain dari aslinya.", "Pakai media lain.")
        copy.replace(folder / prepared.name)
        sync_folder(folder)
        if prepared.checkpoint:
            _write_checkpoint(prepared.checkpoint, prepared.signatures, folder)
    finally:
        forget(copy)


def _write_checkpoint(text: str, signatures: Mapping[str, bytes], folder: Path) -> None:
    """The seal and what signs it beside its copy; a file of another seal with this number keeps its name."""
    told = read_checkpoint(text)
    data, place = f"{text}\n".encode(), folder / checkpoint_name(told.number)
    if place.exists() and place.read_bytes() != data:
        place = place.with_stem(f"{place.stem}-{told.words.partition('-')[0]}")
    for beside, content in {place.name: data, **_renamed(signatures, told.number, place.name)}.items():
        if not (folder / beside).exists():
            write_bytes(folder / beside, content)


def _renamed(signatures: Mapping[str, bytes], number: int, name: str) -> dict[str, bytes]:
    return {f"{name}{one.removeprefix(checkpoint_name(number))}": content for one, content in signatures.items()}


def temporary_name(folder: Path) -> Path:
    """A name that no program takes for a copy."""
    return folder / f".{secrets.token_hex(6)}.sementara"


def forget(*left: Path) -> None:
    """Take unfinished files away, where the medium lets go of them."""
    for path in left:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def durable_copy(source: Path, target: Path) -> None:
    """The same bytes under a new name, synced. OSError or PlenoError where they are refused."""
    new_file(target)
    with target.open("rb+") as file:
        file.write(source.read_bytes())
        file.flush()
        os.fsync(file.fileno())
