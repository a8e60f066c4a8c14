"""What stopped or confused somebody who had never seen the screens: each finding of the trial, mended."""

from __future__ import annotations

from pathlib import Path

import pytest
from tui.driver import DeskDriver
from tui.kecamatan import PAPER, TPS_004, Ticking, example_tps

from pleno.domain.diagnose import Diagnosis, Label
from pleno.domain.figures import SIREKAP
from pleno.service import intake
from pleno.service.session import Session
from pleno.tui.labels import difference_words
from pleno.tui.screens.desk import DeskScreen
from pleno.tui.text import listed


@pytest.fixture
def waiting(bare: Path, tmp_path: Path) -> Path:
    """Of TPS 004 a plano file says 82 and 137, Sirekap 82 and 173; nobody has read it aloud."""
    example_tps(bare, SIREKAP, **{"suara.2": 173})
    (tmp_path / "p.csv").write_text(f"kode_tps,suara.1,suara.2\n{TPS_004},82,137\n", "utf-8")
    with Session.open(bare, Ticking(bare).clock()) as session:
        intake.take(session, [tmp_path / "p.csv"], "plano", "op1")
    return bare


async def test_a_waiting_row_that_differs_from_sirekap_says_so_before_it_is_read(waiting: Path) -> None:
    async with DeskDriver(waiting) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press(".", "2", "Enter")
        same, other = (next(line for line in desk.lines if code in line) for code in ("IV.01", "IV.02"))
        assert (same[0], other[0]) == ("%", "!")
        assert "menunggu" in other
        assert "%137 dari berkas, belum dibacakan: = terima, atau ketik" in desk.message


async def test_the_line_of_keys_leads_to_another_tps_and_says_how_many_keys_there_are(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        assert "/ pilih TPS" in desk.lines[-1]
        assert desk.lines[-1].endswith(" tombol lain")


async def test_beranda_says_how_to_reach_a_tps_and_takes_its_number(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        assert "Enter TPS berikut, / pilih; o kotak, a hadir, p rapat" in desk.message
        await desk.press("/", "9", "Enter")
        assert "TPS 009 tidak ada di AREN HILIR" in desk.message
        await desk.press("/")
        await desk.press(*"hulu 4")
        await desk.press("Enter")
        assert isinstance(desk.app.screen, DeskScreen)
        assert desk.desk.tps == TPS_004


async def test_a_distance_is_provisional_until_every_tps_is_sah(differing: Path) -> None:
    async with DeskDriver(differing) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press(".", "1", "Enter", "8", "2", "Enter", "f2")
        assert "= 82 sementara " in next(line for line in desk.lines if "JARAK" in line)


async def test_help_says_how_much_of_it_is_below(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.press("f1")
        assert "PgDn atau panah bawah: " in desk.message
        await desk.press("end")
        assert desk.message.strip() == "Esc kembali"


async def test_keys_that_arrive_after_the_answer_leave_the_screen_below(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("f10")
        dialog = desk.app.screen
        await desk.press("Esc")
        dialog.dismiss(None)
        await desk.settle()
        assert isinstance(desk.app.screen, DeskScreen)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (60, "Aren Hulu 001-003, Batu Rimau 004, Muara Sari 005"),
        (40, "Aren Hulu 001-003, dan 2 desa lagi"),
        (20, "3 desa"),
    ],
)
def test_a_list_says_what_it_leaves_out(cells: int, said: str) -> None:
    assert listed(["Aren Hulu 001-003", "Batu Rimau 004", "Muara Sari 005"], "desa", cells) == said


@pytest.mark.parametrize(("plano", "said"), [(0, "KOSONG DI PLANO"), (137, "KOSONG DI S02")])
def test_a_zero_is_told_of_the_side_it_stands_on(plano: int, said: str) -> None:
    assert difference_words(Diagnosis(Label.KOSONG, ocr=False, impossible=False), "S02", plano) == said


async def test_a_paper_read_to_its_end_says_what_comes_next(matching: Path) -> None:
    async with DeskDriver(matching) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(*PAPER.values())
        assert desk.message.strip().endswith("lengkap: s sahkan")


async def test_a_paper_with_findings_says_where_they_are_solved(differing: Path) -> None:
    async with DeskDriver(differing) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(*PAPER.values())
        assert desk.message.strip().endswith("lengkap; 2 temuan, i atau b")


async def test_the_prompt_of_a_pembetulan_stays_on_its_line(differing: Path) -> None:
    async with DeskDriver(differing) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(*PAPER.values())
        await desk.press("b", "1", "1")
        assert any("Enter lanjut   f formulir keliru" in line for line in desk.lines)
