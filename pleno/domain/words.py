"""Numbers, dates and hours as Indonesians write them on official sheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Final

_UNITS: Final = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
)  # fmt: skip
_SCALES: Final = ((10**9, "miliar"), (10**6, "juta"), (1000, "ribu"), (100, "ratus"))
_DAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_MONTHS: Final = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip

ZONES: Final = {
    "Asia/Jakarta": timezone(timedelta(hours=7), "WIB"),
    "Asia/Pontianak": timezone(timedelta(hours=7), "WIB"),
    "Asia/Makassar": timezone(timedelta(hours=8), "WITA"),
    "Asia/Jayapura": timezone(timedelta(hours=9), "WIT"),
}
"""Indonesia's zones have had fixed offsets since 1988, so no zone database is needed."""


def terbilang(number: int) -> str:
    """A number in words: 137 -> "seratus tiga puluh tujuh". ValueError below 0 and from 10^12."""
    if not 0 <= number < 10**12:
        raise ValueError(f"tidak dapat dieja: {number}")
    if number < 12:
        return _UNITS[number]
    if number < 20:
        return f"{_UNITS[number - 10]} belas"
    if number < 100:
        return _joined(f"{_UNITS[number // 10]} puluh", number % 10)
    scale, name = next(pair for pair in _SCALES if number >= pair[0])
    head, rest = divmod(number, scale)
    if head == 1 and scale in (100, 1000):
        return _joined(f"se{name}", rest)
    return _joined(f"{terbilang(head)} {name}", rest)


def _joined(head: str, rest: int) -> str:
    return f"{head} {terbilang(rest)}" if rest else head


def tanggal(day: date) -> str:
    """ "Sabtu, 17 Februari 2024"."""
    return f"{_DAYS[day.weekday()]}, {day.day} {_MONTHS[day.month - 1]} {day.year}"


def tanggal_terbilang(day: date) -> str:
    """For the berita acara: "Sabtu tanggal tujuh belas bulan Februari tahun dua ribu dua puluh empat"."""
    return (
        f"{_DAYS[day.weekday()]} tanggal {terbilang(day.day)} bulan {_MONTHS[day.month - 1]} "
        f"tahun {terbilang(day.year)}"
    )


def pukul(moment: datetime) -> str:
    """ "14.32 WITA"; an offset that is none of the three zones is printed as it is."""
    named = next((zone.tzname(None) for zone in ZONES.values() if zone.utcoffset(None) == moment.utcoffset()), None)
    return f"{moment:%H.%M} {named or moment.strftime('%z')}".strip()


def ranges(numbers: Sequence[int]) -> str:
    """Numbers of TPS for people: "001-003, 005"."""
    parts: list[list[int]] = []
    for number in sorted(numbers):
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(f"{p[0]:03}" if len(p) == 1 else f"{p[0]:03}-{p[-1]:03}" for p in parts)
