"""Exports of a workspace: their numbers, what replaces what, and what a final set asks for."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from exporters.sheets import Opened
from exporters.test_recap_workbook import check_reckoning
from service.table import Table

from pleno.domain.entry import Reason
from pleno.domain.errors import PlenoError
from pleno.domain.state import PembetulanKind, Sheet, SheetStatus
from pleno.service import correction, export, meeting, sealing, settling
from pleno.service.verify import Outcome, verify, verify_workspace

NAME = "{:02}-pemilu2024-ppwp-310101"


def draft(table: Table) -> export.Exported:
    return export.export(table.session, table.contest, draft=True, by="op1")


def final(table: Table) -> export.Exported:
    return export.export(table.session, table.contest, draft=False, by="op1")


def statuses(table: Table) -> list[tuple[int, str, int | None]]:
    return [(sheet.number, sheet.status.value, sheet.replaces) for sheet in table.session.state.all(Sheet)]


@pytest.fixture
def settled(table: Table) -> Table:
    """Every TPS sah, one with a figure corrected on the paper, and a seal after it."""
    for n in range(4):
        table.reads(n)
    proposed = table.proposes(
        1, "surat_diterima", 207, kind=PembetulanKind.FORMULIR, reason=Reason.SALAH_TULIS, note="saksi melihat kotak"
    )
    correction.confirm(table.session, proposed.seq, "ppk2")
    other = table.proposes(
        1, "surat_tidak_digunakan", 56, kind=PembetulanKind.FORMULIR, reason=Reason.SALAH_TULIS, note="ikut dibetulkan"
    )
    correction.confirm(table.session, other.seq, "ppk2")
    table.settles(0, 1, 2, 3)
    sealing.seal(table.session, "4711", "op1")
    return table


def test_numbers_run_on_and_each_draft_replaces_the_one_before(table: Table) -> None:
    table.reads(0)
    written = [draft(table) for _ in range(3)]
    assert [one.folder.name for one in written] == [NAME.format(n) for n in (1, 2, 3)]
    assert statuses(table) == [(1, "BATAL", None), (2, "BATAL", 1), (3, "KONSEP", 2)]
    manifest = json.loads((written[2].folder / "manifest.json").read_text())
    assert manifest["export"] == {"no": 3, "replaces": 2, "status": "KONSEP"}


def test_a_final_set_names_everything_that_is_missing(table: Table) -> None:
    table.reads(0)
    table.proposes(0, "suara_sah", 151, kind=PembetulanKind.FORMULIR, reason=Reason.SALAH_TULIS, note="salah tulis sah")
    meeting.suspend(table.session, "ppk1", "makan siang bersama")
    before = table.session.store.head().seq
    with pytest.raises(PlenoError) as refused:
        final(table)
    for missing in ("sedang diskors", "4 dari 4 TPS belum sah", "1 pembetulan menunggu", "belum ada segel"):
        assert missing in refused.value.message
    assert table.session.store.head().seq == before
    assert not (table.session.folder / export.OUTGOING).exists()


def test_a_final_set_of_a_whole_pleno(settled: Table, tmp_path: Path) -> None:
    draft(settled)
    written = final(settled)
    assert (written.number, written.status) == (2, SheetStatus.DITETAPKAN)
    assert statuses(settled) == [(1, "BATAL", None), (2, "DITETAPKAN", 1)]
    (path,) = written.folder.glob("*.xlsx")
    book = Opened(path.read_bytes())
    check_reckoning(book)
    name = next(name for name in book.values.sheetnames if name.startswith("DESA_01"))
    cell = book.formulas[name].cell(dict(book.rows(name))["II.1"], 6)
    assert (cell.value, cell.fill.fgColor.rgb) == (207, "00FEF08A")
    assert book.figures("KECAMATAN")["JUMLAH AKHIR"]["II.1"] == 4 * 206 + 1
    assert "SEGEL 01" in (written.folder / "BACA-SAYA.txt").read_text("utf-8")
    assert verify(written.folder).outcome is Outcome.EKOR
    carried = shutil.copytree(settled.session.folder, tmp_path / "salinan")
    assert verify_workspace(carried).outcome is Outcome.UTUH
    (carried / export.OUTGOING / written.folder.name / "BACA-SAYA.txt").write_bytes(b"lain")
    assert verify_workspace(carried).outcome is Outcome.RUSAK


def test_reopening_a_tps_voids_the_final_set(settled: Table) -> None:
    final(settled)
    settling.reopen(settled.session, settled.file(0).tps, settled.contest, "saksi 01 menunjukkan foto plano", "ppk1")
    assert statuses(settled) == [(1, "BATAL", None)]
    with pytest.raises(PlenoError, match="1 dari 4 TPS belum sah"):
        final(settled)


def test_a_stick_that_refuses_leaves_the_export_and_its_entry(table: Table, tmp_path: Path) -> None:
    (tmp_path / "stik").write_bytes(b"")
    with pytest.raises(PlenoError, match="Ekspor sendiri utuh"):
        export.export(table.session, table.contest, draft=True, by="op1", target=tmp_path / "stik")
    assert statuses(table) == [(1, "KONSEP", None)]
    assert verify(table.session.folder / export.OUTGOING / NAME.format(1)).outcome is Outcome.EKOR


@pytest.mark.skipif(
    shutil.which("soffice") is None and not os.environ.get("PLENO_CI"), reason="perlu LibreOffice (soffice)"
)
def test_a_workbook_saved_again_is_a_changed_file(table: Table, tmp_path: Path) -> None:
    table.reads(0)
    written = draft(table)
    (path,) = written.folder.glob("*.xlsx")
    command = [
        "soffice", f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}", "--headless",
        "--convert-to", "xlsx", "--outdir", str(tmp_path / "hasil"), str(path),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    shutil.copyfile(tmp_path / "hasil" / path.name, path)
    found = verify(written.folder)
    assert found.outcome is Outcome.RUSAK
    assert next(check.message for check in found.checks if not check.ok).startswith(f"{path.name} BERUBAH")
