"""Sirekap and Situng objects: what KPU publishes for one TPS, and what lies beside it (DOMAIN.md 2.2 and 11)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from pleno.domain.chain import Json
from pleno.domain.contest import Contest
from pleno.domain.errors import PlenoError
from pleno.domain.figures import FOTO, SIREKAP, Figure
from pleno.importers.jsontext import parse_strict
from pleno.importers.limits import BadCell, figure_of_number, nearest, shown_outside
from pleno.importers.parsed import OtherKecamatan, ParsedReading, Parts, Remark, Target
from pleno.importers.sirekap_cells import read_cells

TS: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}")
"""How Sirekap writes the time of an object; text order is time order."""

_TITLE: Final = "Objek Sirekap ditolak"
_FETCH_AGAIN: Final = "Ambil ulang objeknya dari sumbernya."
_PARTS: Final = frozenset({"chart", "administrasi", "tungsura"})
_AGGREGATE: Final = frozenset({"table", "progres", "persen"})
_CONTEST_CODES: Final = frozenset({"ppwp", "pdpr", "pdpd", "pdprdp", "pdprdk", "pkwkp", "pkwkk"})
_IMAGE_CONTEST: Final = re.compile(r"/(?:pemilu|pilkada)/([a-z]{3,8})/")
_IMAGE_TPS: Final = re.compile(r"/([0-9]{13})-[^/]*")
_CODE_RUN: Final = re.compile(r"(?<![0-9])[0-9]{13}(?![0-9])")
_SPELLED_OUT: Final = 20
"""Findings of one object that a preview spells out."""


class WrongSource(PlenoError):
    """An object of Sirekap, taken for a source it cannot be."""


def _check_source(target: Target) -> None:
    """A Sirekap object is what Sirekap read or what a photo of the form shows."""
    if target.source not in (SIREKAP, FOTO):
        raise WrongSource(
            _TITLE,
            f"Objek Sirekap tidak dapat diimpor sebagai {target.source}: isinya bukan bacaan kertas.",
            "Pakai --sumber sirekap (atau foto).",
        )


def read_object(data: bytes, path: str, target: Target) -> Parts:
    """What one object gives; `path` is its file name, or its path inside a zip.

    The object of a TPS is a reading or a refused TPS; tables of a desa and above, lists of regions and candidates, and
    objects that hold no figure yet are ignored by name. PlenoError when it is not an object of Sirekap, of another
    contest, or not tied to a TPS; WrongSource when it is imported as something else than sirekap or foto.
    """
    _check_source(target)
    place = shown_outside(path)
    value = parse_strict(data, place, _TITLE)
    if what := _beside(value):
        return Parts(ignored=(place,), remarks=(Remark(place, f"Diabaikan: {what}."),))
    found = _figures_object(value, place)
    listed = value["images"] if isinstance(value.get("images"), list) else ()
    images = " ".join(image for image in listed if isinstance(image, str))
    contest = _contest(path, images, place, target)
    code = _tps(path, target, place)
    if reason := target.why_not(code, contest):
        if code.startswith(target.kecamatan):
            hint = nearest(code, target.roster)
            raise PlenoError(_TITLE, f"{place}: {reason}", f"Periksa kode TPS pada nama berkas.{hint}")
        raise OtherKecamatan(_TITLE, f"{place}: {reason}", "Pilih objek kecamatan ini.")
    return _read_tps(value, found, images, contest, code, place)


# --- which object, contest and TPS ---------------------------------------------------------


def _beside(value: Json) -> str | None:
    """What an object is that holds no figures of one TPS; None when it may be a TPS."""
    if isinstance(value, list):
        listed = bool(value) and all(isinstance(item, dict) and {"kode", "nama"} <= item.keys() for item in value)
        return "daftar wilayah" if listed else None
    if not isinstance(value, dict):
        return None
    inner = value.get("tungsura")
    tables = [part for part in (value, inner) if isinstance(part, dict)]
    charts = [part["chart"] for part in tables if isinstance(part.get("chart"), dict)]
    if any(_AGGREGATE & part.keys() for part in (*tables, *charts)):
        return "angka gabungan, bukan satu TPS"
    if value and not _PARTS & value.keys() and all(isinstance(item, dict) for item in value.values()):
        if all(_CODE_RUN.fullmatch(key) for key in value):
            return "angka satu desa per TPS, tanpa waktu dan tanpa formulirnya; ambil objek tiap TPS"
        if all("nomor_urut" in item for item in value.values()):
            return "daftar partai"
        if all(isinstance(line, dict) and "nomor_urut" in line for item in value.values() for line in item.values()):
            return "daftar calon"
    return None


def _figures_object(value: Json, place: str) -> dict[str, Json]:
    """The object that holds chart, caleg and administrasi: the whole of it, or its `tungsura`."""
    if not isinstance(value, dict) or not _PARTS & value.keys():
        raise PlenoError(_TITLE, f'{place} tidak mempunyai "chart"; ini bukan objek Sirekap.', _FETCH_AGAIN)
    inner = value.get("tungsura", value)
    if inner is None:
        return {}
    if not isinstance(inner, dict):
        raise PlenoError(_TITLE, f'{place}: "tungsura" bukan objek.', _FETCH_AGAIN)
    return inner


def _contest(path: str, images: str, place: str, target: Target) -> Contest:
    """The contest of an object: the forced or only one, else what its images or path name."""
    named = set(_IMAGE_CONTEST.findall(images)) or _CONTEST_CODES & set(re.findall(r"[a-z0-9]+", path.lower()))
    contest = target.only_contest()
    if contest is None:
        fitting = [each for each in target.contests if each.profile.sirekap_code in named]
        if len(fitting) == 1 and len(named) == 1:
            return fitting[0]
        if not named or fitting:
            raise PlenoError(_TITLE, f"{place} tidak menyebut kontesnya.", "Sebut kontesnya dengan --kontes.")
    elif not named or contest.profile.sirekap_code in named:
        return contest
    shown = shown_outside(", ".join(sorted(named)), 40)
    wanted = ", ".join(each.profile.sirekap_code for each in ((contest,) if contest else target.contests))
    raise PlenoError(_TITLE, f"{place} adalah objek {shown}, bukan {wanted}.", "Pilih objek kontes yang benar.")


def _tps(path: str, target: Target, place: str) -> str:
    """The only 13-digit run of the file name that is in the roster, else --tps."""
    runs: set[str] = set(_CODE_RUN.findall(path.rsplit("/", 1)[-1]))
    known = sorted(runs & target.roster.keys())
    if len(known) > 1:
        raise PlenoError(
            _TITLE, f"Nama {place} memuat lebih dari satu TPS: {', '.join(known)}.", "Ganti nama berkasnya."
        )
    if known and target.tps not in (None, known[0]):
        raise PlenoError(
            _TITLE, f"{place} bernama TPS {known[0]}, padahal --tps menyebut {target.tps}.", "Pakai salah satu saja."
        )
    if known or target.tps:
        return known[0] if known else str(target.tps)
    if len(runs) == 1:
        return runs.pop()
    raise PlenoError(
        _TITLE,
        f"Nama {place} tidak memuat kode TPS 13 angka.",
        "Sebut TPS-nya dengan --tps, atau ganti nama berkasnya.",
    )


# --- the figures of one TPS ----------------------------------------------------------------


def _read_tps(
    value: Mapping[str, Json], found: Mapping[str, Json], images: str, contest: Contest, code: str, place: str
) -> Parts:
    remarks: list[Remark] = []
    findings: list[BadCell] = []
    figures: dict[str, Figure] = {}
    cells = read_cells(value, found, contest)
    findings.extend(cells.findings)
    if cells.unknown:
        listed = ", ".join(cells.unknown[:_SPELLED_OUT]) + (", …" if len(cells.unknown) > _SPELLED_OUT else "")
        remarks.append(Remark(place, f"Tidak dikenal, tidak dibaca: {listed}."))
    for row, key, raw in cells.found:
        try:
            figure = figure_of_number(raw, key, contest.profile.digits)
        except BadCell as bad:
            findings.append(bad)
            continue
        if row in figures:
            findings.append(BadCell(key, f"mengisi {row} untuk kedua kali."))
        if figure is not None:
            figures[row] = figure
    ts = _ts(value.get("ts"), findings)
    pictured = set(_IMAGE_TPS.findall(images))
    if pictured and code not in pictured:
        findings.append(BadCell("images", f"fotonya milik TPS {', '.join(sorted(pictured))}."))
    if findings:
        if (more := len(findings) - _SPELLED_OUT) > 0:
            remarks.insert(0, Remark(place, f"Dan {more} temuan lagi."))
        refusals = (Remark(place, str(finding)) for finding in findings[:_SPELLED_OUT])
        return Parts(refused=(code,), remarks=(*refusals, *remarks))
    if isinstance(psu := value.get("psu"), str) and psu != "Reguler":
        remarks.append(Remark(place, f'Sirekap menandai TPS {code} "{shown_outside(psu, 60)}".'))
    if not figures:
        return Parts(ignored=(place,), remarks=(*remarks, Remark(place, "Diabaikan: belum ada angka.")))
    return Parts(readings=(ParsedReading(code, contest.id, figures, ts, place),), remarks=tuple(remarks))


def _ts(raw: Json, findings: list[BadCell]) -> str | None:
    if raw is None:
        return None
    if problem := ts_problem(raw):
        findings.append(BadCell("ts", problem))
        return None
    return str(raw)


def ts_problem(raw: object) -> str | None:
    """Why a value is no time of a Sirekap object; None when it is one."""
    if isinstance(raw, str) and TS.fullmatch(raw):
        try:
            datetime.fromisoformat(raw)
        except ValueError:
            return f'"{raw}" bukan waktu yang ada.'
        return None
    return f'"{shown_outside(str(raw), 40)}" bukan waktu berbentuk TTTT-BB-HH JJ:MM:DD.'
