"""The screens in a real terminal of 80x24: a TPS from waiting to sealed and exported, and the power gone in between."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
LONGEST_WAIT: Final = 20.0
"""Seconds after which a text that has not come is a failure."""
ONE_HAND: Final = 0.14
"""Seconds between two presses of `=`; faster ones are a key held down, which the Meja does not take."""

pytestmark = pytest.mark.skipif(
    shutil.which("tmux") is None and "PLENO_CI" not in os.environ, reason="tmux is not installed"
)


class Terminal:
    """One program in a tmux of its own; it knows only keys and what stands on the screen."""

    def __init__(self, server: str, *command: str | Path, term: str = "screen-256color") -> None:
        self._server = server
        words = ["env", f"PYTHONPATH={ROOT}", f"TERM={term}", sys.executable, "-m", "pleno", *map(str, command)]
        self._tmux("new-session", "-d", "-x", "80", "-y", "24", *words)
        self._tmux("set-option", "-g", "remain-on-exit", "on")

    def _tmux(self, *words: str) -> str:
        told = subprocess.run(
            ["tmux", "-L", self._server, "-f", os.devnull, *words],
            capture_output=True, text=True, encoding="utf-8", timeout=30,
        )  # fmt: skip
        assert told.returncode == 0, told.stderr
        return told.stdout

    @property
    def screen(self) -> str:
        return self._tmux("capture-pane", "-p")

    def wait(self, *texts: str) -> str:
        """The screen once it shows every text."""
        until = time.monotonic() + LONGEST_WAIT
        while True:
            screen = self.screen
            missing = [text for text in texts if text not in screen]
            if not missing:
                return screen
            assert time.monotonic() < until, f"{missing} not on the screen:\n{screen}"
            time.sleep(0.02)

    def press(self, *keys: str) -> Terminal:
        """Keys by their names in tmux, each sent by itself."""
        for key in keys:
            self._tmux("send-keys", key)
        return self

    def accept(self, until: str) -> None:
        """`=` row by row, as the prompt names them, until the row of this code is in hand."""
        while (code := self.screen.splitlines()[-2].split()[0]) != until:
            time.sleep(ONE_HAND)
            self.press("=").gone(f"\n{code} ")

    def gone(self, text: str) -> None:
        """Wait until a text has left the screen."""
        until = time.monotonic() + LONGEST_WAIT
        while text in self.screen:
            assert time.monotonic() < until, f"{text!r} is still on the screen:\n{self.screen}"
            time.sleep(0.02)

    def ended(self) -> None:
        """Wait until the program has left; asked of tmux, which does not always write that on the screen."""
        until = time.monotonic() + LONGEST_WAIT
        while self._tmux("list-panes", "-F", "#{pane_dead}").strip() != "1":
            assert time.monotonic() < until, f"still there:\n{self.screen}"
            time.sleep(0.02)

    def write(self, text: str) -> Terminal:
        self._tmux("send-keys", "-l", text)
        return self

    @property
    def pid(self) -> int:
        return int(self._tmux("list-panes", "-F", "#{pane_pid}"))

    def close(self) -> None:
        subprocess.run(["tmux", "-L", self._server, "kill-server"], capture_output=True, timeout=30)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("terminal") / "latihan"


@pytest.fixture(scope="module")
def terminal(folder: Path) -> Iterator[Terminal]:
    """The practice kecamatan, made and opened by the real command."""
    opened = Terminal(f"pleno-{os.getpid()}", "latihan", folder)
    yield opened
    opened.close()


def row(screen: str, code: str) -> str:
    """The line of the Meja that shows a row of the paper."""
    return next(line for line in screen.splitlines() if re.match(rf".{{1,2}}{re.escape(code)} ", line))


def test_a_waiting_tps_becomes_sah(terminal: Terminal) -> None:
    terminal.wait("BERANDA", "LATIHAN", "PULAU HARAPAN", "F1 Bantuan")
    terminal.press("F3").wait("TPS 001", "= terima, atau ketik")
    terminal.press("/").write("harapan 8").wait("TPS: harapan 8_")
    terminal.press("Enter").wait("TPS 008  DESA PULAU HARAPAN", "% I.A.1.L", "baris 0/21")
    terminal.press("Down", "Up").wait("\nI.A.1.L ")

    # What a file said of the paper is read aloud and accepted, row by row; each is kept at once.
    terminal.accept(until="IV.01")
    assert "draf " in terminal.screen.splitlines()[0]

    # Here Sirekap says 71; the figure of the paper is typed.
    terminal.write("149").wait("[149_]")
    terminal.press("Enter").wait("\nIV.02 ")
    screen = terminal.wait("[! ] IV.01  Sirekap 71, plano 149, selisih +78")
    assert row(screen, "IV.01").split()[0] == "!"
    terminal.accept(until="V.C")
    time.sleep(ONE_HAND)
    screen = terminal.press("=").wait("baris 21/21", "SEIMBANG", "TEMUAN 3 terbuka", "tersimpan #")
    assert [row(screen, code).split()[0] for code in ("IV.01", "IV.02", "IV.03", "V.A")] == ["!", "!", "!", "="]

    # Not yet: three differences are open.
    terminal.press("s").wait("Belum dapat disahkan")
    terminal.press("b").wait("PEMBETULAN  1 dari 3", "SIREKAP 71   ->   149")
    for place, figures in ((2, "641   ->   19"), (3, "511   ->   17")):
        terminal.press("1").wait(f"{place} dari 3", figures)
    terminal.press("1", "Enter").wait("Disetujui anggota PPK")
    terminal.press("2", "Enter").wait("3 pembetulan disetujui", "* IV.01", "* IV.02", "* IV.03", "TEMUAN tidak ada")
    terminal.press("s").wait("SISA 52 TPS", "! 6 beda")


def test_the_recap_counts_it(terminal: Terminal) -> None:
    terminal.press("F6").wait("REKAP")
    for _desa in range(3):
        if "PULAU HARAPAN" in terminal.screen.splitlines()[2]:
            break
        head = terminal.screen.splitlines()[2]
        terminal.press("d").gone(head)
    screen = terminal.press("End").wait("PULAU HARAPAN", "IV.01")
    assert row(screen, "IV.01").split()[-1] == "149"


def test_it_is_sealed_and_exported(terminal: Terminal, folder: Path) -> None:
    terminal.press("F7").wait("SEGEL & EKSPOR", "1/53", "EKSPOR FINAL belum dapat")
    terminal.press("s").wait("angka saksi: [_]")
    terminal.write("7391").wait("[7391_]")
    terminal.press("Enter").wait("Enter tidak menyegel")
    screen = terminal.press("s").wait("tulis kedua kata di setiap salinan", "saksi 7391")
    written_down = re.search(r"saksi 7391  [a-z]+-([a-z]+)", screen)
    assert written_down
    terminal.press("Enter").wait("siapa yang membaca ulang")
    screen = terminal.press("2").wait("kata kedua: [_]")
    assert written_down[1] not in screen, "the word is read from paper"
    terminal.write("salah").press("Enter").wait("Kata tidak cocok")
    terminal.write(written_down[1]).press("Enter").wait("cocok dengan kertas", "segel 01+2")

    terminal.press("E").wait("Belum dapat: 52 dari 53 TPS belum sah")
    terminal.press("e").wait("Ekspor selesai: set 01 KONSEP", "SET REKAP")
    (made,) = (folder / "data" / "ekspor").iterdir()
    assert (made / "manifest.json").is_file()
    terminal.press("p").wait("VERIFIKASI  UTUH", "ekspor 01", "tabel sama dengan ulangan jejak")
    terminal.press("Escape").wait("SEGEL & EKSPOR")


def test_a_kill_in_the_middle_of_typing_loses_nothing_shown(terminal: Terminal, folder: Path) -> None:
    terminal.press("F3", "/").write("harapan 7").press("Enter").wait("TPS 007  DESA PULAU HARAPAN")
    terminal.press("Down", "Up").wait("\nI.A.1.L ")
    terminal.accept(until="I.B.1.L")
    kept = terminal.screen
    terminal.write("12").wait("[12_]")
    terminal.gone(kept.splitlines()[0])  # after a second without a key the digits are kept too, and the time says so
    before = terminal.wait("[12_]", "draf ")
    os.kill(terminal.pid, signal.SIGKILL)
    terminal.close()

    again = Terminal(f"pleno-{os.getpid()}-lagi", "--folder", folder)
    try:
        after = again.wait("DIPULIHKAN sampai #", "TPS 007  DESA PULAU HARAPAN", "[12_]")
        assert '"12" di I.B.1.L belum tersimpan' in " ".join(after.split())
        for code in ("I.A.1.L", "I.A.1.P", "I.A.1.J", "I.B.1.L"):
            assert row(after, code) == row(before, code)
        assert "SISA 52 TPS" in after
        again.press("Escape").gone("[12_]")
        again.press("F7").wait("SEGEL 01", "01  KONSEP", "[v] kata segel dibaca ulang")
        again.press("F10").wait("Keluar?")
        again.press("k").ended()
    finally:
        again.close()


def test_a_dumb_terminal_gets_text(folder: Path) -> None:
    plain = Terminal(f"pleno-{os.getpid()}-polos", "--folder", folder, term="dumb")
    try:
        plain.wait("Ketik bantuan untuk daftar kata, keluar untuk selesai.")
    finally:
        plain.close()
