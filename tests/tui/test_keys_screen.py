"""Signing keys on the screen: made on a stick, the passphrase shown once, a lost one replaced (TRUST.md section 6)."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static
from tui.cells import cells_of
from tui.driver import DeskDriver

from pleno.domain.entry import Kind
from pleno.service import pins, seal_signing, sealing
from pleno.service.session import Session
from pleno.service.signers import current_keys
from pleno.signing import keyfile
from pleno.tui.screens.keys import KeysScreen
from pleno.tui.screens.new_key import NewKeyDialog


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stik"
    folder.mkdir()
    return folder


async def to_keys(desk: DeskDriver, person: str) -> KeysScreen:
    await desk.press("f7", "k")
    screen = desk.app.screen
    assert isinstance(screen, KeysScreen)
    screen.grid.go_to(person)
    await desk.settle()
    return screen


def passphrase(desk: DeskDriver) -> str:
    dialog = desk.app.screen
    assert isinstance(dialog, NewKeyDialog)
    return dialog._made.passphrase


async def test_a_key_is_made_its_words_shown_once_and_its_fingerprint_read_aloud(bare: Path, stick: Path) -> None:
    async with DeskDriver(bare) as desk:
        screen = await to_keys(desk, "ppk1")
        assert "0 dari " in cells_of(desk.app)
        await desk.press("r")
        assert "belum punya kunci" in desk.message
        await desk.press("b", *str(stick), "Enter")
        words = passphrase(desk)
        assert words in cells_of(desk.app)
        (path,) = stick.iterdir()
        assert keyfile.unlock(path.read_bytes(), words).id == "ppk1"
        await desk.press("Esc")
        await desk.press(*"bukan", "Enter")
        assert isinstance(desk.app.screen, NewKeyDialog), "neither Esc nor another word leaves it"
        await desk.press(*words.split()[-1], "Enter")
        assert desk.app.screen is screen
        assert words not in cells_of(desk.app)
        (line,) = [one for one in screen._gate.lines() if one.fingerprint]
        assert line.fingerprint[:30] in cells_of(desk.app)
        await desk.press("b")
        assert "sudah punya kunci" in desk.message


async def test_a_lost_key_is_replaced_with_a_reason_by_a_member(bare: Path, stick: Path, tmp_path: Path) -> None:
    other = tmp_path / "stik-2"
    other.mkdir()
    async with DeskDriver(bare) as desk:
        screen = await to_keys(desk, "ppk2")
        screen._gate.make("ppk2", stick)
        screen.redraw()
        before = current_keys(desk.pleno.session)["ppk2"].fingerprint
        await desk.press("r", "1", "Enter", *"stik tertinggal di rumah", "Enter", *str(other), "Enter")
        await desk.press(*passphrase(desk).split()[-1], "Enter")
        assert current_keys(desk.pleno.session)["ppk2"].fingerprint != before
        entry = desk.pleno.session.store.last_of(Kind.KEY_ROTATED)
        assert entry is not None
        assert entry.note == "stik tertinggal di rumah"


async def test_whoever_has_a_pin_makes_and_replaces_the_own_key(bare: Path, stick: Path, tmp_path: Path) -> None:
    other = tmp_path / "stik-2"
    other.mkdir()
    with Session.open(bare) as session:
        pins.set_pin(session, "ppk1", "480275")
    async with DeskDriver(bare) as desk:
        await to_keys(desk, "ppk1")
        await desk.press("b", *"480275", "Enter", *str(stick), "Enter")
        await desk.press(*passphrase(desk).split()[-1], "Enter")
        await desk.press("r")
        assert "PIN Siti" in cells_of(desk.app)
        assert " 2 " not in desk.app.screen.query_one("#people", Static).content.plain
        await desk.press(*"480275", "Enter", *"stik tertinggal di rumah", "Enter", "-", "2", "Enter")
        await desk.press(*passphrase(desk).split()[-1], "Enter")
        made, replaced = desk.pleno.session.store.entries_of(Kind.KEY_CREATED, Kind.KEY_ROTATED)
        assert (made.actor.id, replaced.actor.id) == ("ppk1", "ppk1")


async def test_a_folder_that_takes_no_key_is_refused_and_nothing_is_recorded(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        screen = await to_keys(desk, "ppk1")
        await desk.press("b", *str(bare), "Enter")
        assert desk.app.screen is screen
        assert "yang ikut disalin" in desk.message
        await desk.press("b", *["Backspace"] * 200, *"~nobody-here/x", "Enter")
        assert "Tidak ada folder rumah dengan nama itu" in desk.message.replace("\n", " ")
        assert desk.pleno.session.store.last_of(Kind.KEY_CREATED) is None


async def test_the_file_of_the_newest_seal_is_signed(bare: Path, stick: Path) -> None:
    async with DeskDriver(bare) as desk:
        screen = await to_keys(desk, "ppk1")
        made = screen._gate.make("ppk1", stick)
        screen.redraw()
        await desk.press("t")
        assert "Belum ada segel" in desk.message
        sealing.seal(desk.pleno.session, "0417", "op1")
        await desk.press("t", *str(stick), "Enter", *made.passphrase, "Enter", "t")
        await desk.pilot.pause()
        assert "Segel 01 ditandatangani" in desk.message
        assert set(seal_signing.signed_files(desk.pleno.session)) == {
            "segel-01.json.ppk1.crt", "segel-01.json.ppk1.p7s",
        }  # fmt: skip
