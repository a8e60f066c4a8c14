"""Readings in a csv file: long (one figure a line) or wide (one TPS a line, one column a row of the form)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from pleno.domain.contest import Contest
from pleno.domain.errors import PlenoError
from pleno.domain.figures import Figure, is_paper, is_salinan
from pleno.importers.limits import BadCell, figure_of_text, has_thousands, nearest, shown_outside
from pleno.importers.naming import TpsNames, total_label
from pleno.importers.parsed import OtherKecamatan, ParsedReading, Parts, Remark, Target
from pleno.importers.party_totals import has_party_totals, is_unfilled, read_party_totals
from pleno.importers.sirekap import ts_problem
from pleno.importers.table import CsvTable, read_csv

_TITLE: Final = "Berkas csv ditolak"
_ABOUT: Final = ("kode_tps", "desa", "nomor", "kontes", "ts")
_LONG: Final = ("isian", "angka")
_MOST_REMARKS: Final = 1_000
"""Remarks kept of one file; a file with more is wrong as a whole."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the header puts what."""

    about: Mapping[str, int]
    """Column by name, of _ABOUT and _LONG."""
    rows: tuple[tuple[int, str, Mapping[str, str]], ...]
    """Wide: column, its name, and the canonical row it is in each contest that has it."""


@dataclass(slots=True)
class _Paper:
    """What the file gives of one TPS x contest."""

    line: int
    figures: dict[str, Figure] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    """Where each row of the form was met first."""
    ts: str | None = None


def read_delimited(data: bytes, name: str, target: Target) -> Parts:
    """The readings of a csv file.

    A bad cell refuses its TPS, with all its figures of this file; totals rows are ignored by their label. PlenoError
    for a fault of structure: an unknown or missing column, another kecamatan, what `read_csv` refuses.
    """
    table = read_csv(data, name, is_unfilled)
    if has_party_totals(table.header):
        return read_party_totals(table, name, target)
    columns = _columns(table.header, target, name)
    return _Reader(target, columns, name).read(table)


def _columns(header: tuple[str, ...], target: Target, name: str) -> _Columns:
    about: dict[str, int] = {}
    rows: list[tuple[int, str, Mapping[str, str]]] = []
    long = {column.casefold() for column in header} >= set(_LONG)
    for index, column in enumerate(header):
        folded = column.casefold()
        if folded in _ABOUT or (long and folded in _LONG):
            about[folded] = index
        elif not long and (found := _rows_named(column, target)):
            rows.append((index, column, found))
        else:
            raise _unknown_column(column, long, target, name)
    if "kode_tps" not in about and not {"desa", "nomor"} <= about.keys():
        raise PlenoError(_TITLE, f"{name} tidak mempunyai kolom kode_tps.", "Tambahkan kode_tps, atau desa dan nomor.")
    if not long and not rows:
        raise PlenoError(
            _TITLE,
            f"{name} tidak mempunyai kolom angka.",
            "Tambahkan kolom isian dan angka, atau satu kolom tiap isian.",
        )
    _refuse_doubled(rows, name)
    return _Columns(about, tuple(rows))


def _rows_named(column: str, target: Target) -> dict[str, str]:
    found: dict[str, str] = {}
    for contest in target.contests:
        try:
            found[contest.id] = contest.find(column).name
        except PlenoError:
            continue
    return found


def _unknown_column(column: str, long: bool, target: Target, name: str) -> PlenoError:
    rows = (
        () if long else (known for contest in target.contests for row in contest.rows for known in (row.name, row.code))
    )
    known = dict.fromkeys([*_ABOUT, *_LONG, *rows])
    return PlenoError(
        _TITLE,
        f'{name} mempunyai kolom "{shown_outside(column, 40)}" yang tidak dikenal.{nearest(column, known)}',
        "Perbaiki atau hapus kolom itu.",
    )


def _refuse_doubled(rows: list[tuple[int, str, Mapping[str, str]]], name: str) -> None:
    seen: dict[tuple[str, str], str] = {}
    for _, column, found in rows:
        for cell in found.items():
            if cell in seen:
                raise PlenoError(
                    _TITLE,
                    f'{name}: kolom "{seen[cell]}" dan "{column}" adalah isian yang sama.',
                    "Hapus salah satunya.",
                )
            seen[cell] = column


class _Reader:
    """Goes through the lines once and keeps papers, refusals and remarks."""

    def __init__(self, target: Target, columns: _Columns, name: str) -> None:
        self._target, self._columns, self._name = target, columns, name
        self._names = TpsNames(target)
        self._contest = target.only_contest()
        self._kosong = is_paper(target.source) or is_salinan(target.source)
        self._found_rows: dict[tuple[str, str], str] = {}
        self._papers: dict[tuple[str, str], _Paper] = {}
        self._refused: dict[str, None] = {}
        self._ignored: list[str] = []
        self._remarks: list[Remark] = []
        self._unspoken = 0
        self._foreign: str | None = None
        self._has_own = False

    def read(self, table: CsvTable) -> Parts:
        if self._contest is None and "kontes" not in self._columns.about:
            raise PlenoError(
                _TITLE, f"{self._name} tidak menyebut kontesnya.", "Tambahkan kolom kontes, atau --kontes."
            )
        for line, cells in table.rows:
            self._read_line(line, cells)
        if self._foreign and not self._has_own:
            raise OtherKecamatan(_TITLE, f"{self._name}: {self._foreign}", "Pilih berkas kecamatan ini.")
        readings = tuple(self._readings())
        if self._unspoken:
            self._remarks.append(Remark(self._name, f"Dan {self._unspoken} catatan lagi."))
        return Parts(readings, tuple(self._refused), tuple(self._ignored), tuple(self._remarks))

    def _read_line(self, line: int, cells: tuple[str, ...]) -> None:
        about = {name: cells[index] for name, index in self._columns.about.items()}
        if label := _total_label(about):
            self._ignored.append(f'baris {line} ("{shown_outside(label, 40)}")')
            return
        place = f"baris {line}"
        try:
            contest = self._contest_of(about.get("kontes", ""), place)
            if contest is None:
                self._ignored.append(f"{place} (kontes lain)")
                return
            tps = self._names.code_of(about, place)
        except BadCell as bad:
            self._refuse(place, bad)
            return
        if reason := self._target.why_not(tps, contest):
            if not (own := tps.startswith(self._target.kecamatan)):
                self._foreign = self._foreign or reason
            self._has_own |= own
            if tps not in self._refused:
                self._refuse(tps, BadCell(place, reason))
            return
        self._has_own = True
        paper = self._papers.get((tps, contest.id))
        if "isian" in self._columns.about:
            self._read_long(paper, line, about, tps, contest)
        elif paper is None:
            self._read_wide(line, cells, about, tps, contest)
        else:
            self._refuse(tps, BadCell(place, f"TPS {tps} sudah ada pada baris {paper.line}."))

    def _contest_of(self, text: str, place: str) -> Contest | None:
        """The contest of a line; None when --kontes asks for another one."""
        named = text.strip()
        if not named:
            if self._contest is None:
                raise BadCell(f"{place}, kolom kontes", "kosong, padahal ruang kerja mempunyai beberapa kontes.")
            return self._contest
        found = self._target.contest_of(named)
        if found is None:
            known = [contest.id for contest in self._target.contests]
            message = f'"{shown_outside(named, 40)}" bukan kontes ruang kerja ini.{nearest(named, known)}'
            raise BadCell(f"{place}, kolom kontes", message)
        return None if self._target.contest not in (None, found.id) else found

    def _read_long(self, paper: _Paper | None, line: int, about: Mapping[str, str], tps: str, contest: Contest) -> None:
        place = f"baris {line}"
        if paper is None:
            paper = self._papers[tps, contest.id] = _Paper(line)
            paper.ts = self._ts(about, tps, place)
        elif self._ts(about, tps, place) != paper.ts:
            self._refuse(tps, BadCell(place, f"ts TPS {tps} berbeda dengan baris {paper.line}."))
        try:
            row = self._row(about["isian"], contest, place)
        except BadCell as bad:
            self._refuse(tps, bad)
            return
        if row in paper.lines:
            self._refuse(tps, BadCell(place, f"{row} TPS {tps} sudah ada pada baris {paper.lines[row]}."))
            return
        paper.lines[row] = line
        self._take(paper, row, about["angka"], tps, contest, f"{place}, {row}")

    def _read_wide(
        self, line: int, cells: tuple[str, ...], about: Mapping[str, str], tps: str, contest: Contest
    ) -> None:
        place = f"baris {line}"
        paper = self._papers[tps, contest.id] = _Paper(line, ts=self._ts(about, tps, place))
        for index, column, rows in self._columns.rows:
            where = f"{place}, kolom {column}"
            if row := rows.get(contest.id):
                self._take(paper, row, cells[index], tps, contest, where)
            elif cells[index]:
                self._refuse(tps, BadCell(where, f"isian ini tidak ada pada {contest.profile.name}."))

    def _row(self, text: str, contest: Contest, place: str) -> str:
        named = text.strip()
        row = self._found_rows.get((contest.id, named))
        if row is None:
            try:
                row = contest.find(named).name
            except PlenoError as error:
                known = nearest(named, (known for row in contest.rows for known in (row.name, row.code)))
                raise BadCell(
                    f"{place}, kolom isian", f'"{shown_outside(named, 40)}" bukan baris formulir.{known}'
                ) from error
            self._found_rows[contest.id, named] = row
        return row

    def _take(self, paper: _Paper, row: str, text: str, tps: str, contest: Contest, place: str) -> None:
        try:
            figure = figure_of_text(text, place, contest.profile.digits, kosong=self._kosong)
        except BadCell as bad:
            self._refuse(tps, bad)
            return
        if figure is not None:
            paper.figures[row] = figure
            if has_thousands(text):
                self._remark(place, f"{text.strip()} dibaca {figure}.")

    def _ts(self, about: Mapping[str, str], tps: str, place: str) -> str | None:
        text = about.get("ts", "").strip()
        if not text:
            return None
        if problem := ts_problem(text):
            self._refuse(tps, BadCell(f"{place}, kolom ts", problem))
        return text

    def _refuse(self, what: str, bad: BadCell) -> None:
        """`what`: a TPS code, or the place of a line that names no TPS."""
        self._refused[what] = None
        self._remark(bad.place, bad.message)

    def _remark(self, place: str, message: str) -> None:
        if len(self._remarks) < _MOST_REMARKS:
            self._remarks.append(Remark(place, message))
        else:
            self._unspoken += 1

    def _readings(self) -> Iterator[ParsedReading]:
        for (tps, contest), paper in self._papers.items():
            place = f"baris {paper.line}"
            if tps in self._refused:
                continue
            if paper.figures:
                yield ParsedReading(tps, contest, paper.figures, paper.ts, place)
            else:
                self._ignored.append(f"{place} ({tps})")
                self._remark(place, f"Diabaikan: belum ada angka untuk TPS {tps}.")


def _total_label(about: Mapping[str, str]) -> str | None:
    """The label of a totals row, which stands where another line names its TPS."""
    if re.fullmatch(r"\s*[0-9]+\s*", about.get("kode_tps", "")):
        return None
    cells = (about[name] for name in ("kode_tps", "desa", "nomor") if name in about)
    return total_label(cells)
