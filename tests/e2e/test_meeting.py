"""A whole small kecamatan from buka to tutup by keyboard alone, and the set that tells its story.

Two desa, four TPS: a broken seal, a skors, an objection, a kill in the middle of a paper, a recount, a refusal to sign.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from e2e.conftest import run_pleno
from e2e.test_terminal import Terminal
from openpyxl import load_workbook
from service.table import WHOLE

pytestmark = pytest.mark.skipif(
    shutil.which("tmux") is None and "PLENO_CI" not in os.environ, reason="tmux is not installed"
)

CONTEST: Final = "pemilu2024-ppwp"
CODES: Final = ("3101011001001", "3101011001002", "3101011002001", "3101011002002")
FIGURES: Final = tuple(WHOLE.values())
TORN: Final = "kertas segel sobek di sudut"
OBJECTION: Final = "angka di salinan kami lain"
RECOUNT: Final = "surat suara nomor dua diragukan"
REFUSAL: Final = "keberatan kami tidak diterima"


def typed(terminal: Terminal, *keys: str) -> Terminal:
    """Many keys in one go, as a fast hand."""
    terminal._tmux("send-keys", *keys)
    return terminal


def read(terminal: Terminal, first: int = 0, last: int = len(FIGURES)) -> None:
    """Rows of the paper, each typed."""
    keys = [key for figure in FIGURES[first:last] for key in (*str(figure), "Enter")]
    typed(terminal, *keys)
    terminal.wait(f"baris {last}/{len(FIGURES)}")


def down_to(terminal: Terminal, prompt: str) -> None:
    """Down, line by line, until the prompt speaks of the one wanted."""
    while prompt not in (screen := terminal.screen):
        terminal.press("Down").gone("\n".join(screen.splitlines()[2:]))


def words(terminal: Terminal, text: str, title: str) -> Terminal:
    """A text for a dialog of that title, and Enter."""
    terminal.wait(title)
    terminal.write(text).wait(text.split()[-1])
    return terminal.press("Enter")


def meeting(terminal: Terminal, key: str, note: str, state: str) -> None:
    """`p` on Beranda: what becomes of the meeting, by the ketua."""
    terminal.press("F2").wait("BERANDA")
    terminal.press("p").wait("RAPAT PLENO")
    terminal.press(key).wait("Atas nama siapa?")
    terminal.press("1", "Enter").wait("Catatan, misalnya")
    terminal.write(note).press("Enter").wait(f"Rapat: {state}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An official workspace as an office makes it."""
    office = tmp_path_factory.mktemp("kantor")
    rows = [
        f"{code};{'PULAU PANGGANG' if code[:10].endswith('1') else 'PULAU KELAPA'};{int(code[-3:])}" for code in CODES
    ]
    (office / "tps.csv").write_text("\n".join(["kode_tps;desa;nomor", *rows]) + "\n", "utf-8")
    choices = [f"{CONTEST},{n},{name}" for n, name in enumerate(("Hasan", "Rahmat", "Umar"), 1)]
    (office / "pilihan.csv").write_text("\n".join(["kontes,nomor,nama", *choices]) + "\n", "utf-8")
    made = office / "kec"
    run_pleno(
        "siapkan", made, "--profil", CONTEST, "--wilayah", "310101", "--tps", office / "tps.csv",
        "--pilihan", office / "pilihan.csv",
    )  # fmt: skip
    return made


@pytest.fixture(scope="module")
def name(folder: Path) -> str:
    """The kecamatan as it is typed to confirm."""
    found = re.search(r'^kecamatan = "(.*)"', (folder / "pleno.toml").read_text("utf-8"), re.MULTILINE)
    assert found
    return found[1].lower()


@pytest.fixture(scope="module")
def story(folder: Path, name: str) -> Iterator[Path]:
    """The whole day; gives the folder of the last set."""
    terminal = Terminal(f"pleno-rapat-{os.getpid()}", "--folder", folder)
    try:
        prepare(terminal)
        first_desa(terminal)
        second_desa(terminal)
        terminal.press("#").wait("HITUNG ULANG  TPS 001 Pulau Kelapa")
        typed(terminal, "1", "8", "Enter").wait("ulang     18")
        os.kill(terminal.pid, signal.SIGKILL)
        terminal.close()
        terminal = Terminal(f"pleno-rapat2-{os.getpid()}", "--folder", folder)
        after_the_kill(terminal)
        closing(terminal, name)
        terminal.press("F10").wait("Keluar?")
        terminal.press("k").ended()
        yield max((folder / "data" / "ekspor").iterdir())
    finally:
        terminal.close()


def prepare(terminal: Terminal) -> None:
    """Boxes come, people sign the list, the ketua opens."""
    terminal.wait("BERANDA", "rapat persiapan: o kotak diterima")
    terminal.press("Up").press("o").wait("KOTAK  DESA PULAU PANGGANG")
    terminal.press("T").wait("2 kotak diterima")
    terminal.press("]").wait("DESA PULAU KELAPA")
    terminal.press("r")
    words(terminal, TORN, "Segel rusak  TPS 001").wait("RUSAK")
    terminal.press("T").wait("1 kotak diterima")
    terminal.press("Escape").wait("BERANDA")
    terminal.press("a").wait("DAFTAR HADIR", "saksi 01 Hasan")
    terminal.press("h").wait("PPK 1")
    down_to(terminal, "saksi 01 Hasan: belum ada")
    for who, mandate, after in (("Joko", "01/SM", "saksi 1 dari 3"), ("Ratna", "02/SM", "saksi 2 dari 3")):
        terminal.press("h")
        words(terminal, who, "Nama  saksi")
        words(terminal, mandate, f"Surat mandat {who}").wait(after)
    terminal.press("End", "h")
    words(terminal, "Yusuf", "Nama  Panwaslu")
    terminal.wait("Surat mandat Yusuf")
    terminal.press("Enter").wait("Panwaslu 1")
    terminal.press("Escape")
    meeting(terminal, "b", "pukul sembilan", "dibuka")


def first_desa(terminal: Terminal) -> None:
    """TPS 001 as everybody has it; TPS 002 objected to by a saksi, answered by the room."""
    terminal.press("Up", "o").wait("DESA PULAU PANGGANG")
    terminal.press("o").wait("dibuka 1/2")
    terminal.press("o").wait("dibuka 2/2")
    terminal.press("Escape").wait("BERANDA")
    terminal.press("F3").wait("TPS 001  DESA PULAU PANGGANG", "SAKSI: 1 tidak hadir, 3 belum")
    read(terminal)
    terminal.press("c").wait("Tidak hadir: S03")
    terminal.press("k").wait("KEBERATAN & KEJADIAN KHUSUS")
    terminal.press("0").wait("NIHIL dicatat")
    terminal.press("s").wait("berikut TPS 002 Pulau Panggang, TPS 2 dari 2", "desa 1 dari 2")
    read(terminal)
    terminal.press("w").wait("salinan siapa?")
    terminal.press("2").wait("[2 S02 Ratna]")
    terminal.write("2=142").wait("2=142")
    terminal.press("Enter").wait("Enter sekali lagi mencatat")
    terminal.press("Enter").wait("[! ] IV.02  salinan S02 142")
    terminal.press("c").wait("SAKSI: 2 sama, 1 beda, 1 tidak hadir")
    terminal.press(".").wait("baris:")
    terminal.write("2").press("Enter").wait("\nIV.02 ")
    terminal.press("k").wait("1 keberatan")
    terminal.press("1").wait("Pengaju")
    terminal.press("2", "Enter").wait("Baris     IV.02")
    terminal.press("Enter")
    words(terminal, OBJECTION, "Uraian").wait("Keberatan dicatat")
    terminal.press("F5").wait("1 terbuka dari 1")
    terminal.press("2").wait("siapa anggota PPK yang menyatakan?")
    terminal.press("1")
    words(terminal, "C.HASIL dibaca ulang bersama", "Mengapa tidak diterima?").wait("0 terbuka dari 1")
    terminal.press("F3").wait("TPS 002")
    terminal.press("s").wait("TPS 002 Pulau Panggang SAH", "TPS 001  DESA PULAU KELAPA")


def second_desa(terminal: Terminal) -> None:
    """The room rests and goes on; boxes are opened; half a paper is typed."""
    meeting(terminal, "s", "salat zuhur", "diskors")
    meeting(terminal, "l", "", "dibuka")
    terminal.press("Up", "Down", "o").wait("KOTAK  DESA PULAU KELAPA")
    terminal.press("o").wait("dibuka 1/2")
    terminal.press("o").wait("dibuka 2/2")
    terminal.press("Escape").wait("BERANDA")
    terminal.press("F3").wait("TPS 001  DESA PULAU KELAPA")
    read(terminal, 0, 12)


def after_the_kill(terminal: Terminal) -> None:
    """The paper goes on where it was; its ballots are counted again; the last TPS."""
    terminal.wait("DIPULIHKAN sampai #", "TPS 001  DESA PULAU KELAPA", "baris 12/28")
    read(terminal, 12)
    terminal.press("c").wait("Tidak hadir: S03")
    terminal.press("#").wait("HITUNG ULANG  TPS 001 Pulau Kelapa")
    terminal.press("Down").wait("ulang     18")
    typed(terminal, "1", "2", "3", "Enter")
    terminal.wait("ulang    123")
    terminal.press("Tab").wait("IV.01 18, IV.02 123", "Tab sekali lagi")
    terminal.press("Tab")
    words(terminal, RECOUNT, "dihitung ulang?").wait("# HITUNG ULANG")
    terminal.press("s").wait("berikut TPS 002 Pulau Kelapa")
    read(terminal)
    terminal.press("c").wait("Tidak hadir: S03")
    terminal.press("s").wait("SISA 0 TPS")


def confirm(terminal: Terminal, name: str, letter: str) -> Terminal:
    """What cannot be taken back: the name of the kecamatan typed, then the letter of its own."""
    terminal.press("Tab").write(name).wait(name)
    terminal.press("Enter").wait(f"{letter} = ")
    return terminal.press(letter)


def seal_and_export(terminal: Terminal, name: str, angka: str, number: int) -> None:
    terminal.press("F7").wait("SEGEL & EKSPOR")
    terminal.press("s").wait("angka saksi: [_]")
    terminal.write(angka).wait(f"[{angka}_]")
    terminal.press("Enter").wait("Enter tidak menyegel")
    screen = terminal.press("s").wait("tulis kedua kata di setiap salinan", f"saksi {angka}")
    written_down = re.search(rf"saksi {angka}  [a-z]+-([a-z]+)", screen)
    assert written_down
    terminal.press("Enter").wait("siapa yang membaca ulang")
    terminal.press("2").wait("kata kedua: [_]")
    terminal.write(written_down[1]).press("Enter").wait("cocok dengan kertas")
    terminal.press("E").wait("EKSPOR FINAL", "BATAL")
    confirm(terminal, name, "E").wait(f"set {number:02} DITETAPKAN")


def closing(terminal: Terminal, name: str) -> None:
    """Sealed and exported; a saksi refuses to sign; the ketua closes; the set is written again with all of it."""
    seal_and_export(terminal, name, "7391", 1)
    terminal.press("t").wait("TANDA TANGAN  set 01")
    down_to(terminal, "Ratna: belum")
    terminal.press("m")
    words(terminal, REFUSAL, "enolak").wait("CATAT PENOLAKAN")
    terminal.press("m").wait("MENOLAK")
    terminal.press("Escape").wait("SEGEL & EKSPOR")
    terminal.press("F2").wait("BERANDA")
    terminal.press("p").wait("RAPAT PLENO")
    terminal.press("t").wait("Atas nama siapa?")
    terminal.press("1", "Enter").wait("Catatan, misalnya")
    terminal.press("Enter").wait("TUTUP RAPAT", "4 dari 4 TPS sah")
    assert "Belum:" not in terminal.screen
    confirm(terminal, name, "T").wait("Rapat: ditutup")
    seal_and_export(terminal, name, "1844", 2)


def rows(story: Path, sheet: str) -> list[str]:
    """Each row of a sheet of the workbook of the set, as one line."""
    (path,) = story.glob("D.HASIL*.xlsx")
    book = load_workbook(path, data_only=True, read_only=True)
    found = book[sheet].iter_rows(values_only=True)
    return [" | ".join(str(cell) for cell in row if cell is not None) for row in found if any(row)]


def test_kejadian_khusus_tells_the_broken_seal_the_recount_the_objection_and_the_refusal(story: Path) -> None:
    told = rows(story, "KEJADIAN_KHUSUS")
    at = next(n for n, row in enumerate(told) if row.startswith("KEBERATAN SAKSI"))
    events, objections = "\n".join(told[:at]), "\n".join(told[at:])
    assert f"Kotak TPS 001 PULAU KELAPA dibuka, segel atau gembok RUSAK ({TORN})" in events
    assert "IV.01" in events
    assert "18 (delapan belas), semula" not in events
    assert f"Alasan: {RECOUNT}. Di C.HASIL (plano) tertulis: IV.01 17; IV.02 124." in events
    assert f"Ratna (saksi nomor 2) menolak menandatangani ekspor nomor 1: {REFUSAL}" in events
    assert "Ratna (saksi nomor 2)" in objections
    assert OBJECTION in objections
    assert "tidak diterima: C.HASIL dibaca ulang bersama" in objections


def test_the_attendance_list_has_names_mandates_and_times(story: Path) -> None:
    told = [row for row in rows(story, "DAFTAR_HADIR") if row[0].isdigit()]
    assert re.search(r"Ketua PPK \| [0-9.]+-", told[0])
    assert any(re.search(r"Joko \| saksi nomor 01 \| 01/SM \| [0-9.]+-$", row) for row in told)
    assert any(re.search(r"Yusuf \| Panwaslu Kecamatan \| [0-9.]+-$", row) for row in told)


def test_each_tps_has_the_answers_of_its_witnesses(story: Path) -> None:
    told = [row for row in rows(story, "JAWABAN_SAKSI") if row[0].isdigit()]
    assert [row.rpartition("| ")[2] for row in told] == [
        "S01 sama; S02 sama; S03 tidak hadir; PWS sama",
        "S01 sama; S02 beda; S03 tidak hadir; PWS sama",
        "S01 sama; S02 sama; S03 tidak hadir; PWS sama",
        "S01 sama; S02 sama; S03 tidak hadir; PWS sama",
    ], "at the third the ballots said otherwise than every paper"


def test_the_berita_acara_counts_people_boxes_and_suspensions(story: Path) -> None:
    told = " ".join(rows(story, "BERITA_ACARA"))
    assert "dihadiri oleh 2 orang saksi dan 1 orang Panwaslu" in told
    assert re.search(r"Rapat diskors 1 kali: [0-9.]+-[0-9.]+ \(salat zuhur\)", told)
    assert "diterima 4 (empat) dan yang dibuka 4 (empat) dari 4 TPS; segel atau gembok rusak pada 1 (satu)" in told
    assert re.search(r"dibuka pukul [0-9.]+ WIB dan ditutup pukul [0-9.]+ WIB", told)
    assert "register pembetulan; dihitung ulang 1 (satu) TPS, keberatan 1 (satu)." in told
    assert "Rahmat | 495" in told.replace("02 | ", ""), "three times 124 and 123 after the recount"


def test_the_journal_holds_the_kill_and_the_set_is_whole(story: Path, folder: Path) -> None:
    told = run_pleno("jejak", "--folder", folder, "--json").stdout
    assert '"jenis":"db.recovered"' in told
    assert '"jenis":"meeting.closed"' in told
    assert run_pleno("verifikasi", folder, check=None).returncode in (0, 3)
    assert run_pleno("verifikasi", story, check=None).returncode == 3, "whole, and signed by nobody"
