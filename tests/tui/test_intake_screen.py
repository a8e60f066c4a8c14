"""Impor: a preview of everything, nothing written before `t` (UX.md, Impor)."""

from __future__ import annotations

from pathlib import Path

import pytest
from tui.cells import attributes_of, cells_of, colours_of, matches_golden
from tui.driver import DeskDriver
from tui.kecamatan import PAPER, TPS

from pleno.domain.entry import Kind
from pleno.domain.figures import PLANO, SIREKAP
from pleno.tui.screens.home import HomeScreen
from pleno.tui.screens.intake import AskFile, IntakeScreen

VOTES = ("suara.1", "suara.2", "suara.3", "suara_sah", "suara_tidak_sah", "suara_total")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Three TPS that are right, one with a letter in a figure, one of another list."""
    lines = ["kode_tps," + ",".join(VOTES)]
    for code in (*TPS[:4], "9901011009999"):
        lines.append(",".join([code, *(str(PAPER[row]) for row in VOTES)]))
    lines[3] = lines[3].replace(",82,", ",8O,")
    path = tmp_path / "rekap-aren.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


async def previewed(desk: DeskDriver, path: Path, source: str) -> IntakeScreen:
    desk.app.keep_text("import", str(path))
    await desk.press("i", "Enter", source)
    await desk.app.workers.wait_for_complete()
    await desk.settle()
    screen = desk.app.screen
    assert isinstance(screen, IntakeScreen), f"on the screen is {screen}"
    return screen


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 45)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_everything_is_shown_with_its_place(bare: Path, file: Path, size: tuple[int, int]) -> None:
    async with DeskDriver(bare, size) as desk:
        screen = await previewed(desk, file, "1")
        assert (screen.view.taken, screen.view.refused) == (3, 2)
        matches_golden(f"impor-{size[0]}x{size[1]}", cells_of(desk.app))


async def test_without_colour_a_refusal_is_still_told(bare: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with DeskDriver(bare) as desk:
        await previewed(desk, file, "1")
        matches_golden("impor-80x24-tanpa-warna", attributes_of(desk.app))
        assert colours_of(desk.app) == set()


async def test_nothing_is_written_before_t(bare: Path, file: Path) -> None:
    async with DeskDriver(bare) as desk:
        before = desk.pleno.session.store.head()
        await previewed(desk, file, "1")
        await desk.press("Enter", "down", "Esc")
        assert isinstance(desk.app.screen, HomeScreen)
        assert desk.pleno.session.store.head() == before
        assert not (bare / "data" / "masuk").exists()


async def test_t_takes_what_was_shown_even_where_the_file_changed_since(bare: Path, file: Path) -> None:
    async with DeskDriver(bare) as desk:
        await previewed(desk, file, "1")
        file.write_text("kode_tps\n")
        await desk.press("t")
        assert "Diterima: 3 TPS, 18 angka" in desk.message
        (entry,) = desk.entries(lambda entry: entry.kind is Kind.FILE_IMPORTED)  # type: ignore[attr-defined]
        assert {change.row for change in entry.changes} == set(VOTES)  # type: ignore[attr-defined]
        assert desk.pleno.file(TPS[0]).figure(SIREKAP, "suara.2") == 137
        await desk.press("t")
        assert "Sudah diterima" in desk.message
        assert len(desk.entries(lambda entry: entry.kind is Kind.FILE_IMPORTED)) == 1  # type: ignore[attr-defined]


async def test_figures_of_a_plano_file_wait_to_be_read(bare: Path, file: Path) -> None:
    async with DeskDriver(bare) as desk:
        await previewed(desk, file, "2")
        await desk.press("t")
        tps = desk.pleno.file(TPS[0])
        assert (tps.figure(PLANO, "suara.2"), tps.ditetapkan.get("suara.2")) == (137, None)


async def test_a_file_that_is_refused_whole_is_told_and_cannot_be_taken(bare: Path, tmp_path: Path) -> None:
    path = tmp_path / "rusak.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing of a workbook")
    async with DeskDriver(bare) as desk:
        screen = await previewed(desk, path, "1")
        assert (screen.view.taken, screen.view.refused) == (0, 1)
        await desk.press("t")
        assert "Tidak ada TPS yang dapat diterima" in desk.message


async def test_a_path_that_is_not_there_is_told_and_kept(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.press("i", *"tidak-ada.csv", "Enter")
        assert isinstance(desk.app.screen, AskFile)
        assert "Tidak ada berkas atau folder di situ" in cells_of(desk.app)
        await (await desk.press("Esc")).press("i")
        assert "tidak-ada.csv" in cells_of(desk.app)


async def test_a_hostile_file_name_is_shown_as_text(bare: Path, tmp_path: Path, file: Path) -> None:
    folder = tmp_path / "stik"
    folder.mkdir()
    file.rename(folder / "[@click=app.quit]x[b] \x1b[2J.csv")
    async with DeskDriver(bare) as desk:
        await previewed(desk, folder, "1")
        shown = cells_of(desk.app)
        assert "[@click=app.quit]x[b]" in shown
        assert "\x1b" not in shown
