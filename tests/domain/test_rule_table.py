"""The rule table: every rule has a case that keeps it and one that breaks it, and says so in whole sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from domain.test_rules import A, B
from hypothesis import given
from hypothesis import strategies as st

from pleno.domain.compare import TpsFile
from pleno.domain.contest import Choice, Contest
from pleno.domain.figures import HITUNG_ULANG, KOSONG, PLANO, SIREKAP, Figure, Figures
from pleno.domain.rules import (
    BY_ID,
    RULES,
    Enforced,
    Finding,
    Kecamatan,
    NotCaptured,
    OnForm,
    OnKecamatan,
    OnPapers,
    Papers,
    Scope,
    Severity,
    findings,
    kecamatan_findings,
    papers_findings,
    tps_findings,
)
from pleno.domain.rules.table import blanks_told, counted
from pleno.domain.state import Reading, Tps
from pleno.importers.profile import load_profile

ROOT = Path(__file__).parents[2]
PASLON = tuple(Choice(number, f"PASLON {number}") for number in (1, 2, 3))
PPWP = Contest(load_profile("pemilu2024-ppwp"), PASLON)
WALIKOTA = Contest(load_profile("pilkada2020-walikota"), PASLON[:2])
PARTAI = [Choice(number, f"PARTAI {number}") for number in (1, 2)]
CALON = [Choice(number, f"CALON {number}", partai=partai) for partai in (1, 2) for number in (1, 2)]
DPR = Contest(load_profile("pemilu2024-pdpr"), tuple(sorted((*PARTAI, *CALON), key=lambda choice: choice.order)))
SUARA: dict[str, Figure] = {
    "suara_partai.1": 20, "suara_calon.1.1": 30, "suara_calon.1.2": 10, "suara_partai_total.1": 60,
    "suara_partai.2": 5, "suara_calon.2.1": 40, "suara_calon.2.2": 45, "suara_partai_total.2": 90,
    "suara_sah": 150, "suara_tidak_sah": 1, "suara_total": 151,
}  # fmt: skip
DPR_PAPER: dict[str, Figure] = {**{row: figure for row, figure in A.items() if not row.startswith("suara.")}, **SUARA}
PILKADA: dict[str, Figure] = {
    f"{who}_{category}_{sex}": number
    for who in ("pemilih", "pengguna")
    for category, numbers in (
        ("dpt", (60, 70, 130)), ("pindahan", (1, 2, 3)), ("tambahan", (4, 5, 9)), ("total", (65, 77, 142)),
    )
    for sex, number in zip("lpj", numbers, strict=True)
}  # fmt: skip


class OneForm(NamedTuple):
    """A paper that keeps a rule, and the cells that break it."""

    contest: Contest
    paper: Mapping[str, Figure]
    change: Mapping[str, Figure]
    special: bool = False


class Several(NamedTuple):
    """Papers of one TPS that keep a rule, and the cells of the first of them that break it."""

    profiles: Sequence[str]
    change: Mapping[str, Figure]


class Whole(NamedTuple):
    """TPS of a kecamatan that keep a rule, and those that break it."""

    keep: Sequence[TpsFile]
    broken: Sequence[TpsFile]


def tps_file(number: int, contest: Contest = PPWP, dpt: int | None = None, **readings: Figures) -> TpsFile:
    tps = Tps(f"3101011001{number:03}", "3101011001", number, dpt_j=dpt)
    return TpsFile(tps, contest, {
        source: Reading(tps.code, contest.id, source, figures) for source, figures in readings.items()
    })  # fmt: skip


def both(plano: Figures, sirekap: Figures, contest: Contest = PPWP) -> list[TpsFile]:
    return [tps_file(1, contest, **{PLANO: plano, SIREKAP: sirekap})]


MOVED = {**SUARA, "suara_partai.1": 15, "suara_calon.1.1": 35}
EVEN = {"suara.1": 27, "suara.2": 114, "suara.3": 9, "suara_sah": 150, "suara_tidak_sah": 1, "suara_total": 151}
FOUR = Contest(PPWP.profile, (*PASLON, Choice(4, "PASLON 4")))
VOTES = {"suara.1": 5, "suara.2": 6, "suara.3": 7, "suara.4": 8}

CASES: dict[str, OneForm | Several | Whole] = {
    "R02": OneForm(PPWP, A, {"pemilih_dpt_j": 200}),
    "R03": OneForm(WALIKOTA, PILKADA, {"pemilih_total_l": 66}),
    "R04": OneForm(PPWP, A, {"pengguna_total_l": 74}),
    "R05": OneForm(PPWP, A, {"pengguna_dpt_p": 99}),
    "R06": OneForm(WALIKOTA, PILKADA, {"pengguna_pindahan_l": 2}),
    "R07": OneForm(PPWP, {**A, "pengguna_disabilitas_l": 73}, {"pengguna_disabilitas_l": 74}),
    "R10": OneForm(
        PPWP,
        {**A, "surat_diterima": 206, "surat_digunakan": 151, "surat_dikembalikan": 0, "surat_tidak_digunakan": 55},
        {"surat_dikembalikan": 1},
    ),
    "R11": OneForm(PPWP, {**A, "surat_digunakan": 151}, {"surat_digunakan": 150}),
    "R12": OneForm(PPWP, {**A, "surat_diterima": 207}, {"surat_diterima": 208}),
    "R13": OneForm(PPWP, {**A, "surat_diterima": 206, "surat_dikembalikan": 55}, {"surat_dikembalikan": 207}),
    "R14": OneForm(PPWP, {**A, "surat_diterima": 206, "surat_dikembalikan": 55}, {"surat_dikembalikan": 56}),
    "R20": OneForm(PPWP, A, {"suara.2": 127}),
    "R21": OneForm(DPR, DPR_PAPER, {"suara_calon.2.1": 41}),
    "R22": OneForm(PPWP, A, {"suara_tidak_sah": 2}),
    "R23": OneForm(PPWP, {**A, "surat_digunakan": 151}, {"surat_digunakan": 152}),
    "R24": OneForm(PPWP, A, {"pengguna_total_j": 152}),
    "R25": OneForm(PPWP, A, {"suara.1": 817}),
    "R30": OneForm(PPWP, {**A, "pemilih_dpt_j": 300}, {"pemilih_dpt_j": 301}),
    "R31": OneForm(PPWP, {**A, "suara_total": 306}, {"suara_total": 307}),
    "R32": OneForm(PPWP, A, {"pemilih_dpt_j": 301}, special=True),
    "X01": Several(("pemilu2024-ppwp", "pemilu2024-pdpr"), {"pemilih_dpt_l": 104}),
    "X02": Several(("pemilu2024-ppwp", "pemilu2024-pdpr"), {"pengguna_dpt_j": 134}),
    "X03": Several(("pemilu2024-ppwp", "pemilu2024-pdpr"), {"pengguna_tambahan_p": 6}),
    "X04": Several(("pemilu2024-pdpr", "pemilu2024-ppwp"), {"pengguna_pindahan_j": 1}),
    "X05": Several(("pilkada2024-bupati", "pilkada2024-gubernur"), {"pengguna_pindahan_j": 1}),
    "X06": Several(("pemilu2024-ppwp", "pemilu2024-pdpr"), {"surat_diterima": 205}),
    "X07": Several(("pemilu2024-ppwp", "pemilu2024-pdpr"), {"suara_total": 157}),
    "R41": Whole([tps_file(1, plano=A)], [tps_file(1, plano={**A, "suara_tidak_sah": 16})]),
    "A03": Whole([tps_file(1, dpt=201, plano=A)], [tps_file(1, dpt=202, plano=A)]),
    "A04": Whole(
        [tps_file(1, FOUR, plano=VOTES), tps_file(2, FOUR, plano={**VOTES, "suara.4": 9})],
        [tps_file(1, FOUR, plano=VOTES), tps_file(2, FOUR, plano=VOTES)],
    ),
    "A05": Whole(
        [tps_file(1, plano=A, sirekap=A), tps_file(2, plano=B, sirekap=B)],
        [tps_file(1, plano=A, sirekap=B), tps_file(2, plano=B, sirekap=A)],
    ),
    "A07": Whole(both(A, A), both(A, {**A, "suara.1": 7})),
    "A09": Whole(both(SUARA, {**SUARA, "suara_partai.1": 15}, DPR), both(SUARA, MOVED, DPR)),
    "A10": Whole(both(A, {**A, "suara.1": 7}), both(A, EVEN)),
}  # fmt: skip


def rules_found(case: OneForm | Several | Whole, is_broken: bool) -> list[Finding]:
    if isinstance(case, OneForm):
        file = tps_file(1, case.contest)
        if case.special:
            file = replace(file, tps=replace(file.tps, kind="khusus"))
        return tps_findings(file, {**case.paper, **(case.change if is_broken else {})})
    if isinstance(case, Whole):
        files = case.broken if is_broken else case.keep
        names = {file.tps.code: f"TPS {file.tps.number:03} PULAU" for file in files}
        return [finding for finding, _breach in kecamatan_findings(Kecamatan(files[0].contest, files, names))]
    paper = {**A, "surat_diterima": 206}
    contests = {name: Contest(load_profile(name), PASLON) for name in case.profiles}
    figures = {name: {**paper, **(case.change if is_broken and name == case.profiles[0] else {})} for name in contests}
    return [finding for finding, _breach in papers_findings(Papers(contests, figures))]


CHECKED = [rule.id for rule in RULES if isinstance(rule.check, OnForm | OnPapers | OnKecamatan)]


def test_every_checked_rule_has_its_two_cases() -> None:
    assert sorted(CASES) == sorted(CHECKED)


@pytest.mark.parametrize("rule", CHECKED)
def test_a_rule_is_silent_on_what_keeps_it_and_found_on_what_breaks_it(rule: str) -> None:
    assert rule not in {finding.rule for finding in rules_found(CASES[rule], False)}
    found = [finding for finding in rules_found(CASES[rule], True) if finding.rule == rule]
    assert found
    for finding in found:
        assert finding.severity is BY_ID[rule].severity
        assert finding.rows
        assert finding.numbers
        for sentence in (finding.message, finding.review):
            assert sentence.endswith(".")
            assert not re.search(r"[{}]|None", sentence)


# --- the table as a whole ------------------------------------------------------------------------


def test_the_table_holds_every_rule_of_the_domain_once() -> None:
    numbers = {
        "R": (*range(1, 8), *range(10, 15), *range(20, 26), 30, 31, 32, 40, 41, 42),
        "X": range(1, 8),
        "A": range(1, 11),
    }
    assert sorted(rule.id for rule in RULES) == sorted(
        f"{kind}{n:02}" for kind, every in numbers.items() for n in every
    )
    assert {rule.scope for rule in RULES} == set(Scope)


@pytest.mark.parametrize("rule", [rule for rule in RULES if isinstance(rule.check, Enforced)], ids=lambda rule: rule.id)
def test_what_is_enforced_elsewhere_names_a_test_that_shows_it(rule: object) -> None:
    path, _, name = rule.check.proof.partition("::")  # type: ignore[attr-defined]
    assert re.search(rf"^def {name}\(", (ROOT / path).read_text("utf-8"), re.MULTILINE)


def test_what_is_not_captured_is_said_in_the_documentation() -> None:
    page = (ROOT / "docs" / "aturan.md").read_text("utf-8")
    missing = [rule for rule in RULES if isinstance(rule.check, NotCaptured)]
    assert [rule.id for rule in missing] == ["R40", "R42"]
    assert all(rule.check.why in page for rule in missing)  # type: ignore[union-attr]


def test_no_sentence_about_what_is_unusual_accuses_anybody() -> None:
    told = " ".join(rule.operator + rule.reviewer for rule in RULES if rule.severity is Severity.INFO).lower()
    assert not re.search(r"curang|manipulasi|dicuri|penggelembungan|pergeseran|sengaja|palsu", told)


# --- compiled and plain ------------------------------------------------------------------------


def plain(contest: Contest, figures: Figures) -> list[Finding]:
    """The rules as they are meant, none of them compiled."""
    numbers = counted(contest, figures)
    return [
        blanks_told(contest, figures, rule.finding(breach))
        for rule in RULES
        if isinstance(rule.check, OnForm) and rule.id != "R32"
        for breach in rule.check.check(contest, numbers)
    ]


@pytest.mark.parametrize(("contest", "paper"), [(PPWP, A), (WALIKOTA, PILKADA), (DPR, DPR_PAPER)], ids=lambda one: "")
@given(data=st.data())
def test_compiled_rules_find_what_the_plain_ones_find(contest: Contest, paper: Figures, data: st.DataObject) -> None:
    """Whatever a paper says: unread rows, blank cells, nulls, any figure."""
    anything = st.one_of(st.none(), st.just(KOSONG), st.integers(0, 999))
    rows = st.sampled_from([row.name for row in contest.rows])
    figures = {**paper, **data.draw(st.dictionaries(rows, anything, max_size=8))}
    for row in data.draw(st.sets(rows, max_size=8)):
        figures.pop(row, None)
    assert findings(contest, figures) == plain(contest, figures)


@pytest.mark.parametrize("contest", [PPWP, WALIKOTA, DPR], ids=lambda contest: contest.id)
@given(data=st.data())
def test_compiled_rules_on_any_figures_at_all(contest: Contest, data: st.DataObject) -> None:
    anything = st.one_of(st.none(), st.just(KOSONG), st.integers(0, 30))
    figures = {row.name: data.draw(anything) for row in contest.rows}
    assert findings(contest, figures) == plain(contest, figures)


# --- shifts ----------------------------------------------------------------------------------


def test_a_shift_between_plano_and_what_is_determined_is_told() -> None:
    (file,) = both(SUARA, SUARA, DPR)
    recount = Reading(file.tps.code, DPR.id, HITUNG_ULANG, MOVED)
    file = replace(file, readings={PLANO: file.readings[PLANO], HITUNG_ULANG: recount})
    ((finding, breach),) = kecamatan_findings(Kecamatan(DPR, [file], {file.tps.code: "TPS 001 PULAU"}))
    assert (finding.rule, breach.source) == ("A09", "ditetapkan")
    assert finding.numbers == "IV.1.A.1 20 → 15; IV.1.A.2.1 30 → 35"


def test_a_shift_says_only_of_its_own_two_rows_that_their_sum_is_the_same() -> None:
    """Another candidate of the party may differ too, so that the party's total does."""
    sirekap = {**MOVED, "suara_calon.1.2": 70, "suara_partai_total.1": 120}
    found = rules_found(Whole((), both(SUARA, sirekap, DPR)), True)
    (moved,) = [finding for finding in found if finding.rule == "A09"]
    assert moved.numbers == "IV.1.A.1 20 → 15; IV.1.A.2.1 30 → 35"
    assert moved.message.endswith("jumlah kedua baris itu sama.")


# --- sums beside Sirekap's ---------------------------------------------------------------------


def test_rows_that_sirekap_published_of_no_tps_have_no_total_there() -> None:
    totals: Figures = {"suara_partai_total.1": 61, "suara_partai_total.2": 90}
    found = rules_found(Whole((), both(SUARA, totals, DPR)), True)
    assert [finding.numbers for finding in found if finding.rule == "A07"] == ["IV.1.B: 60 ≠ 61"]


# --- several contests ------------------------------------------------------------------------


def test_contests_whose_papers_say_the_same_stand_together() -> None:
    names = [f"pemilu2024-{code}" for code in ("ppwp", "pdpr", "pdpd", "pdprdk")]
    contests = {name: Contest(load_profile(name), PASLON) for name in names}
    figures: dict[str, Figures] = {name: {"pemilih_dpt_l": 104 if name.endswith("pdpd") else 103} for name in names}
    ((finding, _breach),) = papers_findings(Papers(contests, figures))
    assert finding.numbers == "I.A.1.L: 103 pada PRESIDEN, DPR dan DPRD KAB/KOTA ≠ 104 pada DPD"
    assert finding.message.endswith(
        "berbeda antar-kontes di TPS ini: 103 pada PRESIDEN, DPR dan DPRD KAB/KOTA, 104 pada DPD."
    )
