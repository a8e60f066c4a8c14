"""The rules between the papers that one TPS has for several contests (DOMAIN.md 3.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from pleno.domain.contest import Contest
from pleno.domain.figures import addend, thousands
from pleno.domain.rules.finding import Breach, Severity
from pleno.domain.rules.rule import OnPapers, Papers, Rule
from pleno.domain.rules.thresholds import threshold


def _known(papers: Papers, row: str) -> dict[str, int]:
    """Profile id to what its paper says in a row, in reading order; papers that do not say are left out."""
    return {
        name: number
        for name, figures in papers.figures.items()
        if row in papers.contests[name].by_name and (number := addend(figures.get(row))) is not None
    }


def _breach(papers: Papers, row: str, known: Mapping[str, int], sign: str) -> Breach:
    """Contests whose papers say the same stand together."""
    contests = [papers.contests[name] for name in known]
    saying: dict[int, list[str]] = {}
    for contest, number in zip(contests, known.values(), strict=True):
        saying.setdefault(number, []).append(contest.profile.short_name)
    listed = [f"{thousands(number)} pada {_listed(names)}" for number, names in saying.items()]
    found = contests[0].by_name[row]
    told = {
        "baris": f"{found.code} {found.label}",
        "kontes": ", ".join(listed),
        "selisih": thousands(max(known.values()) - min(known.values())),
    }
    return Breach((row,), f"{found.code}: {f' {sign} '.join(listed)}", told, contests=tuple(known))


def _listed(names: Sequence[str]) -> str:
    return " dan ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


def _identical(*rows: str) -> OnPapers:
    """These rows say the same in all contests of the TPS."""

    def check(papers: Papers) -> Iterator[Breach]:
        for row in rows:
            known = _known(papers, row)
            if len(set(known.values())) > 1:
                yield _breach(papers, row, known, "≠")

    return OnPapers(check)


def _descending(row: str, *levels: Sequence[str]) -> OnPapers:
    """A row is never above what a contest of an earlier level says; contests by their Sirekap code."""

    def check(papers: Papers) -> Iterator[Breach]:
        known = _known(papers, row)
        at = {
            name: level
            for name in known
            for level, codes in enumerate(levels)
            if papers.contests[name].profile.sirekap_code in codes
        }
        for lower in at:
            for upper in at:
                if at[upper] < at[lower] and known[upper] < known[lower]:
                    yield _breach(papers, row, {upper: known[upper], lower: known[lower]}, "<")

    return OnPapers(check)


def _close(row: str, most: Callable[[Contest], int]) -> OnPapers:
    """A row differs between contests by no more than a threshold."""

    def check(papers: Papers) -> Iterator[Breach]:
        known = _known(papers, row)
        if known and max(known.values()) - min(known.values()) > most(papers.contests[next(iter(known))]):
            yield _breach(papers, row, known, "≠")

    return OnPapers(check)


def _triple(name: str) -> tuple[str, ...]:
    return tuple(f"{name}_{part}" for part in "lpj")


_DIFFER: Final = "{baris} berbeda antar-kontes di TPS ini: {kontes}."

PAPERS: Final = (
    Rule(
        "X01", Severity.KERAS, "pemilih_dpt_c sama di semua kontes", _triple("pemilih_dpt"), _DIFFER,
        "DPT satu TPS hanya satu, tetapi formulirnya menyebut {kontes}.", _identical(*_triple("pemilih_dpt")),
    ),
    # DOMAIN.md leaves H or W open. A voter may decline one of the ballot papers, so that papers which are right can
    # differ; that it is seen and answered, as Bawaslu asks, needs no more than a warning.
    Rule(
        "X02", Severity.PERINGATAN, "pengguna_dpt_c sama di semua kontes", _triple("pengguna_dpt"), _DIFFER,
        "Pengguna hak pilih dalam DPT mengisi satu daftar hadir, tetapi formulirnya menyebut {kontes}.",
        _identical(*_triple("pengguna_dpt")),
    ),
    Rule(
        "X03", Severity.PERINGATAN, "pengguna_tambahan_c sama di semua kontes", _triple("pengguna_tambahan"), _DIFFER,
        "Pemilih tambahan mengisi satu daftar hadir, tetapi formulirnya menyebut {kontes}.",
        _identical(*_triple("pengguna_tambahan")),
    ),
    Rule(
        "X04", Severity.PERINGATAN, "pengguna_pindahan_j: PPWP >= DPD >= DPR, DPRD", ("pengguna_pindahan_j",),
        "{baris}: {kontes}; yang kedua seharusnya tidak lebih banyak.",
        "Pemilih pindahan hanya menerima surat suara yang berlaku bagi dapil asalnya, jadi {kontes} janggal.",
        _descending("pengguna_pindahan_j", ("ppwp",), ("pdpd",), ("pdpr", "pdprdp", "pdprdk")),
    ),
    Rule(
        "X05", Severity.PERINGATAN, "pengguna_pindahan_j: gubernur >= bupati/walikota", ("pengguna_pindahan_j",),
        "{baris}: {kontes}; yang kedua seharusnya tidak lebih banyak.",
        "Pemilih pindahan dari kabupaten/kota lain hanya menerima surat suara gubernur, jadi {kontes} janggal.",
        _descending("pengguna_pindahan_j", ("pkwkp",), ("pkwkk",)),
    ),
    Rule(
        "X06", Severity.PERINGATAN, "surat_diterima sama di semua kontes", ("surat_diterima",), _DIFFER,
        "DPT dan cadangannya sama bagi semua kontes, tetapi surat suara diterima {kontes}.",
        _identical("surat_diterima"),
    ),
    Rule(
        "X07", Severity.INFO, "suara_total antar-kontes berselisih <= 5", ("suara_total",),
        "{baris} berselisih {selisih} antar-kontes: {kontes}. Mungkin ada surat suara di kotak kontes lain.",
        "Jumlah suara antar-kontes berselisih {selisih} ({kontes}): periksa surat suara di kotak kontes lain.",
        _close("suara_total", lambda contest: threshold(contest, "X07", "selisih")),
    ),
)  # fmt: skip
