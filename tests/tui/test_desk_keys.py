"""Keys of UX.md section 3 that reach beyond one figure: a saksi's copy, who saw a pembetulan, lists, the lock."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from tui.cells import cells_of
from tui.driver import DeskDriver
from tui.kecamatan import PAPER, PIN, TPS_004, give_pins
from tui.settled import in_the_middle

from pleno.domain.contest import Choice, Contest
from pleno.domain.entry import Kind
from pleno.domain.errors import PlenoError
from pleno.domain.figures import KOSONG
from pleno.importers.profile import load_profile
from pleno.tui.copy_view import differing_rows
from pleno.tui.idle import LIMIT
from pleno.tui.screens.desk import DeskScreen
from pleno.tui.screens.lock import LockScreen


@pytest.fixture
def middle(bare: Path) -> Path:
    return in_the_middle(bare)


# --- w: one copy -----------------------------------------------------------------------------------


async def test_one_copy_is_noted_by_what_differs(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(*PAPER.values())
        await desk.press("w", "2")
        await desk.write("2=147 vb=6")
        await desk.press("Enter")
        assert "IV.02 02 Rahmat - Dewi = 147" in " ".join(desk.text.replace("|", " ").split())
        await desk.press("Enter")
        assert isinstance(desk.app.screen, DeskScreen)
        copy = desk.pleno.file(TPS_004).readings["salinan:2"].figures
        assert copy == {**PAPER, "suara.2": 147, "suara_tidak_sah": 6}
        (entry,) = [entry for entry in desk.entries() if entry.source == "salinan:2"]
        assert entry.kind is Kind.READING_SAVED
        assert {"suara.2", "suara_tidak_sah"} & set(entry.data["samakan"]) == set()
        assert "S02 147" in desk.text
        await desk.press("w", "1", *"2=146", "Backspace", "7", "Enter", "Enter")
        assert desk.pleno.file(TPS_004).readings["salinan:1"].figures["suara.2"] == 147, "as fast as keys come"


async def test_a_copy_waits_for_the_whole_plano_and_takes_no_doubtful_word(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("w")
        assert "28 baris plano belum dibaca" in desk.message
        await desk.type(*PAPER.values())
        head = desk.pleno.session.store.head().seq
        await desk.press("w", "4")
        await desk.write("2=1a")
        await desk.press("Enter")
        assert '"2=1a" bukan baris=angka' in " ".join(desk.text.replace("|", " ").split())
        await desk.press("Esc")
        assert desk.pleno.session.store.head().seq == head


def test_what_is_typed_of_a_copy() -> None:
    contest = Contest(load_profile("pilkada2024-bupati"), (Choice(1, "A"), Choice(2, "B")))
    named = {row.name: figure for row, figure in differing_rows(contest, " 2=147  vb=x ")}
    assert named == {"suara.2": 147, "suara_tidak_sah": KOSONG}
    assert differing_rows(contest, "") == []
    for wrong in ("2", "2=", "=5", "2=1000", "2=-1", "9=1", "2=1 IV.2=2", "2=１"):
        with pytest.raises(PlenoError):
            differing_rows(contest, wrong)


# --- the witnesses of a pembetulan -----------------------------------------------------------------


async def test_who_saw_a_pembetulan_is_ticked_off(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press(".", "2", "Enter", "b", "b")
        assert "b [-] S02 Ratna" in desk.text
        assert "a [v] S01 Joko" in desk.text
        await desk.press("1", "1", "Enter", "2", "Enter")
        proposed = [entry for entry in desk.entries() if entry.kind is Kind.PEMBETULAN_PROPOSED][-2:]
        assert [entry.witness for entry in proposed] == [("saksi-01", "saksi-03", "panwascam")] * 2


# --- e: the list of Banding --------------------------------------------------------------------------


async def test_the_list_is_written_as_it_is_shown(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.press("f4", "e")
        assert "2 selisih di data/ekspor/banding-pilkada2024-bupati-990101.csv" in " ".join(desk.message.split())
        written = (middle / "data/ekspor/banding-pilkada2024-bupati-990101.csv").read_text("utf-8-sig")
        rows = list(csv.DictReader(written.splitlines()))
        assert [(row["baris"], row["Sirekap"], row["S02"], row["plano"], row["selisih"]) for row in rows] == [
            ("IV.02", "173", "147", "137", "-36"),
            ("V.B", "6", "5", "5", "-1"),
        ]
        assert [path.name for path in (middle / "data/ekspor").iterdir() if path.name.startswith(".")] == []


async def test_a_list_that_cannot_be_written_says_so(middle: Path) -> None:
    (middle / "data" / "ekspor").parent.mkdir(exist_ok=True)
    (middle / "data" / "ekspor").write_text("bukan folder", "utf-8")
    async with DeskDriver(middle) as desk:
        await desk.press("f4", "e")
        assert "Daftar tidak ditulis" in desk.message


# --- ctrl+l ------------------------------------------------------------------------------------------


async def test_the_lock_shows_the_figures_and_takes_no_other_key(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("ctrl+l")
        assert isinstance(desk.app.screen, LockScreen)
        assert "TERKUNCI oleh Ani" in desk.text
        assert "TPS 004  DESA AREN HULU" in cells_of(desk.app)
        for key in ("f2", "ctrl+p", "s", "Esc", "n", "5"):
            await desk.press(key)
            assert isinstance(desk.app.screen, LockScreen), key
        await desk.press("Enter")
        assert desk.desk.tps == TPS_004
        kinds = [entry.kind for entry in desk.entries()][-2:]
        assert kinds == [Kind.SESSION_LOCK, Kind.SESSION_LOGIN]


async def test_five_minutes_without_a_key_lock_what_a_pin_opens(middle: Path) -> None:
    async with DeskDriver(give_pins(middle, "ppk2")) as desk:
        await desk.go_to_desk(TPS_004)
        for ago, locked in ((LIMIT - 20, False), (LIMIT - 20, False), (LIMIT, True), (LIMIT, True)):
            await desk.press("down") if not locked else None
            desk.app._seconds += ago
            desk.app.idle.look()
            await desk.settle()
            assert isinstance(desk.app.screen, LockScreen) is locked
        assert [entry.kind for entry in desk.entries()].count(Kind.SESSION_LOCK) == 1
        await desk.press("Enter", *PIN, "Enter")
        assert desk.desk.tps == TPS_004


async def test_without_a_pin_to_open_it_nothing_is_locked(middle: Path) -> None:
    async with DeskDriver(middle) as desk:
        desk.app._seconds += 10 * LIMIT
        desk.app.idle.look()
        await desk.settle()
        assert not isinstance(desk.app.screen, LockScreen)


# --- [meja] tanpa_lihat --------------------------------------------------------------------------------


async def test_the_blind_view_hides_a_row_until_it_is_read(differing: Path) -> None:
    settings = differing / "pleno.toml"
    settings.write_text(settings.read_text("utf-8").replace("tanpa_lihat = false", "tanpa_lihat = true"), "utf-8")
    async with DeskDriver(differing) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press(".", "2", "Enter")
        assert "173" not in desk.text
        await desk.press("=")
        assert "Angka lain tertutup" in desk.message
        assert desk.figure("suara.2") is None
        await desk.press("f1")
        assert "173" not in desk.text
        await desk.press("Esc")
        await desk.type(137)
        line = next(line for line in desk.lines if "IV.02" in line)
        assert line.startswith("! IV.02")
        assert "173" in line
