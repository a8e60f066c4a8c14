"""A kecamatan that reads five contests: the roster of the practice data, figures invented from a seed.

Nobody voted like this. Jakarta reads no DPRD Kabupaten/Kota; here it does, so that all five forms are on one table.
"""

from __future__ import annotations

import json
import random
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pleno.domain.contest import Contest
from pleno.importers.choices import chart_key, read_choices
from pleno.importers.profile import load_profile

CODES = ("ppwp", "pdpr", "pdpd", "pdprdp", "pdprdk")
PROFILES = tuple(f"pemilu2024-{code}" for code in CODES)
PARTIES = (*range(1, 18), 24)
ROSTER = Path(__file__).parents[2] / "data" / "latihan" / "tps.csv"
TS = "2024-02-20 10:00:00"


def choices_csv() -> str:
    """Three paslon, thirty calon DPD, 18 parties with four to ten candidates; ids as Sirekap has them."""
    rng = random.Random(2024)
    lines = ["kontes;partai;nomor;nama;id_sirekap"]
    lines += [f"pemilu2024-ppwp;;{n};PASLON {n};{100024 + n}" for n in (1, 2, 3)]
    lines += [f"pemilu2024-pdpd;;{n};CALON DPD {n};{695636 + n}" for n in range(1, 31)]
    for place, contest in enumerate(("pdpr", "pdprdp", "pdprdk"), 1):
        for party in PARTIES:
            lines.append(f"pemilu2024-{contest};{party};;PARTAI {party};")
            for n in range(1, rng.randint(4, 10) + 1):
                lines.append(f"pemilu2024-{contest};{party};{n};CALON {party}-{n};{place}{party:02}{n:02}")
    return "\n".join(lines) + "\n"


@dataclass
class Kecamatan:
    """What the papers of every TPS and contest say."""

    folder: Path
    papers: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)
    """(TPS, profile id) -> canonical row -> figure."""

    def __post_init__(self) -> None:
        self.folder.mkdir()
        self.choices.write_text(choices_csv(), "utf-8")
        profiles = {name: load_profile(name) for name in PROFILES}
        listed = read_choices(self.choices, profiles)
        self.contests = {name: Contest(profiles[name], listed[name]) for name in PROFILES}
        self.tps = [line.split(",")[0] for line in ROSTER.read_text("utf-8").splitlines()[1:]]
        rng = random.Random(310101)
        for tps in self.tps:
            administration = _administration(rng)
            for contest in self.contests.values():
                self.papers[tps, contest.id] = administration | _votes(rng, contest, administration["surat_digunakan"])

    @property
    def choices(self) -> Path:
        return self.folder / "pilihan.csv"

    def plano(self) -> Path:
        """Every paper as a long csv."""
        path = self.folder / "plano.csv"
        rows = (
            f"{tps},{contest},{row},{figure}"
            for (tps, contest), paper in self.papers.items()
            for row, figure in paper.items()
        )
        path.write_text("\n".join(("kode_tps,kontes,isian,angka", *rows)) + "\n", "utf-8")
        return path

    def sirekap(self, wrong: Mapping[tuple[str, str], Mapping[str, int]]) -> Path:
        """Every paper as an object of the shape Sirekap publishes, with these figures misread."""
        path = self.folder / "sirekap.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for (tps, contest), paper in self.papers.items():
                read = paper | dict(wrong.get((tps, contest), {}))
                name = f"hhcw/{self.contests[contest].profile.sirekap_code}/{tps}.json"
                archive.writestr(name, json.dumps(_object(self.contests[contest], read)))
        return path

    def sums(self, contest: str) -> dict[str, int]:
        """Every row over the whole kecamatan."""
        papers = [paper for (_, name), paper in self.papers.items() if name == contest]
        return {row: sum(paper[row] for paper in papers) for row in papers[0]}


def _administration(rng: random.Random) -> dict[str, int]:
    """A consistent first page: voters, ballots, disability."""
    figures: dict[str, int] = {}

    def line(name: str, men: int, women: int) -> None:
        figures.update({f"{name}_l": men, f"{name}_p": women, f"{name}_j": men + women})

    dpt = rng.randint(90, 140), rng.randint(90, 140)
    line("pemilih_dpt", *dpt)
    came = tuple(rng.randint(most * 6 // 10, most - 8) for most in dpt)
    moved, added = ((rng.randint(0, 2), rng.randint(0, 2)) for _ in range(2))
    line("pengguna_dpt", *came)
    line("pengguna_pindahan", *moved)
    line("pengguna_tambahan", *added)
    line("pengguna_total", *(sum(part) for part in zip(came, moved, added, strict=True)))
    line("pengguna_disabilitas", rng.randint(0, 2), rng.randint(0, 2))
    received = sum(dpt) + -(-sum(dpt) * 2 // 100)
    figures["surat_diterima"] = received
    figures["surat_digunakan"] = figures["pengguna_total_j"]
    figures["surat_dikembalikan"] = rng.randint(0, 2)
    figures["surat_tidak_digunakan"] = received - figures["surat_digunakan"] - figures["surat_dikembalikan"]
    return figures


def _votes(rng: random.Random, contest: Contest, ballots: int) -> dict[str, int]:
    """Every ballot counted once, with the totals the form states."""
    rows = list(contest.ballot_rows)
    invalid = rng.randint(0, 9)
    figures = dict.fromkeys((row.name for row in contest.sections[-2].rows), 0)
    for row in rng.choices(rows, weights=[rng.random() ** 2 + 0.02 for _ in rows], k=ballots - invalid):
        figures[row] += 1
    for party in contest.partai:
        figures[party.total] = sum(figures[row] for row in (party.votes, *party.calon_rows))
    return figures | {"suara_sah": ballots - invalid, "suara_tidak_sah": invalid, "suara_total": ballots}


def _object(contest: Contest, paper: Mapping[str, int]) -> dict[str, object]:
    names = {"pengguna_pindahan": "pengguna_dptb", "pengguna_tambahan": "pengguna_non_dpt"}
    administrasi = {
        f"{names.get(row[:-2], row[:-2])}{row[-2:]}" if row[-2:] in ("_l", "_p", "_j") else row: figure
        for row, figure in paper.items()
        if row.startswith(("pemilih_", "pengguna_", "suara_sah", "suara_tidak", "suara_total"))
        and "disabilitas" not in row
    }
    chart: dict[str, object] = {"null": None}
    caleg: dict[str, object] = {}
    for party in contest.partai:
        key = str(party.choice.number)
        chart[key] = {"jml_suara_total": paper[party.total], "jml_suara_partai": paper[party.votes]}
        caleg[key] = dict(_by_id(contest, dict(zip(party.calon_rows, party.calon, strict=True)), paper))
    if not contest.partai:
        chart |= dict(_by_id(contest, contest.ballot_rows, paper))
    return {"mode": "hhcw", "chart": chart, "caleg": caleg or None, "administrasi": administrasi, "ts": TS}


def _by_id(contest: Contest, rows: Mapping[str, object], paper: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    by_row = contest.ballot_rows
    for row in rows:
        yield str(chart_key(by_row[row], contest.profile)), paper[row]
