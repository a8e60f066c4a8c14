"""Rekap: the sheets as they print, computed from what is SAH (UX.md, F6)."""

from __future__ import annotations

from pathlib import Path

import pytest
from tui.cells import attributes_of, cells_of, colours_of, matches_golden
from tui.driver import DeskDriver
from tui.kecamatan import PAPER, TPS, TPS_004, made
from tui.settled import TPS_003, in_the_middle

from pleno.domain.figures import PLANO
from pleno.service import reading
from pleno.service.session import Session
from pleno.tui.labels import desa_in
from pleno.tui.recap_lines import KONTROL, control_words, head_line, room_for
from pleno.tui.recap_view import RecapColumn, RecapSheet, control
from pleno.tui.screens.recap import RecapScreen

SIZES = [(80, 24), (100, 30), (160, 45)]
HILIR, HULU = TPS[0][:10], TPS_004[:10]


@pytest.fixture
def middle(bare: Path) -> Path:
    return in_the_middle(bare)


def rekap(desk: DeskDriver) -> RecapScreen:
    screen = desk.app.screen
    assert isinstance(screen, RecapScreen), f"on the screen is {screen}"
    return screen


def sheet(desk: DeskDriver) -> RecapSheet:
    view = rekap(desk).view
    assert view is not None
    return view


def column(desk: DeskDriver, title: str) -> RecapColumn:
    return next(one for one in sheet(desk).columns if one.title == title)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_cells(middle: Path, size: tuple[int, int]) -> None:
    async with DeskDriver(middle, size) as desk:
        await desk.press("f6")
        matches_golden(f"rekap-kecamatan-{size[0]}x{size[1]}", cells_of(desk.app))
        await desk.press("d", "d", "end", "up", "up")
        matches_golden(f"rekap-desa-{size[0]}x{size[1]}", cells_of(desk.app))
        assert all(len(line) <= size[0] for line in desk.lines)


async def test_cells_without_colour(middle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with DeskDriver(middle) as desk:
        await desk.press("f6", "d", "d", "end", "up", "up")
        matches_golden("rekap-desa-80x24-tanpa-warna", attributes_of(desk.app))
        assert colours_of(desk.app) == set()


async def test_only_what_is_sah_counts(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f6")
        assert "2 dari 5 TPS sah" in desk.text
        assert column(desk, "Aren Hilir").figures["suara.2"] == 137
        assert column(desk, "JUMLAH AKHIR").figures["suara.2"] == 274
        await desk.press("d", "d")
        assert column(desk, "TPS 004").figures == {}
        assert column(desk, "TPS 003").figures["suara.2"] == 137
        assert "1 dari 3 TPS sah" in desk.text


async def test_provisional_figures_are_apart_and_say_so(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f6", "t")
        assert "SEMENTARA" in desk.text
        assert column(desk, "JUMLAH AKHIR").figures["suara.2"] == 3 * 137
        assert sheet(desk).final["suara.2"] == 274
        await desk.press("t")
        assert "SEMENTARA" not in desk.text
        assert "KONSEP, 2 dari 5 TPS    V.A: sah 452, sementara 678" in desk.text


async def test_a_corrected_figure_has_a_star_and_its_number(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f6", "d", "d", "end", "up", "up")
        number = desk.pleno.file(TPS_003).pembetulan[0].seq
        assert f"*5 = TPS 003 V.B dibetulkan, tertulis 6 (#{number})" in desk.text
        assert any(line.startswith(">V.B") and "*5" in line for line in desk.lines)
        assert column(desk, "TPS 003").control == 0


async def test_figures_that_do_not_add_up_are_named(bare: Path) -> None:
    with Session.open(bare) as session:
        wrong = {**PAPER, "suara_sah": 236}
        reading.record_reading(session, session.roster[TPS_004], session.contest(None), PLANO, wrong, "op1")
    async with DeskDriver(bare) as desk:
        await desk.press("f6")
        assert "Belum ada TPS yang SAH" in desk.text
        await desk.press("t", "d", "d")
        assert column(desk, "TPS 004").broken == ("R20 10", "R22 10")
        assert control_words(sheet(desk)) == "KONTROL tidak 0: TPS 004 (R20 10, R22 10)"
        await desk.press("end")
        assert rekap(desk).grid.key == KONTROL
        assert "TPS 004 (R20 10, R22 10)" in desk.message


async def test_desa_after_desa_and_back(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f6", "k")
        assert "Ini sudah lembar kecamatan" in desk.message
        await desk.press("d")
        assert rekap(desk).desa == HILIR
        await desk.press("D")
        assert "Tidak ada desa sebelumnya" in desk.message
        await desk.press("d", "d")
        assert "Ini desa terakhir" in desk.message
        assert rekap(desk).desa == HULU
        await desk.press("D", "k")
        assert rekap(desk).desa == ""


async def test_pages_carry_their_sums_as_they_print(middle: Path) -> None:
    config = middle / "pleno.toml"
    config.write_text(config.read_text("utf-8").replace("kolom_per_halaman = 10", "kolom_per_halaman = 3"), "utf-8")
    async with DeskDriver(middle) as desk:
        await desk.press("f6", "d", "d", "t", "pageup")
        assert "Ini halaman pertama" in desk.message
        assert [one.title for one in sheet(desk).columns] == ["TPS 003", "TPS 004", "PINDAHAN"]
        carried = column(desk, "PINDAHAN").figures
        assert carried["suara.2"] == 274
        assert "halaman 1 dari 2" in desk.text
        await desk.press("pagedown")
        assert [one.title for one in sheet(desk).columns] == ["PINDAHAN", "TPS 901", "JUMLAH AKHIR"]
        assert column(desk, "PINDAHAN").figures == carried
        assert column(desk, "JUMLAH AKHIR").figures == sheet(desk).all_read
        await desk.press("pagedown")
        assert "Ini halaman terakhir dari 2" in desk.message
        await desk.press("k")
        assert "halaman 1 dari 1" in desk.text


async def test_nothing_can_be_typed_here(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f6")
        before = desk.text
        await desk.press(*"123", "Enter", "x", "=")
        assert desk.text == before


async def test_the_keys_are_explained(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f6")
        assert desk.lines[-1].startswith("F1 Bantuan  d desa  k kecamatan  PgDn halaman  t sementara")
        await desk.press("?")
        assert "Lembar desa berikut; kolomnya TPS." in desk.text


@pytest.mark.parametrize("name", ["[/x]", "[@click=app.quit]x[/]", "人人人 - ñ"])
async def test_names_from_outside_are_text(tmp_path: Path, name: str) -> None:
    folder = in_the_middle(made(tmp_path, names={2: name}, desa={HULU: f"HULU {name}"}))
    async with DeskDriver(folder, (160, 45)) as desk:
        await desk.press("f6", "end", "up", "up", "up", "up", "up")
        assert f"02 {name}" in desk.text
        await desk.press("d", "d")
        assert f"DESA HULU {name.upper()}" in desk.text


def test_kontrol_is_silent_while_a_figure_is_missing(middle: Path) -> None:
    with Session.open(middle) as session:
        contest = session.contest(None)
    assert control(contest, {}) == {}
    assert control(contest, {"suara_total": 231, "suara_sah": 226}) == {}
    assert control(contest, {"suara_total": 231, "suara_sah": 226, "suara_tidak_sah": 4}) == {"R22": 1}
    assert set(control(contest, PAPER).values()) == {0}


@pytest.mark.parametrize(
    ("name", "cells", "shown"),
    [
        ("Pulau Kelapa", 14, "Pulau Kelapa"),
        ("Pulau Kelapa", 10, "P. Kelapa"),
        ("Pulau Kelapa", 8, "P.Kelapa"),
        ("Pulau Kelapa", 6, "Pulau Kelapa"),
        ("Sukamakmur", 7, "Sukamakmur"),
        ("", 7, ""),
    ],
)
def test_a_long_desa_keeps_the_word_that_tells_it_apart(name: str, cells: int, shown: str) -> None:
    assert desa_in(name, cells) == shown


def test_columns_are_as_wide_as_the_terminal_allows(middle: Path) -> None:
    with Session.open(middle) as session:
        contest = session.contest(None)
    columns = tuple(RecapColumn(f"TPS {n:03}", f"{n:03}", "v SAH", {}, None, (), {}) for n in range(1, 10))
    whole = RecapSheet(contest, "AREN HULU", False, 9, 9, 9, 9, 0, 1, columns, {}, {}, None)
    assert [room_for(whole, cells).value for cells in (160, 100, 80, 72)] == [8, 7, 4, 4]
    assert head_line(whole, "", 72).endswith("halaman 1 dari 1")
    assert head_line(whole, "", 60).endswith("panah kanan")
