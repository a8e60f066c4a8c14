"""Whether the laptop's clock can be believed, seen from the entry before (TRUST.md, B07).

The order of entries never depends on it: their numbers and the chain say what came first.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from pleno.domain.chain import Json
from pleno.domain.entry import Stamp

LEAP: Final = timedelta(minutes=10)
"""Against the monotonic clock of one boot; above it the clock was set, not drifted."""
_BACK: Final = timedelta(seconds=1)
"""Within one boot; less is what keeping a clock in step with others does."""
_BACK_AFTER_BOOT: Final = timedelta(minutes=1)
"""After a boot, when the clock comes from a chip that counts in seconds and drifts while the laptop is off."""
_TOO_FAR: Final = timedelta(days=5 * 366)
"""A term of office: nobody opens the papers of an election that much later by a right clock."""
_FILES_DIFFER: Final = timedelta(days=1)
"""How far the date of the program's files may be off, which unpacking may read in another time zone."""
ORDER: Final = "urutan entri tidak bergantung pada jam"
"""Said wherever the clock is doubted."""


class Doubt(StrEnum):
    """What is odd about the clock."""

    MUNDUR = "mundur"
    MELOMPAT = "melompat"
    BATERAI = "baterai"
    ZONA = "zona"


class Jump(NamedTuple):
    """The clock does not go on from the entry before."""

    doubt: Doubt
    before: str
    """Time of the entry before, ISO 8601; empty where there is none."""
    now: str
    seconds: int
    """How far the clock is from where it should be; below 0 = behind."""

    def data(self) -> dict[str, Json]:
        """What the entry `clock.jump` carries."""
        return {"jenis": self.doubt.value, "dari": self.before, "ke": self.now, "detik": self.seconds}


def jump(last: Stamp | None, now: Stamp, built: datetime) -> Jump | None:
    """How the clock went on from the newest entry to now; None where nothing is odd.

    `built`: when this program was made or installed; no right clock shows an earlier day.
    """
    moment = datetime.fromisoformat(now.at)
    dead = moment < built - _FILES_DIFFER
    if last is None:
        return Jump(Doubt.BATERAI, "", now.at, _seconds(moment - built)) if dead else None
    before = datetime.fromisoformat(last.at)
    passed = moment - before
    one_boot = last.boot == now.boot and last.mono <= now.mono
    off = passed - timedelta(microseconds=now.mono - last.mono)
    if passed <= -(_BACK if one_boot else _BACK_AFTER_BOOT):
        return Jump(Doubt.BATERAI if dead else Doubt.MUNDUR, last.at, now.at, _seconds(passed))
    if (one_boot and abs(off) > LEAP) or passed > _TOO_FAR:
        return Jump(Doubt.MELOMPAT, last.at, now.at, _seconds(off if one_boot else passed))
    if moment.utcoffset() != before.utcoffset():
        return Jump(Doubt.ZONA, last.at, now.at, 0)
    return None


def _seconds(time: timedelta) -> int:
    return round(time.total_seconds())


def jump_words(data: Mapping[str, Json]) -> str:
    """A jump in words, without its end: "jam laptop mundur 3 menit: 21:17:02 pada entri sebelumnya, lalu 21:14:07"."""
    doubt, before, now = Doubt(data["jenis"]), _shown(data["dari"]), _shown(data["ke"])
    if doubt is Doubt.BATERAI:
        return f"jam laptop menunjuk {now}, sebelum pleno dipasang; baterai jamnya mungkin habis"
    if doubt is Doubt.ZONA:
        return f"zona waktu berubah: {data['dari'][-6:]} pada entri sebelumnya, lalu {data['ke'][-6:]}"
    way = "mundur" if data["detik"] < 0 else "melompat maju"
    return f"jam laptop {way} {span(abs(data['detik']))}: {before} pada entri sebelumnya, lalu {now}"


def span(seconds: int) -> str:
    """A length of time in the unit that fits: "12 detik", "3 menit", "5 jam", "40 hari"."""
    for unit, length in (("hari", 86_400), ("jam", 3_600), ("menit", 60)):
        if seconds >= 2 * length or seconds == length:
            return f"{seconds // length} {unit}"
    return f"{seconds} detik"


def _shown(at: str) -> str:
    return at[:19].replace("T", " ")
