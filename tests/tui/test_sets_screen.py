"""Working sheets, the PDFs of a set, and the list of its files, from Segel & ekspor (UX.md, F7)."""

from __future__ import annotations

import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from tui.cells import attributes_of, cells_of, matches_golden
from tui.driver import DeskDriver
from tui.kecamatan import TPS, Ticking
from tui.test_closing_screen import SIZES, finished, middle

from pleno.domain.state import Sheet
from pleno.service import export, settling
from pleno.service.session import Session
from pleno.tui.screens.ask import Ask
from pleno.tui.screens.home import HomeScreen
from pleno.tui.screens.set_files import SetFilesScreen

__all__ = ["middle"]


@pytest.fixture
def written(middle: Path) -> Path:
    """One KONSEP of the kecamatan in the middle of its day."""
    with Session.open(middle, Ticking(middle).clock()) as session:
        export.export(session, session.contest(None), True, "op1")
    return middle


def outgoing(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / export.OUTGOING).iterdir())


@pytest.mark.parametrize(("key", "kind"), [("1", "selisih"), ("2", "sirekap"), ("3", "pembetulan")])
async def test_a_working_sheet_is_printed_and_its_files_are_named(middle: Path, key: str, kind: str) -> None:
    async with DeskDriver(middle) as desk:
        head = desk.pleno.session.store.head()
        await desk.press("f7", "l")
        assert isinstance(desk.app.screen, Ask)
        await desk.press(key)
        await finished(desk)
        name = f"{kind}-pilkada2024-bupati-990101-{head.seq:05}"
        assert outgoing(middle) == [f"{name}.csv", f"{name}.pdf"]
        assert desk.message.replace("\n", " ").startswith(f"Lembar {kind}: data/ekspor: {name}.pdf dan {name}.csv")
        assert desk.pleno.session.store.head() == head, "nothing is remembered"


async def test_no_sheet_is_printed_unless_one_is_chosen(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f7", "l", "Enter")
        assert not (middle / export.OUTGOING).exists()


async def test_a_folder_that_refuses_a_sheet_is_told(middle: Path) -> None:
    (middle / export.OUTGOING).write_text("no folder")
    async with DeskDriver(middle) as desk:
        await desk.press("f7", "l")
        await desk.press("1")
        await finished(desk)
        assert "Lembar tidak ditulis" in desk.message


async def test_an_export_names_what_is_to_be_printed(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f7", "e")
        await finished(desk)
        (sheet,) = desk.pleno.session.state.all(Sheet)
        told = desk.message.replace("\n", " ")
        assert "; cetak " in told
        printed = [path.name for path in (middle / export.OUTGOING / sheet.folder).glob("*.pdf")]
        assert any(name in told for name in printed)


async def test_enter_on_a_set_lists_its_files(written: Path) -> None:
    async with DeskDriver(written) as desk:
        await desk.press("f7", "end", "Enter")
        assert isinstance(desk.app.screen, SetFilesScreen)
        lying = [path for path in (written / export.OUTGOING).rglob("*") if path.is_file()]
        assert f"{len(lying)} berkas." in desk.message
        assert [row.cells[1].text for row in desk.app.screen.grid.rows if row.cells[0].text] == sorted(
            path.name for path in lying if path.suffix == ".pdf"
        )
        await desk.press("Esc", "v")
        assert isinstance(desk.app.screen, SetFilesScreen), "v is the same"


async def test_a_set_that_no_longer_counts_says_so(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.driver.Ticking", lambda folder: Ticking(folder, timedelta()))
    with Session.open(written, Ticking(written, timedelta()).clock()) as session:
        settling.reopen(session, session.roster[TPS[0]], session.contest(None), "saksi minta dibacakan ulang", "ppk1")
    shutil.rmtree(written / export.OUTGOING)
    async with DeskDriver(written) as desk:
        await desk.press("f7")
        assert "BATAL perlu cetak ulang" in cells_of(desk.app)
        await desk.press("end", "Enter")
        shown = cells_of(desk.app)
        assert "Perlu cetak ulang" in shown
        assert "tidak ada lagi di ruang kerja" in shown


async def test_every_line_of_the_list_says_where_it_is_solved(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.press("f7", "Enter")
        assert isinstance(desk.app.screen, HomeScreen), "the meeting is opened and closed on Beranda"
        await desk.press("f7")
        for words, key in (("perubahan sesudah segel", "s"), ("salinan cadangan diuji", "c")):
            desk.app.screen.grid.go_to(words)  # type: ignore[attr-defined]
            await desk.press("Enter")
            assert f"tekan {key}" in desk.message, words
        await desk.press("f1")
        assert "(Belum dapat: rapat dibuka)" not in cells_of(desk.app)


def steady(text: str) -> str:
    """Sizes of files that hold hashes of one run differ by a few bytes: they are not looked at."""
    return re.sub(r" +[0-9.]+$", " #", text, flags=re.MULTILINE)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_cells(written: Path, size: tuple[int, int]) -> None:
    async with DeskDriver(written, size) as desk:
        await desk.press("f7", "end", "Enter")
        shown = steady(cells_of(desk.app))
        matches_golden(f"berkas-set-{size[0]}x{size[1]}", shown)


async def test_without_colour(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with DeskDriver(written) as desk:
        await desk.press("f7", "end", "Enter")
        shown = steady(attributes_of(desk.app))
        matches_golden("berkas-set-80x24-tanpa-warna", shown)


async def test_a_set_that_is_batal_is_printed_again_from_its_line(written: Path) -> None:
    async with DeskDriver(written) as desk:
        await desk.press("f7", "end", "l")
        assert "BATAL di setiap halaman" not in cells_of(desk.app), "only on the line of such a set"
        await desk.press("Esc", "e")
        await finished(desk)
        await desk.press("end", "l")
        assert "4 = set 01, BATAL di setiap halaman" in cells_of(desk.app)
        await desk.press("4")
        await finished(desk)
        assert "Lembar BATAL set 01: data/ekspor/BATAL-" in desk.message
        assert list((written / export.OUTGOING).glob("BATAL-*.pdf"))
