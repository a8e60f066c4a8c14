"""What the program asks and tells around the screens: why nothing can be written, and small questions."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tui.driver import DeskDriver

from pleno.tui.screens.ask import Ask, Option


async def test_why_nothing_can_be_written_is_told_at_the_opening(bare: Path) -> None:
    with closing(sqlite3.connect(bare / "data" / "pleno.db")) as database:
        database.execute("CREATE TABLE asing (x)")
    async with DeskDriver(bare) as desk:
        said = desk.message.replace("\n", " ")
        assert said.startswith("BACA-SAJA: Susunan basis data berubah: tabel asing asing.")
        assert "F7 p" in said


async def test_the_contests_are_offered_each_in_one_piece(bare: Path) -> None:
    options = [Option(str(n), f"KONTES YANG NAMANYA {n}", str(n)) for n in range(1, 6)]
    async with DeskDriver(bare) as desk:
        desk.app.push_screen(Ask("Kontes mana?", "", options))
        await desk.settle()
        for option in options:
            assert any(f"{option.key} = {option.word}" in line for line in desk.lines)
        await desk.press("Esc")
        desk.app.push_screen(Ask("TIDAK TERSIMPAN", "", ()))
        await desk.settle()
        assert "[ TUTUP ] Esc" in desk.text
