"""At the Meja: ballots counted again, and what each witness says of the TPS."""

from __future__ import annotations

from pathlib import Path

from tui.cells import cells_of, matches_golden
from tui.driver import DeskDriver
from tui.kecamatan import PAPER, TPS_004

from pleno.domain.compare import TpsState
from pleno.domain.entry import Kind
from pleno.domain.state import Absence

WHY = "surat suara kurang satu"


async def read_whole(desk: DeskDriver) -> None:
    await desk.go_to_desk(TPS_004)
    await desk.type(*PAPER.values())


async def test_ballots_are_counted_again(differing: Path) -> None:
    async with DeskDriver(differing) as desk:
        await read_whole(desk)
        await desk.press("#")
        await desk.press(*"81", "Enter", *"138", "Enter", "Enter")
        await desk.press(*"va=226", "Enter")
        matches_golden("hitung-ulang-80x24", cells_of(desk.app))
        await desk.press("Tab")
        assert "IV.01 81, IV.02 138, V.A 226" in cells_of(desk.app)
        await desk.press("Tab")
        await desk.press(*WHY[:7], "Enter")
        assert "paling sedikit 10" in cells_of(desk.app)
        await desk.press(*WHY[7:], "Enter")
        assert desk.state(TPS_004) is TpsState.HITUNG_ULANG
        assert "Hitung ulang TPS 004 Aren Hulu: 3 baris" in desk.message
        entry = desk.pleno.session.store.last_of(Kind.RECOUNT_RECORDED)
        assert entry is not None
        assert ({c.row: c.after for c in entry.changes}, entry.note) == (
            {"suara.1": 81, "suara.2": 138, "suara_sah": 226}, WHY,
        )  # fmt: skip
        assert desk.pleno.file(TPS_004).ditetapkan["suara.2"] == 138


async def test_a_recount_keeps_what_was_typed_and_refuses_what_is_none(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("#")
        await desk.press("Tab")
        assert "Belum ada angka hitung ulang" in cells_of(desk.app)
        for wrong in ("12a", "1234", "zz=5", "-3"):
            await desk.press(*wrong, "Enter")
            assert "Tab selesai" not in cells_of(desk.app), "it was refused"
        await desk.press(*"77", "Enter", "Esc")
        await desk.press("#", "down")
        assert "ulang     77" in cells_of(desk.app)
        await desk.press("up", "up", "down", "Esc")
        assert desk.pleno.session.store.last_of(Kind.RECOUNT_RECORDED) is None


async def test_a_recount_half_typed_outlives_a_kill(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(150)
        await desk.press("#")
        await desk.press(*"81", "Enter", *"138", "Enter", *"7")
        desk.pleno.session.store.close()
        desk.app.exit()
    async with DeskDriver(bare) as again:
        told = "dan draf TPS 004 AREN HULU (1 baris) dan hitung ulang TPS 004 AREN HULU (2 baris)"
        assert again.pleno.restored is not None
        assert told in again.pleno.restored[1]
        await again.press("#")
        screen = cells_of(again.app)
        assert "ulang    138" in screen
        await again.press("Tab", "Tab")
        await again.press(*WHY, "Enter")
        entry = again.pleno.session.store.last_of(Kind.RECOUNT_RECORDED)
        assert entry is not None
        assert {c.row: c.after for c in entry.changes} == {"suara.1": 81, "suara.2": 138}
        await again.press("#", "down")
        assert again.pleno.copies.kept_recount(TPS_004) == {}


async def test_only_a_recount_left_behind_opens_its_tps(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("#")
        await desk.press(*"81", "Enter")
        desk.pleno.session.store.close()
        desk.app.exit()
    async with DeskDriver(bare) as again:
        assert "dan hitung ulang TPS 004 AREN HULU (1 baris)" in again.message
        assert again.figure("pemilih_dpt_l") is None
        await again.press("#")
        assert "[_]" in cells_of(again.app)


async def test_each_witness_answers_and_the_heading_counts_them(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await read_whole(desk)
        assert "--- TEMUAN tidak ada --- SAKSI: 4 belum ---" in cells_of(desk.app)
        await desk.press("w", "2")
        await desk.press(*"2=147", "Enter", "Enter")
        await desk.press("w", "3")
        await desk.press("Tab")
        assert desk.message.startswith("pemegang salinan S03 tidak hadir")
        assert [one.source for one in desk.pleno.session.state.all(Absence)] == ["salinan:3"]
        await desk.press("w")
        assert "2 S02 Ratna: beda" in cells_of(desk.app)
        assert "3 S03 Wati: tidak hadir" in cells_of(desk.app)
        await desk.press("Esc", "c")
        assert "SAKSI: 2 sama, 1 beda, 1 tidak hadir" in cells_of(desk.app)
        assert "S01, PWS dicatat sama dengan plano. Tidak hadir: S03." in " ".join(desk.message.split())


async def test_the_reading_order_is_told_on_the_way(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("]")
        assert "TPS 3 dari 3 di desa 2 dari 2" in desk.message


async def test_after_a_kill_the_next_figure_goes_into_the_next_row(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(150, 155)
        desk.pleno.session.store.close()
        desk.app.exit()
    async with DeskDriver(bare) as again:
        assert again.row == "I.A.1.J"
        await again.type(305)
        assert again.figure("pemilih_dpt_p") == 155
