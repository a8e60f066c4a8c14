"""A stick that is out while its mount point stays, and one that stops to answer: no copy lands on the laptop's own disk
unnoticed, and the desk goes on (TRUST.md section 10)."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from cli.driver import pleno
from crash.media import NO_MOUNT, NoMedium, small_disk

from pleno.service import backup, doctor, machine
from pleno.service.doctor import Health
from pleno.service.session import Session
from pleno.store import inspect


def _told_to_copy_to(folder: Path, stick: Path) -> None:
    toml = folder / "pleno.toml"
    text, meant = toml.read_text("utf-8"), 'cadangan = ["data/cadangan"]'
    assert meant in text
    toml.write_text(text.replace(meant, f'cadangan = ["data/cadangan", "{stick.as_posix()}"]'), "utf-8")


def _place_in_doctor(session: Session) -> doctor.Line:
    *_own, line = (one for one in doctor._workspace(session) if one.name.startswith("cadangan"))
    return line


@pytest.fixture
def kec(worked: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(worked, tmp_path / "kec"))


def test_a_bare_mount_point_is_no_stick(kec: Path, tmp_path: Path) -> None:
    """The stick itself is the place of the copies; out, then in again."""
    stick = tmp_path / "stik"
    _told_to_copy_to(kec, stick)
    with ExitStack() as plugged:
        try:
            plugged.enter_context(small_disk(stick, "20m"))
        except NoMedium as why:
            pytest.skip(str(why))
        with Session.open(kec) as session:
            own, away = backup.back_up(session, "op1")
            assert (own.fault, own.apart, away.fault, away.apart) == ("", False, "", True)
            assert inspect(stick / away.name).damaged is False
            assert session.store.head().seq
    with Session.open(kec) as session:
        own, away = backup.back_up(session, "op1")
        assert own.fault == ""
        assert away.fault == f"Stik untuk {stick} tidak terpasang; nama itu kini folder di disk laptop ini."
        assert list(stick.iterdir()) == [], "nothing was written to the laptop's own disk"
        assert (_place_in_doctor(session).health, _place_in_doctor(session).message) == (
            Health.CARE, "stiknya tidak terpasang",
        )  # fmt: skip
    said = pleno("segel", "--angka-saksi", "0417", "--oleh", "op1", "--folder", kec)
    assert (said.code, "SALINAN GAGAL: Stik untuk" in said.out) == (0, True), said
    stick.rmdir()
    with small_disk(stick, "20m"), Session.open(kec) as session:
        assert [one.fault for one in backup.back_up(session, "op1")] == ["", ""]


@pytest.mark.parametrize("known", [True, False], ids=["a copy lay there", "never used, where sticks appear"])
def test_a_stick_that_is_out_by_its_mark_alone(
    kec: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    """The same without root: what the system says of the disks is given."""
    stick = tmp_path / "stik"
    stick.mkdir()
    _told_to_copy_to(kec, stick)
    monkeypatch.setattr(machine, "place_of_sticks", lambda place: place == stick)
    monkeypatch.setattr(machine, "disk_of", lambda place: str(stick) if known and place.is_relative_to(stick) else "/")
    with Session.open(kec) as session:
        backup.back_up(session, "op1")
    assert len(list(stick.glob("*.db"))) == known
    monkeypatch.setattr(machine, "disk_of", lambda _place: "/")
    monkeypatch.setattr(machine, "place_of_sticks", lambda place: place == stick and not known)
    with Session.open(kec) as session:
        before = sorted(stick.iterdir())
        own, away = backup.back_up(session, "op1")
        assert (own.fault, "tidak terpasang" in away.fault) == ("", True)
        assert sorted(stick.iterdir()) == before
    monkeypatch.setattr(machine, "place_of_sticks", lambda _place: False)
    with Session.open(kec) as session:
        assert (backup.back_up(session, "op1")[1].fault == "") is not known, "a folder of the laptop's own is one"


def test_a_stick_that_goes_while_it_is_written_to_has_no_copy(
    kec: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its name is a folder of the laptop by then, and the copy may have landed there."""
    stick = tmp_path / "stik"
    stick.mkdir()
    with Session.open(kec) as session:
        prepared = backup.prepare(session, stick)
        told = iter((str(stick), str(stick), "/"))
        monkeypatch.setattr(machine, "disk_of", lambda _place: next(told))
        (copied,) = backup.write(prepared)
    assert copied.fault == f"Stik untuk {stick} tercabut sewaktu disalin."


@pytest.mark.skipif(not Path("/proc/self/mounts").exists(), reason="mounts are read from /proc")
def test_disks_are_told_apart_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = "a / ext4 rw 0 0\nb /media/budi/STIK\\040A vfat rw 0 0\nx /srv nfs4 rw 0 0\nC: /mnt/c 9p rw 0 0\n"
    monkeypatch.setattr(Path, "read_text", lambda *_words: mounts)
    for place, disk in (
        ("/data/kec", "/"),
        ("/media/budi/STIK A/pleno", "/media/budi/STIK A"),
        ("/media/budi/STIK AB", "/"),
        ("/srv/kec", "/srv"),
    ):
        assert machine.disk_of(Path(place)) == disk
    assert machine.medium(Path("/srv")) is machine.Medium.NETWORK
    assert machine.medium(Path("/mnt/c/kec")) is not machine.Medium.NETWORK, "WSL's way to the laptop's own disk"


@pytest.fixture
def frozen(tmp_path: Path) -> Iterator[Path]:
    """A disk at which every writing waits until this test is over."""
    if NO_MOUNT:
        pytest.skip(NO_MOUNT)
    image, stick = tmp_path / "stik.img", tmp_path / "stik"
    stick.mkdir()
    with image.open("wb") as file:
        file.truncate(30_000_000)
    for words in (["mkfs.ext4", "-qF", str(image)], ["mount", "-o", "loop", str(image), str(stick)]):
        done = subprocess.run(words, capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"{words[0]}: {done.stderr.strip()}")
    if subprocess.run(["fsfreeze", "-f", str(stick)], capture_output=True).returncode:
        subprocess.run(["umount", str(stick)], check=True)
        pytest.skip("fsfreeze refused")
    yield stick
    subprocess.run(["fsfreeze", "-u", str(stick)], check=True)
    for _ in range(600):  # until the process that was left behind has let go of it
        if not subprocess.run(["umount", str(stick)], capture_output=True).returncode:
            return
        time.sleep(0.05)
    raise AssertionError(f"{stick} is still in use")


def test_a_stick_that_does_not_answer_is_left_behind(kec: Path, frozen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other copy is made, the seal stands, the next act is saved, and the program ends."""
    _told_to_copy_to(kec, frozen)
    monkeypatch.setattr(backup, "PATIENCE", 1.0)
    monkeypatch.setattr(backup, "_SLOWEST", 10**9)
    said = pleno("segel", "--angka-saksi", "0417", "--oleh", "op1", "--folder", kec)
    assert said.code == 0, said
    assert "SALINAN GAGAL" in said.out
    assert f"{frozen} tidak menjawab" in " ".join(said.out.split())
    with Session.open(kec) as session:
        assert backup.last_copy(session) is not None
        assert backup.back_up(session, "op1", kec / "data" / "cadangan")[0].fault == ""
    assert list((kec / "data").glob(".*.sementara")) == []
    verified = pleno("verifikasi", "--folder", kec)
    assert verified.code == 0, verified


def test_a_set_for_a_stick_that_does_not_answer_stands_on_the_laptop(
    kec: Path, frozen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "PATIENCE", 1.0)
    said = pleno("ekspor", frozen / "rekap", "--konsep", "--oleh", "op1", "--folder", kec)
    assert said.code == 2, said
    assert f"{frozen / 'rekap'} tidak menjawab." in said.err
    (held,) = [path for path in (kec / "data" / "ekspor").iterdir() if path.name in said.err]
    assert pleno("verifikasi", held).code == 3, "whole, unsigned"


def test_a_set_for_a_stick_that_is_out_does_not_land_on_the_laptop(
    kec: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stik"
    stick.mkdir()
    monkeypatch.setattr(machine, "place_of_sticks", lambda place: place.is_relative_to(stick))
    said = pleno("ekspor", stick / "rekap", "--konsep", "--oleh", "op1", "--folder", kec)
    assert (said.code, "tidak terpasang" in said.err, list(stick.iterdir())) == (2, True, []), said
