"""Votes that stand elsewhere while every total stays: no sum can see it, only two readings side by side.

DOMAIN.md 3.3, A09 and A10. Both are information: a pembetulan that puts a figure right looks the same as one that
does not, so the sentences say what differs and nothing about why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeAlias

from pleno.domain.compare import TpsFile
from pleno.domain.contest import Contest
from pleno.domain.figures import (
    DITETAPKAN,
    HITUNG_ULANG,
    PLANO,
    Figures,
    Source,
    addend,
    source_label,
    source_order,
    thousands,
)
from pleno.domain.rules.finding import Breach, Severity
from pleno.domain.rules.rule import Kecamatan, OnKecamatan, Rule

Moves: TypeAlias = Mapping[str, int]
"""Row of one choice's ballots -> by how much a reading is above the plano; rows that agree are left out."""


def moves(contest: Contest, plano: Figures, other: Figures) -> Moves:
    """What another reading says otherwise than the plano, in rows that both hold."""
    found: dict[str, int] = {}
    for row in contest.ballot_rows:
        here, there = addend(plano.get(row)), addend(other.get(row))
        if here is not None and there is not None and here != there:
            found[row] = there - here
    return found


def within_parties(contest: Contest, found: Moves) -> Iterator[tuple[str, str]]:
    """A09: row A.1 of a party and the row of one of its candidates that part by the same amount."""
    for partai in contest.partai:
        gap = found.get(partai.votes, 0)
        if gap:
            calon = next((row for row in partai.calon_rows if found.get(row) == -gap), None)
            if calon is not None:
                yield partai.votes, calon


def keeps_totals(plano: Figures, other: Figures, found: Moves) -> bool:
    """A10: whether moves add up to nothing, and neither suara_sah nor suara_total shows them."""
    totals = ("suara_sah", "suara_total")
    known = [(addend(plano.get(row)), addend(other.get(row))) for row in totals]
    return len(found) > 1 and not sum(found.values()) and all(a == b or a is None or b is None for a, b in known)


def _compared(file: TpsFile) -> Iterator[tuple[Source, Figures]]:
    """Every reading beside the plano, and what is determined where something supersedes the plano."""
    for source in sorted(file.readings, key=source_order):
        if source not in (PLANO, HITUNG_ULANG):
            yield source, file.readings[source].figures
    if file.pembetulan or HITUNG_ULANG in file.readings:
        yield DITETAPKAN, file.read_aloud().ditetapkan


_Shift: TypeAlias = Callable[[Contest, Figures, Figures, Moves], Iterator[tuple[str, ...]]]


def _on(shifts: _Shift) -> OnKecamatan:
    def check(kecamatan: Kecamatan) -> Iterator[Breach]:
        contest = kecamatan.contest
        for file in kecamatan.files:
            if PLANO not in file.readings or not (file.differing or file.pembetulan):
                continue
            plano = file.readings[PLANO].figures
            for source, other in _compared(file):
                found = moves(contest, plano, other)
                for rows in shifts(contest, plano, other, found):
                    yield _breach(kecamatan, file, source, rows, found)

    return OnKecamatan(check)


def _a09(contest: Contest, plano: Figures, other: Figures, found: Moves) -> Iterator[tuple[str, ...]]:
    yield from within_parties(contest, found)


def _a10(contest: Contest, plano: Figures, other: Figures, found: Moves) -> Iterator[tuple[str, ...]]:
    told = {row for pair in within_parties(contest, found) for row in pair}
    left = {row: gap for row, gap in found.items() if row not in told}
    if keeps_totals(plano, other, left):
        yield tuple(left)


def _breach(kecamatan: Kecamatan, file: TpsFile, source: Source, rows: tuple[str, ...], found: Moves) -> Breach:
    plano = file.readings[PLANO].figures
    cells = []
    for row in rows:
        before = addend(plano.get(row)) or 0
        cells.append(f"{kecamatan.contest.by_name[row].code} {thousands(before)} → {thousands(before + found[row])}")
    told = {
        "tps": kecamatan.names[file.tps.code],
        "sumber": source if source == DITETAPKAN else source_label(source),
        "pindah": thousands(sum(abs(found[row]) for row in rows) // 2),
    }
    return Breach(rows, "; ".join(cells), told, (file.tps,), source)


A09: Final = Rule(
    "A09", Severity.INFO, "suara_partai.N - k dan suara_calon.N.M + k (atau sebaliknya) antara plano dan bacaan lain",
    ("suara_partai.N", "suara_calon.N.M"),
    "{tps}: antara plano dan {sumber}, {pindah} suara satu partai berbeda letak antara suara partai dan suara calon, "
    "jumlah kedua baris itu sama.",
    "Jumlah kedua baris itu sama, jadi penjumlahan tidak menunjukkannya; lihat dasar setiap angka di Jejak: {angka}.",
    _on(_a09),
)  # fmt: skip
A10: Final = Rule(
    "A10", Severity.INFO, "jumlah beda suara antar-pilihan = 0; suara_sah dan suara_total tetap",
    ("suara.N", "suara_partai.N", "suara_calon.N.M"),
    "{tps}: antara plano dan {sumber}, {pindah} suara berbeda letak antar-pilihan, jumlah semuanya sama.",
    "Jumlah semua pilihan sama, jadi penjumlahan tidak menunjukkannya; lihat dasar setiap angka di Jejak: {angka}.",
    _on(_a10),
)  # fmt: skip
