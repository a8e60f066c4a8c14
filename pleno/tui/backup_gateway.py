"""Copies of the database as the screens know them: how old the newest is, where it lies, and making another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pleno.domain.chain import genesis_hash
from pleno.domain.entry import Kind
from pleno.domain.state import Seal
from pleno.service import backup, laptop
from pleno.tui.closing_view import CopyView, PlaceView
from pleno.tui.labels import duration

if TYPE_CHECKING:
    from pleno.tui.gateway import Pleno


class BackupGateway:
    """The copies of the workspace of a `Pleno`."""

    def __init__(self, pleno: Pleno) -> None:
        self._pleno = pleno
        self._session = pleno.session
        self._faults: dict[str, str] = {}
        """Folder to why the last try left no copy there."""

    def view(self) -> CopyView:
        """The newest copy and each place that should hold one."""
        session = self._session
        newest = backup.last_copy(session)
        meant = [str(session.folder / one) for one in session.config.cadangan]
        held = newest.folders if newest else ()
        every = dict.fromkeys([*meant, *held, *self._faults]) if newest or self._faults else {}
        sealed = max((one.seq for one in session.state.all(Seal)), default=0)
        return CopyView(
            made="" if newest is None else f"{newest.at:%H:%M}, {duration(self._age())}",
            fresh=newest is not None and newest.seq >= sealed and self._age() <= backup.OLD,
            places=tuple(PlaceView(self._called(one), self._fault(one, one in held)) for one in every),
        )

    def tried(self) -> str:
        """When a copy was last restored to try it: "hari ini", "3 hari lalu"; empty where that is not known."""
        last = laptop.drilled(genesis_hash(self._session.store.genesis))
        if last is None:
            return ""
        days = max((self._session.now() - last).days, 0)
        return f"{days} hari lalu" if days else "hari ini"

    def _age(self) -> timedelta:
        return backup.age(self._session) or timedelta(0)

    def _fault(self, folder: str, held: bool) -> str:
        return "" if held else self._faults.get(folder, "tidak memuat salinan terakhir")

    def _called(self, folder: str) -> str:
        path = Path(folder)
        own = self._session.folder
        return path.relative_to(own).as_posix() if path.is_relative_to(own) else folder

    def overdue(self) -> str:
        """What Beranda warns of: "terakhir 08:14, 2 jam 20 menit yang lalu"; empty while the newest copy is young."""
        newest = backup.last_copy(self._session)
        if newest is not None:
            age = self._age()
            return f"terakhir {newest.at:%H:%M}, {duration(age)} yang lalu" if age > backup.OLD else ""
        opened = self._session.store.last_of(Kind.MEETING_OPENED)
        head = self._session.store.head().seq
        if opened is None or self._at(head) - datetime.fromisoformat(opened.stamp.at) <= backup.OLD:
            return ""
        return "belum ada satu pun"

    def _at(self, seq: int) -> datetime:
        entry = next(self._session.store.entries(seq, seq))
        return datetime.fromisoformat(entry.stamp.at)

    # --- making them -------------------------------------------------------------------------

    def prepare(self) -> backup.Prepared:
        """A snapshot that waits to be taken to its places; papers being typed stay drafts. PlenoError if refused."""
        return backup.prepare(self._session)

    @staticmethod
    def write(prepared: backup.Prepared) -> tuple[backup.Copied, ...]:
        """Take it to its places and judge each copy; in any thread."""
        return backup.write(prepared)

    def remember(self, prepared: backup.Prepared, copied: Sequence[backup.Copied]) -> list[str]:
        """The entry of the copies that were written; why others are missing. PlenoError when it cannot be kept."""
        backup.remember(self._session, prepared, copied, self._pleno.by)
        self._faults = {str(one.folder): one.fault for one in copied if one.fault}
        return list(self._faults.values())
