"""Hostile names on a real pseudo-terminal: every screen, dialog, the palette and the board draw them as text.

The raw bytes are taken apart: nothing but text and the sequences of Textual's own driver, no title, no clipboard.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("a pseudo-terminal as Unix has it", allow_module_level=True)

from e2e.hostile import ALLOWED, BIDI, CSI, FORGED, MARKS, MARKUP, OSC, WIDE, forge, forged_workspace
from e2e.terminal_stream import Program, foreign, plain
from tui.kecamatan import TPS_004, Ticking

from pleno.domain.entry import Kind
from pleno.domain.errors import PlenoError
from pleno.service import meeting, notes, practice
from pleno.service.session import Session

ESC, ENTER = "\x1b", "\r"
PALETTE, HELP, NOTES, LEAVE = "\x10", "?", "\x1b[24~", "\x1b[21~"
DOWN, HOME, END, PAGE_DOWN = "\x1b[B", "\x1b[H", "\x1b[F", "\x1b[6~"
JOURNEY = (
    (("p",), "Rapat"),
    ((ESC, "P"), "Siapa di papan ketik?"),
    ((ESC, HELP), "BANTUAN"),
    ((ESC, "a"), "DAFTAR HADIR"),
    ((ESC, "o"), "KOTAK"),
    ((ESC, "/"), "TPS mana?"),
    (("click 4", ENTER), "TPS 004"),
    ((".", "2", ENTER, HELP), "BANTUAN"),
    ((ESC, "i"), "TEMUAN"),
    ((DOWN, ESC, "b"), "PEMBETULAN"),
    ((ESC, "k"), "KEBERATAN"),
    (("1", "2", ENTER), "Baris"),
    ((ESC, "w"), "SALINAN SATU SAKSI"),
    (("2", ESC, "z"), "batalkan"),
    ((ESC, "]", "[", "v", "h"), "JEJAK"),
    (("/",), "Contoh:"),
    ((ESC, HOME, ENTER, DOWN, "g4"), "BANDING"),
    (("f",), "Saring selisih"),
    ((ESC, "g5"), "KEBERATAN & KEJADIAN"),
    ((ENTER, ESC, "1"), "diterima"),
    ((ESC, "t"), "TPS mana?"),
    ((ESC, "g6"), "REKAP"),
    (("d", "k", PAGE_DOWN), "REKAP"),
    (("g7",), "SEGEL & EKSPOR"),
    (("s",), "angka saksi"),
    ((ESC, "p"), "menurut jejak TEMPAT"),
    ((ESC,), "SEGEL & EKSPOR"),
    ((PALETTE,), "Cari perintah"),
    (("[/x]", ESC), "EKSPOR FINAL"),
    ((NOTES,), "CATATAN"),
    ((ESC, "g2"), "BERANDA"),
)
"""Keys, and what stands on the screen then."""
FARTHER = (
    (("F",), "data/foto"),
    ((DOWN, "k"), "Kaitkan"),
    ((ESC, ESC, "G"), "GRAFIK"),
    (("2", "3"), "S02"),
    ((ESC, "g3", "/", "click 4", ENTER, "#"), "HITUNG ULANG"),
    ((ESC, "f"), "Belum ada foto"),
    (("\x0c",), "TERKUNCI"),
    ((ENTER, "g9", HOME, ENTER), "Ubah PIN"),
    ((ESC, "p"), "PIN siapa"),
    ((ESC, ESC, "g2", "a", "t"), "nama"),
    ((ESC, ESC, "o", "r"), "segel rusak"),
    ((ESC, ESC, "g5", END, ENTER), "RINCIAN"),
    ((ESC, "g7", "k"), "KUNCI TANDA TANGAN"),
    ((ESC, "l"), "lembar"),
    ((ESC, "x"), "TEMPLAT EXCEL"),
    ((DOWN, "k"), ""),
)
"""The rest, each with names, files or reasons of others on it."""
LINES_OF_POLOS = (
    ("keadaan", "TPS: "),
    ("tps", "TPS belum sah."),
    ("selisih", "selisih terbuka."),
    (f"baca {TPS_004}", "TPS 004"),
    ("temuan", "temuan"),
    ("betulkan", "kosong = batal"),
    ("", "dibatalkan"),
    ("rekap", "TPS sah"),
    ("pleno jejak", "#1 "),
    ("pleno foto", "ditolak"),
    ("pleno templat daftar", "TIDAK DIKENALI"),
    (f'jelaskan "{MARKUP}', "kosong = batal"),
    ("", "Tidak dijelaskan."),
    (MARKUP, "tidak dikenal"),
    ("keluar", "Selesai"),
)
"""Lines typed in line mode, and what is said then."""
DRAWN = ("\\x1b]52;c;", "\\x1b[2J", "\\u202eabc", "a\\r\\n\\t", "\\ue000", "[@click=app.quit]x[/]", "漢字")
"""How the names look on the screen."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    parent = tmp_path_factory.mktemp("jahat")
    made = forged_workspace(parent)
    (made / "masuk").mkdir()
    for n, name in enumerate((*ALLOWED, *FORGED)):
        kept = "".join(char for char in name if char not in "/\0")[:60]
        (made / "masuk" / f"{n}{kept}.csv").write_bytes(f"{kept},{kept}\n\x1b[2J,1\n".encode())
    for place, end in (("data/foto", "jpg"), ("templates_xlsx", "xlsx")):
        (made / place).mkdir(parents=True, exist_ok=True)
        for n, name in enumerate((*ALLOWED, *FORGED)):
            kept = "".join(char for char in name if char not in "/\0")[:60]
            (made / place / f"{n}{kept}.{end}").write_bytes(f"{n} {kept}".encode())
    return made


def opened(folder: Path) -> Program:
    """The screens; a forged database is not whole, and would be held."""
    running = Program(folder=folder, judged=False)
    running.wait("BERANDA")
    return running


@pytest.fixture
def program(folder: Path) -> Iterator[Program]:
    running = opened(folder)
    yield running
    running.close()


def test_every_screen_and_dialog_shows_hostile_names_as_text(program: Program, folder: Path) -> None:
    for keys, see in JOURNEY:
        program.press(*keys, see=see)
    program.press("i", see="IMPOR")
    program.press(str(folder / "masuk"), ENTER, "1", DOWN, ESC, ESC, LEAVE, see="Keluar?")
    program.press("k")
    assert program.ended() == 0, program.sent[-500:]
    assert "\n".join(sorted(set(foreign(program.sent)))) == ""
    shown = plain(program.sent)
    assert [name for name in DRAWN if name not in shown] == []


def test_the_farther_screens_show_hostile_names_as_text(program: Program) -> None:
    for keys, see in FARTHER:
        program.press(*keys, see=see)
    assert "\n".join(sorted(set(foreign(program.sent)))) == ""


def test_the_practice_shows_them_as_text(tmp_path: Path) -> None:
    """Tugas and the lesson name the desa and the choices of the practice kecamatan."""
    made = practice.create(tmp_path / "latihan", Ticking().clock())
    forge(made / "data" / "pleno.db", {"PULAU PANGGANG": OSC, "PULAU KELAPA": BIDI, "PULAU HARAPAN": MARKS, "H. ": CSI})
    program = opened(made)
    try:
        program.press("t", see="TUGAS")
        program.press(*[DOWN] * 10, HOME, "j", "l", see="=")
        program.press("=", "=", "1", ENTER, ".", "v", "a", ENTER, "b", see="PEMBETULAN")
        program.press(ESC, ESC)
        assert "\n".join(sorted(set(foreign(program.sent)))) == ""
        shown = plain(program.sent)
        assert [name for name in ("\\x1b]52;c;", "\\x1b[2J") if name not in shown] == []
    finally:
        program.close()


def test_keys_and_signing_show_them_as_text(folder: Path, tmp_path: Path) -> None:
    """Keys of the member and of the saksi with the worst names, and a signature under a seal."""
    own, stick = shutil.copytree(folder, tmp_path / "kec"), tmp_path / "stik"
    stick.mkdir()
    program = opened(own)
    try:
        program.press("g7", "k", see="KUNCI TANDA TANGAN")
        for place, typed in ((HOME, str(stick)), (END, "")):  # the folder is offered the second time
            program.press(place, "b", see="Colok stik pemiliknya")
            program.press(typed, ENTER, see="kata terakhir sandi")
            *_, words = re.findall(r"tertutup:\W+((?:[a-z]+ ){4}[a-z]+)", plain(program.sent))
            program.press(*words.split()[-1], ENTER)
        program.press("t", see="TANDA TANGAN")
        assert "\n".join(sorted(set(foreign(program.sent)))) == ""
    finally:
        program.close()


def test_line_mode_says_them_as_text(folder: Path) -> None:
    program = Program("--polos", folder=folder)
    try:
        program.wait("keluar untuk selesai.")
        for line, see in LINES_OF_POLOS:
            program.press(f"{line}\n", see=see)
        assert program.ended() == 0
        assert b"\x1b" not in program.sent
        assert list(foreign(program.sent)) == []
        assert MARKUP in plain(program.sent)
    finally:
        program.close()


def test_the_start_screen_shows_them_as_text(tmp_path: Path) -> None:
    program = Program(folder=tmp_path)
    try:
        program.wait("belum ada ruang kerja")
        program.press("1", MARKUP, WIDE, ENTER, see="[!!]")
        program.press(ESC, "2", *((name, ENTER)[n % 2] for n, name in enumerate((MARKUP, "", WIDE, "", "[/x]", ""))))
        program.press("a\u0301" * 60, ENTER, MARKUP, ENTER, see="[!!]")
        program.press(ESC, "q")
        assert program.ended() == 0
        assert list(foreign(program.sent)) == []
    finally:
        program.close()


def test_the_board_shows_them_as_text(folder: Path) -> None:
    desk = opened(folder)
    try:
        desk.press("g3", "/", "click 4", ENTER, ".", "2", ENTER)
        board = Program("papan", folder=folder)
        try:
            board.wait("TPS 004")
            assert {"pleno.db"} <= {file.name for file in desk.open_files()}
            assert not [file for file in board.open_files() if folder in file.parents]
            board.press("x", ESC)
            board.press("q")
            assert board.ended() == 0
            assert list(foreign(board.sent)) == []
        finally:
            board.close()
        desk.press(LEAVE, "k")
        assert desk.ended() == 0
    finally:
        desk.close()


def test_no_action_of_a_name_ran(folder: Path) -> None:
    """After both programs: nothing stands in the journal but that they were opened, locked and closed."""
    with Session.open(folder, Ticking().clock()) as session:
        forged = max(entry.seq for entry in session.store.entries_of(Kind.PEMBETULAN_PROPOSED))
        since = {entry.kind for entry in session.store.entries(forged + 1)}
    assert since <= {Kind.APP_OPEN, Kind.APP_CLOSE, Kind.DB_RECOVERED, Kind.SESSION_LOGIN, Kind.SESSION_LOCK}


@pytest.mark.parametrize("name", FORGED)
def test_the_border_refuses_what_was_forged(folder: Path, name: str) -> None:
    with Session.open(folder, Ticking().clock()) as session:
        before = session.store.head()
        with pytest.raises(PlenoError):
            meeting.note_presence(session, "x99", name, "2", "", True, "op1")
        with pytest.raises(PlenoError):
            notes.note(name, "Catatan")
        assert session.store.head() == before


@pytest.mark.parametrize("name", ALLOWED)
def test_the_border_lets_text_be_text(name: str) -> None:
    assert notes.name(name, "Nama") == name
