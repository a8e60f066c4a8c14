"""What replaces what, and what a file may never do (TERMS.md, "A reading" and "Refusal")."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from service.table import REVOTE, Table

from pleno.domain.compare import CellState
from pleno.domain.entry import Kind
from pleno.domain.errors import PlenoError
from pleno.domain.figures import FOTO, PLANO, SIREKAP
from pleno.domain.sentences import sentence
from pleno.service import intake, views


def sirekap_object(folder: Path, code: str, ts: str, chart: dict[str, int | None] | None, name: str = "") -> Path:
    """A TPS object as Sirekap 2024 published them."""
    path = folder / f"{code}{name}.json"
    body = {
        "mode": "hhcw", "chart": chart, "images": [], "administrasi": None, "psu": None, "ts": ts,
        "status_suara": chart is not None, "status_adm": False,
    }  # fmt: skip
    path.write_text(json.dumps(body), "utf-8")
    return path


def csv(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_one_file_is_one_entry_with_its_fingerprint_and_its_original(table: Table, tmp_path: Path) -> None:
    path = csv(tmp_path, "a.csv", "kode_tps,suara.1,suara.2", f"{table.codes[0]},17,124", f"{table.codes[1]},,9")
    result = table.imports(path)
    entry = result.entry
    assert entry is not None
    assert entry.kind is Kind.FILE_IMPORTED
    assert entry.src_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert sorted(entry.changes) == [
        (table.codes[0], "suara.1", None, 17, None),
        (table.codes[0], "suara.2", None, 124, None),
        (table.codes[1], "suara.2", None, 9, None),
    ]
    (kept,) = (table.session.folder / "data" / "masuk").iterdir()
    assert kept.read_bytes() == path.read_bytes()


def test_the_same_file_twice_changes_nothing(table: Table, tmp_path: Path) -> None:
    path = csv(tmp_path, "a.csv", "kode_tps,suara.1", f"{table.codes[0]},17")
    table.imports(path)
    head = table.session.store.head()
    again = table.imports(path)
    assert (again.entry, len(again.taken), len(again.ignored)) == (None, 0, 1)
    assert "sudah diimpor" in again.remarks[0].message
    assert table.session.store.head() == head
    assert table.imports(path, FOTO).entry is not None


def test_equal_objects_of_two_tps_are_two_files(table: Table, tmp_path: Path) -> None:
    for code in table.codes[:2]:
        result = table.imports(sirekap_object(tmp_path, code, "2024-02-16 10:00:00", {"100025": 7}))
        assert (len(result.taken), result.entry is not None) == (1, True)
    assert [table.file(n).readings[SIREKAP].figures["suara.1"] for n in (0, 1)] == [7, 7]


def test_the_same_bytes_may_be_the_paper_of_a_revote(table: Table, tmp_path: Path) -> None:
    path = csv(tmp_path, "a.csv", "kode_tps,suara.1", f"{table.codes[0]},17")
    table.imports(path, PLANO)
    (again,) = table.revotes(path)
    assert again.entry is not None
    assert table.file().readings[PLANO].figures == {"suara.1": 17}


def test_a_newer_object_replaces_cell_by_cell_an_older_is_ignored(table: Table, tmp_path: Path) -> None:
    code = table.codes[0]
    for name in ("a", "b", "c", "d"):
        (tmp_path / name).mkdir()
    table.imports(
        sirekap_object(tmp_path / "a", code, "2024-02-16 10:00:00", {"null": None, "100025": 71, "100026": 641})
    )
    table.imports(sirekap_object(tmp_path / "b", code, "2024-02-20 10:00:00", {"100025": 149, "100026": None}))
    older = table.imports(sirekap_object(tmp_path / "c", code, "2024-02-18 10:00:00", {"100025": 1}))
    assert table.file().readings[SIREKAP].figures == {"suara.1": 149, "suara.2": 641}
    assert (older.entry, len(older.ignored)) == (None, 1)
    assert "lebih lama" in older.remarks[-1].message
    told = [entry.changes for entry in views.journal(table.session, tps=table.file().tps)]
    assert (code, "suara.1", 71, 149, None) in told[1]


def test_a_file_fills_the_plano_but_never_replaces_what_was_read(table: Table, tmp_path: Path) -> None:
    table.reads_only(0, PLANO, suara__1=17)
    result = table.imports(csv(tmp_path, "p.csv", "kode_tps,suara.1,suara.2", f"{table.codes[0]},71,124"), PLANO)
    plano = table.file().readings[PLANO]
    assert plano.figures == {"suara.1": 17, "suara.2": 124}
    assert (plano.waiting, dict(plano.rivals)) == (frozenset({"suara.2"}), {"suara.1": 71})
    assert "tidak menimpa" in result.remarks[0].message
    (cell,) = table.file().open_cells
    assert (cell.state, cell.open, cell.figures) == (CellState.BEDA, ("plano:berkas",), {PLANO: 17, "plano:berkas": 71})
    table.reads_only(0, PLANO, suara__1=17)
    assert table.file().open_cells == ()


def test_one_bad_cell_refuses_that_tps_and_takes_the_rest(table: Table, tmp_path: Path) -> None:
    path = csv(
        tmp_path, "a.csv", "kode_tps,suara.1,suara.2", f"{table.codes[0]},17,12O", f"{table.codes[1]},1_0,5",
        f"{table.codes[2]},3,4", "3101011009001,1,2",
    )  # fmt: skip
    result = table.imports(path)
    assert [taken.reading.tps for taken in result.taken] == [table.codes[2]]
    assert len(result.refused) == 3
    assert len(result.remarks) >= 3
    assert table.file(0).readings == {}


def test_a_preview_changes_nothing(table: Table, tmp_path: Path) -> None:
    path = csv(tmp_path, "a.csv", "kode_tps,suara.1", f"{table.codes[0]},17")
    head = table.session.store.head()
    (seen,) = intake.preview(table.session, [path], SIREKAP)
    assert (seen.changed, len(seen.taken)) == (1, 1)
    assert table.session.store.head() == head
    assert not (table.session.folder / "data" / "masuk").exists()


def test_a_refused_file_is_an_entry_and_no_figure(table: Table, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"\x00\x01\x02")
    result = table.imports(path)
    assert (result.entry, len(result.refused)) == (None, 1)
    last = list(views.journal(table.session))[-1]
    assert (last.kind, last.changes) == (Kind.FILE_REFUSED, ())


def test_a_revote_opens_a_new_paper_and_the_old_stays_in_the_journal(table: Table, tmp_path: Path) -> None:
    table.reads(source=SIREKAP, suara__1=7)
    table.reads()
    table.proposes(0, "IV.1", 17)
    path = csv(tmp_path, "psu.csv", "kode_tps,suara.1", f"{table.codes[0]},99")
    (result,) = table.revotes(path)
    entry = result.entry
    assert entry is not None
    told = sentence(entry, table.session.names())
    assert told.endswith(
        f"Pemungutan suara ulang di TPS 001 PULAU PANGGANG; angka kertas lama tidak dipakai lagi: {REVOTE}."
    )
    assert entry.changes == ((table.codes[0], "suara.1", None, 99, None),)
    assert {source: dict(reading.figures) for source, reading in table.file().readings.items()} == {
        PLANO: {"suara.1": 99}
    }
    assert table.file().pembetulan == ()


def test_a_revote_of_a_settled_tps_is_refused_with_every_file(table: Table, tmp_path: Path) -> None:
    table.reads(1)
    table.settles(1)
    head = table.session.store.head()
    papers = [csv(tmp_path, f"{n}.csv", "kode_tps,suara.1", f"{table.codes[n]},99") for n in (0, 1)]
    with pytest.raises(PlenoError, match="sudah sah"):
        table.revotes(*papers)
    assert table.session.store.head() == head


@pytest.mark.parametrize(
    ("by", "note", "message"), [("op1", REVOTE, "Bukan wewenangnya"), ("ppk2", "", "perlu alasan")]
)
def test_a_revote_needs_a_decision_and_somebody_who_answers(
    table: Table, tmp_path: Path, by: str, note: str, message: str
) -> None:
    table.reads()
    with pytest.raises(PlenoError, match=message):
        table.revotes(csv(tmp_path, "psu.csv", "kode_tps,suara.1", f"{table.codes[0]},99"), by=by, note=note)
    assert table.file().figure(PLANO, "suara.1") == 17


def test_what_comes_for_a_settled_tps_is_told_and_stays_out_of_its_figures(table: Table, tmp_path: Path) -> None:
    table.reads()
    table.settles()
    final = dict(views.recap(table.session, table.contest).final)
    result = table.imports(csv(tmp_path, "p.csv", "kode_tps,suara.1", f"{table.codes[0]},99"), PLANO)
    told_aside = "TPS 001 PULAU PANGGANG sudah sah dan tetap sah; berkas ini berbeda pada IV.01."
    assert told_aside in [remark.message for remark in result.remarks]
    assert views.recap(table.session, table.contest).final == final
    same = csv(tmp_path, "s.csv", "kode_tps,suara.1", f"{table.codes[0]},{final['suara.1']}")
    assert table.imports(same, SIREKAP).remarks == ()
    assert result.entry in list(views.journal(table.session, tps=table.file().tps))
    assert result.entry is not None
    assert "1 angka berbeda dari yang sudah ada" in sentence(result.entry, table.session.names())


def test_a_recount_never_comes_from_a_file(table: Table, tmp_path: Path) -> None:
    with pytest.raises(PlenoError, match="Sumber tidak dikenal"):
        table.imports(csv(tmp_path, "h.csv", "kode_tps,suara.1", f"{table.codes[0]},1"), "hitung_ulang")


def test_a_folder_is_its_files_one_level_deep(table: Table, tmp_path: Path) -> None:
    folder = tmp_path / "sirekap"
    folder.mkdir()
    for n, code in enumerate(table.codes[:3]):
        sirekap_object(folder, code, "2024-02-16 10:00:00", {"100025": n})
    results = intake.take(table.session, [folder], SIREKAP, "op1")
    assert [result.changed for result in results] == [1, 1, 1]


def test_a_folder_that_takes_no_original_takes_no_figure(table: Table, tmp_path: Path) -> None:
    (table.session.folder / intake.INCOMING).write_text("bukan folder")
    head = table.session.store.head()
    with pytest.raises(PlenoError, match=r"TIDAK TERSIMPAN: p\.csv tidak dapat disalin ke data/masuk"):
        table.imports(csv(tmp_path, "p.csv", "kode_tps,suara.1", f"{table.codes[0]},99"), PLANO)
    assert table.session.store.head() == head
