"""Banding: every difference, its filter, its order, and what can be done with a line (UX.md, F4)."""

from __future__ import annotations

from pathlib import Path

import pytest
from tui.cells import attributes_of, cells_of, colours_of, matches_golden
from tui.driver import DeskDriver
from tui.kecamatan import CONTEST, PAPER, TPS, TPS_004, made
from tui.settled import in_the_middle

from pleno.domain.figures import PLANO, SIREKAP
from pleno.service import reading, settling
from pleno.service.session import Session
from pleno.service.setup import create_workspace
from pleno.tui.differences_view import Order, agreement, figures_words
from pleno.tui.screens.correction import CorrectionDialog
from pleno.tui.screens.desk import DeskScreen
from pleno.tui.screens.differences import DifferencesScreen

SIZES = [(80, 24), (100, 30), (160, 45)]


@pytest.fixture
def middle(bare: Path) -> Path:
    return in_the_middle(bare)


def banding(desk: DeskDriver) -> DifferencesScreen:
    screen = desk.app.screen
    assert isinstance(screen, DifferencesScreen), f"on the screen is {screen}"
    return screen


def codes(desk: DeskDriver) -> list[str]:
    return [line.row.code for line in banding(desk).lines]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_cells(middle: Path, size: tuple[int, int]) -> None:
    async with DeskDriver(middle, size) as desk:
        await desk.press("f4")
        matches_golden(f"banding-{size[0]}x{size[1]}", cells_of(desk.app))
        assert all(len(line) <= size[0] for line in desk.lines)


async def test_cells_without_colour(middle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with DeskDriver(middle) as desk:
        await desk.press("f4")
        matches_golden("banding-80x24-tanpa-warna", attributes_of(desk.app))
        assert colours_of(desk.app) == set()


async def test_every_source_is_told_and_since_when(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f4")
        line = banding(desk).line
        assert line is not None
        assert figures_words(line) == "plano 137 | Sirekap 173 | S02 147"
        assert agreement(line) == "plano; Sirekap dan S02 masing-masing berbeda"
        entry = next(e for e in desk.entries() if e.source == SIREKAP)
        assert f"Sejak #{entry.seq} {entry.stamp.at[11:16]}" in desk.text
        assert "2 sumber beda" in desk.text


async def test_enter_opens_the_row_and_the_place_is_kept(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f4", "down", "Enter")
        assert (desk.desk.tps, desk.row) == (TPS_004, "V.B")
        await desk.press("f4")
        assert banding(desk).line.row.code == "V.B"


async def test_o_sorts_and_keeps_the_row_under_the_cursor(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f4", "down")
        assert codes(desk) == ["IV.02", "V.B"]
        await desk.press("o")
        assert banding(desk).order is Order.READING
        await desk.press("o")
        assert banding(desk).order is Order.KIND
        assert banding(desk).line.row.code == "V.B"
        await desk.press("o")
        assert banding(desk).order is Order.SIZE


async def test_n_goes_to_the_next_open_one_and_stops_at_the_end(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f4", "n")
        assert banding(desk).line.row.code == "V.B"
        await desk.press("n")
        assert "Tidak ada selisih terbuka" in desk.message
        await desk.press("N")
        assert banding(desk).line.row.code == "IV.02"


async def test_n_leads_to_the_meja_from_any_screen(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        for screen, key, row in (("f2", "n", "IV.02"), ("f6", "n", "V.B"), ("f8", "N", "IV.02")):
            await desk.press(screen, key)
            assert isinstance(desk.app.screen, DeskScreen)
            assert (desk.desk.tps, desk.row) == (TPS_004, row)
        await desk.press("f2", "N")
        assert "Tidak ada selisih terbuka" in desk.message


async def test_n_backwards_before_the_meja_was_seen(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f8", "N")
        assert (desk.desk.tps, desk.row) == (TPS_004, "V.B")


async def test_a_correction_from_the_list_settles_both_rows(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f4", "down", "b")
        assert isinstance(desk.app.screen, CorrectionDialog)
        await desk.press("1", "1", "Enter", "1", "Enter")
        assert "2 pembetulan disetujui" in desk.message
        assert codes(desk) == ["IV.02"]  # S02 still differs there
        await desk.press("f", "s")
        assert codes(desk) == ["IV.02", "V.B"]
        assert banding(desk).sieve.words == "semua"
        await desk.press("end")
        assert "* DIBETULKAN" in desk.text
        assert "pembetulan #" in desk.text


async def test_what_is_refused_says_why(bare: Path) -> None:
    with Session.open(bare) as session:
        contest, tps = session.contest(None), session.roster[TPS_004]
        reading.record_reading(session, tps, contest, SIREKAP, {"suara.2": 173}, "op1")
        reading.record_reading(session, tps, contest, "salinan:2", {"suara.2": 147}, "op1")
    async with DeskDriver(bare) as desk:
        await desk.press("f4")
        assert "plano belum ada" in desk.text
        await desk.press("b")
        assert "IV.02 belum dibaca dari plano" in desk.message
        await desk.press("f", "d")
        await desk.write("hilir")
        await desk.press("Enter")
        assert codes(desk) == []
        for key in ("b", "Enter", "n"):
            await desk.press(key)
            assert "Tidak ada selisih di daftar ini" in desk.message


async def test_a_settled_tps_is_not_corrected_from_here(bare: Path) -> None:
    with Session.open(bare) as session:
        contest, tps = session.contest(None), session.roster[TPS[0]]
        reading.record_reading(session, tps, contest, PLANO, PAPER, "op1")
        reading.record_reading(session, tps, contest, "salinan:2", {"suara.2": 147}, "op1")
        from pleno.service.correction import answer_saksi

        answer_saksi(session, tps, contest, "salinan:2", [contest.find("IV.02")], "salinan keliru disalin", "op1")
        settling.settle(session, [tps], contest, "op1")
    async with DeskDriver(bare) as desk:
        await desk.press("f4", "f", "s", "b")
        assert "sudah SAH" in desk.message


async def test_the_desa_of_the_filter_must_be_clear(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f4", "f", "d")
        await desk.write("aren")
        await desk.press("Enter")
        assert "cocok dengan 2 desa" in desk.message
        await desk.press("f", "d")
        await desk.write("hulu")
        await desk.press("Enter")
        assert banding(desk).sieve.words == "terbuka, Aren Hulu"
        assert codes(desk) == ["IV.02", "V.B"]
        await desk.press("f", "Esc")
        assert banding(desk).sieve.desa


async def test_another_contest_is_shown_on_every_screen(tmp_path: Path) -> None:
    other = "pilkada2024-gubernur"
    (tmp_path / "tps.csv").write_text("kode_tps;desa;nomor\n" + "3101011001001;;1\n3101011002001;;1\n")
    choices = [f"{contest},{n},PASLON {n}," for contest in (CONTEST, other) for n in (1, 2)]
    (tmp_path / "pilihan.csv").write_text("\n".join(["kontes,nomor,nama,id_sirekap", *choices]) + "\n")
    folder = create_workspace(
        tmp_path / "dua", [CONTEST, other], "310101", tmp_path / "tps.csv", tmp_path / "pilihan.csv"
    )
    async with DeskDriver(folder) as desk:
        await desk.press("f3", "f4", "f")
        assert "k = GUBERNUR 2024" in desk.text
        await desk.press("k")
        assert desk.pleno.contest.id == other
        assert "GUBERNUR" in desk.lines[0]
        await desk.press("f3")
        assert desk.desk.view.file.contest.id == other
        await desk.press("f6", "d", "f4", "f", "k", "f6", "f3")
        assert desk.desk.view.file.contest.id == CONTEST


async def test_every_key_of_the_line_is_explained(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f4")
        assert desk.lines[-1].startswith("F1 Bantuan  Enter buka  b betulkan  n berikut  f saring")
        await desk.press("?")
        assert "Saring: yang terbuka saja" in desk.text


@pytest.mark.parametrize("name", ["[/x]", "[@click=app.quit]x[/]", "Budi [/b] S.Pd", "人人人 - ñ"])
async def test_names_from_outside_are_text(tmp_path: Path, name: str) -> None:
    folder = in_the_middle(made(tmp_path, names={2: name}, desa={TPS_004[:10]: f"HULU {name}"}))
    async with DeskDriver(folder, (160, 45)) as desk:
        await desk.press("f4")
        assert name in desk.text
        await desk.press("f4", "b")
        assert isinstance(desk.app.screen, CorrectionDialog)
