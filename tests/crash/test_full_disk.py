"""A full disk, or a file that may not grow: what was saved stands, the refusal is one sentence, and work goes on
once there is room (TRUST.md B03)."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from cli.driver import pleno
from crash.media import NoMedium, small_disk
from crash.work import TPS, WHY
from tui.driver import DeskDriver

from pleno.domain.entry import Kind
from pleno.domain.errors import DiskFull, PlenoError
from pleno.domain.figures import SIREKAP
from pleno.service import ballast, export, intake, reading
from pleno.service.session import Session
from pleno.store import Head, inspect
from pleno.tui.widgets.grid import Grid

HERE = Path(__file__).parent
DESPERATE = 3000
"""Saves after which a small disk must be full."""


def read(session: Session, number: int, figure: int) -> None:
    tps = session.roster[TPS[number % 4]]
    rows = {"suara.1": figure, "suara.2": figure}
    reading.record_reading(session, tps, session.contest(None), SIREKAP, rows, "op1", WHY)


def read_until_refused(session: Session) -> tuple[PlenoError, Head]:
    """The refusal, and the last entry that was saved before it."""
    saved = session.store.head()
    for number in range(DESPERATE):
        try:
            read(session, number, number % 300)
        except PlenoError as error:
            return error, saved
        saved = session.store.head()
    raise AssertionError("nothing was refused")


def fill(folder: Path) -> None:
    """Leave no room on the disk a folder lies on."""
    with (folder / "lain.bin").open("wb", buffering=0) as file:
        for size in (65536, 4096, 512, 1):
            try:
                while file.write(b"\xff" * size) == size:
                    pass
            except OSError:
                continue


@pytest.fixture
def small(worked: Path, tmp_path: Path, lent: ExitStack) -> Path:
    """The workspace on a disk of 4 MB."""
    try:
        place = lent.enter_context(small_disk(tmp_path / "kecil", "4m"))
    except NoMedium as why:
        pytest.skip(str(why))
    return Path(shutil.copytree(worked, place / "kec"))


@pytest.fixture
def small_ballast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ballast, "SIZE", 400_000)
    monkeypatch.setattr(ballast, "_AT_ONCE", 100_000)


def test_a_full_disk_loses_nothing_and_is_left_by_the_ballast(small: Path, small_ballast: None) -> None:
    ballast.put(small)
    with Session.open(small) as session:
        read(session, 0, 1)
        fill(small.parent)
        refused, saved = read_until_refused(session)
        assert (refused.title, refused.message) == (
            "TIDAK TERSIMPAN", "Disk penuh; tidak ada yang berubah.",
        )  # fmt: skip
        assert session.store.head() == saved
        for refuse in (lambda: export.export(session, session.contest(None), True, "op1"), lambda: read(session, 1, 7)):
            with pytest.raises(PlenoError, match="penuh"):
                refuse()
        assert session.store.head() == saved
        freed = ballast.free(session, "op1")
        assert (freed.seq, freed.kind, freed.data["mb"]) == (saved.seq + 1, Kind.BALLAST_FREED, 0)
        read(session, 2, 8)
        assert next(session.store.entries(saved.seq, saved.seq)).hash == saved.hash.hex()
    assert not inspect(small / "data" / "pleno.db").damaged


def test_an_import_on_a_full_disk_takes_nothing(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "foto.csv"
    path.write_text(f"kode_tps,suara.1\n{TPS[0]},5\n", "utf-8")
    with Session.open(small) as session:
        read(session, 0, 1)
        before = session.store.head()
        fill(small.parent)
        with pytest.raises(DiskFull, match=r"TIDAK TERSIMPAN: foto\.csv tidak dapat disalin .*disk penuh"):
            intake.take(session, [path], "foto", "op1")
        assert session.store.head() == before
    assert list((small / "data" / "masuk").glob(".*")) == []


def test_commands_refuse_a_full_disk_and_empty_the_ballast(small: Path, small_ballast: None) -> None:
    assert pleno("dokter", "--pemberat", "--folder", small).code in (0, 2)
    before = inspect(small / "data" / "pleno.db").entries
    fill(small.parent)
    act = ["catat", TPS[0], *(f"suara.{n}=7" for n in (1, 2, 3)), "--sumber", "foto", "--catatan", WHY, "--oleh", "op1"]
    said = [pleno(*act, "--folder", small) for _ in range(3)]
    assert [(one.code, one.out) for one in said[-2:]] == [(2, ""), (2, "")]
    assert said[-1].err.splitlines() == [
        "TIDAK TERSIMPAN", "Disk penuh; tidak ada yang berubah.",
        "Kosongkan ruang disk, atau pemberatnya dengan `pleno dokter --kosongkan`, lalu ulangi.",
    ]  # fmt: skip
    copied = pleno("cadangkan", "--oleh", "op1", "--folder", small)
    assert (copied.code, copied.err.splitlines()[0]) == (2, "Salinan gagal")
    freed = pleno("dokter", "--kosongkan", "--oleh", "op1", "--folder", small)
    assert freed.code == 0
    assert "dikosongkan oleh Operator (operator) agar penyimpanan dapat berlanjut." in freed.out
    assert pleno(*act, "--folder", small).code == 0
    seen = inspect(small / "data" / "pleno.db")
    assert not seen.damaged
    assert seen.entries > before


def test_a_file_that_may_not_grow(worked: Path, tmp_path: Path) -> None:
    """A size limit of the system, in a process of its own: what it was told is saved is there afterwards."""
    if sys.platform == "win32":
        pytest.skip("perlu RLIMIT_FSIZE")
    folder = shutil.copytree(worked, tmp_path / "kec")
    ended = subprocess.run(
        [sys.executable, str(HERE / "no_growth.py"), str(folder)],
        capture_output=True, text=True, timeout=120, env={**os.environ, "PYTHONPATH": str(HERE.parent)},
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert told["refused"].startswith("TIDAK TERSIMPAN: ")
    assert "tidak ada yang berubah" in told["refused"]
    seen = inspect(folder / "data" / "pleno.db")
    assert not seen.damaged
    with Session.open(folder) as session:
        (last,) = session.store.entries(told["seq"], told["seq"])
        assert last.hash == told["hash"]
        read(session, 0, 9)


def test_the_screens_say_that_nothing_was_saved(worked: Path, tmp_path: Path) -> None:
    """The database takes no further page, as on a full disk; the figures are saved once it does."""
    folder = Path(shutil.copytree(worked, tmp_path / "kec"))

    async def at_the_table() -> None:
        async with DeskDriver(folder) as desk:
            database = desk.pleno.session.store._database
            ((pages,),) = database.rows("PRAGMA page_count")
            database.rows(f"PRAGMA max_page_count = {pages}")
            _, before = read_until_refused(desk.pleno.session)
            await desk.go_to_desk(TPS[6])
            await desk.type(123)
            await desk.press("]")
            assert "TIDAK TERSIMPAN" in desk.text
            assert "Disk penuh; tidak ada yang berubah. Pindahkan atau hapus berkas lain" in " ".join(
                desk.text.replace("|", " ").split()
            )
            assert "u = ulangi" in desk.text
            assert "Kosongkan" not in desk.text
            assert desk.pleno.session.store.head() == before
            await desk.press("Esc")
            assert desk.desk.tps == TPS[6]
            await desk.press("]")
            assert "TIDAK TERSIMPAN" in desk.text
            database.rows("PRAGMA max_page_count = 1000000")
            await desk.press("u")
            assert desk.desk.tps == TPS[7]
            assert desk.pleno.session.store.head().seq == before.seq + 1

    asyncio.run(at_the_table())


def test_the_screen_gives_the_ballast_up_and_saves_what_was_refused(small: Path, small_ballast: None) -> None:
    """`k` in front of a full disk: the room is given up, the same figure saved, both told in the journal."""
    ballast.put(small)

    async def at_the_table() -> None:
        async with DeskDriver(small) as desk:
            await desk.go_to_desk(TPS[6])
            fill(small.parent)
            _, before = read_until_refused(desk.pleno.session)
            for figure in range(300):  # a draft is written over in place, so a full disk may still take a few
                await desk.type(figure)
                if "TIDAK TERSIMPAN" in desk.text:
                    break
                await desk.press("-")
            assert "k = Kosongkan pemberat 1 MB, lalu simpan lagi" in desk.text
            typed_at = desk.app.screen_stack[-2].query_one(Grid).key
            await desk.press("k")
            assert "Pemberat dikosongkan" in desk.message
            assert not (small / ballast.PLACE).exists()
            (freed,) = (one for one in desk.pleno.session.store.entries(before.seq) if one.kind is Kind.BALLAST_FREED)
            assert freed.actor.id == "op1"
            assert f"#{freed.seq}" in desk.message
            draft = desk.pleno.draft(TPS[6])
            assert draft is not None
            assert draft.figures[typed_at] == figure
            await desk.press("]")
            assert desk.desk.tps == TPS[7]

    asyncio.run(at_the_table())
    assert not inspect(small / "data" / "pleno.db").damaged


@pytest.mark.usefixtures("small_ballast")
class TestBallast:
    """Room kept back."""

    def test_it_is_of_chance_and_laid_once(self, worked: Path, tmp_path: Path) -> None:
        folder = Path(shutil.copytree(worked, tmp_path / "kec"))
        laid = ballast.put(folder)
        content = laid.read_bytes()
        assert (len(content), len({*content[:4096]})) == (400_000, 256)
        assert ballast.put(folder).read_bytes() == content
        assert ballast.held_back(folder) == 400_000
        assert sorted(path.name for path in laid.parent.glob(".*")) == []

    def test_a_disk_without_room_keeps_no_piece_of_it(self, small: Path) -> None:
        fill(small.parent)
        with pytest.raises(PlenoError, match=r"Pemberat tidak dapat dibuat: .*disk penuh"):
            ballast.put(small)
        assert ballast.held_back(small) == 0
        assert list((small / "data" / "cadangan").glob(".*")) == []

    def test_without_one_nothing_can_be_given_up(self, worked: Path, tmp_path: Path) -> None:
        folder = Path(shutil.copytree(worked, tmp_path / "kec"))
        with Session.open(folder) as session:
            before = session.store.head()
            with pytest.raises(PlenoError, match="Tidak ada pemberat"):
                ballast.free(session, "op1")
            assert session.store.head() == before
        assert pleno("dokter", "--kosongkan", "--oleh", "op1", "--folder", folder).code == 2

    def test_the_doctor_says_whether_it_is_there(self, worked: Path, tmp_path: Path) -> None:
        folder = Path(shutil.copytree(worked, tmp_path / "kec"))
        said = pleno("dokter", "--folder", folder).out
        assert "LIHAT  pemberat: belum ada. Buat dengan `pleno dokter --pemberat`." in said.splitlines()
        said = pleno("dokter", "--pemberat", "--folder", folder).out
        assert "ya     pemberat: 0 MB, dapat dikosongkan bila disk penuh" in said.splitlines()
