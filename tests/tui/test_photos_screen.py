"""Foto: tied, ready, refused and missing; opened by one key on the Meja."""

from __future__ import annotations

from pathlib import Path

import pytest
from tui.cells import attributes_of, cells_of, matches_golden
from tui.driver import DeskDriver
from tui.kecamatan import TPS, TPS_004

from pleno.domain.photo import Photo
from pleno.service import photos

JPEG = b"\xff\xd8\xff\xe0"


@pytest.fixture
def folder(differing: Path) -> Path:
    foto = differing / "data/foto"
    foto.mkdir()
    (foto / f"{TPS_004}_1.jpg").write_bytes(JPEG + b"satu")
    (foto / f"{TPS_004}_2.jpg").write_bytes(JPEG + b"dua")
    (foto / f"{TPS[0]}.png").write_bytes(JPEG + b"bukan png")
    (foto / "9901011009001.pdf").write_bytes(b"%PDF-1.7")
    (foto / "[b]wa\x1b]0;x\x07.jpg").write_bytes(JPEG + b"lain")
    (foto / "wa 1.jpg").write_bytes(JPEG + b"wa")
    return differing


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that the viewer of the system was given."""
    names: list[str] = []
    monkeypatch.setattr(photos, "show", lambda path: names.append(path.name))
    return names


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 45)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_screen(folder: Path, size: tuple[int, int]) -> None:
    async with DeskDriver(folder, size) as desk:
        await desk.press("F", "t")
        matches_golden(f"foto-{size[0]}x{size[1]}", cells_of(desk.app))


async def test_without_colour(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with DeskDriver(folder) as desk:
        await desk.press("F", "t")
        matches_golden("foto-80x24-tanpa-warna", attributes_of(desk.app))


async def test_a_key_of_the_meja_opens_the_photos_of_a_tps(folder: Path, opened: list[str]) -> None:
    async with DeskDriver(folder) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("f")
        assert "Belum ada foto TPS ini" in desk.message
        await desk.press("F", "t", "Esc", "f")
        assert "1 = halaman 1" in desk.text
        await desk.press("2")
        assert (opened, "Foto dibuka" in desk.message) == ([f"{TPS_004}_2.jpg"], True)
        (folder / f"data/foto/{TPS_004}_1.jpg").write_bytes(JPEG + b"lain")
        await desk.press("f", "1")
        assert (len(opened), "bukan lagi yang dikaitkan" in desk.message) == (1, True)


async def test_a_file_of_any_name_is_tied_and_taken_off(folder: Path, opened: list[str]) -> None:
    async with DeskDriver(folder) as desk:
        await desk.press("F", "end", *["up"] * 2)
        rows = desk.app.screen.query_one("Grid").rows  # type: ignore[attr-defined]  # a Grid
        place = next(n for n, row in enumerate(rows) if "wa 1.jpg" in row.cells[3].text)
        await desk.press("home", *["down"] * place, "Enter")
        assert "Hanya foto terkait" in desk.message
        await desk.press("k")
        await desk.write("hilir 2")
        await desk.press("Enter")
        tied = desk.pleno.session.state.get(Photo, "wa 1.jpg")
        assert tied is not None
        assert tied.tps == TPS[1]
        await desk.press("home", "Enter")
        assert opened == ["wa 1.jpg"]
        await desk.press("l")
        await desk.write("salah")
        await desk.press("Enter")
        assert "paling sedikit 10" in desk.text
        await desk.write(" orang, TPS lain")
        await desk.press("Enter")
        assert desk.pleno.session.state.get(Photo, "wa 1.jpg") is None
