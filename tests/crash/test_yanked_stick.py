"""A stick that goes away while a copy is written to it: one sentence, the laptop's own data whole, and the next copy
succeeds once the stick is back (TRUST.md sections 9 and 10)."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from cli.driver import pleno
from crash.media import NoMedium, small_disk

from pleno.service import aside, backup
from pleno.service.session import Session
from pleno.store import inspect


def _mount(*words: str) -> None:
    subprocess.run(["mount", *words], check=True)


def _unplugged(stick: Path) -> None:
    subprocess.run(["umount", "-l", str(stick)], check=True)


def _plugged_in(stick: Path) -> None:
    _mount("-t", "tmpfs", "-o", "size=20m,mode=700", "tmpfs", str(stick))
    (stick / "salinan").mkdir()


def _write_protected(stick: Path) -> None:
    _mount("-o", "remount,ro", str(stick))


def _writable(stick: Path) -> None:
    _mount("-o", "remount,rw", str(stick))


def _folder_removed(stick: Path) -> None:
    shutil.rmtree(stick / "salinan")


def _folder_made(stick: Path) -> None:
    (stick / "salinan").mkdir()


@pytest.mark.parametrize("step", ["durable_copy", "inspect"])
@pytest.mark.parametrize(
    ("gone", "back", "mounted"),
    [
        pytest.param(_unplugged, _plugged_in, True, id="unplugged"),
        pytest.param(_write_protected, _writable, True, id="write-protected"),
        pytest.param(_folder_removed, _folder_made, False, id="folder removed"),
    ],
)
def test_a_stick_lost_during_a_copy(
    worked: Path, tmp_path: Path, lent: ExitStack, monkeypatch: pytest.MonkeyPatch,
    gone: Callable[[Path], None], back: Callable[[Path], None], mounted: bool, step: str,
) -> None:  # fmt: skip
    """Lost before the step of that name."""
    folder, stick = Path(shutil.copytree(worked, tmp_path / "kec")), tmp_path / "stik"
    if mounted:
        try:
            lent.enter_context(small_disk(stick, "20m"))
        except NoMedium as why:
            pytest.skip(str(why))
    target = stick / "salinan"
    target.mkdir(parents=True)
    real = getattr(backup, step)

    def lost(*words: Path) -> object:
        gone(stick)
        return real(*words)

    with Session.open(folder) as session:
        before = session.store.head()
        prepared = backup.prepare(session, target)
        with monkeypatch.context() as patched:
            patched.setattr(backup, step, lost)
            patched.setattr(aside, "call", lambda act, *words, seconds: act(*words))  # where `lost` is known
            (copied,) = backup.write(prepared)
        assert copied.fault.endswith("."), copied
        assert "\n" not in copied.fault
        assert backup.remember(session, prepared, (copied,), "op1") is None
        assert session.store.head() == before
        assert not prepared.snapshot.exists()
        back(stick)
        (again,) = backup.back_up(session, "op1", target)
        assert again.fault == ""
        assert inspect(target / again.name).head == before
    assert list((folder / "data").glob(".*.sementara")) == []
    verified = pleno("verifikasi", "--folder", folder)
    assert (verified.code, verified.out.splitlines()[-1]) == (3, "Hasil: ekor"), "whole, with entries after the seal"
