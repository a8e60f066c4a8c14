"""The picture for the projector: saved figures only, and nothing the desk waits for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from service.table import Table

from pleno.domain.figures import SIREKAP
from pleno.service import board, sealing, views


def _picture(table: Table, row: str | None = None) -> board.Board:
    sums = views.recap(table.session, table.contest)
    now = None if row is None else board.read_now(table.session, table.file(0), row)
    return board.picture(table.session, sums, sum(len(file.open_cells) for file in sums.files), now)


def test_the_row_that_is_read_stands_against_its_sources(table: Table) -> None:
    table.reads(0, source=SIREKAP, suara__2=142)
    assert _picture(table, "suara.2").now == board.ReadNow(
        "PULAU PANGGANG", 1, "IV.02", "02 PASLON 2", "?", (("Sirekap", "142"),), None, ""
    )
    table.reads(0)
    now = _picture(table, "suara.2").now
    assert now is not None
    assert (now.plano, now.others, now.gap, now.settled) == ("124", (("Sirekap", "142"),), -18, "belum dibetulkan")
    assert _picture(table).open_cells == 1
    proposed = table.proposes(0, "suara.2", 124)
    from pleno.service import correction

    correction.confirm(table.session, proposed.seq, "ppk2")
    now = _picture(table, "suara.2").now
    assert now is not None
    assert (now.gap, now.settled) == (-18, "dibetulkan")


def test_only_settled_tps_are_summed(table: Table) -> None:
    table.reads(0)
    table.reads(1)
    table.settles(1)
    sealing.seal(table.session, "0417", None)
    shown = _picture(table)
    assert (shown.sah, shown.tps) == (1, 4)
    assert shown.sums[:3] == (("01 PASLON 1", 17), ("02 PASLON 2", 124), ("03 PASLON 3", 9))
    assert [sum_ for _, sum_ in shown.sums[3:]] == [150, 1, 151]
    assert shown.seal.startswith("SEGEL 01 #")


def test_what_was_published_is_read_back(table: Table, tmp_path: Path) -> None:
    table.reads(0)
    path = tmp_path / "papan.json"
    shown = _picture(table, "suara.1")
    assert board.publish(path, shown)
    assert board.read_board(path) == shown
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".json"] == ["papan.json"]
    assert not board.publish(tmp_path / "tidak" / "ada" / "papan.json", shown)


@pytest.mark.parametrize("content", [None, b"", b"[]", b"{}", b"\xff\xfe", b'{"now": 3}', b"[" * 5000, b'{"now":null}'])
def test_a_picture_that_cannot_be_read_is_none(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "papan.json"
    if content is not None:
        path.write_bytes(content)
    assert board.read_board(path) is None


def test_a_picture_holds_no_name_of_a_person(table: Table) -> None:
    table.reads(0)
    from dataclasses import asdict

    told = json.dumps(asdict(_picture(table, "suara.1")))
    assert "Operator" not in told
    assert "op1" not in told
