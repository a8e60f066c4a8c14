"""Setting a PIN on the screen: the first, another one, and a lost one by the ketua or by two members."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tui.cells import cells_of, matches_golden
from tui.driver import DeskDriver
from tui.kecamatan import PIN, give_pins, made

from pleno.domain.entry import Entry, Kind
from pleno.importers.workspace import Mode
from pleno.service import meeting, pins, signing
from pleno.service.session import Session
from pleno.tui.screens.new_pin import NewPinDialog
from pleno.tui.screens.settings import SettingsScreen

WRONG = "913047"
WHY = "lupa sejak pagi"


async def learn(desk: DeskDriver) -> str:
    """Read the new PIN, hide it and type it."""
    found = re.search(r"PIN baru +([0-9]{3}) ([0-9]{3})", desk.text)
    assert found, desk.text
    pin = found[1] + found[2]
    await desk.press("Enter", *pin, "Enter")
    return pin


def give_key(folder: Path, stick: Path) -> tuple[str, ...]:
    """The ketua's key on a stick; the keys that open it from where its folder is asked."""
    stick.mkdir()
    with Session.open(folder) as session:
        made = signing.create_key(session, "ppk1", stick, "ppk1", pins.verify_pin(session, "ppk1", PIN))
    return (*str(stick), "Enter", *made.passphrase, "Enter", "t")


async def to_person(desk: DeskDriver, place: int) -> None:
    """Whose PIN: the ketua, Budi, Cahya, Ani."""
    await desk.press("f9", "p", str(place), "Enter")


def last_set(desk: DeskDriver) -> Entry:
    *_before, last = desk.pleno.session.store.entries_of(Kind.PIN_SET)
    return last


def opens(desk: DeskDriver, person: str, pin: str) -> bool:
    """Whether this is the PIN of somebody; PlenoError where it is not."""
    return pins.verify_pin(desk.pleno.session, person, pin).person == person


def words(desk: DeskDriver) -> str:
    """What a dialog says, its lines put together."""
    return " ".join(desk.text.replace("|", " ").split())


async def test_the_first_pin_is_shown_learned_and_typed(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pins, "draw_pin", lambda: "482937")
    async with DeskDriver(bare) as desk:
        await desk.press("f9", "p")
        assert "Sudah punya PIN: belum seorang pun." in desk.text
        assert "[4 Ani]" in desk.text
        matches_golden("pin-siapa-80x24", cells_of(desk.app))
        await desk.press("2", "Enter")
        matches_golden("pin-tampil-80x24", cells_of(desk.app))
        await desk.press("Enter", *"4829")
        assert "PIN baru  [****..]" in desk.text
        matches_golden("pin-baru-80x24", cells_of(desk.app))
        await desk.press(*"37", "Enter")
        assert isinstance(desk.app.screen, SettingsScreen)
        assert "PIN Budi disetel" in desk.message
        assert "DARURAT" not in desk.message
        entry = last_set(desk)
        assert (entry.actor.id, entry.data["id"], entry.data["darurat"]) == ("ppk2", "ppk2", False)
        assert opens(desk, "ppk2", "482937")
        await desk.press("p")
        assert "Sudah punya PIN: Budi." in desk.text


async def test_a_pin_that_was_not_learned_is_looked_at_again(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await to_person(desk, 2)
        await desk.press("Enter", *"12345", "Enter")
        assert "Bukan PIN itu" in desk.text
        await desk.press("Backspace")
        assert opens(desk, "ppk2", await learn(desk))


async def test_esc_sets_nothing_at_any_step(bare: Path) -> None:
    async with DeskDriver(give_pins(bare, "ppk1", "ppk2")) as desk:
        before = len(desk.entries())
        for steps in ("", "2\n", f"2\n{PIN}\n", f"2\n{PIN}\n\n", f"3\n\n{WRONG}"):
            await desk.press("f9", "p", *("Enter" if key == "\n" else key for key in steps), "Esc")
            assert isinstance(desk.app.screen, SettingsScreen)
            await desk.press("Esc")
        assert len(desk.entries()) == before


async def test_another_pin_takes_the_old_one(bare: Path) -> None:
    async with DeskDriver(give_pins(bare, "ppk2")) as desk:
        await to_person(desk, 2)
        assert "PIN lama Budi. Bila lupa, ketua menyetelnya ulang" in words(desk)
        await desk.press(*WRONG, "Enter")
        assert "Bukan PIN Budi." in desk.text
        await desk.press(*PIN, "Enter")
        new = await learn(desk)
        assert last_set(desk).data["darurat"] is False
        assert opens(desk, "ppk2", new)


async def test_the_ketua_sets_a_lost_one_by_the_own_key_with_a_reason(bare: Path, tmp_path: Path) -> None:
    opened = give_key(give_pins(bare, "ppk1", "ppk2"), tmp_path / "stik")
    async with DeskDriver(bare) as desk:
        await to_person(desk, 2)
        assert "[1 Budi]" in desk.text
        matches_golden("pin-lama-80x24", cells_of(desk.app))
        for _ in range(5):
            await desk.press(*WRONG, "Enter")
        await desk.press(*PIN, "Enter")
        assert "ketua menyetelnya ulang: F9 p." in words(desk)
        await desk.press("down")
        assert "PIN " not in desk.text.split("[2 ")[1].split("BATAL")[0], "the ketua's PIN is not asked"
        await desk.press("Enter", *opened)
        await desk.pilot.pause()
        await desk.press(*"lupa", "Enter")
        assert "Baru 4 huruf" in desk.text
        await desk.press(*WHY[4:], "Enter")
        new = await learn(desk)
        assert "DARURAT" in desk.message
        entry = last_set(desk)
        assert (entry.actor.id, entry.data["id"], entry.data["darurat"], entry.note) == ("ppk1", "ppk2", True, WHY)
        assert opens(desk, "ppk2", new)


async def test_wrong_words_open_nothing(bare: Path, tmp_path: Path) -> None:
    folder = give_key(give_pins(bare, "ppk1", "ppk2"), tmp_path / "stik")
    async with DeskDriver(bare) as desk:
        before = len(desk.entries())
        await to_person(desk, 2)
        stick = folder[: folder.index("Enter")]
        await desk.press("down", "Enter", *stick, "Enter", *"satu dua", "Enter", "t")
        await desk.pilot.pause()
        assert "Sandi salah" in desk.text
        await desk.press("Esc")
        assert len(desk.entries()) == before


async def test_without_a_key_of_the_ketua_only_the_old_pin_counts(bare: Path) -> None:
    async with DeskDriver(give_pins(bare, "ppk1", "ppk2")) as desk:
        await to_person(desk, 2)
        assert "ketua menyetelnya ulang dengan sandi kuncinya, sesudah punya kunci (F7 k)." in words(desk)
        await desk.press("down")
        assert "[1 Budi]" in desk.text


async def test_a_reason_with_a_nik_is_refused_before_a_new_pin_is_shown(bare: Path) -> None:
    async with DeskDriver(give_pins(bare, "ppk1", "ppk2", "ppk3")) as desk:
        await to_person(desk, 1)
        await desk.press("down", *PIN, "Enter", *PIN, "Enter", *"NIK 3201010101010001", "Enter")
        assert isinstance(desk.app.screen, SettingsScreen)
        assert "seperti NIK" in desk.message


async def test_two_members_set_the_lost_one_of_the_ketua(bare: Path) -> None:
    async with DeskDriver(give_pins(bare, "ppk1", "ppk2", "ppk3")) as desk:
        await to_person(desk, 1)
        assert "dua anggota PPK bersama" in words(desk)
        await desk.press("down", *PIN, "Enter")
        assert "PIN anggota PPK kedua" in desk.text
        assert "[1 Cahya]" in desk.text
        assert "Budi" not in desk.text.split("PIN anggota PPK kedua")[1]
        await desk.press(*PIN, "Enter", *WHY, "Enter")
        new = await learn(desk)
        entry = last_set(desk)
        assert (entry.actor.id, entry.data["id"], entry.data["bersama"]) == ("ppk2", "ppk1", "ppk3")
        assert opens(desk, "ppk1", new)


async def test_one_member_alone_does_not_set_the_ketuas(bare: Path) -> None:
    async with DeskDriver(give_pins(bare, "ppk1", "ppk2")) as desk:
        await to_person(desk, 1)
        assert "dua anggota PPK lain menyetelnya ulang, sesudah punya PIN sendiri." in words(desk)
        assert "Budi" not in desk.text
        await desk.press("down", *PIN, "Enter")
        assert isinstance(desk.app.screen, NewPinDialog), "the ketua's own old one"


async def test_practice_says_that_no_pin_is_needed(tmp_path: Path) -> None:
    async with DeskDriver(made(tmp_path, mode=Mode.LATIHAN)) as desk:
        await desk.press("f9", "p")
        assert isinstance(desk.app.screen, SettingsScreen)
        assert "Latihan tidak meminta PIN." in desk.message


async def test_a_closed_meeting_sets_none(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        meeting.suspend(desk.pleno.session, "ppk1", "")
        await to_person(desk, 2)
        assert isinstance(desk.app.screen, NewPinDialog), "during a skors it is set"
        await desk.press("Esc", "Esc")
        meeting.resume(desk.pleno.session, "ppk1", "")
        meeting.close_meeting(desk.pleno.session, "ppk1")
        await to_person(desk, 2)
        assert isinstance(desk.app.screen, SettingsScreen)
        assert "Belum waktunya" in desk.message


async def test_letters_arrows_and_too_many_digits_are_left_out(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await to_person(desk, 2)
        digits = "".join(re.findall("[0-9]", desk.text.split("PIN baru  ")[1][:7]))
        await desk.press("a", "7", "Enter", "a", "٤", "[", "up", "f7", "Tab")
        assert "PIN baru  [......]" in desk.text
        await desk.press(*digits, "9", "9", "Enter")
        assert opens(desk, "ppk2", digits)


async def test_a_new_pin_stands_on_one_screen_and_in_no_notes(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await to_person(desk, 2)
        new = await learn(desk)
        shown = []
        for key in ("f12", "Esc", "f8", "Enter"):
            await desk.press(key)
            shown.append(desk.text)
        assert all(new not in text and f"{new[:3]} {new[3:]}" not in text for text in shown)
        assert new not in str(desk.app.said)
        assert new not in "".join(desk.app.pleno.texts._here.values())
        assert new not in str([entry.data for entry in desk.entries()])


async def test_the_palette_and_the_line_of_keys_name_it(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.press("f9")
        assert "p PIN" in desk.lines[-1]
        await desk.press("f1")
        assert "Setel PIN seorang petugas" in desk.text
