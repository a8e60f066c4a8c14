"""What happened outside the program is told by the first entry after it."""

from __future__ import annotations

import hashlib
from collections import deque
from importlib.resources import files
from itertools import repeat
from pathlib import Path

import pytest
from service.table import Table

from pleno.domain.entry import Kind
from pleno.domain.errors import PlenoError
from pleno.domain.rules import threshold
from pleno.domain.sentences import sentence
from pleno.service import meeting
from pleno.service.session import Session

PROFILE = "pemilu2024-ppwp"
OWN = files("pleno.profiles").joinpath(f"{PROFILE}.toml").read_text(encoding="utf-8")
FORM = files("pleno.profiles").joinpath("dasar/pemilu2024.toml").read_text(encoding="utf-8")


def test_whoever_acts_first_opened_the_workspace(folder: Path) -> None:
    with Session.open(folder) as session:
        opened = meeting.open_meeting(session, "ppk1")
        before = next(session.store.entries(opened.seq - 1, opened.seq - 1))
    with Session.open(folder) as session:
        after = next(session.store.entries(opened.seq + 1, opened.seq + 1))
    assert (before.kind, before.actor.id) == (Kind.APP_OPEN, "ppk1")
    assert (after.kind, after.actor.id) == (Kind.APP_CLOSE, "ppk1")


def test_another_form_is_an_entry_of_its_own(folder: Path) -> None:
    with Session.open(folder) as session:
        (created,) = session.store.entries_of(Kind.WORKSPACE_CREATED)
        meeting.open_meeting(session, "ppk1")
        assert session.store.entries_of(Kind.SETTING_CHANGED) == []
    assert set(created.data["profil"]) == {PROFILE}
    own = OWN.replace("PRESIDEN DAN WAKIL PRESIDEN", "PRESIDEN")
    assert own != OWN
    (folder / f"{PROFILE}.toml").write_text(own, "utf-8")
    for note in ("pertama", "kedua"):
        with Session.open(folder) as session:
            meeting.note_presence(session, note, "Budi", "1", "", True, None)
    with Session.open(folder) as session:
        (changed,) = session.store.entries_of(Kind.SETTING_CHANGED)
        assert changed.data["profil"] == {PROFILE: hashlib.sha256(f"{own}{FORM}".rstrip("\n").encode()).hexdigest()}
        told = sentence(changed, session.names())
        assert told.startswith("Profil formulir atau ambang aturan berubah, kini profil pemilu2024-ppwp (sidik ")


def test_limits_of_a_workspace_count_and_are_an_entry(folder: Path) -> None:
    config = folder / "pleno.toml"
    plain = config.read_text("utf-8")
    config.write_text(f'{plain}\n[ambang]\nalasan = "keputusan KPU tentang rusun"\nR30 = {{ maks = 350 }}\n', "utf-8")
    for note in ("pertama", "kedua"):
        with Session.open(folder) as session:
            assert threshold(session.contest(None), "R30", "maks") == 350
            assert threshold(session.contest(None), "R31", "maks") == 306
            meeting.note_presence(session, note, "Budi", "1", "", True, None)
    config.write_text(plain, "utf-8")
    with Session.open(folder) as session:
        assert threshold(session.contest(None), "R30", "maks") == 300
        meeting.note_presence(session, "ketiga", "Budi", "1", "", True, None)
        first, second = session.store.entries_of(Kind.SETTING_CHANGED)
        assert first.data["ambang"] == {"alasan": "keputusan KPU tentang rusun", "R30": {"maks": 350}}
        assert "; ambang aturan R30 maks 350 (keputusan KPU tentang rusun);" in sentence(first, session.names())
        assert "; ambang aturan kembali menurut profil;" in sentence(second, session.names())


def test_a_form_without_rows_that_hold_figures_is_refused(folder: Path) -> None:
    with Session.open(folder) as session:
        Table(session).open().reads()
    start, end = FORM.index('[[bagian]]\nkode = "III"'), FORM.index('[[bagian]]\nkode = "IV"')
    own = "\n".join(line for line in (FORM[:start] + FORM[end:]).splitlines() if "disabilitas" not in line)
    (folder / "pemilu2024.toml").write_text(own, "utf-8")
    with pytest.raises(PlenoError, match="pengguna_disabilitas_j"):
        Session.open(folder)
    (folder / "pemilu2024.toml").unlink()
    Session.open(folder).close()


def test_a_disk_that_fills_up_after_an_act_does_not_take_it_back(folder: Path) -> None:
    with Session.open(folder) as session:
        opened = meeting.open_meeting(session, "ppk1")
        suspended = opened._replace(kind=Kind.MEETING_SUSPENDED)
        session.store.append(suspended)
        database = session.store._database
        ((pages,),) = database.rows("PRAGMA page_count")
        database.rows(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(PlenoError, match="Disk penuh"):
            deque(map(session.store.append, repeat(suspended)), maxlen=0)
        left = session.store.head()
    with Session.open(folder) as session:
        assert session.store.head() == left
        meeting.resume(session, "ppk1")
        assert session.store.last_of(Kind.DB_RECOVERED) is not None
