"""Party totals by TPS as people copy them from KPU's pages: no codes, a column a party, sentences where KPU had none.

The header is `Kecamatan;Desa/Kelurahan;TPS;1 PKB;2 Gerindra;...`; a column is the party whose number it begins with.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from pleno.domain.contest import Contest, ContestKind, suara_partai_total
from pleno.domain.errors import PlenoError
from pleno.domain.figures import Figure
from pleno.importers.limits import BadCell, figure_of_text, shown_outside
from pleno.importers.naming import TpsNames, name_of_place, total_label
from pleno.importers.parsed import OtherKecamatan, ParsedReading, Parts, Remark, Target
from pleno.importers.regions import region_names
from pleno.importers.table import CsvTable

_TITLE: Final = "Berkas csv ditolak"
_ABOUT: Final = (("kecamatan", "kecamatan/distrik", "distrik"), ("desa/kelurahan", "desa", "kelurahan"), ("tps",))
_FIRST: Final = len(_ABOUT)
_PARTY: Final = re.compile(r"0*([1-9][0-9]?)[\s.]+\S.*")
_LISTED: Final = 5
_MOST_REMARKS: Final = 1_000
"""Remarks kept of one file; a file with more is wrong as a whole."""


def has_party_totals(header: tuple[str, ...]) -> bool:
    """Whether a header names kecamatan, desa and TPS, and then nothing but numbered parties."""
    about, parties = header[:_FIRST], header[_FIRST:]
    return (
        len(about) == _FIRST
        and bool(parties)
        and all(cell.casefold() in known for cell, known in zip(about, _ABOUT, strict=True))
        and all(map(_PARTY.fullmatch, parties))
    )


def is_unfilled(header: tuple[str, ...], cells: tuple[str, ...]) -> bool:
    """Whether a line holds a sentence with an address where the figures of its TPS would be."""
    return has_party_totals(header) and "://" in "".join(cells[_FIRST : _FIRST + 1]) and not any(cells[_FIRST + 1 :])


def read_party_totals(table: CsvTable, name: str, target: Target) -> Parts:
    """The totals of the parties for each TPS of the kecamatan; lines of others are counted, not read.

    Desa are found by name, of the roster or the region table. A bad cell refuses its TPS. PlenoError when the
    contest has no parties or not those of the header, and when no line is of this kecamatan.
    """
    contest = _party_contest(name, target)
    return _Reader(table, name, target, contest, _rows(table, name, contest)).read()


def _party_contest(name: str, target: Target) -> Contest:
    contest = target.only_contest()
    if contest is not None and contest.profile.kind is ContestKind.PARTAI:
        return contest
    if contest is not None:
        message = f"{name} berisi jumlah suara partai, sedangkan {contest.id} bukan kontes partai."
        raise PlenoError(_TITLE, message, "Sebut kontes partainya dengan --kontes.")
    raise PlenoError(_TITLE, f"{name} tidak menyebut kontesnya.", "Sebut kontes partainya dengan --kontes.")


def _rows(table: CsvTable, name: str, contest: Contest) -> tuple[str, ...]:
    """The row of the form that each party column holds."""
    numbers = [int(found[1]) for column in table.header[_FIRST:] if (found := _PARTY.fullmatch(column))]
    known = {partai.choice.number for partai in contest.partai}
    if unknown := [column for column, n in zip(table.header[_FIRST:], numbers, strict=True) if n not in known]:
        listed = ", ".join(f'"{shown_outside(column, 40)}"' for column in unknown)
        raise PlenoError(
            _TITLE,
            f"{name} mempunyai kolom {listed}; partai bernomor itu tidak ada pada {contest.id}.",
            "Periksa berkas pilihan dan kontesnya.",
        )
    if doubled := sorted(n for n, times in Counter(numbers).items() if times > 1):
        listed = ", ".join(map(str, doubled))
        raise PlenoError(_TITLE, f"{name} mempunyai beberapa kolom partai {listed}.", "Hapus salah satunya.")
    return tuple(map(suara_partai_total, numbers))


class _Reader:
    """Goes through the lines once."""

    def __init__(self, table: CsvTable, name: str, target: Target, contest: Contest, rows: tuple[str, ...]) -> None:
        self._table, self._name, self._target, self._contest, self._rows = table, name, target, contest, rows
        self._names = TpsNames(target)
        self._kecamatan = region_names(target.kecamatan).kecamatan
        self._readings: dict[str, ParsedReading] = {}
        self._lines: dict[str, int] = {}
        self._refused: dict[str, None] = {}
        self._ignored: list[str] = []
        self._unfilled = 0
        self._foreign: Counter[str] = Counter()
        self._remarks: list[Remark] = []

    def read(self) -> Parts:
        for number, cells in self._table.rows:
            self._read_line(number, cells)
        if self._foreign and not self._lines and not self._refused:
            message = f"{self._name} tidak memuat kecamatan {self._kecamatan}; isinya {self._others()}."
            raise OtherKecamatan(_TITLE, message, "Pilih berkas kecamatan ini.")
        if self._foreign:
            place = f"{self._foreign.total()} baris kecamatan lain"
            self._ignored.append(place)
            self._remarks.append(Remark(place, f"Diabaikan: {self._others()}."))
        if self._unfilled:
            said = f"Diabaikan: {self._unfilled} TPS berisi kalimat, bukan angka; dianggap belum dibaca."
            self._remarks.append(Remark(self._name, said))
        readings = tuple(reading for tps, reading in self._readings.items() if tps not in self._refused)
        return Parts(readings, tuple(self._refused), tuple(self._ignored), tuple(self._remarks))

    def _others(self) -> str:
        listed = ", ".join(shown_outside(name, 40) for name in sorted(self._foreign)[:_LISTED])
        more = len(self._foreign) - _LISTED
        return f"kecamatan {listed}{f' dan {more} lagi' if more > 0 else ''}"

    def _read_line(self, number: int, cells: tuple[str, ...]) -> None:
        kecamatan, desa, tps_number = cells[:_FIRST]
        place = f"baris {number}"
        if label := total_label(cells[:_FIRST]):
            self._ignored.append(f'{place} ("{shown_outside(label, 40)}")')
            return
        if name_of_place(kecamatan) != name_of_place(self._kecamatan):
            self._foreign[kecamatan.strip().upper()] += 1
            return
        try:
            tps = self._names.code_of({"desa": desa, "nomor": tps_number}, place)
        except BadCell as bad:
            self._refuse(place, bad)
            return
        if reason := self._target.why_not(tps, self._contest):
            self._refuse(tps, BadCell(place, reason))
        elif tps in self._lines:
            self._refuse(tps, BadCell(place, f"TPS {tps} sudah ada pada baris {self._lines[tps]}."))
        else:
            self._lines[tps] = number
            self._read_figures(tps, cells, place)

    def _read_figures(self, tps: str, cells: tuple[str, ...], place: str) -> None:
        if is_unfilled(self._table.header, cells):
            self._unfilled += 1
            self._ignored.append(f"{place} ({tps})")
            return
        figures: dict[str, Figure] = {}
        for row, column, text in zip(self._rows, self._table.header[_FIRST:], cells[_FIRST:], strict=True):
            try:
                figure = figure_of_text(text, f"{place}, kolom {column}", self._contest.profile.digits)
            except BadCell as bad:
                self._refuse(tps, bad)
                continue
            if figure is not None:
                figures[row] = figure
        if figures:
            self._readings[tps] = ParsedReading(tps, self._contest.id, figures, None, place)
        elif tps not in self._refused:
            self._ignored.append(f"{place} ({tps})")

    def _refuse(self, what: str, bad: BadCell) -> None:
        """`what`: a TPS code, or the place of a line that names no TPS."""
        self._refused[what] = None
        if len(self._remarks) < _MOST_REMARKS:
            self._remarks.append(Remark(bad.place, bad.message))
