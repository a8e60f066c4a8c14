"""R41: figures that are unusual in their kecamatan. Information only; nothing here says that anything is wrong.

A small TPS, a boarding school or a prison gives such figures too. Each kind has its threshold in the profile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from statistics import median
from typing import Final, NamedTuple

from pleno.domain.compare import TpsFile
from pleno.domain.figures import PLANO, SIREKAP, Source, addend, thousands
from pleno.domain.rules.finding import Breach, Severity
from pleno.domain.rules.rule import Kecamatan, OnKecamatan, Rule
from pleno.domain.rules.shapes import numbers_of
from pleno.domain.rules.thresholds import threshold


class _Paper(NamedTuple):
    """What stands for a TPS: its plano, or Sirekap while it has none."""

    file: TpsFile
    source: Source
    votes: tuple[int | None, ...]
    """Of contest.votes, in their order."""
    numbers: Mapping[str, int]
    """Of the other rows that are looked at; a row that was not read is left out."""


_OTHERS: Final = ("suara_sah", "suara_tidak_sah", "suara_total", "pengguna_dpt_j", "pemilih_dpt_j")


def _papers(kecamatan: Kecamatan) -> list[_Paper]:
    votes_of = numbers_of(kecamatan.contest.votes)
    found = []
    for file in kecamatan.files:
        source = PLANO if PLANO in file.readings else SIREKAP
        if source in file.readings:
            figures = file.sementara if source == PLANO else file.readings[source].figures
            numbers = {row: number for row in _OTHERS if (number := addend(figures.get(row))) is not None}
            found.append(_Paper(file, source, votes_of(figures), numbers))
    return found


def _r41(kecamatan: Kecamatan) -> Iterator[Breach]:
    papers = _papers(kecamatan)
    for paper in papers:
        for rows, numbers, what, bound in (*_invalid(kecamatan, paper), *_turnout(kecamatan, paper)):
            yield _breach(kecamatan, [paper], rows, numbers, what, bound)
        for rows, numbers, what, bound in _votes(kecamatan, paper):
            yield _breach(kecamatan, [paper], rows, numbers, what, bound)
    by_code = {paper.file.tps.code: paper for paper in papers}
    for _desa, here in groupby(kecamatan.files, lambda file: file.tps.desa):
        in_order = [by_code.get(file.tps.code) for file in here]
        yield from _above_median(kecamatan, [paper for paper in in_order if paper])
        yield from _neighbours(kecamatan, in_order)
    yield from _last_digits(kecamatan, papers)


def _breach(
    kecamatan: Kecamatan, papers: Sequence[_Paper], rows: tuple[str, ...], numbers: str, what: str, bound: str
) -> Breach:
    named = [kecamatan.names[paper.file.tps.code] for paper in papers[:6]]
    if len(papers) > len(named):
        named = [f"{len(papers)} TPS"]
    told = {"tps": ", ".join(named), "apa": what, "ambang": bound}
    return Breach(rows, numbers, told, tuple(paper.file.tps for paper in papers), papers[0].source)


_Seen = tuple[tuple[str, ...], str, str, str]
"""Rows, formula with numbers, what is unusual, the threshold."""


def _percent(permille: int) -> str:
    return f"{permille / 10:g}%".replace(".", ",")


def _share(part: int, whole: int) -> str:
    return f"{part / whole * 100:.1f}%".replace(".", ",")


def _invalid(kecamatan: Kecamatan, paper: _Paper) -> Iterator[_Seen]:
    invalid, total = paper.numbers.get("suara_tidak_sah"), paper.numbers.get("suara_total")
    most = threshold(kecamatan.contest, "R41", "tidak_sah_permil")
    if invalid is not None and total and invalid * 1000 > most * total:
        what = f"suara tidak sah {_share(invalid, total)}"
        yield ("suara_tidak_sah", "suara_total"), f"{invalid} / {total} > {_percent(most)}", what, _percent(most)


def _turnout(kecamatan: Kecamatan, paper: _Paper) -> Iterator[_Seen]:
    came, listed = paper.numbers.get("pengguna_dpt_j"), paper.numbers.get("pemilih_dpt_j")
    most = threshold(kecamatan.contest, "R41", "pengguna_permil")
    if came is not None and listed and came * 1000 > most * listed:
        what = f"pengguna hak pilih dalam DPT {_share(came, listed)}"
        yield ("pengguna_dpt_j", "pemilih_dpt_j"), f"{came} / {listed} > {_percent(most)}", what, _percent(most)


def _votes(kecamatan: Kecamatan, paper: _Paper) -> Iterator[_Seen]:
    contest = kecamatan.contest
    if None in paper.votes:
        return
    votes = max(filter(None, paper.votes), default=0)
    if not votes:
        yield contest.votes, "semua suara = 0", "suara semua pilihan nol", "0"
        return
    most = threshold(contest, "R41", "satu_pilihan_permil")
    valid = paper.numbers.get("suara_sah", sum(filter(None, paper.votes)))
    if valid and votes * 1000 >= most * valid:
        row = contest.votes[paper.votes.index(votes)]
        what = f"satu pilihan ({contest.by_name[row].code}) mendapat {_share(votes, valid)} suara sah"
        yield (row, "suara_sah"), f"{votes} / {valid} >= {_percent(most)}", what, _percent(most)


def _above_median(kecamatan: Kecamatan, desa: Sequence[_Paper]) -> Iterator[Breach]:
    times = threshold(kecamatan.contest, "R41", "tidak_sah_kali")
    most = threshold(kecamatan.contest, "R41", "tidak_sah_permil")
    shares = [
        (paper, Fraction(invalid, total))
        for paper in desa
        if (invalid := paper.numbers.get("suara_tidak_sah")) is not None and (total := paper.numbers.get("suara_total"))
    ]
    middle = median(share for _paper, share in shares) if shares else 0
    for paper, share in shares:
        # What is above the plain threshold was told already; a median of 0 compares with nothing.
        if middle and share > times * middle and share * 1000 <= most:
            part, whole = paper.numbers["suara_tidak_sah"], paper.numbers["suara_total"]
            bound = f"{times} x median desa {float(middle) * 100:.1f}%".replace(".", ",")
            what = f"suara tidak sah {_share(part, whole)}"
            yield _breach(
                kecamatan, [paper], ("suara_tidak_sah", "suara_total"), f"{part} / {whole} > {bound}", what, bound
            )


def _neighbours(kecamatan: Kecamatan, desa: Sequence[_Paper | None]) -> Iterator[Breach]:
    """TPS one after the other in a desa that have the same votes for a choice; one that is not read parts them."""
    contest = kecamatan.contest
    run, least = (threshold(contest, "R41", name) for name in ("tetangga_tps", "tetangga_suara"))
    if len(desa) < run:
        return
    unread = (None,) * len(contest.votes)
    for at, column in enumerate(zip(*(paper.votes if paper else unread for paper in desa), strict=True)):
        if max(filter(None, column), default=0) < least:
            continue
        for votes, alike in groupby(zip(column, desa, strict=True), lambda one: one[0]):
            if votes is not None and votes >= least and len(same := [paper for _votes, paper in alike if paper]) >= run:
                row = contest.votes[at]
                what = f"{contest.by_name[row].code} {len(same)} TPS berurutan sama-sama {votes}"
                yield _breach(kecamatan, same, (row,), f"{len(same)} x {votes}", what, f"{run} TPS, {least} suara")


def _last_digits(kecamatan: Kecamatan, papers: Sequence[_Paper]) -> Iterator[Breach]:
    """Last digits of votes of three digits, all choices and TPS together, against an even spread.

    Of smaller figures they are not even by nature: there are more 11 than 19. With those of two digits 7 of 26
    kecamatan of Banyumas (DPRD Provinsi 2024) stood out, by chance it would be one in a thousand.
    """
    contest = kecamatan.contest
    least, most = (threshold(contest, "R41", name) for name in ("digit_angka", "digit_simpangan"))
    digits = [votes % 10 for paper in papers for votes in paper.votes if votes is not None and votes > 99]
    if len(digits) < least:
        return
    even = Fraction(len(digits), 10)
    chi_square = sum((digits.count(digit) - even) ** 2 / even for digit in range(10))
    if chi_square > most:
        commonest = max(range(10), key=digits.count)
        what = f"digit terakhir {len(digits)} angka suara tidak merata, paling sering {commonest}"
        numbers = f"khi-kuadrat {float(chi_square):.1f} > {thousands(most)}".replace(".", ",")
        yield _breach(kecamatan, papers, contest.votes, numbers, what, f"khi-kuadrat {most}")


R41: Final = Rule(
    "R41", Severity.INFO,
    "suara_tidak_sah > 10% atau 3 x median desa; pengguna_dpt > 98% DPT; satu pilihan 100%; semua nol; "
    "suara sama di 4 TPS berurutan; digit terakhir tidak merata",
    ("suara_tidak_sah", "suara_total", "pengguna_dpt_j", "pemilih_dpt_j", "suara.N"),
    "{tps}: {apa} (ambang {ambang}). Keterangan saja: baca ulang kertasnya bila ragu.",
    "{tps}: {apa}, ambang {ambang} ({angka}). Angka yang jarang bukan berarti angka yang salah.", OnKecamatan(_r41),
)  # fmt: skip
