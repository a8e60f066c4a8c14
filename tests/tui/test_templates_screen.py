"""Templat Excel: workbooks of the office recognised, tried, filled; what refuses, and what is left after Esc."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from exporters.office_template import office_template
from tui.cells import attributes_of, cells_of, colours_of, matches_golden
from tui.driver import DeskDriver
from tui.kecamatan import CONTEST, PAPER, TPS, Ticking
from tui.settled import in_the_middle
from tui.test_closing_screen import complete, finished

from pleno.domain.figures import PLANO
from pleno.importers import workbook_title
from pleno.importers.regions import Region
from pleno.service import reading, sealing, templates
from pleno.service.export import OUTGOING
from pleno.service.intake import TEMPLATES
from pleno.service.session import Session
from pleno.tui.screens.closing import ClosingScreen
from pleno.tui.screens.template_pages import MapScreen, TrialScreen
from pleno.tui.screens.templates import TemplatesScreen
from pleno.tui.screens.working import Working

__all__ = ["complete"]

DESA = {"AREN HILIR": (1, 2), "AREN HULU": (3, 4, 901)}
NAME = "REKAP KANTOR.xlsx"


def workbook(folder: Path, kecamatan: str = "SUNGAI AREN") -> bytes:
    """An office's own workbook for this contest."""
    with Session.open(folder, Ticking(folder).clock()) as session:
        return office_template(session.contest(CONTEST), DESA, kecamatan)


def shelved(folder: Path, **workbooks: bytes) -> Path:
    """The workspace with these workbooks in templates_xlsx."""
    shelf = folder / TEMPLATES
    shelf.mkdir(exist_ok=True)
    for name, data in workbooks.items():
        (shelf / f"{name}.xlsx").write_bytes(data)
    return folder


@pytest.fixture(autouse=True)
def _region(monkeypatch: pytest.MonkeyPatch) -> None:
    """The invented kecamatan of these tests is in no table of the KPU."""
    names = Region("990101", "PROVINSI CONTOH", "KAB. CONTOH", "SUNGAI AREN")
    monkeypatch.setattr(workbook_title, "region_names", lambda _code: names)


@pytest.fixture
def office(bare: Path) -> Path:
    """A kecamatan in the middle of its day with three workbooks: one good, one of elsewhere, one that is none."""
    in_the_middle(bare)
    elsewhere = workbook(bare, "BALIKPAPAN BARAT")
    return shelved(bare, **{"REKAP KANTOR": workbook(bare), "kecamatan lain": elsewhere, "rusak": b"PK\x03\x04 x"})


async def opened(desk: DeskDriver) -> TemplatesScreen:
    await desk.press("f7", "x")
    await finished(desk)
    screen = desk.app.screen
    assert isinstance(screen, TemplatesScreen), f"on the screen is {screen}: {desk.message}"
    return screen


def outgoing(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / OUTGOING).iterdir()) if (folder / OUTGOING).exists() else []


async def test_the_list_says_which_are_recognised_and_why_not(office: Path) -> None:
    async with DeskDriver(office) as desk:
        screen = await opened(desk)
        assert [[cell.text for cell in row.cells] for row in screen.grid.rows] == [
            ["v", NAME, "-", "3 lembar, 280 sel"],
            ["!", "kecamatan lain.xlsx", "-", "tidak dikenali"],
            ["!", "rusak.xlsx", "-", "tidak dikenali"],
        ]
        assert "3 buku kerja, 1 dikenali" in cells_of(desk.app)
        await desk.press("down")
        assert "BALIKPAPAN BARAT" in cells_of(desk.app)
        await desk.press("i")
        assert "tidak dikenali; k mengusulkan petanya" in desk.message
        await desk.press("down", "k")
        await finished(desk)
        assert isinstance(desk.app.screen, TemplatesScreen)
        assert "rusak.xlsx" in desk.message


async def test_a_map_is_shown_in_words_and_written_only_by_its_letter(office: Path) -> None:
    written = office / TEMPLATES / "REKAP_KANTOR.toml"
    async with DeskDriver(office) as desk:
        await opened(desk)
        await desk.press("k")
        await finished(desk)
        assert isinstance(desk.app.screen, MapScreen)
        shown = cells_of(desk.app)
        assert "AREN HULU: 3 kolom TPS, 28 baris formulir" in shown
        await desk.press("Enter", "Esc")
        assert not written.exists(), "Enter is not the letter"
        await desk.press("k")
        await finished(desk)
        await desk.press("t")
        await finished(desk)
        assert "Peta ditulis: templates_xlsx/REKAP_KANTOR.toml" in desk.message
        assert written.read_text("utf-8").count("[[lembar]]") == 2, "one pattern for both desa"
        assert "REKAP_KANTOR.toml" in cells_of(desk.app)
        await desk.press("k")
        assert "sudah ada" in desk.message


async def test_a_trial_shows_what_was_found_then_each_cell(office: Path) -> None:
    async with DeskDriver(office) as desk:
        await opened(desk)
        await desk.press("u")
        await finished(desk)
        assert isinstance(desk.app.screen, TrialScreen)
        grid = desk.app.screen.grid
        seen: list[str] = []
        for _ in range(3):
            seen.append(cells_of(desk.app).splitlines()[3])
            await desk.press("]")
        assert [line.partition("   ")[0] for line in seen] == [
            "lembar AREN HILIR, 1 dari 3", "lembar AREN HULU, 2 dari 3", "lembar D.HASIL, 3 dari 3",
        ]  # fmt: skip
        await desk.press("[", "[")
        cells = {row.key: [cell.text for cell in row.cells] for row in grid.rows}
        # TPS 001 was read: 82 for the first pair; its J is a formula of the office.
        votes = next(at for at, (_, row, *_rest) in cells.items() if row == "IV.01")
        assert cells[votes][1:] == ["IV.01", "TPS 001 AREN HILIR", "", "82"]
        await desk.press("end")
        assert desk.message.startswith("lembar AREN HILIR ")
        assert outgoing(office) == []


async def test_a_trial_tells_first_what_would_stop_the_filling(office: Path) -> None:
    with Session.open(office, Ticking(office).clock()) as session:
        missing = office_template(session.contest(CONTEST), {**DESA, "AREN HILIR": (1,)}, "SUNGAI AREN")
        contest, tps = session.contest(None), session.roster[TPS[4]]
        reading.record_reading(session, tps, contest, PLANO, {**PAPER, "pengguna_dpt_j": 228}, "op1")
    shelved(office, **{"REKAP KANTOR": missing})
    async with DeskDriver(office) as desk:
        await opened(desk)
        await desk.press("Enter")
        await finished(desk)
        shown = cells_of(desk.app)
        assert "TEMUAN, 1 dari 4" in shown
        assert "PENGISIAN AKAN DIHENTIKAN" in shown
        rows = [[cell.text for cell in row.cells] for row in desk.app.screen.grid.rows]
        assert rows[0] == ["halangan", "lembar AREN HILIR", "tidak mempunyai kolom untuk TPS 002."]
        (formula,) = [row for row in rows if row[1].startswith("AREN HULU!G")]
        assert formula[2].startswith("rumus memberi 227, angka pleno 228")
        await desk.press("Esc", "i", "k")
        await finished(desk)
        assert "Pengisian dihentikan" in desk.message
        assert outgoing(office) == []


async def test_a_filled_workbook_lies_in_ekspor_and_the_original_is_as_it_was(office: Path) -> None:
    before = (office / TEMPLATES / NAME).read_bytes()
    async with DeskDriver(office) as desk:
        await opened(desk)
        await desk.press("i")
        assert "Final belum dapat" in cells_of(desk.app)
        await desk.press("f", "Enter")
        assert outgoing(office) == [], "f is not offered, Enter never says yes"
        await desk.press("i", "k")
        await finished(desk)
        (made,) = outgoing(office)
        assert made.startswith("REKAP_KANTOR-KONSEP-")
        assert f"(KONSEP): data/ekspor/{made}" in desk.message.replace("\n", " ")
        await desk.press("i", "k")
        await finished(desk)
        assert "sudah ada" in desk.message
        assert outgoing(office) == [made]
    assert (office / TEMPLATES / NAME).read_bytes() == before


async def test_final_figures_are_offered_once_nothing_is_missing(complete: Path) -> None:
    shelved(complete, REKAP=workbook(complete))
    with Session.open(complete, Ticking(complete).clock()) as session:
        sealing.seal(session, "7391", "op1")
    async with DeskDriver(complete) as desk:
        await opened(desk)
        await desk.press("i", "f")
        await finished(desk)
        (made,) = outgoing(complete)
        assert made.startswith("REKAP-0"), "no mark"
        assert "(DITETAPKAN)" in desk.message


async def test_esc_leaves_nothing_half(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told, go_on = threading.Event(), threading.Event()
    real = templates.fill

    def slow(*args: object) -> object:
        made = real(*args)  # type: ignore[arg-type]  # handed on as it came
        told.set()
        go_on.wait(20)
        return made

    monkeypatch.setattr(templates, "fill", slow)
    async with DeskDriver(office) as desk:
        await opened(desk)
        await desk.press("i", "k")
        assert told.wait(20)
        assert isinstance(desk.app.screen, Working)
        await desk.press("Esc")
        go_on.set()
        await finished(desk)
        assert "Dibatalkan: tidak ada yang ditulis." in desk.message
        assert outgoing(office) == []


async def test_reading_the_folder_counts_and_can_be_stopped(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told, go_on = threading.Event(), threading.Event()
    real = templates.read_template

    def slow(*args: object) -> object:
        told.set()
        go_on.wait(20)
        return real(*args)  # type: ignore[arg-type]  # same

    monkeypatch.setattr(templates, "read_template", slow)
    async with DeskDriver(office) as desk:
        await desk.press("f7", "x")
        assert told.wait(20)
        await desk.settle()
        assert "membaca: buku kerja 0 dari 3" in cells_of(desk.app)
        await desk.press("Esc")
        go_on.set()
        await finished(desk)
        assert isinstance(desk.app.screen, ClosingScreen)
        assert "Dibatalkan" in desk.message


async def test_an_empty_folder_says_what_to_do_and_b_makes_the_isian(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await opened(desk)
        shown = cells_of(desk.app)
        assert "templates_xlsx masih kosong" in shown
        assert "o membuka foldernya" in shown
        await desk.press("u", "i", "k")
        assert "Tidak ada buku kerja di baris ini" in desk.message
        await desk.press("b")
        await finished(desk)
        assert "Isian ditulis: templates_xlsx/isian-pilkada2024-bupati-990101.xlsx" in desk.message
        assert [cell.text for cell in desk.app.screen.grid.rows[0].cells][:2] == [
            "v", "isian-pilkada2024-bupati-990101.xlsx",
        ]  # fmt: skip
        await desk.press("b")
        await finished(desk)
        assert "mungkin sudah diisi" in desk.message


async def test_a_map_with_a_fault_is_named_and_nothing_opens(office: Path) -> None:
    (office / TEMPLATES / "peta.toml").write_text('berkas = "a.xlsx"\nlembr = 1\n', "utf-8")
    async with DeskDriver(office) as desk:
        await desk.press("f7", "x")
        await finished(desk)
        assert isinstance(desk.app.screen, ClosingScreen)
        assert "peta.toml baris 2" in desk.message.replace("\n", " ")


async def test_a_workbook_that_vanished_or_a_folder_in_the_way_is_told(office: Path) -> None:
    (office / OUTGOING).write_text("bukan folder")
    async with DeskDriver(office) as desk:
        await opened(desk)
        await desk.press("i", "k")
        await finished(desk)
        assert "Berkas tidak ditulis" in desk.message
        (office / TEMPLATES / NAME).unlink()
        for keys in ("u",), ("i", "k"), ("k",):
            await desk.press(*keys)
            await finished(desk)
            assert isinstance(desk.app.screen, TemplatesScreen)
            assert NAME in desk.message


HOSTILE = "[@click=app.quit]x[@] \x1b]0;y\x07\u202e"


async def test_a_hostile_name_is_text_and_our_files_have_plain_names(bare: Path) -> None:
    in_the_middle(bare)
    shelved(bare, **{HOSTILE: workbook(bare)})
    async with DeskDriver(bare) as desk:
        await opened(desk)
        assert "[@click=app.quit]x[@]" in cells_of(desk.app)
        for keys in ("u", "Esc"), ("k", "t"), ("i", "k"):
            await desk.press(keys[0])
            await finished(desk)
            await desk.press(keys[1])
            await finished(desk)
        assert "Templat terisi" in desk.message
    made = [*outgoing(bare), *(path.name for path in (bare / TEMPLATES).glob("*.toml"))]
    assert len(made) == 2
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") for name in made)


async def test_the_folder_is_shown_where_there_is_something_to_show_it(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "dibuka"
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "xdg-open").write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$1" >> "{seen}.sementara"\nmv "{seen}.sementara" "{seen}"\n'
    )
    (programs / "xdg-open").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    monkeypatch.setenv("DISPLAY", ":0")
    async with DeskDriver(office) as desk:
        await opened(desk)
        await desk.press("o")
        assert "Folder dibuka" in desk.message
        for _ in range(500):  # the shell that opens it runs beside us
            if seen.exists():
                break
            await desk.settle()
        assert seen.read_text() == f"{office / TEMPLATES}\n"
        monkeypatch.setenv("PATH", str(tmp_path))
        await desk.press("O")
        told = desk.message.replace("\n", " ")
        assert "tidak mempunyai pengelola berkas" in told
        assert "Buka sendiri:" in told


async def test_everything_is_in_the_palette(office: Path) -> None:
    async with DeskDriver(office) as desk:
        await desk.press("f7")
        assert "closing.templates" in {one.id for one in desk.app.screen.keymap.commands if one.palette}  # type: ignore[attr-defined]
        screen = await opened(desk)
        own = {one.id for one in screen.keymap.commands if one.palette and one.id.startswith("templates.")}
        assert own == {
            f"templates.{one}" for one in ("recognise", "try", "fill", "isian", "folder", "results", "again")
        }


# --- as people see it ----------------------------------------------------------------------

SIZES = [(80, 24), (100, 30), (160, 45)]


async def through(desk: DeskDriver, see: Callable[[str], None]) -> None:
    """The list at a workbook of elsewhere, the trial of the good one, its proposed map."""
    await opened(desk)
    await desk.press("down")
    see("templat")
    await desk.press("up", "u")
    await finished(desk)
    see("uji-templat")
    await desk.press("Esc", "k")
    await finished(desk)
    see("peta-templat")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_cells(office: Path, size: tuple[int, int]) -> None:
    async with DeskDriver(office, size) as desk:

        def see(name: str) -> None:
            matches_golden(f"{name}-{size[0]}x{size[1]}", cells_of(desk.app))
            assert all(len(line) <= size[0] for line in cells_of(desk.app).splitlines())

        await through(desk, see)


async def test_without_colour(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with DeskDriver(office) as desk:
        await through(desk, lambda name: matches_golden(f"{name}-80x24-tanpa-warna", attributes_of(desk.app)))
        assert colours_of(desk.app) == set()
