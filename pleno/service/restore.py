"""Going back to a copy of the database (TRUST.md section 10): previewed, the ketua's act, and never a deletion."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from pleno.domain.chain import genesis_hash, parse_canonical
from pleno.domain.entry import Actor, Entry, Kind, Role
from pleno.domain.errors import PlenoError, os_words
from pleno.exporters.atomic import sync_folder
from pleno.importers.workspace import Config, Mode, load_config
from pleno.service import laptop, machine, notes
from pleno.service.backup import durable_copy, forget, temporary_name
from pleno.service.continuity import not_meant
from pleno.service.laptop import Known
from pleno.service.opening import migrated
from pleno.service.pins import needs_pin, require_pin, verify_pin
from pleno.service.session import Clock, Session, database_path
from pleno.store import Inspection, Occupant, Store, inspect
from pleno.store.database import held
from pleno.store.occupant import in_use
from pleno.store.parting import Parting, holds, part

_REFUSED: Final = "Salinan ditolak"
_ROLLBACK: Final = "-journal"


class Lost(NamedTuple):
    """What going back to a copy would mean; reading only."""

    copy: Inspection
    present: Parting | None
    """The present database against the copy; None where it is missing or cannot be read."""
    known: Known | None
    """How far this laptop saw the journal go, where the copy does not hold that entry."""

    @property
    def surprises(self) -> bool:
        """Whether this laptop saw entries that not even the present database has."""
        present = None if self.present is None else self.present.left
        return self.known is not None and (present is None or self.known.seq > present or self.entries is None)

    @property
    def entries(self) -> int | None:
        """Entries seen here, in the present database or before it, that the copy does not have; None = unknown."""
        if self.known is not None and self.known.seq <= self.copy.head.seq:
            return None  # the copy has other entries in their place
        seen = 0 if self.known is None else self.known.seq - self.copy.head.seq
        if self.present is None:
            return seen or None
        return max(self.present.left - self.present.common, seen)


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
    present = _against_present(database_path(folder, config), copy)
    known = laptop.known(genesis_hash(judged.genesis))
    return Lost(judged, present, None if known is None or holds(copy, known.seq, known.hash) else known)


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
    message, move = machine.refused(database.parent)
    if message and config.mode is Mode.RESMI:
        raise PlenoError(_REFUSED, message, move)
    stamp = clock.now().strftime("%Y%m%d-%H%M%S")
    aside = database.with_name(f"{database.stem}-disisihkan-{stamp}.db") if database.exists() else None
    database.parent.mkdir(parents=True, exist_ok=True)
    with _working_copy(copy, database.parent) as new:
        entry = _told(folder, config, clock, new, copy, lost, aside, by, note, ask_pin)
        _exchange(database, aside, new)
    return entry, aside


def drill(folder: Path, copy: Path, clock: Clock | None = None) -> None:
    """Try a copy: restore it into a workspace of its own, write an entry there, judge it, and throw it away.

    The workspace in `folder` is not touched; the laptop keeps the day. PlenoError where the copy does not go on.
    """
    lost, config, clock = preview_restore(folder, copy), load_config(folder), clock or Clock()
    ketua = next(one for one in config.officers if one.role is Role.KETUA)
    genesis = genesis_hash(lost.copy.genesis)
    with tempfile.TemporaryDirectory(prefix="pleno-uji-", ignore_cleanup_errors=True) as scratch:
        tried = Path(scratch) / copy.name
        durable_copy(copy, tried)
        who = Occupant("pulihkan", os.getpid(), clock.now().isoformat(timespec="seconds"))
        with Session(folder, config, Store.open(tried, who, migrated(config, clock)), clock) as session:
            data = {"berkas": copy.name, "sampai": lost.copy.head.seq, "hilang": 0, "disisihkan": "-"}
            by = Actor(ketua.id, ketua.role)
            session.commit(session.entry(Kind.RESTORE, by, note="uji pulih di tempat sementara", data=data))
        if inspect(tried).damaged:
            raise PlenoError(_REFUSED, f"{copy.name} tidak utuh lagi sesudah diteruskan.", "Buat salinan baru.")
    laptop.remember_drill(genesis, clock.now())


@contextlib.contextmanager
def _working_copy(copy: Path, folder: Path) -> Iterator[Path]:
    """The copy's bytes beside the present database, where one rename puts them in its place."""
    new = temporary_name(folder)
    try:
        durable_copy(copy, new)
        yield new
    except OSError as error:
        raise PlenoError(
            "Pemulihan gagal", f"{os_words(error)}.", "Periksa ruang disk; basis data lama utuh."
        ) from error
    finally:
        forget(new, new.with_name(new.name + _ROLLBACK))


def _told(
    folder: Path, config: Config, clock: Clock, new: Path, copy: Path, lost: Lost, aside: Path | None, by: str,
    note: str, ask_pin: Callable[[], str] | None,
) -> Entry:  # fmt: skip
    """The entry of the restore, written into the working copy."""
    who = Occupant("pulihkan", os.getpid(), clock.now().isoformat(timespec="seconds"))
    with Session(folder, config, Store.open(new, who, migrated(config, clock)), clock) as session:
        actor = session.actor(by, Role.KETUA)
        asked = ask_pin() if ask_pin is not None and needs_pin(session, actor.id) else None
        require_pin(session, actor.id, None if asked is None else verify_pin(session, actor.id, asked))
        data = {
            "berkas": copy.name,
            "sha256": hashlib.sha256(copy.read_bytes()).hexdigest(),
            "sampai": lost.copy.head.seq,
            "hilang": "jumlah yang tidak diketahui" if lost.entries is None else lost.entries,
            "disisihkan": aside.name if aside else "-",
            **({"kepala": lost.known.hash} if lost.known is not None else {}),
        }
        return session.commit(session.entry(Kind.RESTORE, actor, note=notes.reason(note, "Pemulihan"), data=data))[0]


def _exchange(database: Path, aside: Path | None, new: Path) -> None:
    """Put the working copy in the place of the database, whose file stays under another name."""
    journal = database.with_name(database.name + _ROLLBACK)
    if aside is not None:
        durable_copy(database, aside)
        if journal.exists():
            durable_copy(journal, aside.with_name(aside.name + _ROLLBACK))
            # A rollback journal left here would be played into the restored database.
            journal.unlink()
    new.replace(database)
    sync_folder(database.parent)
