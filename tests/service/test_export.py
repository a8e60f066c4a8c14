"""When a set may be written, and which earlier one it replaces."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from service.table import Table

from pleno.domain.errors import Damaged, DiskFull, PlenoError
from pleno.domain.state import Sheet, SheetStatus
from pleno.service import sealing, settling, verify
from pleno.service.export import export
from pleno.service.session import Session


def settled(table: Table) -> Table:
    for n in range(len(table.codes)):
        table.reads(n)
    table.settles(*range(len(table.codes)))
    return table


def statuses(table: Table) -> list[tuple[SheetStatus, int | None]]:
    return [(sheet.status, sheet.replaces) for sheet in table.session.state.all(Sheet)]


def test_a_draft_never_voids_what_was_determined(table: Table) -> None:
    settled(table)
    sealing.seal(table.session, "0417", None)
    for draft in (True, False, True, True, False):
        export(table.session, table.contest, draft, None)
    assert statuses(table) == [
        (SheetStatus.BATAL, None),
        (SheetStatus.BATAL, 1),
        (SheetStatus.BATAL, None),
        (SheetStatus.KONSEP, 3),
        (SheetStatus.DITETAPKAN, 2),
    ]


def test_a_final_set_names_the_one_that_a_reopened_tps_voided(table: Table) -> None:
    settled(table)
    session, tps = table.session, table.session.roster[table.codes[0]]
    for again in (False, True):
        if again:
            settling.reopen(session, tps, table.contest, "saksi minta dibacakan ulang", "ppk1")
            export(session, table.contest, True, None)
            settling.settle(session, [tps], table.contest, "op1")
        sealing.seal(session, "0417", None)
        export(session, table.contest, False, None)
    assert statuses(table) == [
        (SheetStatus.BATAL, None), (SheetStatus.KONSEP, None), (SheetStatus.DITETAPKAN, 1),
    ]  # fmt: skip


def test_a_difference_that_came_after_settling_stands_against_the_final_set(table: Table, tmp_path: Path) -> None:
    settled(table)
    path = tmp_path / "salinan.csv"
    path.write_text(f"kode_tps,suara.1\n{table.codes[1]},99\n", "utf-8")
    table.imports(path, "salinan:1")
    sealing.seal(table.session, "0417", None)
    with pytest.raises(PlenoError, match="sesudah sah belum diselesaikan di TPS 002 PULAU PANGGANG"):
        export(table.session, table.contest, False, None)
    export(table.session, table.contest, True, None)


def test_a_workspace_of_other_contests_is_named_in_words(folder: Path) -> None:
    config = folder / "pleno.toml"
    config.write_text(config.read_text("utf-8").replace('["pemilu2024-ppwp"]', '["pilkada2024-bupati"]'), "utf-8")
    with pytest.raises(PlenoError, match=r"menyebut kontes pilkada2024-bupati, sedangkan .* untuk pemilu2024-ppwp"):
        Session.open(folder)
    (line,) = (check for check in verify.verify(folder).checks if check.name == "ruang kerja")
    assert line.message == "basis data dibuat untuk kontes pemilu2024-ppwp, pleno.toml menyebut pilkada2024-bupati"


def test_a_set_the_journal_never_heard_of_is_set_aside_not_deleted(table: Table) -> None:
    """A crash after the set stood in place, before its entry."""
    outgoing = table.session.folder / "data" / "ekspor"
    orphan = outgoing / f"01-{table.contest.id}-310101"
    orphan.mkdir(parents=True)
    (orphan / "BACA-SAYA.txt").write_text("sisa")
    done = export(table.session, table.contest, True, "op1")
    assert (done.number, done.folder) == (1, orphan)
    assert (outgoing / f"{orphan.name}.tanpa-entri1" / "BACA-SAYA.txt").read_text() == "sisa"


@pytest.mark.parametrize("draft", [True, False])
def test_figures_that_no_entry_speaks_of_leave_in_no_set(table: Table, draft: bool) -> None:
    """B11: the same change by hand in every reading of a TPS makes no difference that a person would see."""
    settled(table)
    sealing.seal(table.session, "0417", None)
    folder = table.session.folder
    table.session.close()
    with closing(sqlite3.connect(folder / "data" / "pleno.db")) as database, database:
        database.execute("UPDATE reading SET figures = replace(figures, '\"suara.1\":17', '\"suara.1\":71')")
    with Session.open(folder) as session, pytest.raises(Damaged, match=r"suara\.1: di tabel 71, menurut jejak 17"):
        export(session, session.contest(None), draft, None)
    assert not (folder / "data" / "ekspor").exists()


def test_a_workspace_that_takes_no_writing_is_told_before_the_sheets_are_printed(table: Table) -> None:
    table.session.store.read_only = "SALINAN LAMA?"
    with pytest.raises(PlenoError, match=r"TIDAK TERSIMPAN: SALINAN LAMA\?"):
        export(table.session, table.contest, True, None)
    assert not (table.session.folder / "data" / "ekspor").exists()


def test_a_set_whose_entry_is_refused_does_not_stay(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk fills up between the last sheet and the entry."""

    def full(*_entries: object, **_more: object) -> None:
        raise DiskFull("TIDAK TERSIMPAN", "disk penuh", "")

    monkeypatch.setattr(table.session.store, "append", full)
    with pytest.raises(DiskFull):
        export(table.session, table.contest, True, None)
    assert list((table.session.folder / "data" / "ekspor").iterdir()) == []
