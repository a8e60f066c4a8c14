"""Rules by the published vectors (DOMAIN.md section 8.1) and by properties."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from domain.forms import consistent_forms
from hypothesis import given
from hypothesis import strategies as st

from pleno.domain.contest import Choice, Contest
from pleno.domain.figures import KOSONG, Figure
from pleno.domain.rules import RULES, Severity, balance, cadangan, findings
from pleno.importers.profile import load_profile

PPWP = Contest(
    load_profile("pemilu2024-ppwp"),
    tuple(Choice(number, f"PASLON {number}") for number in (1, 2, 3)),
)


def _vector(suara: tuple[int, int, int], **rows: int) -> dict[str, Figure]:
    return {f"suara.{n}": votes for n, votes in enumerate(suara, 1)} | rows


def _papers(received: int, used: int, returned: int, unused: int) -> dict[str, Figure]:
    rows = ("surat_diterima", "surat_digunakan", "surat_dikembalikan", "surat_tidak_digunakan")
    return dict(zip(rows, (received, used, returned, unused), strict=True))


# Two published objects of Sirekap 2024 that keep every rule.
A = _vector(
    (17, 124, 9), suara_sah=150, suara_tidak_sah=1, suara_total=151,
    pemilih_dpt_l=103, pemilih_dpt_p=98, pemilih_dpt_j=201,
    pengguna_dpt_l=62, pengguna_dpt_p=73, pengguna_dpt_j=135,
    pengguna_pindahan_l=0, pengguna_pindahan_p=0, pengguna_pindahan_j=0,
    pengguna_tambahan_l=11, pengguna_tambahan_p=5, pengguna_tambahan_j=16,
    pengguna_total_l=73, pengguna_total_p=78, pengguna_total_j=151,
)  # fmt: skip
B = _vector(
    (44, 78, 18), suara_sah=140, suara_tidak_sah=0, suara_total=140,
    pemilih_dpt_l=88, pemilih_dpt_p=86, pemilih_dpt_j=174,
    pengguna_dpt_l=63, pengguna_dpt_p=74, pengguna_dpt_j=137,
    pengguna_pindahan_l=2, pengguna_pindahan_p=1, pengguna_pindahan_j=3,
    pengguna_tambahan_l=0, pengguna_tambahan_p=0, pengguna_tambahan_j=0,
    pengguna_total_l=65, pengguna_total_p=75, pengguna_total_j=140,
)  # fmt: skip


@pytest.mark.parametrize(
    ("form", "change", "rules"),
    [
        (A, {}, set()),
        (B, {}, set()),
        (A, {"suara.2": 127}, {"R20"}),
        (A, {"suara.1": 817}, {"R20", "R25"}),
        (A, {"pengguna_total_j": 152}, {"R02", "R04", "R24"}),
        (B, {"pengguna_dpt_l": 64}, {"R02", "R04"}),
        (B, {"pengguna_dpt_l": 89}, {"R02", "R04", "R05"}),
        (A, {"suara_tidak_sah": 2}, {"R22"}),
        (A, {"suara_total": 150}, {"R22", "R24"}),
        (A, {"pemilih_dpt_l": 203, "pemilih_dpt_j": 301}, {"R30"}),
        (A, _papers(206, 151, 0, 55), set()),
        (A, _papers(206, 151, 1, 55), {"R10"}),
        (A, {"surat_digunakan": 150}, {"R11", "R23"}),
        (A, {"surat_diterima": 208}, {"R12"}),
        (A, {"surat_diterima": 207}, set()),
        (A, {"surat_diterima": 205, "surat_dikembalikan": 206}, {"R13", "R14"}),
        (A, {"surat_diterima": 200, "surat_dikembalikan": 50}, {"R12", "R14"}),
        (A, {"pengguna_disabilitas_l": 74, "pengguna_disabilitas_p": 0, "pengguna_disabilitas_j": 74}, {"R07"}),
        (A, {"suara.2": KOSONG, "suara_sah": 26, "suara_tidak_sah": 125}, set()),
    ],
)  # fmt: skip
def test_rules_broken_by_a_change(form: Mapping[str, Figure], change: Mapping[str, Figure], rules: set[str]) -> None:
    assert {finding.rule for finding in findings(PPWP, {**form, **change})} == rules


def test_a_cell_blank_on_paper_is_never_told_as_0_alone() -> None:
    found = findings(PPWP, {**A, "pengguna_total_j": KOSONG, "suara.2": KOSONG})
    assert {one.rule: one.message.partition(" Kosong di kertas (x), dihitung 0: ")[2] for one in found} == {
        "R02": "I.B.4.J.", "R04": "I.B.4.J.", "R20": "IV.02.", "R24": "I.B.4.J.", "R25": "I.B.4.J.",
    }  # fmt: skip


def test_older_forms_have_the_rows_of_pemilih_too() -> None:
    contest = Contest(load_profile("pilkada2020-walikota"), (Choice(1, "A"), Choice(2, "KOLOM KOSONG", None, True)))
    form: dict[str, Figure] = {
        f"pemilih_{c}_{s}": n for c in ("dpt", "pindahan", "tambahan") for s, n in zip("lpj", (1, 2, 3), strict=True)
    }
    form |= {"pemilih_total_l": 3, "pemilih_total_p": 6, "pemilih_total_j": 9}
    assert findings(contest, form) == []
    assert {f.rule for f in findings(contest, {**form, "pemilih_total_l": 4})} == {"R02", "R03"}
    assert {f.rule for f in findings(contest, {**form, "pengguna_pindahan_l": 2})} == {"R06"}


def test_press_error_of_balikpapan_2020() -> None:
    contest = Contest(load_profile("pilkada2020-walikota"), (Choice(1, "A"), Choice(2, "KOLOM KOSONG", None, True)))
    printed: dict[str, Figure] = {
        "suara.1": 160_929, "suara.2": 94_642, "suara_sah": 257_571, "suara_tidak_sah": 8_965, "suara_total": 266_536,
    }  # fmt: skip
    hard = [finding for finding in findings(contest, printed) if finding.severity is Severity.KERAS]
    assert [finding.rule for finding in hard] == ["R20"]
    assert hard[0].numbers == "257.571 ≠ 160.929 + 94.642"
    assert "kekurangan 2.000" in hard[0].message
    assert findings(contest, {**printed, "suara.2": 96_642})[0].rule == "R31"


@given(consistent_forms(PPWP))
def test_a_form_filled_consistently_breaks_nothing(form: dict[str, int]) -> None:
    assert findings(PPWP, form) == []
    assert balance(PPWP, form).known is True


@given(consistent_forms(PPWP), st.data())
def test_an_unread_row_is_never_a_finding(form: dict[str, int], data: st.DataObject) -> None:
    unread = data.draw(st.sets(st.sampled_from(sorted(form))))
    assert findings(PPWP, {row: None if row in unread else figure for row, figure in form.items()}) == []


@given(consistent_forms(PPWP), st.data())
def test_one_changed_total_is_found(form: dict[str, int], data: st.DataObject) -> None:
    row = data.draw(
        st.sampled_from(
            ["suara_sah", "suara_total", "suara.1", "pengguna_total_j", "pengguna_dpt_l", "surat_digunakan"]
        )
    )
    form[row] += data.draw(st.integers(1, 50))
    assert any(finding.severity is Severity.KERAS and row in finding.rows for finding in findings(PPWP, form))


def test_each_rule_stands_once_in_the_table() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(
    ("dpt", "two", "two_and_half"), [(201, 5, 6), (251, 6, 7), (300, 6, 8), (500, 10, 13), (600, 12, 15)]
)
def test_cadangan_rounds_up(dpt: int, two: int, two_and_half: int) -> None:
    pilkada = Contest(load_profile("pilkada2024-bupati"), (Choice(1, "A"), Choice(2, "B")))
    assert (cadangan(PPWP, dpt), cadangan(pilkada, dpt)) == (two, two_and_half)


def test_balance_needs_two_of_three() -> None:
    assert balance(PPWP, {"pengguna_total_j": 5}).known is None
    assert balance(PPWP, {"pengguna_total_j": 5, "suara_total": 5}).known is True
    assert balance(PPWP, {"pengguna_total_j": 5, "suara_total": 6, "surat_digunakan": 5}).known is False
