"""The rules on whole kecamatan of 2024, beside a count that knows nothing of pleno's rules."""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from pleno.domain.compare import TpsFile
from pleno.domain.contest import Choice, Contest
from pleno.domain.figures import SIREKAP
from pleno.domain.rules import Kecamatan, findings, kecamatan_findings
from pleno.domain.state import Reading, Tps
from pleno.importers.profile import load_profile

FIXTURES = Path(__file__).parents[1] / "fixtures" / "rules"
Figures = dict[str, int]


def lines(name: str) -> list[dict[str, str]]:
    with gzip.open(FIXTURES / name, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def figures(line: dict[str, str]) -> Figures:
    """What was read of a line: a blank is not zero."""
    return {row: int(text) for row, text in line.items() if text and row not in ("kecamatan", "kode_tps")}


def form(profile: str, numbers: list[int]) -> Contest:
    return Contest(load_profile(profile), tuple(Choice(number, f"PILIHAN {number}") for number in numbers))


def kecamatan(contest: Contest, papers: dict[str, Figures]) -> Kecamatan:
    files = [
        TpsFile(Tps(code, code[:10], int(code[-3:])), contest, {SIREKAP: Reading(code, contest.id, SIREKAP, paper)})
        for code, paper in papers.items()
    ]
    return Kecamatan(contest, files, {code: f"TPS {code}" for code in papers})


# --- the published vectors -----------------------------------------------------------------------

VECTORS: dict[str, dict[str, Any]] = {
    one["nama"]: one for one in json.loads((FIXTURES / "vectors.json").read_text("utf-8"))
}


@pytest.mark.parametrize("name", VECTORS)
def test_a_vector_breaks_the_rules_expected_of_it(name: str) -> None:
    vector = VECTORS[name]
    base = VECTORS[vector.get("dari", name)]
    contest = form(base["profil"], list(range(1, base["pilihan"] + 1)))
    found = {finding.rule for finding in findings(contest, {**base["isian"], **vector.get("ubah", {})})}
    assert found - set(base.get("di_luar", ())) == set(vector["aturan"])


# --- four kecamatan, counted twice ---------------------------------------------------------------

PAPERS: dict[str, dict[str, Figures]] = {}
for _line in lines("kecamatan_2024.csv.gz"):
    PAPERS.setdefault(_line["kecamatan"], {})[_line["kode_tps"]] = figures(_line)


def broken(paper: Figures) -> Counter[str]:
    """How often one paper breaks each rule, reckoned by hand."""
    count: Counter[str] = Counter()

    def total(rule: str, whole: str, *parts: str) -> None:
        if all(row in paper for row in (whole, *parts)):
            count[rule] += paper[whole] != sum(paper[part] for part in parts)

    for who in ("pemilih_dpt", "pengguna_dpt", "pengguna_pindahan", "pengguna_tambahan", "pengguna_total"):
        total("R02", f"{who}_j", f"{who}_l", f"{who}_p")
    for sex in "lpj":
        total("R04", *(f"pengguna_{who}_{sex}" for who in ("total", "dpt", "pindahan", "tambahan")))
        if {f"pengguna_dpt_{sex}", f"pemilih_dpt_{sex}"} <= paper.keys():
            count["R05"] += paper[f"pengguna_dpt_{sex}"] > paper[f"pemilih_dpt_{sex}"]
    total("R20", "suara_sah", "suara.1", "suara.2", "suara.3")
    total("R22", "suara_total", "suara_sah", "suara_tidak_sah")
    total("R24", "suara_total", "pengguna_total_j")
    for number in (1, 2, 3):
        for most in ("suara_sah", "pengguna_total_j"):
            if f"suara.{number}" in paper and most in paper:
                count["R25"] += paper[f"suara.{number}"] > paper[most]
    count["R30"] += paper.get("pemilih_dpt_j", 0) > 300
    count["R31"] += paper.get("suara_total", 0) > 306
    return +count


@pytest.mark.parametrize("name", PAPERS)
def test_the_counts_of_a_kecamatan_equal_an_independent_count(name: str) -> None:
    contest = form("pemilu2024-ppwp", [1, 2, 3])
    expected = sum(map(broken, PAPERS[name].values()), Counter())
    found = Counter(finding.rule for paper in PAPERS[name].values() for finding in findings(contest, paper))
    assert found == expected


def test_the_counts_are_those_of_these_figures() -> None:
    """So that a fault which both counts share does not pass unseen."""
    counts = {name: (len(papers), sum(map(broken, papers.values()), Counter())) for name, papers in PAPERS.items()}
    assert counts == {
        "ENGGAL": (72, {
            "R02": 60, "R04": 41, "R05": 10, "R20": 16, "R22": 8, "R24": 12, "R25": 4, "R30": 3, "R31": 1,
        }),
        "HAMPANG": (37, {}),
        "PULAU SEMBILAN": (19, {}),
        "PULAU LAUT UTARA": (168, {"R02": 5, "R04": 8, "R05": 3, "R20": 1, "R22": 1, "R24": 6, "R25": 3}),
    }  # fmt: skip


# --- A04 and R41 -----------------------------------------------------------------------------


def copied(papers: dict[str, Figures], rows: list[str], least: int) -> set[frozenset[str]]:
    """TPS with the same votes for every choice, enough of them above 0."""
    by_votes: dict[tuple[int, ...], set[str]] = {}
    for code, paper in papers.items():
        if all(row in paper for row in rows):
            by_votes.setdefault(tuple(paper[row] for row in rows), set()).add(code)
    return {
        frozenset(codes)
        for votes, codes in by_votes.items()
        if len(codes) > 1 and sum(number > 0 for number in votes) >= least
    }


def unusual(papers: dict[str, Figures], rows: list[str]) -> int:
    """How many lines of R41 a kecamatan has."""
    count = 0
    for paper in papers.values():
        invalid, total = paper.get("suara_tidak_sah"), paper.get("suara_total")
        count += bool(total) and invalid is not None and invalid / total > 0.1
        came, listed = paper.get("pengguna_dpt_j"), paper.get("pemilih_dpt_j")
        count += bool(listed) and came is not None and came / listed > 0.98
        if all(row in paper for row in rows):
            votes = [paper[row] for row in rows]
            valid = paper.get("suara_sah", sum(votes))
            count += max(votes) == 0 or (valid > 0 and max(votes) >= valid)
    for _desa, codes in groupby(papers, lambda code: code[:10]):
        desa = [papers[code] for code in codes]
        shares = [
            (one["suara_tidak_sah"], one["suara_total"])
            for one in desa
            if one.get("suara_total") and "suara_tidak_sah" in one
        ]
        if shares and (middle := median(part / whole for part, whole in shares)):
            count += sum(3 * middle < part / whole <= 0.1 for part, whole in shares)
        for row in rows:
            runs = [(votes, len(list(same))) for votes, same in groupby(paper.get(row) for paper in desa)]
            count += sum(votes is not None and votes >= 20 and length >= 4 for votes, length in runs)
    digits = [str(paper[row])[-1] for paper in papers.values() for row in rows if paper.get(row, 0) >= 100]
    even = len(digits) / 10
    count += len(digits) >= 100 and sum((digits.count(digit) - even) ** 2 / even for digit in "0123456789") > 28
    return count


def across(contest: Contest, papers: dict[str, Figures]) -> tuple[set[frozenset[str]], int]:
    found = kecamatan_findings(kecamatan(contest, papers))
    same = {frozenset(tps.code for tps in breach.tps) for finding, breach in found if finding.rule == "A04"}
    return same, sum(finding.rule == "R41" for finding, _breach in found)


@pytest.mark.parametrize("name", PAPERS)
def test_what_is_unusual_in_a_kecamatan_equals_an_independent_count(name: str) -> None:
    rows = ["suara.1", "suara.2", "suara.3"]
    same, lines_ = across(form("pemilu2024-ppwp", [1, 2, 3]), PAPERS[name])
    assert same == copied(PAPERS[name], rows, 4) == set()
    assert lines_ == unusual(PAPERS[name], rows)


def test_banyumas_dprd_provinsi_a04_and_r41() -> None:
    """Only totals of parties were published: A04 and R41 see them, R21 and the candidates stay silent."""
    every = lines("banyumas_pdprdp_2024.csv.gz")
    rows = [row for row in every[0] if row.startswith("suara")]
    contest = form("pemilu2024-pdprdp", [int(row.rpartition(".")[2]) for row in rows])
    count = Counter[str]()
    for _kecamatan, group in groupby(every, lambda line: line["kecamatan"]):
        here = list(group)
        desa = {name: f"330200{number:04}" for number, name in enumerate(dict.fromkeys(line["desa"] for line in here))}
        papers = {
            f"{desa[line['desa']]}{int(line['tps']):03}": {row: int(line[row]) for row in rows if line[row]}
            for line in here
        }
        same, lines_ = across(contest, papers)
        assert same == copied(papers, rows, 4)
        assert lines_ == unusual(papers, rows)
        count.update(A04=len(same), R41=lines_)
        assert [found for paper in papers.values() for found in findings(contest, paper)] == []
    assert count == {"A04": 0, "R41": 27}
