"""The meeting and the people, by command."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.driver import Run, pleno


def state(folder: Path) -> str:
    return str(pleno("--folder", folder, "--json").json["status"])


def test_the_meeting_from_opening_to_closing(quiet: Path) -> None:
    steps = [
        ("buka", "ppk1", "dibuka"), ("skors", "ppk2", "diskors"), ("lanjut", "ppk2", "dibuka"),
        ("tutup", "ppk1", "ditutup"),
    ]  # fmt: skip
    assert state(quiet) == "persiapan"
    for command, who, after in steps:
        said = pleno(command, "--oleh", who, "--folder", quiet)
        assert said.code == 0, said.err
        assert state(quiet) == after
    assert pleno("buka", "--oleh", "ppk1", "--folder", quiet).code == 2
    assert pleno("buka", "--oleh", "ppk1", "--alasan", "perintah KPU kabupaten", "--folder", quiet).code == 0


@pytest.mark.parametrize("command", ["skors", "lanjut", "tutup"])
def test_acts_out_of_their_time_are_refused(quiet: Path, command: str) -> None:
    said = pleno(command, "--oleh", "ppk1", "--folder", quiet)
    assert said.code == 2
    assert said.err.startswith("Belum waktunya\n")


def test_who_may_act_is_told(quiet: Path) -> None:
    assert "--oleh" in pleno("buka", "--folder", quiet).err
    assert pleno("buka", "--oleh", "op1", "--folder", quiet).err.startswith("Bukan wewenangnya\n")
    assert pleno("buka", "--oleh", "siapa", "--folder", quiet).err.startswith("Petugas tidak dikenal\n")


def test_json_of_an_act_of_the_meeting(quiet: Path) -> None:
    told = pleno("buka", "--oleh", "ppk1", "--alasan", "pukul sembilan", "--folder", quiet, "--json").json
    (entry,) = told["entri"]
    assert (told["perintah"], entry["jenis"], entry["oleh"]) == ("buka", "meeting.opened", "ppk1")
    assert entry["catatan"] == "pukul sembilan"


def test_presence_is_noted_once_in_full(run: Run) -> None:
    assert run("hadir", "s1").err.startswith("Kehadiran belum lengkap\n")
    assert run("hadir", "s1", "--nama", "[/x] Saksi", "--mewakili", "9").code == 2
    assert run("hadir", "s1", "--nama", "[/x] Saksi", "--mewakili", "01", "--mandat", "12/SM").code == 0
    assert run("hadir", "pws", "--nama", "Panwas", "--mewakili", "PANWASLU").code == 0
    assert run("hadir", "s1", "--pulang").code == 0
    told = run("petugas", "--json").json
    assert told["kehadiran"] == [
        {"id": "pws", "nama": "Panwas", "mewakili": "panwaslu", "mandat": "", "hadir": True},
        {"id": "s1", "nama": "[/x] Saksi", "mewakili": "1", "mandat": "12/SM", "hadir": False},
    ]
    assert "[/x] Saksi" in run("petugas").out


def test_officers_are_those_of_the_workspace(run: Run) -> None:
    told = run("petugas", "--json").json
    assert [one["id"] for one in told["petugas"]] == ["ppk1", "ppk2", "ppk3", "ppk4", "ppk5", "op1"]
    assert told["petugas"][0]["peran"] == "ketua"
    assert run("petugas").out.splitlines()[0].split() == ["id", "nama", "peran", "PIN"]
