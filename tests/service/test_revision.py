"""Which set is the newer one: an older one is refused at the border, and says so when it is verified."""

from __future__ import annotations

from pathlib import Path

import pytest
from service.table import Table

from pleno.domain.chain import genesis_hash
from pleno.domain.entry import Kind
from pleno.domain.figures import FOTO
from pleno.domain.state import Sheet, SheetStatus
from pleno.service import sealing
from pleno.service.export import Exported, export
from pleno.service.revision import Stamp, newest_of, stamp_of
from pleno.service.session import Session
from pleno.service.setup import create_workspace
from pleno.service.verify import Outcome, verify

HEAD = "jejak #12 abababababababab"


def book(exported: Exported) -> Path:
    return next(exported.folder.glob("*.xlsx"))


def final(table: Table, angka_saksi: str) -> Exported:
    sealing.seal(table.session, angka_saksi, None)
    return export(table.session, table.contest, False, None)


@pytest.fixture
def settled(table: Table) -> Table:
    for n in range(len(table.codes)):
        table.reads(n)
    table.settles(*range(len(table.codes)))
    return table


def test_the_foot_of_a_sheet_tells_its_export() -> None:
    foot = f"&L&7 D.HASIL KECAMATAN-PPWP  ekspor 4 DITETAPKAN  310101  {HEAD}  ruang 0123456789abcdef&R&8 Halaman"
    assert stamp_of(["", "Halaman &P", foot]) == Stamp(4, SheetStatus.DITETAPKAN, "0123456789abcdef")
    for other in (
        foot.replace("ekspor", "cetak"),
        foot.replace("DITETAPKAN", "RESMI"),
        foot.replace("ruang 0", "ruang "),
    ):
        assert stamp_of([other]) is None


def test_a_voided_set_leads_to_the_one_that_stands() -> None:
    def sheet(number: int, replaces: int | None) -> Sheet:
        return Sheet(number, "k", "f", "m", SheetStatus.BATAL, replaces, number)

    sheets = [sheet(1, None), sheet(2, 1), sheet(3, None), sheet(5, 2), sheet(6, 6)]
    assert [found and found.number for found in (newest_of(sheets, n) for n in (1, 2, 3, 5, 6))] == [
        5,
        5,
        None,
        None,
        None,
    ]


def test_an_own_set_that_was_replaced_is_not_taken(settled: Table) -> None:
    first, second = final(settled, "0417"), final(settled, "0418")
    result = settled.imports(book(first), FOTO)
    assert (result.taken, result.entry) == ((), None)
    assert "ekspor 1 ruang kerja ini, sudah ada ekspor 2 yang lebih baru" in result.remarks[0].message
    refused = settled.session.store.last_of(Kind.FILE_REFUSED)
    assert refused is not None
    assert refused.data["pesan"].endswith("sudah ada ekspor 2 yang lebih baru.")
    assert settled.imports(book(second), FOTO).entry is not None


def test_a_set_of_another_laptop_is_not_taken_after_its_newer_one(settled: Table, office: Path, tmp_path: Path) -> None:
    first, second = final(settled, "0417"), final(settled, "0418")
    draft = export(settled.session, settled.contest, True, None)
    other = create_workspace(
        tmp_path / "lain", [settled.contest.id], "310101", office / "tps.csv", office / "pilihan.csv"
    )
    with Session.open(other) as session:
        table = Table(session).open()
        assert genesis_hash(session.store.genesis) != genesis_hash(settled.session.store.genesis)
        assert table.imports(book(draft), FOTO).entry is not None
        entry = table.imports(book(second), FOTO).entry
        assert entry is not None
        assert entry.data["set"]["no"] == 2
        result = table.imports(book(first), FOTO)
        assert (result.taken, result.entry) == ((), None)
        assert f"ekspor 2 dari ruang kerja yang sama sudah diimpor (entri {entry.seq})" in result.remarks[0].message


def test_a_replaced_set_says_so_where_its_workspace_is_at_hand(folder: Path) -> None:
    with Session.open(folder) as session:
        table = Table(session).open()
        first, second = (export(session, table.contest, True, None) for _ in range(2))
    assert [check.name for check in verify(first.folder).checks if not check.ok] == ["tanda tangan"]
    (line,) = (check for check in verify(first.folder, (), folder).checks if check.name == "pengganti")
    assert line.message == f"ekspor 1 ini BATAL, digantikan ekspor 2 ({second.folder.name})"
    assert verify(first.folder, (), folder).outcome is Outcome.EKOR
    assert "pengganti" not in {check.name for check in verify(second.folder, (), folder).checks}
