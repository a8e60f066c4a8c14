"""Copies of the database on other media, and going back to one (TRUST.md section 10).

A copy counts only after it was judged like any database: schema, chain and state. Going back never deletes what was.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from pleno.domain.chain import parse_canonical, seal_words
from pleno.domain.checkpoint import checkpoint_name, read_checkpoint
from pleno.domain.entry import Entry, Kind, Role
from pleno.domain.errors import PlenoError, os_words
from pleno.exporters.atomic import sync_folder, write_bytes
from pleno.importers.workspace import Config, load_config
from pleno.service import notes
from pleno.service.pins import needs_pin, require_pin, verify_pin
from pleno.service.sealing import checkpoint, tail
from pleno.service.session import Clock, Session, database_path, not_meant
from pleno.store import Head, Inspection, Occupant, Store, inspect
from pleno.store.database import held, new_file
from pleno.store.occupant import in_use
from pleno.store.parting import Parting, part

_REFUSED: Final = "Salinan ditolak"
_ROLLBACK: Final = "-journal"
OLD: Final = timedelta(hours=2)
"""Age above which too much would be lost with this laptop."""


class Copied(NamedTuple):
    """One place a copy was meant for."""

    folder: Path
    name: str
    """Of the file."""
    fault: str
    """Why there is none, an Indonesian sentence; empty where it was written and judged whole."""


class LastCopy(NamedTuple):
    """The newest good copy."""

    seq: int
    """The last entry in it."""
    at: datetime
    folders: tuple[str, ...]


class Lost(NamedTuple):
    """What going back to a copy would mean; reading only."""

    copy: Inspection
    present: Parting | None
    """The present database against the copy; None where it is missing or cannot be read."""

    @property
    def entries(self) -> int | None:
        """Entries of the present database that the copy does not have; None = unknown."""
        return None if self.present is None else self.present.left - self.present.common


class Prepared(NamedTuple):
    """A snapshot of the database that waits to be taken to other places."""

    snapshot: Path
    name: str
    head: Head
    folders: tuple[Path, ...]
    checkpoint: str
    """The file of the newest seal, for those places too; empty while there is none."""


def prepare(session: Session, folder: Path | None = None) -> Prepared:
    """Take a snapshot for `folder`, else for each folder of pleno.toml. PlenoError when this disk refuses it."""
    folders = [folder] if folder else [session.folder / one for one in session.config.cadangan]
    name, head = _file_name(session), session.store.head()
    snapshot = _temporary(database_path(session.folder, session.config).parent)
    try:
        session.store.back_up(snapshot)
    except PlenoError:
        _forget(snapshot)
        raise
    return Prepared(snapshot, name, head, tuple(folders), checkpoint(session))


def write(prepared: Prepared) -> tuple[Copied, ...]:
    """Take the snapshot to its places and judge each copy; in any thread, since a stick may be slow."""
    try:
        return tuple(_copy(prepared, folder) for folder in prepared.folders)
    finally:
        _forget(prepared.snapshot)


def remember(session: Session, prepared: Prepared, copied: Sequence[Copied], by: str | None = None) -> Entry | None:
    """The entry of the copies that were written; None where there are none."""
    good = [str(one.folder) for one in copied if not one.fault]
    if not good:
        return None
    data = {"berkas": prepared.name, "folder": good, "sampai": prepared.head.seq}
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
    try:
        _write_copy(prepared, folder)
    except PlenoError as error:
        return Copied(folder, prepared.name, f"{error.message} {error.advice}")
    except OSError as error:
        return Copied(folder, prepared.name, f"{folder} tidak dapat ditulis ({os_words(error)}).")
    return Copied(folder, prepared.name, "")


def _write_copy(prepared: Prepared, folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir()
        sync_folder(folder.parent)
    copy = _temporary(folder)
    try:
        _durable_copy(prepared.snapshot, copy)
        judged = inspect(copy)
        if judged.damaged or judged.head != prepared.head:
            raise PlenoError("Salinan gagal", f"Salinan di {folder} terbaca lain dari aslinya.", "Pakai media lain.")
        copy.replace(folder / prepared.name)
        sync_folder(folder)
        if prepared.checkpoint:
            _write_checkpoint(prepared.checkpoint, folder)
    finally:
        _forget(copy)


def _write_checkpoint(text: str, folder: Path) -> None:
    """The seal beside its copy; a file of another seal with this number keeps its name."""
    told = read_checkpoint(text)
    data, place = f"{text}\n".encode(), folder / checkpoint_name(told.number)
    if place.exists() and place.read_bytes() != data:
        place = place.with_stem(f"{place.stem}-{told.words.partition('-')[0]}")
    if not place.exists():
        write_bytes(place, data)


def _temporary(folder: Path) -> Path:
    return folder / f".{secrets.token_hex(6)}.sementara"


def _forget(*left: Path) -> None:
    for path in left:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


# --- going back ----------------------------------------------------------------------------


def preview_restore(folder: Path, copy: Path) -> Lost:
    """What `restore` would mean for the workspace in `folder`.

    PlenoError when the copy is damaged or belongs to another workspace, or the present database is in use.
    """
    config = load_config(folder)
    judged = inspect(copy)
    if judged.damaged:
        wrong = "; ".join(check.message for check in judged.checks if not check.ok)
        raise PlenoError(_REFUSED, f"{copy.name} tidak utuh: {wrong}.", "Pilih salinan lain.")
    if other := [f"{name} {found}" for name, _meant, found in not_meant(config, parse_canonical(judged.genesis))]:
        raise PlenoError(_REFUSED, f"{copy.name} dibuat untuk {', '.join(other)}.", "Pilih salinan ruang kerja ini.")
    return Lost(judged, _against_present(database_path(folder, config), copy))


def _against_present(present: Path, copy: Path) -> Parting | None:
    if held(present) is not None:
        raise in_use(present)
    if not present.is_file() or inspect(present).damaged:
        return None
    return part(present, copy)


def restore(
    folder: Path, copy: Path, by: str, note: str, ask_pin: Callable[[], str] | None = None, clock: Clock | None = None
) -> tuple[Entry, Path | None]:
    """Go back to a copy: the ketua's act, with a reason and the ketua's PIN where the copy knows one.

    `ask_pin` is called where the PIN is needed. The chain goes on with an entry that names what was left behind.
    Returns it and where the database that was here lies now. PlenoError as `preview_restore`; nothing is
    changed then.
    """
    lost, config, clock = preview_restore(folder, copy), load_config(folder), clock or Clock()
    database = database_path(folder, config)
    stamp = clock.now().strftime("%Y%m%d-%H%M%S")
    aside = database.with_name(f"{database.stem}-disisihkan-{stamp}.db") if database.exists() else None
    database.parent.mkdir(parents=True, exist_ok=True)
    with _working_copy(copy, database.parent) as new:
        entry = _told(folder, config, clock, new, copy, lost, aside, by, note, ask_pin)
        _exchange(database, aside, new)
    return entry, aside


@contextlib.contextmanager
def _working_copy(copy: Path, folder: Path) -> Iterator[Path]:
    """The copy's bytes beside the present database, where one rename puts them in its place."""
    new = _temporary(folder)
    try:
        _durable_copy(copy, new)
        yield new
    except OSError as error:
        raise PlenoError(
            "Pemulihan gagal", f"{os_words(error)}.", "Periksa ruang disk; basis data lama utuh."
        ) from error
    finally:
        _forget(new, new.with_name(new.name + _ROLLBACK))


def _told(
    folder: Path, config: Config, clock: Clock, new: Path, copy: Path, lost: Lost, aside: Path | None, by: str,
    note: str, ask_pin: Callable[[], str] | None,
) -> Entry:  # fmt: skip
    """The entry of the restore, written into the working copy."""
    who = Occupant("pulihkan", os.getpid(), clock.now().isoformat(timespec="seconds"))
    with Session(folder, config, Store.open(new, who), clock) as session:
        actor = session.actor(by, Role.KETUA)
        asked = ask_pin() if ask_pin is not None and needs_pin(session, actor.id) else None
        require_pin(session, actor.id, None if asked is None else verify_pin(session, actor.id, asked))
        data = {
            "berkas": copy.name,
            "sha256": hashlib.sha256(copy.read_bytes()).hexdigest(),
            "sampai": lost.copy.head.seq,
            "hilang": "jumlah yang tidak diketahui" if lost.entries is None else lost.entries,
            "disisihkan": aside.name if aside else "-",
        }
        return session.commit(session.entry(Kind.RESTORE, actor, note=notes.reason(note, "Pemulihan"), data=data))[0]


def _exchange(database: Path, aside: Path | None, new: Path) -> None:
    """Put the working copy in the place of the database, whose file stays under another name."""
    journal = database.with_name(database.name + _ROLLBACK)
    if aside is not None:
        _durable_copy(database, aside)
        if journal.exists():
            _durable_copy(journal, aside.with_name(aside.name + _ROLLBACK))
            # A rollback journal left here would be played into the restored database.
            journal.unlink()
    new.replace(database)
    sync_folder(database.parent)


def _durable_copy(source: Path, target: Path) -> None:
    new_file(target)
    with target.open("rb+") as file:
        file.write(source.read_bytes())
        file.flush()
        os.fsync(file.fileno())
