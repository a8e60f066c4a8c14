"""Taking files in: first a preview, then one transaction and one entry a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pleno.domain.chain import Json
from pleno.domain.contest import Contest
from pleno.domain.entry import Actor, Change, Entry, Kind, Role
from pleno.domain.errors import NO_ROOM, DiskFull, PlenoError, os_words
from pleno.domain.figures import HITUNG_ULANG, Source, addend, is_source, to_json
from pleno.domain.merge import Merge, merge
from pleno.domain.papers import reading_of
from pleno.domain.state import File, PlenoState, Reading, Settlement, Tps
from pleno.exporters.atomic import make_folder, write_bytes
from pleno.importers.files import parse_files
from pleno.importers.parsed import ParsedFile, ParsedReading, RefusedFile, Remark, Target
from pleno.importers.workbook_map import read_maps
from pleno.service import notes, revision
from pleno.service.reading import require_choice
from pleno.service.session import Session
from pleno.service.views import tps_file

Parsed = ParsedFile | RefusedFile

parse = parse_files
"""From paths and a target to parsed files; asks no session, so it may run in any thread."""

INCOMING: Final = Path("data/masuk")
"""Where originals are kept, below the workspace."""
TEMPLATES: Final = Path("templates_xlsx")
"""Where the workbooks of an office and their maps lie, below the workspace."""


@dataclass(frozen=True, slots=True)
class TakenReading:
    """One reading of a file with what it does."""

    reading: ParsedReading
    merge: Merge


@dataclass(frozen=True, slots=True)
class FileResult:
    """What was, or would be, done with one file."""

    name: str
    sha256: str | None
    format: str
    taken: tuple[TakenReading, ...]
    refused: tuple[str, ...]
    ignored: tuple[str, ...]
    remarks: tuple[Remark, ...]
    entry: Entry | None = None
    """The entry that took it; None for a preview and where nothing was taken."""

    @property
    def changed(self) -> int:
        """Figures that change."""
        return sum(len(taken.merge.changes) for taken in self.taken)


def preview(
    session: Session,
    paths: Sequence[Path],
    source: Source,
    contest: Contest | None = None,
    tps: Tps | None = None,
    new_paper: bool = False,
) -> list[FileResult]:
    """What an import would take, ignore and refuse; nothing is changed."""
    return results(session, parse_files(paths, target(session, source, contest, tps)), source, new_paper)


def take(
    session: Session,
    paths: Sequence[Path],
    source: Source,
    by: str | None,
    contest: Contest | None = None,
    tps: Tps | None = None,
    new_paper: bool = False,
    note: str = "",
) -> list[FileResult]:
    """Import files as readings of `source`; each file whole or not at all.

    `new_paper` (--psu): the TPS in them were voted again, so what was read and corrected before leaves the
    comparison; a member of the PPK answers for it, and `note` says by which decision.
    """
    parsed = parse_files(paths, target(session, source, contest, tps))
    return take_parsed(session, parsed, source, by, new_paper, note)


def results(session: Session, parsed: Sequence[Parsed], source: Source, new_paper: bool = False) -> list[FileResult]:
    """What taking parsed files would do; nothing is changed."""
    return [_result(session, revision.judged(session, one), source, new_paper) for one in parsed]


def take_parsed(
    session: Session,
    parsed: Sequence[Parsed],
    source: Source,
    by: str | None,
    new_paper: bool = False,
    note: str = "",
) -> list[FileResult]:
    """Import files that were parsed before, exactly as they were read then. PlenoError as `take`."""
    session.require(PlenoState.PERSIAPAN, PlenoState.DIBUKA)
    actor = session.actor(by, Role.PPK, Role.KETUA) if new_paper else session.actor(by)
    note = notes.reason(note, "Pemungutan suara ulang") if new_paper else notes.note(note, "Catatan")
    if new_paper:
        _require_unsettled(session, parsed)
    return [_take(session, revision.judged(session, one), source, actor, new_paper, note) for one in parsed]


def target(session: Session, source: Source, contest: Contest | None = None, tps: Tps | None = None) -> Target:
    """What a file is parsed for. PlenoError for a source no file has, or a copy of nobody's."""
    if not is_source(source) or source == HITUNG_ULANG:
        raise PlenoError(
            "Sumber tidak dikenal",
            f'"{source}" bukan sumber berkas.',
            "Pakai sirekap, plano, foto, salinan:panwaslu atau salinan:<nomor>.",
        )
    for one in [contest] if contest else session.contests.values():
        require_choice(one, source)
    return Target(
        contests=tuple(session.contests.values()),
        roster=session.roster,
        desa={code: desa.name for code, desa in session.desa.items()},
        kecamatan=session.config.kode,
        source=source,
        contest=contest.id if contest else None,
        tps=tps.code if tps else None,
        maps=read_maps(session.folder / TEMPLATES),
    )


def _result(session: Session, parsed: Parsed, source: Source, new_paper: bool = False) -> FileResult:
    if isinstance(parsed, RefusedFile):
        remark = Remark(parsed.name, " ".join(part for part in (parsed.error.message, parsed.error.advice) if part))
        return FileResult(parsed.name, parsed.sha256, "-", (), (parsed.name,), (), (remark,))
    contests = {reading.contest for reading in parsed.readings}
    files = (session.state.get(File, parsed.sha256, source, parsed.name, contest) for contest in contests)
    known = next(filter(None, files), None)
    if known is not None and not new_paper:
        remark = Remark(parsed.name, f"Berkas yang sama sudah diimpor (entri {known.seq}); tidak ada yang berubah.")
        places = tuple(reading.place for reading in parsed.readings)
        return FileResult(parsed.name, parsed.sha256, parsed.format, (), (), (*places, *parsed.ignored), (remark,))
    taken: list[TakenReading] = []
    refused, ignored, remarks = list(parsed.refused), list(parsed.ignored), list(parsed.remarks)
    for reading in parsed.readings:
        standing = reading_of(session.state, reading.tps, reading.contest, source)
        if new_paper:
            standing = Reading(reading.tps, reading.contest, source, {})
        merged = merge(standing, reading.figures, reading.ts)
        if merged.stale:
            ignored.append(reading.place)
            remarks.append(Remark(reading.place, f"Objek {reading.ts} lebih lama dari yang ada ({standing.ts})."))
            continue
        remarks += _rival_remarks(session, reading, merged)
        remarks += _settled_remarks(session, reading)
        taken.append(TakenReading(reading, merged))
    return FileResult(
        parsed.name, parsed.sha256, parsed.format, tuple(taken), tuple(refused), tuple(ignored), tuple(remarks)
    )


def _rival_remarks(session: Session, reading: ParsedReading, merged: Merge) -> list[Remark]:
    contest = session.contests[reading.contest]
    codes = ", ".join(contest.by_name[row].code for row in merged.rivals)
    told = f"{codes}: angka berkas berbeda dari yang sudah ada; dicatat sebagai selisih, tidak menimpa."
    return [Remark(reading.place, told)] if codes else []


def _settled_remarks(session: Session, reading: ParsedReading) -> list[Remark]:
    """A settled TPS keeps its figures; that a file says otherwise is told at once."""
    tps, contest = session.roster[reading.tps], session.contests[reading.contest]
    if session.state.get(Settlement, tps.code, contest.id) is None:
        return []
    stands = tps_file(session, tps, contest).ditetapkan
    apart = [
        contest.by_name[row].code
        for row, figure in reading.figures.items()
        if figure is not None and addend(figure) != addend(stands.get(row))
    ]
    if not apart:
        return []
    told = f"{session.tps_name(tps)} sudah sah dan tetap sah; berkas ini berbeda pada {', '.join(apart)}."
    return [Remark(reading.place, told)]


def _take(session: Session, parsed: Parsed, source: Source, actor: Actor, new_paper: bool, note: str) -> FileResult:
    result = _result(session, parsed, source, new_paper)
    if isinstance(parsed, RefusedFile):
        data = {"nama": parsed.name, "pesan": parsed.error.message}
        session.commit(session.entry(Kind.FILE_REFUSED, actor, source=source, src_sha256=parsed.sha256, data=data))
        return result
    if not result.taken:
        return result
    _keep_original(session.folder, parsed)
    (entry,) = session.commit(_imported(session, parsed, result, source, actor, new_paper, note))
    return replace(result, entry=entry)


def _require_unsettled(session: Session, every: Sequence[ParsedFile | RefusedFile]) -> None:
    settled = [
        session.tps_name(session.roster[reading.tps])
        for parsed in every
        if isinstance(parsed, ParsedFile)
        for reading in parsed.readings
        if session.state.get(Settlement, reading.tps, reading.contest) is not None
    ]
    if settled:
        raise PlenoError(
            "TPS sudah sah",
            f"Kertas baru ditolak untuk {', '.join(settled)}.",
            "Buka kembali TPS itu dengan `pleno buka-kembali`, lalu impor lagi.",
        )


def _keep_original(folder: Path, parsed: ParsedFile) -> None:
    """The file as it came, under its fingerprint, before anything speaks of it."""
    incoming = folder / INCOMING
    suffix = Path(parsed.name).suffix.lower()
    suffix = suffix if suffix in (".json", ".csv", ".zip", ".xlsx") else ".asli"
    try:
        make_folder(incoming)
        write_bytes(incoming / f"{parsed.sha256[:16]}{suffix}", parsed.data)
    except OSError as error:
        kind = DiskFull if error.errno in NO_ROOM else PlenoError
        raise kind(
            "TIDAK TERSIMPAN",
            f"{parsed.name} tidak dapat disalin ke {INCOMING.as_posix()} ({os_words(error)}); tidak ada angkanya yang "
            "diambil.",
            "Periksa ruang dan izin disk, lalu impor lagi; berkas yang sudah diambil tidak berubah lagi.",
        ) from error


def _imported(
    session: Session,
    parsed: ParsedFile,
    result: FileResult,
    source: Source,
    actor: Actor,
    new_paper: bool,
    note: str,
) -> Entry:
    """One entry for the whole file: every reading, every changed cell, every rival."""
    contests = {taken.reading.contest for taken in result.taken}
    only = next(iter(contests)) if len(contests) == 1 else None
    changes = tuple(
        Change(taken.reading.tps, row, before, after, None if only else taken.reading.contest)
        for taken in result.taken
        for row, (before, after) in taken.merge.changes.items()
    )
    rivals: list[Json] = [
        [taken.reading.tps, taken.reading.contest, row, to_json(figure)]
        for taken in result.taken
        for row, figure in taken.merge.rivals.items()
    ]
    data: dict[str, Json] = {
        "nama": parsed.name,
        "format": parsed.format,
        "bacaan": [[taken.reading.tps, taken.reading.contest, taken.reading.ts] for taken in result.taken],
    }
    if rivals:
        data["saingan"] = rivals
    if new_paper:
        data["psu"] = True
    if (stamp := revision.stamp_of(parsed.stamps)) is not None:
        data["set"] = {"no": stamp.number, "status": stamp.status.value, "ruang": stamp.genesis}
    return session.entry(
        Kind.FILE_IMPORTED,
        actor,
        contest=only,
        source=source,
        changes=changes,
        note=note or None,
        src_sha256=parsed.sha256,
        data=data,
    )
