"""What is typed is kept at each Enter and becomes one entry (UX.md section 4)."""

from __future__ import annotations

from pathlib import Path

import pytest
from service.table import WHOLE, Table

from pleno.domain.compare import TpsState
from pleno.domain.entry import Kind
from pleno.domain.errors import PlenoError
from pleno.domain.figures import HITUNG_ULANG, KOSONG, PLANO, SIREKAP, Figure
from pleno.service import drafting, meeting, reading, settling, views
from pleno.service.session import Session
from pleno.store import inspect


def keep(table: Table, row: str, figure: Figure, note: str = "", n: int = 0) -> None:
    drafting.keep_figure(
        table.session, table.file(n).tps, table.contest, table.contest.find(row), figure, "op1", note=note
    )


def accept(table: Table, row: str, n: int = 0) -> None:
    drafting.accept(table.session, table.file(n).tps, table.contest, table.contest.find(row), "op1")


def finish(table: Table, n: int = 0) -> object:
    return drafting.finish(table.session, table.file(n).tps, table.contest)


def test_a_draft_is_no_entry_and_no_reading(table: Table) -> None:
    head = table.session.store.head().seq
    keep(table, "suara.1", 17)
    assert table.session.store.head().seq == head
    assert table.file().figure(PLANO, "suara.1") is None
    assert drafting.desk_file(table.session, table.file().tps, table.contest).figure(PLANO, "suara.1") == 17


def test_a_finished_paper_is_one_entry_in_the_order_of_the_paper(table: Table) -> None:
    table.reads(source=SIREKAP)
    accept(table, "suara.2")
    keep(table, "suara.1", 17)
    keep(table, "suara.3", KOSONG)
    entry = finish(table)
    assert entry.kind is Kind.READING_SAVED
    assert [(c.row, c.before, c.after) for c in entry.changes] == [
        ("suara.1", None, 17), ("suara.2", None, 124), ("suara.3", None, KOSONG),
    ]  # fmt: skip
    assert entry.data == {"samakan": ["suara.2"]}
    assert drafting.open_drafts(table.session) == []
    assert finish(table) is None


def test_a_row_typed_after_all_is_no_longer_taken(table: Table) -> None:
    table.reads(source=SIREKAP)
    accept(table, "suara.2")
    keep(table, "suara.2", 125)
    assert "samakan" not in finish(table).data


def test_a_waiting_figure_taken_counts_as_read(table: Table, tmp_path: Path) -> None:
    lines = ["kode_tps," + ",".join(WHOLE), ",".join(map(str, [table.codes[0], *WHOLE.values()]))]
    (tmp_path / "p.csv").write_text("\n".join(lines) + "\n", "utf-8")
    table.imports(tmp_path / "p.csv", PLANO)
    table.reads_only(0, SIREKAP, suara__2=142)
    assert len(table.file().unread) == 28
    accept(table, "suara.2")
    finish(table)
    file = table.file()
    assert file.ditetapkan == {"suara.2": 124}
    assert "suara.2" not in file.readings[PLANO].waiting


def test_nothing_to_take_is_refused(table: Table) -> None:
    with pytest.raises(PlenoError, match="Sirekap kosong"):
        accept(table, "II.2")


@pytest.mark.parametrize("figure", [1000, None])
def test_what_is_no_figure_of_the_form_is_refused(table: Table, figure: Figure) -> None:
    with pytest.raises(PlenoError, match="Angka tidak dicatat"):
        keep(table, "suara.1", figure)
    assert drafting.open_drafts(table.session) == []


def test_a_read_figure_changes_only_with_a_reason(table: Table) -> None:
    table.reads()
    with pytest.raises(PlenoError, match="Angka yang sudah dibaca berubah"):
        keep(table, "suara.1", 18)
    keep(table, "suara.1", 18, note="salah dengar pembaca")
    assert finish(table).note == "salah dengar pembaca"
    assert table.file().figure(PLANO, "suara.1") == 18


def test_a_settled_tps_and_a_suspended_meeting_take_no_draft(table: Table) -> None:
    table.reads()
    table.settles(0)
    with pytest.raises(PlenoError, match="TPS sudah sah"):
        keep(table, "suara.1", 18, note="salah dengar pembaca")
    keep(table, "suara.1", 5, n=1)
    meeting.suspend(table.session, "ppk1")
    for act in (lambda: keep(table, "suara.2", 5, n=1), lambda: finish(table, 1)):
        with pytest.raises(PlenoError, match="Belum waktunya"):
            act()
    assert drafting.open_drafts(table.session)[0].figures == {"suara.1": 5}


def test_a_draft_outlives_the_program_and_is_no_fault_of_the_database(folder: Path) -> None:
    with Session.open(folder) as session:
        table = Table(session).open()
        keep(table, "suara.1", 17)
        drafting.keep_typing(session, table.file().tps, table.contest, table.contest.find("suara.2"), "12", "op1")
    assert not inspect(folder / "data" / "pleno.db").damaged
    with Session.open(folder) as session:
        (draft,) = drafting.open_drafts(session)
        assert (draft.figures, draft.row, draft.typing) == ({"suara.1": 17}, "suara.2", "12")


def test_the_table_sees_the_draft_as_the_state_will_be(table: Table) -> None:
    for row, figure in WHOLE.items():
        keep(table, row, figure)
    tps = table.file().tps
    seen = drafting.desk_file(table.session, tps, table.contest)
    finish(table)
    stored = views.tps_file(table.session, tps, table.contest)
    assert seen.cells == stored.cells
    assert stored.state is TpsState.COCOK
    assert settling.obstacles(table.session, stored, False) is None


def test_a_recount_is_kept_as_it_is_typed_and_outlives_the_program(folder: Path) -> None:
    with Session.open(folder) as session:
        table = Table(session).open()
        keep(table, "suara.1", 17)
        drafting.keep_recount(session, table.file().tps, table.contest, {"suara.1": 18, "suara.2": KOSONG}, "op1")
    with Session.open(folder) as session:
        table = Table(session)
        tps, head = table.file().tps, session.store.head().seq
        assert [draft.figures for draft in drafting.open_drafts(session)] == [{"suara.1": 17}]
        (kept,) = drafting.open_drafts(session, HITUNG_ULANG)
        assert kept.figures == {"suara.1": 18, "suara.2": KOSONG}
        assert drafting.desk_file(session, tps, table.contest).figure(HITUNG_ULANG, "suara.1") is None
        with pytest.raises(PlenoError):
            reading.record_recount(session, tps, table.contest, kept.figures, "op1", "")
        assert session.store.head().seq == head
        assert drafting.open_drafts(session, HITUNG_ULANG)
        reading.record_recount(session, tps, table.contest, kept.figures, "op1", "surat suara diragukan")
        assert drafting.open_drafts(session, HITUNG_ULANG) == []
        assert [draft.figures for draft in drafting.open_drafts(session)] == [{"suara.1": 17}]


def test_an_emptied_recount_is_dropped_and_a_refused_one_changes_nothing(table: Table) -> None:
    tps = table.file().tps
    drafting.keep_recount(table.session, tps, table.contest, {"suara.1": 18}, "op1")
    for wrong in ({"suara.1": 1234}, {"suara.1": None}):
        with pytest.raises(PlenoError, match="Angka tidak dicatat"):
            drafting.keep_recount(table.session, tps, table.contest, wrong, "op1")
    assert [draft.figures for draft in drafting.open_drafts(table.session, HITUNG_ULANG)] == [{"suara.1": 18}]
    for _again in range(2):
        drafting.keep_recount(table.session, tps, table.contest, {}, "op1")
        assert drafting.open_drafts(table.session, HITUNG_ULANG) == []
    meeting.suspend(table.session, "ppk1")
    with pytest.raises(PlenoError, match="Belum waktunya"):
        drafting.keep_recount(table.session, tps, table.contest, {"suara.1": 18}, "op1")
