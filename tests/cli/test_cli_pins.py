"""`pleno pin`, and the acts that wait for a PIN: typed unseen or from standard input, never from anywhere else."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cli.driver import FIRST, SECOND, Run, Said, pleno
from cli.test_cli_process import command, environment

from pleno.service import pins
from pleno.service.session import Session

PIN, OTHER, WRONG = "480275", "917352", "604183"


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The PINs that the program makes next: chosen here, since what it makes nobody knows before."""
    coming: list[str] = []
    monkeypatch.setattr("pleno.service.pins.draw_pin", lambda: coming.pop(0) if coming else PIN)
    return coming


def set_pin(folder: Path, person: str) -> Said:
    return pleno("pin", person, "--pin-stdin", "--folder", folder)


@pytest.fixture
def with_pins(table_folder: Path, drawn: list[str]) -> Path:
    """The ketua and one member have PINs; readings differ."""
    drawn.append(OTHER)
    assert set_pin(table_folder, "ppk1").code == 0
    assert set_pin(table_folder, "ppk2").code == 0
    return table_folder


def propose(folder: Path) -> int:
    told = pleno(
        "betulkan", FIRST, "suara.1=17", "--jenis", "sirekap", "--alasan", "SALAH_BACA_SIREKAP", "--oleh", "op1",
        "--json", "--folder", folder,
    )  # fmt: skip
    return int(told.json["pembetulan"])


def last_entries(folder: Path, count: int) -> list[dict[str, object]]:
    return list(pleno("jejak", "--json", "--folder", folder).json["entri"][-count:])


def test_a_script_is_told_the_pin_the_program_made(kec: Path) -> None:
    said = set_pin(kec, "ppk2")
    assert (said.code, said.err) == (0, "")
    assert "PIN Anggota PPK 2 disetel oleh Anggota PPK 2" in said.out
    assert f"PIN baru: {PIN}\n" in said.out
    people = pleno("petugas", "--json", "--folder", kec).json["petugas"]
    assert [one["id"] for one in people if one["pin"]] == ["ppk2"]
    assert "ada" in pleno("petugas", "--folder", kec).out


def test_a_new_pin_needs_the_old_one_first(kec: Path, drawn: list[str]) -> None:
    set_pin(kec, "ppk2")
    drawn.append(OTHER)
    wrong = pleno("pin", "ppk2", "--pin-stdin", "--folder", kec, typed=f"{WRONG}\n")
    assert (wrong.code, wrong.out) == (2, "")
    assert "Bukan PIN Anggota PPK 2" in wrong.err
    told = pleno("pin", "ppk2", "--pin-stdin", "--json", "--folder", kec, typed=f"{PIN}\n")
    assert told.json["pin"] == OTHER
    assert pleno("pin", "ppk2", "--pin-stdin", "--folder", kec, typed=f"{OTHER}\n").code == 0


def test_the_ketua_sets_one_anew_by_the_own_key_with_a_reason(with_pins: Path, tmp_path: Path) -> None:
    args = ("pin", "ppk2", "--oleh", "ppk1", "--pin-stdin", "--folder", with_pins)
    assert "perlu alasan tertulis" in pleno(*args, typed=f"{OTHER}\n").err
    why = ("--alasan", "lupa PIN sejak pagi")
    assert "Ketua belum punya kunci" in pleno(*args, *why, typed=f"{OTHER}\n").err
    stick = tmp_path / "stik"
    stick.mkdir()
    key = ("kunci", "buat", "ppk1", stick, "--pin-stdin", "--json", "--folder", with_pins)
    assert "Kunci milik sendiri" in pleno(*key, "--oleh", "op1", typed=f"{PIN}\n").out
    made = pleno(*key, "--oleh", "ppk1", typed=f"{OTHER}\n").json
    assert "--kunci FILE" in pleno(*args, *why, typed=f"{OTHER}\n").err
    assert "Sandi salah" in pleno(*args, *why, "--kunci", stick, typed=f"{OTHER}\n").err
    said = pleno(*args, *why, "--kunci", made["berkas"], typed=f"{made['sandi']}\n")
    assert said.code == 0, said.err
    assert "DARURAT: PIN Anggota PPK 2 disetel ulang oleh Ketua PPK (ketua PPK): lupa PIN sejak pagi." in said.out
    refused = pleno("pin", "ppk1", "--oleh", "op1", "--alasan", "lupa PIN sejak pagi", "--folder", with_pins)
    assert "Bukan wewenangnya" in refused.err


def test_two_members_set_the_ketuas_anew(with_pins: Path, drawn: list[str]) -> None:
    third = "730698"
    drawn.append(third)
    assert set_pin(with_pins, "ppk3").code == 0
    args = ("pin", "ppk1", "--oleh", "ppk2", "--alasan", "ketua lupa PIN", "--pin-stdin", "--folder", with_pins)
    alone = pleno(*args, typed=f"{PIN}\n")
    assert alone.code == 2
    assert "--bersama ID" in alone.err
    said = pleno(*args, "--bersama", "ppk3", typed=f"{PIN}\n{third}\n")
    assert said.code == 0, said.err
    assert "oleh Anggota PPK 2 (anggota PPK) bersama Anggota PPK 3: ketua lupa PIN." in said.out


def test_a_turn_of_the_meeting_asks_the_pin(with_pins: Path) -> None:
    args = ("skors", "--oleh", "ppk2", "--folder", with_pins)
    assert "Pakai --pin-stdin" in pleno(*args).err
    assert pleno(*args, "--pin-stdin", typed=f"{PIN}\n").code == 0


def test_a_confirmation_asks_the_pin_of_who_has_one(with_pins: Path) -> None:
    number = propose(with_pins)
    args = ("setujui", number, "--oleh", "ppk2", "--folder", with_pins)
    silent = pleno(*args)
    assert (silent.code, silent.out) == (2, "")
    assert "di sini tidak ada terminal.\nPakai --pin-stdin." in silent.err
    assert pleno(*args, "--pin-stdin", typed=f"{WRONG}\n").code == 2
    assert last_entries(with_pins, 2)[0]["jenis"] == "session.fail"
    said = pleno(*args, "--pin-stdin", typed=f"{PIN}\r\n")
    assert said.code == 0
    assert "disetujui Anggota PPK 2 (anggota PPK) dengan PIN." in said.out
    undone = ("batalkan", number, "--catatan", "keliru disetujui tadi", "--folder", with_pins)
    assert pleno(*undone, "--oleh", "ppk2").code == 2
    assert pleno(*undone, "--oleh", "ppk2", "--pin-stdin", typed=f"{PIN}\n").code == 0


def test_nobody_is_asked_for_an_act_that_is_refused_anyway(with_pins: Path) -> None:
    said = pleno("setujui", 9999, "--oleh", "ppk2", "--folder", with_pins)
    assert "Pembetulan tidak ditemukan" in said.err


def test_who_has_none_is_sent_to_make_one(with_pins: Path) -> None:
    done = pleno("setujui", propose(with_pins), "--oleh", "ppk3", "--folder", with_pins)
    assert (done.code, "`pleno pin ppk3`" in " ".join(done.err.split())) == (2, True)


def test_locked_after_five(with_pins: Path) -> None:
    args = ("setujui", propose(with_pins), "--oleh", "ppk2", "--pin-stdin", "--folder", with_pins)
    for _ in range(5):
        assert pleno(*args, typed=f"{WRONG}\n").code == 2
    assert "PIN terkunci" in pleno(*args, typed=f"{PIN}\n").err


def test_settling_by_pin(with_pins: Path) -> None:
    toml = with_pins / "pleno.toml"
    toml.write_text(toml.read_text("utf-8").replace("pin_sahkan = false", "pin_sahkan = true"), "utf-8")
    args = ("sahkan", SECOND, "--dibacakan", "ppk2", "--folder", with_pins)
    assert pleno(*args).code == 2
    assert "tidak ada terminal" in pleno(*args).err
    assert "PIN diperlukan" in pleno("sahkan", SECOND, "--folder", with_pins, "--dibacakan", "ppk3").err
    said = pleno(*args, "--pin-stdin", typed=f"{PIN}\n")
    assert said.code == 0, said.err
    assert "dengan PIN Anggota PPK 2" in said.out


@pytest.mark.parametrize(
    "typed",
    [b"", b"\n", b"48027\n", b"4802755\n", b"\xff\xfe\x00\n", b"480275", b"4" * 100_000, b"\x1b[2J\n",
     b"\x00" * 9 + b"\n", "４８０２７５\n".encode(), b"-48027\n", b"480275 \n", b"[/]\n"],
    ids=range(13),
)  # fmt: skip
def test_whatever_is_typed_ends_in_a_sentence(kec: Path, typed: bytes) -> None:
    set_pin(kec, "ppk2")
    said = pleno("pin", "ppk2", "--pin-stdin", "--folder", kec, typed=typed)
    assert said.code == (0 if typed == PIN.encode() else 2)
    assert "Traceback" not in said.err
    assert "\x1b" not in said.err


def test_no_option_takes_a_pin() -> None:
    for name in ("pin", "setujui", "batalkan", "sahkan"):
        page = pleno(name, "--help").out
        assert "--pin-stdin" in page
        assert "--pin " not in page


def test_practice_has_none(tmp_path: Path) -> None:
    folder = tmp_path / "latihan"
    pleno("latihan", folder, "--json")
    assert "Latihan tidak meminta PIN" in set_pin(folder, "ppk2").err


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("learned", [True, False])
def test_at_a_terminal_the_new_pin_is_shown_on_a_page_that_goes(kec: Path, *, learned: bool) -> None:
    import pty

    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(sys.executable, command("pin", "ppk2", "--folder", kec), environment(COLUMNS="80", TERM="xterm"))
    shown = _until(terminal, b"Ketik PIN itu: ")
    page = shown.index(b"\x1b[?1049h")
    found = re.search(rb"PIN baru Anggota PPK 2:  ([0-9]{3}) ([0-9]{3})", shown[page:])
    assert found, shown
    pin = found[1] + found[2]
    os.write(terminal, (pin if learned else b"1" * 6) + b"\n")
    after = _until(terminal, b"disetel oleh" if learned else b"tidak ada yang disetel")
    _pid, status = os.waitpid(pid, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == (0 if learned else 2)
    assert b"\x1b[?1049l" in after
    assert pin not in shown[:page] + after, "what is typed is not seen either"
    with Session.open(kec) as session:
        assert pins.has_pin(session, "ppk2") is learned
        assert not learned or pins.verify_pin(session, "ppk2", pin.decode())


def _until(terminal: int, wanted: bytes) -> bytes:
    """Read the terminal until something was shown."""
    seen, end = b"", time.monotonic() + 30
    while wanted not in seen and time.monotonic() < end:
        if select.select([terminal], [], [], 0.5)[0]:
            seen += os.read(terminal, 65536)
    assert wanted in seen
    return seen


def test_a_closed_standard_input_is_no_hang(kec: Path) -> None:
    args = [*command("pin", "ppk2", "--folder", kec)]
    done = subprocess.run(
        args, stdin=subprocess.DEVNULL, capture_output=True, env=environment(), timeout=60, check=False
    )
    assert done.returncode == 2
    assert b"--pin-stdin" in done.stderr


def test_no_pin_is_in_a_crash_report(kec: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError(PIN)

    monkeypatch.setattr("pleno.service.pins.secret_of", broken)
    said = set_pin(kec, "ppk2")
    assert said.code == 70
    reports = list((kec / "data" / "log").glob("galat-*.txt"))
    assert len(reports) == 1
    for text in (said.out, said.err, reports[0].read_text("utf-8")):
        assert PIN not in text
