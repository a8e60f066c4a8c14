"""Time of this machine, what is odd about it, and the operator's word that it was looked at (TRUST.md, B07)."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pleno
from pleno.domain.clock import ORDER, Jump, jump, jump_words
from pleno.domain.entry import Entry, Kind, Stamp
from pleno.domain.errors import Damaged, PlenoError

if TYPE_CHECKING:
    from pleno.service.session import Session
    from pleno.store import Store

_BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")
_BOOT_KEY: Final = r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters"


def _elapsed() -> int:
    """Microseconds of a clock that nobody sets and that goes on while the laptop sleeps."""
    if sys.platform == "linux":
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1000  # the plain monotonic clock sleeps too
    return time.monotonic_ns() // 1000


@cache
def _boot_id() -> str:
    """Changes when the machine starts anew, and not when its clock is set."""
    if _BOOT_ID.exists():
        return _BOOT_ID.read_text().strip()[:8]
    counted = _boots_counted()
    # Without Windows' own count the clock says it; asked once, so that it holds at least for this program.
    return f"{round(time.time() - time.monotonic()) // 60 if counted is None else counted:08x}"


def _boots_counted() -> int | None:
    """How often Windows was started; None where it does not say."""
    if sys.platform != "win32":
        return None
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _BOOT_KEY) as key:
            return int(winreg.QueryValueEx(key, "BootId")[0])
    except (OSError, ValueError, TypeError):
        return None


def _installed() -> datetime:
    return datetime.fromtimestamp(Path(pleno.__file__).stat().st_mtime, UTC)


@dataclass(frozen=True)
class Clock:
    """Time of this machine; tests bring their own."""

    now: Callable[[], datetime] = field(default=lambda: datetime.now().astimezone())
    """With a time zone."""
    mono: Callable[[], int] = field(default=_elapsed)
    """Microseconds since some moment of this boot."""
    boot: Callable[[], str] = field(default=_boot_id)
    built: Callable[[], datetime] = field(default=_installed)
    """When this program came to the machine, which no right clock precedes."""


class Watch:
    """Follows the stamps of one session."""

    doubt: str
    """What is odd and not yet confirmed, in words without an end; empty where all is well."""

    def __init__(self, clock: Clock, newest: Entry | None, told: Entry | None, opened: Stamp) -> None:
        """`newest`: the last entry of the journal; `told`: the last one that doubts or confirms the clock."""
        self._built = clock.built()
        self._opened: Stamp | None = opened
        self._last = newest.stamp if newest is not None else None
        self._told = jump_words(told.data) if told is not None and told.kind is Kind.CLOCK_JUMP else ""
        self.look(opened)

    def jump(self, now: Stamp) -> Jump | None:
        """What is odd from the newest entry to `now`, and while nothing is written, from the opening."""
        found = jump(self._last, now, self._built)
        return found if found is not None or self._opened is None else jump(self._opened, now, self._built)

    def look(self, now: Stamp) -> None:
        """See what the clock says now."""
        found = self.jump(now)
        self.doubt = self._told if found is None else jump_words(found.data())

    def follow(self, *entries: Entry) -> None:
        """These were written."""
        self._opened = None
        for entry in entries:
            self._last = entry.stamp
            if entry.kind in (Kind.CLOCK_JUMP, Kind.CLOCK_CONFIRMED):
                self._told = self.doubt = jump_words(entry.data) if entry.kind is Kind.CLOCK_JUMP else ""


def watch(clock: Clock, store: Store, opened: Stamp) -> Watch:
    """The watch of a session that opens at a moment; a journal that cannot be read says nothing of the clock."""
    head = store.head().seq
    try:
        newest = next(store.entries(head, head), None)
        return Watch(clock, newest, store.last_of(Kind.CLOCK_JUMP, Kind.CLOCK_CONFIRMED), opened)
    except Damaged:
        return Watch(clock, None, None, opened)


def doubt(session: Session) -> str:
    """What is odd about the laptop's clock and not yet confirmed, in a sentence; empty where all is well."""
    found = session.watch.doubt
    return f"{found[:1].upper()}{found[1:]}; {ORDER}." if found else ""


def confirm(session: Session, by: str | None) -> Entry:
    """Somebody looked at the clock and lets it stand, once for each doubt. PlenoError where nothing is doubted."""
    actor = session.actor(by)
    session.watch.look(session.stamp())
    if not session.watch.doubt:
        raise PlenoError("Jam tidak diragukan", "Tidak ada yang perlu ditegaskan tentang jam laptop.")
    return session.commit(session.entry(Kind.CLOCK_CONFIRMED, actor))[-1]
