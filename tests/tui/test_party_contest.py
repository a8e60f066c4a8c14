"""A contest of parties with candidates on their lists: its rows, its jumps, and every screen of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tui.cells import cells_of, matches_golden
from tui.driver import DeskDriver
from tui.kecamatan import CONTEST, TPS_004, Ticking, made

from pleno.domain.contest import Choice
from pleno.domain.errors import PlenoError
from pleno.domain.figures import PLANO, SIREKAP
from pleno.service import reading
from pleno.service.session import Session
from pleno.tui.jump import row_of_code
from pleno.tui.screens.recap import RecapScreen

PARTY = "pemilu2024-pdprdk"
PARTIES = 18
SEATS = 12


def lists() -> list[Choice]:
    """Eighteen parties with twelve candidates each: 306 rows with the rest of the form."""
    parties = [Choice(n, f"Partai {n}") for n in range(1, PARTIES + 1)]
    return parties + [Choice(m, f"Calon {n}-{m}", partai=n) for n in range(1, PARTIES + 1) for m in range(1, SEATS + 1)]


@pytest.fixture(scope="module")
def _two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = made(tmp_path_factory.mktemp("partai"), contests=(CONTEST, PARTY), lists={PARTY: lists()})
    with Session.open(folder, Ticking(folder).clock()) as session:
        contest, tps = session.contest(PARTY), session.roster[TPS_004]
        paper = {"suara_partai.3": 5, "suara_calon.3.7": 21, "suara_partai_total.3": 26, "suara_partai.12": 4}
        reading.record_reading(session, tps, contest, PLANO, paper, "op1")
        reading.record_reading(session, tps, contest, SIREKAP, {**paper, "suara_calon.3.7": 12}, "op1")
    return folder


@pytest.fixture
def two(_two: Path, tmp_path: Path) -> Path:
    import shutil

    return Path(shutil.copytree(_two, tmp_path / "kec"))


async def on_party(desk: DeskDriver) -> DeskDriver:
    """The Meja with the party contest on it, chosen by its key."""
    await desk.press("K")
    await desk.press("2")
    return await desk.go_to_desk(TPS_004)


async def test_one_key_chooses_the_contest_and_line_1_names_it(two: Path) -> None:
    async with DeskDriver(two) as desk:
        assert "BUPATI 2024 [K]" in desk.lines[0]
        await on_party(desk)
        assert "DPRD KAB/KOTA 2024 [K]" in desk.lines[0]
        await desk.press("K", "1")
        assert "BUPATI 2024 [K]" in desk.lines[0]
        assert "II.2" in desk.text or "I.A.1.L" in desk.text


async def test_a_candidate_is_two_numbers_away_and_tab_goes_from_party_to_party(two: Path) -> None:
    async with DeskDriver(two) as desk:
        await on_party(desk)
        await desk.press(".", "3", ".", "7", "Enter")
        assert desk.row == "IV.3.A.2.7"
        assert "IV.3.A.2.7" in desk.text
        await desk.press("Tab")
        assert desk.row == "IV.4.A.1"
        await desk.press("Tab", "shift+tab", "shift+tab")
        assert desk.row == "IV.3.A.1"
        await desk.press(".", "1", "2", "Enter")
        assert desk.row == "IV.12.A.1"
        await desk.press(".", "1", "2", "decimal", "1", "0", "Enter")
        assert desk.row == "IV.12.A.2.10"
        assert "IV.12.A.2.10" in desk.text
        await desk.type(37)
        assert desk.figure("suara_calon.12.10") == 37
        await desk.press(".", "1", "9", ".", "1", "Enter")
        assert "bukan kode baris" in desk.message


async def test_typing_into_a_long_form_is_one_entry(two: Path) -> None:
    async with DeskDriver(two) as desk:
        await on_party(desk)
        head = desk.pleno.session.store.head().seq
        await desk.press(".", "5", "Enter")
        await desk.type(*range(SEATS + 2))
        await desk.press("]")
        (entry,) = [entry for entry in desk.entries() if entry.seq > head and entry.changes]
        assert (entry.contest, len(entry.changes)) == (PARTY, SEATS + 2)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 45)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_cells(two: Path, size: tuple[int, int]) -> None:
    async with DeskDriver(two, size) as desk:
        await on_party(desk)
        await desk.press(".", "3", ".", "7", "Enter")
        matches_golden(f"meja-partai-{size[0]}x{size[1]}", cells_of(desk.app))
        await desk.press("f4")
        matches_golden(f"banding-partai-{size[0]}x{size[1]}", cells_of(desk.app))
        assert all(len(line) <= size[0] for line in desk.lines)


async def test_recap_and_closing_speak_of_the_chosen_contest(two: Path) -> None:
    async with DeskDriver(two) as desk:
        await on_party(desk)
        await desk.press("f6", "t", "d", "d")
        screen = desk.app.screen
        assert isinstance(screen, RecapScreen)
        screen.grid.go_to("suara_calon.3.7")
        await desk.settle()
        line = next(line for line in desk.lines if "IV.3.A.2.7" in line)
        assert "21" in line.split()
        assert "IV.3.A.2.7 07 Calon 3-7" in desk.message
        assert any(line.startswith(" JARAK 03-01 = 26 sementara, ") for line in desk.lines)
        assert any(line.startswith(" JARAK PARTAI 03 07-01 = 21, ") for line in desk.lines)
        await desk.press("f7")
        assert "0/5" in desk.text
        await desk.press("f5", "f8", "f2")
        assert desk.app.is_open


def test_numbers_name_parties_and_candidates(two: Path) -> None:
    with Session.open(two) as session:
        party, paslon = session.contest(PARTY), session.contest(CONTEST)
    named = {text: row_of_code(party, text).name for text in ("3", "3.7", "iv3a27", "12.10", "3b", "vb")}
    assert named == {
        "3": "suara_partai.3", "3.7": "suara_calon.3.7", "iv3a27": "suara_calon.3.7", "12.10": "suara_calon.12.10",
        "3b": "suara_partai_total.3", "vb": "suara_tidak_sah",
    }  # fmt: skip
    assert row_of_code(paslon, "2").name == "suara.2"
    for text in ("0.1", "3.99", "3.7.1", "99"):
        with pytest.raises(PlenoError):
            row_of_code(party, text)


async def test_the_sentence_of_a_pembetulan_names_the_party_of_a_candidate(two: Path) -> None:
    async with DeskDriver(two) as desk:
        await on_party(desk)
        await desk.press(".", *"3.7", "Enter")
        await desk.press("b")
        said = " ".join(line.strip("| ") for line in desk.lines).replace("  ", " ")
        assert "Calon 3-7, partai nomor 03 Partai 3 di TPS 004" in " ".join(said.split())


async def test_what_differs_between_contests_stands_in_the_findings_and_is_explained_there(two: Path) -> None:
    with Session.open(two, Ticking(two).clock()) as session:
        for name, figure in ((CONTEST, 140), (PARTY, 141)):
            paper = {"pemilih_dpt_l": figure}
            reading.record_reading(session, session.roster[TPS_004], session.contest(name), PLANO, paper, "op1")
    async with DeskDriver(two) as desk:
        await on_party(desk)
        assert any("X01 I.A.1.L: 140 pada BUPATI bukan 141 pada DPRD KAB/KOTA" in line for line in desk.lines)
        desk.app.pleno.explain(TPS_004, "X01", "C.HASIL memang tertulis begitu", "ppk1")
        await desk.press("f4", "f3")
        assert not any("X01" in line for line in desk.lines)
