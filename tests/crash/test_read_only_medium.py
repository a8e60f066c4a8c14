"""A workspace on a write-protected medium opens BACA-SAJA (TRUST.md S06)."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest
from cli.driver import pleno
from crash.media import unwritable
from crash.work import TPS

from pleno.domain.errors import PlenoError
from pleno.domain.state import Reading
from pleno.service import meeting
from pleno.service.session import Session
from pleno.store import Occupant, Store
from pleno.store.schema import rollback_journal

BANNER = (
    "BACA-SAJA: pleno.db atau foldernya tidak dapat ditulis. "
    "Untuk mencatat, salin seluruh folder ruang kerja ke disk laptop dan buka dari sana."
)


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("command", [["rekap"], ["banding"], ["periksa"], ["jejak"], []], ids=lambda c: " ".join(c))
def test_reading_commands_work_under_a_banner(on_a_stick: Path, lent: ExitStack, command: list[str]) -> None:
    writable = pleno(*command, "--folder", on_a_stick)
    before = files(on_a_stick)
    lent.enter_context(unwritable(on_a_stick))
    said = pleno(*command, "--folder", on_a_stick)
    assert (said.code, said.out, said.err) == (writable.code, writable.out, f"{BANNER}\n")
    assert files(on_a_stick) == before


def test_a_verification_needs_no_writing(on_a_stick: Path, lent: ExitStack) -> None:
    writable = pleno("verifikasi", "--folder", on_a_stick)
    lent.enter_context(unwritable(on_a_stick))
    assert pleno("verifikasi", "--folder", on_a_stick) == writable


@pytest.mark.parametrize(
    "command",
    [
        ["catat", TPS[0], "suara.1=7", "--sumber", "sirekap", "--catatan", "dibacakan ulang", "--oleh", "op1"],
        ["segel", "--angka-saksi", "0417", "--oleh", "op1"],
        ["ekspor", "--konsep", "--oleh", "op1"],
        ["cadangkan", "--oleh", "op1"],
    ],
    ids=lambda command: command[0],
)
def test_writing_commands_refuse_plainly(on_a_stick: Path, lent: ExitStack, command: list[str]) -> None:
    lent.enter_context(unwritable(on_a_stick))
    before = files(on_a_stick)
    said = pleno(*command, "--folder", on_a_stick)
    assert (said.code, said.out) == (2, "")
    banner, title, *_ = said.err.splitlines()
    assert banner == BANNER
    assert title in ("TIDAK TERSIMPAN", "Ekspor gagal", "Salinan gagal")
    assert files(on_a_stick) == before


def test_rights_that_promise_too_much_are_found_out_at_the_opening(
    on_a_stick: Path, lent: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows says of most folders that they can be written; the first save must not be the one that finds out."""
    lent.enter_context(unwritable(on_a_stick))
    monkeypatch.setattr("os.access", lambda *_args, **_more: True)
    said = pleno("rekap", "--folder", on_a_stick)
    assert (said.code, said.err) == (0, f"{BANNER}\n")


def test_an_unfinished_save_is_left_out_of_what_is_shown(on_a_stick: Path, lent: ExitStack) -> None:
    """The rollback journal belongs to the database: without it, half a save would be shown as figures."""
    database = on_a_stick / "data" / "pleno.db"
    with Session.open(on_a_stick) as session:
        whole = session.store.head(), list(session.state.all(Reading))
        for statement in (
            "BEGIN",
            "PRAGMA cache_size = 2",
            "UPDATE reading SET figures = '{}'",
            "PRAGMA cache_size = 1",
        ):
            session.store._database.run(statement)
        half = database.read_bytes(), rollback_journal(database).read_bytes()
        session.store._database.run("ROLLBACK")
    database.write_bytes(half[0])
    rollback_journal(database).write_bytes(half[1])
    lent.enter_context(unwritable(on_a_stick))
    with Store.open(database, Occupant("op1", 1, "14:30:12")) as store:
        assert (store.hot_journal, bool(store.read_only)) == (True, True)
        assert (store.head(), list(store.state.all(Reading))) == whole


def test_a_read_only_workspace_leaves_no_copy_behind(
    on_a_stick: Path, lent: ExitStack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "sementara"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    lent.enter_context(unwritable(on_a_stick))
    with Session.open(on_a_stick) as session:
        assert len(list(scratch.iterdir())) == 1
        with pytest.raises(PlenoError, match="tidak dapat ditulis"):
            meeting.note_presence(session, "panwascam", "Panwaslu", meeting.PANWASLU, "", True, "op1")
    assert list(scratch.iterdir()) == []
