"""The laptop's clock is doubted, told and confirmed, and never decides an order (TRUST.md, B07)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from service.table import Table

from pleno.domain.clock import Doubt, Jump, jump, jump_words, span
from pleno.domain.entry import Kind, Stamp
from pleno.domain.errors import PlenoError
from pleno.domain.sentences import sentence
from pleno.service import clock
from pleno.service.notices import notices
from pleno.service.session import Clock, Session
from pleno.store import inspect

BUILT = datetime(2024, 11, 1, tzinfo=UTC)
START = datetime(2024, 11, 30, 13, 0, tzinfo=UTC)


class Laptop:
    """A laptop whose clock is set, whose battery dies and that is started anew as a test wishes."""

    def __init__(self) -> None:
        self.wall, self.elapsed, self.boot = START, 0, 1

    def wait(self, **time: float) -> None:
        self.wall += timedelta(**time)
        self.elapsed += round(timedelta(**time).total_seconds() * 1e6)

    def restart(self) -> None:
        self.elapsed, self.boot = 0, self.boot + 1

    def clock(self) -> Clock:
        return Clock(lambda: self.wall, lambda: self.elapsed, lambda: f"{self.boot:08x}", lambda: BUILT)


@pytest.fixture
def laptop() -> Laptop:
    return Laptop()


@pytest.fixture
def session(folder: Path, laptop: Laptop) -> Iterator[Session]:
    laptop.wall = datetime.now(UTC)  # the workspace was made just now
    with Session.open(folder, laptop.clock()) as session:
        yield session


def kinds(session: Session) -> list[Kind]:
    return [entry.kind for entry in session.store.entries()]


def stamp(at: str, minutes: float = 0, boot: str = "a") -> Stamp:
    return Stamp(at, round(minutes * 60e6), boot, "s", "0")


@pytest.mark.parametrize(
    ("last", "now", "found"),
    [
        (None, stamp("2024-11-30T21:00:00+08:00"), None),
        (None, stamp("2000-01-01T00:00:00+08:00"), Doubt.BATERAI),
        (stamp("2024-11-30T21:00:00+08:00"), stamp("2024-11-30T21:05:00+08:00", 5), None),
        (stamp("2024-11-30T21:00:00+08:00"), stamp("2024-11-30T20:59:59.500+08:00", 1), None),
        (stamp("2024-11-30T21:00:00+08:00"), stamp("2024-11-30T20:59:58+08:00", 1), Doubt.MUNDUR),
        (stamp("2024-11-30T21:00:00+08:00", 9), stamp("2024-11-30T20:59:58+08:00", 1, "b"), None),
        (stamp("2024-11-30T21:00:00+08:00", 9), stamp("2024-11-30T20:57:00+08:00", 1, "b"), Doubt.MUNDUR),
        (stamp("2024-11-30T21:00:00+08:00"), stamp("2024-11-30T21:14:00+08:00", 5), None),
        (stamp("2024-11-30T21:00:00+08:00"), stamp("2024-11-30T21:16:00+08:00", 5), Doubt.MELOMPAT),
        (stamp("2024-11-30T21:00:00+08:00"), stamp("2024-11-30T21:01:00+08:00", 15), Doubt.MELOMPAT),
        (stamp("2024-11-30T21:00:00+08:00", 90), stamp("2024-12-02T08:00:00+08:00", 1, "b"), None),
        (stamp("2024-11-30T21:00:00+08:00", 90), stamp("2042-12-02T08:00:00+08:00", 1, "b"), Doubt.MELOMPAT),
        (stamp("2024-11-30T21:00:00+08:00", 90), stamp("2010-01-01T00:00:09+08:00", 1, "b"), Doubt.BATERAI),
        (stamp("2010-01-01T00:00:09+08:00"), stamp("2010-01-01T00:10:09+08:00", 10), None),
        (stamp("2024-11-30T21:00:00+08:00"), stamp("2024-11-30T20:05:00+07:00", 5), Doubt.ZONA),
    ],
)
def test_what_is_odd(last: Stamp | None, now: Stamp, found: Doubt | None) -> None:
    assert getattr(jump(last, now, BUILT), "doubt", None) is found


def test_how_it_is_said() -> None:
    def said(doubt: Doubt, before: str, now: str, seconds: int) -> str:
        return jump_words(Jump(doubt, before, now, seconds).data())

    at, back = "2024-11-30T21:17:02.000+08:00", "2024-11-30T21:14:07.000+08:00"
    assert said(Doubt.MUNDUR, at, back, -175) == (
        "jam laptop mundur 2 menit: 2024-11-30 21:17:02 pada entri sebelumnya, lalu 2024-11-30 21:14:07"
    )
    assert said(Doubt.ZONA, at, back[:-6] + "+07:00", 0) == (
        "zona waktu berubah: +08:00 pada entri sebelumnya, lalu +07:00"
    )
    assert "sebelum pleno dipasang" in said(Doubt.BATERAI, "", back, -9)
    assert [span(n) for n in (0, 59, 60, 179, 180, 3600, 7300, 86_400 * 40)] == [
        "0 detik", "59 detik", "1 menit", "2 menit", "3 menit", "1 jam", "2 jam", "40 hari",
    ]  # fmt: skip


def test_a_clock_that_goes_on_is_not_doubted(table: Table, laptop: Laptop) -> None:
    for n in (0, 1, 2):
        laptop.wait(minutes=7)
        table.reads(n)
    laptop.wait(hours=9)  # asleep: the elapsed time goes on too
    table.reads(3)
    assert Kind.CLOCK_JUMP not in kinds(table.session)
    assert list(notices(table.session)) == []
    with pytest.raises(PlenoError, match="tidak diragukan"):
        clock.confirm(table.session, "op1")


def test_a_clock_set_back_in_the_middle_is_an_entry_and_confirmed_once(table: Table, laptop: Laptop) -> None:
    session = table.session
    before = session.store.head().seq
    laptop.wait(minutes=2)
    laptop.wall -= timedelta(minutes=5)
    table.reads()
    told, read = list(session.store.entries(before + 1))
    assert (told.kind, read.kind) == (Kind.CLOCK_JUMP, Kind.READING_SAVED)
    assert sentence(told, session.names()).startswith("Jam laptop mundur 3 menit: ")
    assert sentence(told, session.names()).endswith("; urutan entri tidak bergantung pada jam.")
    assert [notice.title for notice in notices(session)] == ["JAM"]
    assert clock.doubt(session).startswith("Jam laptop mundur 3 menit: ")
    laptop.wait(minutes=1)
    table.reads(1)
    assert clock.doubt(session), "still nobody has looked"
    confirmed = clock.confirm(session, "op1")
    assert (confirmed.kind, clock.doubt(session)) == (Kind.CLOCK_CONFIRMED, "")
    assert "diperiksa dan diterima oleh Operator (operator)" in sentence(confirmed, session.names())
    assert kinds(session).count(Kind.CLOCK_JUMP) == 1
    check = next(check for check in inspect(session.folder / "data" / "pleno.db").checks if check.name == "jam")
    assert (check.ok, check.message) == (True, f"jam mundur: 1 kali (#{told.seq}, -3 menit)")


def test_a_dead_battery_is_told_before_anything_is_typed(table: Table, laptop: Laptop) -> None:
    folder = table.session.folder
    table.session.close()
    laptop.restart()
    laptop.wall = datetime(2010, 1, 1, tzinfo=UTC)
    with Session.open(folder, laptop.clock()) as session:
        before = session.store.head()
        (notice,) = notices(session)
        assert (notice.title, notice.misleads) == ("JAM", True)
        assert "baterai jamnya mungkin habis" in notice.text
        assert session.store.head() == before, "looking writes nothing"
        Table(session).reads()
        assert [one for one in kinds(session) if one is Kind.CLOCK_JUMP] == [Kind.CLOCK_JUMP]
    laptop.wait(minutes=1)
    with Session.open(folder, laptop.clock()) as session:
        assert "baterai" in clock.doubt(session), "not confirmed yet, so told again"
        clock.confirm(session, "op1")
    laptop.wait(minutes=1)
    with Session.open(folder, laptop.clock()) as session:
        assert list(notices(session)) == []
        assert kinds(session).count(Kind.CLOCK_JUMP) == 1
    laptop.restart()
    laptop.wall = datetime.now(UTC)
    with Session.open(folder, laptop.clock()) as session:
        assert "melompat maju" in clock.doubt(session), "set right: told once more, in the other direction"


def test_another_time_zone_is_an_entry(table: Table, laptop: Laptop) -> None:
    folder = table.session.folder
    table.session.close()
    path = folder / "pleno.toml"
    path.write_text(path.read_text("utf-8").replace("Asia/Jakarta", "Asia/Makassar"), "utf-8")
    laptop.wait(minutes=1)
    with Session.open(folder, laptop.clock()) as session:
        assert clock.doubt(session).startswith("Zona waktu berubah: +07:00 pada entri sebelumnya, lalu +08:00; urutan")
        Table(session).reads()
        assert Kind.CLOCK_JUMP in kinds(session)
        order = [entry.seq for entry in session.store.entries()]
        assert order == sorted(order)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the count of Windows, or the clock")
def test_linux_says_which_boot_it_is_whatever_the_clock_says(monkeypatch: pytest.MonkeyPatch) -> None:
    said = Path("/proc/sys/kernel/random/boot_id").read_text("ascii")
    monkeypatch.setattr("time.time", lambda: 0.0)
    clock._boot_id.cache_clear()
    assert Clock().boot() == said[:8]


def test_the_machine_says_which_boot_it_is() -> None:
    ours = Clock()
    assert ours.boot() == ours.boot()
    assert ours.mono() <= ours.mono()
    assert ours.built() <= datetime.now(UTC)
