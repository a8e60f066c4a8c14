"""Photos of the plano in data/foto: tied to their TPS by an entry, listed, held against what was tied, shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from pleno.domain.contest import Contest
from pleno.domain.entry import Actor, Entry, Kind
from pleno.domain.errors import PlenoError
from pleno.domain.photo import Photo
from pleno.domain.state import PlenoState, Tps
from pleno.importers.limits import shown_outside
from pleno.importers.photos import PhotoFile, PhotoRule, photo_names, read_photo, unfit
from pleno.service import notes
from pleno.service.reading import require_read_here
from pleno.service.session import Session
from pleno.service.viewer import show
from pleno.service.views import tps_of

FOLDER: Final = Path("data/foto")
"""Where photos lie, in the folder of the workspace."""
_MOST_PAGES: Final = 99


class Standing(StrEnum):
    """Where one file stands."""

    TERKAIT = "terkait"
    SIAP = "siap"
    """Its name says its TPS; not tied yet."""
    BERUBAH = "berubah"
    HILANG = "hilang"
    """Tied, and not in the folder any more."""
    DITOLAK = "ditolak"


@dataclass(frozen=True, slots=True)
class PhotoLine:
    """One file, tied or lying there."""

    name: str
    standing: Standing
    tps: Tps | None = None
    contest: str = ""
    page: int | None = None
    why: str = ""
    """What is wrong with it."""


@dataclass(frozen=True, slots=True)
class Album:
    """Every photo, and the TPS that have none."""

    lines: tuple[PhotoLine, ...]
    without: tuple[tuple[Contest, tuple[Tps, ...]], ...]
    """Contest by contest; a contest without such a TPS is left out."""

    def of(self, *standings: Standing) -> list[PhotoLine]:
        return [line for line in self.lines if line.standing in standings]


def folder_of(session: Session) -> Path:
    """data/foto of the workspace, there or not."""
    return session.folder / FOLDER


def album(session: Session, thorough: bool = False) -> Album:
    """What is tied, what lies there, and what is missing.

    Tied files are held against their size, `thorough` against their whole content. PlenoError for a folder that
    cannot be listed.
    """
    names = photo_names(folder_of(session))
    tied = {photo.name: photo for photo in session.state.all(Photo)}
    lines = [*(_tied(session, photo, thorough) for photo in tied.values())]
    rule = PhotoRule(session.config.pola)
    lines += [_found(session, rule, name) for name in names if name not in tied]
    held = {(photo.contest, photo.tps) for photo in tied.values()}
    without = (
        (contest, tuple(tps for tps in tps_of(session, contest) if (contest.id, tps.code) not in held))
        for contest in session.contests.values()
    )
    return Album(tuple(lines), tuple((contest, tps) for contest, tps in without if tps))


def photos_of(session: Session, tps: Tps, contest: Contest) -> list[Photo]:
    """The photos tied to one TPS x contest, by page."""
    return sorted(session.state.of_tps(Photo, tps.code, contest.id), key=lambda one: (one.page or 0, one.name))


def fault_of(folder: Path, photo: Photo, thorough: bool = True) -> tuple[Standing, str]:
    """Whether a tied photo in the folder data/foto still is what was tied, and if not what is wrong with it.

    Not `thorough`: its size alone is looked at.
    """
    try:
        size = (folder / photo.name).lstat().st_size
    except OSError:
        return Standing.HILANG, "tidak ada lagi di data/foto"
    try:
        if size != photo.size or (thorough and read_photo(folder, photo.name).sha256 != photo.sha256):
            return Standing.BERUBAH, f"isinya bukan lagi yang dikaitkan pada entri {photo.seq}"
    except PlenoError as error:
        return Standing.BERUBAH, error.message.rstrip(".")
    return Standing.TERKAIT, ""


def _tied(session: Session, photo: Photo, thorough: bool) -> PhotoLine:
    standing, why = fault_of(folder_of(session), photo, thorough)
    return PhotoLine(photo.name, standing, session.roster[photo.tps], photo.contest, photo.page, why)


def _found(session: Session, rule: PhotoRule, name: str) -> PhotoLine:
    """A file nobody tied yet, by its name alone."""
    shown = shown_outside(name)
    if why := unfit(name):
        return PhotoLine(shown, Standing.DITOLAK, why=why)
    if (folder_of(session) / name).is_symlink():
        return PhotoLine(shown, Standing.DITOLAK, why="adalah tautan, bukan berkas.")
    named = rule.read(name)
    if named is None:
        return PhotoLine(shown, Standing.DITOLAK, why=f"namanya tidak menurut pola {session.config.pola}.")
    try:
        tps = session.tps(named.code or f"{named.desa}/{named.number}")
        contest = _contest(session, tps, named.words)
    except PlenoError as error:
        return PhotoLine(shown, Standing.DITOLAK, why=error.message)
    return PhotoLine(name, Standing.SIAP, tps, contest.id, named.page)


def _contest(session: Session, tps: Tps, words: frozenset[str]) -> Contest:
    """The contest of a photo: the only one read there, else the one its name speaks of."""
    here = [one for one in session.contests.values() if not tps.contests or one.id in tps.contests]
    said = [one for one in here if words & {one.id, one.id.rpartition("-")[2]}] if len(here) > 1 else here
    if len(said) != 1:
        kinds = ", ".join(one.id.rpartition("-")[2] for one in here)
        raise PlenoError("Kontes belum jelas", f"namanya tidak menyebut satu kontes ({kinds}).", "Pakai --kontes.")
    return said[0]


def link_all(session: Session, by: str | None) -> tuple[list[Entry], list[PhotoLine]]:
    """Tie every file whose name says its TPS; the entries, and the files that were refused and why.

    What is tied is written together or not at all.
    """
    session.require(PlenoState.PERSIAPAN, PlenoState.DIBUKA)
    actor = session.actor(by)
    known = {photo.sha256: photo.name for photo in session.state.all(Photo)}
    entries: list[Entry] = []
    ready = album(session)
    refused = ready.of(Standing.DITOLAK)
    for line in ready.of(Standing.SIAP):
        try:
            found = read_photo(folder_of(session), line.name)
            _require_new(line.name, found, known)
        except PlenoError as error:
            refused.append(replace(line, standing=Standing.DITOLAK, why=_without(line.name, error)))
            continue
        known[found.sha256] = line.name
        assert line.tps is not None
        entries.append(_entry(session, actor, line.name, found, line.tps, line.contest, line.page))
    return list(session.commit(*entries)) if entries else [], refused


def link(session: Session, name: str, tps: Tps, contest: Contest, by: str | None, page: int | None = None) -> Entry:
    """Tie one file of data/foto to a TPS, whatever its name. PlenoError when it is tied already, here or elsewhere."""
    session.require(PlenoState.PERSIAPAN, PlenoState.DIBUKA)
    actor = session.actor(by)
    require_read_here(session, tps, contest)
    if page is not None and not 1 <= page <= _MOST_PAGES:
        raise PlenoError("Halaman ditolak", f"Halaman {page} di luar 1 sampai {_MOST_PAGES}.", "Ketik ulang.")
    photo_names(folder_of(session))
    known = {photo.sha256: photo.name for photo in session.state.all(Photo)}
    tied = session.state.get(Photo, name)
    if tied is not None:
        raise PlenoError(
            "Foto sudah dikaitkan",
            f"{name} sudah dikaitkan dengan {session.tps_name(session.roster[tied.tps])} (entri {tied.seq}).",
            f'Bila keliru: `pleno foto --lepaskan "{name}" --alasan TEKS`, lalu kaitkan lagi.',
        )
    found = read_photo(folder_of(session), name)
    _require_new(name, found, known)
    return session.commit(_entry(session, actor, name, found, tps, contest.id, page))[0]


def unlink(session: Session, name: str, note: str, by: str | None) -> Entry:
    """Take a link back by a new entry, with its reason; the file is left as it is."""
    session.require(PlenoState.PERSIAPAN, PlenoState.DIBUKA)
    actor = session.actor(by)
    why = notes.reason(note, "Melepas foto")
    photo = session.state.get(Photo, name)
    if photo is None:
        raise PlenoError(
            "Foto tidak terkait", f'"{shown_outside(name)}" tidak terkait TPS mana pun.', "Lihat `pleno foto`."
        )
    return session.commit(
        session.entry(
            Kind.PHOTO_LINKED, actor, contest=photo.contest, tps=photo.tps, refers=photo.seq, note=why,
            data={"nama": name},
        )
    )[0]  # fmt: skip


def open_photo(session: Session, photo: Photo) -> None:
    """Show a tied photo with the viewer of the system; PlenoError where it changed, or nothing can show it."""
    standing, why = fault_of(folder_of(session), photo)
    if standing is not Standing.TERKAIT:
        raise PlenoError(
            "Foto tidak dibuka", f"{photo.name}: {why}.", "Kembalikan berkas aslinya, atau lepaskan dan kaitkan lagi."
        )
    show(folder_of(session) / photo.name)


def faults(workspace: Path, photos: Sequence[Photo]) -> Iterator[tuple[Photo, Standing, str]]:
    """The tied photos of a workspace that are changed or not there any more; the whole content is read."""
    for photo in photos:
        standing, why = fault_of(workspace / FOLDER, photo)
        if standing is not Standing.TERKAIT:
            yield photo, standing, why


def _without(name: str, error: PlenoError) -> str:
    """Why a file was refused, without its name, which stands beside it."""
    return error.message.removeprefix(name).lstrip(" :")


def _require_new(name: str, found: PhotoFile, known: dict[str, str]) -> None:
    """One photo shows one TPS, under whatever names it lies there."""
    if (other := known.get(found.sha256)) is not None:
        raise PlenoError(
            "Foto ditolak",
            f"{name} isinya sama dengan {other}, yang sudah dikaitkan.",
            "Pastikan fotonya foto TPS ini; foto yang sama tidak dapat menjadi bukti dua kali.",
        )


def _entry(
    session: Session, actor: Actor, name: str, found: PhotoFile, tps: Tps, contest: str, page: int | None
) -> Entry:
    data = {"nama": name, "ukuran": found.size} | ({"halaman": page} if page is not None else {})
    return session.entry(Kind.PHOTO_LINKED, actor, contest=contest, tps=tps.code, src_sha256=found.sha256, data=data)
