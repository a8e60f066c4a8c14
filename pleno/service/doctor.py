"""Is this laptop fit for the table: one line for each thing that has stopped a pleno (TRUST.md section 10)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pleno
from pleno.domain.chain import genesis_hash
from pleno.domain.errors import PlenoError, os_words
from pleno.domain.figures import thousands
from pleno.service import aside, backup, ballast, laptop, machine
from pleno.service.belongings import belongings
from pleno.service.clock import Clock, doubt
from pleno.service.continuity import moved_from, told_behind
from pleno.service.export import OUTGOING
from pleno.service.health import Health as Health  # part of what a checkup answers
from pleno.service.health import Line as Line
from pleno.service.machine import Medium
from pleno.service.session import Session, database_path
from pleno.store.probe import OLDEST_SQLITE, save_times, sqlite_version

_ROOM: Final = 500_000_000
_STICK_ROOM: Final = 100_000_000
_SAVES: Final = 60
_SLOW_SAVE: Final = 0.25
"""Seconds; above it the screen says `menyimpan...`."""
_LOW_CHARGE: Final = 30
_PUT_IN: Final = "Pasang stik USB-nya, atau ubah `[simpan] cadangan`."
_ANSWER: Final = 5.0
"""Seconds that a stick may take to be looked at."""
_OLD_DRILL: Final = 30
"""Days."""
_SMALLEST: Final = (80, 24)
_PROFILE_ADVICE: Final = "Beri izin tulis pada folder itu; tanpa itu salinan lama tidak dikenali."


def checkup(folder: Path | None, size: tuple[int, int] | None) -> Iterator[Line]:
    """Look at this machine, and at the workspace in `folder` if there is one.

    `size`: columns and lines of the terminal, None without one. Writes nothing but a scratch database that is
    taken away, and changes nothing.
    """
    yield _versions()
    yield _terminal(size)
    yield _letters()
    yield _battery()
    if folder is None:
        yield from _laptop(Path.cwd())
        return
    try:
        with Session.open(folder) as session:
            yield from _workspace(session)
    except PlenoError as error:
        yield Line("ruang kerja", Health.BAD, error.message.rstrip("."), error.advice)
        yield from _laptop(folder)


def _laptop(folder: Path) -> Iterator[Line]:
    """What can be said without an open workspace, of the disk that `folder` lies on."""
    yield _medium(folder)
    yield _room("ruang disk", folder, _ROOM, machine.free_bytes(folder))
    clock = Clock()
    now = clock.now().astimezone()
    if now < clock.built():
        yield Line("jam", Health.BAD, f"{now:%Y-%m-%d %H:%M}, sebelum pleno ini dipasang", "Betulkan jam laptop.")
    else:
        yield Line("jam", Health.GOOD, f"{now:%Y-%m-%d %H:%M}")
    if fault := laptop.fault():
        yield Line("laptop ini", Health.CARE, fault, _PROFILE_ADVICE)


def _letters() -> Line:
    """No program can see what a terminal draws; the PDF brings its own letters."""
    advice = "Bila ada kotak atau tanda tanya di sini, pilih huruf lain di setelan terminal."
    return Line("huruf", Health.UNKNOWN, "\u2260 \u2013 \u00e9 harus tampil utuh; PDF membawa hurufnya sendiri", advice)


def _versions() -> Line:
    found = ".".join(map(str, sqlite_version()))
    said = f"pleno {pleno.__version__}, Python {sys.version.split()[0]}, SQLite {found}"
    if sqlite_version() < OLDEST_SQLITE:
        return Line("versi", Health.BAD, f"{said}: SQLite terlalu tua", "Pasang Python yang lebih baru.")
    return Line("versi", Health.GOOD, said)


def _terminal(size: tuple[int, int] | None) -> Line:
    if size is None:
        return Line("terminal", Health.UNKNOWN, "jawaban ini tidak dibaca di terminal")
    said = f"{size[0]} kolom, {size[1]} baris"
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    if encoding != "utf8":
        return Line("terminal", Health.CARE, f"{said}, bukan UTF-8", "Pakai Windows Terminal, atau setel UTF-8.")
    if size[0] < _SMALLEST[0] or size[1] < _SMALLEST[1]:
        return Line("terminal", Health.CARE, f"{said}, di bawah 80x24", "Perbesar jendela atau kecilkan huruf.")
    return Line("terminal", Health.GOOD, said)


def _battery() -> Line:
    found = machine.charge()
    if found is None:
        return Line("baterai", Health.UNKNOWN, "tidak ada baterai yang terbaca", "Pakai UPS bila listrik tidak pasti.")
    percent, mains = found
    said = f"{percent}%{', tersambung listrik' if mains else ''}"
    if not mains and percent < _LOW_CHARGE:
        return Line("baterai", Health.BAD, said, "Sambungkan listrik sebelum membaca TPS berikutnya.")
    return Line("baterai", Health.GOOD, said)


# --- the workspace -------------------------------------------------------------------------


def _workspace(session: Session) -> Iterator[Line]:
    database = database_path(session.folder, session.config)
    yield _database(session)
    yield _medium(database.parent)
    yield _room("ruang disk", database.parent, _ROOM, machine.free_bytes(database.parent))
    yield from _ballast(session)
    yield _saves(database.parent)
    yield _clock(session)
    yield _device(session)
    yield _last_head(session)
    yield _rights(session.folder, database)
    yield from _copy_folders(session)
    yield _last_copy(session)
    yield _drill(session)
    yield from belongings(session)
    yield _leftovers(session.folder, database.parent)


def _database(session: Session) -> Line:
    if session.store.read_only:
        return Line("basis data", Health.BAD, session.store.read_only.rstrip("."), session.store.read_only_advice)
    said = f"{thousands(session.store.head().seq)} entri, setelan aman"
    if session.store.hot_journal:
        return Line(
            "basis data", Health.CARE, f"{said}; penyimpanan yang terputus sudah dibatalkan", "Lihat `pleno jejak`."
        )
    return Line("basis data", Health.GOOD, said)


def _medium(folder: Path) -> Line:
    found = machine.medium(folder)
    if found in (Medium.REMOVABLE, Medium.NETWORK):
        return Line("letak basis data", Health.BAD, f"di {found}", "Pindahkan ruang kerja ke disk laptop sendiri.")
    if found is Medium.UNKNOWN:
        return Line("letak basis data", Health.UNKNOWN, "jenis disk tidak terbaca", "Pastikan ini disk laptop sendiri.")
    return Line("letak basis data", Health.GOOD, found.value)


def _room(name: str, folder: Path, needed: int, free: int | None) -> Line:
    if free is None:
        return Line(name, Health.UNKNOWN, f"{folder}: ruang sisa tidak terbaca")
    said = f"{thousands(free // 1_000_000)} MB sisa"
    if free < needed:
        return Line(name, Health.BAD, said, f"Kosongkan sampai {thousands(needed // 1_000_000)} MB.")
    return Line(name, Health.GOOD, said)


def _ballast(session: Session) -> Iterator[Line]:
    held = ballast.held_back(session.folder)
    if held:
        yield Line("pemberat", Health.GOOD, f"{thousands(held // 1_000_000)} MB, dapat dikosongkan bila disk penuh")
    elif not session.practice:
        yield Line("pemberat", Health.CARE, "belum ada", "Buat dengan `pleno dokter --pemberat`.")


def _saves(folder: Path) -> Line:
    try:
        times = save_times(folder, _SAVES)
    except OSError as error:
        return Line("waktu simpan", Health.BAD, f"folder tidak dapat ditulis ({os_words(error)})", "Periksa izinnya.")
    slowest = times[-1]
    said = f"tengah {times[len(times) // 2] * 1000:.0f} ms, terlama {slowest * 1000:.0f} ms"
    if slowest > _SLOW_SAVE:
        return Line("waktu simpan", Health.CARE, said, "Tutup program lain; disk ini lambat.")
    return Line("waktu simpan", Health.GOOD, said)


def _clock(session: Session) -> Line:
    said = f"{session.now():%Y-%m-%d %H:%M} {session.config.zona}"
    if odd := doubt(session):
        advice = "Betulkan jam laptop, atau tegaskan dengan `pleno dokter --jam-benar --oleh ID`."
        return Line("jam", Health.BAD, f"{said}. {odd.rstrip('.')}", advice)
    return Line("jam", Health.GOOD, said)


def _device(session: Session) -> Line:
    if fault := laptop.fault():
        return Line("laptop ini", Health.CARE, fault, _PROFILE_ADVICE)
    if before := moved_from(session):
        advice = "Pastikan basis data di sana tidak dipakai lagi: `pleno verifikasi A B` membandingkan keduanya."
        return Line("laptop ini", Health.CARE, f"{laptop.device_id()}; basis data terakhir ditulis di {before}", advice)
    return Line("laptop ini", Health.GOOD, laptop.device_id())


def _last_head(session: Session) -> Line:
    if session.behind is not None:
        told, advice = told_behind(session, session.behind)
        return Line("jejak terakhir", Health.BAD, told.rstrip("."), advice)
    seq = session.store.head().seq
    return Line(
        "jejak terakhir", Health.GOOD, f"sampai entri {thousands(seq)}, tidak di belakang yang dikenal laptop ini"
    )


def _drill(session: Session) -> Line:
    last = laptop.drilled(genesis_hash(session.store.genesis))
    if last is None:
        return Line("uji pulih", Health.CARE, "belum pernah di laptop ini", "Jalankan `pleno pulihkan SALINAN --uji`.")
    days = max((session.now() - last).days, 0)
    said = f"{days} hari yang lalu" if days else "hari ini"
    if days > _OLD_DRILL:
        return Line("uji pulih", Health.CARE, said, "Jalankan `pleno pulihkan SALINAN --uji`.")
    return Line("uji pulih", Health.GOOD, said)


def _rights(folder: Path, database: Path) -> Line:
    wide = [
        path.name for path in (folder, folder / "pleno.toml", database.parent, database) if machine.open_to_others(path)
    ]
    if wide:
        return Line("izin", Health.CARE, f"orang lain dapat menulis {', '.join(wide)}", "Batasi izinnya pada pemilik.")
    return Line("izin", Health.GOOD, "hanya pemilik yang dapat menulis")


def _copy_folders(session: Session) -> Iterator[Line]:
    own, sticks = backup.own_disks(session.folder), backup.known_sticks(session)
    apart = False
    for one in session.config.cadangan:
        place = session.folder / one
        name = f"cadangan {one}"
        if not place.is_relative_to(session.folder) and backup.is_out(place, own, sticks):
            yield Line(
                name, Health.CARE, "stiknya tidak terpasang", "Pasang stik USB-nya, atau ubah `[simpan] cadangan`."
            )
            apart = True
            continue
        elsewhere = machine.disk_of(place) not in own
        apart = apart or elsewhere
        try:
            writable, free = aside.call(look_at, place, seconds=_ANSWER) if elsewhere else look_at(place)
        except TimeoutError:
            yield Line(name, Health.BAD, "tidak menjawab", "Cabut dan pasang lagi stiknya, atau lepas jaringannya.")
            continue
        if writable is None:
            yield Line(name, Health.CARE, "tidak ada", _PUT_IN)
        elif not writable:
            yield Line(name, Health.BAD, "tidak dapat ditulis", "Pakai stik lain; sakelar kuncinya mungkin tertutup.")
        else:
            yield _room(name, place, _STICK_ROOM, free)
    if not apart and not session.practice:
        advice = "Sebut dua stik USB di `[simpan] cadangan` pleno.toml; laptop yang rusak membawa semuanya."
        yield Line("stik", Health.CARE, "semua folder cadangan ada di disk laptop ini", advice)


def look_at(place: Path) -> tuple[bool | None, int | None]:
    """Whether a copy can be written at `place` (None where it is not there), and the bytes that are free."""
    there = place if place.is_dir() else place.parent
    if not there.is_dir():
        return None, None
    return os.access(there, os.W_OK), machine.free_bytes(there)


def _last_copy(session: Session) -> Line:
    newest, age = backup.last_copy(session), backup.age(session)
    if newest is None or age is None:
        return Line("salinan terakhir", Health.CARE, "belum ada", "Jalankan `pleno cadangkan`.")
    hours, minutes = divmod(max(int(age.total_seconds()), 0) // 60, 60)
    said = f"entri 1 sampai {newest.seq}, {hours} jam {minutes} menit yang lalu"
    if age > backup.OLD:
        return Line("salinan terakhir", Health.CARE, said, "Jalankan `pleno cadangkan`.")
    return Line("salinan terakhir", Health.GOOD, said)


def _leftovers(folder: Path, data: Path) -> Line:
    left = [*data.glob(".*.sementara"), *(folder / OUTGOING).glob("*.belum-selesai")]
    if left:
        names = ", ".join(path.name for path in left[:3])
        return Line("sisa", Health.CARE, f"{len(left)} berkas sisa: {names}", "Boleh dihapus; datanya tidak di sana.")
    return Line("sisa", Health.GOOD, "tidak ada berkas sisa")
