"""The real program: start-up, pipes, streams, encodings."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from cli.driver import THIRD

import pleno

ROOT = Path(pleno.__file__).parent.parent


def command(*args: object) -> list[str]:
    return [sys.executable, "-m", "pleno", *map(str, args)]


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "PYTHONIOENCODING")}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def run(*args: object, **more: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command(*args), capture_output=True, env=environment(**more), timeout=60, check=False)


def test_the_version_loads_nothing_heavy() -> None:
    probe = (
        "import sys; sys.argv = ['pleno', '--version']\n"
        "from pleno.cli.main import run\n"
        "run()\n"
        "print(*(name for name in ('sqlmodel', 'openpyxl', 'textual', 'typer', 'rich') if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, env=environment(), timeout=60, check=True)
    assert done.stdout.decode().splitlines() == [f"pleno {pleno.__version__}", ""]
    assert run("--version").stdout.decode().strip() == f"pleno {pleno.__version__}"


def test_help_loads_neither_store_nor_workbooks() -> None:
    probe = (
        "import sys; sys.argv = ['pleno', '--help']\n"
        "from pleno.cli.main import run\n"
        "try: run()\n"
        "except SystemExit: print(*(name for name in ('sqlmodel', 'openpyxl', 'textual') if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, env=environment(), timeout=60, check=True)
    assert done.stdout.decode().splitlines()[-1] == ""


def test_text_answers_load_no_screens(kec: Path) -> None:
    probe = (
        f"import sys; sys.argv = ['pleno', '--folder', {str(kec)!r}]\n"
        "from pleno.cli.main import run\n"
        "try: run()\n"
        "except SystemExit: print('textual' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, env=environment(), timeout=60, check=True)
    lines = done.stdout.decode().splitlines()
    assert lines[-1] == "False"
    assert lines[-2].startswith("Bantuan satu perintah")


def test_json_goes_to_stdout_alone_and_in_utf8(kec: Path) -> None:
    done = run("catat", THIRD, "suara.1=5", "--folder", kec, "--json", PYTHONUTF8="0", LC_ALL="C")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("utf-8"))["perintah"] == "catat"


def test_a_finding_is_printed_whole_into_an_ascii_pipe(kec: Path) -> None:
    run("catat", THIRD, "suara_sah=10", "suara.1=1", "suara.2=2", "suara.3=3", "--folder", kec)
    done = run("periksa", "--folder", kec, LC_ALL="C", PYTHONUTF8="0")
    assert done.returncode == 1
    assert "10 ≠ 1 + 2 + 3" in done.stdout.decode("utf-8")
    assert all(byte >= 0x20 or byte in b"\r\n" for byte in done.stdout)


def test_a_reader_that_leaves_early_hears_nothing_and_changes_nothing_of_the_answer(kec: Path) -> None:
    process = subprocess.Popen(
        command("jejak", "--folder", kec), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.wait(60) == 0
    assert process.stderr.read() == b""
    process.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_an_answer_that_cannot_be_written_is_no_traceback(kec: Path, more: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command("jejak", "--folder", kec, *more),
            stdout=full, stderr=subprocess.PIPE, env=environment(), timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 70
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="closes streams with a POSIX shell")
def test_closed_streams_are_no_crash(kec: Path) -> None:
    line = f'"{sys.executable}" -m pleno jejak --folder "{kec}" >&- 2>&-'
    assert subprocess.run(["sh", "-c", line], env=environment(), timeout=60, check=False).returncode == 0


def test_refusals_go_to_stderr(kec: Path) -> None:
    done = run("catat", "x", "suara.1=5", "--folder", kec)
    assert (done.returncode, done.stdout) == (2, b"")
    assert len(done.stderr.decode().splitlines()) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="Windows file names are always Unicode")
def test_a_file_name_that_is_no_text_is_told_and_not_a_crash(kec: Path, tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/\xff.csv"
    Path(os.fsdecode(path)).write_bytes(b"x")
    for more in ((), ("--json",)):
        done = subprocess.run(
            [*map(os.fsencode, command("impor", "--sumber", "plano", "--folder", kec, *more)), path],
            capture_output=True, env=environment(), timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 2
        done.stdout.decode("utf-8")
        assert b"Program berhenti" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C reaches another process only on POSIX")
def test_ctrl_c_ends_quietly_and_leaves_a_whole_workspace(tmp_path: Path) -> None:
    process = subprocess.Popen(
        command("latihan", tmp_path / "lat", "--tanpa-layar"),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(),
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background job ignores Ctrl-C
    )  # fmt: skip
    assert process.stderr is not None
    first = process.stderr.readline()
    process.send_signal(signal.SIGINT)
    _out, rest = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in first + rest
    assert run("verifikasi", tmp_path / "lat").returncode in (0, 3)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_on_a_terminal_no_control_byte_leaves_except_our_own_styles(table_folder: Path) -> None:
    import pty
    import re

    leader, follower = pty.openpty()
    process = subprocess.Popen(
        command("banding", "--folder", table_folder),
        stdout=follower,
        stderr=follower,
        env=environment(TERM="xterm", COLUMNS="200"),
    )
    os.close(follower)
    read = b""
    try:
        while part := os.read(leader, 65536):
            read += part
    except OSError:  # the program's side of the pseudo-terminal is closed
        pass
    os.close(leader)
    assert process.wait(60) == 1
    text = re.sub(rb"\x1b\[[0-9;]*m", b"", read)
    assert all(byte >= 0x20 or byte in b"\r\n" for byte in text)
    assert b"[bold]DESA[/bold]" in text
