"""Signing the newest determined set on the screen: key and passphrase, refusing with a reason, saksi (DOMAIN 4.4)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from exporters.prints import needs_poppler, qr_texts
from textual import events
from tui.cells import attributes_of, cells_of, matches_golden
from tui.driver import DeskDriver
from tui.kecamatan import PAPER, TPS, Ticking, made
from tui.test_closing_screen import SIZES

from pleno.domain.entry import Kind
from pleno.domain.figures import PLANO
from pleno.domain.state import Sheet, SheetStatus
from pleno.exporters.pdf_qr import read_qr
from pleno.service import export, meeting, page_codes, reading, sealing, settling, signing
from pleno.service.session import Session
from pleno.service.verify import Outcome
from pleno.tui.screens.sign import SignDialog
from pleno.tui.screens.signing import SigningScreen

SIGNERS = ("ppk1", "ppk2", "ppk3", "saksi-02")
WHY = "saksi tidak setuju jumlah TPS 4"


class Room:
    """A workspace with a determined set, and the stick with the keys of its signers."""

    def __init__(self, folder: Path, stick: Path, words: dict[str, str]) -> None:
        self.folder, self.stick, self.words = folder, stick, words

    @property
    def sets(self) -> Path:
        return self.folder / export.OUTGOING


@pytest.fixture(scope="module")
def _signable(tmp_path_factory: pytest.TempPathFactory) -> Room:
    folder, stick = made(tmp_path_factory.mktemp("tanda")), tmp_path_factory.mktemp("stik")
    with Session.open(folder, Ticking(folder).clock()) as session:
        contest = session.contest(None)
        for code in TPS:
            reading.record_reading(session, session.roster[code], contest, PLANO, PAPER, "op1")
        settling.settle(session, [session.roster[code] for code in TPS], contest, "op1")
        words = {one: signing.create_key(session, one, stick, "op1").passphrase for one in SIGNERS}
        sealing.seal(session, "7391", "op1")
        export.export(session, contest, False, "op1")
    return Room(folder, stick, words)


@pytest.fixture
def room(_signable: Room, tmp_path: Path) -> Room:
    return Room(Path(shutil.copytree(_signable.folder, tmp_path / "kec")), _signable.stick, _signable.words)


def signing_screen(desk: DeskDriver) -> SigningScreen:
    screen = desk.app.screen
    assert isinstance(screen, SigningScreen), f"on the screen is {screen}"
    return screen


async def to_person(desk: DeskDriver, person: str) -> None:
    signing_screen(desk).grid.go_to(person)
    await desk.settle()


async def signed(desk: DeskDriver, room: Room, person: str, words: str | None = None) -> None:
    await to_person(desk, person)
    await desk.press("t", *["Backspace"] * 90, *str(room.stick), "Enter")
    await desk.press(*(room.words[person] if words is None else words), "Enter", "t")
    await desk.pilot.pause()


def status(desk: DeskDriver) -> SheetStatus:
    (sheet,) = desk.pleno.session.state.all(Sheet)
    return sheet.status


async def test_ketua_and_two_members_make_a_set_signed_and_a_saksi_may_follow(room: Room) -> None:
    async with DeskDriver(room.folder) as desk:
        await desk.press("f7")
        assert "[ ] tanda tangan set 01" in cells_of(desk.app)
        await desk.press("t")
        assert "Masih kurang 1 ketua dan 2 anggota." in cells_of(desk.app)
        await signed(desk, room, "ppk1")
        assert "Siti Aminah menandatangani: masih kurang 2 anggota." in desk.message
        for person in ("ppk2", "ppk3"):
            await signed(desk, room, person)
        assert "set ini DITANDATANGANI" in desk.message
        assert status(desk) is SheetStatus.DITANDATANGANI
        await signed(desk, room, "saksi-02")
        assert "Ratna menandatangani" in desk.message
        assert cells_of(desk.app).count("sudah 14:") == 4
        await desk.press("Esc")
        assert "[v] tanda tangan set 01" in cells_of(desk.app)
        assert "4 ada" in cells_of(desk.app)


async def test_the_passphrase_is_stars_and_is_forgotten(room: Room) -> None:
    async with DeskDriver(room.folder) as desk:
        await desk.press("f7", "t")
        await to_person(desk, "ppk1")
        await desk.press("t", *str(room.stick), "Enter", *room.words["ppk1"])
        shown = cells_of(desk.app)
        assert "*" * len(room.words["ppk1"]) in shown
        assert not [word for word in room.words["ppk1"].split() if word in shown]
        dialog = desk.app.screen
        assert isinstance(dialog, SignDialog)
        await desk.press("Enter")
        assert "tidak dapat dibatalkan" in cells_of(desk.app)
        await desk.press("Enter")
        assert not isinstance(desk.app.screen, SignDialog), "the focus stands on BATAL, and Enter never signs"
        assert dialog._words == ""
        assert status(desk) is SheetStatus.DITETAPKAN
        assert not list((room.sets / next(room.sets.iterdir()).name).glob("*.p7s"))


async def test_a_wrong_passphrase_and_a_missing_stick_sign_nothing(room: Room) -> None:
    async with DeskDriver(room.folder) as desk:
        await desk.press("f7", "t")
        await signed(desk, room, "ppk1", "salah salah salah salah salah")
        assert "sandi salah" in cells_of(desk.app).lower()
        await desk.press(*"/tidak-ada", "Enter", *"x", "Enter", "t")
        await desk.pilot.pause()
        assert "Kunci tidak ada" in cells_of(desk.app)
        dialog = desk.app.screen
        assert isinstance(dialog, SignDialog)
        desk.app.post_message(events.Paste("ini dan itu"))
        await desk.settle()
        assert dialog._path.endswith("/tidak-adaini dan itu"), "how it is broken into lines depends on its length"
        await desk.press("Esc")
        assert desk.entries(lambda one: one.kind is Kind.EXPORT_SIGNED) == []  # type: ignore[attr-defined]


async def test_who_refuses_gives_a_reason_and_a_letter(room: Room) -> None:
    async with DeskDriver(room.folder) as desk:
        await desk.press("f7", "t")
        await to_person(desk, "saksi-02")
        await desk.press("m", *WHY[:5], "Enter")
        assert "paling sedikit 10" in cells_of(desk.app)
        await desk.press(*WHY[5:], "Enter")
        await desk.press("Enter")
        assert desk.entries(lambda one: one.kind is Kind.SIGNING_REFUSED) == []  # type: ignore[attr-defined]
        await desk.press("m", "Enter")
        await desk.press("m")
        (entry,) = desk.entries(lambda one: one.kind is Kind.SIGNING_REFUSED)  # type: ignore[attr-defined]
        assert entry.note == WHY  # type: ignore[attr-defined]
        assert "MENOLAK: saksi tidak" in cells_of(desk.app)
        await signed(desk, room, "saksi-02")
        assert "MENOLAK" not in cells_of(desk.app), "who signs after all has signed"


async def test_keys_say_why_they_cannot_act(room: Room) -> None:
    with Session.open(room.folder, Ticking(room.folder).clock()) as session:
        meeting.suspend(session, "ppk1")
    async with DeskDriver(room.folder) as desk:
        await desk.press("f7", "t", "t")
        assert "Rapat diskors" in desk.message
        await to_person(desk, "saksi-01")
        await desk.press("t")
        assert "Kunci Joko: belum ada" in desk.message
        await desk.press("f1")
        assert "Tanda tangan orang ini" in cells_of(desk.app)


async def test_without_a_determined_set_nothing_is_signed(bare: Path) -> None:
    async with DeskDriver(bare) as desk:
        await desk.press("f7", "t")
        assert "Belum ada set DITETAPKAN" in desk.message


async def test_a_set_that_is_gone_is_told(room: Room) -> None:
    shutil.rmtree(next(room.sets.iterdir()))
    async with DeskDriver(room.folder) as desk:
        await desk.press("f7", "t")
        assert "Bukan set rekap" in desk.message


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_cells(room: Room, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pleno.tui.signing_gateway.spoken_fingerprint", lambda _digits: "7C1F 22A0 09C2")
    with Session.open(room.folder, Ticking(room.folder).clock()) as session:
        signing.refuse_to_sign(session, next(room.sets.iterdir()), "saksi-01", WHY)
    async with DeskDriver(room.folder, size) as desk:
        await desk.press("f7", "t")
        await signed(desk, room, "ppk1")
        shown = cells_of(desk.app)
        assert all(len(line) <= size[0] for line in shown.splitlines())
        matches_golden(f"tanda-tangan-{size[0]}x{size[1]}", shown)
        await to_person(desk, "ppk2")
        await desk.press("t", "Enter", *room.words["ppk2"][:1] * 30, "Enter")
        await desk.pilot.pause()
        matches_golden(f"tandatangani-{size[0]}x{size[1]}", cells_of(desk.app))


async def test_without_colour(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pleno.tui.signing_gateway.spoken_fingerprint", lambda _digits: "7C1F 22A0 09C2")
    monkeypatch.setenv("NO_COLOR", "1")
    with Session.open(room.folder, Ticking(room.folder).clock()) as session:
        signing.refuse_to_sign(session, next(room.sets.iterdir()), "saksi-01", WHY)
    async with DeskDriver(room.folder) as desk:
        await desk.press("f7", "t")
        matches_golden("tanda-tangan-80x24-tanpa-warna", attributes_of(desk.app))


async def final_set(desk: DeskDriver) -> None:
    """`E` up to the question about the codes."""
    await desk.press("f7", "E", "Tab", *desk.pleno.config.kecamatan.lower(), "Enter", "E")


async def written(desk: DeskDriver) -> Path:
    """The newest set, once it is written."""
    await desk.settle()
    await desk.app.workers.wait_for_complete()
    await desk.settle()
    newest = max(desk.pleno.session.state.all(Sheet), key=lambda one: one.number)
    assert newest.number == 2, desk.message
    return desk.pleno.session.folder / export.OUTGOING / newest.folder


@needs_poppler
async def test_the_codes_of_the_final_set_are_signed_with_the_key_of_the_ketua(room: Room, tmp_path: Path) -> None:
    async with DeskDriver(room.folder) as desk:
        await final_set(desk)
        await desk.press("k", *["Backspace"] * 90, *str(room.stick), "Enter", *"satu dua", "Enter", "t")
        await desk.pilot.pause()
        assert "Sandi salah" in cells_of(desk.app)
        await desk.press("Esc")
        assert "KODE QR" in cells_of(desk.app), "leaving the key leads back to the question"
        await desk.press("k", *["Backspace"] * 90, *"~nobody-here/x", "Enter", *"satu dua", "Enter", "t")
        assert "Tidak ada folder rumah dengan nama itu" in " ".join(cells_of(desk.app).replace("|", " ").split())
        await desk.press("Esc")
        await desk.press("k", "Enter", *room.words["ppk1"], "Enter", "t")
        folder = await written(desk)
        assert "kode QR bertanda" in desk.message
    ((text,),) = qr_texts(next(folder.glob("D.HASIL*.pdf")).read_bytes(), tmp_path, [3])
    assert page_codes.verify_code(text, folder, (), room.folder).outcome is Outcome.UTUH


@needs_poppler
async def test_without_the_key_one_enter_writes_the_final_set(room: Room, tmp_path: Path) -> None:
    async with DeskDriver(room.folder) as desk:
        await final_set(desk)
        await desk.press("Enter")
        folder = await written(desk)
    ((text,),) = qr_texts(next(folder.glob("D.HASIL*.pdf")).read_bytes(), tmp_path, [3])
    assert read_qr(text)[1] == b""
