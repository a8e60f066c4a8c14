"""PINs on the screens: the field of the pembetulan, `s` where it is set, and who sits at the keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from tui.cells import cells_of, matches_golden
from tui.driver import DeskDriver
from tui.kecamatan import PAPER, PIN, TPS_004, give_pins, made

from pleno.domain.compare import TpsState
from pleno.domain.entry import Kind
from pleno.domain.errors import PlenoError
from pleno.domain.state import PembetulanState
from pleno.importers.workspace import Mode
from pleno.service import meeting, pins
from pleno.tui.pin_typing import PinTyping
from pleno.tui.screens.correction import CorrectionDialog
from pleno.tui.screens.pin import PinDialog

WRONG = "604183"


@pytest.fixture
def with_pins(differing: Path) -> Path:
    """ppk2 and ppk3 have PINs, the ketua has none."""
    return give_pins(differing, "ppk2", "ppk3")


def settling_by_pin(folder: Path) -> Path:
    toml = folder / "pleno.toml"
    toml.write_text(toml.read_text("utf-8").replace("pin_sahkan = false", "pin_sahkan = true"), "utf-8")
    return folder


async def to_the_pin(desk: DeskDriver) -> None:
    """The paper is read, both rows have a reason, the dialog asks who agrees."""
    await desk.go_to_desk(TPS_004)
    await desk.type(*PAPER.values())
    await desk.press("b", "1", "1", "Enter")


def kinds(desk: DeskDriver) -> list[Kind]:
    return [entry.kind for entry in desk.entries()]


# --- the field -----------------------------------------------------------------------------


def test_the_field_shows_stars_and_forgets() -> None:
    pin = PinTyping()
    assert (pin.shown, pin.whole) == ("[......]", False)
    for digit in "48027":
        assert pin.take(digit, digit)
    assert (pin.shown, pin.whole) == ("[*****.]", False)
    assert pin.take("backspace", "")
    assert not pin.take("x", "")
    for digit in "759":
        pin.take(digit, digit)
    assert (pin.shown, pin.whole) == ("[******]", True)
    assert (pin.taken(), pin.taken(), pin.shown) == ("480275", "", "[......]")


async def test_the_dialog_with_a_pin(with_pins: Path) -> None:
    async with DeskDriver(with_pins) as desk:
        await to_the_pin(desk)
        await desk.press("4", "8")
        assert "PIN Budi [**....]" in desk.text
        matches_golden("pembetulan-pin-80x24", cells_of(desk.app))


# --- the pembetulan ------------------------------------------------------------------------


async def test_a_wrong_pin_keeps_the_dialog_and_proposes_nothing(with_pins: Path) -> None:
    async with DeskDriver(with_pins) as desk:
        await to_the_pin(desk)
        await desk.press(*WRONG, "Enter")
        assert isinstance(desk.app.screen, CorrectionDialog)
        assert "Bukan PIN Budi." in desk.text
        assert "[......]" in desk.text
        assert Kind.SESSION_FAIL in kinds(desk)
        assert Kind.PEMBETULAN_PROPOSED not in kinds(desk)
        await desk.press(*PIN, "Enter")
        assert {item.confirmer for item in desk.pleno.file(TPS_004).pembetulan} == {"ppk2"}


async def test_after_five_wrong_ones_another_member_agrees(with_pins: Path) -> None:
    async with DeskDriver(with_pins) as desk:
        await to_the_pin(desk)
        for _ in range(5):
            await desk.press(*WRONG, "Enter")
        await desk.press(*PIN, "Enter")
        assert "tunggu" in desk.text
        assert isinstance(desk.app.screen, CorrectionDialog)
        await desk.press("down", *PIN, "Enter")
        assert {item.confirmer for item in desk.pleno.file(TPS_004).pembetulan} == {"ppk3"}


async def test_a_pin_that_is_not_whole_is_not_tried(with_pins: Path) -> None:
    async with DeskDriver(with_pins) as desk:
        await to_the_pin(desk)
        await desk.press(*PIN[:5], "Enter")
        assert "PIN adalah 6 angka" in desk.text
        assert Kind.SESSION_FAIL not in kinds(desk)
        await desk.press(PIN[5], "9", "9", "Enter")
        assert len(desk.pleno.file(TPS_004).pembetulan) == 2


async def test_arrows_reach_everybody_and_nobody(with_pins: Path) -> None:
    async with DeskDriver(with_pins) as desk:
        await to_the_pin(desk)
        seen = []
        for _ in range(4):
            seen.append(next(word for word in ("1 Siti", "2 Budi", "3 Cahya", "0 belum") if f"[{word}" in desk.text))
            await desk.press("down")
        assert seen == ["2 Budi", "3 Cahya", "0 belum", "1 Siti"]
        await desk.press("up", "up", "Enter")
        assert {item.state for item in desk.pleno.file(TPS_004).pembetulan} == {PembetulanState.MENUNGGU}


async def test_who_has_no_pin_cannot_agree_where_others_have_one(with_pins: Path) -> None:
    async with DeskDriver(with_pins) as desk:
        await to_the_pin(desk)
        await desk.press("up")
        assert "PIN" not in desk.text.split("Disetujui")[1].splitlines()[0]
        await desk.press("Enter")
        assert "Siti Aminah belum punya PIN" in desk.text
        assert not desk.pleno.file(TPS_004).pembetulan


async def test_who_agreed_last_is_asked_first(with_pins: Path) -> None:
    async with DeskDriver(with_pins) as desk:
        await to_the_pin(desk)
        await desk.press("down", *PIN, "Enter", "b", "3", *"coretan tanpa paraf", "Enter")
        await desk.press("Esc")
        assert desk.pleno.pins.first(desk.pleno.confirmers(TPS_004)) == 2


async def test_going_back_and_esc_forget_what_was_typed(with_pins: Path) -> None:
    async with DeskDriver(with_pins) as desk:
        await to_the_pin(desk)
        await desk.press(*PIN[:3], "left", "Enter")
        assert "[......]" in desk.text
        await desk.press(*PIN[:3], "Esc")
        assert desk.pleno.file(TPS_004).pembetulan == ()
        assert PIN[:3] not in "".join(desk.app.pleno.texts._here.values())


async def test_from_banding_too(with_pins: Path) -> None:
    async with DeskDriver(with_pins) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(*PAPER.values())
        await desk.press("f4", "b", "1", "1", "Enter", *PIN, "Enter")
        assert {item.confirmer for item in desk.pleno.file(TPS_004).pembetulan} == {"ppk2"}


async def test_a_pin_typed_ahead_is_no_part_of_the_note(with_pins: Path) -> None:
    async with DeskDriver(with_pins) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(*PAPER.values())
        await desk.press("b", "1", "3", *"coretan tanpa paraf", "Enter", "Enter", *PIN, "Enter")
        assert {item.confirmer for item in desk.pleno.file(TPS_004).pembetulan} == {"ppk2"}
        notes = [entry.note for entry in desk.entries() if entry.kind is Kind.PEMBETULAN_PROPOSED]
        assert notes == [None, "coretan tanpa paraf"]


async def test_letters_and_other_scripts_digits_are_no_pin(with_pins: Path) -> None:
    async with DeskDriver(with_pins) as desk:
        await to_the_pin(desk)
        await desk.press("a", "٤", "４", "²", " ", "[", "]", "/", "é")
        assert "[......]" in desk.text


async def test_practice_asks_none(tmp_path: Path) -> None:
    folder = made(tmp_path, mode=Mode.LATIHAN)
    async with DeskDriver(folder) as desk:
        assert desk.pleno.pins.first(desk.pleno.confirmers(TPS_004)) is None
        await desk.press("P", "1", "Enter")
        assert desk.pleno.by == "ppk1"


# --- settling ------------------------------------------------------------------------------


async def test_settling_by_pin_costs_seven_keys(matching: Path) -> None:
    async with DeskDriver(settling_by_pin(give_pins(matching, "ppk2"))) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(*PAPER.values())
        before = desk.keys_pressed
        await desk.press("s")
        assert isinstance(desk.app.screen, PinDialog)
        matches_golden("pin-sahkan-80x24", cells_of(desk.app))
        await desk.press(*PIN, "Enter")
        assert desk.keys_pressed - before == 1 + 7
        assert desk.state(TPS_004) is TpsState.SAH
        assert "SAH #" in desk.message
        (settled,) = [entry for entry in desk.entries() if entry.kind is Kind.TPS_READ_BACK]
        assert (settled.actor.id, settled.data["pin"]) == ("op1", "ppk2")


async def test_no_pin_is_asked_for_what_cannot_be_settled(matching: Path) -> None:
    async with DeskDriver(settling_by_pin(give_pins(matching, "ppk2"))) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.press("s")
        assert "belum dibaca" in desk.message
        assert not isinstance(desk.app.screen, PinDialog)


async def test_where_nobody_has_a_pin_it_says_how_to_get_one(matching: Path) -> None:
    async with DeskDriver(settling_by_pin(matching)) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(*PAPER.values())
        await desk.press("s")
        assert "Setel dengan F9 p." in " ".join(desk.message.split())


async def test_esc_settles_nothing(matching: Path) -> None:
    async with DeskDriver(settling_by_pin(give_pins(matching, "ppk2"))) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(*PAPER.values())
        await desk.press("s", *PIN[:4], "Esc")
        assert desk.state(TPS_004) is not TpsState.SAH
        await desk.press("s", *WRONG, "Enter")
        assert "Bukan PIN Budi." in desk.text
        await desk.press(*PIN, "Enter")
        assert desk.state(TPS_004) is TpsState.SAH


# --- who sits at the keys --------------------------------------------------------------------


async def test_changing_who_types_takes_one_pin(with_pins: Path) -> None:
    async with DeskDriver(with_pins) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(150)
        await desk.press("P", *PIN, "Enter")
        assert desk.keys_pressed - len("150") - 1 == 8
        assert desk.pleno.by == "ppk2"
        assert "Budi" in desk.message
        assert kinds(desk)[-2:] == [Kind.READING_SAVED, Kind.SESSION_LOGIN]
        paper, login = desk.entries()[-2:]
        assert (paper.actor.id, login.actor.id, login.data) == ("op1", "ppk2", {"id": "ppk2", "pin": True})
        assert desk.pleno.draft(TPS_004) is None
        await desk.press("2", "Enter")
        assert desk.pleno.draft(TPS_004).by == "ppk2"


async def test_a_draft_that_could_not_be_finished_stays_with_its_typist(with_pins: Path) -> None:
    async with DeskDriver(with_pins) as desk:
        await desk.go_to_desk(TPS_004)
        await desk.type(150)
        session = desk.pleno.session
        meeting.suspend(session, "ppk2", "", pins.verify_pin(session, "ppk2", PIN))
        await desk.press("P", *PIN, "Enter")
        meeting.resume(session, "ppk2", "", pins.verify_pin(session, "ppk2", PIN))
        await desk.press("1", "5", "5", "Enter")
        paper = next(entry for entry in desk.entries() if entry.kind is Kind.READING_SAVED and entry.source == "plano")
        assert (paper.actor.id, [change.after for change in paper.changes]) == ("op1", [150])
        assert (desk.pleno.draft(TPS_004).by, desk.pleno.draft(TPS_004).figures) == ("ppk2", {"pemilih_dpt_p": 155})


async def test_the_one_without_a_pin_is_chosen_with_arrows(with_pins: Path) -> None:
    async with DeskDriver(with_pins) as desk:
        await desk.press("P", "up", "Enter")
        assert desk.pleno.by == "ppk1"
        await desk.press("P", "Esc")
        assert desk.pleno.by == "ppk1"


async def test_a_wrong_pin_changes_nobody(with_pins: Path) -> None:
    async with DeskDriver(with_pins) as desk:
        await desk.press("P", *WRONG, "Enter")
        assert "Bukan PIN Budi." in desk.text
        await desk.press("Esc")
        assert desk.pleno.by == "op1"


async def test_the_gateway_recognises_for_a_locked_screen(with_pins: Path) -> None:
    async with DeskDriver(with_pins) as desk:
        pins = desk.pleno.pins
        pins.lock()
        with pytest.raises(PlenoError, match="Bukan PIN"):
            pins.verify_pin("ppk2", WRONG)
        pins.log_in("ppk2", pins.verify_pin("ppk2", PIN))
        assert kinds(desk)[-4:] == [Kind.SESSION_LOCK, Kind.SESSION_FAIL, Kind.SESSION_LOGIN, Kind.SESSION_LOGIN]
        with pytest.raises(PlenoError, match="PIN diperlukan"):
            pins.log_in("ppk3")


async def test_no_pin_stands_on_any_screen_or_in_the_notes(with_pins: Path) -> None:
    async with DeskDriver(with_pins) as desk:
        await to_the_pin(desk)
        shown = []
        for key in (*WRONG, "Enter", *PIN, "Enter", "f8", "f12"):
            await desk.press(key)
            shown.append(desk.text)
        assert all(typed not in text for typed in (PIN, WRONG) for text in shown)
        assert all(typed not in str(desk.app.said) for typed in (PIN, WRONG))
