"""From paths to parsed files: files, folders and zips, each read whole, judged by content, refused by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final

from pleno.domain.errors import PlenoError
from pleno.importers.archive import read_members
from pleno.importers.delimited import read_delimited
from pleno.importers.limits import (
    MAX_INPUT,
    MAX_ZIP_MEMBERS,
    MAX_ZIP_UNPACKED,
    TPS_CODE,
    read_regular,
    sha256_of,
    shown_outside,
)
from pleno.importers.parsed import (
    OtherKecamatan,
    ParsedFile,
    ParsedReading,
    Parts,
    RefusedFile,
    Remark,
    Target,
)
from pleno.importers.sirekap import WrongSource, read_object
from pleno.importers.sniff import Format, sniff

_EXCEL_LOCK: Final = "~$"
_LITTER: Final = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
_FORMAT_NAMES: Final = {Format.JSON: "sirekap", Format.CSV: "csv", Format.XLSX: "xlsx", Format.ZIP: "zip"}


def parse_files(paths: Sequence[Path], target: Target) -> list[ParsedFile | RefusedFile]:
    """What every file gives, in the order named; a folder's files by name, one level deep.

    Nothing is raised for what a file is or holds. Together they may hold 200 MB.
    """
    parsed: list[ParsedFile | RefusedFile] = []
    room = MAX_ZIP_UNPACKED
    for path in paths:
        results = _parse_folder(path, target, room) if _is_folder(path) else [parse_file(path, target, room)]
        room -= sum(result.size for result in results if isinstance(result, ParsedFile))
        parsed.extend(results)
    return parsed


def _is_folder(path: Path) -> bool:
    """A folder itself; a link to one is left to `read_regular`, which refuses links."""
    try:
        return path.is_dir() and not path.is_symlink()
    except (OSError, ValueError):
        return False


def _parse_folder(folder: Path, target: Target, room: int) -> list[ParsedFile | RefusedFile]:
    shown = shown_outside(folder.name or str(folder))
    try:
        inside = sorted(islice(folder.iterdir(), MAX_ZIP_MEMBERS + 1), key=lambda path: path.name)
    except OSError:
        refused = PlenoError("Folder ditolak", f"Folder {shown} tidak dapat dibuka.", "Periksa izin folder itu.")
        return [RefusedFile(shown, None, refused)]
    if len(inside) > MAX_ZIP_MEMBERS:
        refused = PlenoError(
            "Folder ditolak", f"Folder {shown} berisi terlalu banyak berkas.", "Bagi menjadi beberapa."
        )
        return [RefusedFile(shown, None, refused)]
    results: list[ParsedFile | RefusedFile] = []
    passed_by: list[Remark] = []
    for path in inside:
        if why := _passed_by(path):
            passed_by.append(Remark(shown_outside(path.name), why))
            continue
        results.append(parse_file(path, target, room))
        if isinstance(result := results[-1], ParsedFile):
            room -= result.size
    if not results:
        refused = PlenoError(
            "Folder ditolak", f"Folder {shown} tidak berisi berkas.", "Sebut folder yang berisi berkas."
        )
        return [RefusedFile(shown, None, refused)]
    return _with_remarks(results, passed_by)


def _passed_by(path: Path) -> str | None:
    """Why something in a folder is no file to import; None when it is one."""
    if path.name.startswith(_EXCEL_LOCK):
        return "Dilewati: tanda bahwa berkas itu sedang terbuka di Excel; tutup Excel dulu agar isinya lengkap."
    if path.name.casefold() in _LITTER:
        return "Dilewati: berkas sistem."
    return "Dilewati: folder di dalam folder." if _is_folder(path) else None


def _with_remarks(results: list[ParsedFile | RefusedFile], remarks: list[Remark]) -> list[ParsedFile | RefusedFile]:
    """The remarks about a folder stand with its first file that was read."""
    for index, result in enumerate(results):
        if isinstance(result, ParsedFile):
            results[index] = replace(result, remarks=(*remarks, *result.remarks))
            break
    return results


def parse_file(path: Path, target: Target, room: int = MAX_INPUT) -> ParsedFile | RefusedFile:
    """What one file gives; `room` is how many bytes may still be taken in."""
    name = shown_outside(path.name or str(path))
    data: bytes | None = None
    try:
        if path.name.startswith(_EXCEL_LOCK):
            message = f"{name} hanya tanda bahwa berkas sedang terbuka di Excel."
            raise PlenoError("Berkas ditolak", message, "Tutup Excel dulu, lalu pilih berkas aslinya.")
        data = read_regular(path, MAX_INPUT)
        if len(data) > room:
            message = f"{name} membuat impor ini lebih dari {MAX_ZIP_UNPACKED // 1_000_000} MB."
            raise PlenoError("Terlalu banyak sekaligus", message, "Impor sisanya dengan perintah berikutnya.")
        return _parse(data, name, path.name, target)
    except PlenoError as error:
        return RefusedFile(name, None if data is None else sha256_of(data), error)
    except MemoryError:
        raise
    except Exception as error:
        # The last line of the border: a file nobody foresaw is refused, and the pleno goes on.
        message = f"{name} tidak dapat dibaca ({type(error).__name__})."
        refused = PlenoError("Berkas ditolak", message, "Simpan ulang dari program asalnya, atau ketik angkanya.")
        return RefusedFile(name, None if data is None else sha256_of(data), refused)


def _parse(data: bytes, name: str, raw_name: str, target: Target) -> ParsedFile:
    format_ = sniff(data, name)
    if format_ is Format.ZIP:
        label, parts = _read_zip(data, name, target)
    else:
        label, parts = _FORMAT_NAMES[format_], _read_one(format_, data, raw_name, target)
    return ParsedFile(name, sha256_of(data), len(data), label, data, *parts)


def _read_one(format_: Format, data: bytes, raw_name: str, target: Target) -> Parts:
    if format_ is Format.JSON:
        return read_object(data, raw_name, target)
    if format_ is Format.CSV:
        return read_delimited(data, shown_outside(raw_name), target)
    # Imported where it is used: openpyxl takes longer to load than most files take to read.
    from pleno.importers.workbook import read_workbook

    return Parts(*read_workbook(data, shown_outside(raw_name), target))


# --- zips ----------------------------------------------------------------------------------


def _read_zip(data: bytes, name: str, target: Target) -> tuple[str, Parts]:
    """The members of a zip as one; a member that is refused does not refuse the others."""
    gathered: list[Parts] = []
    formats: set[Format] = set()
    foreign: list[OtherKecamatan] = []
    members = 0
    for member, content in read_members(data, name):
        members += 1
        shown = shown_outside(member)
        try:
            format_ = sniff(content, shown)
            formats.add(format_)
            gathered.append(_placed(_read_one(format_, content, member, target), shown, format_))
        except WrongSource:
            raise  # holds for every object of the zip
        except PlenoError as error:
            if isinstance(error, OtherKecamatan):
                foreign.append(error)
            gathered.append(
                Parts(refused=(shown,), remarks=(Remark(shown, f"{error.message} {error.advice}".strip()),))
            )
    if not members:
        raise PlenoError("Zip ditolak", f"{name} tidak berisi berkas.", "Pilih zip yang berisi objek Sirekap atau csv.")
    if foreign and len(foreign) == members:
        raise foreign[0]
    label = _FORMAT_NAMES[formats.pop()] if len(formats) == 1 else "zip"
    return label, _without_doubles(_joined(gathered))


def _placed(parts: Parts, member: str, format_: Format) -> Parts:
    """The parts of one member with the member named in every place; an object is its own place."""
    if format_ is Format.JSON:
        return parts
    return Parts(
        tuple(replace(reading, place=f"{member}: {reading.place}") for reading in parts.readings),
        tuple(what if TPS_CODE.fullmatch(what) else f"{member}: {what}" for what in parts.refused),
        tuple(f"{member}: {what}" for what in parts.ignored),
        tuple(Remark(f"{member}: {remark.place}", remark.message) for remark in parts.remarks),
        parts.stamps,
    )


def _joined(gathered: Iterable[Parts]) -> Parts:
    columns = tuple(zip(*gathered, strict=True))
    return Parts(*(tuple(item for part in column for item in part) for column in columns))


def _without_doubles(parts: Parts) -> Parts:
    """Of several papers of one TPS x contest the newest stands; where time does not tell, none does."""
    papers: dict[tuple[str, str], list[ParsedReading]] = {}
    for reading in parts.readings:
        papers.setdefault((reading.tps, reading.contest), []).append(reading)
    readings: list[ParsedReading] = []
    refused, ignored, remarks = list(parts.refused), list(parts.ignored), list(parts.remarks)
    for (tps, _), found in papers.items():
        stands = _standing(found)
        if stands is None:
            refused.append(tps)
            places = ", ".join(reading.place for reading in found)
            remarks.append(Remark(places, f"TPS {tps} ada lebih dari sekali dan waktunya tidak menentukan."))
            continue
        readings.append(stands)
        for reading in found:
            if reading is not stands:
                ignored.append(reading.place)
                remarks.append(
                    Remark(reading.place, f"Diabaikan: {stands.place} lebih baru atau sama untuk TPS {tps}.")
                )
    return Parts(tuple(readings), tuple(refused), tuple(ignored), tuple(remarks), parts.stamps)


def _standing(found: list[ParsedReading]) -> ParsedReading | None:
    """The paper that counts; None when it cannot be told."""
    first = found[0]
    if all(other.figures == first.figures and other.ts == first.ts for other in found):
        return first
    if any(reading.ts is None for reading in found):
        return None
    newest = max(reading.ts or "" for reading in found)
    candidates = [reading for reading in found if reading.ts == newest]
    return candidates[0] if all(each.figures == candidates[0].figures for each in candidates) else None
