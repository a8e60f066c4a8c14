"""What `pleno dokter` says of a machine and a workspace."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from service.table import Table

import pleno
from pleno.service import backup, doctor, machine, restore
from pleno.service.doctor import Health, Line, checkup
from pleno.service.machine import Medium
from pleno.service.session import Clock, Session
from pleno.store.probe import save_times

SIZE = (80, 24)


def _lines(folder: Path | None, size: tuple[int, int] | None = SIZE) -> dict[str, Line]:
    return {line.name: line for line in checkup(folder, size)}


@pytest.fixture
def kept(table: Table) -> Path:
    """A workspace that was worked in and closed."""
    backup.back_up(table.session, "op1")
    table.session.close()
    return table.session.folder


def test_a_workspace_that_is_well_has_nothing_dangerous(kept: Path) -> None:
    before = {path: path.read_bytes() for path in sorted((kept / "data").rglob("*")) if path.is_file()}
    found = _lines(kept)
    assert {line.name for line in found.values() if line.health is Health.BAD} == set()
    for name in ("versi", "basis data", "ruang disk", "jam", "salinan terakhir", "sisa", "cadangan data/cadangan"):
        assert found[name].health is Health.GOOD, found[name]
    assert {path: path.read_bytes() for path in sorted((kept / "data").rglob("*")) if path.is_file()} == before


def test_without_a_workspace_only_the_machine_is_looked_at() -> None:
    machine_alone = ["versi", "terminal", "huruf", "baterai", "letak basis data", "ruang disk", "jam"]
    assert list(_lines(None, None)) == machine_alone
    assert _lines(None, (60, 18))["terminal"].health is Health.CARE
    assert _lines(None, None)["terminal"].health is Health.UNKNOWN


def test_every_line_that_is_not_well_says_what_to_do(kept: Path) -> None:
    (kept / "data" / ".abc.sementara").write_bytes(b"x")
    toml = kept / "pleno.toml"
    toml.write_text(toml.read_text("utf-8").replace('cadangan = ["data/cadangan"]', 'cadangan = ["E:/tidak/ada"]'))
    found = _lines(kept)
    assert found["sisa"].message == "1 berkas sisa: .abc.sementara"
    assert found["cadangan E:/tidak/ada"] == Line(
        "cadangan E:/tidak/ada", Health.CARE, "tidak ada", "Pasang stik USB-nya, atau ubah `[simpan] cadangan`."
    )
    assert all(line.advice for line in found.values() if line.health in (Health.CARE, Health.BAD))


@pytest.mark.parametrize(
    ("what", "answer", "name", "health"),
    [
        ("medium", Medium.REMOVABLE, "letak basis data", Health.BAD),
        ("medium", Medium.NETWORK, "letak basis data", Health.BAD),
        ("medium", Medium.UNKNOWN, "letak basis data", Health.UNKNOWN),
        ("free_bytes", 3_000_000, "ruang disk", Health.BAD),
        ("free_bytes", None, "ruang disk", Health.UNKNOWN),
        ("charge", (12, False), "baterai", Health.BAD),
        ("charge", (12, True), "baterai", Health.GOOD),
        ("charge", (90, False), "baterai", Health.GOOD),
        ("open_to_others", True, "izin", Health.CARE),
    ],
)
def test_what_the_machine_says_counts(
    kept: Path, monkeypatch: pytest.MonkeyPatch, what: str, answer: object, name: str, health: Health
) -> None:
    monkeypatch.setattr(machine, what, lambda *_: answer)
    assert _lines(kept)[name].health is health


def test_a_clock_before_the_last_entry_is_dangerous(kept: Path) -> None:
    later = Clock(now=lambda: datetime.now(UTC) + timedelta(days=2))
    with Session.open(kept, later) as session:
        Table(session).reads(1)
    found = _lines(kept)["jam"]
    assert found.health is Health.BAD
    assert "Jam laptop mundur 2 hari" in found.message
    assert "--jam-benar" in found.advice


def test_an_older_copy_another_laptop_and_a_lost_profile_are_lines(kept: Path, profile: Path) -> None:
    assert (_lines(kept)["laptop ini"], _lines(kept)["uji pulih"].health) == (
        Line("laptop ini", Health.GOOD, "7C1F-22A0"), Health.CARE,
    )  # fmt: skip
    database = kept / "data" / "pleno.db"
    morning = database.read_bytes()
    with Session.open(kept) as session:
        Table(session).reads(1)
        (copied,) = backup.back_up(session, "op1")
    restore.drill(kept, copied.folder / copied.name)
    assert _lines(kept)["uji pulih"] == Line("uji pulih", Health.GOOD, "hari ini")
    database.write_bytes(morning)
    found = _lines(kept)["jejak terakhir"]
    assert found.health is Health.BAD
    assert found.message.startswith("SALINAN LAMA? Laptop ini pernah melihat jejak ini sampai entri ")
    (profile / "perangkat").write_text("2B07-9D41\n")
    assert "terakhir ditulis di 7C1F-22A0" in _lines(kept)["laptop ini"].message
    shutil.rmtree(profile)
    profile.write_text("berkas, bukan folder")
    assert (_lines(kept)["laptop ini"].health, _lines(kept)["jejak terakhir"].health) == (Health.CARE, Health.GOOD)


def test_a_database_that_cannot_be_opened_is_a_line(kept: Path) -> None:
    (kept / "data" / "pleno.db").write_bytes(b"bukan basis data")
    found = _lines(kept)["ruang kerja"]
    assert (found.health, found.message) == (Health.BAD, "pleno.db bukan berkas SQLite")


def test_saves_are_really_made_and_leave_nothing(tmp_path: Path) -> None:
    times = save_times(tmp_path, 5)
    assert len(times) == 5
    assert times == sorted(times)
    assert times[0] > 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights otherwise")
def test_rights_of_others_are_seen(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text("x")
    path.chmod(0o600)
    assert not machine.open_to_others(path)
    path.chmod(0o606)
    assert machine.open_to_others(path)
    assert machine.medium(tmp_path) in set(Medium)


# --- what belongs to it --------------------------------------------------------------------


def _unopened(folder: Path) -> None:
    (folder / "data" / "pleno.db").write_bytes(b"bukan basis data")


def _misspelt(folder: Path) -> None:
    (folder / "pleno.toml").write_text("[[[", "utf-8")


@pytest.mark.parametrize("spoil", [_unopened, _misspelt])
def test_a_broken_workspace_still_lies_on_a_machine(kept: Path, spoil: Callable[[Path], None]) -> None:
    spoil(kept)
    found = _lines(kept)
    assert (found["ruang kerja"].health, bool(found["ruang kerja"].advice)) == (Health.BAD, True)
    assert {"versi", "huruf", "letak basis data", "ruang disk", "jam"} <= found.keys()


def test_a_clock_before_the_program_was_made_is_dangerous_without_a_workspace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "Clock", lambda: Clock(built=lambda: datetime(2999, 1, 1, tzinfo=UTC)))
    assert _lines(None)["jam"].health is Health.BAD


def test_forms_workbooks_and_keys_are_told(kept: Path) -> None:
    found = _lines(kept)
    assert found["profil"].health is Health.GOOD
    assert found["templat"] == Line("templat", Health.GOOD, "tidak memakai buku kerja")
    assert found["kunci"].message.startswith("belum punya kunci: ppk1, ")
    (kept / "templates_xlsx").mkdir()
    (kept / "templates_xlsx" / "lain.xlsx").write_bytes(b"x")
    (kept / "ppk1.kunci").write_bytes(b"{}")
    form = Path(pleno.__file__).parent / "profiles" / "pemilu2024-ppwp.toml"
    shutil.copyfile(form, kept / form.name)
    (kept / form.name).write_text(form.read_text("utf-8") + "\n# kantor\n", "utf-8")
    found = _lines(kept)
    assert found["profil"].health is Health.CARE
    assert found["templat"].message == "1 dari 1 buku kerja tidak dikenal: lain.xlsx"
    assert found["berkas kunci"].message == "ada di ruang kerja: ppk1.kunci"
    assert all(line.advice for line in found.values() if line.health in (Health.CARE, Health.BAD))


def test_a_workspace_without_a_stick_is_told(kept: Path) -> None:
    stick = _lines(kept)["stik"]
    assert (stick.health, stick.message) == (Health.CARE, "semua folder cadangan ada di disk laptop ini")
