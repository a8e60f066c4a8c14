"""Warnings that must be acknowledged, papers of several contests side by side, what shows across TPS."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from service.table import WHOLE, Table

from pleno.domain.compare import TpsState
from pleno.domain.entry import Kind
from pleno.domain.errors import PlenoError
from pleno.domain.figures import PLANO, SIREKAP, Figure
from pleno.service import checking, correction, export, meeting, reading, settling
from pleno.service.session import Session
from pleno.service.setup import create_workspace

REASON = "surat suara dihitung ulang bersama saksi, memang lebih dua"
SPARE: dict[str, Figure] = {"surat_diterima": 208, "surat_tidak_digunakan": 57}
"""Breaks R12 alone: two ballot papers more than DPT and cadangan."""


# --- warnings ------------------------------------------------------------------------------------


def test_a_warning_holds_a_tps_until_it_is_acknowledged_with_a_reason(table: Table) -> None:
    table.reads(0, **SPARE)
    with pytest.raises(PlenoError, match="peringatan R12 208 ≠ 201 \\+ 5 belum diketahui"):
        table.settles(0)
    with pytest.raises(PlenoError, match="Alasan belum ditulis"):
        settling.settle(table.session, [table.file().tps], table.contest, "op1", acknowledged="ya")
    assert table.file().state is TpsState.COCOK
    settling.settle(table.session, [table.file().tps], table.contest, "op1", acknowledged=REASON)
    assert table.file().state is TpsState.SAH
    kept = [entry for entry in table.session.store.entries() if entry.kind is Kind.FINDING_EXPLAINED]
    assert [(entry.data, entry.note, entry.actor.id) for entry in kept] == [
        ({"aturan": "R12", "angka": "208 ≠ 201 + 5"}, REASON, "op1")
    ]


def test_one_reason_acknowledges_every_warning_of_many_tps(table: Table) -> None:
    table.reads(0, **SPARE)
    table.reads(1, **SPARE)
    table.reads(2, suara_sah=149)
    done = settling.settle_matching(table.session, table.contest, "op1")
    assert done.entries == ()
    assert [[finding.rule for finding in one.warnings] for one in done.left] == [["R12"], ["R12"], [], []]
    done = settling.settle_matching(table.session, table.contest, "op1", acknowledged=REASON)
    assert [entry.tps for entry in done.entries] == table.codes[:2]
    assert {one.tps.code for one in done.left} == set(table.codes[2:])
    assert sum(entry.kind is Kind.FINDING_EXPLAINED for entry in table.session.store.entries()) == 2


def test_a_reason_never_resolves_a_hard_finding(table: Table) -> None:
    table.reads(0, **SPARE, suara_sah=149)
    with pytest.raises(PlenoError, match="R20 149 ≠"):
        settling.settle(table.session, [table.file().tps], table.contest, "op1", acknowledged=REASON)
    assert [entry.kind for entry in table.session.store.entries()].count(Kind.FINDING_EXPLAINED) == 0


def test_an_operator_acknowledges_a_warning_a_hard_finding_needs_the_ppk(table: Table) -> None:
    table.reads(0, **SPARE, suara_sah=149)
    tps = table.file().tps
    correction.explain(table.session, tps, table.contest, "r12", REASON, "op1")
    with pytest.raises(PlenoError, match="Bukan wewenangnya"):
        correction.explain(table.session, tps, table.contest, "R20", REASON, "op1")


def test_what_was_acknowledged_is_printed_on_the_set(table: Table) -> None:
    table.reads(0, **SPARE)
    settling.settle(table.session, [table.file().tps], table.contest, "op1", acknowledged=REASON)
    document = export.prepare(table.session, table.contest, draft=True).document
    (incident,) = document.incidents
    assert "R12 (208 ≠ 201 + 5)" in incident.sentence
    assert REASON in incident.sentence


# --- several contests ----------------------------------------------------------------------------

PROFILES = ("pemilu2024-ppwp", "pemilu2024-pdpr")


@pytest.fixture
def pemilu(tmp_path: Path) -> Iterator[Session]:
    roster, choices = tmp_path / "tps.csv", tmp_path / "pilihan.csv"
    roster.write_text("kode_tps,nomor\n3101011001001,1\n3101011001002,2\n", "utf-8")
    listed = [f"pemilu2024-ppwp,{n},PASLON {n},," for n in (1, 2, 3)]
    listed += [f"pemilu2024-pdpr,,PARTAI {n},,{n}" for n in (1, 2)]
    listed += [f"pemilu2024-pdpr,{m},CALON {n}.{m},,{n}" for n in (1, 2) for m in (1, 2)]
    choices.write_text("\n".join(["kontes,nomor,nama,id_sirekap,partai", *listed]) + "\n", "utf-8")
    folder = create_workspace(tmp_path / "kec", PROFILES, "310101", roster, choices)
    with Session.open(folder) as session:
        meeting.open_meeting(session, "ppk1")
        yield session


def dpr_paper(**change: Figure) -> dict[str, Figure]:
    """The paper of the same TPS for DPR."""
    votes = {
        "suara_partai.1": 20, "suara_calon.1.1": 30, "suara_calon.1.2": 10, "suara_partai_total.1": 60,
        "suara_partai.2": 5, "suara_calon.2.1": 40, "suara_calon.2.2": 45, "suara_partai_total.2": 90,
    }  # fmt: skip
    return {**{row: figure for row, figure in WHOLE.items() if not row.startswith("suara.")}, **votes, **change}


def read(session: Session, contest: str, figures: dict[str, Figure], source: str = PLANO, number: int = 1) -> None:
    tps = session.tps(f"310101100100{number}")
    reading.record_reading(session, tps, session.contest(contest), source, figures, "op1", "")


def rules(session: Session, *contests: str) -> list[tuple[str, tuple[str, ...], str]]:
    every = [session.contest(name) for name in contests or PROFILES]
    return [(one.finding.rule, one.contests, one.source) for one in checking.check(session, every)]


def test_papers_of_one_tps_are_held_against_each_other(pemilu: Session) -> None:
    read(pemilu, "pemilu2024-ppwp", WHOLE)
    read(pemilu, "pemilu2024-pdpr", dpr_paper(pemilih_dpt_l=104, pemilih_dpt_j=202), SIREKAP)
    assert rules(pemilu) == []
    read(pemilu, "pemilu2024-pdpr", dpr_paper(pemilih_dpt_l=104, pemilih_dpt_j=202))
    assert rules(pemilu) == [("X01", PROFILES, PLANO)] * 2
    assert rules(pemilu, "pemilu2024-pdpr") == []


def test_the_second_paper_is_held_until_the_difference_is_explained(pemilu: Session) -> None:
    tps, dpr = pemilu.tps("3101011001001"), pemilu.contest("pemilu2024-pdpr")
    read(pemilu, "pemilu2024-ppwp", WHOLE)
    settling.settle(pemilu, [tps], pemilu.contest("pemilu2024-ppwp"), "op1")
    read(
        pemilu,
        "pemilu2024-pdpr",
        dpr_paper(pengguna_dpt_l=61, pengguna_dpt_p=74, pengguna_tambahan_l=12, pengguna_tambahan_p=4),
    )
    with pytest.raises(PlenoError, match=r"peringatan X02 I\.B\.1\.L: 62 pada PRESIDEN ≠ 61 pada DPR belum diketahui"):
        settling.settle(pemilu, [tps], dpr, "op1")
    done = settling.settle_matching(pemilu, dpr, "op1")
    assert [one.warnings[0].rule for one in done.left if one.warnings] == ["X02"]
    settling.settle(pemilu, [tps], dpr, "op1", acknowledged="satu pemilih mengisi daftar hadir yang lain")


def test_a_hard_difference_between_contests_needs_the_ppk(pemilu: Session) -> None:
    tps, dpr = pemilu.tps("3101011001001"), pemilu.contest("pemilu2024-pdpr")
    read(pemilu, "pemilu2024-ppwp", WHOLE)
    read(pemilu, "pemilu2024-pdpr", dpr_paper(pemilih_dpt_l=102, pemilih_dpt_p=99))
    with pytest.raises(PlenoError, match=r"X01 I\.A\.1\.L: 103 pada PRESIDEN ≠ 102 pada DPR"):
        settling.settle(pemilu, [tps], dpr, "op1", acknowledged=REASON)
    correction.explain(pemilu, tps, dpr, "X01", "C.HASIL DPR memang tertulis begitu", "ppk2")
    settling.settle(pemilu, [tps], dpr, "op1")
    settling.settle(pemilu, [tps], pemilu.contest("pemilu2024-ppwp"), "op1")
    assert all(one.explained for one in checking.check(pemilu, [*pemilu.contests.values()]))
