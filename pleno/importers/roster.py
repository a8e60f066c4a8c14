"""The TPS of a kecamatan, as an office lists them (FORMATS.md, "TPS list and choices")."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from pleno.domain.errors import PlenoError
from pleno.domain.state import Desa, Tps
from pleno.importers.limits import TPS_CODE, BadCell, clean_text, figure_of_text, nearest, refusal, shown_outside
from pleno.importers.master_table import Line, MasterTable, read_master
from pleno.importers.naming import name_of_place
from pleno.importers.profile import PROFILE_ID
from pleno.importers.regions import desa_names, region_names

KINDS: Final = ("biasa", "khusus", "psu")
FIRST_SPECIAL: Final = 901
"""TPS of lokasi khusus are numbered from here."""

ALIASES: Final = {
    **dict.fromkeys(("kode tps", "kodetps", "id_tps"), "kode_tps"),
    **dict.fromkeys(("kec", "distrik", "kecamatan/distrik", "nama kecamatan", "nama_kecamatan"), "kecamatan"),
    **dict.fromkeys(
        ("desakel", "desa/kel", "desa/kelurahan", "kelurahan", "kelurahan/desa", "nama desa", "nama_desa", "gampong"),
        "desa",
    ),
    **dict.fromkeys(("nomor_tps", "no_tps", "nomor tps", "no tps", "no. tps", "tps"), "nomor"),
    **dict.fromkeys(("lk", "laki-laki", "dpt_lk", "l"), "dpt_l"),
    **dict.fromkeys(("pr", "perempuan", "dpt_pr", "p"), "dpt_p"),
    **dict.fromkeys(("dpt", "jumlah_dpt", "jumlah dpt", "jml_dpt", "jml dpt", "total_dpt", "total dpt"), "dpt_j"),
    **dict.fromkeys(("kodekabalamat", "no", "no.", "nomor urut", "provinsi", "kabupaten", "kab/kota", "kabkota"), ""),
}
"""What offices call the columns of their lists; nothing is asked of those with an empty name."""

_ROSTER_REFUSED: Final = "Daftar TPS ditolak"
_ADVICE: Final = "Perbaiki baris-baris itu, lalu ulangi; belum ada yang disimpan."
_DPT_DIGITS: Final = 4
_SHOWN: Final = 20
"""Names of kecamatan listed in one message."""
_NUMBER: Final = re.compile("[0-9]{1,3}")


def read_roster(path: Path, kecamatan: str) -> tuple[tuple[Desa, ...], tuple[Tps, ...]]:
    """The desa and TPS of the kecamatan with this 6-digit code, each ordered by code.

    A list without `kode_tps` names desa and number, and of which kecamatan where it holds several: the lines of the
    others are passed over. A desa without a name gets that of the region table; DPT JUMLAH that is not given is L + P.
    PlenoError names every wrong line at once.
    """
    table = read_master(
        path,
        _ROSTER_REFUSED,
        ("kode_tps",),
        ("kecamatan", "desa", "nomor", "dpt_l", "dpt_p", "dpt_j", "jenis", "kontes"),
        instead=("desa", "nomor"),
        aliases=ALIASES,
    )
    findings: list[BadCell] = []
    names: dict[str, tuple[str, int]] = {}
    roster: dict[str, tuple[Tps, int]] = {}
    listed = desa_names(kecamatan)
    coder = _Coder(table, kecamatan)
    for line in coder.own_lines():
        try:
            code = coder.code_of(line)
        except BadCell as bad:
            findings.append(bad)
            continue
        if code in roster:
            message = f"{code} sudah ada di baris {roster[code][1]}."
            findings.append(BadCell(_place(table, line, coder.key), message))
        else:
            roster[code] = (_tps(table, line, code, findings), line.number)
            _note_desa(table, line, code[:10], names, findings)
    for tps, number in roster.values():
        if tps.desa not in names and tps.desa not in listed:
            message = f"desa {tps.desa} tidak ada dalam daftar wilayah KPU; isi namanya."
            findings.append(BadCell(f"{table.name} baris {number}, kolom desa", message))
    if findings:
        raise refusal(_ROSTER_REFUSED, findings, _ADVICE)
    codes = sorted({tps.desa for tps, _ in roster.values()})
    desa = tuple(Desa(code, names[code][0] if code in names else listed[code]) for code in codes)
    return desa, tuple(roster[code][0] for code in sorted(roster))


def _place(table: MasterTable, line: Line, column: str) -> str:
    return f"{table.name} baris {line.number}, kolom {column}"


class _Coder:
    """The TPS codes of a list's lines: written, or told by the names of kecamatan and desa and the number."""

    def __init__(self, table: MasterTable, kecamatan: str) -> None:
        self.key = "kode_tps" if "kode_tps" in table.columns else "nomor"
        """The column that names a TPS."""
        self._table = table
        self._kecamatan = kecamatan
        self._desa: dict[str, list[str]] = {}
        for code, name in desa_names(kecamatan).items():
            self._desa.setdefault(name_of_place(name), []).append(code)

    def own_lines(self) -> list[Line]:
        """The lines of this kecamatan. PlenoError when the list names kecamatan and none is this one."""
        if self.key == "kode_tps" or "kecamatan" not in self._table.columns:
            return list(self._table.lines)
        name = region_names(self._kecamatan).kecamatan
        wanted = (name_of_place(name), self._kecamatan)
        found = [line for line in self._table.lines if name_of_place(line.cells["kecamatan"]) in wanted]
        if not found:
            named = list(dict.fromkeys(line.cells["kecamatan"] for line in self._table.lines))
            listed = ", ".join(shown_outside(one, 40) for one in named[:_SHOWN])
            raise PlenoError(
                _ROSTER_REFUSED,
                f"{self._table.name}: tidak ada baris kecamatan {name} ({self._kecamatan}); yang ada: {listed}.",
                "Periksa kode kecamatannya, atau samakan nama kecamatan di daftar itu dengan daftar wilayah KPU.",
            )
        return found

    def code_of(self, line: Line) -> str:
        """The 13-digit code of a line's TPS. BadCell when it names none of this kecamatan."""
        code = line.cells["kode_tps"] if self.key == "kode_tps" else self._told(line)
        if fault := _code_fault(code, self._kecamatan):
            raise BadCell(_place(self._table, line, self.key), fault)
        return code

    def _told(self, line: Line) -> str:
        desa, number = line.cells["desa"], line.cells["nomor"]
        if not _NUMBER.fullmatch(number):
            message = f'"{shown_outside(number, 20)}" bukan nomor TPS.'
            raise BadCell(_place(self._table, line, "nomor"), message)
        codes = self._desa.get(name_of_place(desa), [])
        if len(codes) != 1:
            said = f'"{shown_outside(desa, 40)}"'
            why = f"ada lebih dari satu: {', '.join(codes)}; isi kode_tps" if codes else "tidak ada di kecamatan ini"
            hint = "" if codes else nearest(desa.upper(), desa_names(self._kecamatan).values())
            raise BadCell(_place(self._table, line, "desa"), f"desa {said} {why}.{hint}")
        return f"{codes[0]}{int(number):03}"


def _code_fault(code: str, kecamatan: str) -> str:
    shown = shown_outside(code, 30)
    if not TPS_CODE.fullmatch(code):
        return f'"{shown}" bukan kode TPS 13 angka.' if code else "kosong."
    if not code.startswith(kecamatan):
        return f"{shown} bukan TPS kecamatan {kecamatan}."
    return f"{shown} bernomor TPS 000." if code.endswith("000") else ""


def _tps(table: MasterTable, line: Line, code: str, findings: list[BadCell]) -> Tps:
    number = int(code[10:])
    said = line.cells["nomor"]
    if said and (not _NUMBER.fullmatch(said) or int(said) != number):
        message = f'"{shown_outside(said, 20)}" tidak sama dengan tiga angka terakhir kode, {code[10:]}.'
        findings.append(BadCell(_place(table, line, "nomor"), message))
    kind = line.cells["jenis"].lower() or ("khusus" if number >= FIRST_SPECIAL else "biasa")
    if kind not in KINDS:
        message = f'"{shown_outside(kind, 20)}" tidak dikenal; pilihannya {", ".join(KINDS)}.'
        findings.append(BadCell(_place(table, line, "jenis"), message))
    men, women, total = (_dpt(table, line, column, findings) for column in ("dpt_l", "dpt_p", "dpt_j"))
    if men is not None and women is not None:
        if total is not None and total != men + women:
            findings.append(BadCell(_place(table, line, "dpt_j"), f"{total} ≠ {men} + {women}."))
        total = men + women
    return Tps(code, code[:10], number, kind, men, women, total, _contests(table, line, findings))


def _dpt(table: MasterTable, line: Line, column: str, findings: list[BadCell]) -> int | None:
    try:
        figure = figure_of_text(line.cells[column], _place(table, line, column), _DPT_DIGITS)
    except BadCell as bad:
        findings.append(bad)
        return None
    return figure if isinstance(figure, int) else None


def _contests(table: MasterTable, line: Line, findings: list[BadCell]) -> tuple[str, ...]:
    names = tuple(part.strip() for part in line.cells["kontes"].split("|")) if line.cells["kontes"] else ()
    if len(set(names)) != len(names) or not all(PROFILE_ID.fullmatch(name) for name in names):
        message = f'"{shown_outside(line.cells["kontes"], 60)}" bukan nama-nama profil yang dipisah |.'
        findings.append(BadCell(_place(table, line, "kontes"), message))
    return names


def _note_desa(
    table: MasterTable, line: Line, desa: str, names: dict[str, tuple[str, int]], findings: list[BadCell]
) -> None:
    """Keep the name of a desa, which must be the same on each of its lines that names it."""
    place = _place(table, line, "desa")
    try:
        name = clean_text(line.cells["desa"], place)
    except BadCell as bad:
        findings.append(bad)
        return
    if not name:
        return
    known, where = names.setdefault(desa, (name, line.number))
    if known.casefold() != name.casefold():
        findings.append(BadCell(place, f'"{name}", padahal baris {where} menamai desa {desa} "{known}".'))
