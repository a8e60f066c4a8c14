"""Photos are tied once, to one TPS, and a changed one is told by the listing, by opening and by verification."""

from __future__ import annotations

from pathlib import Path

import pytest
from service.conftest import TPS
from service.table import Table

from pleno.domain.entry import Kind
from pleno.domain.errors import PlenoError
from pleno.domain.photo import Photo
from pleno.domain.sentences import sentence
from pleno.domain.state import MemoryState
from pleno.service import photos, viewer
from pleno.service.photos import Standing
from pleno.service.session import Session
from pleno.service.verify import Outcome, of_session

JPEG = b"\xff\xd8\xff\xe0"


def put(session: Session, name: str, content: bytes = b"satu") -> Path:
    folder = photos.folder_of(session)
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(JPEG + content)
    return folder / name


def photo(session: Session, name: str) -> Photo:
    found = session.state.get(Photo, name)
    assert found is not None
    return found


def test_photos_are_tied_by_their_names(table: Table) -> None:
    session = table.session
    put(session, f"{TPS[0]}_1.jpg")
    put(session, f"{TPS[0]}_2.jpg", b"dua")
    put(session, "9999999999999.jpg", b"lain")
    put(session, "liburan.jpg", b"pantai")
    entries, refused = photos.link_all(session, None)
    assert [(one.kind, one.tps, one.contest) for one in entries] == [
        (Kind.PHOTO_LINKED, TPS[0], table.contest.id), (Kind.PHOTO_LINKED, TPS[0], table.contest.id)
    ]  # fmt: skip
    first = photo(session, f"{TPS[0]}_1.jpg")
    assert (first.page, first.size, first.sha256, first.seq) == (1, 8, entries[0].src_sha256, entries[0].seq)
    assert [line.name for line in refused] == ["9999999999999.jpg", "liburan.jpg"]
    assert [one.page for one in photos.photos_of(session, session.roster[TPS[0]], table.contest)] == [1, 2]
    told = sentence(entries[0], session.names())
    assert told.startswith(f'Foto "{TPS[0]}_1.jpg" halaman 1 dikaitkan dengan TPS 001 PULAU')
    assert photos.link_all(session, None)[0] == []
    ((contest, missing),) = photos.album(session).without
    assert (contest.id, [one.code for one in missing]) == (table.contest.id, list(TPS[1:]))


def test_one_photo_is_no_evidence_twice(table: Table) -> None:
    session = table.session
    tps = [session.roster[code] for code in TPS]
    put(session, "a.jpg")
    put(session, "b.jpg")
    photos.link(session, "a.jpg", tps[0], table.contest, None, 2)
    for name, told in (("a.jpg", "sudah dikaitkan dengan TPS 001"), ("b.jpg", "isinya sama dengan a.jpg")):
        with pytest.raises(PlenoError, match=told):
            photos.link(session, name, tps[1], table.contest, None)
    put(session, f"{TPS[1]}.jpg")
    entries, refused = photos.link_all(session, None)
    assert (entries, [line.why for line in refused if line.tps]) == (
        [],
        ["isinya sama dengan a.jpg, yang sudah dikaitkan."],
    )


@pytest.mark.parametrize("page", [0, 100])
def test_a_page_has_bounds(table: Table, page: int) -> None:
    put(table.session, "a.jpg")
    with pytest.raises(PlenoError, match="di luar 1 sampai 99"):
        photos.link(table.session, "a.jpg", table.session.roster[TPS[0]], table.contest, None, page)


def test_a_link_is_taken_back_with_a_reason(table: Table) -> None:
    session, tps = table.session, table.session.roster[TPS[0]]
    put(session, "a.jpg")
    linked = photos.link(session, "a.jpg", tps, table.contest, None)
    with pytest.raises(PlenoError, match="alasan tertulis"):
        photos.unlink(session, "a.jpg", "salah", None)
    with pytest.raises(PlenoError, match="tidak terkait"):
        photos.unlink(session, "b.jpg", "foto milik TPS lain", None)
    taken = photos.unlink(session, "a.jpg", "foto milik TPS lain", None)
    assert (taken.refers, session.state.get(Photo, "a.jpg")) == (linked.seq, None)
    assert "dilepas dari TPS 001" in sentence(taken, session.names())
    photos.link(session, "a.jpg", session.roster[TPS[1]], table.contest, None)


def test_a_changed_photo_is_told_everywhere(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    session = table.session
    path = put(session, "a.jpg")
    photos.link(session, "a.jpg", session.roster[TPS[0]], table.contest, None)
    opened: list[Path] = []
    monkeypatch.setattr(photos, "show", opened.append)
    photos.open_photo(session, photo(session, "a.jpg"))
    assert opened == [path]
    assert of_session(session)().outcome is Outcome.EKOR
    path.write_bytes(JPEG + b"lain")  # as large as before
    assert [line.standing for line in photos.album(session).lines] == [Standing.TERKAIT]
    assert [line.standing for line in photos.album(session, thorough=True).lines] == [Standing.BERUBAH]
    with pytest.raises(PlenoError, match="bukan lagi yang dikaitkan"):
        photos.open_photo(session, photo(session, "a.jpg"))
    found = of_session(session)()
    (line,) = [check for check in found.checks if check.name == "foto"]
    assert (found.outcome, line.ok) == (Outcome.RUSAK, False)
    assert "a.jpg isinya bukan lagi" in line.message
    path.write_bytes(JPEG + b"lebih besar")
    assert [line.standing for line in photos.album(session).lines] == [Standing.BERUBAH]


def test_a_photo_that_is_gone_is_told_and_is_no_damage(table: Table) -> None:
    session = table.session
    path = put(session, "a.jpg")
    photos.link(session, "a.jpg", session.roster[TPS[0]], table.contest, None)
    path.unlink()
    assert [line.standing for line in photos.album(session).lines] == [Standing.HILANG]
    found = of_session(session)()
    (line,) = [check for check in found.checks if check.name == "foto"]
    assert (found.outcome, line.ok) == (Outcome.EKOR, True)
    assert line.message == "0 foto utuh; 1 tidak ada lagi di data/foto: a.jpg"
    path.symlink_to(session.folder / "pleno.toml")
    assert [line.standing for line in photos.album(session, thorough=True).lines] == [Standing.BERUBAH]


def test_a_journal_is_replayed_with_its_photos(table: Table) -> None:
    from pleno.domain.apply import apply

    put(table.session, "a.jpg")
    photos.link(table.session, "a.jpg", table.session.roster[TPS[0]], table.contest, None)
    state = MemoryState()
    for entry in table.session.store.entries():
        apply(state, entry)
    assert list(state.all(Photo)) == list(table.session.state.all(Photo))


def test_without_a_desktop_a_plain_sentence_says_where_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(PlenoError, match="Tidak ada penampil foto") as refused:
        viewer.show(tmp_path / "a.jpg")
    assert str(tmp_path / "a.jpg") in refused.value.advice


def test_the_viewer_of_the_system_is_given_the_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = tmp_path / "dilihat"
    opener = tmp_path / "xdg-open"
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > "{seen}.baru" && mv "{seen}.baru" "{seen}"\n')
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("DISPLAY", ":0")
    waited: list[int] = []
    monkeypatch.setattr(viewer.threading, "Thread", lambda target, daemon: Waiting(target, waited))
    viewer.show(tmp_path / "-a b.jpg")
    assert waited == [0]
    assert seen.read_text() == str(tmp_path / "-a b.jpg")


class Waiting:
    """A thread that does its work at once."""

    def __init__(self, target: object, waited: list[int]) -> None:
        self._target, self._waited = target, waited

    def start(self) -> None:
        self._waited.append(self._target())  # type: ignore[operator]  # the wait of a process
