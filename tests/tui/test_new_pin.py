"""Setting a PIN on the screen: the first, another one, and a lost one by the ketua or by two members."""

from __future__ import annotations

from pathlib import Path

import pytest
from tui.cells import cells_of, matches_golden
from tui.driver import DeskDriver
from tui.kecamatan import PIN, give_pins, made

from pleno.domain.entry import Entry, Kind
from pleno.importers.workspace import Mode
from pleno.service import meeting, pins
from pleno.tui.screens.new_pin import NewPinDialog
from pleno.tui.screens.settings import SettingsScreen

NEW = "913047"
WHY = "lupa sejak pagi"


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


async def test_the_first_pin_is_typed_twice_under_stars(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.press("f9", "p")
        assert "Sudah punya PIN: belum seorang pun." in desk.text
        assert "[4 Ani]" in desk.text
        matches_golden("pin-siapa-80x24", cells_of(desk.app))
        await desk.press("2", "Enter", *NEW, "Enter", *NEW[:4])
        assert "ulangi    [****..]" in desk.text
        matches_golden("pin-baru-80x24", cells_of(desk.app))
        await desk.press(*NEW[4:], "Enter")
        assert isinstance(desk.app.screen, SettingsScreen)
        assert "PIN Budi disetel" in desk.message
        assert "DARURAT" not in desk.message
        entry = last_set(desk)
        assert (entry.actor.id, entry.data["id"], entry.data["darurat"]) == ("ppk2", "ppk2", False)
        assert opens(desk, "ppk2", NEW)
        await desk.press("p")
        assert "Sudah punya PIN: Budi." in desk.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("91304", "PIN adalah 6 angka"),
        ("112211", "angka yang berulang"),
        ("123456", "angka yang berurutan"),
        ("170845", "sebuah tanggal"),
    ],
)
async def test_a_short_or_obvious_one_is_refused_before_it_is_repeated(bare: Path, typed: str, said: str) -> None:
    async with DeskDriver(bare) as desk:
        await to_person(desk, 2)
        await desk.press(*typed, "Enter")
        assert said in desk.text
        assert "ulangi" not in desk.text
        await desk.press(*["Backspace"] * 6, *NEW, "Enter", *NEW, "Enter")
        assert opens(desk, "ppk2", NEW)


async def test_two_different_typings_set_nothing(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await to_person(desk, 2)
        await desk.press(*NEW, "Enter", *PIN, "Enter")
        assert "Kedua ketikan berbeda" in desk.text
        assert "PIN baru  [......]" in desk.text
        await desk.press(*PIN, "Enter", *PIN, "Enter")
        assert opens(desk, "ppk2", PIN)


async def test_esc_sets_nothing_at_any_step(bare: Path) -> None:
    async with DeskDriver(give_pins(bare, "ppk1", "ppk2")) as desk:
        before = len(desk.entries())
        for steps in ("", "2\n", f"2\n{PIN}\n", f"2\n{PIN}\n{NEW}\n", f"3\n{NEW}\n{NEW}"):
            await desk.press("f9", "p", *("Enter" if key == "\n" else key for key in steps), "Esc")
            assert isinstance(desk.app.screen, SettingsScreen)
            await desk.press("Esc")
        assert len(desk.entries()) == before


async def test_another_pin_takes_the_old_one(bare: Path) -> None:
    async with DeskDriver(give_pins(bare, "ppk2")) as desk:
        await to_person(desk, 2)
        assert "PIN lama Budi. Bila lupa, ketua menyetelnya ulang" in words(desk)
        await desk.press(*NEW, "Enter")
        assert "Bukan PIN Budi." in desk.text
        await desk.press(*PIN, "Enter", *NEW, "Enter", *NEW, "Enter")
        assert last_set(desk).data["darurat"] is False
        assert opens(desk, "ppk2", NEW)


async def test_the_ketua_sets_a_lost_one_with_a_reason(bare: Path) -> None:
    async with DeskDriver(give_pins(bare, "ppk1", "ppk2")) as desk:
        await to_person(desk, 2)
        assert "[1 Budi]" in desk.text
        matches_golden("pin-lama-80x24", cells_of(desk.app))
        await desk.press("down", *PIN, "Enter", *"lupa", "Enter")
        assert "Baru 4 huruf" in desk.text
        await desk.press(*WHY[4:], "Enter", *NEW, "Enter", *NEW, "Enter")
        print(desk.text)
        assert "DARURAT" in desk.message
        entry = last_set(desk)
        assert (entry.actor.id, entry.data["id"], entry.data["darurat"], entry.note) == ("ppk1", "ppk2", True, WHY)
        assert opens(desk, "ppk2", NEW)


async def test_the_ketua_opens_a_locked_one(bare: Path) -> None:
    async with DeskDriver(give_pins(bare, "ppk1", "ppk2")) as desk:
        await to_person(desk, 2)
        for _ in range(5):
            await desk.press(*NEW, "Enter")
        await desk.press(*PIN, "Enter")
        assert "ketua menyetelnya ulang: F9 p." in words(desk)
        await desk.press("down", *PIN, "Enter", *WHY, "Enter", *NEW, "Enter", *NEW, "Enter")
        assert opens(desk, "ppk2", NEW)


async def test_a_reason_with_a_nik_is_refused_before_a_new_pin_is_asked(bare: Path) -> None:
    async with DeskDriver(give_pins(bare, "ppk1", "ppk2")) as desk:
        await to_person(desk, 2)
        await desk.press("down", *PIN, "Enter", *"NIK 3201010101010001", "Enter")
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
        await desk.press(*PIN, "Enter", *WHY, "Enter", *NEW, "Enter", *NEW, "Enter")
        entry = last_set(desk)
        assert (entry.actor.id, entry.data["id"], entry.data["bersama"]) == ("ppk2", "ppk1", "ppk3")
        assert opens(desk, "ppk1", NEW)


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
        await desk.press("a", "٤", "[", "up", "f7", "Tab")
        assert "PIN baru  [......]" in desk.text
        await desk.press(*NEW, "9", "Enter", *NEW, "9", "9", "Enter")
        assert opens(desk, "ppk2", NEW)


async def test_no_new_pin_stands_on_a_screen_or_in_the_notes(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        shown = []
        for key in ("f9", "p", "2", "Enter", *NEW, "Enter", *NEW, "Enter", "f12", "Esc", "f8"):
            await desk.press(key)
            shown.append(desk.text)
        assert all(NEW not in text for text in shown)
        assert NEW not in str(desk.app.said)
        assert NEW not in "".join(desk.app._texts.values())
        assert NEW not in str([entry.data for entry in desk.entries()])


async def test_the_palette_and_the_line_of_keys_name_it(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.press("f9")
        assert "p PIN" in desk.lines[-1]
        await desk.press("f1")
        assert "Setel PIN seorang petugas" in desk.text
