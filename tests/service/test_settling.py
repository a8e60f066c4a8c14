from __future__ import annotations

import pytest
from service.table import WHOLE, Table

from pleno.domain.compare import TpsState
from pleno.domain.entry import Kind, Reason
from pleno.domain.errors import PlenoError
from pleno.domain.figures import DITETAPKAN, PLANO, SIREKAP
from pleno.domain.state import PembetulanKind
from pleno.service import correction, settling, views


def test_only_settled_tps_are_final(table: Table) -> None:
    table.reads(0)
    table.reads(1, suara__1=16, suara__3=10)
    table.settles(0)
    sums = views.recap(table.session, table.contest)
    assert (sums.settled, sums.tps) == (1, 4)
    assert sums.final["suara.1"] == 17
    assert sums.provisional["suara.1"] == 33
    assert "suara.1" not in sums.desa[1].final


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"suara_sah": 149}, "R20 149 ≠ 17 \\+ 124 \\+ 9"),
        ({"pengguna_total_j": 152}, "R24 151 ≠ 152"),
        ({"surat_diterima": 207}, "R10 207 ≠"),
    ],
)
def test_a_broken_hard_rule_stands_against_it(table: Table, change: dict[str, int], reason: str) -> None:
    table.reads(**change)
    with pytest.raises(PlenoError, match=reason):
        table.settles()


def test_every_obstacle_of_every_tps_is_named_at_once(table: Table) -> None:
    table.reads(0, source=SIREKAP, suara__1=7)
    table.reads(0)
    table.reads_only(1, PLANO, suara__1=5)
    with pytest.raises(PlenoError) as refused:
        table.settles(0, 1)
    assert "TPS 001 PULAU PANGGANG: 1 selisih terbuka (IV.01)" in refused.value.message
    assert "TPS 002 PULAU PANGGANG: 27 baris belum dibaca (I.A.1.L, I.A.1.P, I.A.1.J, I.B.1.L, dan 23 lagi)" in (
        refused.value.message
    )
    assert table.file(0).state is TpsState.BEDA


def test_a_waiting_pembetulan_stands_against_it(table: Table) -> None:
    table.reads(0, source=SIREKAP, suara__1=7)
    table.reads(0)
    table.proposes(0, "IV.1", 17)
    with pytest.raises(PlenoError, match="pembetulan menunggu disetujui"):
        table.settles()


def test_waiting_figures_need_a_reader(table: Table, tmp_path) -> None:
    path = tmp_path / "plano.csv"
    path.write_text("kode_tps," + ",".join(WHOLE) + f"\n{table.codes[0]}," + ",".join(map(str, WHOLE.values())) + "\n")
    table.imports(path, PLANO)
    with pytest.raises(PlenoError, match="menunggu dibacakan"):
        table.settles()
    with pytest.raises(PlenoError, match="Petugas tidak dikenal"):
        table.settles(read_by="siapa")
    (entry,) = table.settles(read_by="ppk2").entries
    assert (entry.kind, entry.data) == (Kind.TPS_READ_BACK, {"dibacakan": "ppk2"})
    assert table.file().readings[PLANO].waiting == frozenset()


def test_settle_matching_leaves_the_rest_with_its_reasons(table: Table) -> None:
    table.reads(0)
    table.reads(1, suara_sah=149)
    done = settling.settle_matching(table.session, table.contest, "op1")
    assert [entry.tps for entry in done.entries] == [table.codes[0]]
    assert {one.tps.code: one.rules for one in done.left} == {
        table.codes[1]: ("R20", "R22"), table.codes[2]: (), table.codes[3]: (),
    }  # fmt: skip


def test_a_settled_tps_is_closed_until_it_is_reopened_with_a_reason(table: Table) -> None:
    table.reads()
    table.settles()
    for touch in (lambda: table.reads_only(0, PLANO, suara__1=5), lambda: table.proposes(0, "IV.1", 5), table.settles):
        with pytest.raises(PlenoError, match="sudah"):
            touch()
    with pytest.raises(PlenoError, match="Alasan belum ditulis"):
        settling.reopen(table.session, table.file().tps, table.contest, "", "op1")
    settling.reopen(table.session, table.file().tps, table.contest, "saksi 02 keberatan, dibaca ulang", "op1")
    assert table.file().state is TpsState.COCOK


def test_what_blocks_a_waiting_tps_is_among_its_findings(table: Table, tmp_path) -> None:
    figures = {**WHOLE, "suara.2": 123}
    path = tmp_path / "plano.csv"
    lines = [f"{table.codes[0]},{row},{figure}" for row, figure in WHOLE.items()]
    path.write_text("\n".join(["kode_tps,isian,angka", *lines]) + "\n", "utf-8")
    table.imports(path, PLANO)
    assert list(views.file_findings(table.file())) == []
    proposed = table.proposes(
        0, "IV.2", figures["suara.2"], PembetulanKind.FORMULIR, Reason.SALAH_TULIS, "turus dihitung bersama saksi"
    )
    correction.confirm(table.session, proposed.seq, "ppk2")
    with pytest.raises(PlenoError, match="R20 150 ≠"):
        table.settles(read_by="ppk2")
    assert [(source, finding.rule) for source, finding in views.file_findings(table.file())] == [(DITETAPKAN, "R20")]
