"""Papers at the wrong TPS and copied columns: Teunom's rotation as it happened, and planted ones."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from domain.forms import consistent_forms
from domain.test_rules import PPWP
from hypothesis import given
from hypothesis import strategies as st

from pleno.domain.compare import TpsFile
from pleno.domain.contest import Choice, Contest
from pleno.domain.figures import KOSONG, PLANO, SIREKAP, Figure, Figures
from pleno.domain.recap import blocking
from pleno.domain.rules import Severity
from pleno.domain.rules.mixup import Mixup, mixups
from pleno.domain.state import Reading, Tps
from pleno.importers.profile import load_profile

TEUNOM = Path(__file__).parents[1] / "fixtures" / "teunom"
SITUNG = Contest(load_profile("pemilu2019-ppwp"), (Choice(1, "JOKO WIDODO"), Choice(2, "PRABOWO SUBIANTO")))
FIVE = Contest(PPWP.profile, tuple(Choice(number, f"CALON {number}") for number in range(1, 6)))
DESA = "3101011001"


def file(
    number: int, sirekap: Figures | None, plano: Figures | None, desa: str = DESA, form: Contest = PPWP
) -> TpsFile:
    tps = Tps(f"{desa}{number:03}", desa, number)
    given_ = {SIREKAP: sirekap, PLANO: plano}
    readings = {source: Reading(tps.code, form.id, source, figures) for source, figures in given_.items() if figures}
    return TpsFile(tps, form, readings)


def found(files: Sequence[TpsFile], form: Contest = PPWP) -> list[Mixup]:
    return mixups(form, files, {one.tps.code: f"TPS {one.tps.number:03} {one.tps.desa}" for one in files})


def votes(*figures: Figure) -> dict[str, Figure]:
    return {f"suara.{number}": figure for number, figure in enumerate(figures, 1)}


def moves(mixup: Mixup) -> dict[int, int]:
    return {here.number: there.number for here, there in mixup.moved}


# --- Teunom 2019 ---------------------------------------------------------------------------------


def teunom(name: str) -> dict[str, dict[str, int]]:
    with (TEUNOM / f"{name}.csv").open(newline="", encoding="utf-8") as lines:
        return {
            line["kode_tps"]: {row: int(figure) for row, figure in line.items() if row in SITUNG.by_name and figure}
            for line in csv.DictReader(lines)
        }


def test_the_rotation_of_teunom_is_found_and_named() -> None:
    situng, plano, salinan = teunom("situng"), teunom("plano"), teunom("salinan")
    with (TEUNOM / "tps.csv").open(newline="", encoding="utf-8") as lines:
        roster = {line["kode_tps"]: line for line in csv.DictReader(lines)}
    files = []
    for code, line in roster.items():
        tps = Tps(code, code[:10], int(line["nomor"]))
        sources = {SIREKAP: situng, "salinan:panwaslu": salinan, PLANO: plano}
        files.append(TpsFile(tps, SITUNG, {
            source: Reading(code, SITUNG.id, source, figures[code]) for source, figures in sources.items()
            if figures.get(code)
        }))  # fmt: skip
    (only,) = mixups(
        SITUNG, files, {code: f"TPS {int(line['nomor']):03} {line['desa']}" for code, line in roster.items()}
    )
    assert (only.rule, only.source, moves(only)) == ("A05", SIREKAP, {1: 4, 2: 1, 3: 2, 4: 3})
    assert only.numbers == "TPS 1 = plano TPS 4; TPS 2 = plano TPS 1; TPS 3 = plano TPS 2; TPS 4 = plano TPS 3"
    assert only.rows == ("pengguna_total_j", "suara.1", "suara.2", "suara_sah", "suara_tidak_sah")
    assert only.message == (
        "Angka Sirekap TPS 001 TANOH MANYANG, TPS 002 TANOH MANYANG, TPS 003 TANOH MANYANG dan TPS 004 TANOH MANYANG "
        "berputar: masing-masing sama dengan plano TPS lain di semua 5 baris yang terisi di keduanya."
    )


# --- A05 -----------------------------------------------------------------------------------------

PAPERS = [votes(10 * n, 7 + n, 3) | {"suara_sah": 11 * n + 10} for n in range(1, 8)]


@pytest.mark.parametrize(
    ("holds", "expected"),
    [
        ({}, []),
        ({1: 2, 2: 1}, [({1: 2, 2: 1}, "bertukar")]),
        ({2: 5, 5: 6, 6: 2}, [({2: 5, 5: 6, 6: 2}, "berputar")]),
        ({1: 2, 2: 1, 3: 4, 4: 3}, [({1: 2, 2: 1}, "bertukar"), ({3: 4, 4: 3}, "bertukar")]),
        ({4: 5, 5: 6, 6: 7}, [({4: 5, 5: 6, 6: 7}, "bergeser")]),
        ({3: 2}, [({3: 2}, "bergeser")]),
    ],
)
def test_who_holds_whose_paper(holds: Mapping[int, int], expected: list[tuple[dict[int, int], str]]) -> None:
    files = [file(n, PAPERS[holds.get(n, n) - 1], PAPERS[n - 1]) for n in range(1, 8)]
    told = found(files)
    assert [(moves(mixup), mixup.message.split(":")[0].split()[-1]) for mixup in told] == expected
    assert {mixup.rule for mixup in told} <= {"A05"}


def test_a_shift_by_one_names_the_tps_before_it() -> None:
    files = [file(n, PAPERS[max(n - 2, 0)], PAPERS[n - 1]) for n in range(1, 5)]
    (only,) = found(files)
    assert (only.numbers, [tps.number for tps in only.tps]) == (
        "TPS 2 = plano TPS 1; TPS 3 = plano TPS 2; TPS 4 = plano TPS 3", [1, 2, 3, 4],
    )  # fmt: skip


def test_one_paper_at_the_wrong_tps_is_said_with_its_place() -> None:
    (only,) = found([file(1, PAPERS[1], PAPERS[0]), file(2, PAPERS[1], PAPERS[1])])
    assert only.message == (
        f"Angka Sirekap TPS 001 {DESA} bergeser: sama dengan plano TPS 002 {DESA} "
        "di semua 4 baris yang terisi di keduanya."
    )


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"suara_sah": 999}, "one shared row differs"),
        ({"suara.1": None}, "a vote is unread"),
        ({"suara.3": 4}, "a vote differs"),
    ],
)
def test_a_paper_that_matches_but_for_one_row_is_not_misplaced(change: Mapping[str, Figure], why: str) -> None:
    assert found([file(1, {**PAPERS[1], **change}, PAPERS[0]), file(2, PAPERS[1], PAPERS[1])]) == [], why


def test_too_few_votes_are_a_coincidence() -> None:
    few = votes(5, 0, KOSONG) | {"suara_sah": 5}
    assert found([file(1, few, PAPERS[0]), file(2, PAPERS[1], few)]) == []
    enough = few | {"suara_total": 5}
    assert len(found([file(1, enough, PAPERS[0]), file(2, PAPERS[1], enough)])) == 1


def test_equal_papers_of_two_desa_or_of_its_own_are_not_misplaced() -> None:
    assert found([file(1, PAPERS[1], PAPERS[0]), file(2, PAPERS[2], PAPERS[1], "3101011002")]) == []
    assert found([file(1, PAPERS[0], PAPERS[0]), file(2, PAPERS[0], PAPERS[0])]) == []


def by_votes(form: dict[str, int]) -> tuple[int, ...]:
    return tuple(form[row] for row in PPWP.votes)


@given(st.lists(consistent_forms(PPWP), min_size=3, max_size=6, unique_by=by_votes), st.data())
def test_every_planted_permutation_is_named(forms: list[dict[str, int]], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(forms))))
    files = [file(n + 1, forms[order[n]], forms[n]) for n in range(len(forms))]
    wanted = {
        n + 1: order[n] + 1
        for n in range(len(forms))
        if order[n] != n and sum(forms[order[n]][row] > 0 for row in forms[0] if row.startswith("suara")) >= 3
    }
    told = found(files)
    assert {here: there for mixup in told for here, there in moves(mixup).items()} == wanted
    assert sum(len(mixup.moved) for mixup in told) == len(wanted)  # fmt: skip


# --- A04 -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "copied"),
    [((4, 3, 2, 1, 0), True), ((4, 3, 2, 1, KOSONG), True), ((4, 3, 2, 0, 0), False), ((0, 0, 0, 0, 0), False)],
)
def test_equal_columns_need_four_votes(column: tuple[Figure, ...], copied: bool) -> None:
    files = [file(n, votes(*column), None, form=FIVE) for n in (1, 2)]
    files.append(file(3, votes(9, 9, 9, 9, 9), None, form=FIVE))
    assert [[tps.number for tps in one.tps] for one in found(files, FIVE)] == ([[1, 2]] if copied else [])


def test_copied_columns_are_named_once_per_source_across_desa() -> None:
    column = votes(4, 3, 2, 1, 0)
    files = [
        file(1, column, None, form=FIVE),
        file(2, column, None, "3101011002", FIVE),
        file(3, column, None, form=FIVE),
    ]
    (only,) = found(files, FIVE)
    assert (only.rule, only.source, only.rows, only.numbers) == (
        "A04", SIREKAP, FIVE.votes, "TPS 001 3101011001 = TPS 002 3101011002 = TPS 003 3101011001",
    )  # fmt: skip
    assert only.message == (
        "TPS 001 3101011001, TPS 002 3101011002 dan TPS 003 3101011001 mempunyai suara yang sama untuk semua "
        "5 pilihan (4 di antaranya bukan 0) di Sirekap: mungkin satu lembar dipakai untuk beberapa TPS."
    )


def test_an_unread_vote_is_no_copy() -> None:
    assert found([file(n, votes(4, 3, 2, 1, None), None, form=FIVE) for n in (1, 2)], FIVE) == []


def test_a_mixup_never_blocks() -> None:
    files = [file(1, PAPERS[1], PAPERS[0]), file(2, PAPERS[0], PAPERS[1])]
    assert found(files)
    assert [finding for one in files for finding in blocking(replace(one)) if finding.severity is Severity.KERAS] == []
