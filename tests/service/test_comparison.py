"""Where two databases, or two exported sets, part."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from service.table import Table

from pleno.domain.errors import PlenoError
from pleno.service import export
from pleno.service.comparison import compare_two
from pleno.service.session import Session


@pytest.fixture
def twins(table: Table, tmp_path: Path) -> tuple[Path, Path]:
    """One workspace on two laptops."""
    table.reads()
    table.session.close()
    return table.session.folder, Path(shutil.copytree(table.session.folder, tmp_path / "laptop-dua"))


def _read_on(folder: Path, n: int) -> int:
    """Read another TPS there; the number of the first entry this adds."""
    with Session.open(folder) as session:
        first = session.store.head().seq + 1
        Table(session).reads(n)
    return first


def test_copies_of_one_workspace_are_the_same(twins: tuple[Path, Path]) -> None:
    found = compare_two(*twins)
    assert found.same
    assert found.lines[0].startswith("Entri 1 sampai ")
    assert len(found.lines) == 1


def test_one_that_went_on_is_longer(twins: tuple[Path, Path]) -> None:
    left, right = twins
    first = _read_on(right, 1)
    found = compare_two(left, right)
    assert (found.same, found.parting.forked if found.parting else None) == (False, False)
    assert found.lines[1].startswith("B (pleno.db) lebih panjang: 3 entri sesudahnya, mulai ")
    assert f"mulai #{first} 20" in found.lines[1]


def test_two_that_went_on_apart_name_their_first_own_entries(
    twins: tuple[Path, Path], sit_at: Callable[[str], Path]
) -> None:
    left, right = twins
    first = _read_on(left, 1)
    sit_at("2B07-9D41")
    assert _read_on(right, 2) == first
    found = compare_two(left / "data" / "pleno.db", right)
    assert found.parting is not None
    assert (found.parting.common, found.parting.forked) == (first - 1, True)
    assert [line[:25] for line in found.lines[1:]] == ["A (pleno.db) bercabang: 3", "B (pleno.db) bercabang: 4"]


def test_workspaces_that_never_were_one(table: Table, office: Path, tmp_path: Path) -> None:
    from pleno.service.setup import create_workspace

    other = create_workspace(
        tmp_path / "lain", ["pemilu2024-ppwp"], "310101", office / "tps.csv", office / "pilihan.csv"
    )
    table.session.close()
    found = compare_two(table.session.folder, other)
    assert (found.same, found.parting.common if found.parting else None) == (False, 0)
    assert found.lines == ("Keduanya tidak pernah satu: bahkan entri pertamanya berbeda.",)


def test_a_file_that_is_no_database_is_called_that(table: Table, tmp_path: Path) -> None:
    table.session.close()
    other = tmp_path / "catatan.txt"
    other.write_text("halo", "utf-8")
    with pytest.raises(PlenoError, match="bukan ruang kerja, bukan basis data"):
        compare_two(table.session.folder, other)


def test_two_sets_differ_by_the_figures_that_changed(table: Table) -> None:
    table.reads()
    one = export.export(table.session, table.contest, draft=True, by="op1").folder
    assert compare_two(one, one).same
    table.reads(0, suara__1=18, note="salah dengar, dibacakan ulang")
    other = export.export(table.session, table.contest, draft=True, by="op1").folder
    found = compare_two(one, other)
    assert (found.same, found.cells) == (False, 1)
    assert found.parting is not None
    last = found.parting.common
    begun = next(table.session.store.entries(last + 1, last + 1)).stamp.at[:19].replace("T", " ")
    assert found.lines == (
        "A: ekspor 1 (KONSEP) dari pemilu2024-ppwp. B: ekspor 2 (KONSEP) dari pemilu2024-ppwp.",
        "B menggantikan yang lain: ekspor 2 menyebut ekspor 1 BATAL.",
        f"Entri 1 sampai {last} sama pada keduanya.",
        f"B ({other.name}) lebih panjang: 2 entri sesudahnya, mulai #{last + 1} {begun} oleh op1.",
        f"TPS {table.codes[0]} suara.1: A 17, B 18.",
    )


def test_sets_of_two_copies_that_went_on_apart_name_the_entry_where_they_do(
    twins: tuple[Path, Path], sit_at: Callable[[str], Path]
) -> None:
    sets = []
    for folder, votes in zip(twins, (17, 18), strict=True):
        sit_at(f"2B07-9D{votes}")
        with Session.open(folder) as session:
            Table(session).reads(1, suara__1=votes)
            sets.append(export.export(session, session.contest(None), draft=True, by="op1").folder)
    found = compare_two(*sets)
    assert found.parting is not None
    assert found.parting.forked
    told = [line for line in found.lines if "bercabang" in line]
    assert [line[:2] for line in told] == ["A ", "B "]
    assert all(f"mulai #{found.parting.common + 1} " in line for line in told)


def test_a_set_that_was_changed_is_not_called_the_same(table: Table, tmp_path: Path) -> None:
    table.reads()
    one = export.export(table.session, table.contest, draft=True, by="op1").folder
    other = Path(shutil.copytree(one, tmp_path / "lain"))
    data = (other / "data" / "angka.csv").read_bytes()
    (other / "data" / "angka.csv").write_bytes(data.replace(b",124\r\n", b",924\r\n"))
    with pytest.raises(PlenoError, match=r"lain tidak utuh: data/angka\.csv BERUBAH"):
        compare_two(one, other)


def test_what_cannot_be_compared_is_refused(twins: tuple[Path, Path], tmp_path: Path) -> None:
    left, _right = twins
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "manifest.json").write_text("{}")
    for other in (tmp_path / "tidak-ada", tmp_path):
        with pytest.raises(PlenoError, match="bukan ruang kerja"):
            compare_two(left, other)
    with pytest.raises(PlenoError, match="set tidak utuh"):
        compare_two(tmp_path / "set", tmp_path / "set")
    (tmp_path / "rusak.db").write_bytes(b"SQLite format 3\0" + b"\xff" * 4000)
    with pytest.raises(PlenoError):
        compare_two(left, tmp_path / "rusak.db")
